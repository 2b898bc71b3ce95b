"""An OCFL storage root or object → findings: OCFL 1.0 and 1.1, every version of every object, whoever made it.

Files that OCFL lets a validator ignore (in the folder ``logs`` of an object, and of extensions) are covered by no sum;
of those that lie in the storage root itself, that is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from teipress.deposit.check.lists import Sums, compare, is_digest, leads_out
from teipress.deposit.check.package import ALGORITHMS, RESTORE, Package, above, base
from teipress.deposit.ocfl import root_files
from teipress.findings import Finding

ROOT, OBJECT, INVENTORY = "0=ocfl_", "0=ocfl_object_", "inventory.json"
_KNOWN = ("1.0", "1.1")
_SIDECAR = re.compile(r"([0-9a-fA-F]+)[ \t]+inventory\.json(?:\r?\n)?")
_VERSION = re.compile(r"v(0{0,9}[1-9]\d{0,8})")
_FREE = ("logs/", "extensions/")  # folders of an object that are not content


class _Broken(Exception):
    """An inventory that says nothing usable; the message says what is wrong."""


def check_ocfl(package: Package) -> Iterator[Finding]:
    """What no longer holds of a storage root, or of an object by itself."""
    places = _objects(package)
    if places == {""}:
        yield from _object(package)
        return
    yield from _declared(package, ROOT, "ocfl_")
    owned: dict[str, list[str]] = {place: [] for place in places}
    loose = set()
    for name in sorted(package.files):
        if (place := next((above for above in _folders(name) if above in places), None)) is not None:
            owned[place].append(name)
        elif "/" in name and not name.startswith("extensions/"):
            yield package.told("B003", "belongs to no object", name, "take it out, or find out who put it there")
        elif not name.startswith(ROOT):
            loose.add(name)
    yield from _loose(package, loose)
    for place, names in sorted(owned.items()):
        one = package.part(place.rstrip("/"), names)
        yield from _object(one)
        yield from one.findings


def _objects(package: Package) -> set[str]:
    """The folders of the objects, each with a / at its end; an inventory makes one, even if its declaration is lost."""
    declared = {above(n) for n in package.files if base(n).startswith(OBJECT)}
    headed = {above(n) for n in package.files if base(n) == INVENTORY}
    found = declared | {f for f in headed if not _VERSION.fullmatch(f.rstrip("/").rpartition("/")[2])}
    return {place for place in found if not any(above in found for above in _folders(place) if above != place)}


def _folders(name: str) -> Iterator[str]:
    """The folders that a file lies in, each with a / at its end, the widest first: that of the package is ""."""
    yield ""
    yield from (name[: m.end()] for m in re.finditer("/", name))


def _loose(package: Package, names: set[str]) -> Iterator[Finding]:
    """The files of the storage root: no inventory lists them, but in one of ours they are always the same."""
    own = {name: content for name, content in root_files().items() if not name.startswith(ROOT)}
    if not any(name in names and package.read(name) == content for name, content in own.items()):
        for name in sorted(names):
            yield package.told("B011", "belongs to the storage root: whether it has changed cannot be told", name)
        return
    for name in sorted(names | own.keys()):
        if name not in names:
            yield package.told("B001", "is missing, as every storage root of teipress has it", name, RESTORE)
        elif name not in own:
            yield package.told("B003", "belongs to no object", name, "take it out, or find out who put it there")
        elif package.read(name) != own[name]:
            yield package.told("B002", "is not as every storage root of teipress has it", name, RESTORE)


def _declared(package: Package, prefix: str, word: str) -> Iterator[Finding]:
    """The file that says what a folder is (Namaste): its name and what is in it are the same."""
    found = [n for n in package.loose if n.startswith(prefix) and (prefix == OBJECT or not n.startswith(OBJECT))]
    if not found:
        yield package.told("B001", "is missing: the file that says of what version this is", f"{prefix}1.1", RESTORE)
    for name in found:
        version = name.removeprefix(prefix)
        if version not in _KNOWN:
            yield package.told("B007", f'is of version "{version}", which is not known', name)
        elif package.read(name, 100) != f"{word}{version}\n".encode():
            yield package.told("B002", f'must hold "{word}{version}" and a line end', name, RESTORE)
    if len(found) > 1:
        yield package.told("B006", "is one declaration of several", found[1])


def _object(package: Package) -> Iterator[Finding]:
    """What no longer holds of an object; `package` is its folder."""
    yield from _declared(package, OBJECT, "ocfl_object_")
    if not package.find(INVENTORY):
        yield package.told("B001", "is missing: what this object is made of", INVENTORY, RESTORE)
        return
    try:
        inventory = _inventory(package)
    except _Broken as broken:
        yield package.told("B006", str(broken), INVENTORY, RESTORE)
        return
    listed = Sums()
    blocks = {**inventory.get("fixity", {}), inventory["digestAlgorithm"]: inventory["manifest"]}
    for algorithm, block in blocks.items():
        for digest, paths in block.items() if algorithm in ALGORITHMS else ():
            for path in paths:
                listed.setdefault(path, {})[algorithm] = digest
    sidecars = {INVENTORY, *(f"{INVENTORY}.{a}" for a in ALGORITHMS)}
    own = {n for n in package.loose if n in sidecars or n.startswith(OBJECT)}
    told = {n for n in package.files if base(n) in sidecars and _VERSION.fullmatch(above(n).rstrip("/"))}
    free = {n for n in package.files if n.startswith(_FREE)}
    yield from compare(package, listed, package.files.keys() - own - told - free)
    yield from (package.told("B006", fault, INVENTORY, RESTORE) for fault in _faults(inventory))
    for folder in sorted({"", *map(above, told)}):
        yield from _sidecar(package, folder, inventory["digestAlgorithm"])
    head = f"{inventory.get('head')}/{INVENTORY}"
    if head in told and package.read(head) != package.read(INVENTORY):
        yield package.told("B006", "is not the inventory that the object has", head, RESTORE)


def _inventory(package: Package) -> dict[str, Any]:
    """The inventory of an object, its form checked as far as it is used (OCFL 1.1, 3.5). Raises _Broken."""
    try:
        found = json.loads(package.read(INVENTORY))
    except (ValueError, RecursionError):
        raise _Broken("is no JSON") from None
    if not isinstance(found, dict) or found.get("digestAlgorithm") not in ("sha512", "sha256"):
        raise _Broken("names no digest algorithm of OCFL")
    if not isinstance(found.get("id"), str) or not found["id"]:
        raise _Broken("names no object")
    fixity, versions = found.get("fixity", {}), found.get("versions")
    if not isinstance(versions, dict) or not all(isinstance(v, dict) for v in versions.values()):
        raise _Broken("lists no versions")
    blocks = [found.get("manifest"), *(version.get("state") for version in versions.values())]
    blocks += fixity.values() if isinstance(fixity, dict) else [None]
    for block in blocks:
        if not isinstance(block, dict) or not all(_are_paths(paths) for paths in block.values()):
            raise _Broken("has a list of digests and paths that is none, or a path that leads out")
    return found


def _are_paths(paths: object) -> bool:
    return isinstance(paths, list) and all(isinstance(p, str) and not leads_out(p) for p in paths)


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
    """The inventory of an object or of a version, and the file with its sum, stand together."""
    name, sidecars = f"{folder}{INVENTORY}", [f"{folder}{INVENTORY}.{a}" for a in ALGORITHMS]
    found = [sidecar for sidecar in sidecars if sidecar in package.files]
    if name not in package.files:
        yield package.told("B001", "is missing, though there is its sum", name, RESTORE)
    elif not found:
        yield package.told("B001", "is missing: the sum of the inventory", f"{name}.{algorithm}", RESTORE)
    for sidecar in found if name in package.files else ():
        kind = sidecar.rpartition(".")[2]
        match = _SIDECAR.fullmatch(package.read(sidecar, 1000).decode("ascii", "replace"))
        if not match or not is_digest(match[1], kind):
            yield package.told("B006", "does not hold a digest and the name of the inventory", sidecar, RESTORE)
        elif package.sums(name, [kind])[kind] != match[1].lower():
            yield package.told("B002", "is not what it was: the sum beside it differs", name, RESTORE)
