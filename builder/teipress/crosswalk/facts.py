"""A description → what more than one format says of it: titles, who is who, identifiers, subjects by their schemes."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.crosswalk.codes import latest
from teipress.edition import Agent, Description
from teipress.licences import is_public

AUTHORS = frozenset({"aut", "cre"})  # who made the work itself; everybody else contributed
AUTHORITIES = {  # what the addresses of people and bodies begin with, before their numbers
    "ORCID": "https://orcid.org/",
    "GND": "https://d-nb.info/gnd/",
    "VIAF": "http://viaf.org/viaf/",
    "ISNI": "https://isni.org/isni/",
    "Wikidata": "http://www.wikidata.org/entity/",
    "LCNAF": "http://id.loc.gov/authorities/names/",
    "ROR": "https://ror.org/",
}
_ADDRESSES = {"DOI": "https://doi.org/", "HANDLE": "https://hdl.handle.net/"}
_PREFIXED = {"ISBN": "urn:isbn:", "ISSN": "urn:issn:"}
_SCHEMES = {  # what headers call the vocabularies that catalogues know by a code of the Library of Congress
    "lcsh": ("lcsh", "id.loc.gov/authorities/subjects", "library of congress subject headings"),
    "gnd": ("gnd", "d-nb.info/gnd", "swd"),
    "fast": ("fast", "id.worldcat.org/fast", "fast.oclc.org"),
    "aat": ("aat", "vocab.getty.edu/aat"),
    "mesh": ("mesh", "id.nlm.nih.gov/mesh"),
    "ndlsh": ("ndlsh", "id.ndl.go.jp/auth/ndlsh"),
    "thema": ("thema", "ns.editeur.org/thema"),
    "ddc": ("ddc", "dewey", "dewey.info"),
    "lcc": ("lcc", "id.loc.gov/authorities/classification"),
    "udc": ("udc",),
    "rvk": ("rvk",),
    "bkl": ("bkl",),
}


def creators(description: Description) -> tuple[Agent, ...]:
    """Who made the work: those whom the header calls its authors."""
    return tuple(a for a in description.agents if a.role in AUTHORS)


def people(description: Description) -> dict[Agent, tuple[str, ...]]:
    """Everybody once, in the order of the header, with the codes of all that they did."""
    found: dict[str, tuple[Agent, list[str]]] = {}
    for agent in description.agents:
        first, roles = found.setdefault(agent.inverted, (agent, []))
        if agent.identifiers and not first.identifiers:
            found[agent.inverted] = agent, roles
        roles.append(agent.role)
    return {agent: tuple(dict.fromkeys(roles)) for agent, roles in found.values()}


def names(description: Description, created: bool) -> tuple[str, ...]:
    """The names of those who made the work, or of everybody else, each once."""
    known = people(description)
    return tuple(agent.inverted for agent, roles in known.items() if bool(AUTHORS & {*roles}) == created)


def numbers(description: Description, kind: str) -> Iterator[tuple[str, str]]:
    """The numbers of a kind ("ISBN") as pairs: what it is the number of ("epub", or nothing), and the number."""
    for stated, value in description.numbers:
        name, _, of = stated.partition(" ")
        if name == kind:
            yield of, value


def number(description: Description, kind: str) -> str:
    """The first number of a kind; empty if there is none."""
    return next((value for _, value in numbers(description, kind)), "")


def identifiers(description: Description) -> tuple[str, ...]:
    """The numbers of a publication, as addresses or URNs where there are such; where it is read; its own URN."""
    found = [address(kind, value) for kind, value in description.numbers if not kind.startswith("ISSN")]
    return tuple(dict.fromkeys(filter(None, [*found, description.url, description.identifier])))


def address(kind: str, value: str) -> str:
    """A number as the address or the URN that it is known by; any other as it is."""
    if kind in _ADDRESSES and not value.startswith("http"):
        return _ADDRESSES[kind] + value
    name = kind.partition(" ")[0]
    return _PREFIXED[name] + value if name in _PREFIXED else value


def access(description: Description) -> str:
    """The status that the header gives the text, but not "restricted" where a public licence opens it."""
    opened = description.status == "restricted" and is_public(description.licence_url)
    return "" if opened else description.status


def last_change(description: Description) -> str:
    """The latest day on which something was changed, if any states a whole day."""
    return latest(date for date, _, _ in description.changes)


def last_day(description: Description) -> str:
    """The latest day of all, that of publication included."""
    return latest((description.date, last_change(description)))


def parts(description: Description) -> tuple[Description, ...]:
    """The documents of an edition; none if it is one itself."""
    return tuple(part for part in description.parts if part.identifier != description.identifier)


def scheme(stated: str) -> str:
    """The code by which catalogues know a vocabulary; empty for one that they do not."""
    plain = stated.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    found = (code for code, known in _SCHEMES.items() if plain in known or plain.startswith(known[1:]))
    return next(found, "")
