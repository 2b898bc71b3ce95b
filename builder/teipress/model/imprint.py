"""A teiHeader → what the back of a title page says: numbers, series, place, subjects (TEI Guidelines, 2.2 and 2.4)."""

from __future__ import annotations

from collections.abc import Iterator

from teipress import tei
from teipress.edition import Imprint
from teipress.model.numbers import numbers
from teipress.model.register import filed
from teipress.tei import Element

_NUMBERS = ("ISBN", "ISSN", "DOI")
BETWEEN = " ,;:/"  # what a cataloguer puts between two statements, and a title page does not print after one


def imprint(head: Element) -> Imprint:
    """The imprint of a header; empty where it states nothing of the kind."""
    file = "fileDesc"
    series = tei.child(head, file, "seriesStmt")
    statement = tei.child(head, file, "titleStmt")
    agents = [] if statement is None else [*tei.elements(statement, "author"), *tei.elements(statement, "editor")]
    return Imprint(
        numbers=tuple(_numbers(head)),
        heading=_filed(agents[0]) if agents else "",
        edition=tei.line_of_text(tei.child(head, file, "editionStmt", "edition")),
        series=tei.line_of_text(tei.child(head, file, "seriesStmt", "title")),
        volume="" if series is None else next(_lines(series, "biblScope"), ""),
        place=tei.line_of_text(tei.child(head, file, "publicationStmt", "pubPlace")).rstrip(BETWEEN),
        subjects=tuple(dict.fromkeys(_subjects(head))),
        classes=tuple(dict.fromkeys(_lines(tei.child(head, "profileDesc", "textClass"), "classCode"))),
        languages=tuple(dict.fromkeys(_lines(tei.child(head, "profileDesc", "langUsage"), "language"))),
    )


def _numbers(head: Element) -> Iterator[tuple[str, str]]:
    """The ISBN, ISSN and DOI of the publication and of its series; in brackets what an ISBN is of."""
    for statement in ("publicationStmt", "seriesStmt"):
        for stated, number in numbers(tei.child(head, "fileDesc", statement)):
            kind, _, of = stated.partition(" ")
            if kind in _NUMBERS:
                yield kind, f"{number} ({of})" if of else number


def _filed(author: Element) -> str:
    """Who heads a catalogue's entry, surname first where the header says which of the names that is."""
    name = next(tei.elements(author, "persName", "name"), author)
    return filed(name)


def _subjects(head: Element) -> Iterator[str]:
    words = tei.child(head, "profileDesc", "textClass")
    for keywords in () if words is None else tei.elements(words, "keywords"):
        yield from _lines(keywords, "term")


def _lines(part: Element | None, name: str) -> Iterator[str]:
    for element in () if part is None else tei.elements(part, name):
        if line := tei.line_of_text(element):
            yield line
