"""An element and what is to be said of it → a finding at its place."""

from __future__ import annotations

from collections.abc import Iterable

from teipress import tei
from teipress.findings import Finding, finding
from teipress.tei import Element

_NAMED = 5  # things that a message lists by name; the others it counts


def at(element: Element, code: str, message: str, hint: str = "") -> Finding:
    """A finding at the file and line of an element."""
    return finding(code, message, tei.file_of(element), tei.line_of(element), hint)


def often(times: int) -> str:
    """What a message adds about something that stands more than once."""
    return "" if times == 1 else f" (it stands {times} times)"


def some(names: Iterable[str]) -> str:
    """The first few of some names, and how many more there are."""
    listed = list(names)
    rest = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
