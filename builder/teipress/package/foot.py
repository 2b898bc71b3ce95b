"""Footnotes → blocks at the foot of a page: how high each is, and the part of it that a page has room for.

WeasyPrint never parts a footnote, but its layout can begin and end anywhere in a box. So a note that a page has no room
for is laid out up to the last line that fits, and on the next page from there on: hyphens, justified lines, the two
lines that must stay together and the head rows of tables are as everywhere in the book, and nothing is cut by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout

GAP = " \u2002"  # between two entries that run on
_WHOLE = 75  # CSS pixels, five lines: what is not higher is never parted
_LEAST = (30, 45, 60, 90, 150, 300, 600)  # CSS pixels, from two lines on: one of them holds the least part of a note
_ROUNDED = 0.5  # CSS pixels; heights are sums of floating numbers

Aside = Callable[[Any, float], AbstractContextManager[None]]  # keeps the page as it is, while a box gets so much room
Skip = Any  # where a box goes on, as WeasyPrint writes it: {index of the child: the same in it}, or None


@dataclass(frozen=True, slots=True)
class Block:
    """What is laid out as one: the footnotes of a band that run on as a paragraph, or one that stands by itself."""

    notes: tuple[Any, ...]
    inline: bool


@dataclass(slots=True)
class Band:
    """The blocks of a band on a page, in CSS pixels: the height of all, and the least that must stand there."""

    blocks: list[Block]
    height: float = 0
    least: float = 0


@dataclass(frozen=True, slots=True)
class Part:
    """What a page shows of a block; `rest` are the footnotes that go on on the next page, and where."""

    box: Any
    rest: tuple[tuple[Any, Skip], ...] = ()


def band_of(note: Any) -> str:
    """The name of the band that a footnote stands in."""
    name: str = note.element.get("data-band", "")
    return name


def inner_notes(note: Any) -> Iterator[Any]:
    """The footnotes that are called in a footnote."""
    for box in note.descendants():
        if box.footnote:
            yield box.footnote
            yield from inner_notes(box.footnote)


class Foot:
    """Measures and lays out footnotes in the width of an area; what was measured is remembered.

    `frame` is the area as it is laid out without any, `begun` says where those go on that began on a page before.
    """

    def __init__(self, context: LayoutContext, aside: Aside) -> None:
        self._context, self._aside = context, aside
        self.frame: Any = None
        self.begun: Mapping[int, Skip] = {}
        self._measured: dict[tuple[int, float, float, str], tuple[float, float, float]] = {}
        self._inline: dict[int, bool] = {}
        self._smallest: dict[tuple[int, float, str], float] = {}

    def bands(self, notes: Sequence[Any], inner: Collection[int]) -> list[Band]:
        """The bands of footnotes that are in order; those of `inner` are called in others, and need not begin yet."""
        found: list[Band] = []
        for _, group in groupby(notes, key=band_of):
            together = list(group)
            called = [i for i, note in enumerate(together) if id(note) not in inner] or [0]
            found.append(self._band(together, called[-1]))
        return found

    def part(self, block: Block, room: float, placed: list[Any] | None = None, forced: bool = False) -> Part | None:
        """What of a block stands in so many CSS pixels; None if nothing does, and something must if it is forced.

        What has a place of its own on the page, as WeasyPrint will see to, is added to `placed`.
        """
        box, resume = self._lay(self._box(block), self._skip(block), room + _ROUNDED, forced, placed)
        if box is None:
            return None
        if resume is not None:  # WeasyPrint lets what goes on reach to the end of the page
            box.height = lowest(box) - box.content_box_y()
        return Part(box, tuple(self._rest(block, resume)))

    def _blocks(self, notes: Sequence[Any]) -> Iterator[Block]:
        for inline, group in groupby(notes, key=self._runs_on):
            together = tuple(group)
            for part in [together] if inline else [(note,) for note in together]:
                yield Block(part, inline)

    def _runs_on(self, note: Any) -> bool:
        """Whether a footnote is a part of a paragraph, and neither is nor holds a block."""
        if id(note) not in self._inline:
            found = (isinstance(box, boxes.BlockLevelBox) for box in (note, *note.descendants()))
            self._inline[id(note)] = not any(found)
        return self._inline[id(note)]

    def _band(self, notes: Sequence[Any], last: int) -> Band:
        """A band in which at least the note with the index `last` must begin, and those before it must end."""
        band = Band(list(self._blocks(notes)))
        reached, number = 0.0, 0
        for block in band.blocks:
            for note in block.notes:
                height, reached, line = self._measure(note, reached if note is not block.notes[0] else 0)
                before = band.height
                band.height += height - (line if note is not block.notes[0] else 0)
                if number == last:
                    least = self._least(note, height, line)
                    band.least = before + least - (line if note is not block.notes[0] else 0)
                number += 1
        return band

    def _least(self, note: Any, height: float, line: float) -> float:
        """How high the least part of a note is that may stand by itself."""
        if height <= _WHOLE:
            return height
        if self._runs_on(note):
            return 2 * line
        key = id(note), self.frame.width, repr(self.begun.get(id(note)))
        if key not in self._smallest:
            block = Block((note,), inline=False)
            parts = (self.part(block, room) for room in _LEAST if room < height)
            self._smallest[key] = next((part.box.margin_height() for part in parts if part), height)
        return self._smallest[key]

    def _measure(self, note: Any, begins: float = 0) -> tuple[float, float, float]:
        """How high a footnote is, where its last line ends and how high that is; it begins somewhere in its first."""
        skip = self.begun.get(id(note))
        key = (id(note), round(begins, 1), self.frame.width, repr(skip) if skip else "")
        if key not in self._measured:
            block = Block((note,), self._runs_on(note))
            made = self._lay(self._box(block, begins), self._skip(block), inf)[0]
            self._measured[key] = _measures(made)
        return self._measured[key]

    def _box(self, block: Block, begins: float = 0) -> Any:
        """What a block is printed as: one paragraph of all its footnotes, or the one that stands by itself."""
        first = block.notes[0]
        if isinstance(first, boxes.BlockLevelBox):
            return first
        children: list[Any] = []
        if begins:
            room = boxes.InlineBlockBox.anonymous_from(self.frame, [])
            room.style = room.style.copy()
            room.style["width"] = Dimension(begins, "px")
            children = [room]
        for note in block.notes:
            children += [boxes.TextBox.anonymous_from(note, GAP), note] if children else [note]
        return boxes.BlockBox.anonymous_from(first, children)

    def _skip(self, block: Block) -> Skip:
        skip = self.begun.get(id(block.notes[0]))
        return {0: {0: skip}} if skip and block.inline else skip

    def _rest(self, block: Block, resume: Skip) -> Iterator[tuple[Any, Skip]]:
        """The footnotes of a block that its part does not end."""
        if resume is None:
            return
        if not block.inline:
            yield block.notes[0], resume
            return
        ((index, inside),) = (resume[0] or {0: None}).items()  # in the paragraph's line: footnotes, and gaps between
        number, gap = divmod(index, 2)
        for note in block.notes[number + gap :]:
            yield note, None if gap or note is not block.notes[number] else inside

    def _lay(
        self, box: Any, skip: Skip, room: float, forced: bool = True, placed: list[Any] | None = None
    ) -> tuple[Any, Skip]:
        """A box laid out at the top of the frame in so much room, and where it goes on."""
        whole = build.create_anonymous_boxes(box.deepcopy())
        whole.position_x, whole.position_y = self.frame.content_box_x(), 0
        space = -inf if room == inf else 0
        with self._aside(whole, room):
            made, resume, *_ = block_level_layout(self._context, whole, space, skip, self.frame, forced, placed, placed)
        return made, resume


def _measures(box: Any) -> tuple[float, float, float]:
    line = box.children[-1] if box.children and isinstance(box.children[-1], boxes.LineBox) else None
    if line is None or not line.children:
        return box.margin_height(), 0, 0
    reached = max(child.position_x + child.margin_width() for child in line.children) - box.content_box_x()
    return box.margin_height(), reached, line.height


def lowest(box: Any) -> float:
    """Where the lowest line or rule in a box ends, on the page; what stands in the margin is of no account."""
    ends = 0.0
    for child in box.children:
        if child.style["position"] in ("absolute", "fixed"):
            continue
        if isinstance(child, boxes.ParentBox) and not isinstance(child, boxes.LineBox):
            ends = max(ends, lowest(child))
            if child.border_bottom_width:  # one that goes on on the next page has none
                ends = max(ends, child.border_box_y() + child.border_height())
        else:
            ends = max(ends, child.position_y + child.margin_height())
    return ends
