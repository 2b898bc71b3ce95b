"""A laid out book → its lines: how each is numbered, and on which of them each identifier stands.

A line is what is one on the page. Those of headings, and what is out of the flow (notes, the numbers of pages in the
margin), are not numbered. References are made of these numbers, as an apparatus keyed to lines needs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from teipress.edition import Spot

BODY = "body"  # the class of what holds a document's text
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNNUMBERED = frozenset(("head", "heading", "opening", "titlePage", "apparatus", "table", "figure"))


@dataclass(slots=True)
class Line:
    """A numbered line: `baseline` and `top` are measured from the top of the page in CSS pixels."""

    page: int
    number: int
    baseline: float
    top: float
    text: str = ""
    begun: dict[str, int] = field(default_factory=dict)  # where in the text each identifier begins
    ended: dict[str, int] = field(default_factory=dict)


class LineReader:
    """Reads the lines of pages one after the other; `starts` are identifiers that numbers begin anew with.

    Without any they begin anew with each page.
    """

    def __init__(self, starts: Collection[str] = ()) -> None:
        self._starts = frozenset(starts)
        self._by_page = not starts
        self._number = 0

    def read(self, page: Any, number: int, wanted: Collection[str] = ()) -> list[Line]:
        """The numbered lines of a page box from top to bottom; what stands side by side is one line."""
        if self._by_page:
            self._number = 0
        found: list[Line] = []
        for box, begins, around in self._boxes(page.children[0], False):
            baseline = box.position_y + (box.baseline or box.height)
            if not found or abs(found[-1].baseline - baseline) >= 1:
                self._number = 1 if begins else self._number + 1
                found.append(Line(number, self._number, baseline, box.position_y))
            line = found[-1]
            own = [name for name in around if name in wanted]
            line.begun |= {name: len(line.text) for name in own if name not in line.begun}
            _read(box, line, wanted)
            line.ended |= dict.fromkeys(own, len(line.text))
        return found

    def _boxes(self, box: Any, inside: bool, names: tuple[str, ...] = ()) -> Iterator[tuple[Any, bool, Sequence[str]]]:
        """The lines in the flow of the text that are numbered, in its order.

        With each, whether numbers begin anew there, and the identifiers of the blocks that it stands in.
        """
        begins = self._begins(box)
        if inside and box.element is not None and (name := box.element.get("id")):
            names = (*names, name)
        for child in getattr(box, "children", ()):
            if isinstance(child, boxes.LineBox):
                if inside and any(True for _ in _texts(child)):
                    yield child, begins, names
                    begins = False
            elif _flows(child):
                classes = _classes(child)
                if child.element_tag in _HEADINGS or classes & _UNNUMBERED:
                    continue
                for line, anew, around in self._boxes(child, inside or _is_counted(child, classes), names):
                    yield line, anew or begins, around
                    begins = False

    def _begins(self, box: Any) -> bool:
        """Whether numbers begin anew in a box; not again where it goes on over pages."""
        identifier = "" if box.element is None else box.element.get("id", "")
        begins = identifier in self._starts
        self._starts -= {identifier}
        return begins


def spots(pages: Sequence[Any], wanted: Collection[str], starts: Collection[str] = ()) -> dict[str, Spot]:
    """For each identifier that is wanted and stands in a numbered line: where. `pages` are WeasyPrint's page boxes."""
    reader = LineReader(starts)
    found: dict[str, list[Line]] = {}
    for number, page in enumerate(pages):
        for line in reader.read(page, number, wanted):
            for identifier in line.begun:
                found.setdefault(identifier, []).append(line)
    return {identifier: _spot(identifier, lines) for identifier, lines in found.items()}


def _spot(identifier: str, lines: list[Line]) -> Spot:
    first, last = lines[0], lines[-1]
    nth = 0
    if first is last:
        words = first.text[first.begun[identifier] : first.ended[identifier]].strip()
        nth = _which(first.text, words, first.begun[identifier])
    return Spot((first.page, first.number), (last.page, last.number), nth)


def _which(text: str, words: str, start: int) -> int:
    """Which occurrence of some words in a text, as whole words, begins at or just after `start`; 0: the only one."""
    if not words:
        return 0
    places: list[int] = []
    at = text.find(words)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(words) : at + len(words) + 1]
        if not before.isalnum() and not after.isalnum():
            places.append(at)
        at = text.find(words, at + 1)
    if len(places) < 2:
        return 0
    return next((n for n, place in enumerate(places, 1) if place >= start), 0)


def _is_counted(box: Any, names: frozenset[str]) -> bool:
    """Whether a box holds a text whose lines are numbered."""
    return BODY in names and box.element.get("data-lines") is not None


def _flows(box: Any) -> bool:
    return bool(box.style["position"] in ("static", "relative") and box.style["float"] == "none")


def _classes(box: Any) -> frozenset[str]:
    element = box.element
    return frozenset() if element is None else frozenset((element.get("class") or "").split())


def _texts(box: Any) -> Iterator[str]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if child.text.strip():
                yield child.text
        elif hasattr(child, "children") and _flows(child):
            yield from _texts(child)


def _read(box: Any, line: Line, wanted: Collection[str]) -> None:
    """Take what stands in a line box into a line."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            line.text += child.text
        elif hasattr(child, "children") and _flows(child):
            identifier = "" if child.element is None else child.element.get("id", "")
            own = identifier in wanted and "::" not in child.element_tag
            if own:
                line.begun.setdefault(identifier, len(line.text))
            _read(child, line, wanted)
            if own:
                line.ended[identifier] = len(line.text)
