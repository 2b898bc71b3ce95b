"""An edition → what a book has before and behind its texts: contents, dedication, lists of abbreviations, colophon."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from teipress import tei
from teipress.config import Settings
from teipress.edition import Division, Document, Edition
from teipress.paper import Paper
from teipress.phrases import Phrases
from teipress.render.book import Book
from teipress.scripts import SCRIPTS
from teipress.tei import Element

_INSCRIPTION = 400  # characters; a longer dedication is an epistle, and belongs to the text
_LISTS = ("abbreviations", "abbreviation", "abbr")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents with those below it; `language` is that of a document (as TEI writes it).

    `beside` is the text on the facing pages.
    """

    title: str
    id: str
    byline: str = ""
    divisions: tuple[Division, ...] = ()
    language: str | None = None
    beside: Entry | None = None

    @property
    def all(self) -> Iterator[str]:
        """The identifiers whose pages the entry prints."""
        yield self.id
        for division in self.divisions:
            yield from _identifiers(division)


@dataclass(frozen=True, slots=True)
class Front:
    """What the book prints before its contents and behind them: `dedications` and lists of `abbreviations`."""

    dedications: list[Markup] = field(default_factory=list)
    abbreviations: list[Markup] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Colophon:
    """How the book was made: `families` are those of its type, `file` is the TEI, `state` the date of that."""

    families: tuple[str, ...]
    paper: Paper
    file: str
    state: str


def start_of(document: Document) -> str:
    """The identifier that a document begins with in the book."""
    return f"start-{document.slug}"


def contents(documents: Sequence[tuple[Document, Document | None]], phrases: Phrases) -> list[Entry]:
    """The texts as the contents list them, each with the one that faces it."""
    return [_entry(d, phrases, _entry(other, phrases) if other else None) for d, other in documents]


def _entry(document: Document, phrases: Phrases, beside: Entry | None = None) -> Entry:
    byline = phrases.joined(document.header.authors)
    return Entry(document.title, start_of(document), byline, document.divisions, document.language, beside)


def _identifiers(division: Division) -> Iterator[str]:
    yield division.id
    for part in division.parts:
        yield from _identifiers(part)


def apart(edition: Edition) -> dict[Element, str]:
    """Divisions that stand in the front of the book instead of in the text, and what each is.

    They are those of an edition of one document that are typed so in its front, and hold no page of a source: a
    dedication or a list that is the source's own stays where the source has it.
    """
    if len(edition.documents) != 1:
        return {}
    fronts = (front for part in edition.documents[0].body for front in part.iterchildren(tei.tei("front")))
    found = {d: _kind(d) for front in fronts for d in front.iterchildren(tei.tei("div"))}
    return {d: kind for d, kind in found.items() if kind and next(tei.elements(d, "pb"), None) is None}


def _kind(division: Element) -> str:
    kind = (division.get("type") or "").lower()
    if kind == "dedication" and len(tei.string(division)) <= _INSCRIPTION:
        return "dedication"
    return "abbreviations" if kind in _LISTS else ""


def without(elements: dict[Element, str]) -> dict[Element, list[str | Element]]:
    """What is left of the elements around some others."""
    around = {parent for e in elements if (parent := e.getparent()) is not None}
    return {
        p: [part for part in tei.content(p) if isinstance(part, str) or part not in elements] or [""] for p in around
    }


def front(book: Book, here: str) -> Front:
    """What the book takes into its front, as markup."""
    found = Front()
    for element, kind in apart(book.edition).items():
        document = book.edition.documents[0]
        markup, _ = book.text(document, [element], here, book.around(document, [element]))
        (found.dedications if kind == "dedication" else found.abbreviations).append(markup)
    return found


def has_numbers(document: Document) -> bool:
    """Whether verses of a document have numbers of their own."""
    return any(verse.get("n") for part in document.body for verse in part.iter(tei.tei("l")))


def colophon(edition: Edition, settings: Settings, sheet: Paper) -> Colophon:
    """The colophon; it is the same for the same edition whenever that is printed."""
    header = edition.header
    return Colophon(
        tuple(dict.fromkeys(_families(edition, settings.font))),
        sheet,
        settings.source.name,
        header.changed or header.date,
    )


def _families(edition: Edition, font: str) -> Iterator[str]:
    """The families of type of the scripts that the texts are written in; `font` is that of the text, if one is set."""
    used = {c for d in edition.documents for part in d.body for c in tei.string(part) if c.isalpha()}
    words = {unicodedata.name(c, "").split(" ")[0] for c in used}
    for script in SCRIPTS:
        name = unicodedata.name(script.letter, "").split(" ")[0]
        if (script.needed and name == "LATIN") or name in words - {"LATIN"}:
            yield font if font and name == "LATIN" else script.family.removesuffix(" O")
