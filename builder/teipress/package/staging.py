"""A staging folder beside the output: the last good output stays as it is until the new one is whole."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from teipress.edition import TextFile
from teipress.errors import UsageError

MANIFEST = "manifest.json"
LOCK = ".lock"
OWN = frozenset({"html", "epub", "pdf", MANIFEST, "report.json"})  # what a build leaves in its output folder


def built(folder: Path) -> Collection[str]:
    """The names that are a build's in an output folder; without a manifest nothing says that a build made them."""
    return OWN if (folder / MANIFEST).is_file() else frozenset()


@contextmanager
def staging(out: Path, ours: Callable[[Path], Collection[str]] = built) -> Iterator[Path]:
    """A new folder beside `out` that takes its place when the block ends without an exception.

    `ours` says which names in `out` may be replaced.

    Raises:
        UsageError: the place cannot be written to, or holds files that are not ours.
    """
    check(out, ours)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".building", dir=out.resolve().parent))
    except OSError as error:
        raise UsageError(_unwritable(out, error)) from None
    try:
        yield stage
        _take_place(stage, out.resolve())
    except OSError as error:
        raise UsageError(_unwritable(out, error)) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def shelf(stage: Path, kept: bool) -> Iterator[Path]:
    """A folder for what is made on the way: if it is `kept`, one beside the output, where the next build finds it.

    Where another build has that in hand or it cannot be used, and where nothing is kept, one in the staging folder
    that ends with the block. Where nothing is kept, what an earlier build kept goes, too: it may not be for all eyes.
    """
    beside, own = stage.with_name(stage.name.rsplit(".", 2)[0] + ".parts"), stage / ".parts"
    with _in_hand(beside, kept) as free:
        folder = beside if kept and free else own
        if free and not kept:
            shutil.rmtree(beside)
        folder.mkdir(exist_ok=True)
        yield folder
    shutil.rmtree(own, ignore_errors=True)


@contextmanager
def _in_hand(folder: Path, made: bool) -> Iterator[bool]:
    """Whether a folder could be locked, and is meanwhile; `made`: it is made if it is not there."""
    try:
        if made:
            folder.mkdir(exist_ok=True)
        lock = (folder / LOCK).open("a") if os.access(folder, os.W_OK) else None
    except OSError:
        lock = None
    if lock is None:
        yield False
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free = True
        except OSError:
            free = False
        yield free


def check(out: Path, ours: Callable[[Path], Collection[str]] = built) -> None:
    """Raises UsageError where building into `out` would lose something or cannot work."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: this is a file; name a folder with -o")
    if not out.is_dir():
        return
    own = ours(out)
    foreign = sorted(p.name for p in out.iterdir() if p.name not in own and not p.name.startswith("."))
    if foreign:
        raise UsageError(f"{out}: holds {foreign[0]}, which no build made; name an empty or a new folder with -o")


def _take_place(stage: Path, out: Path) -> None:
    stage.chmod(0o755)
    if not out.exists():
        stage.rename(out)
        return
    for hidden in out.glob(".*"):
        _keep(hidden, stage / hidden.name)
    old = out.with_name(f".{out.name}.{stage.name.split('.')[-2]}.replaced")
    out.rename(old)
    stage.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _keep(hidden: Path, target: Path) -> None:
    if hidden.is_dir():
        shutil.copytree(hidden, target)
    else:
        shutil.copy2(hidden, target)


def _unwritable(out: Path, error: OSError) -> str:
    return f"{out}: cannot be written: {error.strerror or error}; name another folder with -o"


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
