"""Thirteen digits → their bar code (GS1 General Specifications, EAN-13), as a drawing of lines.

Every digit is seven modules wide. The left half is written in two ways, and which of them each digit is in says what
the very first digit is; the right half is written in a third.
"""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

_LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
_RIGHT = tuple(code.translate(str.maketrans("01", "10")) for code in _LEFT)
_TURNED = tuple(code[::-1] for code in _RIGHT)
# which digits of the left half are written turned, by the first digit
_FIRST = ("000000", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010")
_GUARD, _CENTRE = "101", "01010"
_QUIET, _QUIET_AFTER = 11, 7  # modules without bars before and after
_HEIGHT, _LONG, _FOOT = 69, 5, 9  # modules: of the bars, how much longer those of the guards are, room for the digits
MODULE = 0.33  # millimetres: the nominal size

WIDTH = (_QUIET + 95 + _QUIET_AFTER) * MODULE


def modules(number: str) -> str:
    """The 95 modules from left to right: ``1`` is a bar."""
    turned = _FIRST[int(number[0])]
    left = "".join((_TURNED if t == "1" else _LEFT)[int(d)] for d, t in zip(number[1:7], turned, strict=True))
    return _GUARD + left + _CENTRE + "".join(_RIGHT[int(d)] for d in number[7:]) + _GUARD


def bars(number: str) -> list[tuple[int, int, bool]]:
    """The bars of a number: where each begins and how wide it is, in modules, and whether it is one of the guards."""
    found: list[tuple[int, int, bool]] = []
    place = 0
    for colour, group in groupby(modules(number)):
        width = len(list(group))
        if colour == "1":
            found.append((place, width, place < 3 or 45 <= place < 50 or place >= 92))
        place += width
    return found


def barcode(number: str) -> Markup:
    """The drawing (SVG) without its digits, which the cover sets in type; it is `WIDTH` millimetres wide."""
    lines = "".join(
        f'<rect x="{_QUIET + place}" y="0" width="{width}" height="{_HEIGHT + (_LONG if guard else 0)}"/>'
        for place, width, guard in bars(number)
    )
    wide, high = _QUIET + 95 + _QUIET_AFTER, _HEIGHT + _LONG
    size = f'width="{wide * MODULE:.2f}mm" height="{high * MODULE:.2f}mm" viewBox="0 0 {wide} {high}"'
    return Markup('<svg xmlns="http://www.w3.org/2000/svg" {} fill="#000">{}</svg>').format(Markup(size), Markup(lines))
