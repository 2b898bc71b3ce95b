"""The apparatus of a document → who reads what at each place.

A reading belongs to the witnesses that it names. One that the entry does not name reads as the family or the codex
that it is listed in (``witness`` inside of ``witness``), if the entry names that. Where a witness has a gap or ends is
said by ``lacunaStart``, ``lacunaEnd``, ``witStart`` and ``witEnd`` in its readings (TEI Guidelines, 13.1.5).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from teipress import tei
from teipress.edition import Document, Edition, Variation
from teipress.tei import Element
from teipress.vocabulary import Vocabulary

_READINGS = frozenset(map(tei.tei, ("lem", "rdg")))
_GROUP, _LEMMA, _GAP = map(tei.tei, ("rdgGrp", "lem", "gap"))
_ENDS, _BEGINS = frozenset(map(tei.tei, ("witEnd", "lacunaStart"))), frozenset(map(tei.tei, ("witStart", "lacunaEnd")))
_PASSED = frozenset(map(tei.tei, ("note", "witDetail", "wit")))
_LINES = frozenset(map(tei.tei, ("l", "p", "ab", "lb")))


@dataclass(frozen=True, slots=True)
class Column:
    """A witness as a column: its identifier (or what is written instead of a pointer) and its siglum."""

    id: str
    siglum: str
    description: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said at one place: the readings of each witness that is named there, and who is lost or there again."""

    readings: dict[str, Element]
    changes: dict[str, bool]


@dataclass
class Readings:
    """Who reads what in the apparatus of one document.

    What the vocabulary omits is not told here either; `shown` are the identifiers that reading pages have.
    """

    edition: Edition
    document: Document
    vocabulary: Vocabulary
    shown: Collection[str]
    _entries: dict[Element, Entry] = field(default_factory=dict)

    @cached_property
    def places(self) -> list[Variation]:
        """The places that readers see and where somebody reads something."""
        return [v for v in self.document.variations if v.id in self.shown and self.readings(v.element)]

    @property
    def columns(self) -> list[Column]:
        """The witnesses that the readings name: first those that are described, in that order."""
        order = {w: None for v in self.places for r in self.readings(v.element) for w in self._witnesses(r)}
        known = [w for w in self.edition.witnesses if w in order]
        return [self._column(w) for w in dict.fromkeys((*known, *order))]

    def of(self, app: Element, column: Column) -> tuple[Element | None, str]:
        """The reading of a witness at one place, and the group that it has it from; None where nothing is said.

        A reading that only says where the witness begins or ends is none.
        """
        found = self._entry(app).readings
        for name in (column.id, *column.groups):
            if name in found:
                return found[name], "" if name == column.id else name
        return None, ""

    def changes(self, app: Element, column: Column) -> bool | None:
        """Whether a witness is lost from this place on (True) or there again (False); None if neither is said."""
        return self._entry(app).changes.get(column.id)

    def begins_lost(self, column: Column) -> bool:
        """Whether a witness is not there from the beginning: the first that is said of it is where it starts."""
        changes = (self.changes(v.element, column) for v in self.places)
        return next((c for c in changes if c is not None), True) is False

    def readings(self, app: Element) -> list[Element]:
        """The readings of one place, its lemma among them; those of places inside of a reading are not its own."""
        found: list[Element] = []
        for child in app:
            if child.tag in _READINGS and not self._is_omitted(child):
                found.append(child)
            elif child.tag == _GROUP and not self._is_omitted(child):
                found += self.readings(child)
        return found

    def in_text(self, app: Element) -> Element | None:
        """The reading that stands in the text of the edition, as far as the entry tells it."""
        first = self.vocabulary.rule(app, "html").first(app)
        found = first or [r for r in self.readings(app) if r.tag == _LEMMA]
        return next((r for r in found if not self._is_omitted(r)), None)

    def words(self, reading: Element) -> str:
        """A reading as one line of plain text: verses parted by a stroke, gaps in brackets, no notes; "" if empty."""
        return " ".join("".join(self._strings(reading)).split()).strip(" /")

    def is_omission(self, reading: Element) -> bool:
        """Whether a reading says that the words are left out."""
        said = self.words(reading)
        gaps = tei.elements(reading, "gap") if said == "[…]" else ()
        return not said or any(gap.get("reason") == "omitted" for gap in gaps)

    def siglum(self, pointer: str) -> str:
        """What a witness, an edition or a scholar is called."""
        name = pointer.rpartition("#")[2]
        witness = self.edition.witnesses.get(self.edition.resolve(self.document.slug, pointer))
        return name if witness is None else witness.siglum or name

    def _column(self, name: str) -> Column:
        witness = self.edition.witnesses.get(name)
        if witness is None:
            return Column(name, name)
        return Column(name, witness.siglum or name, witness.description, tuple(self._groups(name)))

    def _groups(self, name: str) -> Iterator[str]:
        """What a witness is listed in, from the inside out."""
        witness = self.edition.witnesses.get(name)
        while witness is not None and witness.group:
            yield witness.group
            witness = self.edition.witnesses.get(witness.group)

    def _entry(self, app: Element) -> Entry:
        if app not in self._entries:
            entry = self._entries[app] = Entry({}, {})
            for reading in self.readings(app):
                marks = [e.tag in _ENDS for e in tei.elements(reading) if e.tag in _ENDS or e.tag in _BEGINS]
                for name in self._witnesses(reading):
                    entry.changes.update({name: marks[0]} if marks else {})
                    if not (marks and self._is_mark(reading)):
                        entry.readings.setdefault(name, reading)
        return self._entries[app]

    def _witnesses(self, reading: Element) -> list[str]:
        """The witnesses that a reading names, by their identifiers, or as they are written."""
        resolve = self.edition.resolve
        tokens = tei.pointers(reading.get("wit"))
        return [resolve(self.document.slug, t) or t.rpartition("#")[2] for t in tokens]

    def _is_omitted(self, element: Element) -> bool:
        return self.vocabulary.rule(element, "html").behaviour == "omit"

    def _strings(self, element: Element) -> Iterator[str]:
        for part in tei.content(element):
            if isinstance(part, str):
                yield part
            elif part.tag == _GAP:
                yield "[…]"
            elif part.tag not in _PASSED:
                yield " / " if part.tag in _LINES and part.get("break") != "no" else ""
                yield from self._inner(part)

    def _inner(self, part: Element) -> Iterator[str]:
        """What is shown of a part: the form that its rule chooses, the reading that stands in the text, or all."""
        rule = self.vocabulary.rule(part, "html")
        if rule.behaviour != "omit":
            for chosen in rule.chosen(part) or rule.first(part) or [part]:
                yield from self._strings(chosen) if chosen is part else self._inner(chosen)

    def _is_mark(self, reading: Element) -> bool:
        """Whether a reading holds nothing but signs of where a witness begins or ends."""
        inside = [e for e in tei.elements(reading) if e is not reading]
        return not self.words(reading) and all(e.tag in _ENDS or e.tag in _BEGINS for e in inside)


def line_of(variation: Variation) -> str:
    """What an entry says of its place, else the number of the verse or paragraph that it stands in."""
    app = variation.element
    if stated := app.get("loc"):
        return stated
    blocks = app.iterancestors(*(tei.tei(n) for n in ("l", "p", "ab", "seg", "u")))
    return next((n for block in blocks if (n := block.get("n"))), "")
