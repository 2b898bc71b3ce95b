"""A bag → findings: BagIt 0.93 to 1.0 (RFC 8493), complete and valid, whoever made it.

What RFC 8493 leaves to choice is asked for where it tells damage: a tag file that no tag manifest lists is told, and
so is a payload manifest without a tag manifest of its algorithm, if there are tag manifests at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from teipress.deposit.check.lists import Sums, compare, leads_out, lines, read_sums
from teipress.deposit.check.package import ALGORITHMS, Package
from teipress.findings import Finding

_DECLARATION = re.compile(r"BagIt-Version: (\d+\.\d+)\r?[\n\r]Tag-File-Character-Encoding: ([\w-]+)\s*")
_MANIFEST = re.compile(r"(tag)?manifest-(\w+)\.txt")
_KNOWN = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
_ENCODINGS = ("UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE", "US-ASCII", "ISO-8859-1")
_OXUM = re.compile(r"^Payload-Oxum:[ \t]*(\S*)", re.MULTILINE)


def check_bag(package: Package) -> Iterator[Finding]:
    """What no longer holds of a bag."""
    version, encoding = "1.0", "UTF-8"
    here = "bagit.txt" in package.files
    declared = _DECLARATION.fullmatch(package.read("bagit.txt").decode("utf-8", "replace")) if here else None
    if not here:
        hint = "restore it from another copy: it says of what version the bag is, and how its lists are encoded"
        yield package.told("B001", "is missing: without it this is no bag", "bagit.txt", hint)
    elif declared:
        version, encoding = declared[1], declared[2].upper()
    else:
        yield package.told("B006", "does not declare a version and an encoding", "bagit.txt", "see RFC 8493, 2.1.1")
    if version not in _KNOWN:
        message = f"declares BagIt {version}, which is not known; it was checked as a bag of version 1.0"
        yield package.told("B007", message, "bagit.txt")
    if encoding not in _ENCODINGS:
        yield package.told("B006", f"declares the encoding {encoding}, which is not known", "bagit.txt")
        encoding = "UTF-8"
    decode = _decoded if version == "1.0" else _decoded_before
    payload, tags = Sums(), Sums()
    yield from _manifests(package, "", payload, decode, encoding)
    yield from _manifests(package, "tag", tags, decode, encoding)
    yield from _rules(package, encoding)
    fetched = _fetched(package, decode, encoding) & payload.keys()
    local = {name: sums for name, sums in payload.items() if package.find(name) or name not in fetched}
    inside = [name for name in package.files if name.startswith("data/")]
    yield from compare(package, local, inside)
    if version == "1.0":
        yield from _unevenly_listed(package, payload)
    outside = [name for name in package.files if not name.startswith("data/")]
    own = {name for name in outside if _kind(name) == "tag"}
    if tags:
        yield from compare(package, tags, set(outside) - own)
    for name in sorted(fetched - set(map(package.find, payload))):
        yield package.told("B001", "is not there, but to be fetched, and nothing is fetched", name)


def _kind(name: str) -> str | None:
    """What a file is a manifest of: "tag", "" for the payload; nothing for other files."""
    match = _MANIFEST.fullmatch(name)
    return (match[1] or "") if match else None


def _manifests(
    package: Package, kind: str, listed: Sums, decode: Callable[[str], str], encoding: str
) -> Iterator[Finding]:
    for name in sorted(package.files):
        match = _MANIFEST.fullmatch(name)
        if match and (match[1] or "") == kind:
            if match[2] in ALGORITHMS:
                yield from read_sums(package, name, match[2], listed, decode, encoding)
            else:
                yield package.told("B007", f'has sums by "{match[2]}", which is no known algorithm', name)


def _rules(package: Package, encoding: str) -> Iterator[Finding]:
    """What must be there, and what bag-info.txt says of the payload."""
    names = [name for name in package.files if _kind(name) is not None]
    if not any(_kind(name) == "" for name in names):
        yield package.told("B006", "has no manifest of its payload", hint="a bag without one proves nothing")
    if not any(_kind(name) == "tag" for name in names):
        yield package.told("B011", "has no tag manifest: whether its manifests have changed cannot be told")
    else:
        for name in names:
            if _kind(name) == "" and f"tag{name}" not in names:
                yield package.told("B001", "is not there, though there are others of its kind", f"tag{name}")
    inside = [path for name, path in package.files.items() if name.startswith("data/")]
    if "bag-info.txt" in package.files:
        said = _OXUM.search(package.read("bag-info.txt").decode(encoding, "replace"))
        counted = f"{sum(path.lstat().st_size for path in inside)}.{len(inside)}"
        if said and said[1] != counted:
            message = f"says that the payload is {said[1]} (bytes and files), but it is {counted}"
            yield package.told("B006", message, "bag-info.txt")


def _unevenly_listed(package: Package, payload: Sums) -> Iterator[Finding]:
    """Each file of the payload must be in each of its manifests (RFC 8493, 3)."""
    every = {m[2] for m in map(_MANIFEST.fullmatch, package.files) if m and not m[1]} & set(ALGORITHMS)
    for name, sums in payload.items():
        for algorithm in sorted(every - sums.keys()):
            yield package.told("B006", f"is not listed in manifest-{algorithm}.txt, though in another manifest", name)


def _fetched(package: Package, decode: Callable[[str], str], encoding: str) -> set[str]:
    """The files of the payload that lie elsewhere (RFC 8493, 2.2.3)."""
    if "fetch.txt" not in package.files:
        return set()
    parts = [line.split(maxsplit=2) for line in lines(package.read("fetch.txt").decode(encoding, "replace"))]
    return {path for path in (decode(part[2]) for part in parts if len(part) == 3) if not leads_out(path)}


def _decoded(path: str) -> str:
    """A path as it is on disk (RFC 8493, 2.1.3)."""
    return re.sub(r"%(25|0[AaDd])", lambda m: chr(int(m[1], 16)), path)


def _decoded_before(path: str) -> str:
    """The same before 1.0, when a per cent sign stood for itself."""
    return re.sub(r"%(0[AaDd])", lambda m: chr(int(m[1], 16)), path)
