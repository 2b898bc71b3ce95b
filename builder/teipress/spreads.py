"""What two facing texts measure → the spreads of their book: what stands on the left page and on the right of each.

Rows are what belongs together. Each begins on one spread on both sides. A row that does not fit on what is left of a
spread goes on over the next: cut where lines begin, on both sides after about the same share of it, so that neither
runs ahead of the other; of the shorter one nothing may be left, and it waits. All heights are in CSS pixels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from typing import TypeAlias

_FULL = 0.85  # of a page: if whole rows fill so much, the next is not cut
_LEAST = 2  # lines of a paragraph or a stanza that stay together at the end of a page and at the beginning of one
_LINE = 18.0  # CSS pixels, about a line
_CRUMB = 40.0  # CSS pixels, two lines: if no more of a row is left for the next spread, it stays here where it fits
_WHOLE, _NEARLY = 0.9999, 0.9998  # of a row: all of it, and all but its end
_SAME = 1.0  # CSS pixels; what differs by less is the same line, or the same edge

Span: TypeAlias = tuple[int, int]  # of stops, the last one excluded
Spread: TypeAlias = tuple[Span, Span]  # what stands on the left page, and on the right


@dataclass(frozen=True, slots=True)
class Grain:
    """The smallest part of a text that pages are made of: a block, or a word of a paragraph.

    `row` is what it belongs to, `group` the paragraph or stanza that it is in (-1: none); `tied` to what is before
    (a heading), it never begins a page; a `word` begins one only where it begins a line.
    """

    row: int
    group: int = -1
    tied: bool = False
    word: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a grain begins, `top` below the beginning of its text; `foot` is the height of the notes called in it.

    `free` says whether a page may begin with it, `lined` whether what is before it ends with a full line.
    """

    top: float
    foot: float
    row: int
    free: bool = True
    lined: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One text, as high as its last stop's end."""

    stops: tuple[Stop, ...]
    end: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Two texts, a page's `room`, what is between a text and its notes, and the spreads that come of these.

    The rows of `level` are as high on both sides, and the first of them begin at the same height. `pads` say for each
    side how much room is left for this behind its rows, which the height of the sides includes, `gaps` how much more
    where the page has it.
    """

    sides: tuple[Side, Side]
    room: float
    apart: float
    spreads: tuple[Spread, ...] = ()
    pads: tuple[Mapping[int, float], Mapping[int, float]] = field(default_factory=lambda: ({}, {}))
    level: frozenset[int] = frozenset()
    gaps: tuple[Mapping[int, float], Mapping[int, float]] = field(default_factory=lambda: ({}, {}))

    def packed(self) -> Plan:
        """The plan with its spreads."""
        packer = _Packer(self)
        spreads = tuple(packer.spreads())
        return replace(self, spreads=spreads, gaps=packer.gaps(spreads, self.level))

    def room_behind(self, side: int) -> dict[int, float]:
        """How much room is left behind rows of a side, in CSS pixels."""
        pads, gaps = self.pads[side], self.gaps[side]
        return {row: pads.get(row, 0.0) + gaps.get(row, 0.0) for row in pads.keys() | gaps.keys()}

    def tightened(self, spilled: Collection[tuple[int, int]]) -> Plan:
        """The plan after a layout in which some pages (spread, side) had too much on them; itself if that cannot be."""
        for lines in range(1, int(self.room / _LINE)):
            plan = self._with(dict.fromkeys(spilled, lines * _LINE)).packed()
            if plan.spreads != self.spreads:
                return plan
        return self

    def _with(self, more: Mapping[tuple[int, int], float]) -> Plan:
        """The plan if on some pages so much more had to be."""
        sides = [list(side.stops) for side in self.sides]
        for (number, side), height in more.items():
            first = self.spreads[number][side][0]
            sides[side][first] = replace(sides[side][first], foot=sides[side][first].foot + height)
        one, two = (replace(side, stops=tuple(found)) for side, found in zip(self.sides, sides, strict=True))
        return replace(self, sides=(one, two))


def stops(grains: Sequence[Grain], places: Sequence[tuple[float, float] | None], feet: Sequence[float]) -> list[Stop]:
    """The stops of a text; `places` say where the grains begin: in the line (from its beginning), and how far down."""
    edges: dict[int, float] = {}
    lines: dict[int, list[float]] = {}
    for grain, place in zip(grains, places, strict=True):
        if place is not None:
            edges[grain.group] = min(place[0], edges.get(grain.group, place[0]))
            tops = lines.setdefault(grain.group, [place[1]])
            if place[1] - tops[-1] > _SAME:
                tops.append(place[1])
    found: list[Stop] = []
    for number, (grain, place) in enumerate(zip(grains, places, strict=True)):
        top = place[1] if place is not None else found[-1].top if found else 0.0
        begins = not number or grains[number - 1].row != grain.row
        within = grain.group >= 0 and number > 0 and grains[number - 1].group == grain.group
        lined = place is not None and within and grain.word and place[0] - edges[grain.group] < _SAME
        free = place is not None and not grain.tied and (begins or not grain.word or not within or lined)
        if free and within and not (begins and grain.word):
            number_of = bisect_left(lines[grain.group], top - _SAME)
            free = _LEAST <= number_of <= len(lines[grain.group]) - _LEAST
        found.append(Stop(top, feet[number], grain.row, free, lined))
    return found


def levelled(plan: Plan, rows: Collection[int]) -> Plan:
    """The plan with room left behind some rows, so that both sides of each are as high, as lines of verse should be."""
    heights = [_heights(side) for side in plan.sides]
    both = sorted(row for row in rows if row in heights[0] and row in heights[1])
    gaps = {row: heights[1][row] - heights[0][row] for row in both}
    pads = (
        {row: gap for row, gap in gaps.items() if gap > _SAME},
        {row: -gap for row, gap in gaps.items() if gap < -_SAME},
    )
    first, second = (_padded(side, pad) for side, pad in zip(plan.sides, pads, strict=True))
    return replace(plan, sides=(first, second), pads=pads, level=frozenset(both))


def _padded(side: Side, pads: Mapping[int, float]) -> Side:
    rows = sorted(pads)
    before = [0.0, *accumulate(pads[row] for row in rows)]
    moved = tuple(replace(stop, top=stop.top + before[bisect_left(rows, stop.row)]) for stop in side.stops)
    return Side(moved, side.end + before[-1])


def _heights(side: Side) -> dict[int, float]:
    tops = [(row, next(group).top) for row, group in groupby(side.stops, lambda stop: stop.row)]
    following = [*(top for _, top in tops[1:]), side.end]
    return {row: below - top for (row, top), below in zip(tops, following, strict=True)}


class _Strip:
    """One side, for questions about it."""

    def __init__(self, side: Side, apart: float) -> None:
        self.stops = side.stops
        self.tops = [*(stop.top for stop in side.stops), side.end]
        self.feet = [0.0, *accumulate(stop.foot for stop in side.stops)]
        self.apart = apart
        self._starts = [stop.row for stop in side.stops]

    def start(self, row: int) -> int:
        """The stop that a row begins with, or the next one."""
        return bisect_left(self._starts, row)

    def height(self, first: int, last: int) -> float:
        """How much of a page some stops need, with their notes."""
        notes = self.feet[last] - self.feet[first]
        return self.tops[last] - self.tops[first] + (notes + self.apart if notes > 0.01 else 0)

    def free(self, at: int) -> bool:
        return at == len(self.stops) or self.stops[at].free

    def progress(self, at: int) -> float:
        """How far a stop is: the row before it, and how much of that is before it."""
        row = self.stops[at - 1].row
        start, end = self.start(row), self.start(row + 1)
        if at == end:
            return row + _WHOLE
        top, bottom = self.tops[start], self.tops[end]
        return row + (min((self.tops[at] - top) / (bottom - top), _NEARLY) if bottom > top else 0)


class _Packer:
    """Fills spread after spread."""

    def __init__(self, plan: Plan) -> None:
        self._strips = tuple(_Strip(side, plan.apart) for side in plan.sides)
        self._room = plan.room
        self._rows = 1 + max((stop.row for side in plan.sides for stop in side.stops), default=-1)

    def spreads(self) -> Iterator[Spread]:
        """All spreads, in order."""
        at, end = (0, 0), tuple(len(strip.stops) for strip in self._strips)
        while at != end:
            following = self._following(at)
            yield (at[0], following[0]), (at[1], following[1])
            at = following

    def _following(self, at: Span) -> Span:
        """Where the next spread begins: as far on as both pages allow."""
        reached = None
        for row in self._joints(at):
            if not self._fits(at, joint := self._joint(row)):
                break
            reached = joint
        if reached is not None and (self._is_end(reached) or self._filled(at, reached) >= _FULL):
            return reached
        return self._cut(at, reached or at) or reached or self._least(at)

    def gaps(self, spreads: Sequence[Spread], level: Collection[int]) -> tuple[dict[int, float], dict[int, float]]:
        """The room behind what precedes the first of some rows on a spread, so that these begin at the same height."""
        found: tuple[dict[int, float], dict[int, float]] = ({}, {})
        for spread in spreads:
            added = [0.0, 0.0]
            for row in (row for row in self._rows_on(spread) if row in level):
                place = self._joint(row)
                if row - 1 in level or not all(a < p < b for (a, b), p in zip(spread, place, strict=True)):
                    continue
                strips = tuple(zip(self._strips, spread, place, added, strict=True))
                reached = [strip.tops[p] - strip.tops[a] + more for strip, (a, _), p, more in strips]
                side = 0 if reached[0] < reached[1] else 1
                gap = abs(reached[0] - reached[1])
                strip, span, at, more = strips[side]
                if gap > _SAME and strip.height(*span) + more + gap <= self._room:
                    found[side][strip.stops[at - 1].row] = gap
                    added[side] += gap
        return found

    def _rows_on(self, spread: Spread) -> range:
        """The rows that stand on the left page of a spread."""
        stops, (first, last) = self._strips[0].stops, spread[0]
        return range(stops[first].row, stops[last - 1].row + 1) if last > first else range(0)

    def _joint(self, row: int) -> Span:
        return self._strips[0].start(row), self._strips[1].start(row)

    def _joints(self, at: Span) -> Iterator[int]:
        """The rows from here on that a spread may begin with."""
        for row in range(min(self._row(n, a) for n, a in enumerate(at)), self._rows + 1):
            joint = self._joint(row)
            behind = joint[0] >= at[0] and joint[1] >= at[1] and joint != at
            if behind and all(strip.free(place) for strip, place in zip(self._strips, joint, strict=True)):
                yield row

    def _row(self, side: int, at: int) -> int:
        stops = self._strips[side].stops
        return stops[at].row if at < len(stops) else self._rows

    def _is_end(self, at: Span) -> bool:
        return all(place == len(strip.stops) for strip, place in zip(self._strips, at, strict=True))

    def _filled(self, at: Span, to: Span) -> float:
        return max(strip.height(a, b) for strip, a, b in zip(self._strips, at, to, strict=True)) / self._room

    def _fits(self, at: Span, to: Span) -> bool:
        return self._filled(at, to) <= 1

    def _cut(self, at: Span, reached: Span) -> Span | None:
        """A cut through a row, behind the rows that fit whole; of both sides some must be before it."""
        for progress in sorted(self._candidates(at, reached), reverse=True):
            row = int(progress)
            places = [self._place(n, at, row, progress) for n in range(2)]
            if None not in places and (to := (places[0] or 0, places[1] or 0)) != at:
                return to
        return None

    def _candidates(self, at: Span, reached: Span) -> set[float]:
        """How far the free stops are that fit."""
        found: set[float] = set()
        for strip, begin, after in zip(self._strips, at, reached, strict=True):
            for place in range(max(after, begin) + 1, len(strip.stops) + 1):
                if strip.height(begin, place) > self._room:
                    break
                if strip.free(place):
                    found.add(strip.progress(place))
        return found

    def _place(self, side: int, at: Span, row: int, progress: float) -> int | None:
        """Where one side is cut in a row after such a share of it, or as near behind as it can be; None: nowhere."""
        strip, begin = self._strips[side], at[side]
        start, end = strip.start(row), strip.start(row + 1)
        if begin >= end:
            return begin  # it waits
        if start == end:  # the row is on the other side only
            return end if strip.free(end) and strip.height(begin, end) <= self._room else None
        wanted = None
        for place in range(max(start, begin) + 1, end + 1):
            if strip.free(place) or place == end:
                if wanted is not None and strip.progress(place) > progress:
                    break
                if strip.height(begin, place) > self._room:
                    return None
                wanted = place
        assert wanted is not None
        if strip.tops[end] - strip.tops[wanted] < _CRUMB and strip.height(begin, end) <= self._room:
            wanted = end
        return wanted if strip.free(wanted) else None

    def _least(self, at: Span) -> Span:
        """As little as can be, where nothing fits."""
        row = next(iter(self._joints(at)), self._rows)
        return self._joint(row)
