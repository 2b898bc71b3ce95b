"""An edition → the HTML and the style sheet of its printed book.

Contents and indexes print page numbers. They come from the layout before (`page_of`) and are set as plain text,
which lets an index join its pages into ranges and costs the engine nothing; the pipeline repeats until they hold.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from markupsafe import Markup

from teipress import tei
from teipress.config import SIZES, Settings
from teipress.edition import Division, Document, Edition, Page, Spot, TextFile
from teipress.findings import Finding, finding
from teipress.numerals import roman
from teipress.phrases import Phrases
from teipress.render.apparatus import RenderedNote
from teipress.render.book import Book
from teipress.render.cutting import Pair, pairs
from teipress.render.direction import Around
from teipress.render.facing import Facing, Leaf, Plans
from teipress.render.keys import Keys, keys
from teipress.render.pages import concordance
from teipress.render.registers import withheld
from teipress.render.split import leaves
from teipress.scripts import SCRIPTS
from teipress.spreads import Plan
from teipress.vocabulary import Vocabulary

FILE = "book.html"


@dataclass(frozen=True, slots=True)
class Printed:
    """A book ready for the layout; `refers` are the identifiers whose page numbers it prints.

    `first` is the identifier that page 1 begins with; `keyed` are those whose lines it cites, `starts` those that the
    numbers of lines begin anew with, if not with each page; `pairs` face each other.
    """

    html: str
    css: str
    refers: frozenset[str]
    first: str = ""
    keyed: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One document as the book prints it.

    `keyed`: its apparatus is tied to lines; `counted`: to printed ones, which are numbered in the margin. A text that
    has one `beside` it is printed on the left pages of `leaves`, the other one, which comes `after` it, on the right.
    """

    document: Document
    id: str
    markup: Markup
    notes: list[RenderedNote]
    around: Around
    keyed: bool = False
    counted: bool = False
    leaves: Sequence[Leaf] = ()
    beside: Text | None = None
    after: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the contents with those below it; `language` is that of a document (as TEI writes it).

    `beside` is the text on the facing pages.
    """

    title: str
    id: str
    byline: str = ""
    divisions: tuple[Division, ...] = ()
    language: str | None = None
    beside: Chapter | None = None


def render_print(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    page_of: Mapping[str, int],
    moment: datetime,
    spots: Mapping[str, Spot] | None = None,
    plans: Plans | None = None,
) -> Printed:
    """The book.

    `page_of` says on which physical page (0-based) the last layout put each identifier, `spots` on which lines; `plans`
    are those of the pairs that face each other.

    Raises:
        Stopped: a template fails (V005).
    """
    # on a page to the right: the first one is, unless the book runs from right to left
    values = {"recto": lambda i: (page_of.get(i, 0) % 2 == 0) != book.rtl}
    book: Book = Book(edition, settings, vocabulary, "pdf", values)
    facing = pairs(book)
    texts = _texts(book, facing, page_of, spots or {}, plans or {})
    labels = page_labels(page_of, texts[0].id if texts else "")
    records, _ = book.records(FILE)
    chapters = _chapters(texts, bool(records), edition, book.phrases)
    html = book.page(
        "book.html",
        FILE,
        moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        texts=texts,
        chapters=chapters,
        records=records,
        codes=book.codes(),
        groups=withheld(edition),
        sigla=[w for w in edition.witnesses.values() if w.description] if any(t.keyed for t in texts) else [],
        persons=book.index(edition.persons, FILE, labels),
        places=book.index(edition.places, FILE, labels),
        label=lambda identifier: labels.get(identifier, ""),
        rtl=book.rtl,
        header_rtl=book.header_rtl,
        ours_rtl=book.voices.rtl,
    )
    refers = {m.id for e in (*edition.persons, *edition.places) for m in e.mentions}
    refers |= {identifier for chapter in chapters for identifier in _identifiers(chapter)}
    start = page_of.get(texts[0].id) if texts else None
    first = 0 if start is None else start + 1
    css = _style(book, first)
    counted = [text for text in texts if text.counted]
    keyed = frozenset(v.id for text in counted for v in text.document.variations)
    return Printed(
        html, css, frozenset(refers), texts[0].id if texts else "", keyed, _starts(settings.lines, counted), facing
    )


def render_strips(edition: Edition, settings: Settings, vocabulary: Vocabulary) -> list[tuple[Pair, str, str]]:
    """For each pair that faces each other a file and its style sheet, which tell by their layout how high all is.

    Raises:
        Stopped: as `render_print`.
    """
    found: list[tuple[Pair, str, str]] = []
    for pair in pairs(Book(edition, settings, vocabulary, "pdf")) if edition.facing else ():
        book = Book(edition, settings, vocabulary, "pdf", {"recto": lambda i: False})
        _place(book)
        texts, facing = _facing(book, pair, {}, str)
        html = book.page("strips.html", FILE, texts=texts, leaves=facing.strips(), rtl=book.rtl)
        found.append((pair, html, _style(book, 0)))
    return found


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


def page_labels(page_of: Mapping[str, int], start: str) -> dict[str, str]:
    """The folio of each identifier: arabic from the page of `start` on, roman before it."""
    first = page_of.get(start, 0)
    return {i: str(n - first + 1) if n >= first else roman(n + 1) for i, n in page_of.items()}


def overfull(edition: Edition, spilled: Collection[str], name: str) -> list[Finding]:
    """O015 for each pair of documents some of whose facing pages could not hold what belongs on them."""
    titles = {d.slug: d.title for d in edition.documents}
    return [
        finding(
            "O015",
            f'"{titles[p.first]}" and "{titles[p.second]}" do not stay side by side: something does not fit on a page',
            name,
            0,
            "look at the spreads, and divide the passage that is too long",
        )
        for p in edition.facing
        if p.name in spilled
    ]


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


def _style(book: Book, first: int) -> str:
    """The style sheet of the book, of which page `first` begins the text."""
    size = SIZES[book.settings.size]
    return book.page("style.css", "style.css", size=size, first=first, families=[s.family for s in SCRIPTS])


def _place(book: Book) -> None:
    """Note that everything is in the one file."""
    book.place([leaf for d in book.edition.documents for leaf in leaves(d, "never")], "")
    book.addresses.files = dict.fromkeys(book.addresses.files, FILE)


def _texts(
    book: Book, both: Sequence[Pair], page_of: Mapping[str, int], spots: Mapping[str, Spot], plans: Plans
) -> list[Text]:
    """The texts; those that face each other stand where the first of them does."""
    _place(book)
    documents = book.edition.documents
    facing = {slug: pair for pair in both for slug in (pair.parallel.first, pair.parallel.second)}
    opening = next((facing[d.slug].documents[0] if d.slug in facing else d for d in documents), None)
    first = page_of.get(f"start-{opening.slug}", 0) if opening else 0
    texts: dict[str, Text] = {}
    for document in (d for d in documents if d.slug not in texts):
        if pair := facing.get(document.slug):
            two = _pair(book, pair, plans[pair.name], spots, lambda page: str(page - first + 1))
            texts |= {text.document.slug: text for text in two}
        else:
            texts[document.slug] = _text(book, document, spots, lambda page: str(page - first + 1))
    return list(texts.values())


def _text(book: Book, document: Document, spots: Mapping[str, Spot], folio: Callable[[int], str]) -> Text:
    keyed = keys(document, spots, folio) if book.settings.apparatus == "lines" else None
    text = _stated(book, document, keyed)
    markup, notes = book.text(document, document.body, FILE, text.around, keyed)
    return replace(text, markup=markup, notes=notes)


def _stated(book: Book, document: Document, keyed: Keys | None) -> Text:
    """A text, as yet without its words."""
    around = book.around(document, document.body)
    tied, counted = keyed is not None and bool(keyed.keys), keyed is not None and keyed.counted
    return Text(document, f"start-{document.slug}", Markup(), [], around, tied, counted)


def _pair(
    book: Book, pair: Pair, plan: Plan, spots: Mapping[str, Spot], folio: Callable[[int], str]
) -> tuple[Text, Text]:
    (text, other), facing = _facing(book, pair, spots, folio)
    made = facing.leaves(plan)
    notes = [walker.notes for walker in facing.walkers]
    other = replace(other, notes=notes[1], after=True)
    return replace(text, notes=notes[0], leaves=made, beside=other), other


def _facing(
    book: Book, pair: Pair, spots: Mapping[str, Spot], folio: Callable[[int], str]
) -> tuple[tuple[Text, Text], Facing]:
    """The texts of a pair; printed lines are counted on one side, if their numbers run on over pages."""
    tied = [keys(d, spots, folio) if book.settings.apparatus == "lines" else None for d in pair.documents]
    if tied[1] is not None and tied[1].counted and book.settings.lines != "page":
        tied[1] = None
    first, second = (_stated(book, d, keyed) for d, keyed in zip(pair.documents, tied, strict=True))
    one, two = (book.walker(t.document, FILE, t.around, keyed) for t, keyed in zip((first, second), tied, strict=True))
    return (first, second), Facing(book, pair, FILE, (one, two))


def _chapters(texts: Sequence[Text], about: bool, edition: Edition, phrases: Phrases) -> list[Chapter]:
    said = phrases.gettext
    chapters = [_chapter(t, phrases) for t in texts if not t.after]
    if about:
        chapters.append(Chapter(said("About this edition"), "book-about"))
    if edition.redactions:
        chapters.append(Chapter(said("Redactions"), "book-redactions"))
    if edition.persons:
        chapters.append(Chapter(said("Index of persons"), "book-persons"))
    if edition.places:
        chapters.append(Chapter(said("Index of places"), "book-places"))
    return chapters


def _chapter(text: Text, phrases: Phrases) -> Chapter:
    document = text.document
    byline = phrases.joined(document.header.authors)
    beside = _chapter(text.beside, phrases) if text.beside else None
    return Chapter(document.title, text.id, byline, document.divisions, document.language, beside)


def _identifiers(chapter: Chapter | Division) -> list[str]:
    below = chapter.divisions if isinstance(chapter, Chapter) else chapter.parts
    return [chapter.id, *(i for division in below for i in _identifiers(division))]
