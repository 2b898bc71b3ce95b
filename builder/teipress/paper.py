"""A trim size → the page of a book: its margins, its measure, the size of its type and the lines that it holds.

The style sheet of the book is drawn for type of 10.5 on 13.5 points. On other pages all of its lengths grow or shrink
with the type, which is as large as a line of 66 characters wants it, within what is read with ease. On a large page
the type stays at twelve points and the margins grow: a line of 110 characters would be lost by the eye.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SIZES = {
    "A4": "210mm 297mm",
    "A5": "148mm 210mm",
    "US letter": "8.5in 11in",
    "6x9": "6in 9in",
    "royal octavo": "156mm 234mm",
}
SMALLEST, LARGEST = (105, 148), (250, 360)  # millimetres: A6, and what a press binds at most
TYPE, LEADING = 10.5, 13.5  # points that the style sheet is drawn for
_SMALL, _LARGE = 8.5, 12.0
_CHARACTERS, _MOST = 66, 72  # in a line: what is aimed at, and what a large page may have
_WIDTH = 0.47  # of a character on average, in sizes of the type (Linux Libertine, English and German prose)
_MEASURE = 0.73  # of the page's width is text, at most
_TALL = 1.09  # times as high as wide, in proportion to the page, is the text
_INNER, _TOP = 0.44, 0.42  # of the white beside and above the text; the rest is outside and below
_POINT = 25.4 / 72  # millimetres
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": _POINT}
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(mm|cm|in|pt)")
_SCALED = re.compile(r"(?<![\w.#-])(-?\d+(?:\.\d+)?|-?\.\d+)(pt|mm)\b")


@dataclass(frozen=True, slots=True)
class Paper:
    """A page of a book: lengths in millimetres, `type` and `leading` in points; `lines` of text fit on it."""

    width: float
    height: float
    type: float
    leading: float
    inner: float
    top: float
    outer: float
    bottom: float
    lines: int

    @property
    def measure(self) -> float:
        """How long a line is."""
        return self.width - self.inner - self.outer

    @property
    def text(self) -> float:
        """How high the text of a page is: a multiple of the leading."""
        return self.height - self.top - self.bottom

    @property
    def scale(self) -> float:
        """How much larger everything is than in the style sheet."""
        return self.type / TYPE

    def scaled(self, css: str) -> str:
        """A style sheet whose points and millimetres are those of this page."""
        return _SCALED.sub(lambda m: f"{round(float(m[1]) * self.scale, 3):g}{m[2]}", css)


def trim(size: str) -> tuple[float, float]:
    """Width and height in millimetres of a size: one with a name, or ``156mm x 234mm`` (mm, cm, in or pt).

    Raises:
        ValueError: it is no size, or one that no book has; the message says which.
    """
    parts = [part.strip() for part in re.split(r"[x×]", size)] if size not in SIZES else SIZES[size].split()
    lengths = [_LENGTH.fullmatch(part) for part in parts]
    if len(lengths) != 2 or not all(lengths):
        names = ", ".join(f'"{name}"' for name in SIZES)
        raise ValueError(f'it is one of {names}, or a width and a height such as "156mm x 234mm" or "6.14in x 9.21in"')
    width, height = (round(float(found[1]) * _UNITS[found[2]], 3) for found in lengths if found)
    if width > height:
        raise ValueError("a page of a book is higher than wide; the width comes first")
    if width < SMALLEST[0] - 0.5 or height < SMALLEST[1] - 0.5 or width > LARGEST[0] or height > LARGEST[1]:
        raise ValueError("a page may have from {} x {} mm to {} x {} mm".format(*SMALLEST, *LARGEST))
    return width, height


def paper(size: str) -> Paper:
    """The page of a size. Margins grow from the inner one over the upper and the outer to the lower.

    Raises:
        ValueError: see `trim`.
    """
    width, height = trim(size)
    wanted = width * _MEASURE / _POINT / _CHARACTERS / _WIDTH
    size_of_type = min(max(round(wanted * 4) / 4, _SMALL), _LARGE)
    measure = min(width * _MEASURE, _MOST * _WIDTH * size_of_type * _POINT)
    leading = size_of_type * LEADING / TYPE
    line = leading * _POINT
    beside = width - measure
    lines = int(min(measure * height / width * _TALL, height - 1.15 * beside) / line)
    above = height - lines * line
    inner = beside * _INNER
    top = min(max(above * _TOP, 1.04 * inner), 0.96 * (beside - inner))
    margins = {"inner": inner, "top": top, "outer": beside - inner, "bottom": above - top}
    rounded = {name: round(length, 3) for name, length in margins.items()}
    return Paper(round(width, 3), round(height, 3), size_of_type, round(leading, 3), lines=lines, **rounded)
