"""The documents of an edition → what they were transcribed from, as a package names it: the source of their pages.

A number is better than words: ``urn:isbn:…`` is the same book everywhere (EPUB Accessibility 1.1, 4.2.2; DCMI: source).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teipress import isbn, tei
from teipress.edition import Document, Edition, Header
from teipress.tei import Element

_LONGEST = 300  # characters: what is longer describes a source and does not name it
_NAMING = ("biblStruct", "biblFull", "bibl", "msDesc", "recording", "witness", "p", "ab")


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
    for document in edition.documents:
        name = _named(document, edition)
        if name:
            found[name] = found.get(name, False) or bool(document.page_list)
    return [Origin(name, paged) for name, paged in found.items()]


def _named(document: Document, edition: Edition) -> str:
    own = named(document.header)
    if not own and len(edition.documents) == 1:
        own = named(edition.header)
    return own or (document.title if document.page_list else "")


def named(header: Header) -> str:
    """The source that a header describes: its ISBN as a URN, else its first description, "" if it names none."""
    description = None if header.element is None else tei.child(header.element, "fileDesc", "sourceDesc")
    if description is None:
        return ""
    numbers = (tei.line_of_text(e) for e in tei.elements(description, "idno") if _is_isbn(e))
    valid = next(filter(isbn.is_valid, numbers), "")
    return f"urn:isbn:{isbn.ean(valid)}" if valid else next(_lines(description), "")


def _is_isbn(element: Element) -> bool:
    return element.get("type", "").lower().startswith("isbn")


def _lines(description: Element) -> Iterator[str]:
    for element in tei.elements(description, *_NAMING):
        written = _WRITTEN.get(tei.local(element))
        line = written(element) if written else tei.line_of_text(element, skip=("note",))
        if line:
            yield line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _manuscript(description: Element) -> str:
    """Where a manuscript is kept and under which number, with the title of what is in it."""
    title = tei.line_of_text(next(tei.elements(description, "title"), None))
    identifier = tei.child(description, "msIdentifier")
    parts = () if identifier is None else (e for e in identifier if tei.is_element(e))
    lines = (tei.line_of_text(part) for part in parts if tei.local(part) != "altIdentifier")
    return ", ".join(filter(None, (title, *lines)))


def _book(description: Element) -> str:
    """Who, what, where, when: the parts of a bibliographic entry, which its encoding sets no marks between."""
    names = (tei.line_of_text(e) for e in tei.elements(description, "author"))
    titles = (tei.line_of_text(e) for e in tei.elements(description, "title"))
    imprint = (tei.line_of_text(e) for e in tei.elements(description, "pubPlace", "publisher", "date"))
    parts = (", ".join(filter(None, names)), next(filter(None, titles), ""), ", ".join(filter(None, imprint)))
    return ". ".join(part.rstrip(".") for part in parts if part)


_WRITTEN = {"msDesc": _manuscript, "biblStruct": _book, "biblFull": _book}
