"""A PDF → the characters of its text that it has no drawing for: no font has them, or one has an empty glyph for them.

Asking which characters fonts claim to have is not enough: there are fonts with blanks in the place of letters. So this
looks at what was embedded. A character that no font has is in the PDF as the number of a glyph that is not there.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pikepdf import Name, Pdf

from teipress.package.fonts import leaves_no_mark

_PAIRS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>")  # of a glyph and its text, as WeasyPrint writes it
_IN_COLOUR = ("COLR", "SVG ", "CBDT", "sbix")  # glyphs of such fonts are drawn as pictures


def undrawn(path: Path) -> frozenset[str]:
    """The characters that leave no mark, or a box, and should leave one."""
    found: set[str] = set()
    with Pdf.open(path) as pdf:
        fonts = {font.objgen: font for page in pdf.pages for font in page.resources.get("/Font", {}).values()}
        for font in fonts.values():
            if font.get("/Subtype") == Name.Type0 and "/ToUnicode" in font:
                found.update(_blank(font))
    return frozenset(found)


def _blank(font: Any) -> Iterator[str]:
    from fontTools.ttLib import TTFont, TTLibError  # slow to import

    descriptor = font.DescendantFonts[0].FontDescriptor
    program = next((descriptor[key] for key in ("/FontFile3", "/FontFile2") if key in descriptor), None)
    if program is None:
        return
    try:
        with TTFont(io.BytesIO(program.read_bytes()), lazy=True) as face:
            blank = _Blanks(face)
            for glyph, text in _characters(font):
                if len(text) == 1 and not leaves_no_mark(text) and blank.at(glyph):
                    yield text
    except TTLibError:
        return  # a font program without the tables around it: nothing can be said


def _characters(font: Any) -> Iterator[tuple[int, str]]:
    for pairs in _PAIRS.findall(font.ToUnicode.read_bytes().decode("latin-1")):
        for glyph, text in _PAIR.findall(pairs):
            yield int(glyph, 16), bytes.fromhex(text).decode("utf-16-be", "replace")


class _Blanks:
    """Which glyphs of a font have no outline."""

    def __init__(self, face: Any) -> None:
        self._glyphs, self._order = face.getGlyphSet(), face.getGlyphOrder()
        self._in_colour = any(table in face for table in _IN_COLOUR)

    def at(self, glyph: int) -> bool:
        """Whether this one has none, or is not there."""
        from fontTools.pens.boundsPen import ControlBoundsPen

        if glyph >= len(self._order) or glyph == 0:
            return True
        pen = ControlBoundsPen(self._glyphs)
        self._glyphs[self._order[glyph]].draw(pen)
        return pen.bounds is None and not self._in_colour
