"""An edition → the HTML and the style sheet of its printed book.

Contents and indexes print page numbers. They come from the layout before (`page_of`) and are set as plain text,
which lets an index join its pages into ranges and costs the engine nothing; the pipeline repeats until they hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from teipress.config import Settings
from teipress.edition import Document, Edition, Page, Spot, TextFile
from teipress.paper import paper
from teipress.render.back import cited, entries_of, indexes_of
from teipress.render.book import Book
from teipress.render.cutting import Pair, by_document, pairs
from teipress.render.facing import Plans
from teipress.render.heads import Range, opened, ranges
from teipress.render.labels import folio, folios
from teipress.render.locations import Places
from teipress.render.matter import colophon, contents, front, start_of
from teipress.render.pages import concordance, page_list
from teipress.render.registers import withheld
from teipress.render.texts import Text, facing_texts, parts_of_book, place, starts, texts
from teipress.scripts import families as in_order
from teipress.vocabulary import Vocabulary

FILE = "book.html"
_HAIRLINE = re.compile(r"(\bborder[-a-z]*: ?[^;{}#]*)#[0-9a-f]{3,6}\b")  # in a tint it would be a row of dots on paper


@dataclass(frozen=True, slots=True)
class Printed:
    """A book ready for the layout; `refers` are the identifiers whose page numbers it prints.

    `first` is the identifier that page 1 begins with; `keyed` are those whose lines it cites, `starts` those that the
    numbers of lines begin anew with, if not with each page. `language` is that of its pages (BCP 47), `leftward` says
    that they follow each other from right to left; `pairs` face each other.
    """

    html: str
    css: str
    refers: frozenset[str]
    first: str = ""
    keyed: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    language: str = ""
    leftward: bool = False
    pairs: tuple[Pair, ...] = ()


def render_print(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    page_of: Mapping[str, int],
    moment: datetime,
    spots: Mapping[str, Spot] | None = None,
    families: Sequence[str] = (),
    plans: Plans | None = None,
) -> Printed:
    """The book.

    `page_of` says on which physical page (0-based) the last layout put each identifier, `spots` on which lines.
    `families` are those of the edition's own fonts, `plans` those of the pairs that face each other.

    Raises:
        Stopped: a template fails (V005).
    """
    said = ranges(edition.documents, settings.heads, page_of)
    parts = {d.slug: parts_of_book(edition, d, settings) for d in edition.documents}
    book = _book(edition, settings, vocabulary, page_of, said, parts)
    facing = pairs(book)
    start = _start(edition, facing)
    places = Places(page_of, spots or {}, partial(folio, page_of.get(start, 0)))
    printed = texts(book, places, FILE, parts, facing, plans)
    records, _ = book.records(FILE)
    indexes = indexes_of(book, places, FILE)
    pages = [page_list(d, lambda i: i) for d in edition.documents if d.pages] if settings.concordance else []
    entries = contents(_listed(printed), book.phrases) + entries_of(book, bool(records), bool(pages), indexes)
    labels = folios(page_of, start)
    html = book.page(
        "book.html",
        FILE,
        moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        texts=printed,
        front=front(book, FILE),
        entries=entries,
        records=records,
        codes=book.codes(),
        groups=withheld(edition),
        sigla=[w for w in edition.witnesses.values() if w.description] if any(t.keyed for t in printed) else [],
        indexes=indexes,
        pages=pages,
        colophon=colophon(edition, settings, paper(settings.size)),
        label=lambda identifier: labels.get(identifier, ""),
        printed=places.at,
        rtl=book.rtl,
        header_rtl=book.header_rtl,
        ours_rtl=book.voices.rtl,
    )
    listed = {identifier for entry in entries for identifier in entry.all}
    listed |= {page.id for d in edition.documents for page in d.pages if settings.concordance}
    counted = [text for text in printed if text.counted]
    keyed = {identifier for text in counted for identifier in text.lines} | (cited(edition) if counted else set())
    return Printed(
        html,
        _styles(book, families),
        frozenset(listed | cited(edition) | said.keys()),
        first=start,
        keyed=frozenset(keyed),
        starts=starts(settings.lines, [text.document for text in counted]),
        language=book.voices.page,
        leftward=book.rtl,
        pairs=facing,
    )


def render_strips(
    edition: Edition, settings: Settings, vocabulary: Vocabulary, families: Sequence[str] = ()
) -> list[tuple[Pair, str, str]]:
    """For each pair that faces each other a file and its style sheet, which tell by their layout how high all is.

    Raises:
        Stopped: as `render_print`.
    """
    found: list[tuple[Pair, str, str]] = []
    for pair in pairs(Book(edition, settings, vocabulary, "pdf")) if edition.facing else ():
        book = _book(edition, settings, vocabulary, {}, {}, {d.slug: frozenset() for d in edition.documents})
        place(book, FILE)
        two, facing = facing_texts(book, pair, Places({}, {}, str), FILE)
        html = book.page("strips.html", FILE, texts=two, leaves=facing.strips(), rtl=book.rtl)
        found.append((pair, html, _styles(book, families)))
    return found


def _start(edition: Edition, facing: Sequence[Pair]) -> str:
    """The identifier that page 1 begins with."""
    both = by_document(facing)
    return next((start_of(both[d.slug].documents[0] if d.slug in both else d) for d in edition.documents), "")


def _listed(printed: Sequence[Text]) -> list[tuple[Document, Document | None]]:
    """The documents as the contents list them, each with the one that faces it."""
    return [(t.document, t.beside.document if t.beside else None) for t in printed if not t.after]


def _book(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    page_of: Mapping[str, int],
    said: Mapping[str, Range],
    parts: Mapping[str, frozenset[str]],
) -> Book:
    """What renders the book; its templates know of an identifier on which side it stands, and what heads say there."""
    open_at = {i: s for d in edition.documents for i, s in opened(d, parts[d.slug]).items()}
    values = {
        # on a page to the right: the first one is, unless the book runs from right to left
        "recto": lambda i: (page_of.get(i, 0) % 2 == 0) != book.rtl,
        "at_head": said.get,
        "open_at": open_at.get if settings.heads == "pages" else lambda i: None,
    }
    book: Book = Book(edition, settings, vocabulary, "pdf", values)
    book.said = {i: (r.here if r.here is not None else r.after) or "" for i, r in said.items()}
    book.templates.environment.filters["scaled"] = paper(settings.size).scaled
    return book


def _styles(book: Book, families: Sequence[str]) -> str:
    """The style sheet; `families` are those of the edition's fonts."""
    settings = book.settings
    css = book.page(
        "style.css",
        "style.css",
        page=paper(settings.size),
        families=text_families(settings, families),
        brought=list(families),
        own_face=bool(settings.font),
        bleed=settings.press.bleed if settings.pressed else 0,
        rtl=book.rtl,
    )
    return _HAIRLINE.sub(r"\1#000", css) if settings.pressed else css


def text_families(settings: Settings, families: Sequence[str]) -> list[str]:
    """The families that have the characters of the book, in order: the one that is set, those of the edition, ours.

    `families` are those of the edition, first the one that is set, if one is.
    """
    return in_order(families, families[0] if families and settings.font else "")


def concordance_of(edition: Edition, book: Printed, page_of: Mapping[str, int]) -> list[TextFile]:
    """The concordance of the source's pages with the book's: the PDF's page, and what is printed on it."""
    if not any(d.pages for d in edition.documents):
        return []
    labels = folios(page_of, book.first)
    columns: dict[str, Callable[[Page], str]] = {
        "pdf_page": lambda page: str(page_of[page.id] + 1) if page.id in page_of else "",
        "printed": lambda page: labels.get(page.id, ""),
    }
    return [TextFile(PurePosixPath(f"{edition.name}-pages.csv"), concordance(edition, columns))]
