"""A record → what there is against it: each format is judged by its own schema, or by what reads it elsewhere.

No package brings the XML schemas of MARCXML and of Dublin Core. For these two there are small grammars of our own
beside this file, and MARC::Lint; whoever has the schemas names their folder (TEIPRESS_XSD), and they judge as well.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pymarc
from datacite import schema45
from lxml import etree
from marc_lint import MarcLint

import xsds

SCHEMAS = Path(__file__).with_name("schemas")
MODS, ONIX = "mods.xsd", "ONIX_BookProduct_3.0_reference.xsd"
_OFFICIAL = {"dc.xml": "oai_dc.xsd", "dcterms.xml": "qualifieddc.xsd", "marc.xml": "MARC21slim.xsd"}
# what MARC::Lint has against a record that leaves out the punctuation of ISBD, and says so in its leader
_PUNCTUATION = ("Must end with . (period)", "should be preceded by space-colon")
_CSL = {
    *("id", "type", "title", "author", "editor", "translator", "publisher", "publisher-place", "issued"),
    *("original-date", "edition", "collection-title", "collection-number", "language", "abstract"),
    *("ISBN", "ISSN", "DOI", "URL", "custom"),
}


def faults(name: str, record: bytes) -> list[str]:
    """Everything that is wrong with a record of a name."""
    found = _JUDGES[name](record)
    official = xsds.find(_OFFICIAL.get(name, ""))
    return found + (_by_schema(official, record) if official is not None and official.is_file() else [])


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / name))


def _by_grammar(name: str) -> Callable[[bytes], list[str]]:
    def judge(record: bytes) -> list[str]:
        grammar = _grammar(name)
        return [] if grammar.validate(etree.fromstring(record)) else [str(e) for e in grammar.error_log]

    return judge


def _by_schema(path: Path, record: bytes) -> list[str]:
    schema = xsds.xsd(path)
    return [] if schema.validate(etree.fromstring(record)) else [str(e) for e in schema.error_log]


def _by_name(name: str) -> Callable[[bytes], list[str]]:
    def judge(record: bytes) -> list[str]:
        path = xsds.find(name)
        assert path is not None, f"there is no {name}"
        return _by_schema(path, record)

    return judge


def _marc(record: bytes) -> list[str]:
    """By our grammar; by pymarc, there and back in ISO 2709; by MARC::Lint."""
    found = _by_grammar("marcxml.rng")(record)
    if found:
        return found
    (read,) = pymarc.parse_xml_to_array(io.BytesIO(record), strict=True)
    (again,) = pymarc.MARCReader(read.as_marc())
    assert again is not None
    found = [] if again.as_dict()["fields"] == read.as_dict()["fields"] else ["ISO 2709 loses something"]
    lint = MarcLint()
    lint.check_record(read)
    return found + [w for w in lint.warnings() if not any(known in w for known in _PUNCTUATION)]


def _datacite_json(record: bytes) -> list[str]:
    return [error.message for error in schema45.validator.iter_errors(json.loads(record))]


def _datacite_xml(record: bytes) -> list[str]:
    """No package has the XML schema of DataCite: but `datacite` writes the same XML, from JSON that it accepts."""
    root = etree.fromstring(record)
    empty = [e.tag for e in root.iter(etree.Element) if not len(e) and not (e.text or "").strip() and not e.attrib]
    return [f"{tag} is empty" for tag in empty]


def same_xml(one: bytes, other: bytes) -> bool:
    """Whether two files of XML say the same, whatever the order of what stands in the root, and the white space."""
    return _told(one) == _told(other)


def _told(record: bytes) -> tuple[str, list[bytes]]:
    root = etree.fromstring(record, etree.XMLParser(remove_blank_text=True))
    etree.cleanup_namespaces(root)
    return root.tag, sorted(etree.tostring(child, method="c14n", exclusive=True) for child in root)


def _csl(record: bytes) -> list[str]:
    """Of the schema csl-data only what counts here: known variables, and what a name and a date consist of."""
    (item,) = json.loads(record)
    found = [f"{key} is no variable" for key in item if key not in _CSL]
    found += [key for key in ("id", "type") if not item.get(key)]
    names = (n for key in ("author", "editor", "translator") for n in item.get(key, []))
    found += [f"{n} is no name" for n in names if not {*n} <= {"family", "given", "literal", "static-ordering"}]
    dates = [item[key] for key in ("issued", "original-date") if key in item]
    whole = (d for d in dates if "date-parts" in d)
    found += [f"{d} is no date" for d in whole if not all(isinstance(n, int) for n in d["date-parts"][0])]
    return found


_JUDGES: dict[str, Callable[[bytes], list[str]]] = {
    "csl.json": _csl,
    "datacite.json": _datacite_json,
    "datacite.xml": _datacite_xml,
    "dc.xml": _by_grammar("oai_dc.rng"),
    "dcterms.xml": _by_grammar("dcterms.rng"),
    "marc.xml": _marc,
    "mods.xml": _by_name(MODS),
    "onix.xml": _by_name(ONIX),
}
