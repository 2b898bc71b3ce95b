"""Books that are laid out part by part: in several processes, and each part once.

What a part becomes depends on nothing but what its key is made of, so a part whose key is known is not laid out again:
neither in the next layout of this run, which other page numbers ask for, nor in the next run, if there is a shelf to
keep it on. A run finds on the shelf what it would have made itself, so its result is the same, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from teipress.edition import Picture, Spot
from teipress.errors import ToolError
from teipress.findings import Finding, finding
from teipress.package.fonts import listed
from teipress.package.parts import blank, divide, is_divisible, renumbered
from teipress.package.pdf import dressed, engine, fetcher_for
from teipress.package.piece import Piece, dumps, loads
from teipress.package.processes import end, sheltered
from teipress.package.profiles import Publication, finish, save
from teipress.package.staging import LOCK
from teipress.package.typefaces import Typeface

if TYPE_CHECKING:
    from teipress.package.typeset import Part

SMALL = 60_000  # characters of HTML that one process lays out before others could have started
_PROCESSES = multiprocessing.get_context("spawn")  # the same everywhere, and no threads are copied
_ENGINE = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "pyphen", "fonttools", "pillow")
_MOMENT = 0.5  # seconds between two looks at how far the processes are
_shared: list[Any] = []
_IDENTIFIER = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Book:
    """What is to be laid out: see `pdf.lay_out`; `unprintable` are the characters that no font has.

    `first` is the page (0-based) that numbers of pages begin anew with, where it is known: it counts in a book that has
    to be laid out as a whole; see `write` for others.
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

    def __init__(self, shelf: Path, jobs: int, told: Callable[[int], None]) -> None:
        self.shelf = shelf
        self.jobs = jobs
        self.pages = 0  # that were made
        self._told = told
        self._used: set[str] = set()
        self._pool: ProcessPoolExecutor | None = None
        self._counter: Any = None
        self._known: dict[str, Piece] = {}
        self._base = _surroundings()

    def lay_out(self, book: Book) -> Laid:
        """Lay out a book.

        Raises:
            ToolError: as `pdf.lay_out`.
        """
        if is_divisible(book.styles):
            htmls = divide(book.html, book.starts)
        else:
            htmls, book = (book.html,), replace(book, styles=renumbered(book.styles, book.first))
        pieces = tuple(self._all(self._parts(book, htmls)))
        firsts = place(pieces)
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
        return Laid(firsts[-1] + pieces[-1].pages, page_of, spots, tuple(told), tuple(pictures), pieces, tuple(firsts))

    def write(
        self, laid: Laid, book: Book, target: Path, folio: Callable[[int], int], publication: Publication
    ) -> None:
        """Write a book that is laid out; `folio` gives a page (0-based) its number."""
        from teipress.package.join import Placed, join

        parts = [Placed(piece, first, self._pdf(piece)) for piece, first in zip(laid.pieces, laid.firsts, strict=True)]
        target.parent.mkdir(parents=True, exist_ok=True)
        sheet, config = dressed(book.styles, fetcher_for(book.folder, book.images, book.fonts), book.fonts)
        with join(parts, self._blank(book), sheet, config, folio) as pdf:
            finish(pdf, publication)
            save(pdf, target)
        self._tidy()

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            end(self._pool)

    def _blank(self, book: Book) -> Path:
        """A PDF whose second page is an empty one of the book."""
        return self._pdf(*self._all(self._parts(book, [blank(book.html)])))

    def _pdf(self, piece: Piece) -> Path:
        return self.shelf / f"{piece.key}.pdf"

    def _tidy(self) -> None:
        """Take from the shelf what this run had no use for."""
        for path in self.shelf.iterdir():
            if path.is_file() and path.name != LOCK and path.stem not in self._used:
                path.unlink()

    def _parts(self, book: Book, htmls: Sequence[str]) -> list[Part]:
        """The parts of a book, each with a key that is made of all that its layout depends on."""
        numbered = is_divisible(book.styles)
        faces = [f"{face.address} {hashlib.sha256(face.read()).hexdigest()}" for face in book.fonts]
        common = _hashed(self._base, book.styles, sorted(book.starts), faces, numbered)
        return [self._part(book, html, common, numbered) for html in htmls]

    def _part(self, book: Book, html: str, common: str, numbered: bool) -> Part:
        from teipress.package.typeset import Part

        keyed = book.keyed.intersection(_IDENTIFIER.findall(html)) if book.keyed else frozenset[str]()
        images = [book.folder / path for path in book.images if quote(path.as_posix()) in html + book.styles]
        files = [hashlib.sha256(path.read_bytes()).hexdigest() for path in images]
        missing = [f"{n}{c}" for n, c in enumerate(book.unprintable) if c in html]
        return Part(
            _hashed(common, html, sorted(keyed), files, missing),
            html,
            book.styles,
            book.folder,
            book.images,
            book.name,
            frozenset(keyed),
            book.starts,
            numbered,
            book.unprintable,
            book.fonts,
        )

    def _all(self, parts: Sequence[Part]) -> list[Piece]:
        self._used.update(part.key for part in parts)
        unknown = [part for part in parts if part.key not in self._known]
        self._known.update((part.key, piece) for part in unknown if (piece := self._shelved(part.key)))
        missing = {part.key: part for part in unknown if part.key not in self._known}
        self._known.update(self._made_of(sorted(missing.values(), key=lambda part: -len(part.html))))
        return [self._known[part.key] for part in parts]

    def _shelved(self, key: str) -> Piece | None:
        try:
            digest, _, described = (self.shelf / f"{key}.json").read_text(encoding="utf-8").partition("\n")
            whole = digest == _digest(self.shelf / f"{key}.pdf", described)
        except (OSError, ValueError):
            return None
        return loads(described) if whole else None  # what is damaged is made again

    def _made_of(self, parts: Sequence[Part]) -> Iterator[tuple[str, Piece]]:
        """Lay parts out, the longest first."""
        self.shelf.mkdir(parents=True, exist_ok=True)
        if self.jobs == 1 or len(parts) < 2 or sum(len(part.html) for part in parts) < SMALL:
            for part in parts:
                yield part.key, make(part, self.shelf, self._count)
            return
        if self._pool is None:
            self._counter = _PROCESSES.Value("L", 0)
            self._pool = ProcessPoolExecutor(self.jobs, _PROCESSES, _begin, (self._counter,))
        before = self.pages - self._counter.value
        with sheltered():
            futures = {self._pool.submit(_make, part, self.shelf): part.key for part in parts}
        waiting = set(futures)
        try:
            while waiting:
                done, waiting = wait(waiting, _MOMENT, FIRST_COMPLETED)
                self._tell(before + self._counter.value)
                for future in done:
                    yield futures[future], future.result()
        except BrokenProcessPool:
            hint = "if memory is short, --jobs 1 needs the least"
            raise ToolError(f"{parts[0].name}: a process that laid out a part of it was ended; {hint}") from None

    def _count(self) -> None:
        self._tell(self.pages + 1)

    def _tell(self, pages: int) -> None:
        if pages != self.pages:
            self.pages = pages
            self._told(pages)


@contextmanager
def typesetter(shelf: Path, jobs: int = 0, told: Callable[[int], None] = lambda pages: None) -> Iterator[Typesetter]:
    """What lays books out. `shelf` is a folder for parts that are done, which the next run may use again.

    `jobs` is how many processes may run, 0 for as many as there are cores; `told` is called with the number of pages
    that were made.

    Raises:
        ToolError: WeasyPrint is missing.
    """
    engine()
    setter = Typesetter(shelf, jobs or os.cpu_count() or 1, told)
    try:
        yield setter
    finally:
        setter.close()


def place(pieces: Sequence[Piece]) -> list[int]:
    """The number (0-based) of the first page of each piece: always one on the right, so always an even one."""
    firsts, reached = [], 0
    for piece in pieces:
        reached += reached % 2
        firsts.append(reached)
        reached += piece.pages
    return firsts


def lost(pieces: Sequence[Piece]) -> list[str]:
    """What links lead to and no piece has."""
    known = {anchor[0] for piece in pieces for anchor in piece.anchors}
    return sorted({target for piece in pieces for target in piece.links} - known)


def _hashed(*values: Any) -> str:
    """What tells some values from all others, in so many letters as a file's name may well have."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:32]


def _moved(spot: Spot, pages: int) -> Spot:
    (first, line), (last, end) = spot.first, spot.last
    return Spot((first + pages, line), (last + pages, end), spot.nth)


def make(part: Part, shelf: Path, told: Callable[[], None]) -> Piece:
    """Lay a part out and put it on a shelf, whole or not at all."""
    from teipress.package.typeset import typeset

    made = shelf / f".{part.key}.{os.getpid()}"
    try:
        piece = typeset(part, made, told)
        described = dumps(piece)
        digest = _digest(made, described)
        made.replace(shelf / f"{part.key}.pdf")
        made.write_text(f"{digest}\n{described}", encoding="utf-8")
        made.replace(shelf / f"{part.key}.json")
    finally:
        made.unlink(missing_ok=True)
    return piece


def _digest(pdf: Path, described: str) -> str:
    """What shows that a PDF and what is known of it are as they were made."""
    return hashlib.sha256(described.encode() + pdf.read_bytes()).hexdigest()


def _begin(counter: Any) -> None:
    """What each process keeps: the number of pages that all of them made. It ends with the one that began it."""
    _shared.append(counter)
    Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _end_with(parent: Any) -> None:
    """Wait for the end of a process, which may be killed, and end: nobody else would tell this one to."""
    parent.join()
    os._exit(1)


def _make(part: Part, shelf: Path) -> Piece:
    return make(part, shelf, _count)


def _count() -> None:
    with _shared[0].get_lock():
        _shared[0].value += 1


def _surroundings() -> list[str]:
    """What a layout depends on besides the book: the engine, the fonts of this machine, and this package."""
    from weasyprint.text.ffi import pango

    here = Path(__file__).parent
    own = sorted((*here.glob("*.py"), *here.parent.glob("*.py")))
    made = hashlib.sha256(b"".join(path.read_bytes() for path in own)).hexdigest()
    return [*(version(name) for name in _ENGINE), str(pango.pango_version()), made, *listed()]
