"""A description → Dublin Core: simple (ISO 15836, in the frame of OAI-PMH) and qualified (DCMI Metadata Terms)."""

from __future__ import annotations

from teipress.crosswalk.codes import day
from teipress.crosswalk.facts import identifiers, last_change, names, parts, scheme
from teipress.crosswalk.markup import XSI, Markup, written
from teipress.edition import Description, Subject

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
ELEMENTS = "http://purl.org/dc/elements/1.1/"
TERMS = "http://purl.org/dc/terms/"
_OAI_XSD = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_QUALIFIED_XSD = "http://dublincore.org/schemas/xmls/qdc/2008/02/11/qualifieddc.xsd"
_ENCODED = {"lcsh": "LCSH", "mesh": "MESH", "ddc": "DDC", "lcc": "LCC", "udc": "UDC"}  # schemes that DCMI has names of


def dublin_core(description: Description) -> bytes:
    """The simple record (oai_dc.xsd)."""
    dc = Markup(ELEMENTS, prefix="dc")
    frame = Markup(OAI_DC, {"dc": ELEMENTS, "xsi": XSI}, prefix="oai_dc")
    said = [dc.leaf(name, value) for name, value in pairs(description)]
    return written(frame.branch("dc", said, {f"{{{XSI}}}schemaLocation": f"{OAI_DC} {_OAI_XSD}"}))


def pairs(description: Description, within: str = "") -> list[tuple[str, str]]:
    """The fifteen elements with what they hold, in the order of the standard, each pair once, empty ones left out.

    `within` is the title of the edition that a document stands in.
    """
    d = description
    stated = [
        ("title", d.whole_title),
        *(("creator", name) for name in names(d, created=True)),
        *(("subject", subject.text) for subject in d.subjects),
        ("description", d.abstract),
        ("publisher", d.publisher),
        *(("contributor", name) for name in names(d, created=False)),
        ("date", d.date),
        ("type", "Text"),
        *(("identifier", identifier) for identifier in identifiers(d)),
        ("source", d.source),
        *(("language", tag) for tag in d.languages),
        ("relation", within),
        ("relation", d.series),
        *(("relation", part.whole_title) for part in parts(d)),
        ("rights", d.licence_url),
        ("rights", d.rights or d.licence),
    ]
    return [pair for pair in dict.fromkeys(stated) if pair[1]]


def qualified(description: Description) -> bytes:
    """The qualified record (qualifieddc.xsd): terms of DCMI, each with the scheme that its value is written in."""
    terms = Markup(TERMS, {"xsi": XSI}, prefix="dcterms")
    frame = Markup("", {"dcterms": TERMS, "xsi": XSI})
    said = [
        terms.leaf(name, value, {f"{{{XSI}}}type": f"dcterms:{encoding}" if encoding else ""})
        for name, value, encoding in _terms(description)
    ]
    return written(frame.branch("qualifieddc", said, {f"{{{XSI}}}noNamespaceSchemaLocation": _QUALIFIED_XSD}))


def _terms(d: Description) -> list[tuple[str, str, str]]:
    """Term, value and encoding scheme."""
    stated = [
        ("title", d.whole_title, ""),
        *(("creator", name, "") for name in names(d, created=True)),
        *(("contributor", name, "") for name in names(d, created=False)),
        ("publisher", d.publisher, ""),
        ("issued", d.date, "W3CDTF" if day(d.date) else ""),
        ("modified", last_change(d), "W3CDTF"),
        ("type", "Text", "DCMIType"),
        *(("subject", s.text, _encoding(s)) for s in d.subjects),
        ("abstract", d.abstract, ""),
        *(("language", tag, "RFC4646") for tag in d.languages),
        ("extent", d.extent, ""),
        *(("identifier", i, "URI" if i.startswith(("http", "urn:")) else "") for i in identifiers(d)),
        ("source", d.source, ""),
        ("isPartOf", d.series, ""),
        *(("hasPart", part.whole_title, "") for part in parts(d)),
        ("license", d.licence_url, "URI"),
        ("rights", d.rights or d.licence, ""),
    ]
    return [term for term in dict.fromkeys(stated) if term[1]]


def _encoding(subject: Subject) -> str:
    return _ENCODED.get(scheme(subject.scheme), "")
