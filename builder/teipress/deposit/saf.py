"""A deposit → one item in DSpace's Simple Archive Format, ready for its batch import.

Files lie side by side in the item's folder, under their names, or where two have the same, under their paths;
``contents`` lists them with their bundles, what they are, and these paths. Where the deposit is not for everybody, only
administrators may read what is imported.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from teipress.deposit.holding import Deposit, Holding, Role
from teipress.deposit.mets import PLACE
from teipress.deposit.sums import write_sums
from teipress.edition import Description

ITEM = "item_000"
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}(?![^T])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]+")  # a tab ends a name in `contents`, a line its entry
_CLOSED = "permissions:-r 'Administrator'"
_SAID = {
    Role.DEPOSITED: "TEI as its editors keep it",
    Role.PUBLISHED: "TEI as published",
    Role.SCHEMA: "Schema of the TEI",
    Role.EPUB: "EPUB",
    Role.PDF: "PDF",
    Role.SITE: "The whole site, zipped",
    Role.SETTINGS: "Settings and templates of the build",
    Role.REPORT: "Report on build and checks",
    Role.METADATA: "Metadata record",
    Role.README: "What is what",
}
_READ = (Role.PDF, Role.EPUB, Role.PUBLISHED, Role.SITE, Role.README)  # what readers open, the first of all first
_ABOUT = frozenset({Role.METADATA, Role.REPORT, Role.SCHEMA, Role.SETTINGS})
_CONTRIBUTORS = {"aut": "author", "edt": "editor", "ill": "illustrator", "ths": "advisor"}
_IDENTIFIERS = {"ISBN": "isbn", "ISSN": "issn", "DOI": "uri"}

Value = tuple[str, str, str]  # element, qualifier ("none" for none), value


def write(deposit: Deposit, folder: Path) -> None:
    """Write an archive of one item into a folder."""
    item = folder / ITEM
    item.mkdir(parents=True)
    described = deposit.description
    _write(item / "dublin_core.xml", "dc", dublin_core(described), described)
    if terms := _terms(described):
        _write(item / "metadata_dcterms.xml", "dcterms", terms, described)
    lines, taken = [], {"dublin_core.xml", "metadata_dcterms.xml", "contents"}
    held = (h for h in deposit.holdings if h.path != PLACE)  # METS names files by paths that they do not have here
    for n, holding in enumerate(sorted(held, key=_order)):
        name = _name(holding, taken)
        shutil.copyfile(holding.data, item / name)
        lines.append(_line(name, holding, n == 0, deposit.public))
    (item / "contents").write_text("".join(lines), encoding="utf-8", newline="\n")
    write_sums(folder, ITEM)  # beside the item, where the import passes over what is no folder


def _order(holding: Holding) -> tuple[int, bool, str]:
    """Readers' files first, and the book itself before what goes with it."""
    rank = _READ.index(holding.role) if holding.role in _READ else len(_READ)
    return rank, holding.path.suffix != ".pdf", holding.path.as_posix()


def _name(holding: Holding, taken: set[str]) -> str:
    """A name of one part for a path of several, unlike all others."""
    name, n = _UNSAFE.sub("-", holding.path.name), 1
    while name.lower() in taken:
        name = f"{n if n > 1 else ''}{_UNSAFE.sub('-', holding.path.as_posix())}"
        n += 1
    taken.add(name.lower())
    return name


def _line(name: str, holding: Holding, primary: bool, public: bool) -> str:
    parts = [name, "bundle:METADATA" if holding.role in _ABOUT else "bundle:ORIGINAL"]
    parts += [] if public else [_CLOSED]
    path = _CONTROL.sub(" ", holding.path.as_posix())
    said = "Beside the PDF" if holding.role is Role.PDF and holding.path.suffix != ".pdf" else _SAID[holding.role]
    parts += [f"description:{said} ({path})", *(["primary:true"] if primary else [])]
    return "\t".join(parts) + "\n"


def dublin_core(said: Description) -> list[Value]:
    """The fields of DSpace's registry for Dublin Core that a description has something for."""
    found = [("title", "none", said.whole_title)]
    found += [("contributor", _CONTRIBUTORS.get(a.role, "other"), a.inverted) for a in said.agents]
    found += [("publisher", "none", said.publisher)]
    issued = _DATE.match(said.date)
    found += [("date", "issued", issued[0] if issued else "")]
    found += [("identifier", "other", said.identifier)]
    found += [("identifier", _IDENTIFIERS.get(kind, "other"), _number(kind, n)) for kind, n in said.numbers]
    found += [("identifier", "uri", said.url)]
    found += [("language", "iso", tag) for tag in said.languages]
    found += [("subject", "none", subject.text) for subject in said.subjects]
    found += [("description", "abstract", said.abstract), ("format", "extent", said.extent)]
    found += [("relation", "ispartofseries", "; ".join(filter(None, (said.series, said.volume))))]
    found += [("relation", "haspart", part.title) for part in said.parts if part.title != said.title]
    found += [("source", "none", said.source), ("rights", "none", said.rights or said.licence)]
    found += [("rights", "uri", said.licence_url), ("type", "none", "Text")]
    return [value for value in found if value[2]]


def _number(kind: str, number: str) -> str:
    return f"https://doi.org/{number}" if kind == "DOI" else number


def _terms(said: Description) -> list[Value]:
    """What DCMI Metadata Terms say that DSpace's Dublin Core has no field for."""
    found = [("license", "none", said.licence_url), ("created", "none", said.original)]
    return [value for value in found if value[2]]


def _write(path: Path, schema: str, values: Iterable[Value], said: Description) -> None:
    root = etree.Element("dublin_core", schema=schema)
    for element, qualifier, text in values:
        value = etree.SubElement(root, "dcvalue", element=element, qualifier=qualifier)
        if element in ("title", "description", "subject") and said.languages:
            value.set("language", said.languages[0])
        value.text = text
    path.write_bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
