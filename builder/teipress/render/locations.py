"""Mentions, and where the last layout put them → the references of a printed index, with lines if these are numbered.

``12, 14–16`` are pages; where lines have numbers in the margin, ``12.5, 12.7–9, 13.38–14.2`` are pages and lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from teipress.edition import Spot
from teipress.render.registers import Location

Line = tuple[int, int]  # a physical page (0-based) and the number of a line on it, 0 for the page as a whole
Place = tuple[Line, Line, str]  # its first and last line, and an identifier


@dataclass(frozen=True, slots=True)
class Places:
    """Where a layout put things: on which physical pages, on which lines; `folio` is the number printed on a page."""

    page_of: Mapping[str, int]
    spots: Mapping[str, Spot]
    folio: Callable[[int], str]

    def at(self, identifier: str) -> str:
        """The reference to one place: ``12.5``, ``12``, or "" where it is not printed."""
        return next((location.label for location in self.locations([identifier])), "")

    def locations(self, identifiers: Iterable[str]) -> tuple[Location, ...]:
        """References in the order of the book, each line once, what goes on as a range."""
        found = sorted(self._found(identifiers), key=lambda place: place[:2])
        lined = {page for first, last, _ in found if first[1] for page in range(first[0], last[0] + 1)}
        kept = [p for p in found if p[0][1] or p[0][0] not in lined]  # no page of which lines are cited
        return tuple(Location(self._label(first, last), i) for first, last, i in self._joined(kept))

    def _found(self, identifiers: Iterable[str]) -> Iterator[Place]:
        for identifier in identifiers:
            if spot := self.spots.get(identifier):
                yield spot.first, spot.last, identifier
            elif (page := self.page_of.get(identifier)) is not None:
                yield (page, 0), (page, 0), identifier

    def _label(self, first: Line, last: Line) -> str:
        """``12.5``, ``12.5–7``, ``12.5–13.2``, ``12``, ``12–14``."""
        begin, end = self._point(*first), self._point(*last)
        if first == last:
            return begin
        return f"{begin}–{last[1]}" if first[1] and first[0] == last[0] else f"{begin}–{end}"

    def _point(self, page: int, line: int) -> str:
        return f"{self.folio(page)}.{line}" if line else self.folio(page)

    def _joined(self, places: Iterable[Place]) -> Iterator[Place]:
        """Three or more places that follow one another as a range."""
        run: list[Place] = []
        for place in _merged(places):
            if run and not self._follows(run[-1][1], place[0]):
                yield from _range(run)
                run = []
            run.append(place)
        yield from _range(run)

    def _follows(self, one: Line, other: Line) -> bool:
        """Whether one line or page comes after another one; the first arabic number does not come after a roman one."""
        if one[1] and other[1]:
            return one[0] == other[0] and other[1] == one[1] + 1
        alike = self.folio(one[0]).isdigit() == self.folio(other[0]).isdigit()
        return not one[1] and not other[1] and other[0] == one[0] + 1 and alike


def _merged(places: Iterable[Place]) -> list[Place]:
    """Places that share a line or a page as one."""
    merged: list[Place] = []
    for place in places:
        if merged and place[0] <= merged[-1][1]:
            first, last, identifier = merged[-1]
            merged[-1] = first, max(last, place[1]), identifier
        else:
            merged.append(place)
    return merged


def _range(run: list[Place]) -> list[Place]:
    return [(run[0][0], run[-1][1], run[0][2])] if len(run) > 2 else run
