"""A document → what ties the entries of its apparatus to its lines: the numbers of verses, or of printed lines.

Verses that the edition numbers are cited by these numbers, which stand in the TEI. Other lines are those of the print:
where a lemma stands is known after a layout, and the pipeline repeats until what is printed is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from teipress import tei
from teipress.edition import Document, Spot, Variation
from teipress.tei import Element

_VERSE = tei.tei("l")
UNKNOWN = "00"  # before the first layout: as wide as most numbers are
_MOSTLY = 0.8  # of the places of an apparatus stand in verses with numbers: then these are what it is keyed to


@dataclass(frozen=True, slots=True)
class Key:
    """How an entry begins: the reference, whether it is that of the entry before, and which of equal words is meant."""

    reference: str = ""
    same: bool = False
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of the entries of a document by identifier; `counted` says whether its printed lines are numbered."""

    counted: bool = False
    keys: Mapping[str, Key] = field(default_factory=dict)

    def of(self, identifier: str) -> Key:
        """The key of one entry."""
        return self.keys.get(identifier, Key())


def keys(document: Document, spots: Mapping[str, Spot], folio: Callable[[int], str]) -> Keys:
    """The keys of a document; `spots` are those of the last layout, `folio` is the printed number of a page."""
    verses = [_verses(variation) for variation in document.variations]
    numbered = sum(1 for first, _ in verses if first)
    counted = numbered < _MOSTLY * len(verses)
    found: dict[str, Key] = {}
    before = None
    touched = dict(zip((v.id for v in document.variations), verses, strict=True))
    for variation in _as_printed(document.variations):
        first, last = touched[variation.id]
        spot = spots.get(variation.id)
        if counted:
            reference = _printed(spot, folio) if spot else ("" if spots else UNKNOWN)
            place: object = spot and (spot.first, spot.last)
        else:
            reference, place = _span(first, last), (first, last)
        same = bool(reference) and place == before and bool(spots or not counted)
        found[variation.id] = Key(reference, same, spot.nth if spot else 0)
        before = place
    return Keys(counted and bool(verses), found)


def _as_printed(variations: Sequence[Variation]) -> Iterator[Variation]:
    """The entries as they stand at the foot of a page: one inside of another place comes before that one's."""
    waiting: list[Variation] = []
    for variation in variations:
        around = set(variation.element.iterancestors())
        while waiting and waiting[-1].element not in around:
            yield waiting.pop()
        waiting.append(variation)
    yield from reversed(waiting)


def _verses(variation: Variation) -> tuple[str, str]:
    """The numbers of the first and the last verse that a place of the apparatus touches."""
    element = variation.element
    around = next(element.iterancestors(_VERSE), None)
    if around is not None:
        return around.get("n", ""), around.get("n", "")
    inside = [n for verse in _text_of(element).iter(_VERSE) if (n := verse.get("n"))]
    return (inside[0], inside[-1]) if inside else ("", "")


def _text_of(app: Element) -> Element:
    """The reading that stands in the text."""
    lemma = tei.child(app, "lem")
    return app if lemma is None else lemma


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _printed(spot: Spot, folio: Callable[[int], str]) -> str:
    """``12``, ``12f.``, ``12–14``; over the end of a page ``38–17,2``, with the page where it ends."""
    (page, first), (end, last) = spot.first, spot.last
    if page != end:
        return f"{first}–{folio(end)},{last}"
    return str(first) if first == last else f"{first}f." if last == first + 1 else f"{first}–{last}"
