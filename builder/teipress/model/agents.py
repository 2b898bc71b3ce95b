"""The title statement of a teiHeader → who made the work and the edition, with roles and identifiers (TEI 2.2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from teipress import tei
from teipress.edition import Agent, Edition
from teipress.model.imprint import BETWEEN
from teipress.model.relators import relators
from teipress.tei import Element

# what an element of the title statement says of the part that its names had
_ROLES = {"author": "aut", "editor": "edt", "principal": "rth", "funder": "fnd", "sponsor": "spn"}
_NAMES = ("persName", "orgName", "name")
_ABOUT = ("note", "idno", "email", "address", "ptr", "affiliation", "date")  # stands beside a name, and is none
# where identifiers of people and bodies are addresses, and where they are only numbers
_AUTHORITIES = (
    ("ORCID", r"orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])"),
    ("GND", r"(?:d-nb\.info|lobid\.org)/gnd/([\dX-]+)"),
    ("VIAF", r"viaf\.org/(?:viaf/)?(\d+)"),
    ("ISNI", r"isni\.org/(?:isni/)?(\d{15}[\dX])"),
    ("Wikidata", r"wikidata\.org/(?:wiki|entity)/(Q\d+)"),
    ("LCNAF", r"id\.loc\.gov/authorities/names/(n[a-z]*\d+)"),
    ("ROR", r"ror\.org/(0[a-z0-9]{8})"),
)
_NUMBERS = {
    "ORCID": r"(\d{4}-\d{4}-\d{4}-\d{3}[\dX])",
    "GND": r"(?:gnd:|\(DE-588\))?(\d[\dX-]+)",
    "VIAF": r"(?:viaf:)?(\d+)",
    "ISNI": r"((?:\d{4} ?){3}\d{3}[\dX])",
    "Wikidata": r"(?:wd:|wikidata:)?(Q\d+)",
    "LCNAF": r"(n[a-z]*\d+)",
    "ROR": r"(0[a-z0-9]{8})",
}


def agents(edition: Edition, head: Element | None, document: str = "") -> Iterator[Agent]:
    """Everybody whom a title statement names, in its order; who did several things comes once for each.

    `document` is the slug of the one whose header it is: its pointers into the registers are resolved.
    """
    statement = tei.child(head, "fileDesc", "titleStmt") if head is not None else None
    for element in tei.elements(statement, *_ROLES, "respStmt") if statement is not None else ():
        name = tei.local(element)
        stated = tei.line_of_text(tei.child(element, "resp")) if name == "respStmt" else element.get("role", "")
        done = _done(element) if name == "respStmt" else relators(stated, _ROLES[name])
        for named in named_in(element) if name != "respStmt" else _names(element):
            if agent := agent_of(edition, named, document):
                yield from (replace(agent, role=role, stated=name) for role in done)


def named_in(element: Element) -> list[Element]:
    """What names somebody in an author, editor …: the element itself, or one of its names if they are several people.

    Several names in different languages are one person's; so the first of them stands for all.
    """
    names = _names(element)
    languages = {name.get(tei.XML_LANG) for name in names}
    if len(names) < 2 or len(languages) == len(names):
        return [element]
    return names


def agent_of(edition: Edition, element: Element, document: str = "") -> Agent | None:
    """Somebody with the parts of the name: as it stands there, else as the register has it that it points to."""
    name = _name(element)
    line = tei.line_of_text(name, skip=_ABOUT).strip(BETWEEN) or tei.line_of_text(element).strip(BETWEEN)
    if not line:
        return None
    entries = _entries(edition, element, document)
    registered = (n for entry in entries for n in tei.elements(entry, "persName"))
    agent = parted(name) or next((a for n in registered if (a := parted(n))), None)
    named = next(tei.elements(name, "persName", "orgName"), name)
    is_body = tei.local(named) == "orgName" or any(tei.local(entry) == "org" for entry in entries)
    own = dict.fromkeys(pair for e in tei.elements(element) for pair in _identifiers(e))
    found = own | dict.fromkeys(pair for entry in entries for e in (entry, *entry) for pair in _identifiers(e))
    return replace(agent or Agent(line, body=is_body), identifiers=tuple(found))


def parted(name: Element) -> Agent | None:
    """A name with a surname and a forename; None for any other, and for several in one."""
    families, given = list(tei.elements(name, "surname")), list(tei.elements(name, "forename"))
    if len(families) != 1 or not given:
        return None
    family, line = tei.line_of_text(families[0]), tei.line_of_text(name, skip=_ABOUT).strip(BETWEEN)
    link = " ".join(tei.line_of_text(e) for e in tei.elements(name, "nameLink"))
    named = " ".join(tei.line_of_text(e) for e in given)
    first = next(tei.elements(name, "surname", "forename")) is families[0]
    return Agent(line, f"{link} {family}".strip(), named, fixed=first and "," not in line)


def _done(statement: Element) -> tuple[str, ...]:
    """What a statement of responsibility says its names did; a pointer to the MARC relators says it best."""
    codes: dict[str, None] = {}
    for resp in tei.elements(statement, "resp"):
        pointed = next((p for a in ("ref", "key", "ana") for p in tei.pointers(resp.get(a)) if "relators/" in p), "")
        codes.update(dict.fromkeys(relators(pointed or tei.line_of_text(resp))))
    return tuple(codes) or relators("")


def _name(element: Element) -> Element:
    """What to read of somebody: of a name that is given in several languages the first, else the element itself."""
    names = _names(element)
    return names[0] if len(names) > 1 else element


def _names(element: Element) -> list[Element]:
    return [e for e in element if tei.is_element(e) and tei.local(e) in _NAMES]


def _entries(edition: Edition, element: Element, document: str) -> list[Element]:
    """The entries of the register that a name points to."""
    known = {p.id: p.element for p in edition.persons}
    meant = (edition.resolve(document, p) for e in tei.elements(element) for p in tei.pointers(e.get("ref")))
    return [entry for identifier in dict.fromkeys(meant) if (entry := known.get(identifier)) is not None]


def _identifiers(element: Element) -> Iterator[tuple[str, str]]:
    """What authority files call somebody: the addresses and numbers that an element itself has."""
    if not tei.is_element(element):
        return
    kind, is_number = element.get("type", ""), tei.local(element) == "idno"
    for attribute in ("ref", "key", "target", "sameAs"):
        yield from (pair for p in tei.pointers(element.get(attribute)) if (pair := _identifier(p, kind, not is_number)))
    if is_number and (pair := _identifier(tei.line_of_text(element), kind, is_address=True)):
        yield pair


def _identifier(written: str, kind: str, is_address: bool) -> tuple[str, str] | None:
    """Which number of which authority is meant; an address that belongs to none is a URI, other words are nothing."""
    for name, pattern in _AUTHORITIES:
        if found := re.search(pattern, written):
            return name, found[1]
    name = next((n for n in _NUMBERS if kind.lower() in (n.lower(), f"{n.lower()}id", f"{n.lower()}_id")), "")
    if name and (found := re.fullmatch(_NUMBERS[name], written.strip())):
        return name, found[1].replace(" ", "")
    return ("URI", written) if is_address and re.match(r"https?://", written) else None
