"""An OCFL storage root or object → findings: OCFL 1.0 and 1.1, every version of every object, whoever made it.

Files that OCFL lets a validator ignore (in the folder ``logs`` of an object, and of extensions) are covered by no sum;
of those that lie in the storage root itself, that is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from teipress.deposit.check.lists import Sums, compare, is_digest, leads_out
from teipress.deposit.check.package import ALGORITHMS, Package
from teipress.deposit.ocfl import root_files
from teipress.findings import Finding

ROOT, OBJECT, INVENTORY = "0=ocfl_", "0=ocfl_object_", "inventory.json"
_KNOWN = ("1.0", "1.1")
_SIDECAR = re.compile(r"([0-9a-fA-F]+)[ \t]+inventory\.json(?:\r?\n)?")
_VERSION = re.compile(r"v(0*[1-9]\d*)")
_FREE = ("logs/", "extensions/")  # folders of an object that are not content
_HINT = "restore it from another copy of the package"


class _Broken(Exception):
    """An inventory that says nothing usable; the message says what is wrong."""


def check_ocfl(package: Package) -> Iterator[Finding]:
    """What no longer holds of a storage root, or of an object by itself."""
    names = set(package.files)
    objects = sorted({_above(n) for n in names if _base(n).startswith(OBJECT)} | _headed(names))
    objects = [o for o in objects if not any(o != other and _in(o, other) for other in objects)]
    is_root = objects != [""]
    if is_root:
        yield from _declared(package, "", ROOT, "ocfl_")
        outside = {n for n in names if not any(_in(n, o) for o in objects)}
        within = {n for n in outside if "/" in n and not n.startswith("extensions/")}
        for name in sorted(within):
            yield package.told("B003", "belongs to no object", name, "take it out, or find out who put it there")
        yield from _loose(package, {n for n in outside - within if not n.startswith(ROOT)})
    for place in objects:
        try:
            yield from _object(package, place)
        except _Broken as broken:
            yield package.told("B006", str(broken), f"{place}{INVENTORY}", _HINT)


def _loose(package: Package, names: set[str]) -> Iterator[Finding]:
    """The files of the storage root: no inventory lists them, but in one of ours they are always the same."""
    own = {name: content for name, content in root_files().items() if not name.startswith(ROOT)}
    if not any(name in names and package.read(name) == content for name, content in own.items()):
        for name in sorted(names):
            yield package.told("B011", "belongs to the storage root: whether it has changed cannot be told", name)
        return
    for name in sorted(names | own.keys()):
        if name not in names:
            yield package.told("B001", "is missing, as every storage root of teipress has it", name, _HINT)
        elif name not in own:
            yield package.told("B003", "belongs to no object", name, "take it out, or find out who put it there")
        elif package.read(name) != own[name]:
            yield package.told("B002", "is not as every storage root of teipress has it", name, _HINT)


def _headed(names: Iterable[str]) -> set[str]:
    """The folders with an inventory that is not that of a version: objects, even where their declaration is lost."""
    folders = {_above(name) for name in names if _base(name) == INVENTORY}
    return {f for f in folders if not _VERSION.fullmatch(f.rstrip("/").rpartition("/")[2])}


def _above(name: str) -> str:
    """The folder of a file with a / at its end, "" for the package itself."""
    return name[: len(name) - len(_base(name))]


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _in(name: str, folder: str) -> bool:
    return name.startswith(folder)


def _declared(package: Package, place: str, prefix: str, word: str) -> Iterator[Finding]:
    """The file that says what a folder is (Namaste): its name and what is in it are the same."""
    found = [n for n in package.files if _above(n) == place and _base(n).startswith(prefix)]
    found = [n for n in found if prefix != ROOT or not _base(n).startswith(OBJECT)]
    if not found:
        yield package.told(
            "B001", "is missing: the file that says of what version this is", f"{place}{prefix}1.1", _HINT
        )
    for name in found:
        version = _base(name).removeprefix(prefix)
        if version not in _KNOWN:
            yield package.told("B007", f'is of version "{version}", which is not known', name)
        elif package.read(name, 100) != f"{word}{version}\n".encode():
            yield package.told("B002", f'must hold "{word}{version}" and a line end', name, _HINT)
    if len(found) > 1:
        yield package.told("B006", "is one declaration of several", found[1])


def _object(package: Package, place: str) -> Iterator[Finding]:
    yield from _declared(package, place, OBJECT, "ocfl_object_")
    inventory = _inventory(package, place)
    algorithm = inventory["digestAlgorithm"]
    listed = Sums()
    for digest, paths in inventory["manifest"].items():
        for path in paths:
            listed.setdefault(place + path, {})[algorithm] = digest
    for other, block in inventory.get("fixity", {}).items():
        for digest, paths in block.items() if other in ALGORITHMS else ():
            for path in paths:
                listed.setdefault(place + path, {})[other] = digest
    own = {n for n in package.files if _in(n, place)}
    free = {n for n in own if any(_in(n, place + folder) for folder in _FREE)}
    told = {n for n in own if _base(n) == INVENTORY or _base(n).startswith(f"{INVENTORY}.")}
    told = {n for n in told if _above(n) == place or _VERSION.fullmatch(_above(n)[len(place) :].rstrip("/"))}
    namaste = {n for n in own if _above(n) == place and _base(n).startswith(OBJECT)}
    yield from compare(package, listed, own - free - told - namaste)
    yield from _versions(package, place, inventory, told)


def _inventory(package: Package, place: str) -> dict[str, Any]:
    """The inventory of an object, its form checked as far as it is used (OCFL 1.1, 3.5). Raises _Broken."""
    name = package.find(f"{place}{INVENTORY}")
    if not name:
        raise _Broken("is missing: the inventory of this object")
    try:
        found = json.loads(package.read(name))
    except (ValueError, RecursionError):
        raise _Broken("is no JSON") from None
    if not isinstance(found, dict) or found.get("digestAlgorithm") not in ("sha512", "sha256"):
        raise _Broken("names no digest algorithm of OCFL")
    if not isinstance(found.get("id"), str) or not found["id"]:
        raise _Broken("names no object")
    blocks = [found.get("manifest"), *(b.values() if isinstance(b := found.get("fixity", {}), dict) else [None])]
    versions = found.get("versions")
    if not isinstance(versions, dict) or not all(isinstance(v, dict) for v in versions.values()):
        raise _Broken("lists no versions")
    blocks += [version.get("state") for version in versions.values()]
    for block in blocks:
        if not isinstance(block, dict) or not all(_are_paths(paths) for paths in block.values()):
            raise _Broken("has a list of digests and paths that is none, or a path that leads out")
    return found


def _are_paths(paths: object) -> bool:
    return isinstance(paths, list) and all(isinstance(p, str) and not leads_out(p) for p in paths)


def _versions(package: Package, place: str, inventory: dict[str, Any], told: set[str]) -> Iterator[Finding]:
    """The versions run on from the first to the head, their states are of what there is, their inventories whole."""
    name, algorithm = f"{place}{INVENTORY}", inventory["digestAlgorithm"]
    yield from (package.told("B006", fault, name, _HINT) for fault in _faults(inventory))
    for folder in (place, *(f"{place}{version}/" for version in inventory["versions"])):
        if any(_above(n) == folder for n in told):
            yield from _sidecar(package, folder, algorithm)
    head = f"{place}{inventory.get('head')}/{INVENTORY}"
    if head in told and package.sums(head, [algorithm])[algorithm] != package.sums(name, [algorithm])[algorithm]:
        yield package.told("B006", "is not the inventory that the object has", head, _HINT)


def _faults(inventory: dict[str, Any]) -> Iterator[str]:
    """What an inventory says that cannot be."""
    numbers = {v: int(m[1]) if (m := _VERSION.fullmatch(v)) else 0 for v in inventory["versions"]}
    if sorted(numbers.values()) != list(range(1, len(numbers) + 1)):
        yield "lists versions that do not run on from the first"
    elif numbers.get(str(inventory.get("head"))) != len(numbers):
        yield "calls a version its head that is not the last"
    digests = {digest.lower() for digest in inventory["manifest"]}
    for version, content in inventory["versions"].items():
        lost = [path for digest, paths in content["state"].items() if digest.lower() not in digests for path in paths]
        if lost:
            yield f'has no content for "{lost[0]}" of version {version}'
    for digest in inventory["manifest"]:
        if not is_digest(digest, inventory["digestAlgorithm"]):
            yield f'has a digest that is none: "{digest[:20]}"'


def _sidecar(package: Package, folder: str, algorithm: str) -> Iterator[Finding]:
    """An inventory and the file with its sum stand together."""
    name = f"{folder}{INVENTORY}"
    sidecars = [n for n in package.files if _above(n) == folder and _base(n).startswith(f"{INVENTORY}.")]
    if name not in package.files:
        yield package.told("B001", "is missing, though there is its sum", name, _HINT)
        return
    if not sidecars:
        yield package.told("B001", "is missing: the sum of the inventory", f"{name}.{algorithm}", _HINT)
    for sidecar in sidecars:
        kind = _base(sidecar).removeprefix(f"{INVENTORY}.")
        match = _SIDECAR.fullmatch(package.read(sidecar, 1000).decode("ascii", "replace"))
        if kind not in ALGORITHMS:
            yield package.told("B003", "is no sum of the inventory by a known algorithm", sidecar)
        elif not match or not is_digest(match[1], kind):
            yield package.told("B006", "does not hold a digest and the name of the inventory", sidecar, _HINT)
        elif package.sums(name, [kind])[kind] != match[1].lower():
            yield package.told("B002", "is not what it was: the sum beside it differs", name, _HINT)
