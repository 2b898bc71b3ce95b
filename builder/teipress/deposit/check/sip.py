"""An E-ARK submission package → findings: every file that its METS files name, by the sums that they and PREMIS give.

`METS.xml` itself is named by nothing. One of ours ends with its own sum (see `eark.sealed`); of others that is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from teipress.crosswalk.markup import XLINK
from teipress.deposit.check.lists import Sums, compare, is_digest, leads_out
from teipress.deposit.check.package import ALGORITHMS, LONGEST_LIST, RESTORE, Package
from teipress.deposit.eark import SEAL
from teipress.deposit.mets import METS
from teipress.deposit.premis import PREMIS
from teipress.errors import Stopped
from teipress.findings import Finding
from teipress.parser import parse
from teipress.tei import Element

NAME = "METS.xml"
_M, _P, _HREF = f"{{{METS}}}", f"{{{PREMIS}}}", f"{{{XLINK}}}href"
_PROFILES = ("/E-ARK-SIP", "/E-ARK-CSIP")


def check_sip(package: Package) -> Iterator[Finding]:
    """What no longer holds of a submission package."""
    if NAME not in package.files:
        yield package.told("B001", "is missing: the list of this package", NAME, RESTORE)
    listed: Sums = {NAME: {}}
    waiting = [NAME] if NAME in package.files else [n for n in package.files if n.endswith(f"/{NAME}")]
    known = set(waiting)
    while waiting:
        name = waiting.pop()
        root = tree(package, name)
        if root is not None:
            yield from _named(package, root, name, listed)
            below = {_target(name, e.get(_HREF, "")) for e in root.iter(f"{_M}mptr")} & package.files.keys()
            waiting += sorted(below - known)
            known |= below
            if name == NAME:
                yield from _sealed(package, root)
    for name in [n for n in listed if n.endswith("premis.xml") and n in package.files]:
        yield from _preserved(package, name, listed)
    yield from compare(package, listed, package.files)


def tree(package: Package, name: str) -> Element | None:
    """An XML file of the package as a tree; nothing where it is not well-formed, which is told elsewhere."""
    try:
        return parse(package.files[name], name)
    except Stopped:
        return None


def _named(package: Package, root: Element, name: str, listed: Sums) -> Iterator[Finding]:
    """The files that a METS file points to, with their sums."""
    if name == NAME and not any(profile in root.get("PROFILE", "") for profile in _PROFILES):
        yield package.told("B007", f'has the profile "{root.get("PROFILE", "")}", not that of an E-ARK package', name)
    for pointer in root.iter(f"{_M}mdRef", f"{_M}FLocat", f"{_M}mptr"):
        told = pointer.getparent() if pointer.tag == f"{_M}FLocat" else pointer
        target = _target(name, pointer.get(_HREF, ""))
        if not target:
            message = f'points to "{pointer.get(_HREF, "")}", which leads out of the package'
            yield package.told("B008", message, name, "trust none of it", pointer.sourceline or 0)
            continue
        sums = listed.setdefault(target, {})
        algorithm = told.get("CHECKSUMTYPE", "").lower().replace("-", "") if told is not None else ""
        digest = told.get("CHECKSUM", "") if told is not None else ""
        if algorithm in ALGORITHMS and is_digest(digest, algorithm):
            sums[algorithm] = digest
        elif pointer.tag != f"{_M}mptr":
            message = f'gives no sum of "{target}" that can be checked'
            yield package.told("B006", message, name, RESTORE, pointer.sourceline or 0)


def _target(name: str, href: str) -> str:
    """The name of the file that a pointer leads to from a METS file, "" if out of the package."""
    try:
        url = urlsplit(href)
    except ValueError:
        return ""
    path = unquote(url.path)
    if url.scheme or url.netloc or not path or path.startswith("/"):
        return ""
    joined = normpath(f"{dirname(name)}/{path}" if dirname(name) else path)
    return "" if leads_out(joined) else joined


def _sealed(package: Package, root: Element) -> Iterator[Finding]:
    """METS.xml by the sum at its own end."""
    data = package.read(NAME, LONGEST_LIST)
    seal = SEAL.search(data)
    ours = any((name.text or "").startswith("teipress") for name in root.iter(f"{_M}name"))
    if seal and hashlib.sha512(data[: seal.start()]).hexdigest() != seal[1].decode("ascii"):
        yield package.told("B002", "is not what it was: the sum at its end differs", NAME, RESTORE)
    elif not seal and ours:
        yield package.told("B002", "is not what it was: it does not end with its sum", NAME, RESTORE)
    elif not seal:
        yield package.told("B011", "is named by no other file: whether it has changed cannot be told", NAME)


def _preserved(package: Package, name: str, listed: Sums) -> Iterator[Finding]:
    """The sums that PREMIS gives of files which METS names as well."""
    root = tree(package, name)
    for entity in root.iter(f"{_P}object") if root is not None else ():
        path = entity.findtext(f"{_P}originalName") or ""
        for fixity in entity.iter(f"{_P}fixity") if path in listed else ():
            algorithm = (fixity.findtext(f"{_P}messageDigestAlgorithm") or "").lower().replace("-", "")
            digest = fixity.findtext(f"{_P}messageDigest") or ""
            known = algorithm in ALGORITHMS and is_digest(digest, algorithm)
            if known and listed[path].setdefault(algorithm, digest) != digest:
                yield package.told("B006", f'gives another sum of "{path}" than METS', name, RESTORE)
