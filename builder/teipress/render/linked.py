"""Persons, bodies and places of an edition → what other collections can join: JSON-LD (schema.org) and BEACON files.

An entry is tied to an authority by `idno` with a type that is in `AUTHORITIES`, by an `idno` that is an address, or by
`sameAs` (TEI Guidelines, 14.3.2). Nothing is guessed from names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from teipress import tei
from teipress.addresses import web_address
from teipress.edition import Edition, Entity, TextFile
from teipress.render.book import Book

# what idno/@type calls an authority → how its addresses begin
AUTHORITIES = {
    "gnd": "https://d-nb.info/gnd/",
    "viaf": "https://viaf.org/viaf/",
    "wikidata": "https://www.wikidata.org/entity/",
    "isni": "https://isni.org/isni/",
    "orcid": "https://orcid.org/",
    "geonames": "https://sws.geonames.org/",
    "lccn": "https://id.loc.gov/authorities/names/",
    "ulan": "https://vocab.getty.edu/ulan/",
    "tgn": "https://vocab.getty.edu/tgn/",
    "bnf": "https://data.bnf.fr/ark:/12148/",
    "ndl": "https://id.ndl.go.jp/auth/ndlna/",
}
_TYPES = {"org": "Organization", "place": "Place"}  # the others are persons
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def addresses(entity: Entity) -> list[str]:
    """The addresses that authorities have for an entry."""
    element = entity.element
    if element is None:
        return []
    found = [_address(i) for i in tei.elements(element, "idno")]
    found += [web_address(p) for p in tei.pointers(element.get("sameAs"))]
    return list(dict.fromkeys(a for a in found if a.startswith("http")))


def _address(idno: tei.Element) -> str:
    value = tei.line_of_text(idno)
    if value.startswith("http"):
        return web_address(value)
    prefix = AUTHORITIES.get((idno.get("type") or "").lower(), "")
    return prefix + quote(re.sub(r"\s", "", value), safe="/:") if prefix and value else ""


def linked(book: Book, entities: Sequence[Entity], page: str, url: str) -> Markup:
    """The entries of a register page as JSON-LD, ready to stand in a script."""
    graph = [_thing(entity, f"{url}{page}#{book.anchor(entity.id)}") for entity in entities]
    value = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return Markup(value.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _thing(entity: Entity, identifier: str) -> dict[str, object]:
    element = entity.element
    numbers = set() if element is None else {tei.line_of_text(i) for i in tei.elements(element, "idno")}
    others = [n.text for n in entity.names[1:] if n.text not in {entity.name.text, *numbers}]
    thing: dict[str, object] = {
        "@type": _TYPES.get(entity.kind, "Person"),
        "@id": identifier,
        "name": entity.name.text,
        "alternateName": others,
        "birthDate": _date(entity, "birth"),
        "deathDate": _date(entity, "death"),
        "geo": _coordinates(entity),
        "sameAs": addresses(entity),
    }
    return {key: value for key, value in thing.items() if value}


def _date(entity: Entity, name: str) -> str:
    event = None if entity.element is None else tei.child(entity.element, name)
    when = "" if event is None else event.get("when", "")
    return when if _DATE.fullmatch(when) else ""


def _coordinates(entity: Entity) -> dict[str, object]:
    """Latitude and longitude in degrees (TEI geo: two numbers, WGS 84 unless a geoDecl says otherwise)."""
    geo = None if entity.element is None else next(tei.elements(entity.element, "geo"), None)
    numbers = re.fullmatch(r"(-?\d+(?:\.\d+)?)[ ,]+(-?\d+(?:\.\d+)?)", tei.line_of_text(geo))
    if numbers is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": numbers[1], "longitude": numbers[2]}


def beacons(book: Book, url: str) -> list[TextFile]:
    """A BEACON file for each authority that persons are tied to; none if it is not known where the site will stand."""
    found: dict[str, list[str]] = {}
    for person in book.edition.persons:
        for address in addresses(person):
            if prefix := next((p for p in AUTHORITIES.values() if address.startswith(p)), ""):
                found.setdefault(prefix, []).append(f"{address.removeprefix(prefix)}||{book.anchor(person.id)}")
    files: list[TextFile] = []
    for prefix in (p for p in AUTHORITIES.values() if url and p in found):
        key = next(k for k, p in AUTHORITIES.items() if p == prefix)
        name = f"beacon-{key}.txt" if files else "beacon.txt"
        files.append(TextFile(PurePosixPath(name), _beacon(book.edition, prefix, f"{url}{name}", url, found[prefix])))
    return files


def _beacon(edition: Edition, prefix: str, feed: str, url: str, lines: Iterable[str]) -> str:
    said = {
        "FORMAT": "BEACON",
        "PREFIX": prefix,
        "TARGET": f"{url}persons.html#{{ID}}",
        "NAME": edition.title,
        "INSTITUTION": edition.header.publisher,
        "TIMESTAMP": edition.header.changed or edition.header.date,
        "FEED": feed,
    }
    head = [f"#{key}: {' '.join(value.split())}" for key, value in said.items() if value]
    return "\n".join([*head, "", *sorted(lines)]) + "\n"
