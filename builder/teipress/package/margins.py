"""A laid out page → what stands in its margins beside the lines, without one thing on another.

Labels of the source's pages and short notes of its margins are put at the height of their lines, and the engine knows
nothing of their neighbours: what would stand on another is moved down until it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_CLASSES = frozenset(("pb", "side"))
_APART = 0.5  # CSS pixels between two


def settle(page: Any) -> None:
    """Move the boxes in the margins of a page, each at most as far as those before it on its side ask for."""
    ends: dict[bool, float] = {}
    middle = page.position_x + page.margin_width() / 2
    for box in sorted(_beside(page), key=lambda box: box.position_y):
        right = box.position_x > middle
        if (down := ends.get(right, box.position_y) - box.position_y) > 0:
            box.translate(0, down)
        ends[right] = box.position_y + box.margin_height() - box.margin_top + _APART


def _beside(box: Any) -> Iterator[Any]:
    """The boxes that stand in the margins, in the order of the text."""
    for child in getattr(box, "children", ()):
        if child.element is not None and not _CLASSES.isdisjoint((child.element.get("class") or "").split()):
            if child.style["position"] == "absolute":
                yield child
        else:
            yield from _beside(child)
