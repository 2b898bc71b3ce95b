"""Books that are laid out part by part: in several processes, and each part once.

What a part becomes depends on nothing but what its key is made of, so a part whose key is known is not laid out again:
neither in the next layout of this run, which other page numbers ask for, nor in the next run, if there is a shelf to
keep it on. A run finds on the shelf what it would have made itself, so its result is the same, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from teipress.edition import Picture, Spot
from teipress.findings import Finding, finding
from teipress.package.fonts import listed
from teipress.package.parts import blank, divide, is_divisible, renumbered
from teipress.package.pdf import dressed, engine, fetcher_for, guarded
from teipress.package.piece import Book, Part, Piece
from teipress.package.profiles import Publication, finish, save
from teipress.package.shelf import Shelf
from teipress.package.workers import Workers

_ENGINE = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools", "pillow")
_IDENTIFIER = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Laid:
    """A book that is laid out: the physical page (0-based) of each identifier, and the lines of those asked for.

    `pictures` are the images that it shows, `firsts` the numbers of the first pages of its pieces.
    """

    pages: int
    page_of: Mapping[str, int]
    spots: Mapping[str, Spot]
    findings: tuple[Finding, ...]
    pictures: tuple[Picture, ...]
    pieces: tuple[Piece, ...]
    firsts: tuple[int, ...]


class Typesetter:
    """Lays books out; see `typesetter`."""

    def __init__(self, shelf: Shelf, workers: Workers) -> None:
        self._shelf, self._workers = shelf, workers
        self._known: dict[str, Piece] = {}
        self._base = _surroundings()

    def lay_out(self, book: Book) -> Laid:
        """Lay out a book.

        Raises:
            ToolError: as `pdf.lay_out`.
        """
        divided = is_divisible(book.styles)
        if divided:
            htmls = divide(book.html, book.starts)
        else:
            htmls, book = (book.html,), replace(book, styles=renumbered(book.styles, book.first))
        pieces = tuple(self._pieces(self._parts(book, htmls)))
        *firsts, end = place(pieces)
        page_of: dict[str, int] = {}
        spots: dict[str, Spot] = {}
        pictures: list[Picture] = []
        for piece, first in zip(pieces, firsts, strict=True):
            for identifier, page in piece.page_of.items():
                page_of.setdefault(identifier, first + page)
            for identifier, spot in piece.spots.items():
                spots.setdefault(identifier, _moved(spot, first))
            pictures += (replace(picture, page=first + picture.page) for picture in piece.pictures)
        complaints = dict.fromkeys(c for piece in pieces for c in piece.complaints)
        told = [finding("O003", c, book.name) for c in complaints]
        told += [finding("O003", f"a link leads to #{name}, which is nowhere", book.name) for name in lost(pieces)]
        pages = end if divided else pieces[0].pages  # such a book may have said how many it has
        return Laid(pages, page_of, spots, tuple(told), tuple(pictures), pieces, tuple(firsts))

    def write(
        self, laid: Laid, book: Book, target: Path, folio: Callable[[int], int], publication: Publication
    ) -> None:
        """Write a book that is laid out; `folio` gives a page (0-based) its number.

        Raises:
            ToolError: WeasyPrint broke.
        """
        from teipress.package.join import Placed, join

        files = [self._shelf.pdf(piece.key) for piece in laid.pieces]
        parts = [Placed(*placed) for placed in zip(laid.pieces, laid.firsts, files, strict=True)]
        (empty,) = self._pieces(self._parts(book, [blank(book.html)]))
        target.parent.mkdir(parents=True, exist_ok=True)
        with guarded(book.name):
            sheet, config = dressed(book.styles, fetcher_for(book.folder, book.images, book.fonts), book.fonts)
            joined = join(parts, laid.pages, self._shelf.pdf(empty.key), sheet, config, folio)
        with joined as pdf:
            finish(pdf, publication)
            save(pdf, target)
        self._shelf.tidy(self._known.keys())

    def _parts(self, book: Book, htmls: Sequence[str]) -> list[Part]:
        """The parts of a book, each with a key that is made of all that its layout depends on."""
        later = is_divisible(book.styles)
        faces = [f"{face.address} {_hashed(face.read())}" for face in book.fonts]
        common = _key(self._base, book.styles, sorted(book.starts), faces, later)
        return [self._part(book, html, common, later) for html in htmls]

    def _part(self, book: Book, html: str, common: str, later: bool) -> Part:
        keyed = book.keyed.intersection(_IDENTIFIER.findall(html)) if book.keyed else frozenset[str]()
        images = [book.folder / path for path in book.images if quote(path.as_posix()) in html + book.styles]
        missing = [f"{n}{c}" for n, c in enumerate(book.unprintable) if c in html]
        key = _key(common, html, sorted(keyed), [_hashed(path.read_bytes()) for path in images], missing)
        return Part(key, replace(book, html=html, keyed=keyed), later)

    def _pieces(self, parts: Sequence[Part]) -> list[Piece]:
        """What becomes of parts: what is known or kept, and else is made."""
        unknown = {part.key: part for part in parts if part.key not in self._known}
        self._known.update((key, piece) for key in unknown if (piece := self._shelf.find(key)))
        missing = [part for key, part in unknown.items() if key not in self._known]
        self._known.update((piece.key, piece) for piece in self._workers.make(missing))
        return [self._known[part.key] for part in parts]


@contextmanager
def typesetter(shelf: Path, jobs: int = 0, told: Callable[[int], None] = lambda pages: None) -> Iterator[Typesetter]:
    """What lays books out. `shelf` is a folder for parts that are done, which the next run may use again.

    `jobs` is how many processes may run, 0 for as many as there are cores; `told` is called with the number of pages
    that were made.

    Raises:
        ToolError: WeasyPrint is missing.
    """
    engine()
    kept = Shelf(shelf)
    workers = Workers(kept, jobs or os.cpu_count() or 1, told)
    try:
        yield Typesetter(kept, workers)
    finally:
        workers.close()


def place(pieces: Sequence[Piece]) -> list[int]:
    """The number (0-based) of the first page of each piece, and of the one behind all: always one on the right."""
    firsts = [0]
    for piece in pieces:
        firsts.append(firsts[-1] + piece.pages + piece.pages % 2)
    return firsts


def lost(pieces: Sequence[Piece]) -> list[str]:
    """What links lead to and no piece has."""
    known = {anchor[0] for piece in pieces for anchor in piece.anchors}
    return sorted({target for piece in pieces for target in piece.links} - known)


def _key(*values: Any) -> str:
    """What tells some values from all others, in so many letters as a file's name may well have."""
    return _hashed(json.dumps(values).encode())[:32]


def _hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _moved(spot: Spot, pages: int) -> Spot:
    (first, line), (last, end) = spot.first, spot.last
    return Spot((first + pages, line), (last + pages, end), spot.nth)


def _surroundings() -> list[str]:
    """What a layout depends on besides the book: the engine, the fonts of this machine, and this package."""
    from weasyprint.text.ffi import pango

    here = Path(__file__).parent
    own = sorted((*here.glob("*.py"), *here.parent.glob("*.py")))
    made = _hashed(b"".join(path.read_bytes() for path in own))
    return [*(version(name) for name in _ENGINE), str(pango.pango_version()), made, *listed()]
