"""Numbers → roman numerals, and back."""

from __future__ import annotations

import re

_ROMAN = re.compile(r"m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_STEPS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def roman(number: int) -> str:
    """A number from 1 to 3999 in lower-case roman numerals."""
    result = ""
    for value, letters in _STEPS:
        count, number = divmod(number, value)
        result += letters * count
    return result


def roman_value(numeral: str) -> int:
    """The value of a roman numeral below 5000, in either case; 0 if it is none."""
    lowered = numeral.lower()
    if not _ROMAN.fullmatch(lowered):
        return 0
    value, at = 0, 0
    for amount, letters in _STEPS:
        while lowered.startswith(letters, at):
            value += amount
            at += len(letters)
    return value
