"""A layout of two facing texts, each by itself on very long pages → how high everything in them is.

The first page is one as the book has them: it tells how much room there is. The parts of the texts that are asked for
state a name in `data-at`, and so does what holds each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from teipress.package.pdf import Layout

WHOLE = "whole"  # the name of what holds a text


@dataclass(slots=True)
class Measures:
    """What a layout measured, in CSS pixels.

    `room` is the height of a page; `places` say of each name where in its line it begins (from the line's beginning)
    and how far below the beginning of its text, `ends` where each text ends; `feet` are the heights of the notes by
    their identifiers.
    """

    room: float = 0.0
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    ends: list[float] = field(default_factory=list)
    feet: dict[str, float] = field(default_factory=dict)


def measured(layout: Layout) -> Measures:
    """Read the measures off a layout."""
    found = Measures()
    model, *strips = (page._page_box for page in layout.document.pages)
    found.room = model.height
    before = None
    for page in strips:
        body = next(box for box in page.children[0].descendants() if _name(box) == WHOLE)
        if body.element is not before:
            found.ends.append(0.0)
        before = body.element
        left, origin = body.content_box_x(), body.content_box_y() - found.ends[-1]
        _read(body, None, (left, origin), found.places)
        found.ends[-1] = max((bottom - origin for bottom in _bottoms(body)), default=found.ends[-1])
        for area in page.children[1:]:
            for band in area.children if isinstance(area, boxes.FootnoteAreaBox) else ():
                _read_notes(band, area.width, found.feet)  # a band is a block that states the name of its first note
    return found


def _name(box: Any) -> str | None:
    return None if box.element is None or "::" in box.element_tag else box.element.get("data-at")


def _read(box: Any, line: Any, origin: tuple[float, float], places: dict[str, tuple[float, float]]) -> None:
    if isinstance(box, boxes.LineBox):
        line = box
    if (name := _name(box)) and name != WHOLE:
        top = line.position_y if line is not None else box.border_box_y()
        edge = box.position_x - origin[0]
        begins = -edge - box.margin_width() if box.style["direction"] == "rtl" else edge
        places.setdefault(name, (begins, top - origin[1]))
    for child in getattr(box, "children", ()):
        _read(child, line, origin, places)


def _bottoms(box: Any) -> Iterator[float]:
    """Where lines and what holds none end; a block that goes on over the next page ends with its lines."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield child.position_y + child.height
        elif isinstance(child, boxes.BlockContainerBox) and child.children:
            yield from _bottoms(child)
        elif isinstance(child, boxes.BlockLevelBox):
            yield child.border_box_y() + child.border_height()


def _read_notes(box: Any, width: float, feet: dict[str, float]) -> None:
    """The heights of notes; of those that run on, their share of a line."""
    for child in getattr(box, "children", ()):
        anonymous = isinstance(child, boxes.LineBox) or child.element is None or "::" in child.element_tag
        name = None if anonymous else child.element.get("id")
        if not name or child.style["float"] not in ("footnote", "none"):
            _read_notes(child, width, feet)
        elif isinstance(child, boxes.BlockLevelBox):
            feet[name] = feet.get(name, 0.0) + child.margin_height()
        else:
            feet[name] = feet.get(name, 0.0) + child.margin_width() / width * child.style["line_height"].value
