"""A table → how broad it is at least, which decides whether it fits a page; its columns of figures; its grid mended."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from teipress import tei
from teipress.tei import Element

_GAP = 2  # characters that the space between two columns takes
_LONGEST = 40  # characters; a longer word is broken anyway
_BROADEST = 100  # columns that a cell counts for, whatever it says
_CELL = tei.tei("cell")
_MOST = {"cols": 1000, "rows": 65534}  # what HTML allows (Living Standard, 4.9.11)
_NUMBER = re.compile(r"[£$€¥]?\s?[-−–+]?\d[\d.,:'’ \u00a0\u2009\u202f]*[½¼¾⅓⅔]?(?:\s?(?:[%‰]|[^\W\d_]{1,3}\.?))?")
_NOTHING = re.compile(r"[\s\-–—.·…*]*")  # what stands in a column of figures for none
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
            width = min(_span(cell, "cols"), _BROADEST)
            if width == 1:
                columns[column] = max(columns.get(column, 0), _least(cell))
            column += width
        columns.setdefault(column - 1, 0)
    return sum(columns.values()) + _GAP * (max(columns, default=-1) + 1)


def _least(cell: Element) -> int:
    inner = [breadth(table) for table in tei.elements(cell, "table")]
    words = (len(word) for word in _BREAKS.split(tei.text(cell, skip=("table", "note"))))
    return max(min(max(words, default=0), _LONGEST), *inner, 0)


def figures(cell: Element) -> bool:
    """Whether a cell stands in a column of figures: two or more numbers and, heads apart, nothing else."""
    table = next(cell.iterancestors(tei.tei("table")), None)
    return table is not None and cell in _figures(table)


@lru_cache(maxsize=2)
def _figures(table: Element) -> frozenset[Element]:
    columns: dict[int, list[Element]] = {}
    for cell, start, end in _placed([part for part in table if tei.is_element(part) and not _is_caption(part)], False):
        if end - start == 1:
            columns.setdefault(start, []).append(cell)
    return frozenset(cell for column in columns.values() if _is_numeric(column) for cell in column)


def _is_numeric(column: Sequence[Element]) -> bool:
    said = [tei.text(cell, skip=("note",)).strip() for cell in column if not _is_label(cell)]
    numbers = sum(_NUMBER.fullmatch(words) is not None for words in said)
    return numbers > 1 and numbers + sum(_NOTHING.fullmatch(words) is not None for words in said) == len(said)


def is_head(row: Element) -> bool:
    """Whether a row holds labels only, none of which reaches into the rows below."""
    cells = row.findall(tei.tei("cell"))
    return bool(cells) and all(_is_label(cell) and _span(cell, "rows") == 1 for cell in cells)


def _is_label(cell: Element) -> bool:
    row = cell.getparent()
    return "label" in (cell.get("role"), None if row is None else row.get("role"))


def fit(table: Element) -> None:
    """Make every cell reach only over rows and columns that are there, in place, as HTML asks of a table.

    A cell ends where the table ends and where a cell from the row above hangs down; a column in which no cell begins
    is none. What `cols` and `rows` say is left out if it is no number, or 1.
    """
    rows = [part for part in table if tei.is_element(part) and not _is_caption(part)]
    placed = list(_placed(rows))
    begun = sorted({start for _, start, _ in placed})
    for cell, start, end in placed:
        _state(cell, "cols", bisect_left(begun, end) - bisect_left(begun, start))


def _placed(rows: Sequence[Element], mend: bool = True) -> Iterator[tuple[Element, int, int]]:
    """Every cell with its first column and the one behind its last; an empty row counts as a cell.

    With `mend`, what a cell says of its height is made to fit the table.
    """
    hanging: dict[int, int] = {}  # for how many rows more a column is taken by a cell from above
    for left, row in zip(range(len(rows), 0, -1), rows, strict=True):
        column, below = 0, {c: rest - 1 for c, rest in hanging.items() if rest > 1}
        for cell in [c for c in row if tei.is_element(c)] or [row]:
            while column in hanging:
                column += 1
            columns = range(column, column + _span(cell, "cols"))
            end = next((c for c in columns if c in hanging), columns.stop)
            height = min(_span(cell, "rows"), left)
            if height > 1:
                below |= dict.fromkeys(range(column, end), height - 1)
            if mend:
                _state(cell, "rows", height)
            yield cell, column, end
            column = end
        hanging = below


def _is_caption(part: Element) -> bool:
    return tei.local(part) == "head" and tei.previous(part) is None


def _span(cell: Element, name: str) -> int:
    """How many rows or columns a cell says that it reaches over, 1 if it says nothing that HTML could take."""
    stated = (cell.get(name) or "").strip()
    if not stated.isascii() or not stated.isdigit():
        return 1
    return max(1, min(int(stated[:9]), _MOST[name])) if cell.tag == _CELL else 1


def _state(cell: Element, name: str, number: int) -> None:
    if cell.tag != _CELL or name not in cell.attrib:
        return
    if number > 1:
        cell.set(name, str(number))
    else:
        del cell.attrib[name]
