"""How much an encoding says is withheld → the black bar that stands for it in print.

The width of a bar follows from what is published and from nothing else: from the amount that the encoding states, by
fixed measures (a word is as wide as every other), rounded; without an amount all bars are alike. What the bar says,
that much is withheld and by which code, stands on it where there is room: it never makes a bar wider.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

_AMOUNT = re.compile(r"(?:[a-z]+ )*?(\d+|one|half an?|an?)(?: to (\d+))? ([a-z]+)")
_NUMBERS = {"one": 1.0, "a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}
_LETTER = 0.45  # em, a letter of the text on average
_WORD = 2.7  # em, five letters and a space
_LETTERS = frozenset(("character", "char", "letter", "glyph", "chars", "sign"))
_LINES = {"line": 1.0, "verse": 1.0, "sentence": 2.0, "stanza": 4.0, "paragraph": 4.0}
_SHEETS = frozenset(("page", "leaf", "leave", "folio", "sheet"))
_UNKNOWN = 6.5  # em, where nobody says how much it is: as wide as no whole number of words
_LEAST = 1.0  # em
_MOST_WORDS, _MOST_LINES = 150, 24  # what is longer is drawn as long as that, and says how much it is
_SMALL = 0.37  # em of the text that a letter on a bar takes, at most


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: full `lines`, the last of them as wide as `last` (in parts of 1), a `page`, or neither of them.

    The latter is the first piece of a bar in a line, `width` em wide, and `pieces` (in em) that follow it, between
    which it may be broken. `shown` is what stands on it in white, `small` what is only to be heard and copied, `after`
    what stands behind it.
    """

    width: float = 0
    pieces: tuple[float, ...] = ()
    lines: int = 0
    last: float = 1
    page: bool = False
    shown: tuple[str, ...] = ()
    small: str = ""
    after: str = ""


def bar(extent: str, words: str = "", codes: Sequence[str] = ()) -> Bar:
    """The bar for an amount in English as the model states it (``2 lines``, ``at least 3 words``, "" if unknown).

    `words` and `codes` are what is to be read on it.
    """
    number, unit = _amount(extent)
    code = ", ".join(codes)
    said = tuple(filter(None, (words, code)))
    if unit in _SHEETS and number >= 1:
        return Bar(page=True, shown=said)
    if unit in _LINES or unit in _SHEETS:
        lines = max(1, min(round(number * _LINES.get(unit, _MOST_LINES)), _MOST_LINES))
        return Bar(lines=lines, last=0.6 if unit != "line" and lines > 1 else 1, shown=said)
    total = _UNKNOWN
    if unit in _LETTERS:
        total = max(_LEAST, min(number, _MOST_WORDS * _WORD / _LETTER) * _LETTER)
    elif unit == "word":
        total = min(max(number, 1), _MOST_WORDS) * _WORD
    return _in_line(round(total * 2) / 2, words, code)


def _in_line(total: float, words: str, code: str) -> Bar:
    """A bar in a line, with as much written on it as there is room for, the code before all."""
    tries = ((words, code), (code,), ()) if code else ((words,), ())
    shown = next(s for s in tries if not s or _breadth(s) <= total)
    first = min(total, max(_breadth(shown), _WORD)) if shown else min(total, _WORD)
    whole, left = divmod(round(total - first, 2), _WORD)
    pieces = [_WORD] * int(whole) + ([round(left, 2)] if left >= 0.01 else [])
    small = "" if words in shown else words
    return Bar(round(first, 2), tuple(pieces), shown=shown, small=small, after="" if code in shown else code)


def _breadth(said: Sequence[str]) -> float:
    """What words in brackets take on a bar, in em of the text, at most; letters of East Asia are twice as wide."""
    letters = sum(2 if east_asian_width(c) in "WF" else 1 for c in "  ".join(said))
    return 0.5 + (letters + 2) * _SMALL


def _amount(extent: str) -> tuple[float, str]:
    """A number and a unit in the singular; the middle of what is between two numbers; "" if neither is known."""
    found = _AMOUNT.fullmatch(" ".join(extent.lower().split()))
    if found is None:
        return 0, ""
    low, high, unit = found.groups()
    number = _NUMBERS[low] if low in _NUMBERS else float(low[:9])
    return (number + float(high[:9])) / 2 if high else number, unit.removesuffix("s")
