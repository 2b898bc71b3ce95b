"""A deposit → its record, a JSON file in every package; two records → what changed, document by document.

The record says of each document what its header and its text are, as sums of a form in which neither line breaks nor
the order of attributes count; so a document has changed only where its TEI says something else.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from teipress import tei
from teipress.deposit.holding import Holding, Role
from teipress.errors import UsageError
from teipress.tei import Element

RECORD = "deposit.json"
VERSION = 1
GONE, NEW, RENAMED, CHANGED, TEXT, HEADER = "gone", "new", "renamed", "changed", "text", "header"
WHAT = frozenset({GONE, NEW, RENAMED, CHANGED, TEXT, HEADER, f"{HEADER} and {TEXT}"})  # what can become of something
_SPACE = re.compile(r"\s+")
_UNCOMPARED = frozenset({Role.README, Role.REPORT, Role.METADATA})  # these change whenever something else does


@dataclass(frozen=True, slots=True)
class State:
    """What a document was in a deposit: sums (SHA-256) of its header and of everything else of it."""

    id: str
    title: str
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a document, or of a file (`document` is "" then): new, gone, renamed, or which part changed.

    `title` is that of the document, or the path of the file.
    """

    document: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a deposit says of itself for the next one: whom it is for, and `files`, paths with their sums (SHA-256).

    `changes` are those since the deposit of the moment `since`, "" if there was none; moments are ISO 8601.
    """

    name: str
    audience: str
    moment: str
    generator: str
    documents: tuple[State, ...]
    files: Mapping[str, str]
    since: str = ""
    changes: tuple[Change, ...] = ()


def state(slug: str, title: str, root: Element) -> State:
    """The state of a document from its TEI as it is published."""
    header = tei.child(root, "teiHeader")
    parts = [part for part in root.iterchildren(etree.Element) if part is not header]
    return State(slug, title, _sum([] if header is None else [header]), _sum(parts))


def state_of_all(name: str, title: str, root: Element) -> State:
    """The state of an edition of several documents: that of its own header, for the documents have theirs."""
    header = tei.child(root, "teiHeader")
    return State(name, title, _sum([] if header is None else [header]), _sum([]))


def _sum(parts: Iterable[Element]) -> str:
    """One sum for some elements in canonical form (Exclusive XML Canonicalization 1.0), white space run together."""
    digest = hashlib.sha256()
    for part in parts:
        alone = copy.deepcopy(part)  # without the text after it
        whole = etree.tostring(alone, method="c14n", exclusive=True, with_comments=False)
        digest.update(_SPACE.sub(" ", whole.decode()).encode())
    return digest.hexdigest()


def compared(holdings: Iterable[Holding]) -> dict[str, str]:
    """The files that count when two deposits are compared."""
    return {h.path.as_posix(): h.sha256 for h in holdings if h.role not in _UNCOMPARED}


def changes(old: Record, new: Record) -> tuple[Change, ...]:
    """What is another in a new deposit: documents in their order, then those that are gone, then files by path.

    A document is renamed if its identifier is new, and one that is gone said the same, header and text.
    """
    before, now = {d.id: d for d in old.documents}, {d.id: d for d in new.documents}
    left = {_said(d): d.id for d in old.documents if d.id not in now}
    renamed = {d.id: left.pop(_said(d)) for d in new.documents if d.id not in before and _said(d) in left}
    found = [Change(d.id, d.title, RENAMED if d.id in renamed else _what(before.get(d.id), d)) for d in new.documents]
    gone = (d for d in old.documents if d.id not in now and d.id not in renamed.values())
    found += [Change(d.id, d.title, GONE) for d in gone]
    for path in sorted({*old.files, *new.files}):
        if old.files.get(path) != new.files.get(path):
            what = NEW if path not in old.files else GONE if path not in new.files else CHANGED
            found.append(Change("", path, what))
    return tuple(c for c in found if c.what)


def _said(document: State) -> tuple[str, str]:
    return document.header, document.text


def _what(old: State | None, new: State) -> str:
    if old is None:
        return NEW
    parts = [name for name in (HEADER, TEXT) if getattr(old, name) != getattr(new, name)]
    return " and ".join(parts)


def serialise(record: Record, holdings: Iterable[Holding]) -> bytes:
    """The record as JSON: what `Record` has, and of each file what it is, its size in bytes and both its sums."""
    files = [
        {"path": h.path.as_posix(), "role": h.role.value, "type": h.media_type, "size": h.size}
        | {"sha256": h.sha256, "sha512": h.sha512}
        | ({"document": h.document} if h.document else {})
        for h in sorted(holdings, key=lambda h: h.path.as_posix())
    ]
    said = {"version": VERSION, **asdict(record), "files": files}
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def load(path: Path) -> Record:
    """The record of an earlier deposit.

    Raises:
        UsageError: it is none.
    """
    try:
        said = json.loads(path.read_bytes())
        if said["version"] != VERSION:
            raise UsageError(f"{path}: was written by a newer teipress; use that one")
        return _record(said)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; check the path") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{path}: is no record of a deposit; name a folder that a deposit made") from None


def _record(said: Any) -> Record:
    return Record(
        name=str(said["name"]),
        audience=str(said["audience"]),
        moment=_moment(said["moment"]),
        generator=str(said["generator"]),
        documents=tuple(State(*(str(d[key]) for key in ("id", "title", "header", "text"))) for d in said["documents"]),
        files={str(f["path"]): str(f["sha256"]) for f in said["files"] if Role(f["role"]) not in _UNCOMPARED},
        since="" if said["since"] == "" else _moment(said["since"]),
        changes=tuple(_change(c) for c in said["changes"]),
    )


def _moment(said: str) -> str:
    """A moment that a record states: it is printed, so it may be no other text."""
    datetime.fromisoformat(said)
    return said


def _change(said: Any) -> Change:
    if said["what"] not in WHAT:
        raise ValueError(said["what"])
    return Change(str(said["document"]), str(said["title"]), said["what"])


def find(folder: Path) -> Path:
    """The record of a deposit from its folder, or from that of one of its packages; of versions that of the last.

    Raises:
        UsageError: there is none.
    """
    own = folder / RECORD
    found = own if own.is_file() else max(sorted(folder.rglob(RECORD)), key=_version, default=None)
    if found is None:
        raise UsageError(f"{folder}: holds no deposit ({RECORD}); name a folder that teipress deposit has made")
    return found


def _version(path: Path) -> int:
    """Which version of an OCFL object a path belongs to, 0 if none."""
    numbers = [int(part[1:]) for part in path.parts if re.fullmatch(r"v\d+", part)]
    return numbers[-1] if numbers else 0
