"""The lines of a table of contents → its entries: label, title, leader and page, with broken lines joined."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from teipress.encode.structure.labels import CHAPTER, Label, label
from teipress.encode.structure.lines import Line

_HEADINGS = (
    "contents tableofcontents inhalt inhaltsverzeichnis inhaltsübersicht tabledesmatières sommaire indice índice"
    " содержание оглавление 目次"
).split()
_HEADING = re.compile(rf"(?:{'|'.join(_HEADINGS)})(?:\W{{0,3}}(?:continued|cont|fortsetzung|suite|продолжение))?\W?")
_COLUMN = re.compile(r"(?:page|seite|page no\.?|стр\.?|страница|頁|ページ)", re.IGNORECASE)
_ROMAN = r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = rf"(?:\d{{1,4}}|{_ROMAN})"
_PLAIN = rf"(?:(?<!\S)(?:pp?|S|с|стр)\.\s?)?(?P<plain>{_NUMBER})(?:\s?[-–—]\s?{_NUMBER})?"
_OTHER = r"[A-Z]{1,2}-?\d{1,3}(?:-\d{1,3})?|\d{1,4}[a-z]|[IVXLC]{1,7}"
_PAGE = re.compile(rf"(?<![^\s.·•∙…‥・⋯_])(?:{_PLAIN}|{_OTHER})(?:\s?(?:頁|ページ))?$")
_LONE = re.compile(rf"[-–—\s]{{0,3}}(?:{_NUMBER})[-–—\s]{{0,3}}")
_LEADER = ".·•∙…‥・⋯_"
_LONGEST = 300  # characters of a line that may still be an entry
_SENTENCE = 60  # characters of a row that is a sentence if it ends like one
_MISSES = 5  # lines without a page that an entry may run over, its label and its parts included


@dataclass(frozen=True, slots=True)
class Page:
    """The page at the end of a line: places of its characters in the line, and of the leader before it."""

    start: int
    end: int
    leader: tuple[int, int]
    value: int
    sure: bool


@dataclass(slots=True)
class Entry:
    """One entry. All offsets are those of the transcription; `title` runs from its first to its last character.

    `breaks` are the places where the entry goes on after a blank line.
    """

    rank: float | None
    indent: int
    gap: bool
    bold: bool = False
    lines: list[tuple[int, int]] = field(default_factory=list)
    label: tuple[int, int] | None = None
    title: tuple[int, int] | None = None
    page: tuple[int, int] | None = None
    italic: bool = False
    leader: tuple[int, int] | None = None
    breaks: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A line, and what was found at its two ends."""

    line: Line
    label: Label | None
    page: Page | None

    @property
    def title(self) -> tuple[int, int]:
        """Where its title starts and ends in the line; nothing between the two if it has none."""
        start = self.label.end if self.label else 0
        end = len(self.line.text)
        if self.page:
            end = self.page.leader[0] if self.page.leader[0] < self.page.leader[1] else self.page.start
        shown = self.line.text[start:end]
        return start + len(shown) - len(shown.lstrip()), max(start, start + len(shown.rstrip()))

    @property
    def key(self) -> str:
        """The letters of its title, to know it again."""
        return letters(self.line.text[slice(*self.title)])


def letters(text: str) -> str:
    """The letters of a text, in small, to know it again."""
    return "".join(c for c in text.casefold() if c.isalpha())


def is_heading(text: str) -> bool:
    """Whether a line says "Contents", in any of the languages known, also with its letters spaced."""
    return len(text) < 60 and bool(_HEADING.fullmatch("".join(text.lower().split())))


def is_column(text: str) -> bool:
    """Whether a line is the heading of the column of numbers."""
    return bool(_COLUMN.fullmatch(text))


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a number, Arabic or small Roman."""
    return len(text) < 16 and bool(_LONE.fullmatch(text))


def page(line: Line, start: int) -> Page | None:
    """The page that a line ends with, in what follows the offset `start` of its text."""
    text = line.text
    found = _PAGE.search(text, max(start, len(text) - 24))
    if not found:
        return None
    before = text[start : found.start()]
    kept = before.rstrip(_LEADER + " \t\u3000")
    gap = before[len(kept) :]
    signs = sum(3 if c in "…‥⋯" else 1 for c in gap if c in _LEADER)
    led = signs > 2
    italic = line.style(*line.range(found.start(), found.end())) == "italic"
    sure = led or italic or "\t" in gap or len(gap) - len(gap.rstrip()) > 1 or not before.strip()
    if not sure and (not found["plain"] or not gap[-1:].isspace()):
        return None
    leader = (start + len(kept) + len(gap) - len(gap.lstrip()), start + len(before.rstrip())) if led else (0, 0)
    plain = found["plain"] or ""
    return Page(found.start(), found.end(), leader, int(plain) if plain.isdecimal() else 0, sure)


def rows(found: Iterable[Line]) -> Iterator[Row]:
    """Lines with their labels and pages."""
    seen: dict[int, int] = {}
    for line in found:
        first = None if is_page_number(line.text) else label(line.text, seen)
        if first and first.end == len(line.text) and first.value > seen.get(first.rank, 0) + 3:
            first = None  # "Appendix 45" is on page 45
        if first:
            seen[first.rank] = first.value
        yield Row(line, first, page(line, first.end if first else 0))


def extent(found: Iterable[Row]) -> list[Row]:
    """Those of the rows after a heading that belong to the table of contents.

    It ends behind its last page number; one without page numbers, before the first row that has no label and does not
    go on with one that has.
    """
    read, paged = _until_prose(found)
    if len(paged) < 2 or paged[0] > _MISSES:
        return _labelled(read)
    last = paged[0]
    for i in paged[1:]:
        if i - last > _MISSES:
            break
        last = i
    return read[: last + 1]


def _labelled(read: list[Row]) -> list[Row]:
    found: list[Row] = []
    for row in read:
        if not row.label and (row.line.gap or not found):
            break
        found.append(row)
    return found if len(found) > 1 else []


def _until_prose(found: Iterable[Row]) -> tuple[list[Row], list[int]]:
    """The rows up to the first that cannot be of an entry, as it is too long or repeats a title: the text begins.

    The second list has the places of the rows that surely end with a page.
    """
    read: list[Row] = []
    paged: list[int] = []
    titles: set[str] = set()
    highest = since = 0
    for row in found:
        since = 0 if row.page or row.label else since + 1
        if since > _MISSES or len(row.line.text) > _LONGEST or (not row.page and row.key in titles):
            break
        if _is_sentence(row) or (is_page_number(row.line.text) and row.page and row.page.value < highest):
            break  # of the text, or the number of the page that the table stands on
        if row.page and (row.page.sure or row.label or _may_follow(row.page.value, highest)):
            paged.append(len(read))
            highest = row.page.value or highest
        if row.page or row.label:
            titles.add(row.key or "-")
        read.append(row)
    return read, paged


def _is_sentence(row: Row) -> bool:
    """Whether a row is prose: long, with a full stop, and neither number nor page."""
    return not (row.page or row.label) and len(row.line.text) > _SENTENCE and row.line.text.endswith((".", "。"))


def _may_follow(value: int, highest: int) -> bool:
    """Whether a number that nothing sets off can be that of the next page: not a year, not a step back."""
    return highest <= value < max(1000, highest + 500) or not value


def entries(read: list[Row], between: Collection[int] = ()) -> list[Entry]:
    """The entries of a table of contents: rows that go on with the one before are joined with it.

    `between` are places of other text, over which no entry goes on.
    """
    paged = sum(bool(r.page) for r in read) * 3 > len(read)
    spaced = sum(r.line.gap for r in read) * 3 > 2 * len(read)
    found: list[Entry] = []
    for row, following in zip_longest(read, read[1:]):
        at = None if _is_year(row, following) else row.page
        parted = found and any(found[-1].lines[-1][1] <= i < row.line.start for i in between)
        if not found or parted or row.label or not _goes_on(found[-1], row, paged, spaced):
            rank = float(row.label.rank) if row.label else None
            found.append(Entry(rank, row.line.indent, row.line.gap))
        elif row.line.gap and found[-1].title and not spaced:
            found[-1].breaks.append(row.line.start)
        _add(found[-1], row, at)
    return found


def _is_year(row: Row, following: Row | None) -> bool:
    """Whether the number at the end is a year of the title, since the next page has a lower one."""
    page_after = following.page.value if following and following.page else 0
    return bool(row.page and not row.page.sure and row.page.value > max(999, page_after) and page_after)


def _goes_on(entry: Entry, row: Row, paged: bool, spaced: bool) -> bool:
    """Whether a row without a label belongs to the entry before it."""
    if entry.page or (entry.title and entry.bold != _is_bold(row.line)):
        return False
    if not entry.title:
        return True
    if not paged:
        return not row.line.gap and row.line.indent > entry.indent
    closed = row.line.gap and not spaced and (entry.rank is None or entry.rank < CHAPTER)
    return not closed


def _is_bold(line: Line) -> bool:
    return line.style(line.start, line.end) == "bold"


def _add(entry: Entry, row: Row, at: Page | None) -> None:
    """Put a row to an entry."""
    line = row.line
    entry.lines.append((line.start, line.end))
    if row.label:
        entry.label = line.range(0, row.label.end)
    start, end = row.title if at else (row.title[0], len(line.text))
    if start < end:
        entry.bold = _is_bold(line)
        first, last = line.range(start, end)
        entry.title = (entry.title[0] if entry.title else first, last)
    if at:
        entry.page = line.range(at.start, at.end)
        entry.italic = line.style(*entry.page) == "italic"
        if at.leader[0] < at.leader[1]:
            entry.leader = line.range(*at.leader)
