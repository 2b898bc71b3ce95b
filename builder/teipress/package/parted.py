"""WeasyPrint's writing of a PDF, changed where a part of a book differs from a book.

A part has no fonts embedded, only the names by which its text calls them; it keeps links to places that other parts
have; and glyphs that are missing are numbered so that parts do not collide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.pdf.fonts import Font

from teipress.package.pdf import Layout, write_pdf


def write(layout: Layout, target: Path, unprintable: Sequence[str]) -> None:
    """Write a layout as a part of a book; `unprintable` are the characters of all of it that no font has.

    Raises:
        ToolError: as `pdf.write_pdf`.
    """
    with _changed(unprintable):
        write_pdf(layout, target)


@contextmanager
def _changed(unprintable: Sequence[str]) -> Iterator[None]:
    places = {ord(character): place for place, character in enumerate(unprintable)}

    def unused(font: Any, code: int) -> int:
        """A glyph that the font does not have, the same for a character in each part."""
        place = places.get(code, len(places) + code % 1000)
        glyph: int = font.missing.setdefault(code, min(font.glyph_count + place, 0xFFFF))
        return glyph

    kept = weasyprint.pdf.build_fonts_dictionary, weasyprint.pdf.resolve_links, Font.get_unused_glyph_id
    weasyprint.pdf.build_fonts_dictionary = lambda *_: pydyf.Dictionary()
    weasyprint.pdf.resolve_links = _all_links
    Font.get_unused_glyph_id = unused
    try:
        yield
    finally:
        weasyprint.pdf.build_fonts_dictionary, weasyprint.pdf.resolve_links, Font.get_unused_glyph_id = kept


def _all_links(pages: Sequence[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """The links of each page, whether or not what they lead to is in this part; named places are the book's."""
    for page in pages:
        yield page.links, []
