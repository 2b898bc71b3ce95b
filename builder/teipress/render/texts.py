"""Documents → the texts of a printed book: as markup, with what ties their apparatus to lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from teipress import tei
from teipress.config import Settings
from teipress.edition import Document, Edition
from teipress.render.apparatus import RenderedNote
from teipress.render.book import Book
from teipress.render.chapters import chapters
from teipress.render.cutting import Pair, by_document
from teipress.render.direction import Around
from teipress.render.facing import Facing, Leaf, Plans
from teipress.render.keys import Keys, keys
from teipress.render.locations import Places
from teipress.render.matter import apart, has_numbers, start_of, without
from teipress.render.split import leaves
from teipress.spreads import Plan


@dataclass(frozen=True, slots=True)
class Text:
    """One document as the book prints it.

    `keyed`: its apparatus is tied to lines; `counted`: the printed ones are numbered in the margin; `lines` are the
    identifiers whose lines it needs. A text that has one `beside` it is printed on the left pages of `leaves`, the
    other one, which comes `after` it, on the right.
    """

    document: Document
    id: str
    markup: Markup
    notes: list[RenderedNote]
    around: Around
    keyed: bool = False
    counted: bool = False
    lines: frozenset[str] = frozenset()
    leaves: Sequence[Leaf] = ()
    beside: Text | None = None
    after: bool = False


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


def place(book: Book, file: str) -> None:
    """Note that everything is in the one file."""
    edition = book.edition
    book.place([leaf for d in edition.documents for leaf in leaves(d, "never")], "")
    terms = {m.id for term in edition.terms for m in term.mentions}  # which the text only marks
    book.addresses.files = dict.fromkeys((*book.addresses.files, *sorted(terms)), file)


def texts(
    book: Book,
    places: Places,
    file: str,
    chapters_of: Mapping[str, frozenset[str]],
    pairs: Sequence[Pair] = (),
    plans: Plans | None = None,
) -> list[Text]:
    """The texts; those that face each other, as planned, stand where the first of them does."""
    place(book, file)
    facing = by_document(pairs)
    book.chapters = frozenset().union(*(found for slug, found in chapters_of.items() if slug not in facing))
    made: dict[str, Text] = {}
    for document in book.edition.documents:
        if document.slug in made:
            continue
        if pair := facing.get(document.slug):
            made |= {text.document.slug: text for text in _pair(book, pair, (plans or {})[pair.name], places, file)}
        else:
            made[document.slug] = _text(book, document, places, file)
    return list(made.values())


def facing_texts(book: Book, pair: Pair, places: Places, file: str) -> tuple[tuple[Text, Text], Facing]:
    """The texts of a pair, as yet without their words; printed lines that run on over pages are counted on one side."""
    tied = [_keys(book, document, places) for document in pair.documents]
    both = book.settings.lines == "page"
    if tied[1] is not None and tied[1].counted and not both:
        tied[1] = None
    first, second = (_stated(book, d, keyed) for d, keyed in zip(pair.documents, tied, strict=True))
    second = replace(second, counted=second.counted and both)
    one, two = (book.walker(t.document, file, t.around, keyed) for t, keyed in zip((first, second), tied, strict=True))
    return (first, second), Facing(book, pair, file, (one, two))


def _pair(book: Book, pair: Pair, plan: Plan, places: Places, file: str) -> tuple[Text, Text]:
    (text, other), facing = facing_texts(book, pair, places, file)
    made = facing.leaves(plan)
    notes = [walker.notes for walker in facing.walkers]
    other = replace(other, notes=notes[1], after=True)
    return replace(text, notes=notes[0], leaves=made, beside=other), other


def _text(book: Book, document: Document, places: Places, file: str) -> Text:
    keyed = _keys(book, document, places)
    text = _stated(book, document, keyed)
    markup, notes = book.text(document, document.body, file, text.around, keyed, without(apart(book.edition)))
    return replace(text, markup=markup, notes=notes)


def _keys(book: Book, document: Document, places: Places) -> Keys | None:
    if book.settings.apparatus != "lines":
        return None
    return keys(document, places.spots, places.folio, book.edition.resolve)


def _stated(book: Book, document: Document, keyed: Keys | None) -> Text:
    """A text, as yet without its words."""
    own = book.settings.numbered and not has_numbers(document)
    return Text(
        document,
        start_of(document),
        Markup(),
        [],
        book.around(document, document.body),
        keyed is not None and bool(keyed.keys),
        (keyed is not None and keyed.counted) or own,
        keyed.lines if keyed else frozenset(),
    )
