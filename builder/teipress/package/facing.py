"""A layout of two facing texts, each on one page without an end → how high everything in them is.

The first page is one as the book has them: it tells how much room there is. The parts of the texts that are asked for
state a name in `data-at`, and so does what holds each of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from teipress.package.pdf import Layout

END = "end"  # the name of what holds the whole of a text


@dataclass(slots=True)
class Measures:
    """What a layout measured, in CSS pixels.

    `room` is the height of a page, `places` say of each name where in its line it begins (from the line's beginning)
    and how far below the beginning of its page, `ends` of each page where its text ends; `feet` are the heights of the
    notes by their identifiers.
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
    for page in strips:
        text, *rest = page.children
        _read(text, None, page.content_box_y(), found)
        for area in rest:
            if isinstance(area, boxes.FootnoteAreaBox):
                for band in area.children:  # each is a block that states the name of its first note
                    _read_notes(band, area.width, found.feet)
    return found


def _read(box: Any, line: Any, origin: float, found: Measures) -> None:
    if isinstance(box, boxes.LineBox):
        line = box
    name = None if box.element is None or "::" in box.element_tag else box.element.get("data-at")
    if name == END:
        found.ends.append(box.border_box_y() + box.border_height() - origin)
    elif name:
        top = (line.position_y if line is not None else box.border_box_y()) - origin
        leftward = box.style["direction"] == "rtl"
        found.places.setdefault(name, (-(box.position_x + box.margin_width()) if leftward else box.position_x, top))
    for child in getattr(box, "children", ()):
        _read(child, line, origin, found)


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
