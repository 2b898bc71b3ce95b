"""An encoded document → its file, and never over what an editor has done.

The file says in a processing instruction which characters the encoder wrote (their SHA-256), so that it is known
later whether anybody has changed them.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teipress import tei
from teipress.errors import UsageError
from teipress.tei import Element

_SEAL = re.compile(rb'<\?teipress encoded="([0-9a-f]{64})"\?>\n')
_CONTAINERS = frozenset(
    "TEI teiHeader fileDesc titleStmt respStmt publicationStmt availability sourceDesc encodingDesc projectDesc"
    " editorialDecl classDecl taxonomy appInfo application profileDesc langUsage creation text front body back div"
    " titlePage docTitle list table row closer quote revisionDesc".split()
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an output: `path` is the file that holds the new encoding.

    `kept` is the file of an editor that was left alone, `diff` the file with the differences between the two.
    """

    path: Path
    unchanged: bool = False
    kept: Path | None = None
    diff: Path | None = None


def serialise(root: Element) -> bytes:
    """The bytes of a TEI file, sealed, in UTF-8, with a line for each block."""
    tei.indent(root, _CONTAINERS)
    document = b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8") + b"\n"
    start = document.index(b"\n") + 1
    return document[:start] + _seal(document) + document[start:]


def save(path: Path, content: bytes, force: bool = False) -> Saved:
    """Write an encoding into `path`, unless something stands there.

    An earlier encoding that nobody has changed is replaced if `force`; one that somebody has changed is kept, and
    the new one is written beside it, with the differences.

    Raises:
        UsageError: the file exists and `force` is not given, or it cannot be written.
    """
    try:
        if not path.exists():
            _write(path, content)
            return Saved(path)
        if not path.is_file():
            raise UsageError(f"{path}: this is no file that could be written; choose another place with -o")
        before = path.read_bytes()
        if before == content:
            return Saved(path, unchanged=True)
        if not _is_ours(before):
            return _beside(path, before, content)
        if not force:
            raise UsageError(f"{path}: the file is there already; --force encodes it anew, -o names another one")
        _write(path, content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}; choose another place with -o") from None
    return Saved(path)


def _beside(path: Path, before: bytes, content: bytes) -> Saved:
    new, diff = path.with_suffix(".new.xml"), path.with_suffix(".diff")
    if new.exists() and not _is_ours(new.read_bytes()):
        raise UsageError(f"{new}: this file was changed, too; move it away, then encode again")
    _write(new, content)
    old, renewed = (text.decode("utf-8", "replace").splitlines(keepends=True) for text in (before, content))
    _write(diff, "".join(difflib.unified_diff(old, renewed, path.name, new.name)).encode())
    return Saved(new, kept=path, diff=diff)


def _seal(document: bytes) -> bytes:
    return b'<?teipress encoded="%s"?>\n' % hashlib.sha256(document).hexdigest().encode()


def _is_ours(document: bytes) -> bool:
    """Whether a file is an encoding that nobody has changed."""
    found = _SEAL.search(document)
    return found is not None and _seal(document[: found.start()] + document[found.end() :]) == found[0]


def _write(path: Path, content: bytes) -> None:
    """Write a whole file or none; a link stays one, and the file that it leads to is written."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_mask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
