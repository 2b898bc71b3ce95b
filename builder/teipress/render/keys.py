"""A document → what ties the entries of its apparatus to its lines: the numbers of verses, or of printed lines.

Verses that the edition numbers are cited by these numbers, which stand in the TEI. Other lines are those of the print:
where a lemma stands is known after a layout, and the pipeline repeats until what is printed is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from lxml import etree

from teipress import tei
from teipress.edition import Document, Spot, Variation
from teipress.render.apart import Resolve, Span, in_list, spans
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
    """The keys of the entries of a document by identifier; `counted` says whether its printed lines are numbered.

    `called` are the entries of lists by the element of the text that they are called at the end of, `apart` are all of
    these; `lines` are the identifiers whose lines are cited.
    """

    counted: bool = False
    keys: Mapping[str, Key] = field(default_factory=dict)
    called: Mapping[Element, Sequence[Element]] = field(default_factory=dict)
    apart: frozenset[Element] = frozenset()
    lines: frozenset[str] = frozenset()

    def of(self, identifier: str) -> Key:
        """The key of one entry."""
        return self.keys.get(identifier, Key())


def keys(
    document: Document,
    spots: Mapping[str, Spot],
    folio: Callable[[int], str],
    resolve: Resolve = lambda document, pointer: "",
) -> Keys:
    """The keys of a document; `spots` are those of the last layout, `folio` is the printed number of a page.

    `resolve` says which identifier a pointer in a document means.
    """
    apart = spans(document, resolve)
    printed = [v for v in document.variations if v.id in apart or not in_list(v)]
    verses = {v.id: _verses(v, apart.get(v.id)) for v in printed}
    numbered = sum(1 for first, _ in verses.values() if first)
    counted = numbered < _MOSTLY * len(verses)
    found: dict[str, Key] = {}
    before = None
    for variation in _as_printed(document, printed, apart):
        first, last = verses[variation.id]
        spot = _spot(variation.id, apart.get(variation.id), spots)
        if counted:
            reference = _printed(spot, folio) if spot else ("" if spots else UNKNOWN)
            place: object = spot and (spot.first, spot.last)
        else:
            reference, place = _span(first, last), (first, last)
        same = bool(reference) and place == before and bool(spots or not counted)
        found[variation.id] = Key(reference, same, spot.nth if spot else 0)
        before = place
    called: dict[Element, list[Element]] = {}
    for variation in printed:
        if (span := apart.get(variation.id)) and in_list(variation):
            called.setdefault(span.last, []).append(variation.element)
    starts = {name for span in apart.values() if (name := span.first.get(tei.XML_ID))}
    listed = frozenset(chain.from_iterable(called.values()))
    return Keys(counted and bool(verses), found, called, listed, frozenset(verses) | starts)


def _spot(identifier: str, span: Span | None, spots: Mapping[str, Spot]) -> Spot | None:
    """Where a lemma stands; that of an entry of a list, which is called where its lemma ends, begins elsewhere."""
    spot = spots.get(identifier)
    if span is None or spot is None:
        return spot
    start = spots.get(span.first.get(tei.XML_ID, ""), spot)
    return Spot(start.first, spot.last, start.nth if span.first is span.last else 0)


def _as_printed(document: Document, variations: Sequence[Variation], apart: Mapping[str, Span]) -> Iterator[Variation]:
    """The entries as they stand at the foot of a page: by the end of their places, an inner one before the outer."""
    walks = (etree.iterwalk(part, events=("end",)) for part in document.body)
    ends = {element: number for number, (_, element) in enumerate(chain.from_iterable(walks))}
    places = {v.id: apart[v.id].last if v.id in apart else v.element for v in variations}
    return iter(sorted(variations, key=lambda v: (ends.get(places[v.id], 0), v.id not in apart)))


def _verses(variation: Variation, span: Span | None) -> tuple[str, str]:
    """The numbers of the first and the last verse that a place of the apparatus touches."""
    if span is not None:
        return _verse(span.first), _verse(span.last)
    element = variation.element
    if next(element.iterancestors(_VERSE), None) is not None:
        return _verse(element), _verse(element)
    inside = [n for verse in _text_of(element).iter(_VERSE) if (n := verse.get("n"))]
    return (inside[0], inside[-1]) if inside else ("", "")


def _verse(element: Element) -> str:
    """The number of the verse that an element is or stands in."""
    around = element if element.tag == _VERSE else next(element.iterancestors(_VERSE), None)
    return "" if around is None else around.get("n", "")


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
