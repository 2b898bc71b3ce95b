"""An edition → the HTML and the style sheet of its printed book.

Contents and indexes print page numbers. They come from the layout before (`page_of`) and are set as plain text,
which lets an index join its pages into ranges and costs the engine nothing; the pipeline repeats until they hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
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
from teipress.render.direction import Around
from teipress.render.keys import keys
from teipress.render.pages import concordance
from teipress.render.registers import withheld
from teipress.render.split import leaves
from teipress.scripts import SCRIPTS
from teipress.vocabulary import Vocabulary

FILE = "book.html"
_HAIRLINE = re.compile(r"(\bborder[-a-z]*: ?[^;{}#]*)#[0-9a-f]{3,6}\b")  # in a tint it would be a row of dots on paper


@dataclass(frozen=True, slots=True)
class Printed:
    """A book ready for the layout; `refers` are the identifiers whose page numbers it prints.

    `first` is the identifier that page 1 begins with; `keyed` are those whose lines it cites, `starts` those that the
    numbers of lines begin anew with, if not with each page.
    """

    html: str
    css: str
    refers: frozenset[str]
    first: str = ""
    keyed: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Text:
    """One document as the book prints it.

    `keyed`: its apparatus is tied to lines; `counted`: to printed ones, which are numbered in the margin.
    """

    document: Document
    id: str
    markup: Markup
    notes: list[RenderedNote]
    around: Around
    keyed: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line of the contents with those below it; `language` is that of a document (as TEI writes it)."""

    title: str
    id: str
    byline: str = ""
    divisions: tuple[Division, ...] = ()
    language: str | None = None


def render_print(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    page_of: Mapping[str, int],
    moment: datetime,
    spots: Mapping[str, Spot] | None = None,
    families: Sequence[str] = (),
) -> Printed:
    """The book.

    `page_of` says on which physical page (0-based) the last layout put each identifier, `spots` on which lines.
    `families` are those of the edition's own fonts.

    Raises:
        Stopped: a template fails (V005).
    """
    # on a page to the right: the first one is, unless the book runs from right to left
    values = {"recto": lambda i: (page_of.get(i, 0) % 2 == 0) != book.rtl}
    book: Book = Book(edition, settings, vocabulary, "pdf", values)
    texts = _texts(book, page_of, spots or {})
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
    css = book.page(
        "style.css",
        "style.css",
        size=SIZES[settings.size],
        first=first,
        families=text_families(settings, families),
        own_face=bool(settings.font),
        bleed=settings.press.bleed if settings.pressed else 0,
    )
    if settings.pressed:
        css = _HAIRLINE.sub(r"\1#000", css)
    counted = [text for text in texts if text.counted]
    keyed = frozenset(v.id for text in counted for v in text.document.variations)
    return Printed(html, css, frozenset(refers), texts[0].id if texts else "", keyed, _starts(settings.lines, counted))


def text_families(settings: Settings, families: Sequence[str]) -> list[str]:
    """The families that have the characters of the book, in order: the one that is set, those of the edition, ours.

    `families` are those of the edition, first the one that is set, if one is.
    """
    ours = [s.family for s in SCRIPTS]
    return [*families, *ours] if settings.font else [ours[0], *families, *ours[1:]]


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


def unsettled(name: str, passes: int) -> Finding:
    """O002: the page numbers still moved in the last pass."""
    return finding("O002", f"page references did not settle in {passes} passes; some may be off by one", name)


def unprintable(edition: Edition, characters: Collection[str]) -> list[Finding]:
    """O001 for each character that no font draws, at its first place in the texts and their headers."""
    texts = [edition.header.element, *(p for d in edition.documents for p in (d.header.element, *d.body))]
    found = _places(texts, characters)
    elsewhere = [c for c in characters if c not in found]  # in a register
    found |= _places([edition.source], elsewhere)
    return [_unprintable(c, *found.get(c, (None, 0))) for c in sorted(characters)]


def _places(parts: Sequence[tei.Element | None], characters: Collection[str]) -> dict[str, tuple[tei.Element, int]]:
    """Where each of some characters first stands in some parts, and how many times in all of them."""
    found: dict[str, tuple[tei.Element, int]] = {}
    for part in dict.fromkeys(p for p in parts if p is not None):
        for character, (element, times) in tei.first_places(part, characters).items():
            first, before = found.get(character, (element, 0))
            found[character] = first, before + times
    return found


def _unprintable(character: str, element: tei.Element | None, times: int) -> Finding:
    private = unicodedata.category(character) == "Co"
    name = "a character of private use" if private else unicodedata.name(character, "a character without a name")
    often = f", which stands {times} times" if times > 1 else ""
    hint = "say what it is with g and glyph" if private else "teipress doctor names the fonts to install"
    message = f"no font here draws U+{ord(character):04X}, {name}{often}; the PDF shows a box, or nothing"
    file, line = ("", 0) if element is None else (tei.file_of(element), tei.line_of(element))
    return finding("O001", message, file, line, hint)


def _starts(lines: str, texts: Sequence[Text]) -> frozenset[str]:
    """What the numbers of lines begin anew with, if not with each page: documents, or their first divisions."""
    if lines == "page":
        return frozenset()
    if lines == "through":
        return frozenset(f"text-{text.document.slug}" for text in texts)
    return frozenset(d.id for text in texts for d in text.document.divisions)


def _texts(book: Book, page_of: Mapping[str, int], spots: Mapping[str, Spot]) -> list[Text]:
    """The texts, after noting that everything is in the one file."""
    edition = book.edition
    book.place([leaf for d in edition.documents for leaf in leaves(d, "never")], "")
    book.addresses.files = dict.fromkeys(book.addresses.files, FILE)
    first = page_of.get(f"start-{edition.documents[0].slug}", 0) if edition.documents else 0
    return [_text(book, document, spots, lambda page: str(page - first + 1)) for document in edition.documents]


def _text(book: Book, document: Document, spots: Mapping[str, Spot], folio: Callable[[int], str]) -> Text:
    around = book.around(document, document.body)
    keyed = keys(document, spots, folio) if book.settings.apparatus == "lines" else None
    markup, notes = book.text(document, document.body, FILE, around, keyed)
    counted = keyed is not None and keyed.counted
    return Text(
        document, f"start-{document.slug}", markup, notes, around, keyed is not None and bool(keyed.keys), counted
    )


def _chapters(texts: Sequence[Text], about: bool, edition: Edition, phrases: Phrases) -> list[Chapter]:
    said = phrases.gettext
    chapters = [
        Chapter(
            t.document.title,
            t.id,
            phrases.joined(t.document.header.authors),
            t.document.divisions,
            t.document.language,
        )
        for t in texts
    ]
    if about:
        chapters.append(Chapter(said("About this edition"), "book-about"))
    if edition.redactions:
        chapters.append(Chapter(said("Redactions"), "book-redactions"))
    if edition.persons:
        chapters.append(Chapter(said("Index of persons"), "book-persons"))
    if edition.places:
        chapters.append(Chapter(said("Index of places"), "book-places"))
    return chapters


def _identifiers(chapter: Chapter | Division) -> list[str]:
    below = chapter.divisions if isinstance(chapter, Chapter) else chapter.parts
    return [chapter.id, *(i for division in below for i in _identifiers(division))]
