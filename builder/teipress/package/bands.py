"""What WeasyPrint lacks for a critical edition: bands at the foot of a page, and numbers of lines in its margin.

WeasyPrint (70) has one area for footnotes. It lays all of them out again for each that comes, puts each in a block of
its own, never parts one, and prints those that had to wait for the next page behind those of that page. Here the area
is made of bands (`data-band`, in the order of their names): what stands in a band runs on as one paragraph or stands in
blocks, in the order of the text. An entry is measured once for each place in a line that it can begin at, so that a
page with a hundred entries costs a hundred small layouts and not five thousand.

Each note begins on the page of its call. The last note of a band goes on on the next page if there is no room for it;
then the line of the next note waits until that one has ended. While a page is filled, such a note claims so much of it
as is left, at most `_SHARE`, and less if more text comes; at last it gets all that the text has left. A page on which
notes go on and no line of the text may stand is a page of notes.

What is used of WeasyPrint is its layout context: `layout_footnote` and its sisters ask `_update_footnote_area` how much
room is left; and its page, whose text and area are laid out by `BandsContext.lay_out_text` and `lay_out_area`.
Everything else, what goes on the page and what waits, stays WeasyPrint's own. A margin box whose content is one of
`LINES` gets the numbers of the page's lines, each at the height of its line, which are known by then; each is a copy of
the running element of that name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

import weasyprint.document
import weasyprint.layout.page
from weasyprint.css.properties import Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import LayoutContext
from weasyprint.layout.block import block_level_layout, remove_placeholders

from teipress.package.foot import Band, Foot, Skip, band_of, inner_notes, lowest
from teipress.package.lines import LineReader

LINES = ("lines-verso", "lines-recto")  # the running elements that numbers are copies of
EVERY = 5
_APART = 6  # CSS pixels between two bands
_SHARE = 0.65  # of a page, for notes that go on on the next one
_AFTER = 36  # CSS pixels: two lines of the text, which may follow the one with the call


class _Notes(list[Any]):
    """The footnotes of a page. WeasyPrint asks for any to put off, rather than a paragraph: there are none."""

    def __init__(self, context: LayoutContext, notes: Iterable[Any]) -> None:
        super().__init__(notes)
        self._context = context

    def __bool__(self) -> bool:
        return bool(self._context.in_column) and len(self) > 0


class BandsContext(LayoutContext):  # type: ignore[misc]
    """A layout context whose footnotes stand in bands, and whose lines are numbered."""

    starts: Collection[str] = ()  # the identifiers that numbers of lines begin anew with
    page_bottom: float
    footnotes: list[Any]
    in_column: bool

    def __init__(self, *arguments: Any) -> None:
        self._area: Any = None
        self._foot = Foot(self, self.aside)
        self._aside = False  # whether something is laid out that is not the page
        self._reached = 0.0  # the lowest place on the page that the last line needs, in CSS pixels
        self._ends = 0.0  # where the text of the page ends
        self._after: dict[int, tuple[list[Any], dict[int, Skip]]] = {}  # what each page leaves for the next
        self._next: Any = {}  # how the next page begins, as WeasyPrint writes it
        self._kinds: dict[str, Any] = {}  # the kind of the last page of each side, by the side
        self._wanted = ""  # how it is to begin when all notes have ended
        self._numbers: dict[int, int] = {}  # the place of each footnote in the text, by the identity of its box
        self._called: dict[int, tuple[Any, ...]] = {}  # the footnotes that are called in each
        self._inner: set[int] = set()  # all of these
        super().__init__(*arguments)
        self._reader = LineReader(self.starts)

    @property
    def current_footnote_area(self) -> Any:
        """The area of the page that is being laid out; with it a page begins."""
        return self._area

    @current_footnote_area.setter
    def current_footnote_area(self, area: Any) -> None:
        self._area = area
        if area is None:
            return
        self._reached = self._ends = area.page.content_box_y()
        self._foot.frame = block_level_layout(self, area.deepcopy(), -inf, None, area.page)[0]
        waiting, self._foot.begun = self._after.get(self.current_page - 1, ([], {}))
        if waiting:
            self.reported_footnotes = list(waiting)

    @property
    def current_page_footnotes(self) -> list[Any]:
        """The footnotes that the page has so far."""
        return self._notes

    @current_page_footnotes.setter
    def current_page_footnotes(self, notes: list[Any]) -> None:
        self._notes = _Notes(self, notes)

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Whether the page ends above a place that a line needs; each line is asked for before its footnotes are."""
        if not self._aside and bottom_space > -inf:
            self._reached = position_y + bottom_space
        return bool(super().overflows_page(bottom_space, position_y))

    @contextmanager
    def aside(self, box: Any, bottom: float) -> Iterator[None]:
        """While this is open, a box is laid out that is not on the page, but in a room of its own."""
        state = self.page_bottom, self.footnotes, self._aside, self.in_column
        self.page_bottom, self.footnotes, self._aside, self.in_column = bottom, [], True, False
        self.create_block_formatting_context(box)
        try:
            yield
        finally:
            self.finish_block_formatting_context()
            self.page_bottom, self.footnotes, self._aside, self.in_column = state

    def layout_footnote(self, footnote: Any) -> bool:
        """Take a footnote onto the page, with those that are called in it; whether the page has no room for it."""
        for note in (footnote, *self._calls(footnote)):
            if note in self.footnotes:
                self.footnotes.remove(note)
            if note not in self._notes:
                self._notes.append(note)
        return self._update_footnote_area()

    def unlayout_footnote(self, footnote: Any) -> None:
        """Take a footnote from the page again, as its line is."""
        if not self._aside:
            for note in (*self._calls(footnote), footnote):
                super().unlayout_footnote(note)

    def report_footnote(self, footnote: Any) -> None:
        """Put a footnote off to the next page."""
        for note in self._calls(footnote):
            if note in self._notes:
                self._notes.remove(note)
                self.footnotes.append(note)
        super().report_footnote(footnote)

    def lay_out_text(self, root: Any, space: float, skip: Skip, page: Any, empty: bool, *boxes_and_margins: Any) -> Any:
        """The text of a page, of which no line may stand where notes that go on leave no room for it."""
        going_on, put_off = len(self._notes), len(self.reported_footnotes)
        result = block_level_layout(self, root, space, skip, page, empty, *boxes_and_margins)
        self._next, self._ends = result[2], max(lowest(result[0]), page.content_box_y())
        crowded = len(self.reported_footnotes) > put_off or self.overflows(self.page_bottom, self._ends)
        if going_on and crowded:
            remove_placeholders(self, [result[0]], *boxes_and_margins[:2])
            result = block_level_layout(self, root.copy_with_children([]), space, None, page, empty)
            self._next, self._ends = {"break": "any", "page": self._begins()["page"]}, page.content_box_y()
            result = result[0], skip, self._next, *result[3:]
        return result

    def lay_out_area(self, placed: list[Any]) -> Any:
        """The area of a page with its bands, as far as the text has left room for them; the rest goes on."""
        area = self._foot.frame.copy_with_children([])
        top = bottom = area.content_box_y()
        going_on: list[tuple[Any, Skip]] = []
        for band, allotted in self._allotted():
            room = allotted
            bottom += _APART if area.children else 0
            for block in band.blocks:
                forced = not area.children and self._ends <= area.page.content_box_y()
                part = None if room <= 0 else self._foot.part(block, room, placed, forced=forced)
                if part is None:
                    going_on += [(note, self._foot.begun.get(id(note))) for note in block.notes]
                    continue
                going_on += part.rest
                part.box.translate(dy=bottom)
                area.children.append(part.box)
                bottom += part.box.margin_height()
                room = 0 if part.rest else room - part.box.margin_height()
        area.height = bottom - top
        self._leave(going_on)
        self._headed(area)
        return area

    def get_running_element_for(self, page: Any, name: str, keyword: str = "first") -> tuple[Any, ...]:
        """The boxes of a running element; of `LINES` one that holds the numbers of the page's lines."""
        found: tuple[Any, ...] = super().get_running_element_for(page, name, keyword)
        if name not in LINES or not found:
            return found
        sample, reached = found[0], page.content_box_y()
        numbers: list[Any] = []
        for line in self._reader.read(page, 0):
            if line.number % EVERY == 0 and line.top >= reached:
                number = _line_number(sample, line.number, line.top - reached)
                reached = line.top + number.style["line_height"].value
                numbers.append(number)
        return (boxes.BlockBox.anonymous_from(page, numbers),)

    def _update_footnote_area(self) -> bool:
        """Take from the room for the text what the page's footnotes claim; whether its last line stands there."""
        area = self._area
        if area.height != "auto" and not self.in_column:
            self.page_bottom += area.margin_height()
        area.height = self._claimed()
        if self.in_column:
            return False
        self.page_bottom -= area.margin_height()
        return bool(self.overflows(self.page_bottom, self._reached))

    def _claimed(self) -> float:
        """How high the bands are while the text is laid out, in CSS pixels."""
        bands = self._bands()
        apart = _APART * max(0, len(bands) - 1)
        whole, least = apart + sum(band.height for band in bands), apart + sum(band.least for band in bands)
        if least >= whole:
            return whole
        page = self._area.page
        left = page.content_box_y() + page.height - self._reached - _AFTER
        room = min(_SHARE * float(page.height), left) - self._around()
        return float(max(least, min(whole, room)))

    def _around(self) -> float:
        """The margin, the rule and the space above the bands."""
        return float(self._foot.frame.margin_height() - self._foot.frame.height)

    def _bands(self) -> list[Band]:
        """The footnotes of the page in the order of the text, band by band."""
        if not self._numbers:  # when the first is laid out, the list has all others in that order
            self._numbers = self._numbered()
        notes = sorted(self._notes, key=lambda note: (band_of(note), self._numbers.get(id(note), inf)))
        return self._foot.bands(notes, self._inner)

    def _numbered(self) -> dict[int, int]:
        """The place of each footnote, by the identity of its box: before those that it calls, which were made first."""
        waiting = [*self._notes, *self.footnotes]
        for note in waiting:
            self._inner.update(map(id, self._calls(note)))
        called = (note for note in waiting if id(note) not in self._inner)
        return {id(note): number for number, note in enumerate(n for c in called for n in (c, *self._calls(c)))}

    def _calls(self, note: Any) -> tuple[Any, ...]:
        """The footnotes that are called in a footnote."""
        if id(note) not in self._called:
            self._called[id(note)] = tuple(inner_notes(note))
        return self._called[id(note)]

    def _allotted(self) -> list[tuple[Band, float]]:
        """The bands of the page and the room for each: its least, and an equal share of what the text has left."""
        bands = self._bands()
        page = self._area.page
        left = page.content_box_y() + page.height - self._ends - self._around() - _APART * (len(bands) - 1)
        extra = max(0.0, left - sum(band.least for band in bands))
        room: dict[int, float] = {}
        for number, band in enumerate(sorted(bands, key=lambda band: band.height - band.least)):
            more = min(band.height - band.least, extra / (len(bands) - number))
            room[id(band)] = min(left, band.least + more)
            extra -= more
            left -= room[id(band)]
        return [(band, room[id(band)]) for band in bands]

    def _leave(self, going_on: list[tuple[Any, Skip]]) -> None:
        """Leave what goes on for the next page; a chapter that begins on a page of its own waits until it has ended."""
        self.reported_footnotes = [*(note for note, _ in going_on), *self.reported_footnotes]
        begun = {id(note): skip for note, skip in going_on if skip}
        self._after[self.current_page] = list(self.reported_footnotes), begun
        following = self._begins() if self._area.page.page_type.blank else self._next
        wanted = self._wanted or following["break"]
        if self.reported_footnotes and wanted != "any":  # the next page is none of this side: it is left to the notes
            self._wanted, following["break"] = wanted, self._area.page.page_type.side
        elif self._wanted:
            self._wanted, following["break"] = "", wanted

    def _headed(self, area: Any) -> None:
        """Give a page that is left to notes the head and the number that the last page of its side has."""
        kind = area.page.page_type
        if not kind.blank:
            self._kinds = {side: known for side, known in self._kinds.items() if known.name == kind.name}
            self._kinds[kind.side] = kind
        elif area.children:
            area.page.page_type = self._kinds.get(kind.side, kind)

    def _begins(self) -> Any:
        """How this page begins, as WeasyPrint writes it."""
        return self.page_maker[self.current_page - 1][1]


def _line_number(sample: Any, number: int, room: float) -> Any:
    """A copy of a box for the number of a line, so many pixels below the one before."""
    box = sample.deepcopy()
    box.style = box.style.copy()
    box.style["position"] = "relative"
    box.style["padding_top"] = Dimension(room, "px")  # a margin would collapse
    for inner in box.descendants():
        if isinstance(inner, boxes.TextBox):
            inner.text = str(number)
    return box


def _of_page(context: BandsContext, box: Any, *arguments: Any, **named: Any) -> Any:
    """What lays out the text, the footnotes and other parts of a page."""
    if box.is_for_root_element:
        return context.lay_out_text(box, *arguments, **named)
    if isinstance(box, boxes.FootnoteAreaBox):
        return (context.lay_out_area(named["absolute_boxes"]),)
    return block_level_layout(context, box, *arguments, **named)


@contextmanager
def bands(starts: Collection[str] = ()) -> Iterator[None]:
    """While this is open, WeasyPrint lays footnotes out in bands and numbers lines, anew from each of `starts`."""
    usual, page = weasyprint.document.LayoutContext, weasyprint.layout.page.block_level_layout
    weasyprint.document.LayoutContext = type("BandsContext", (BandsContext,), {"starts": frozenset(starts)})
    weasyprint.layout.page.block_level_layout = _of_page
    try:
        yield
    finally:
        weasyprint.document.LayoutContext, weasyprint.layout.page.block_level_layout = usual, page
