"""A staging folder beside the output: the last good output stays as it is until the new one is whole.

Beside `out` lies, as long as a build lives, a folder ``.NAME.RANDOM.building`` with all that the build makes:

- ``.lock``, locked until the build ends, however it ends, so that nobody takes the folder of a living one for a dead
  one's; a system frees locks of processes that are gone;
- ``new``, the staging folder, which takes the place of `out` at the end;
- ``old``, only where the file system cannot let both change places: what was at `out`, until the new is there;
- ``tmp``, what programs and libraries put aside.

What a build leaves that was killed, the next one clears away; an output that is on its way it puts back first.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

from teipress.edition import TextFile
from teipress.errors import UsageError
from teipress.package.disk import exchange, flush, locked
from teipress.package.processes import undisturbed

MANIFEST = "manifest.json"
LOCK = ".lock"
OWN = frozenset({"html", "epub", "pdf", MANIFEST, "report.json"})  # what a build leaves in its output folder
_NEW, _OLD, _TEMPORARY = "new", "old", "tmp"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_ANOTHER, _INSIDE = "name another folder with -o", "name a folder in it with -o"
_TRIES = 100  # another build may be as fast as this one, but not a hundred times in a row


def built(folder: Path) -> Collection[str]:
    """The names that are a build's in an output folder; without a manifest nothing says that a build made them."""
    return OWN if (folder / MANIFEST).is_file() else frozenset()


@contextmanager
def staging(out: Path, ours: Callable[[Path], Collection[str]] = built) -> Iterator[Path]:
    """A new folder that takes the place of `out`, all at once, when the block ends without an exception.

    `ours` says which names in `out` may be replaced. Hidden files that are not ours go along; any other is refused.
    Meanwhile temporary files of this process and of those that it starts lie beside the output, too.

    Raises:
        UsageError: the place cannot be written to, its disk is full, or it holds files that are not ours.
    """
    clear(out)
    check(out, ours)
    place = _place(out)
    with ExitStack() as stack:
        try:
            with undisturbed():  # there is no folder that nobody would take away again
                place.parent.mkdir(parents=True, exist_ok=True)
                work = stack.enter_context(_work(place))
                stack.callback(_end, work, place)
            (work / _NEW).mkdir()
        except OSError as error:
            raise UsageError(_unwritable(out, error)) from None
        try:
            with _temporary(work / _TEMPORARY):
                yield work / _NEW
            _take_place(work, place, ours)
        except OSError as error:
            raise UsageError(_said(out, work, error)) from error


def is_text(path: Path) -> bool:
    """Whether a path can be written down: a file system takes any bytes for a name."""
    try:
        return bool(str(path).encode())
    except UnicodeEncodeError:
        return False


def clear(out: Path) -> None:
    """Take away what builds into `out` have left that were killed; if one of them had it in hand, `out` is put back."""
    place = _place(out)
    left = re.compile(rf"\.{re.escape(place.name)}\.\w{{8}}\.building")
    with suppress(OSError):
        for work in [p for p in place.parent.iterdir() if left.fullmatch(p.name) and _is_mine(p)]:
            with locked(work / LOCK) as free:
                if free:
                    _end(work, place)


def _is_mine(folder: Path) -> bool:
    """Whether a folder is one, and this user's: others may have put anything into a place that all may write to."""
    known = folder.lstat()
    return stat.S_ISDIR(known.st_mode) and known.st_uid == os.geteuid()


def _place(out: Path) -> Path:
    """Where an output really lies."""
    try:
        return out.resolve()
    except (OSError, RuntimeError):
        raise UsageError(f"{out}: is a link that leads to itself; {_ANOTHER}") from None


@undisturbed()
def _end(work: Path, out: Path) -> None:
    """Leave `out` as it was, unless the new one has taken its place, and nothing beside it."""
    if (work / _OLD).exists() and not out.exists():
        with suppress(OSError):
            (work / _OLD).rename(out)
    shutil.rmtree(work, ignore_errors=True)
    if work.exists():  # somebody may have made a folder of the old output read-only
        for folder, _, _ in os.walk(work):
            with suppress(OSError):
                Path(folder).chmod(0o700)
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _work(out: Path) -> Iterator[Path]:
    """A new folder beside `out` that is locked."""
    for _ in range(_TRIES):
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".building", dir=out.parent))
        try:
            (work / LOCK).touch()
        except FileNotFoundError:  # another build has taken it for a dead one's, and cleared it away
            continue
        except OSError:
            work.rmdir()
            raise
        with locked(work / LOCK) as free:
            if free is not False:  # a file system without locks must do
                yield work
                return
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


@contextmanager
def _temporary(folder: Path) -> Iterator[None]:
    """Temporary files are made in a folder meanwhile: the usual one may be missing or full, and is not cleared."""
    name, usual, known = "TMPDIR", os.environ.get("TMPDIR"), tempfile.tempdir
    folder.mkdir()
    if not is_text(folder):  # no program that expects one there would start
        yield
        return
    os.environ[name], tempfile.tempdir = str(folder), str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = known
        del os.environ[name]
        if usual is not None:
            os.environ[name] = usual


@contextmanager
def shelf(stage: Path, kept: bool) -> Iterator[Path]:
    """A folder for what is made on the way: if it is `kept`, one beside the output, where the next build finds it.

    Where another build has that in hand or it cannot be used, and where nothing is kept, one beside the staging folder
    that ends with the block. Where nothing is kept, what an earlier build kept goes, too: it may not be for all eyes.
    """
    beside, own = _shelf_of(stage.parent), stage.with_name("parts")
    with _in_hand(beside, kept) as free:
        folder = beside if kept and free else own
        if free and not kept:
            shutil.rmtree(beside)
        folder.mkdir(exist_ok=True)
        try:
            yield folder
        except OSError as error:
            if error.errno in _FULL:  # what is kept for later must not be what fills a disk
                shutil.rmtree(folder, ignore_errors=True)
            raise
    shutil.rmtree(own, ignore_errors=True)


def _shelf_of(work: Path) -> Path:
    return work.with_name(work.name.rsplit(".", 2)[0] + ".parts")


@contextmanager
def _in_hand(folder: Path, made: bool) -> Iterator[bool]:
    """Whether a folder could be locked, and is meanwhile; `made`: it is made if it is not there."""
    with suppress(OSError):
        if made:
            folder.mkdir(exist_ok=True)
    with locked(folder / LOCK) as free:
        yield bool(free) and os.access(folder, os.W_OK)


def check(out: Path, ours: Callable[[Path], Collection[str]] = built) -> None:
    """Raises UsageError where making `out` anew would lose something or cannot work; see `staging`."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: this is a file; name a folder with -o")
    place = _place(out)
    beside = next(p for p in place.parents if p.exists())
    for folder in (p for p in (beside, place) if p.exists() and not os.access(p, os.W_OK)):
        raise UsageError(f"{out}: cannot be written: {folder} is read-only; {_ANOTHER}")
    if not out.is_dir():
        return
    if place.is_mount():
        raise UsageError(f"{out}: a disk or volume is mounted here, which nothing can take the place of; {_INSIDE}")
    own = ours(out)
    foreign = sorted(p.name for p in out.iterdir() if p.name not in own and not p.name.startswith("."))
    if foreign:
        raise UsageError(f"{out}: holds {foreign[0]}, which no build made; name an empty or a new folder with -o")


def _take_place(work: Path, out: Path, ours: Callable[[Path], Collection[str]]) -> None:
    """Put what is whole where it belongs. A power cut before the end leaves the old, one after it the new."""
    new = work / _NEW
    if out.exists():
        own = ours(out)
        for hidden in (p for p in out.glob(".*") if p.name not in own):
            _keep(hidden, new / hidden.name)
        with suppress(OSError):
            shutil.copymode(out, new)
    flush(new)
    if not any(_placed(new, out, work / _OLD) for _ in range(_TRIES)):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(out))
    flush(out.parent)


def _placed(new: Path, out: Path, old: Path) -> bool:
    """Whether the new is in its place; it is not if another build was faster this time."""
    if exchange(new, out):
        return True
    shutil.rmtree(old, ignore_errors=True)
    with suppress(FileNotFoundError):
        out.rename(old)
    try:
        new.rename(out)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise
        return False
    return True


def _keep(hidden: Path, target: Path) -> None:
    if hidden.is_dir() and not hidden.is_symlink():
        shutil.copytree(hidden, target, symlinks=True)
    else:
        shutil.copy2(hidden, target, follow_symlinks=False)


def _said(out: Path, work: Path, error: OSError) -> str:
    """What went wrong on the way; it need not be the output that is to blame."""
    mine = (work, _place(out), _shelf_of(work))
    file = error.filename if isinstance(error.filename, str) else ""
    if file and not any(Path(file).is_relative_to(folder) for folder in mine):
        return f"{file}: {error.strerror}"
    return _unwritable(out, error)


def _unwritable(out: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return f"{out}: no space left on the disk; free some or {_ANOTHER}"
    return f"{out}: cannot be written: {error.strerror or error}; {_ANOTHER}"


def write(folder: Path, files: list[TextFile]) -> None:
    """Write text files below a folder, UTF-8, lines ended by LF."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8", newline="\n")


def copy(source: Path, files: tuple[PurePosixPath, ...], folder: Path) -> None:
    """Copy files of the edition to the same paths below a folder."""
    for relative in files:
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / relative, target)
