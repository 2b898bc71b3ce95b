"""A deposit → a version of an object in an OCFL 1.1 storage root.

The root may hold an object already: then the deposit is its next version, and content that it has in any version is
not stored again (OCFL 1.1, 3.5.3). An object keeps the identifier that it has, even if the edition is now called
otherwise. A deposit that says the same as the last version adds none.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from teipress.deposit.holding import Deposit, Holding
from teipress.errors import UsageError

ROOT, OBJECT = "0=ocfl_1.1", "0=ocfl_object_1.1"
LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"  # folders by a hash of the identifier, the last named after it
_LAYOUT_SAID = "Hashed truncated n-tuple trees with the object's identifier, percent-encoded, as the last folder"
_TUPLES, _TUPLE, _LONGEST = 3, 3, 100
_PLAIN = re.compile(r"[A-Za-z0-9_-]")


def write(deposit: Deposit, folder: Path) -> None:
    """Add a deposit to the storage root `folder`, which is made where there is none.

    Raises:
        UsageError: the object that is there cannot be continued.
    """
    if not (folder / ROOT).exists():
        _write_root(folder)
    identifier = _known(folder) or deposit.description.identifier
    place = folder / object_path(identifier)
    inventory = _inventory(place, identifier)
    state = _state(deposit.holdings)
    if inventory["head"] and inventory["versions"][inventory["head"]]["state"] == state:
        return
    head = f"v{len(inventory['versions']) + 1}"
    _store(deposit.holdings, inventory, place, head)
    inventory["head"] = head
    inventory["versions"][head] = {
        "created": deposit.stamp,
        "message": f"{deposit.description.title} ({deposit.generator})",
        "state": state,
        "user": _user(deposit),
    }
    _write_inventory(inventory, place, head)


def _user(deposit: Deposit) -> dict[str, str]:
    """Whose version it is: somebody with an ORCID, whose address that is, else the publisher."""
    for agent in deposit.description.agents:
        for kind, number in agent.identifiers:
            if kind == "ORCID":
                return {"name": agent.plain, "address": f"https://orcid.org/{number.rpartition('/')[2]}"}
    return {"name": deposit.description.publisher or deposit.generator}


def root_files() -> dict[str, bytes]:
    """The files that a storage root of ours has besides its objects, by their names."""
    config = {"extensionName": LAYOUT, "digestAlgorithm": "sha256", "tupleSize": _TUPLE, "numberOfTuples": _TUPLES}
    return {
        ROOT: b"ocfl_1.1\n",
        "ocfl_layout.json": _json({"extension": LAYOUT, "description": _LAYOUT_SAID}),
        f"extensions/{LAYOUT}/config.json": _json(config),
    }


def _write_root(folder: Path) -> None:
    for name, content in root_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def object_path(identifier: str) -> Path:
    """Where an object is in a storage root (OCFL community extension 0003)."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    tuples = [digest[i * _TUPLE : (i + 1) * _TUPLE] for i in range(_TUPLES)]
    parts = (c if _PLAIN.match(c) else "".join(f"%{byte:02x}" for byte in c.encode()) for c in identifier)
    name = "".join(parts)
    return Path(*tuples, name if len(name) <= _LONGEST else f"{name[:_LONGEST]}-{digest}")


def _known(folder: Path) -> str:
    """The identifier of the object in a storage root, if there is one and no other."""
    found = list(folder.glob("*/" * (_TUPLES + 1) + "inventory.json"))
    if len(found) != 1:
        return ""
    try:
        said = str(json.loads(found[0].read_bytes())["id"])
    except (OSError, ValueError, KeyError, TypeError):
        said = ""
    if found[0].parent != folder / object_path(said):
        raise _damaged(found[0])
    return said


def _damaged(inventory: Path) -> UsageError:
    hint = "check it, or deposit into a new folder"
    return UsageError(f"{inventory}: is damaged, or was not made by teipress; {hint}")


def _inventory(place: Path, identifier: str) -> dict[str, Any]:
    path = place / "inventory.json"
    if not path.exists():
        kind = "https://ocfl.io/1.1/spec/#inventory"
        new = {"id": identifier, "type": kind, "digestAlgorithm": "sha512", "head": ""}
        return {**new, "fixity": {"sha256": {}}, "manifest": {}, "versions": {}}
    try:
        found = json.loads(path.read_bytes())
        sound = hashlib.sha512(path.read_bytes()).hexdigest() in path.with_name("inventory.json.sha512").read_text()
        if sound and found["id"] == identifier and found["head"] == f"v{len(found['versions'])}":
            found["versions"][found["head"]]["state"]
            found.setdefault("fixity", {}).setdefault("sha256", {})
            return dict(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise _damaged(path)


def _state(holdings: tuple[Holding, ...]) -> dict[str, list[str]]:
    """The logical paths of each content."""
    state: dict[str, list[str]] = {}
    for holding in sorted(holdings, key=lambda h: h.path.as_posix()):
        state.setdefault(holding.sha512, []).append(holding.path.as_posix())
    return state


def _store(holdings: tuple[Holding, ...], inventory: dict[str, Any], place: Path, head: str) -> None:
    """Copy what no version has yet."""
    for holding in sorted(holdings, key=lambda h: h.path.as_posix()):
        if holding.sha512 in inventory["manifest"]:
            continue
        path = f"{head}/content/{holding.path.as_posix()}"
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(holding.data, place / path)
        inventory["manifest"][holding.sha512] = [path]
        inventory["fixity"]["sha256"].setdefault(holding.sha256, []).append(path)


def _write_inventory(inventory: dict[str, Any], place: Path, head: str) -> None:
    (place / head).mkdir(parents=True, exist_ok=True)
    (place / OBJECT).write_text("ocfl_object_1.1\n", "ascii")
    for folder in (place / head, place):
        digest = _write_json(folder / "inventory.json", inventory)
        (folder / "inventory.json.sha512").write_text(f"{digest} inventory.json\n", "ascii")


def _write_json(path: Path, value: object) -> str:
    """A JSON file; its sum."""
    data = _json(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha512(data).hexdigest()


def _json(value: object) -> bytes:
    """JSON with its keys in order."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
