"""One part of a book → its PDF without page numbers, and what is known of it: this is what runs in several processes.

The PDF has no fonts, bookmarks and named places of its own: it gets those of the book when the parts are joined.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from teipress.lengths import PIXEL
from teipress.package import folios
from teipress.package.parted import write
from teipress.package.pdf import Layout, lay_out
from teipress.package.piece import Folio, FontUse, Part, Piece


def typeset(part: Part, target: Path, told: Callable[[], None]) -> Piece:
    """Lay out a part and write its PDF to `target`; `told` is called for each page that is made.

    Raises:
        ToolError: as `pdf.lay_out`.
    """
    book = part.book
    with _counted(told):
        styles = book.styles + (folios.STAND_IN if part.later else "")
        layout = lay_out(book.html, styles, book.folder, book.images, book.name, book.keyed, book.starts, book.fonts)
    faces: dict[str, tuple[int, Folio]] = {}
    marked: list[tuple[int, ...]] = []
    for page in layout.document.pages:
        boxes = folios.take(page._page_box) if part.later else []
        page.paint = partial(_paint, page.paint, boxes, faces, marked)
    write(layout, target, book.unprintable)
    return _piece(part, layout, marked, [face for _, face in faces.values()])


def _paint(
    paint: Any,
    boxes: Sequence[Any],
    faces: dict[str, tuple[int, Folio]],
    marked: list[tuple[int, ...]],
    stream: Any,
    scale: float,
) -> None:
    """Draw a page, and note how the boxes with its number are drawn."""
    paint(stream, scale)
    found = [face for box in boxes if (face := folios.folio(box, stream.clone(tags=None)))]
    marked.append(tuple(faces.setdefault(repr(face), (len(faces), face))[0] for face in found))


def _piece(part: Part, layout: Layout, marked: list[tuple[int, ...]], faces: list[Folio]) -> Piece:
    document = layout.document
    anchors: dict[str, tuple[str, int, float, float]] = {}
    bookmarks: list[tuple[int, str, int, float, float, str]] = []
    for number, page in enumerate(document.pages):
        height = page.height * PIXEL
        for name, (x, y, *_) in page.anchors.items():
            anchors.setdefault(name, (name, number, x * PIXEL, height - y * PIXEL))
        for level, label, (x, y), state in page.bookmarks:
            bookmarks.append((level, label, number, x * PIXEL, height - y * PIXEL, state))
    links = {target for page in document.pages for kind, target, *_ in page.links if kind == "internal"}
    return Piece(
        part.key,
        layout.pages,
        dict(layout.page_of),
        dict(layout.spots),
        layout.pictures,
        tuple(bookmarks),
        tuple(anchors.values()),
        tuple(sorted(links)),
        tuple(marked),
        tuple(faces),
        _fonts(document),
        tuple(found.message for found in layout.findings),
    )


def _fonts(document: Any) -> dict[str, FontUse]:
    """What is used of each font; WeasyPrint may know one several times, by the languages that it was asked for."""
    uses: dict[str, FontUse] = {}
    for font in document.fonts.values():
        use = uses.get(font.hash)
        if use is None:
            use = uses[font.hash] = FontUse(font.family, font.style, font.weight, font.font_size, {}, {}, {})
        for glyph, text in font.to_unicode.items():
            use.text.setdefault(glyph, text)
        for glyph, width in font.widths.items():
            use.widths.setdefault(glyph, width)
        use.missing.update(font.missing)
    return uses


@contextmanager
def _counted(told: Callable[[], None]) -> Iterator[None]:
    """Meanwhile call `told` for each page that WeasyPrint says it makes."""

    class Counter(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "Page" in record.msg:
                told()

    logger = logging.getLogger("weasyprint.progress")
    handlers, level, propagate = logger.handlers, logger.level, logger.propagate
    logger.handlers, logger.propagate = [Counter()], False
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)
