"""A package of any kind that `teipress deposit` makes, or another program → what no longer holds of it.

`check(folder)` recognises the kind by what lies in the folder: bag (BagIt 0.93 to 1.0), OCFL storage root or object,
E-ARK submission package, DSpace archive, transfer folder of the DNB. Nothing outside the folder is read, links are not
followed, and no part of a package decides how much memory is taken. What TEI, EPUB and PDF files are worth inside
is asked by `teipress.rechecking`, which knows the stages that this takes.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from teipress.deposit import WRITERS
from teipress.deposit.check.bag import check_bag
from teipress.deposit.check.beside import check_dnb, check_saf, is_dnb, is_saf
from teipress.deposit.check.ocfl import INVENTORY, ROOT, check_ocfl
from teipress.deposit.check.package import Package
from teipress.deposit.check.records import check_records, unjudged
from teipress.deposit.check.schemas import INSTALLED, Schemas
from teipress.deposit.check.sip import NAME, check_sip
from teipress.deposit.record import RECORD
from teipress.errors import UsageError
from teipress.findings import Finding

_DEEPEST = 3  # folders around a package that it is looked for in
Records = Callable[[Package], Iterable[Finding]]  # what is asked of the XML files of a package
_KINDS = "a bag, an OCFL storage root or object, an E-ARK package, a DSpace archive or a transfer folder of the DNB"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a package: its kind in words ("" if it is none), its files by name, the findings."""

    kind: str
    files: dict[str, Path]
    findings: tuple[Finding, ...]


def check(folder: Path, schemas: Collection[Path] = ()) -> list[Finding]:
    """All findings on a package; `schemas` are folders with XML schemas, besides those that are installed.

    Raises:
        UsageError: there is no such folder, a file of it cannot be read, or a folder of schemas has none.
    """
    return list(examine(folder, schemas).findings)


def examine(folder: Path, schemas: Collection[Path] = ()) -> Checked:
    """The same with the kind and the files of the package.

    Raises:
        UsageError: as `check`.
    """
    if not folder.exists():
        raise UsageError(f"{folder}: there is no such folder; name that of a package")
    if not folder.is_dir():
        packed = zipfile.is_zipfile(folder) or folder.name.endswith((".tar", ".gz", ".tgz", ".zip"))
        hint = "unpack it, and name the folder" if packed else "name the folder of a package"
        raise UsageError(f"{folder}: is no folder, and packed packages are not read; {hint}")
    for named in schemas:
        if not any(named.glob("*.xsd")):
            raise UsageError(f"{named}: holds no .xsd files; name a folder of XML schemas with --schemas, or none")
    package = Package(folder)
    wanted: Counter[str] = Counter()
    kind, findings = _examined(package, partial(check_records, schemas=Schemas((*schemas, INSTALLED)), wanted=wanted))
    findings += [*package.findings, *unjudged(package, wanted)]
    return Checked(kind, package.files, tuple(dict.fromkeys(findings)))


def _examined(package: Package, records: Records, depth: int = 0) -> tuple[str, list[Finding]]:
    """What kind of package a folder is, or the only folder in it, and what is found of it."""
    if depth == 0 and RECORD in package.loose and any(top in WRITERS for top in package.tops):
        return _deposit(package, records)
    kind, found = _recognised(package)
    if kind:
        return kind, [*found, *records(package)]
    if len(package.tops) == 1 and depth < _DEEPEST:
        inner = package.part(package.tops[0])
        kind, findings = _examined(inner, records, depth + 1)
        if kind:
            return kind, [*findings, *inner.findings, *(_stray(package, name) for name in package.loose)]
    return "", [_unknown(package)]


def _deposit(package: Package, records: Records) -> tuple[str, list[Finding]]:
    """What `teipress deposit` writes: a folder for each kind, and the record that is in the packages as well."""
    kinds, findings = [], [_stray(package, name) for name in package.loose if name != RECORD]
    for top in package.tops:
        inner = package.part(top)
        kind, found = _examined(inner, records, 1)
        kinds += [kind] if kind else []
        findings += [*found, *inner.findings]
    copies = [name for name in package.files if name.endswith(f"/{RECORD}")]
    digest = package.sums(RECORD, ["sha512"])["sha512"]
    if not copies:
        findings.append(package.told("B011", "is in no package: whether it has changed cannot be told", RECORD))
    elif all(package.sums(name, ["sha512"])["sha512"] != digest for name in copies):
        findings.append(package.told("B002", "is not the record that is in the packages", RECORD))
    return f"deposit ({', '.join(kinds)})", findings


def _recognised(package: Package) -> tuple[str, Iterator[Finding]]:
    """What kind of package this is, and what is found of it; "" for none."""
    names = package.files.keys()
    if "bagit.txt" in names or any(n.startswith(("manifest-", "tagmanifest-")) for n in names):
        return "bag", check_bag(package)
    if any(n.rpartition("/")[2].startswith(ROOT) for n in names) or INVENTORY in names:
        return "OCFL", check_ocfl(package)
    if NAME in names or any(n.startswith("representations/") and n.endswith(f"/{NAME}") for n in names):
        return "E-ARK package", check_sip(package)
    if is_saf(package):
        return "DSpace archive", check_saf(package)
    if is_dnb(package):
        return "DNB transfer folder", check_dnb(package)
    return "", iter(())


def _stray(package: Package, name: str) -> Finding:
    return package.told("B003", "belongs to no package", name, "take it out, or find out who put it there")


def _unknown(package: Package) -> Finding:
    message = "is no package of a known kind" if package.files else "has no files"
    return package.told("B005", message, hint=f"known are {_KINDS}")
