"""Documents → the texts of a printed book: as markup, with what ties their apparatus to lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from teipress import tei
from teipress.config import Settings
from teipress.edition import Document, Edition
from teipress.render.apparatus import RenderedNote
from teipress.render.book import Book
from teipress.render.chapters import chapters
from teipress.render.direction import Around
from teipress.render.keys import keys
from teipress.render.locations import Places
from teipress.render.matter import apart, has_numbers, start_of, without
from teipress.render.split import leaves


@dataclass(frozen=True, slots=True)
class Text:
    """One document as the book prints it.

    `keyed`: its apparatus is tied to lines; `counted`: the printed ones are numbered in the margin; `lines` are the
    identifiers whose lines it needs.
    """

    document: Document
    id: str
    markup: Markup
    notes: list[RenderedNote]
    around: Around
    keyed: bool = False
    counted: bool = False
    lines: frozenset[str] = frozenset()


def starts(lines: str, documents: Sequence[Document]) -> frozenset[str]:
    """What the numbers of lines begin anew with, if not with each page: documents, or their first divisions."""
    if lines == "page":
        return frozenset()
    if lines == "through":
        return frozenset(f"text-{document.slug}" for document in documents)
    return frozenset(d.id for document in documents for d in document.divisions)


def parts_of_book(edition: Edition, document: Document, settings: Settings) -> frozenset[str]:
    """The divisions of a document that are parts of the book; those that its front takes are none."""
    taken = {element.get(tei.XML_ID, "") for element in apart(edition)}
    return chapters(document, settings.chapters, len(edition.documents) == 1) - taken


def texts(book: Book, places: Places, file: str, chapters_of: Mapping[str, frozenset[str]]) -> list[Text]:
    """The texts, after noting that everything is in the one file."""
    edition = book.edition
    book.place([leaf for d in edition.documents for leaf in leaves(d, "never")], "")
    terms = {m.id for term in edition.terms for m in term.mentions}  # which the text only marks
    book.addresses.files = dict.fromkeys((*book.addresses.files, *sorted(terms)), file)
    book.chapters = frozenset().union(*chapters_of.values())
    return [_text(book, document, places, file) for document in edition.documents]


def _text(book: Book, document: Document, places: Places, file: str) -> Text:
    settings = book.settings
    around = book.around(document, document.body)
    keyed = keys(document, places.spots, places.folio, book.edition.resolve) if settings.apparatus == "lines" else None
    markup, notes = book.text(document, document.body, file, around, keyed, without(apart(book.edition)))
    own = settings.numbered and not has_numbers(document)
    return Text(
        document,
        start_of(document),
        markup,
        notes,
        around,
        keyed is not None and bool(keyed.keys),
        (keyed is not None and keyed.counted) or own,
        keyed.lines if keyed else frozenset(),
    )
