"""A deposit → an E-ARK submission package: a folder after CSIP and E-ARK SIP 2.2.0 (DILCIS Board), with its METS files.

`write(deposit, folder)` makes a folder with the name of the deposit, and in it

    METS.xml                         the package: its records, its documentation and schemas, its one representation
    metadata/descriptive/            the crosswalks
    metadata/preservation/premis.xml
    documentation/  schemas/         the README and the reports; the schema of the TEI
    representations/rep1/METS.xml    the files of the edition
    representations/rep1/metadata/preservation/premis.xml
    representations/rep1/data/       … as the deposit has them

Both METS files give the SHA-512 of whatever they list, each `premis.xml` the SHA-256 as well. Nothing lists the METS
file of the package, and no other file may lie beside it (CSIP66), so its last line is a comment with the SHA-512 of all
that stands above (`sealed`). The XML schemas of METS, PREMIS and the records are not copied: they are not ours, and are
named by their addresses. No empty folder is made.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from posixpath import relpath

from lxml.builder import ElementMaker

from teipress.crosswalk.markup import XLINK, XSI, written
from teipress.deposit.formats import format_of
from teipress.deposit.holding import Deposit, Holding, Role
from teipress.deposit.mets import METS, agent, file_of, link
from teipress.deposit.mets import SCHEMA as METS_SCHEMA
from teipress.deposit.premis import VERSION, premis
from teipress.tei import Element

CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml"
REPRESENTATION = PurePosixPath("representations/rep1")
SEAL = re.compile(rb"<!-- SHA-512 of everything above: ([0-9a-f]{128}) -->\n\Z")
M = ElementMaker(namespace=METS, nsmap={"mets": METS, "xlink": XLINK, "xsi": XSI, "csip": CSIP, "sip": SIP})

_DATA, _RECORDS = REPRESENTATION / "data", PurePosixPath("metadata/descriptive")
_PREMIS = "metadata/preservation/premis.xml"
_TOP = PurePosixPath(".")
_PLACES = {
    Role.METADATA: _RECORDS,
    Role.README: PurePosixPath("documentation"),
    Role.REPORT: PurePosixPath("documentation"),
    Role.SCHEMA: PurePosixPath("schemas"),
}  # what has a folder of its own; the rest is data
_KINDS = {"mods": "MODS", "dc": "DC", "marc": "MARC", "marcxml": "MARC"}  # a record's METS word, by its file's name
_UNLISTED = {"application/toml": "text/plain", "application/x-bibtex": "text/plain", "image/webp": ""}
_OWN = {"mets.xml", "premis.xml"}  # this package has others of its own


def write(deposit: Deposit, folder: Path) -> None:
    """Write the package into a folder, as a folder that is called as the deposit (CSIP1).

    Raises:
        OSError: it cannot be written.
    """
    folder = folder / deposit.name
    placed = _placed(deposit)
    for before, after in placed:
        (folder / after.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(before.data, folder / after.path)
    data = replace(deposit, holdings=tuple(h for _, h in placed if h.path.is_relative_to(_DATA)))
    rest = replace(deposit, holdings=tuple(h for _, h in placed if not h.path.is_relative_to(_DATA)))
    recorded = _put(folder, REPRESENTATION / _PREMIS, premis(data))
    inner = _put(folder, REPRESENTATION / "METS.xml", written(_representation(data, recorded)))
    recorded = _put(folder, PurePosixPath(_PREMIS), premis(rest))
    _put(folder, PurePosixPath("METS.xml"), sealed(written(_package(rest, recorded, inner))))


def sealed(data: bytes) -> bytes:
    """An XML file with its own SHA-512 as a comment at its end; `SEAL` finds it there."""
    return data + f"<!-- SHA-512 of everything above: {hashlib.sha512(data).hexdigest()} -->\n".encode("ascii")


def _placed(deposit: Deposit) -> list[tuple[Holding, Holding]]:
    """Every holding with itself at its place in the package; a path loses the folder that its role stands for."""
    placed = []
    for holding in deposit.holdings:
        if holding.role is Role.METADATA and holding.path.name in _OWN:
            continue
        below = _PLACES.get(holding.role)
        inner = PurePosixPath(*holding.path.parts[1:]) if below and len(holding.path.parts) > 1 else holding.path
        kind = _listed(holding.media_type)
        placed.append((holding, replace(holding, path=(below or _DATA) / inner, media_type=kind)))
    return sorted(placed, key=lambda pair: pair[1].path.as_posix())


def _listed(kind: str) -> str:
    """A media type that CSIP68 accepts: of those that IANA does not list, only whether it is text."""
    plain = kind.split(";")[0].strip()
    if plain in _UNLISTED or "/x-" in plain or not plain:
        return _UNLISTED.get(plain) or "application/octet-stream"
    return plain


def _put(folder: Path, path: PurePosixPath, data: bytes) -> Holding:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    sums = hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest()
    return Holding(path, Role.METADATA, "text/xml", folder / path, len(data), *sums)


def _package(deposit: Deposit, recorded: Holding, inner: Holding) -> Element:
    """The METS file of the package."""
    records = _below(deposit, _RECORDS)
    groups = [("Documentation", _below(deposit, "documentation")), ("Schemas", _below(deposit, "schemas"))]
    groups = [(use, files) for use, files in groups if files] + [(_words(REPRESENTATION), [inner])]
    root = _root(deposit, deposit.name, deposit.description.title)
    for number, record in enumerate(records, 1):
        kind = _KINDS.get(record.path.stem)
        told = {"MDTYPE": kind} if kind else {"MDTYPE": "OTHER", "OTHERMDTYPE": record.path.stem.upper()}
        root.append(M.dmdSec(_dated(deposit, f"dmd-{number}"), _reference(deposit, record, told)))
    root.append(_preserved(deposit, recorded, _TOP))
    root.append(_files(deposit, groups, _TOP))
    metadata = M.div({"ID": "div-metadata", "LABEL": "Metadata", "ADMID": "premis"})
    if records:
        metadata.set("DMDID", " ".join(f"dmd-{number}" for number in range(1, len(records) + 1)))
    divisions = [metadata, *(_division(use) for use, _ in groups[:-1])]
    content = M.div({"ID": "div-rep1", "LABEL": _words(REPRESENTATION)})
    content.append(M.mptr({**link(inner.path.as_posix()), f"{{{XLINK}}}title": "group-representations-rep1"}))
    root.append(_structure(deposit.name, [*divisions, content]))
    return root


def _representation(deposit: Deposit, recorded: Holding) -> Element:
    """The METS file of the one representation: its data."""
    root = _root(deposit, REPRESENTATION.name, deposit.description.title)
    root.append(_preserved(deposit, recorded, REPRESENTATION))
    root.append(_files(deposit, [("Data", _below(deposit, _DATA))], REPRESENTATION))
    metadata = M.div({"ID": "div-metadata", "LABEL": "Metadata", "ADMID": "premis"})
    root.append(_structure(REPRESENTATION.name, [metadata, _division("Data")]))
    return root


def _root(deposit: Deposit, name: str, label: str) -> Element:
    """The root with its header: what kind of package it is, and who made and who hands it in."""
    schemas = f"{METS} {METS_SCHEMA}"
    root = M.mets({"OBJID": name, "TYPE": "Textual works – Digital", "PROFILE": PROFILE})
    root.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    root.set(f"{{{XSI}}}schemaLocation", schemas)
    if label:
        root.set("LABEL", label)
    moment = deposit.stamp
    header = M.metsHdr({"CREATEDATE": moment, "LASTMODDATE": moment, "RECORDSTATUS": "NEW"})
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", "SIP")
    program, _, version = deposit.generator.partition(" ")
    maker = agent("CREATOR", "SOFTWARE", program, version or "unknown")
    maker[-1].set(f"{{{CSIP}}}NOTETYPE", "SOFTWARE VERSION")
    header.extend([maker, agent("CREATOR", *_submitter(deposit))])
    root.append(header)
    return root


def _preserved(deposit: Deposit, recorded: Holding, folder: PurePosixPath) -> Element:
    told = {"MDTYPE": "PREMIS", "MDTYPEVERSION": VERSION}
    return M.amdSec({"ID": "amd"}, M.digiprovMD(_dated(deposit, "premis"), _reference(deposit, recorded, told, folder)))


def _submitter(deposit: Deposit) -> tuple[str, str]:
    """Who hands the package in, which must be somebody (SIP15): the publisher, else who comes first in the header."""
    if deposit.description.publisher:
        return "ORGANIZATION", deposit.description.publisher
    for one in deposit.description.agents:
        return ("ORGANIZATION" if one.body else "INDIVIDUAL"), one.whole
    return "ORGANIZATION", "not stated"


def _files(deposit: Deposit, groups: Sequence[tuple[str, Sequence[Holding]]], folder: PurePosixPath) -> Element:
    made = M.fileSec({"ID": "files"})
    for use, files in groups:
        group = M.fileGrp({"ID": _group(use), "USE": use})
        if use.startswith("Representations"):
            group.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
        for number, holding in enumerate(files, 1):
            href = relpath(holding.path.as_posix(), folder.as_posix())
            entry = file_of(holding, f"{_group(use)}-{number}", href, deposit.stamp)
            known = format_of(holding)
            entry.set(f"{{{SIP}}}FILEFORMATNAME", known.name)
            if known.version:
                entry.set(f"{{{SIP}}}FILEFORMATVERSION", known.version)
            if known.puid:
                entry.set(f"{{{SIP}}}FORMATREGISTRY", "PRONOM")
                entry.set(f"{{{SIP}}}FORMATREGISTRYKEY", known.puid)
            group.append(entry)
        made.append(group)
    return made


def _structure(name: str, divisions: Sequence[Element]) -> Element:
    package = M.div({"ID": "div-package", "LABEL": name}, *divisions)
    return M.structMap({"ID": "structure", "TYPE": "PHYSICAL", "LABEL": "CSIP"}, package)


def _division(use: str) -> Element:
    return M.div({"ID": f"div-{use.lower()}", "LABEL": use}, M.fptr({"FILEID": _group(use)}))


def _reference(deposit: Deposit, record: Holding, told: dict[str, str], folder: PurePosixPath = _TOP) -> Element:
    """A pointer to a file with metadata (mdRef), as seen from a folder, with its sum."""
    facts = {"MIMETYPE": record.media_type, "SIZE": str(record.size), "CREATED": deposit.stamp}
    sums = {"CHECKSUM": record.sha512, "CHECKSUMTYPE": "SHA-512"}
    href = relpath(record.path.as_posix(), folder.as_posix())
    return M.mdRef({**link(href), **told, **facts, **sums})


def _dated(deposit: Deposit, name: str) -> dict[str, str]:
    return {"ID": name, "CREATED": deposit.stamp, "STATUS": "CURRENT"}


def _below(deposit: Deposit, folder: PurePosixPath | str) -> list[Holding]:
    return [holding for holding in deposit.holdings if holding.path.is_relative_to(folder)]


def _group(use: str) -> str:
    return f"group-{use.lower().replace('/', '-')}"


def _words(path: PurePosixPath) -> str:
    """A path as CSIP calls its group: Representations/rep1."""
    return path.as_posix().replace("r", "R", 1)
