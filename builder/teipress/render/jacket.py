"""An edition → the lines of its cover: authors, title, subtitle and publisher, broken and sized so that they fit.

The cover is a drawing, which breaks no lines by itself, and whose font depends on the reading system: widths are
estimated, generously.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teipress.edition import Edition
from teipress.render.cataloguing import named

WIDTH, HEIGHT = 1600, 2400
_ROOM = 1260  # the width that lines may take
_TOP, _BOTTOM = 300, 2180  # base lines of authors and publisher
_TITLE, _SUBTITLE = (150, 128, 108, 92, 78, 66, 56), (72, 62, 54)  # sizes, the largest first
_TITLE_ROOM, _SUBTITLE_ROOM, _LINES_ROOM = 950, 340, 150  # the height that they may take
_LATIN, _CAPITAL, _WIDE = 0.52, 0.72, 1.0  # ems that a character takes
_LEADING = 1.22
SPACING = 6  # what stands between the letters of the publisher's name besides


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cover: where its base line is, and the size of its letters, in units of the drawing."""

    text: str
    y: int
    size: int


@dataclass(frozen=True, slots=True)
class Jacket:
    """What stands on a cover; `rule` is where the line below the title is drawn."""

    authors: tuple[Line, ...]
    title: tuple[Line, ...]
    subtitle: tuple[Line, ...]
    publisher: tuple[Line, ...]
    rule: int
    rtl: bool = False
    italic: bool = False
    spacing: int = SPACING


def jacket(edition: Edition, rtl: bool = False) -> Jacket:
    """The cover of an edition; one without a title bears its name."""
    header, described = edition.header, edition.description
    title, size = _fitted(header.title or edition.name, _TITLE, _TITLE_ROOM)
    leading = round(size * _LEADING)
    first = 700 if len(title) < 4 else 560
    names, name_size = _fitted(", ".join(named(described, "author")), _SUBTITLE, _LINES_ROOM)
    rule = first + len(title) * leading
    subtitle, small = _fitted(header.subtitle, _SUBTITLE, _SUBTITLE_ROOM)
    publisher, publisher_size = _fitted(described.publisher, (58, 50, 44), _LINES_ROOM, 0 if rtl else SPACING)
    return Jacket(
        tuple(_lines(names, _TOP, name_size)),
        tuple(_lines(title, first, size)),
        tuple(_lines(subtitle, rule + 120, small)),
        tuple(_lines(publisher, _BOTTOM - (len(publisher) - 1) * 70, publisher_size)),
        rule,
        rtl,
        not any(_is_wide(c) for c in header.subtitle) and not rtl,  # scripts that have no italics would be slanted
    )


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _lines(texts: Sequence[str], first: int, size: int) -> Iterator[Line]:
    for number, text in enumerate(texts):
        yield Line(text, first + round(number * size * _LEADING), size)


def _fitted(text: str, sizes: Sequence[int], height: int, spacing: int = 0) -> tuple[list[str], int]:
    """A text in lines no higher than that, in the largest size in which they fit; in the smallest it is cut off."""
    for size in sizes:
        lines = _broken(text, _ROOM / size, spacing / size)
        if len(lines) * size * _LEADING <= height and all(_ems(line, spacing / size) <= _ROOM / size for line in lines):
            return lines, size
    lines = _broken(text, _ROOM / sizes[-1], spacing / sizes[-1], hard=True)
    most = int(height / sizes[-1] / _LEADING)
    return ([*lines[: most - 1], f"{lines[most - 1].rstrip()}…"] if len(lines) > most else lines), sizes[-1]


def _broken(text: str, room: float, spacing: float, hard: bool = False) -> list[str]:
    lines = [""]
    for part in _parts(text, hard):
        if lines[-1] and _ems((lines[-1] + part).rstrip(), spacing) > room:
            lines.append("")
        lines[-1] += part.lstrip() if not lines[-1] else part
    return [line.rstrip() for line in lines if line.strip()]


def _parts(text: str, hard: bool) -> Iterator[str]:
    """What no line is broken in: words with the space behind them, single characters of East Asian scripts."""
    word = ""
    for character in text:
        wide = _is_wide(character)
        closing = unicodedata.category(character) in ("Pe", "Pf", "Po")
        if wide and not closing and word:
            yield word
            word = ""
        word += character
        if hard or character.isspace() or character == "-":
            yield word
            word = ""
    if word:
        yield word


def _ems(text: str, spacing: float) -> float:
    letters = [c for c in text if not unicodedata.combining(c)]
    return sum(_WIDE if _is_wide(c) else _CAPITAL if c.isupper() else _LATIN for c in letters) + spacing * len(letters)
