"""The documents of an edition → what they were transcribed from, as a package names it: the source of their pages.

A number is better than words: ``urn:isbn:…`` is the same book everywhere (EPUB Accessibility 1.1, 4.2.2; DCMI: source).
"""

from __future__ import annotations

from dataclasses import dataclass

from teipress import isbn, tei
from teipress.edition import Description, Document, Edition, Header
from teipress.tei import Element

_LONGEST = 300  # characters: what is longer describes a source and does not name it


@dataclass(frozen=True, slots=True)
class Origin:
    """What was transcribed, and whether the pages of any document are its pages."""

    name: str
    paged: bool


def origins(edition: Edition) -> list[Origin]:
    """The sources of an edition's documents, each once, in their order.

    A document whose header names none lends its title, if it has pages: they are those of something.
    """
    found: dict[str, bool] = {}
    for document, described in zip(edition.documents, edition.description.parts, strict=True):
        name = _named(document, described)
        if name:
            found[name] = found.get(name, False) or bool(document.page_list)
    return [Origin(name, paged) for name, paged in found.items()]


def _named(document: Document, described: Description) -> str:
    """The ISBN of the source as a URN, else the words of the description, else a title."""
    return _urn(document.header) or _shortened(described.source) or (document.title if document.page_list else "")


def _urn(header: Header) -> str:
    description = None if header.element is None else tei.child(header.element, "fileDesc", "sourceDesc")
    found = () if description is None else tei.elements(description, "idno")
    numbers = (tei.line_of_text(e) for e in found if _is_isbn(e))
    valid = next(filter(isbn.is_valid, numbers), "")
    return f"urn:isbn:{isbn.ean(valid)}" if valid else ""


def _is_isbn(element: Element) -> bool:
    return element.get("type", "").lower().startswith("isbn")


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"
