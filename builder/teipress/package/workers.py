"""Parts of books → pieces on a shelf, made here or in several processes at once, which count their pages."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from teipress.errors import ToolError
from teipress.package.piece import Part, Piece
from teipress.package.processes import end, sheltered
from teipress.package.shelf import Shelf

SMALL = 60_000  # characters of HTML that one process lays out before others could have started
_PROCESSES = multiprocessing.get_context("spawn")  # the same everywhere, and no threads are copied
_MOMENT = 0.5  # seconds between two looks at how far the processes are
_shared: list[Any] = []  # in a process that was begun here: the number of pages that all of them made


class Workers:
    """Up to so many `jobs` at once; `told` is called with the number of pages that were made so far."""

    def __init__(self, shelf: Shelf, jobs: int, told: Callable[[int], None]) -> None:
        self.pages = 0
        self._shelf, self._jobs, self._told = shelf, jobs, told
        self._pool: ProcessPoolExecutor | None = None
        self._counter: Any = None

    def make(self, parts: Sequence[Part]) -> Iterator[Piece]:
        """Lay parts out, the longest first, and put them on the shelf; in the order in which they are done.

        Raises:
            ToolError: as `pdf.lay_out`, or a process was ended from outside.
        """
        waiting = sorted(parts, key=lambda part: -len(part.book.html))
        if self._jobs == 1 or len(parts) < 2 or sum(len(part.book.html) for part in parts) < SMALL:
            return (self._shelf.put(part, partial(_typeset, told=self._count)) for part in waiting)
        return self._at_once(waiting)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            end(self._pool)

    def _at_once(self, parts: Sequence[Part]) -> Iterator[Piece]:
        if self._pool is None:
            self._counter = _PROCESSES.Value("L", 0)
            self._pool = ProcessPoolExecutor(self._jobs, _PROCESSES, _begin, (self._counter,))
        before = self.pages - self._counter.value
        with sheltered():
            waiting = {self._pool.submit(_make, part, self._shelf) for part in parts}
        try:
            while waiting:
                done, waiting = wait(waiting, _MOMENT, FIRST_COMPLETED)
                self._tell(before + self._counter.value)
                yield from (future.result() for future in done)
        except BrokenProcessPool:
            hint = "if memory is short, --jobs 1 needs the least"
            raise ToolError(f"{parts[0].book.name}: a process that laid out a part of it was ended; {hint}") from None

    def _count(self) -> None:
        self._tell(self.pages + 1)

    def _tell(self, pages: int) -> None:
        if pages != self.pages:
            self.pages = pages
            self._told(pages)


def _typeset(part: Part, target: Path, told: Callable[[], None]) -> Piece:
    from teipress.package.typeset import typeset  # it needs WeasyPrint, which is slow to import

    return typeset(part, target, told)


def _begin(counter: Any) -> None:
    """What each process keeps. It ends with the one that began it."""
    _shared.append(counter)
    Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _end_with(parent: Any) -> None:
    """Wait for the end of a process, which may be killed, and end: nobody else would tell this one to."""
    parent.join()
    os._exit(1)


def _make(part: Part, shelf: Shelf) -> Piece:
    return shelf.put(part, partial(_typeset, told=_count))


def _count() -> None:
    with _shared[0].get_lock():
        _shared[0].value += 1
