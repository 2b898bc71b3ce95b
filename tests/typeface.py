"""Makes tiny fonts for tests: every letter is a box of its own width."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LETTERS = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,"


def _glyph(width: int, blank: bool = False):
    pen = TTGlyphPen(None)
    if not blank:
        pen.moveTo((50, 0))
        for point in ((width - 50, 0), (width - 50, 600), (50, 600)):
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def write_font(
    path: Path,
    family: str = "Quill",
    letters: str = LETTERS,
    *,
    permission: int = 0,
    italic: bool = False,
    weight: int = 400,
    blank: Iterable[str] = " ",
) -> Path:
    """A font file; `permission` is its fsType, `blank` are characters whose glyph is empty."""
    names = {ord(c): f"u{ord(c):04X}" for c in letters}
    order = [".notdef", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    widths = {name: 400 + 10 * (number % 20) for number, name in enumerate(order)}
    empty = {f"u{ord(c):04X}" for c in blank}
    builder.setupGlyf({name: _glyph(widths[name], name in empty) for name in order})
    builder.setupHorizontalMetrics({name: (width, 0) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    style = "Italic" if italic else "Regular"
    builder.setupNameTable({"familyName": family, "styleName": style, "psName": f"{family}-{style}".replace(" ", "")})
    builder.setupOS2(fsType=permission, usWeightClass=weight, fsSelection=0x01 if italic else 0x40, sTypoAscender=800)
    builder.setupPost(italicAngle=-10 if italic else 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".woff2":
        builder.font.flavor = "woff2"
    builder.save(path)
    return path
