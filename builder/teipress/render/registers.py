"""Registers and redactions of an edition → rows that the index templates print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from teipress import tei
from teipress.edition import TEXT, Document, Edition, Entity, Mention, Redaction

FILLED = 240_000  # bytes of a file of an index, estimated


@dataclass(frozen=True, slots=True)
class Location:
    """One reference of an index entry: the label of a page or a range, and the identifier it leads to."""

    label: str
    id: str


Find = Callable[[Iterable[str]], tuple[Location, ...]]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The references of an index entry to one document."""

    document: Document
    locations: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An index entry: a person or a place, what the register says of it, and where it is named."""

    entity: Entity
    occurrences: tuple[Occurrences, ...]
    told: Markup | None = None

    @property
    def inverted(self) -> bool:
        """Whether an index files the entry by a part of its name that does not stand first in it."""
        return self.entity.filed != self.entity.name.text

    @property
    def locations(self) -> tuple[Location, ...]:
        """All references, whatever document they are to."""
        return tuple(x for o in self.occurrences for x in o.locations)


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries of an index under one letter."""

    letter: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index under its heading; `id` is that of the heading."""

    id: str
    title: str
    letters: list[Letter]


@dataclass(frozen=True, slots=True)
class Withheld:
    """The redactions of one document."""

    document: Document
    redactions: tuple[Redaction, ...]


def index(
    edition: Edition,
    entities: Sequence[Entity],
    printed: Find | None = None,
    told: Mapping[str, Markup] | None = None,
) -> list[Letter]:
    """The index of some entities under their first letters.

    `printed` says where some identifiers are found in print; without it, references go by the source's pages.
    `told` gives for each entity what its register says of it.
    """
    entries = [Entry(e, tuple(_occurrences(edition, e.mentions, printed)), (told or {}).get(e.id)) for e in entities]
    return [Letter(letter, tuple(group)) for letter, group in groupby(entries, key=lambda e: e.entity.letter)]


def withheld(edition: Edition) -> list[Withheld]:
    """The redactions, document by document."""
    return [Withheld(d, d.redactions) for d in edition.documents if d.redactions]


def volumes(
    stem: str, entities: Sequence[Entity], is_told: Callable[[Entity], bool] = lambda entity: True
) -> list[tuple[str, str, tuple[Entity, ...]]]:
    """The files of an index: stem, first letter ("" of the first file) and entries of each; none of no entries.

    A new file begins with a letter, when those before fill one; the two hyphens in its name are in no name of a text.
    `is_told` says whether an index shows all of an entry.
    """
    found: list[list[Entity]] = []
    size = 0
    for _, group in groupby(entities, key=lambda e: e.letter):
        entries = list(group)
        weight = sum(_weight(entry, is_told(entry)) for entry in entries)
        if not found or size + weight > FILLED:
            found.append([])
            size = 0
        found[-1] += entries
        size += weight
    first, *rest = found or [[]]
    named = [(f"{stem}--{_token(part[0].letter)}", part[0].letter, tuple(part)) for part in rest]
    return [(stem, "", tuple(first)), *named] if first else []


def _weight(entity: Entity, told: bool) -> int:
    """About how many bytes an entry makes: itself, what is told of it, and its references."""
    words = tei.string(entity.element) if told and entity.element is not None else ""
    return 400 + 2 * len(words.encode()) + 110 * len(entity.mentions)


def _token(letter: str) -> str:
    """A letter as a part of a file's name."""
    return letter.lower() if letter.isascii() and letter.isalnum() else "-".join(f"{ord(c):x}" for c in letter)


def _occurrences(edition: Edition, mentions: Iterable[Mention], printed: Find | None) -> Iterable[Occurrences]:
    by_document: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_document.setdefault(mention.document, []).append(mention)
    for document in edition.documents:
        if found := by_document.get(document.slug):
            places = locations(found) if printed is None else printed([mention.id for mention in found])
            yield Occurrences(document, places)


def locations(mentions: Iterable[Mention]) -> tuple[Location, ...]:
    """The pages of the source that some mentions of one document stand on, each with the first of them."""
    first: dict[str, str] = {}
    for mention in mentions:
        first.setdefault(mention.page.name if mention.page else mention.division or TEXT, mention.id)
    return tuple(Location(label, identifier) for label, identifier in first.items())
