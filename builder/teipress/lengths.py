"""Lengths of print → millimetres and points: what the page, the press and the layout count in."""

from __future__ import annotations

import re

INCH = 25.4  # millimetres
POINT = INCH / 72  # millimetres; that of PDF and of CSS
PIXEL = 0.75  # points: an inch has 96 pixels of CSS
_UNITS = {"mm": 1.0, "cm": 10.0, "in": INCH, "pt": POINT}
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(mm|cm|in|pt)")


def millimetres(text: str) -> float:
    """A length as settings write it (``3mm``, ``0.125 in``) in millimetres.

    Raises:
        ValueError: it is none.
    """
    found = _LENGTH.fullmatch(text)
    if not found:
        raise ValueError(text)
    return float(found[1]) * _UNITS[found[2]]
