"""Parts of a book, laid out → one PDF with its page numbers, fonts, bookmarks, named places and tags.

Each part is a PDF of its own (`typeset`). Their pages follow each other, with an empty one where a part would begin
on a page to the left, and at the end of the book where its last leaf would have one side.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
import weasyprint
from pikepdf import Array, Dictionary, Name, String
from weasyprint.pdf.fonts import build_fonts_dictionary

from teipress.lengths import PIXEL
from teipress.package import folios
from teipress.package.outline import outline
from teipress.package.piece import FontUse, Piece

_CAPS = ("normal", "small-caps", "all-small-caps", "petite-caps", "all-petite-caps", "unicase", "titling-caps")


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece, the number (0-based) of its first page in the book, and its PDF."""

    piece: Piece
    first: int
    pdf: Path


def join(
    parts: Sequence[Placed], pages: int, blank: Path, sheet: Any, config: Any, folio: Callable[[int], int]
) -> pikepdf.Pdf:
    """The book, of so many pages. `blank` is a PDF whose second page is an empty one, for what no part has.

    `folio` gives a page (0-based) its number.

    `sheet` and `config` are the style sheet and the fonts of the layout.
    """
    book = pikepdf.new()
    root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    body = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    fonts = _fonts(book, [part.piece.fonts for part in parts], sheet, config)
    numbers: list[Any] = []
    with pikepdf.open(blank) as empty:
        for part, end in zip(parts, [*(part.first for part in parts[1:]), pages], strict=True):
            with pikepdf.open(part.pdf) as source:
                _append(book, source, part, fonts, body, numbers, folio)
            if len(book.pages) < end:
                book.pages.append(empty.pages[1])
                _forget_structure(book.pages[-1])
    with pikepdf.open(parts[0].pdf) as source:  # what wrote it, and the language of its pages
        book.docinfo["/Producer"] = String(str(source.docinfo["/Producer"]))
        body.Lang = String(str(source.Root.get("/Lang", "und")))
    root.K = Array([body])
    root.ParentTree = book.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(numbers) // 2
    book.Root.StructTreeRoot = root
    book.Root.Names = Dictionary(Dests=book.make_indirect(Dictionary(Names=_places(book, parts))))
    outline(book, [(b[0], b[1], part.first + b[2], *b[3:]) for part in parts for b in part.piece.bookmarks])
    return book


def _append(
    book: pikepdf.Pdf,
    source: pikepdf.Pdf,
    part: Placed,
    fonts: Mapping[str, Any],
    body: Any,
    numbers: list[Any],
    folio: Callable[[int], int],
) -> None:
    """Put a part's pages and its tags at the end of a book."""
    for page in source.pages:
        book.pages.append(page)
    pages = [book.pages[part.first + number] for number in range(part.piece.pages)]
    resources = pages[0].obj.Resources
    for name, font in fonts.items():
        resources.Font[name] = font
    for number, (page, faces) in enumerate(zip(pages, part.piece.folios, strict=True)):
        shown = (folios.drawn(part.piece.faces[i], folio(part.first + number), PIXEL) for i in faces)
        page.contents_add(b"\n" + b"".join(shown))
    tags = book.copy_foreign(source.Root.StructTreeRoot)
    _tag(pages, tags, body, numbers)


def _tag(pages: Sequence[Any], tags: Any, body: Any, numbers: list[Any]) -> None:
    """Take a part's tree of structure into the book's; its numbers go on from the book's (ISO 32000-1, 14.7.4.4)."""
    offset = len(numbers) // 2
    for child in tags.K[0].K:
        child.P = body
        body.K.append(child)
    entries = tags.ParentTree.Nums
    for place in range(0, len(entries), 2):
        numbers += [int(entries[place]) + offset, entries[place + 1]]
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + offset
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset


def _forget_structure(page: Any) -> None:
    for key in ("/StructParents", "/Annots"):
        if key in page.obj:
            del page.obj[key]


def _places(book: pikepdf.Pdf, parts: Sequence[Placed]) -> Array:
    """Named places in the order of their names; the first part that has one keeps it."""
    found: dict[str, tuple[int, float, float]] = {}
    for part in parts:
        for name, page, x, y in part.piece.anchors:
            found.setdefault(name, (part.first + page, x, y))
    objects = [page.obj for page in book.pages]
    names: list[Any] = []
    for name in sorted(found, key=lambda n: bytes(String(n))):
        page, x, y = found[name]
        names += [String(name), Array([objects[page], Name.XYZ, round(x, 3), round(y, 3), 0])]
    return Array(names)


def _fonts(book: pikepdf.Pdf, uses: Sequence[Mapping[str, FontUse]], sheet: Any, config: Any) -> dict[str, Any]:
    """The fonts of a book by name, each once, with the glyphs that any of its parts uses."""
    merged = _merged(uses)
    fonts = dict(_loaded(merged, sheet, config))
    small = pydyf.PDF()
    options = {**weasyprint.DEFAULT_OPTIONS}
    named = build_fonts_dictionary(small, fonts, True, True, options)
    small.add_object(named)
    small.catalog["Fonts"] = named.reference
    written = io.BytesIO()
    small.write(written)
    with pikepdf.open(written) as source:
        copied = book.copy_foreign(source.Root.Fonts)
    return {str(name): font for name, font in copied.items()}


def _merged(uses: Sequence[Mapping[str, FontUse]]) -> dict[str, FontUse]:
    merged: dict[str, FontUse] = {}
    for fonts in uses:
        for name, use in fonts.items():
            if name not in merged:
                merged[name] = replace(use, text={}, widths={}, missing={})
            whole = merged[name]
            whole.text.update({**use.text, **whole.text})
            whole.widths.update({**use.widths, **whole.widths})
            whole.missing.update(use.missing)
    return dict(sorted(merged.items()))


def _loaded(uses: Mapping[str, FontUse], sheet: Any, config: Any) -> Iterator[tuple[str, Any]]:
    """WeasyPrint's fonts, found again by a text that is set in them."""
    lines = "".join(
        f'<p style="{escape(_called(use))}; font-variant-caps: {caps}">{escape(_sample(use))}</p>'
        for use in uses.values()
        for caps in _CAPS
    )
    document = weasyprint.HTML(string=f'<html lang="en">{lines}').render(stylesheets=[sheet], font_config=config)
    document.write_pdf()
    found = {font.hash: font for font in document.fonts.values()}
    for name, use in uses.items():
        font = found[name]
        font.to_unicode, font.widths = dict(sorted(use.text.items())), dict(sorted(use.widths.items()))
        font.missing, font.used_in_forms = use.missing, False
        yield name, font


def _called(use: FontUse) -> str:
    """What a style sheet calls a font (CSS Fonts 4, section 2.7); a name may hold any sign."""
    slant, family = ("normal", "oblique", "italic")[use.italic], re.sub(r"(['\\])", r"\\\1", use.family)
    return f"font: {slant} {use.weight} {use.size}px '{family}'"


def _sample(use: FontUse) -> str:
    return next((t for t in use.text.values() if t.strip()), "x")
