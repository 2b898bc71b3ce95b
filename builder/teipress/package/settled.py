"""The files of a Pagefind index → the same files, whatever order its hash tables had this time.

Pagefind 1.5 writes the values of a filter in the order of a table that is seeded anew in each run, and names the file
after its bytes; the file that lists all others changes with it. Here the values are put in order, and both files get
names of what is in them then. They hold CBOR (RFC 8949), compressed, after a mark.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import Any

_MARK = b"pagefind_dcd"
_FILTER = ".pf_filter"
_META = ".pf_meta"
_ENTRY = "pagefind-entry.json"


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of one index by path, in a fixed order and with fixed names."""
    names: dict[str, str] = {}
    result: dict[str, bytes] = {}
    for path, data in files.items():
        if path.endswith(_FILTER):
            name, values = _load(data)
            packed = _pack([name, sorted(values)])
            old = path.removeprefix("filter/").removesuffix(_FILTER)
            names[old] = _named(old, packed)
            result[f"filter/{names[old]}{_FILTER}"] = packed
        elif not path.endswith((_META, _ENTRY)):
            result[path] = data
    (meta,) = (path for path in files if path.endswith(_META))
    version, pages, chunks, filters, *rest = _load(files[meta])
    packed = _pack([version, pages, chunks, sorted([name, names[old]] for name, old in filters), *rest])
    old = meta.removeprefix("pagefind.").removesuffix(_META)
    new = _named(old, packed)
    result[f"pagefind.{new}{_META}"] = packed
    entry = files[_ENTRY].decode().replace(json.dumps(old), json.dumps(new))
    result[_ENTRY] = entry.encode()
    return dict(sorted(result.items()))


def _named(old: str, data: bytes) -> str:
    """A name as Pagefind gives it: the language, and a part of the hash."""
    language, _, digits = old.rpartition("_")
    return f"{language}_{hashlib.sha256(data).hexdigest()[: len(digits)]}"


def _load(data: bytes) -> Any:
    value, _ = _decode(gzip.decompress(data).removeprefix(_MARK), 0)
    return value


def _pack(value: Any) -> bytes:
    return gzip.compress(_MARK + _encode(value), 9, mtime=0)


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    """One CBOR value and where the next begins: numbers, texts and arrays, which is all that there is."""
    kind, count, at = data[at] >> 5, data[at] & 31, at + 1
    if count >= 24:
        length = 1 << (count - 24)
        count, at = int.from_bytes(data[at : at + length], "big"), at + length
    if kind == 0:
        return count, at
    if kind == 3:
        return data[at : at + count].decode(), at + count
    if kind != 4:
        raise ValueError(f"a CBOR value of type {kind} in Pagefind's files")
    items: list[Any] = []
    for _ in range(count):
        item, at = _decode(data, at)
        items.append(item)
    return items, at


def _encode(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    return _head(4, len(value)) + b"".join(map(_encode, value))


def _head(kind: int, count: int) -> bytes:
    """The first bytes of a CBOR value, as short as they can be."""
    if count < 24:
        return bytes([kind << 5 | count])
    length = next(n for n in (1, 2, 4, 8) if count < 1 << 8 * n)
    return bytes([kind << 5 | 24 + length.bit_length() - 1]) + count.to_bytes(length, "big")
