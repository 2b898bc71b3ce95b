"""What disks and file systems can do: two folders change places at once, what is written is really there, locks.

Where a system or a file system lacks one of these, the caller is told, and has to do with what there is.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

_HERE = -100  # AT_FDCWD: paths that are relative are so to the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2, Linux


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one file system change places, so that at each moment both names lead to one of them.

    Whether that could be done; if not, nothing has happened (the system or the file system cannot, or one is missing).
    """
    rename = getattr(_library(), "renameat2", None)
    return rename is not None and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


def flush(folder: Path) -> None:
    """Wait until all that was written to the file system of a folder would survive a power cut.

    One call for all files: to flush each of a hundred takes five times as long, and longer on a disk that turns.

    Raises:
        OSError: something could not be written after all.
    """
    sync = getattr(_library(), "syncfs", None)
    if sync is None:
        os.sync()
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        if sync(place) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(place)


@contextmanager
def locked(path: Path) -> Iterator[bool | None]:
    """Whether a file could be locked, and is meanwhile; None where the file system has no locks."""
    try:
        file = path.open("a")
    except OSError:  # its folder is gone, is no folder, or is not ours
        yield False
        return
    with file:
        yield _lock(file)


def _lock(file: IO[str]) -> bool | None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return os.fstat(file.fileno()).st_nlink > 0  # somebody may have had it, and taken it away, a moment ago


@cache
def _library() -> Any:
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)
