"""A tree → findings on characters that no page can hold."""

from __future__ import annotations

import unicodedata

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding, finding

_CONTROLS = frozenset(map(chr, (*range(0x7F, 0x85), *range(0x86, 0xA0))))  # U+0085 is white space


def check_characters(source: Source) -> list[Finding]:
    """X007 for each control character (U+007F–U+009F), which XML allows and HTML does not, at its first place."""
    text = tei.string(source.root)
    there = {c for c in _CONTROLS if c in text}
    return [_control(c, *place) for c, place in sorted(tei.first_places(source.root, there).items())]


def _control(character: str, element: tei.Element, times: int) -> Finding:
    often = "" if times == 1 else f", which stands {times} times"
    message = f"U+{ord(character):04X} is a control character{often}; every output shows it as \ufffd"
    return finding("X007", message, tei.file_of(element), tei.line_of(element), _meant(character))


def _meant(character: str) -> str:
    """What it was, in all likelihood: a character of Windows-1252 that was converted as if it were Latin-1."""
    meant = character.encode("latin-1").decode("cp1252", "replace")
    if meant in (character, "\ufffd"):
        return ""
    return f"{meant} (U+{ord(meant):04X} {unicodedata.name(meant)}) is likely meant, from a file in Windows-1252"
