"""PATHs of a command → the editions and files that they mean.

An edition's folder is an edition; any other folder stands for the editions and XML files below it. A file that
another one of the same folder includes is checked with that one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from teipress.config import edition_of
from teipress.errors import UsageError

_MAGIC = re.compile(r"[*?\[]")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_INCLUDE = re.compile(rb"""<(?:[\w.-]+:)?include\b[^>]*?\bhref\s*=\s*["']([^"']+)["']""")
_VALUE = re.compile(rb"""=\s*["']([^"'<]*[.#/][^"'<]*)["']""")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is read together: an edition by its edition.toml, or a file; and those of its files that are asked for.

    What was `gathered` from a folder need not be TEI.
    """

    whole: Path
    asked: tuple[Path, ...]
    gathered: bool = False


def units(paths: Sequence[Path]) -> list[Unit]:
    """The editions and files that paths, folders and patterns mean, each once, in the order that they are named.

    Raises:
        UsageError: there is no such file, a pattern fits none, or a folder has no XML file.
    """
    spelled: dict[Path, Path] = {}
    together: dict[Path, list[Path]] = {}
    named: set[Path] = set()
    for path, gathered in _expanded(paths):
        whole = path / "edition.toml" if path.is_dir() else edition_of(path)
        whole = spelled.setdefault(whole.resolve(), whole)
        together.setdefault(whole, []).append(path)
        named |= set() if gathered else {whole}
    return [Unit(whole, tuple(asked), whole not in named) for whole, asked in together.items()]


def _expanded(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Editions and files, and whether they were gathered from a folder."""
    for path in paths:
        if path.is_dir() and not (path / "edition.toml").is_file():
            yield from ((p, True) for p in _below(path))
        elif path.exists():
            yield path, False
        elif _MAGIC.search(str(path)):
            yield from _expanded(_fitting(path))
        else:
            raise UsageError(f"{path}: there is no such file; check the path")


def _fitting(pattern: Path) -> list[Path]:
    """The files that a pattern means, for shells that do not expand it, or were kept from it by quotation marks."""
    start = Path(pattern.anchor) if pattern.is_absolute() else Path()
    relative = pattern.relative_to(pattern.anchor) if pattern.is_absolute() else pattern
    found = sorted(start.glob(str(relative)))
    if not found:
        raise UsageError(f"{pattern}: no file fits this pattern; check it, and the folder that you are in")
    return found


def _below(folder: Path) -> list[Path]:
    """The editions and the XML files below a folder; files of editions, hidden ones and included ones left out."""
    editions: list[Path] = []
    files: list[Path] = []
    for place, folders, names in os.walk(folder):
        if "edition.toml" in names:
            editions.append(Path(place))
            folders.clear()
            continue
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        files += [Path(place, n) for n in sorted(names) if n.lower().endswith(".xml") and not n.startswith(".")]
    if not editions and not files:
        raise UsageError(f"{folder}: there is neither an edition.toml nor an XML file in this folder or below it")
    return sorted([*editions, *_not_included(files)])


def _not_included(files: Sequence[Path]) -> list[Path]:
    """The files that none of the others includes; of files that include each other the first."""
    step = cache(_included)
    real = {path: str(path.resolve()) for path in files}
    included = {target for name in real.values() for target in step(name) if target != name}
    starts = [path for path in files if real[path] not in included]
    covered = closure((real[path] for path in starts), step)
    for path in files:
        if real[path] not in covered:
            starts.append(path)
            covered |= closure([real[path]], step)
    return starts


def closure(starts: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything that can be come to from some files, themselves included."""
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting.extend(step(path))
    return reached


def _included(path: str) -> frozenset[str]:
    """The files that a file includes (XInclude), as far as they can be named without parsing it."""
    return frozenset(_places(path, _INCLUDE.findall(_text(path))))


def mentioned(path: str) -> frozenset[str]:
    """The files that attributes and instructions of a file may point into, there or not, ``.xml`` left out or not."""
    tokens = {token for value in _VALUE.findall(_text(path)) for token in value.split()}
    files = {token.partition(b"#")[0] for token in tokens if b"://" not in token} - {b""}
    return frozenset(_places(path, files | {f + b".xml" for f in files}))


def _text(path: str) -> bytes:
    """The bytes of a file without its comments; nothing if it cannot be read."""
    try:
        return _COMMENT.sub(b"", Path(path).read_bytes())
    except OSError:
        return b""


def _places(path: str, names: Iterable[bytes]) -> Iterator[str]:
    folder = Path(path).parent
    for name in names:
        yield os.path.normpath(folder / unquote(name.decode("utf-8", "replace")))
