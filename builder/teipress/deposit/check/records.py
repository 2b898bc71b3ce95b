"""The XML files of a package → findings: each is well-formed, and what an XML schema is at hand for keeps to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from teipress.deposit.check.package import Package
from teipress.deposit.check.schemas import Schemas
from teipress.deposit.mets import METS
from teipress.deposit.premis import PREMIS
from teipress.errors import Stopped
from teipress.findings import Finding
from teipress.parser import parse

_EXPECTED = {  # records that a schema is wanted for, and what they are called
    METS: "METS",
    PREMIS: "PREMIS",
    "http://www.loc.gov/mods/v3": "MODS",
    "http://www.loc.gov/MARC21/slim": "MARCXML",
    "http://datacite.org/schema/kernel-4": "DataCite",
    "http://ns.editeur.org/onix/3.0/reference": "ONIX",
}


def check_records(package: Package, schemas: Schemas, wanted: Counter[str]) -> Iterator[Finding]:
    """X001 for what is not well-formed, B009 for what breaks its schema; `wanted` counts what there is none for."""
    for name in sorted(package.files):
        if name.lower().endswith((".xml", ".rng", ".odd", ".sch")):
            try:
                root = parse(package.files[name], str(package.folder / name))
            except Stopped as stopped:
                yield from stopped.findings
                continue
            faults = schemas.faults(root)
            if faults is None:
                wanted.update(filter(None, [_EXPECTED.get(etree.QName(root).namespace or "")]))
            for line, fault in faults or ():
                yield package.told("B009", fault, name, line=line)


def unjudged(package: Package, wanted: Counter[str]) -> list[Finding]:
    """B012 for the records that no schema is at hand for."""
    if not wanted:
        return []
    message = f"no schema is at hand for {', '.join(f'{kind} ({n})' for kind, n in sorted(wanted.items()))}"
    return [package.told("B012", message, hint="name a folder with the .xsd files, with --schemas")]
