"""Two documents, cut into parts → the left and the right pages of a book that shows them facing.

What a page holds is planned (`teipress.spreads`) by what a layout of each text alone measured: `Facing.strips` are what
is measured, `planned` makes a plan of the measures, `Facing.leaves` are the pages of the book.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol, TypeAlias

from markupsafe import Markup

from teipress.lengths import PIXEL
from teipress.render.alignment import Piece, nest
from teipress.render.book import Book
from teipress.render.cutting import PARAGRAPHS, Pair, Part
from teipress.render.walker import Walker
from teipress.spreads import Plan, Side, Span, levelled, stops
from teipress.tei import Element, local

APART = 24.0  # CSS pixels between a text and its notes: a little more than style.css has (@footnote)
_SIDES = ("verso", "recto")
_UNSEEN = frozenset("pb cb gb lb milestone anchor note fw".split())  # the place of these tells nothing of a line

Plans: TypeAlias = Mapping[str, Plan]  # by the name of the pair


class Measures(Protocol):
    """What a layout says of the pages that `Facing.strips` makes."""

    room: float
    places: dict[str, tuple[float, float]]
    ends: list[float]
    feet: dict[str, float]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a pair: its identifier, its side (verso or recto), and what stands on it."""

    id: str
    side: str
    markup: Markup


@dataclass(frozen=True, slots=True)
class Facing:
    """A pair, and what walks through each of its documents; `here` is the file that it is in."""

    book: Book
    pair: Pair
    here: str
    walkers: tuple[Walker, Walker]

    def strips(self) -> list[Leaf]:
        """The whole text of each side, each of its parts with a name: its side and its number."""
        return [Leaf("", side, self._strip(n)) for n, side in enumerate(_SIDES)]

    def leaves(self, plan: Plan) -> list[Leaf]:
        """The pages in the order of the book."""
        return [
            Leaf(self.pair.page(number, n), side, self._page(plan, spread[n], n))
            for number, spread in enumerate(plan.spreads)
            for n, side in enumerate(_SIDES)
        ]

    def _strip(self, side: int) -> Markup:
        marks: dict[Element, str] = {}
        pieces: list[Piece] = []
        for number, part in enumerate(self.pair.sides[side]):
            pieces += _named(part, f'data-at="{side}-{number}"', marks)
        return self._markup(side, pieces, marks)

    def _page(self, plan: Plan, span: Span, side: int) -> Markup:
        parts = self.pair.sides[side]
        shown = parts[slice(*span)]
        if not shown:
            return Markup()
        before = parts[span[0] - 1].around if span[0] else ()
        lined = span[1] < len(parts) and plan.sides[side].stops[span[1]].lined
        marks = _cuts(shown, before, parts[span[1]].around if lined else ())
        after = parts[span[1] : span[1] + 1]
        cut = {element for around in (before, *(part.around for part in after)) for element in around}
        pieces = list(_levelled([_alike(part, cut) for part in shown], plan.room_behind(side), after))
        path, last = pieces[-1]
        if isinstance(last, str) and not isinstance(last, Markup):
            pieces[-1] = path, last.rstrip()
        return self._markup(side, pieces, marks, before)

    def _markup(
        self, side: int, pieces: Sequence[Piece], marks: Mapping[Element, str], before: Sequence[Element] = ()
    ) -> Markup:
        walker = self.walkers[side]
        walker.attributes.marks, walker.attributes.reopened = marks, frozenset(before)
        tops, walker.kept = nest(pieces)
        elements = [top for top in tops if not isinstance(top, str)]
        return Markup(
            self.book.templates.call(self.here, lambda: Markup().join(walker.markup(element) for element in elements))
        )


def _named(part: Part, name: str, marks: dict[Element, str]) -> Iterator[Piece]:
    """The pieces of a part, the first that is seen with a name: by `marks`, or in a tag if it is a word."""
    seen = next((n for n, (_, piece) in enumerate(part.pieces) if _is_seen(piece)), 0)
    for number, (path, piece) in enumerate(part.pieces):
        if number != seen or (isinstance(piece, str) and not piece.strip()):
            yield path, piece
        elif isinstance(piece, str):  # without the spaces around, at which a line may end
            word = piece.strip()
            before, _, after = piece.partition(word)
            yield from (
                (path, p)
                for p in (before, Markup(f"<span {name}>" if name else "<span>"), word, Markup("</span>"), after)
            )
        else:
            marks[piece] = f" {name}" if name else ""
            yield path, piece


def _alike(part: Part, cut: Collection[Element]) -> Part:
    """A part as it was measured: the engine breaks some lines elsewhere if there are no tags around words.

    So a paragraph that is `cut` has them here, too, lest its last line on the page be half empty.
    """
    if not part.grain.word or part.around[-1] not in cut:
        return part
    return replace(part, pieces=list(_named(part, "", {})))


def _is_seen(piece: str | Element) -> bool:
    return bool(piece.strip()) if isinstance(piece, str) else local(piece) not in _UNSEEN


def _levelled(shown: Sequence[Part], pads: Mapping[int, float], after: Sequence[Part]) -> Iterator[Piece]:
    """What stands on a page, with room behind the rows that are lower than what is beside them; `after` comes next."""
    unfinished = after[0].grain.row if after else -1
    for row, group in groupby(shown, lambda part: part.grain.row):
        pieces = [piece for part in group for piece in part.pieces]
        yield from pieces
        if row in pads and row != unfinished:
            yield pieces[-1][0], Markup(f'<div class="level" style="height: {pads[row] * PIXEL:.2f}pt"></div>')


def _cuts(shown: Sequence[Part], before: Sequence[Element], after: Sequence[Element]) -> dict[Element, str]:
    """What the style sheet is told of the elements at the beginning and at the end of a page."""
    words: dict[Element, list[str]] = {}
    path, first = shown[0].pieces[0]
    for element in path if isinstance(first, str) or shown[0].grain.word else (*path, first):
        words.setdefault(element, []).append("first")
        if element in before:
            words[element].append("again")
        elif (earlier := element.getprevious()) is not None and {local(earlier), local(element)} <= PARAGRAPHS:
            words[element].append("next")
    for element in (e for e in shown[-1].around if e in after and local(e) in PARAGRAPHS):
        words.setdefault(element, []).append("on")
    return {element: f' data-cut="{" ".join(found)}"' for element, found in words.items()}


def planned(pair: Pair, measured: Measures) -> Plan:
    """What stands on which spread, by what a layout of the strips measured."""
    first, second = (_side(parts, n, measured) for n, parts in enumerate(pair.sides))
    return levelled(Plan((first, second), measured.room, APART), pair.in_verse).packed()


def _side(parts: Sequence[Part], side: int, measured: Measures) -> Side:
    places = [measured.places.get(f"{side}-{number}") for number in range(len(parts))]
    feet = [sum(measured.feet.get(note, 0.0) for note in part.notes) for part in parts]
    return Side(tuple(stops([part.grain for part in parts], places, feet)), measured.ends[side])


def tightened(both: Sequence[Pair], plans: Plans, page_of: Mapping[str, int]) -> tuple[Plans, frozenset[str]]:
    """The plans after a layout, with less on the pages that had too much, and the names of the pairs that have such."""
    found = {pair.name: _spilled(pair, plans[pair.name], page_of) for pair in both}
    better = {name: plans[name].tightened(spilled) if spilled else plans[name] for name, spilled in found.items()}
    return better, frozenset(name for name, spilled in found.items() if spilled)


def _spilled(pair: Pair, plan: Plan, page_of: Mapping[str, int]) -> list[tuple[int, int]]:
    """The pages (spread, side) that a layout could not hold."""
    found: list[tuple[int, int]] = []
    for number, spread in enumerate(plan.spreads):
        for side, span in enumerate(spread):
            name = pair.page(number, side)
            notes = (note for part in pair.sides[side][slice(*span)] for note in part.notes)
            if len({page_of[i] for i in (name, f"{name}-end", *notes) if i in page_of}) > 1:
                found.append((number, side))
    return found
