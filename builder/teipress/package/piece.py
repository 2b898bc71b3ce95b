"""A part of a book before it is laid out, and what is known of it afterwards besides its PDF.

The latter are plain values, kept as JSON beside the PDF.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from teipress.edition import Picture, Spot
from teipress.package.typefaces import Typeface


@dataclass(frozen=True, slots=True)
class Book:
    """What is to be laid out: see `pdf.lay_out`; `unprintable` are the characters that no font has.

    `first` is the page (0-based) that numbers of pages begin anew with, where it is known: it counts in a book that has
    to be laid out as a whole.
    """

    html: str
    styles: str
    folder: Path
    images: tuple[PurePosixPath, ...]
    name: str
    keyed: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    unprintable: tuple[str, ...] = ()
    fonts: tuple[Typeface, ...] = ()
    first: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a book, as a book of its own; `key` names it and everything that its layout depends on.

    Its pages get their numbers `later`, when the parts are joined, if they need not be known for the layout.
    """

    key: str
    book: Book
    later: bool


@dataclass(frozen=True, slots=True)
class Folio:
    """How a page number is drawn, when it is known.

    `content` are strings and styles of counters in turn, the latter marked by a leading NUL. `glyphs` give for each
    character that may come up its font's name, what shows it (the operand of TJ) and its advance in thousandths of
    `size`, which is in CSS pixels, as the coordinates are. `before` is the share of it that stands to the left of `x`.
    """

    content: tuple[str, ...]
    colour: str
    size: float
    x: float
    y: float
    before: float
    glyphs: dict[str, tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class FontUse:
    """What a part uses of a font: its glyphs with their text and widths, and what finds the font again."""

    family: str
    italic: int
    weight: int
    size: float
    text: dict[int, str]
    widths: dict[int, float]
    missing: dict[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a book, laid out; pages are counted from its own first (0).

    `bookmarks` are level, label, page, x, y (PDF points) and state; `anchors` name, page, x, y; `links` are the
    anchors that it refers to; `folios` are indexes into `faces` for each page; `complaints` are the engine's.
    """

    key: str
    pages: int
    page_of: dict[str, int]
    spots: dict[str, Spot]
    pictures: tuple[Picture, ...]
    bookmarks: tuple[tuple[int, str, int, float, float, str], ...]
    anchors: tuple[tuple[str, int, float, float], ...]
    links: tuple[str, ...]
    folios: tuple[tuple[int, ...], ...]
    faces: tuple[Folio, ...]
    fonts: dict[str, FontUse]
    complaints: tuple[str, ...]


def dumps(piece: Piece) -> str:
    """A piece as JSON."""
    return json.dumps(asdict(piece), ensure_ascii=False, default=str)


def loads(text: str) -> Piece:
    """A piece that `dumps` wrote.

    Raises:
        ValueError, KeyError, TypeError: this is none.
    """
    data: dict[str, Any] = json.loads(text)
    data["spots"] = {i: Spot(tuple(s["first"]), tuple(s["last"]), s["nth"]) for i, s in data["spots"].items()}
    data["pictures"] = tuple(_picture(p) for p in data["pictures"])
    for name in ("bookmarks", "anchors", "folios"):
        data[name] = tuple(tuple(values) for values in data[name])
    for name in ("links", "complaints"):
        data[name] = tuple(data[name])
    data["faces"] = tuple(_folio(f) for f in data["faces"])
    data["fonts"] = {name: _font(use) for name, use in data["fonts"].items()}
    return Piece(**data)


def _picture(data: dict[str, Any]) -> Picture:
    path, pixels, size = PurePosixPath(data["path"]), tuple(data["pixels"]), tuple(data["size"])
    return Picture(**{**data, "path": path, "pixels": pixels, "size": size})


def _folio(data: dict[str, Any]) -> Folio:
    glyphs = {c: tuple(g) for c, g in data["glyphs"].items()}
    return Folio(**{**data, "content": tuple(data["content"]), "glyphs": glyphs})


def _font(data: dict[str, Any]) -> FontUse:
    numbered = {name: {int(k): v for k, v in data[name].items()} for name in ("text", "widths", "missing")}
    return FontUse(**{**data, **numbered})
