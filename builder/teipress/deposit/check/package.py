"""A folder → the files in it, to be read as a stranger's: links are not followed, nothing outside is ever opened.

Manifests name files by strings; these are only ever looked up among the files that were found, so no string of a
manifest becomes a path on disk.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from teipress.errors import UsageError
from teipress.findings import Finding, finding

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
LONGEST_LIST = 256 * 1024 * 1024  # bytes of a manifest or an inventory: a million lines with SHA-512 are less
MOST_FILES = 1_000_000
RESTORE = "restore it from another copy of the package"  # the remedy for most of what a package can suffer
_CHUNK = 1024 * 1024
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Package:
    """The regular files below a folder by their names (relative, with /); `findings` tell of what else is there."""

    def __init__(self, folder: Path, files: Mapping[str, Path] | None = None) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.files: dict[str, Path] = dict(files or {})
        self._sums: dict[str, dict[str, str]] = {}
        try:
            if files is None:
                self._walk()
        except OSError as error:
            raise UsageError(f"{error.filename or folder}: cannot be read: {error.strerror}") from None
        self._composed = {unicodedata.normalize("NFC", name): name for name in self.files}

    def _walk(self) -> None:
        waiting = [self.folder]
        while waiting:
            for entry in sorted(os.scandir(waiting.pop()), key=lambda e: e.name):
                path = Path(entry.path)
                if entry.is_symlink():
                    self.findings.append(self.told("B008", "is a link, which is not followed", self._name(path)))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                    self.files[self._name(path)] = path
                else:
                    self.findings.append(self.told("B006", "is no file, and cannot be kept", self._name(path)))
            if len(self.files) > MOST_FILES:
                raise UsageError(f"{self.folder}: has more than {MOST_FILES:,} files; check its parts one by one")

    def _name(self, path: Path) -> str:
        return os.fsencode(path.relative_to(self.folder).as_posix()).decode("utf-8", "backslashreplace")

    def part(self, top: str, names: Iterable[str] | None = None) -> Package:
        """The folder `top` as a package of its own; `names` are its files as they are called here, if known."""
        cut = len(top) + 1
        inside = names if names is not None else [name for name in self.files if name.startswith(f"{top}/")]
        return Package(self.folder / top, {name[cut:]: self.files[name] for name in inside})

    @property
    def tops(self) -> list[str]:
        """The folders that lie in this one and hold any file."""
        return sorted({name.split("/")[0] for name in self.files if "/" in name})

    @property
    def loose(self) -> list[str]:
        """The files that lie in this folder itself."""
        return sorted(name for name in self.files if "/" not in name)

    def find(self, name: str) -> str:
        """The name of a file as it is on disk, which may compose its letters otherwise; "" if there is none."""
        return name if name in self.files else self._composed.get(unicodedata.normalize("NFC", name), "")

    def told(self, code: str, message: str, name: str = "", hint: str = "", line: int = 0) -> Finding:
        """A finding on a file of the package, or on all of it."""
        return finding(code, message, str(self.folder / name) if name else str(self.folder), line, hint)

    def read(self, name: str, limit: int = LONGEST_LIST) -> bytes:
        """What is in a file; of one that is longer than the limit nothing, and that is told.

        Raises:
            UsageError: it cannot be read.
        """
        try:
            with os.fdopen(os.open(self.files[name], _OPEN), "rb") as file:
                if os.fstat(file.fileno()).st_size <= limit:
                    return file.read(limit)
        except OSError as error:
            raise self._unreadable(name, error) from None
        self.findings.append(self.told("B006", f"is longer than the {limit:,} bytes that are read of its kind", name))
        return b""

    def sums(self, name: str, algorithms: Iterable[str]) -> Mapping[str, str]:
        """The checksums of a file by algorithm, each computed once.

        Raises:
            UsageError: it cannot be read.
        """
        known = self._sums.setdefault(name, {})
        if lacking := [a for a in algorithms if a not in known]:
            hashes = {a: hashlib.new(a, usedforsecurity=False) for a in lacking}
            try:
                with os.fdopen(os.open(self.files[name], _OPEN), "rb") as file:
                    while chunk := file.read(_CHUNK):
                        for each in hashes.values():
                            each.update(chunk)
            except OSError as error:
                raise self._unreadable(name, error) from None
            known.update({a: each.hexdigest() for a, each in hashes.items()})
        return known

    def _unreadable(self, name: str, error: OSError) -> UsageError:
        return UsageError(f"{self.folder / name}: cannot be read: {error.strerror}; check its permissions")


def above(name: str) -> str:
    """The folder of a file with a / at its end, "" for the package itself."""
    return name[: len(name) - len(base(name))]


def base(name: str) -> str:
    """The last part of a name."""
    return name.rpartition("/")[2]
