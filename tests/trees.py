"""Outputs as bytes: what is in a folder, where two of them differ, and whether one is what its manifest says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

AROUND = 40  # bytes that are shown on both sides of the first that differs


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """A line for each file that is not the same: which, from what byte on, and what stands there."""
    names = sorted(one.keys() | other.keys())
    return [_difference(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)]


def _difference(name: str, one: bytes | None, other: bytes | None) -> str:
    if one is None or other is None:
        return f"{name} is only in the {'second' if one is None else 'first'}"
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - AROUND)
    return f"{name} from byte {at} on: {one[start : at + AROUND]!r} / {other[start : at + AROUND]!r}"


def damages(out: Path) -> list[str]:
    """Why an output is not whole: a file that its manifest names is gone or changed, or one is there that it does not.

    It is read without any code of the program: what is on the disk has to speak for itself.
    """
    try:
        listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        return [f"manifest.json: {error!r}"]
    sums = {file["path"]: file["sha256"] for file in listed}
    there = {name: data for name, data in tree(out).items() if name != "manifest.json"}
    found = [f"{name} is gone" for name in sums.keys() - there.keys()]
    found += [f"{name} is in no manifest" for name in there.keys() - sums.keys()]
    same = sums.keys() & there.keys()
    return found + [f"{name} has changed" for name in same if hashlib.sha256(there[name]).hexdigest() != sums[name]]
