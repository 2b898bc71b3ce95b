"""The revision histories of an edition → its changes, newest first, for a feed. Dates are those of the TEI alone."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from teipress import tei
from teipress.edition import Edition, Header

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")  # a feed needs whole days (RFC 4287, 3.3); what states less is left out


@dataclass(frozen=True, slots=True)
class Change:
    """A change with its day, of a document (by its slug) or of the edition; `page` is where it can be seen."""

    id: str
    day: str
    title: str
    text: str
    page: str
    document: str = ""
    who: tuple[str, ...] = ()


def changes(edition: Edition, pages: dict[str, str]) -> list[Change]:
    """The changes that state their day; `pages` are the paths of the documents' first pages."""
    found = list(_changes(edition, edition.header, "", "index.html"))
    for document in edition.documents:
        if document.header.element is not edition.header.element:
            found += _changes(edition, document.header, document.slug, pages[document.slug])
    return sorted(found, key=lambda c: c.day, reverse=True)


def _changes(edition: Edition, header: Header, document: str, page: str) -> Iterator[Change]:
    history = tei.child(header.element, "revisionDesc") if header.element is not None else None
    for change in tei.elements(history, "change") if history is not None else ():
        day, text = change.get("when", ""), tei.line_of_text(change)
        if _DAY.fullmatch(day):
            meant = (edition.resolve(document, pointer) for pointer in tei.pointers(change.get("who")))
            who = tuple(name for identifier in meant if (name := edition.names.get(identifier, "")))
            identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.description.identifier}\n{document}\n{day}\n{text}")
            yield Change(f"urn:uuid:{identifier}", day, header.title, text, page, document, who)
