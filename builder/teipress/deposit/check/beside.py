"""A DSpace archive, or a transfer folder of the DNB, → findings: its structure, and the lists of sums that lie beside.

Neither form has sums of its own. We put ``NAME.sha256`` and ``NAME.sha512`` beside the folder of the form, which both
receivers pass over; of packages without them only the structure can be checked, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teipress.deposit.check.lists import Sums, compare, leads_out, lines, read_sums
from teipress.deposit.check.package import Package, above, base
from teipress.deposit.sums import ALGORITHMS as SUMS
from teipress.findings import Finding

_SCHEMA = re.compile(r"metadata_[\w-]+\.xml")
_OWN = ("dublin_core.xml", "contents", "handle", "collections", "relationships")
_FLAGS = re.compile(r"-r -s \d+ -f (.*)")  # a file that is registered, not imported


def is_saf(package: Package) -> bool:
    """Whether there is a folder with a record of DSpace, or with its list of files."""
    return bool(_items(package))


def is_dnb(package: Package) -> bool:
    """Whether there is a catalogue record, or a folder for the publication with sums of what is around it."""
    parts = [name.split("/") for name in package.files]
    sums = {p[0].rpartition(".")[0] for p in parts if len(p) == 1 and p[0].endswith(SUMS)}
    catalogued = any(p[-1] == "catalogue_md.xml" for p in parts if len(p) < 3)
    return catalogued or any(p[1] == "content" and p[0] in sums for p in parts if len(p) > 2)


def check_saf(package: Package) -> Iterator[Finding]:
    """What no longer holds of an archive for DSpace's batch import."""
    items: dict[str, list[str]] = {item: [] for item in _items(package)}
    for name in package.files:
        for item in {"", f"{name.split('/')[0]}/"} & items.keys():
            items[item].append(name)
    for item, names in items.items():
        yield from _item(package.part(item.rstrip("/"), names) if item else package)
    yield from _beside(package)


def _item(item: Package) -> Iterator[Finding]:
    """What is missing in the folder of an item, or too much."""
    for name in ("dublin_core.xml", "contents"):
        if name not in item.files:
            yield item.told("B001", "is missing, which every item has", name)
    if "contents" in item.files:
        entries = [line.split("\t")[0] for line in lines(item.read("contents").decode("utf-8", "replace"))]
        named = {m[1] if (m := _FLAGS.match(entry)) else entry for entry in entries}
        outward = {name for name in named if leads_out(name)}
        for name in sorted(outward):
            yield item.told("B008", f'lists "{name}", which leads out of the package', "contents", "trust none of it")
        for name in sorted(named - item.files.keys() - outward):
            yield item.told("B001", "is named in contents, but not there", name)
        for name in sorted(item.files.keys() - named - set(_OWN)):
            if not _SCHEMA.fullmatch(name):
                yield item.told("B003", "is not named in contents", name)


def check_dnb(package: Package) -> Iterator[Finding]:
    """What no longer holds of a transfer folder of the DNB."""
    full = {n.split("content/")[0] for n in package.files if "content/" in n}
    for folder in _transfers(package):
        if f"{folder}catalogue_md.xml" not in package.files:
            yield package.told("B001", "is missing: the record of the publication", f"{folder}catalogue_md.xml")
        if folder not in full:
            yield package.told("B001", "holds nothing: the publication is missing", f"{folder}content")
    yield from _beside(package)


def _beside(package: Package) -> Iterator[Finding]:
    """All files by the lists of sums that lie in the folder itself."""
    tops = [n for n in package.files if "/" not in n]
    lists = {n: a for n in tops for a in SUMS if n.endswith(f".{a}")}
    listed = Sums()
    for name, algorithm in sorted(lists.items()):
        yield from read_sums(package, name, algorithm, listed)
    if not lists:
        yield package.told("B011", "has no lists of sums beside it: whether its files have changed cannot be told")
        return
    for stem in sorted({n.rpartition(".")[0] for n in lists}):
        for algorithm in SUMS:
            if f"{stem}.{algorithm}" not in lists:
                yield package.told(
                    "B001", "is missing, though there is a list by another algorithm", f"{stem}.{algorithm}"
                )
        if stem not in package.tops:
            yield package.told("B006", f'is a list of sums for "{stem}", which is not there', f"{stem}.{SUMS[0]}")
    yield from compare(package, listed, set(package.files) - lists.keys())
    for name, sums in listed.items():
        for algorithm in sorted(set(lists.values()) - sums.keys()):
            yield package.told("B006", f"is not in the list by {algorithm}, though in another", name)


def _items(package: Package) -> list[str]:
    """The folders of the items, each with a / at its end, "" for an item that is the package itself."""
    own = ("dublin_core.xml", "contents")
    return sorted({above(n) for n in package.files if base(n) in own and n.count("/") < 2})


def _transfers(package: Package) -> list[str]:
    """The transfer folders, each with a / at its end, "" for one that is the package itself."""
    own = {above(n) for n in package.files if base(n) == "catalogue_md.xml" and n.count("/") < 2}
    parts = [n.split("/") for n in package.files]
    own |= {f"{p[0]}/" for p in parts if p[1:2] == ["content"]} | {"" for p in parts if p[0] == "content"}
    return sorted(own)
