"""What WeasyPrint lacks for a critical edition: bands at the foot of a page, and numbers of lines in its margin.

WeasyPrint (70) has one area for footnotes. It lays all of them out again for each that comes, puts each in a block of
its own, and prints those that had to wait for the next page behind those of that page. Here the area is made of bands
(`data-band`, in the order of their names): what stands in a band runs on as one paragraph or stands in blocks, in the
order of the text. An entry is measured once for each place in a line that it can begin at, so that a page with a
hundred entries costs a hundred small layouts and not five thousand.

What is used of WeasyPrint is its layout context: `layout_footnote` and its sisters ask `_update_footnote_area` how much
room is left. Everything else, what goes on the page and what waits, stays WeasyPrint's own. A margin box whose content
is one of `LINES` gets the numbers of the page's lines, each at the height of its line, which are known by then; each is
a copy of the running element of that name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from math import inf
from typing import Any

import weasyprint.document
from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout

from teipress.package.lines import LineReader

LINES = ("lines-verso", "lines-recto")  # the running elements that numbers are copies of
EVERY = 5
_GAP = " \u2002"  # between two entries of a band
_APART = 6  # CSS pixels between two bands


class BandsContext(LayoutContext):  # type: ignore[misc]
    """A layout context whose footnotes stand in bands, and whose lines are numbered."""

    starts: Collection[str] = ()  # the identifiers that numbers of lines begin anew with

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._reader = LineReader(self.starts)
        self._numbers: dict[int, int] = {}  # the place of each footnote in the text, by the identity of its box
        self._measured: dict[tuple[int, float, float], tuple[float, float, float]] = {}

    def _update_footnote_area(self) -> bool:
        """Fill the area with the page's footnotes, and take their height from the room for the text."""
        area = self.current_footnote_area
        if area.height != "auto" and not self.in_column:
            self.page_bottom += area.margin_height()
        bands = self._bands()
        area.children = [self._block(band, first=band is bands[0]) for band in bands]
        area.height = sum(map(self._height, bands)) + _APART * max(0, len(bands) - 1)
        if not self.in_column:
            self.page_bottom -= area.margin_height()
        return False

    def get_running_element_for(self, page: Any, name: str, keyword: str = "first") -> tuple[Any, ...]:
        """The boxes of a running element; of `LINES` one that holds the numbers of the page's lines."""
        found: tuple[Any, ...] = super().get_running_element_for(page, name, keyword)
        if name not in LINES or not found:
            return found
        sample, reached = found[0], page.content_box_y()
        numbers: list[Any] = []
        for line in self._reader.read(page, 0):
            if line.number % EVERY == 0 and line.top >= reached:
                number = _numbered(sample, line.number, line.top - reached)
                reached = line.top + number.style["line_height"].value
                numbers.append(number)
        return (boxes.BlockBox.anonymous_from(page, numbers),)

    def _bands(self) -> list[list[Any]]:
        """The footnotes of the page in the order of the text, band by band."""
        if not self._numbers:  # when the first is laid out, the list has all others in that order
            waiting = [*self.current_page_footnotes, *self.footnotes]
            self._numbers = {id(note): number for number, note in enumerate(waiting)}
        notes = sorted(self.current_page_footnotes, key=lambda n: (_band(n), self._numbers.get(id(n), inf)))
        return [list(group) for _, group in groupby(notes, key=_band)]

    def _block(self, band: Sequence[Any], first: bool) -> Any:
        """What a band is printed as: one paragraph of all its footnotes, or a block that holds theirs."""
        children: list[Any] = []
        for note in band:
            if children and _runs_on(note):
                children.append(boxes.TextBox.anonymous_from(note, _GAP))
            children.append(note)
        block = boxes.BlockBox.anonymous_from(band[0], children)
        if not first:
            block.style = block.style.copy()
            block.style["margin_top"] = Dimension(_APART, "px")
        return block

    def _height(self, band: Sequence[Any]) -> float:
        """How high a band is, in CSS pixels."""
        if not _runs_on(band[0]):
            return sum(self._measure(note)[0] for note in band)
        total = reached = 0.0
        for note in band:
            height, reached, last = self._measure(note, reached)
            total += height - (last if total else 0)
        return total

    def _measure(self, note: Any, begins: float = 0) -> tuple[float, float, float]:
        """How high a footnote is, where its last line ends and how high that is; it begins somewhere in its first."""
        area = self.current_footnote_area
        key = (id(note), round(begins, 1), area.width)
        if key not in self._measured:
            children = [note]
            if begins:
                room = boxes.InlineBlockBox.anonymous_from(area, [])
                room.style = room.style.copy()
                room.style["width"] = Dimension(begins, "px")
                children = [room, boxes.TextBox.anonymous_from(note, _GAP), note]
            block = boxes.BlockBox.anonymous_from(note, children) if _runs_on(note) else note
            self._measured[key] = self._laid_out(block)
        return self._measured[key]

    def _laid_out(self, block: Any) -> tuple[float, float, float]:
        area = self.current_footnote_area
        trial = area.copy_with_children([block])
        trial.height = "auto"
        made = block_level_layout(self, build.create_anonymous_boxes(trial.deepcopy()), -inf, None, area.page)[0]
        inner = made.children[0]
        line = inner.children[-1] if inner.children and isinstance(inner.children[-1], boxes.LineBox) else None
        if line is None or not line.children:
            return inner.margin_height(), 0, 0
        reached = max(child.position_x + child.margin_width() for child in line.children) - inner.content_box_x()
        return inner.margin_height(), reached, line.height


def _numbered(sample: Any, number: int, room: float) -> Any:
    """A copy of a box for the number of a line, so many pixels below the one before."""
    box = sample.deepcopy()
    box.style = box.style.copy()
    box.style["position"] = "relative"
    box.style["padding_top"] = Dimension(room, "px")  # a margin would collapse
    for inner in box.descendants():
        if isinstance(inner, boxes.TextBox):
            inner.text = str(number)
    return box


def _band(note: Any) -> str:
    name: str = note.element.get("data-band", "")
    return name


def _runs_on(note: Any) -> bool:
    return not isinstance(note, boxes.BlockLevelBox)


@contextmanager
def bands(starts: Collection[str] = ()) -> Iterator[None]:
    """While this is open, WeasyPrint lays footnotes out in bands and numbers lines, anew from each of `starts`."""
    usual = weasyprint.document.LayoutContext
    weasyprint.document.LayoutContext = type("BandsContext", (BandsContext,), {"starts": frozenset(starts)})
    try:
        yield
    finally:
        weasyprint.document.LayoutContext = usual
