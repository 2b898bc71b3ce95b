"""A description → metadata of DataCite 4.5: JSON, as its registry and repositories take it, and XML.

XML asks for a DOI, which only the header can state; a repository that gives one itself reads the JSON. Who or where
nobody is named, stands DataCite's own word for what is not available.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from teipress.crosswalk.codes import day, year
from teipress.crosswalk.csl import filled, json_bytes
from teipress.crosswalk.facts import AUTHORITIES, AUTHORS, last_change, number, parts, people
from teipress.crosswalk.markup import XSI, Markup, written
from teipress.edition import Agent, Description, Subject
from teipress.licences import creative_commons
from teipress.tei import XML_LANG, Element

KERNEL = "http://datacite.org/schema/kernel-4"
SCHEMA_VERSION = KERNEL  # as its JSON has it, of every 4.x
_XSD = "http://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
_UNAVAILABLE = ":unav"
_CONTRIBUTED = {
    "edt": "Editor",
    "spn": "Sponsor",
    "rth": "ProjectLeader",
    "pdr": "ProjectManager",
    "dtm": "DataManager",
    "dst": "Distributor",
    "cph": "RightsHolder",
    "res": "Researcher",
}
# the attributes of XML that are called otherwise in JSON; all the others are called the same
_RENAMED = {"schemeUri": "schemeURI", "rightsUri": "rightsURI", "valueUri": "valueURI", "lang": XML_LANG}
# lists of values: what one of them is called in XML, and which member of it is the text of the element
_LISTS = {
    "titles": ("title", "title"),
    "subjects": ("subject", "subject"),
    "dates": ("date", "date"),
    "alternateIdentifiers": ("alternateIdentifier", "alternateIdentifier"),
    "relatedIdentifiers": ("relatedIdentifier", "relatedIdentifier"),
    "rightsList": ("rights", "rights"),
    "descriptions": ("description", "description"),
}


def datacite(description: Description) -> dict[str, Any]:
    """The metadata as the kernel's JSON has it; nothing without a title or without one year of publication."""
    d = description
    if not d.title or not year(d.date):
        return {}
    made = list(_creators(d))
    known = people(d)
    issn = number(d, "ISSN") if d.series else ""
    licence = creative_commons(d.licence_url)
    spdx = {"rightsIdentifier": licence.spdx, "rightsIdentifierScheme": "SPDX"} if licence and licence.spdx else {}
    return filled(
        {
            "doi": number(d, "DOI"),
            "types": {"resourceTypeGeneral": "Text", "resourceType": "TEI edition"},
            "creators": [_person(agent) for agent in made] or [{"name": _UNAVAILABLE}],
            "titles": [{"title": d.title}, *([{"title": d.subtitle, "titleType": "Subtitle"}] if d.subtitle else [])],
            "publisher": {"name": d.publisher or _UNAVAILABLE},
            "publicationYear": year(d.date),
            "subjects": _unique(_subject(s) for s in d.subjects),
            "contributors": [
                {**_person(agent), "contributorType": _CONTRIBUTED.get(role, "Other")}
                for agent, roles in known.items()
                if agent not in made
                for role in roles[:1]
                if role != "fnd"
            ],
            "fundingReferences": [{"funderName": a.inverted} for a, roles in known.items() if "fnd" in roles],
            "dates": list(_dates(d)),
            "language": next(iter(d.languages), ""),
            "alternateIdentifiers": _unique(_alternate(d)),
            "relatedIdentifiers": _unique(_related(d, issn)),
            "sizes": [d.extent] if d.extent else [],
            "version": d.edition,
            "rightsList": _unique([filled({"rights": d.rights or d.licence, "rightsUri": d.licence_url, **spdx})]),
            "descriptions": [{"description": d.abstract, "descriptionType": "Abstract"}] if d.abstract else [],
            "schemaVersion": SCHEMA_VERSION,
            "url": d.url,
        }
    )


def datacite_json(description: Description) -> bytes:
    """The record in JSON; nothing where DataCite wants what the header does not state."""
    found = datacite(description)
    return json_bytes(found) if found else b""


def datacite_xml(description: Description) -> bytes:
    """The record in XML; nothing without a DOI."""
    found = datacite(description)
    if not found.get("doi"):
        return b""
    kernel = Markup(KERNEL, {"xsi": XSI})
    place = {f"{{{XSI}}}schemaLocation": f"{KERNEL} {_XSD}"}
    return written(kernel.branch("resource", _elements(kernel, found), place))


def _unique(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Values without those that are empty or come again, which the schema forbids."""
    found: list[dict[str, Any]] = []
    for value in values:
        if value and value not in found:
            found.append(value)
    return found


def _subject(subject: Subject) -> dict[str, str]:
    """A subject with the scheme that it is of, by its address if that is how the header names it."""
    named = "schemeUri" if subject.scheme.startswith(("http://", "https://")) else "subjectScheme"
    return filled({"subject": subject.text, named: subject.scheme})


def _creators(d: Description) -> Iterator[Agent]:
    """Whom a citation leads with: the authors, else the editors."""
    known = people(d)
    authors = [agent for agent, roles in known.items() if AUTHORS & {*roles}]
    yield from authors or (agent for agent, roles in known.items() if "edt" in roles)


def _person(agent: Agent) -> dict[str, Any]:
    kind = "Organizational" if agent.body else "Personal" if agent.family else ""
    given = [
        {"nameIdentifier": AUTHORITIES[name] + value, "nameIdentifierScheme": name, "schemeUri": AUTHORITIES[name]}
        for name, value in agent.identifiers
        if name in AUTHORITIES
    ]
    parted = {"familyName": agent.family, "givenName": agent.given}
    return filled({"name": agent.filed, "nameType": kind, **parted, "nameIdentifiers": given})


def _dates(d: Description) -> Iterator[dict[str, str]]:
    if stated := day(d.date):
        yield {"date": stated, "dateType": "Issued"}
    if changed := last_change(d):
        yield {"date": changed, "dateType": "Updated"}


def _alternate(d: Description) -> Iterator[dict[str, str]]:
    for stated, value in (*d.numbers, ("URN", d.identifier)):
        kind = stated.partition(" ")[0]
        if kind not in ("", "DOI", "ISSN"):
            yield {"alternateIdentifier": value, "alternateIdentifierType": kind}


def _related(d: Description, issn: str) -> Iterator[dict[str, str]]:
    if issn:
        yield {"relatedIdentifier": issn, "relatedIdentifierType": "ISSN", "relationType": "IsPartOf"}
    for part in parts(d):
        if doi := number(part, "DOI"):
            yield {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": "HasPart"}


def _elements(kernel: Markup, found: dict[str, Any]) -> Iterator[Element | None]:
    """The elements of XML for the members of the JSON."""
    yield kernel.leaf("identifier", found["doi"], {"identifierType": "DOI"})
    yield kernel.branch("creators", [kernel.branch("creator", _named(kernel, "creator", c)) for c in found["creators"]])
    for name, (single, text) in _LISTS.items():
        entries = [_entry(kernel, single, text, value) for value in found.get(name, [])]
        yield kernel.branch(name, entries)
    yield kernel.leaf("publisher", found["publisher"]["name"])
    yield kernel.leaf("publicationYear", found["publicationYear"])
    contributed = [
        kernel.branch("contributor", _named(kernel, "contributor", c), {"contributorType": c["contributorType"]})
        for c in found.get("contributors", [])
    ]
    yield kernel.branch("contributors", contributed)
    funders = [kernel.leaf("funderName", f["funderName"]) for f in found.get("fundingReferences", [])]
    yield kernel.branch("fundingReferences", [kernel.branch("fundingReference", [funder]) for funder in funders])
    kinds = found["types"]
    yield kernel.leaf("resourceType", kinds["resourceType"], {"resourceTypeGeneral": kinds["resourceTypeGeneral"]})
    yield kernel.branch("sizes", [kernel.leaf("size", size) for size in found.get("sizes", [])])
    yield kernel.leaf("language", found.get("language", ""))
    yield kernel.leaf("version", found.get("version", ""))


def _entry(kernel: Markup, name: str, text: str, value: dict[str, str]) -> Element | None:
    attributes = {_RENAMED.get(key, key): said for key, said in value.items() if key != text}
    made = kernel.empty(name, attributes)
    made.text = value.get(text, "")
    return made


def _named(kernel: Markup, role: str, person: dict[str, Any]) -> Iterator[Element | None]:
    yield kernel.leaf(f"{role}Name", person["name"], {"nameType": person.get("nameType", "")})
    yield kernel.leaf("givenName", person.get("givenName", ""))
    yield kernel.leaf("familyName", person.get("familyName", ""))
    for known in person.get("nameIdentifiers", []):
        yield _entry(kernel, "nameIdentifier", "nameIdentifier", known)
