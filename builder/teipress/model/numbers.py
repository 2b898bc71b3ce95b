"""A statement of a teiHeader → the numbers that it gives a publication, by their kinds (TEI idno)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teipress import tei
from teipress.isbn import written
from teipress.tei import Element

_KINDS = ("ISBN", "ISSN", "DOI", "URL", "URI", "URN", "HANDLE", "ARK", "OCLC", "LCCN")
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*|DOI\s+)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)


def numbers(statement: Element | None) -> Iterator[tuple[str, str]]:
    """Pairs of a kind and a number; an ISBN may say what it is of: "ISBN print". Other kinds stay as they are."""
    for number in tei.elements(statement, "idno") if statement is not None else ():
        if line := tei.line_of_text(number):
            yield _number(number.get("type", ""), line)


def _number(kind: str, line: str) -> tuple[str, str]:
    if found := _DOI.match(line):
        return "DOI", found[1]
    known = next((name for name in _KINDS if kind.upper().startswith(name)), "")
    known = known or next((name for name in ("ISBN", "ISSN") if line.upper().startswith(name)), "")
    if known == "ISBN":
        format_of = kind[len(known) :].strip(" -_:.").lower()
        return f"ISBN {format_of}" if format_of.isalpha() else "ISBN", written(line)
    if known == "ISSN":
        return known, line.upper().removeprefix("ISSN").strip(" :")
    if not known and re.match(r"https?://\S+$", line):
        return "URL", line
    return known or kind, line
