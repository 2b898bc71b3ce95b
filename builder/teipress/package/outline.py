"""Bookmarks with their levels → the outline of a PDF (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Bookmark = tuple[int, str, int, float, float, str]  # level, label, page (0-based), x, y (PDF points), open or closed


@dataclass
class _Entry:
    item: Any
    level: int
    closed: bool
    below: list[_Entry] = field(default_factory=list)

    def shown(self) -> int:
        """How many entries are seen below this one when it is open."""
        return sum(1 + (0 if e.closed else e.shown()) for e in self.below)


def outline(book: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Give a book its outline; a level that is left out counts for nothing."""
    if not bookmarks:
        return
    pages = [page.obj for page in book.pages]
    top = _Entry(book.make_indirect(Dictionary(Type=Name.Outlines)), 0, False)
    path = [top]
    for level, label, page, x, y, state in bookmarks:
        target = Array([pages[page], Name.XYZ, round(x, 3), round(y, 3), 0])
        entry = _Entry(book.make_indirect(Dictionary(Title=String(label), Dest=target)), level, state == "closed")
        while path[-1].level >= level:
            path.pop()
        path[-1].below.append(entry)
        path.append(entry)
    _link(top)
    book.Root.Outlines = top.item


def _link(entry: _Entry) -> None:
    if not entry.below:
        return
    entry.item.First, entry.item.Last = entry.below[0].item, entry.below[-1].item
    entry.item.Count = entry.shown() * (-1 if entry.closed else 1)
    for before, after in zip(entry.below, entry.below[1:], strict=False):
        before.item.Next, after.item.Prev = after.item, before.item
    for child in entry.below:
        child.item.Parent = entry.item
        _link(child)
