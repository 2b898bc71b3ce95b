"""An edition → what stands behind the texts of a printed book: appendices and indexes, and what these cite."""

from __future__ import annotations

from collections.abc import Sequence

from teipress.edition import Edition
from teipress.render.book import Book
from teipress.render.locations import Places
from teipress.render.matter import Entry
from teipress.render.registers import Index


def indexes_of(book: Book, places: Places, file: str) -> list[Index]:
    """The indexes that the book has, each with the identifier of its heading."""
    edition, said = book.edition, book.phrases.gettext
    found = [
        Index("book-persons", said("Index of persons"), book.index(edition.persons, file, places.locations)),
        Index("book-places", said("Index of places"), book.index(edition.places, file, places.locations)),
        Index("book-terms", said("Index of terms"), book.index(edition.terms, file, places.locations)),
    ]
    return [index for index in found if index.letters]


def entries_of(book: Book, about: bool, pages: bool, indexes: Sequence[Index]) -> list[Entry]:
    """What stands behind the texts, as the contents list it."""
    said = book.phrases.gettext
    found = [
        (about, "book-about", said("About this edition")),
        (bool(book.edition.redactions), "book-redactions", said("Redactions")),
        (pages, "book-pages", said("Pages of the source")),
        *((True, index.id, index.title) for index in indexes),
    ]
    return [Entry(title, identifier) for there, identifier, title in found if there]


def cited(edition: Edition) -> set[str]:
    """The identifiers whose pages and lines the indexes and the list of redactions print."""
    entities = (*edition.persons, *edition.places, *edition.terms)
    return {m.id for e in entities for m in e.mentions} | {r.id for r in edition.redactions}
