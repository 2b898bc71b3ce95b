"""Registers and redactions of an edition → rows that the index templates print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from teipress.edition import TEXT, Document, Edition, Entity, Mention, Redaction


@dataclass(frozen=True, slots=True)
class Location:
    """One reference of an index entry: the label of the source's page, and the identifier it leads to."""

    label: str
    id: str
    last: str = ""


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
class Withheld:
    """The redactions of one document."""

    document: Document
    redactions: tuple[Redaction, ...]


def index(
    edition: Edition,
    entities: Sequence[Entity],
    labels: Mapping[str, str] | None = None,
    told: Mapping[str, Markup] | None = None,
) -> list[Letter]:
    """The index of some entities under their first letters.

    `labels` gives for each identifier the page it is printed on; without it, references go by the source's pages.
    `told` gives for each entity what its register says of it.
    """
    entries = [Entry(e, tuple(_occurrences(edition, e.mentions, labels)), (told or {}).get(e.id)) for e in entities]
    return [Letter(letter, tuple(group)) for letter, group in groupby(entries, key=lambda e: e.entity.letter)]


def withheld(edition: Edition) -> list[Withheld]:
    """The redactions, document by document."""
    return [Withheld(d, d.redactions) for d in edition.documents if d.redactions]


def _occurrences(
    edition: Edition, mentions: Iterable[Mention], labels: Mapping[str, str] | None
) -> Iterable[Occurrences]:
    by_document: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_document.setdefault(mention.document, []).append(mention)
    for document in edition.documents:
        if found := by_document.get(document.slug):
            yield Occurrences(document, _locations(found, labels))


def _locations(mentions: Iterable[Mention], labels: Mapping[str, str] | None) -> tuple[Location, ...]:
    """One reference a page, to the first mention on it; printed pages that follow one another as a range."""
    first: dict[str, str] = {}
    for mention in mentions:
        if labels is not None:
            label = labels.get(mention.id, "")
        else:
            label = mention.page.name if mention.page else mention.division or TEXT
        first.setdefault(label, mention.id)
    if labels is not None:  # a note may be read later than it is printed
        first = dict(sorted(first.items(), key=lambda item: int(item[0]) if item[0].isdigit() else 0))
    return tuple(_ranges(first)) if labels is not None else tuple(Location(k, v) for k, v in first.items())


def locations(mentions: Iterable[Mention]) -> tuple[Location, ...]:
    """The pages of the source that some mentions of one document stand on, each with the first of them."""
    return _locations(mentions, None)


def _ranges(first: Mapping[str, str]) -> Iterable[Location]:
    """Three or more pages in a row as one range (12–14)."""
    run: list[tuple[str, str]] = []
    for label, target in [*first.items(), ("", "")]:
        if run and label.isdigit() and run[-1][0].isdigit() and int(label) == int(run[-1][0]) + 1:
            run.append((label, target))
            continue
        if len(run) > 2:
            yield Location(run[0][0], run[0][1], run[-1][0])
        else:
            yield from (Location(k, v) for k, v in run)
        run = [(label, target)]
