"""An edition → the HTML and the style sheet of its printed book.

Contents and indexes print page numbers. They come from the layout before (`page_of`) and are set as plain text,
which lets an index join its pages into ranges and costs the engine nothing; the pipeline repeats until they hold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from markupsafe import Markup

from teipress import tei
from teipress.config import Settings
from teipress.edition import Document, Edition, Page, Spot, TextFile
from teipress.findings import Finding, finding
from teipress.numerals import roman
from teipress.paper import paper
from teipress.render.apparatus import RenderedNote
from teipress.render.book import Book
from teipress.render.chapters import chapters
from teipress.render.direction import Around
from teipress.render.heads import ranges
from teipress.render.keys import keys
from teipress.render.locations import Places
from teipress.render.matter import Entry, apart, colophon, contents, front, has_numbers, without
from teipress.render.pages import concordance, page_list
from teipress.render.registers import Index, withheld
from teipress.render.split import leaves
from teipress.scripts import SCRIPTS
from teipress.vocabulary import Vocabulary

FILE = "book.html"


@dataclass(frozen=True, slots=True)
class Printed:
    """A book ready for the layout; `refers` are the identifiers whose page numbers it prints.

    `first` is the identifier that page 1 begins with; `keyed` are those whose lines it cites, `starts` those that the
    numbers of lines begin anew with, if not with each page. `language` is that of its pages (BCP 47), `leftward` says
    that they follow each other from right to left.
    """

    html: str
    css: str
    refers: frozenset[str]
    first: str = ""
    keyed: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    language: str = ""
    leftward: bool = False


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


def render_print(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    page_of: Mapping[str, int],
    moment: datetime,
    spots: Mapping[str, Spot] | None = None,
) -> Printed:
    """The book.

    `page_of` says on which physical page (0-based) the last layout put each identifier, `spots` on which lines.

    Raises:
        Stopped: a template fails (V005).
    """
    said = ranges(edition.documents, settings.heads, page_of)
    # on a page to the right: the first one is, unless the book runs from right to left
    values = {"recto": lambda i: (page_of.get(i, 0) % 2 == 0) != book.rtl, "at_head": said.get}
    book: Book = Book(edition, settings, vocabulary, "pdf", values)
    book.said = {i: (r.here if r.here is not None else r.after) or "" for i, r in said.items()}
    sheet = paper(settings.size)
    book.templates.environment.filters["scaled"] = sheet.scaled
    start = f"start-{edition.documents[0].slug}" if edition.documents else ""
    places = Places(page_of, spots or {}, partial(folio, page_of.get(start, 0)))
    texts = _texts(book, places)
    labels = page_labels(page_of, start)
    records, _ = book.records(FILE)
    indexes = _indexes(book, places)
    pages = [page_list(d, lambda i: i) for d in edition.documents if d.pages] if settings.concordance else []
    backs = _backs(book, bool(records), bool(pages), indexes)
    html = book.page(
        "book.html",
        FILE,
        moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        texts=texts,
        front=front(book, FILE),
        entries=contents(edition, [t.id for t in texts], book.phrases) + backs,
        records=records,
        codes=book.codes(),
        groups=withheld(edition),
        sigla=[w for w in edition.witnesses.values() if w.description] if any(t.keyed for t in texts) else [],
        indexes=indexes,
        pages=pages,
        colophon=colophon(edition, settings, sheet),
        label=lambda identifier: labels.get(identifier, ""),
        printed=places.at,
        rtl=book.rtl,
        header_rtl=book.header_rtl,
        ours_rtl=book.voices.rtl,
    )
    cited = {m.id for e in (*edition.persons, *edition.places, *edition.terms) for m in e.mentions}
    cited |= {r.id for r in edition.redactions}
    refers = cited | said.keys() | {i for entry in (*contents(edition, (), book.phrases), *backs) for i in entry.all}
    refers |= {page.id for d in edition.documents for page in d.pages if settings.concordance}
    css = book.page("style.css", "style.css", page=sheet, families=[s.family for s in SCRIPTS])
    counted = [text for text in texts if text.counted]
    keyed = {identifier for text in counted for identifier in text.lines} | (cited if counted else set())
    return Printed(
        html,
        css,
        frozenset(refers),
        first=start,
        keyed=frozenset(keyed),
        starts=_starts(settings.lines, counted),
        language=book.voices.page,
        leftward=book.rtl,
    )


def concordance_of(edition: Edition, book: Printed, page_of: Mapping[str, int]) -> list[TextFile]:
    """The concordance of the source's pages with the book's: the PDF's page, and what is printed on it."""
    if not any(d.pages for d in edition.documents):
        return []
    labels = page_labels(page_of, book.first)
    columns: dict[str, Callable[[Page], str]] = {
        "pdf_page": lambda page: str(page_of[page.id] + 1) if page.id in page_of else "",
        "printed": lambda page: labels.get(page.id, ""),
    }
    return [TextFile(PurePosixPath(f"{edition.name}-pages.csv"), concordance(edition, columns))]


def numbering(start: str, page_of: Mapping[str, int]) -> Callable[[int], int]:
    """What gives a page (0-based) its number: from 1 on the page of `start`, and from 1 before it."""
    first = page_of.get(start, 0)
    return lambda page: page - first + 1 if page >= first else page + 1


def page_labels(page_of: Mapping[str, int], start: str) -> dict[str, str]:
    """The folio of each identifier: arabic from the page of `start` on, roman before it."""
    return {i: folio(page_of.get(start, 0), n) for i, n in page_of.items()}


def folio(first: int, page: int) -> str:
    """The number printed on a physical page; `first` is the one that the texts begin on (both 0-based)."""
    return str(page - first + 1) if page >= first else roman(page + 1)


def unsettled(name: str, passes: int) -> Finding:
    """O002: the page numbers still moved in the last pass."""
    return finding("O002", f"page references did not settle in {passes} passes; some may be off by one", name)


def unprintable(edition: Edition, characters: Collection[str]) -> list[Finding]:
    """O001 for each character that no font has, at its first place in the texts and their headers."""
    parts = [edition.header.element, *(p for d in edition.documents for p in (d.header.element, *d.body))]
    found: dict[str, tuple[tei.Element, int]] = {}
    for part in dict.fromkeys(p for p in parts if p is not None):
        for character, (element, times) in tei.first_places(part, characters).items():
            first, before = found.get(character, (element, 0))
            found[character] = first, before + times
    return [_unprintable(c, *found.get(c, (None, 0))) for c in sorted(characters)]


def _unprintable(character: str, element: tei.Element | None, times: int) -> Finding:
    private = unicodedata.category(character) == "Co"
    name = "a character of private use" if private else unicodedata.name(character, "a character without a name")
    often = f", which stands {times} times" if times > 1 else ""
    hint = "say what it is with g and glyph" if private else "teipress doctor names the fonts to install"
    message = f"no font here has U+{ord(character):04X}, {name}{often}; the PDF shows a box"
    file, line = ("", 0) if element is None else (tei.file_of(element), tei.line_of(element))
    return finding("O001", message, file, line, hint)


def _starts(lines: str, texts: Sequence[Text]) -> frozenset[str]:
    """What the numbers of lines begin anew with, if not with each page: documents, or their first divisions."""
    if lines == "page":
        return frozenset()
    if lines == "through":
        return frozenset(f"text-{text.document.slug}" for text in texts)
    return frozenset(d.id for text in texts for d in text.document.divisions)


def _texts(book: Book, places: Places) -> list[Text]:
    """The texts, after noting that everything is in the one file."""
    edition = book.edition
    book.place([leaf for d in edition.documents for leaf in leaves(d, "never")], "")
    terms = {m.id for term in edition.terms for m in term.mentions}  # which the text only marks
    book.addresses.files = dict.fromkeys((*book.addresses.files, *sorted(terms)), FILE)
    return [_text(book, document, places) for document in edition.documents]


def _text(book: Book, document: Document, places: Places) -> Text:
    settings = book.settings
    around = book.around(document, document.body)
    found = keys(document, places.spots, places.folio, book.edition.resolve)
    keyed = found if settings.apparatus == "lines" else None
    taken = apart(book.edition)
    alone = len(book.edition.documents) == 1
    book.chapters = chapters(document, settings.chapters, alone) - {e.get(tei.XML_ID, "") for e in taken}
    markup, notes = book.text(document, document.body, FILE, around, keyed, without(taken))
    own = settings.numbered and not has_numbers(document)
    return Text(
        document,
        f"start-{document.slug}",
        markup,
        notes,
        around,
        keyed is not None and bool(keyed.keys),
        (keyed is not None and keyed.counted) or own,
        keyed.lines if keyed else frozenset(),
    )


def _indexes(book: Book, places: Places) -> list[Index]:
    """The indexes that the book has, each with the identifier of its heading."""
    edition, said = book.edition, book.phrases.gettext
    found = [
        Index("book-persons", said("Index of persons"), book.index(edition.persons, FILE, places.locations)),
        Index("book-places", said("Index of places"), book.index(edition.places, FILE, places.locations)),
        Index("book-terms", said("Index of terms"), book.index(edition.terms, FILE, places.locations)),
    ]
    return [index for index in found if index.letters]


def _backs(book: Book, about: bool, pages: bool, indexes: Sequence[Index]) -> list[Entry]:
    """What stands behind the texts, as the contents list it."""
    said = book.phrases.gettext
    found = [
        (about, "book-about", said("About this edition")),
        (bool(book.edition.redactions), "book-redactions", said("Redactions")),
        (pages, "book-pages", said("Pages of the source")),
        *((True, index.id, index.title) for index in indexes),
    ]
    return [Entry(title, identifier) for there, identifier, title in found if there]
