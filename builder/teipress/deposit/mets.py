"""A deposit → one METS 1.12.1 file (Library of Congress) that says what every holding is, and how they belong together.

`mets(deposit)` gives the bytes of a `metadata/mets.xml`; `at` names another place, for a file names others as seen from
where it lies. It cannot list itself, so the order is: `premis(deposit)`, written and added to the holdings; then
`mets` of that deposit, written, and added to no list but those of the package (its manifests).

The MODS and Dublin Core records of the deposit are in dmdSec, its PREMIS entities in amdSec; fileSec has a group for
each role, and the logical structMap the edition with its documents, each with the files that are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from posixpath import relpath
from urllib.parse import quote

from lxml import etree
from lxml.builder import ElementMaker

from teipress.crosswalk.markup import XLINK, XSI, written
from teipress.deposit.holding import Deposit, Holding, Role
from teipress.deposit.premis import PREMIS, VERSION, Preservation
from teipress.deposit.premis import SCHEMA as PREMIS_SCHEMA
from teipress.tei import Element

METS = "http://www.loc.gov/METS/"
SCHEMA = "http://www.loc.gov/standards/mets/mets.xsd"
PLACE = PurePosixPath("metadata/mets.xml")
M = ElementMaker(namespace=METS, nsmap={"mets": METS, "xlink": XLINK, "xsi": XSI, "premis": PREMIS})

_RECORDS = {"mods.xml": "MODS", "dc.xml": "DC"}  # those that METS has a word for, and readers of METS look for
_LABELS = {
    Role.DEPOSITED: "The TEI as its editors keep it",
    Role.PUBLISHED: "The TEI as it is published",
    Role.SCHEMA: "Schemas",
    Role.EPUB: "EPUB",
    Role.PDF: "PDF",
    Role.SITE: "Site",
    Role.SETTINGS: "Settings and templates",
    Role.REPORT: "Reports of validation and verification",
    Role.METADATA: "Metadata",
    Role.README: "Read me first",
}


def mets(deposit: Deposit, at: PurePosixPath = PLACE) -> bytes:
    """The METS file that is to lie at the path `at` of the package, the same bytes for the same deposit."""
    entities = Preservation(deposit)
    schemas = f"{METS} {SCHEMA} {PREMIS} {PREMIS_SCHEMA}"
    root = M.mets({"OBJID": entities.base, "TYPE": "edition", f"{{{XSI}}}schemaLocation": schemas})
    if deposit.description.title:
        root.set("LABEL", deposit.description.title)
    records = list(_records(deposit))
    root.append(_header(deposit, entities.moment))
    root.extend(records)
    root.append(administration := _administration(entities))
    root.append(_files(entities, at.parent))
    whole = {"tech-edition", *(f"rights-{number}" for number in entities.rights_of(""))}
    of_all = [n for n in (p.get("ID", "") for p in administration) if n in whole or n.startswith(("event-", "agent-"))]
    root.append(_structure(entities, [record.get("ID", "") for record in records], of_all))
    return written(root)


def agent(role: str, kind: str, name: str, note: str = "") -> Element:
    """Who has to do with a METS file; a kind that METS has no word for is "OTHER" by its own name."""
    known = kind in ("INDIVIDUAL", "ORGANIZATION")
    made = M.agent({"ROLE": role, **({"TYPE": kind} if known else {"TYPE": "OTHER", "OTHERTYPE": kind})}, M.name(name))
    if note:
        made.append(M.note(note))
    return made


def file_of(holding: Holding, name: str, href: str, moment: str) -> Element:
    """The entry of a file in fileSec: what it is, its SHA-512, and where it lies as seen from the METS file."""
    facts = {"MIMETYPE": holding.media_type, "SIZE": str(holding.size), "CREATED": moment}
    sums = {"CHECKSUM": holding.sha512, "CHECKSUMTYPE": "SHA-512"}
    return M.file({"ID": name, **facts, **sums}, M.FLocat(link(href)))


def link(href: str) -> dict[str, str]:
    """The attributes of a pointer to a file by its relative path."""
    return {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": quote(href)}


def file_ids(holdings: Sequence[Holding]) -> dict[PurePosixPath, str]:
    """The identifier of each file's entry."""
    return {holding.path: f"file-{number}" for number, holding in enumerate(holdings, 1)}


def _header(deposit: Deposit, moment: str) -> Element:
    made = M.metsHdr({"CREATEDATE": moment, "LASTMODDATE": moment}, agent("CREATOR", "SOFTWARE", deposit.generator))
    if deposit.description.publisher:
        made.append(agent("DISSEMINATOR", "ORGANIZATION", deposit.description.publisher))
    return made


def _records(deposit: Deposit) -> Iterator[Element]:
    for name, kind in _RECORDS.items():
        if name in deposit.records:
            record = etree.fromstring(deposit.records[name], etree.XMLParser(resolve_entities=False, no_network=True))
            yield M.dmdSec({"ID": f"dmd-{kind.lower()}"}, _wrap(kind, record))


def _wrap(kind: str, content: Element, version: str = "") -> Element:
    facts = {"MDTYPE": kind, "MIMETYPE": "text/xml", **({"MDTYPEVERSION": version} if version else {})}
    return M.mdWrap(facts, M.xmlData(content))


def _administration(entities: Preservation) -> Element:
    made = M.amdSec({"ID": "amd"})

    def add(tag: str, prefix: str, kind: str, parts: Iterable[Element]) -> None:
        for number, part in enumerate(parts, 1):
            made.append(M(tag, {"ID": f"{prefix}-{number}"}, _wrap(f"PREMIS:{kind}", part, VERSION)))

    add("techMD", "tech", "OBJECT", (entities.file(holding) for holding in entities.holdings))
    made.append(M.techMD({"ID": "tech-edition"}, _wrap("PREMIS:OBJECT", entities.edition, VERSION)))
    add("rightsMD", "rights", "RIGHTS", entities.rights)
    add("digiprovMD", "event", "EVENT", entities.events)
    add("digiprovMD", "agent", "AGENT", entities.agents)
    return made


def _files(entities: Preservation, folder: PurePosixPath) -> Element:
    ids = file_ids(entities.holdings)
    made = M.fileSec()
    for role in Role:
        group = M.fileGrp({"USE": role.value})
        for number, holding in enumerate(entities.holdings, 1):
            if holding.role is role:
                href = relpath(holding.path.as_posix(), folder.as_posix())
                entry = file_of(holding, ids[holding.path], href, entities.moment)
                entry.set("ADMID", f"tech-{number}")
                group.append(entry)
        if len(group):
            made.append(group)
    return made


def _structure(entities: Preservation, records: Sequence[str], provenance: Sequence[str]) -> Element:
    """The edition, its documents, and by their roles the files that belong to all of it."""
    ids, described = file_ids(entities.holdings), entities.deposit.description
    edition = M.div({"TYPE": "edition", "LABEL": described.title or entities.deposit.name})
    edition.set("ADMID", " ".join(provenance))
    if records:
        edition.set("DMDID", " ".join(records))
    known = {part.slug for part in described.parts if part.slug}
    for number, part in enumerate(described.parts, 1):
        own = [h for h in entities.holdings if h.document == part.slug] if part.slug else []
        facts = {"TYPE": "document", "ORDER": str(number), "LABEL": part.title or part.slug}
        if rights := [f"rights-{n}" for n in entities.rights_of(part.slug)] if part.slug else []:
            facts["ADMID"] = " ".join(rights)
        edition.append(M.div(facts, *_pointers(own, ids)))
    for role in Role:
        if common := [h for h in entities.holdings if h.role is role and h.document not in known]:
            edition.append(M.div({"TYPE": role.value, "LABEL": _LABELS[role]}, *_pointers(common, ids)))
    return M.structMap({"TYPE": "LOGICAL", "LABEL": "The edition and its documents"}, edition)


def _pointers(holdings: Iterable[Holding], ids: dict[PurePosixPath, str]) -> list[Element]:
    return [M.fptr({"FILEID": ids[holding.path]}) for holding in holdings]
