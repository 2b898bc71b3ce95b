"""A table → how broad it is at least: the question that decides whether it fits a page."""

from __future__ import annotations

import re

from teipress import tei
from teipress.tei import Element

_GAP = 2  # characters that the space between two columns takes
_LONGEST = 40  # characters; a longer word is broken anyway
_BREAKS = re.compile(r"[\s/\-–—]+")


def breadth(table: Element) -> int:
    """The least number of characters that a line of a table needs: its longest words, column by column.

    A cell that reaches over several columns needs no more than they do; a table in a cell counts as its own breadth.
    Elements other than tables have none.
    """
    columns: dict[int, int] = {}
    for row in table.findall(tei.tei("row")):
        column = 0
        for cell in row.findall(tei.tei("cell")):
            width = _number(cell.get("cols"))
            if width == 1:
                columns[column] = max(columns.get(column, 0), _least(cell))
            column += width
        columns.setdefault(column - 1, 0)
    return sum(columns.values()) + _GAP * (max(columns, default=-1) + 1)


def _least(cell: Element) -> int:
    inner = [breadth(table) for table in tei.elements(cell, "table")]
    words = (len(word) for word in _BREAKS.split(tei.text(cell, skip=("table", "note"))))
    return max(min(max(words, default=0), _LONGEST), *inner, 0)


def _number(stated: str | None) -> int:
    return max(1, min(int(stated), 100)) if stated and stated.isascii() and stated.isdigit() else 1
