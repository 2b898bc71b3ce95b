"""A description → Dublin Core 1.1 (simple, ISO 15836) in the frame of OAI-PMH: any number of fifteen elements."""

from __future__ import annotations

from teipress.crosswalk.markup import XSI, Markup, written
from teipress.edition import Agent, Description

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
ELEMENTS = "http://purl.org/dc/elements/1.1/"
AUTHORS = frozenset({"aut", "cre"})  # who made the work itself; everybody else contributed
_ADDRESSES = {"DOI": "https://doi.org/", "HANDLE": "https://hdl.handle.net/"}
_PREFIXED = {"ISBN": "urn:isbn:", "ISSN": "urn:issn:"}
_AT = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"


def dublin_core(description: Description) -> bytes:
    """The record (oai_dc.xsd); nothing if the description says nothing."""
    dc = Markup(ELEMENTS, prefix="dc")
    frame = Markup(OAI_DC, {"dc": ELEMENTS, "xsi": XSI}, prefix="oai_dc")
    said = [dc.leaf(name, value) for name, value in pairs(description)]
    return written(frame.branch("dc", said, {f"{{{XSI}}}schemaLocation": f"{OAI_DC} {_AT}"}))


def pairs(description: Description) -> list[tuple[str, str]]:
    """The elements with what they hold, in the order of the standard, each pair once, empty ones left out."""
    d = description
    stated = [
        ("title", full_title(d)),
        *(("creator", name) for name in names(d, creators=True)),
        *(("subject", subject.text) for subject in d.subjects),
        ("description", d.abstract),
        ("publisher", d.publisher),
        *(("contributor", name) for name in names(d, creators=False)),
        ("date", d.date),
        ("type", "Text"),
        *(("identifier", identifier) for identifier in identifiers(d)),
        ("source", d.source),
        *(("language", tag) for tag in d.languages),
        ("relation", d.series),
        *(("relation", full_title(part)) for part in parts(d)),
        ("rights", d.licence_url),
        ("rights", d.rights or d.licence),
    ]
    return [pair for pair in dict.fromkeys(stated) if pair[1]]


def full_title(description: Description) -> str:
    """``Title: subtitle``, without a colon after a question mark."""
    title, subtitle = description.title, description.subtitle
    between = " " if title.endswith(("?", "!", ".", "…", "？", "！", "。")) else ": "
    return f"{title}{between}{subtitle}" if title and subtitle else title


def names(description: Description, creators: bool) -> tuple[str, ...]:
    """The names of those who made the work, or of everybody else, each once."""
    chosen = creators_of(description)
    others = (a.inverted for a in description.agents if a not in chosen)
    made = tuple(dict.fromkeys(a.inverted for a in chosen))
    return made if creators else tuple(name for name in dict.fromkeys(others) if name not in made)


def creators_of(description: Description) -> tuple[Agent, ...]:
    """Who made the work: those whom the header calls its authors."""
    return tuple(a for a in description.agents if a.role in AUTHORS)


def identifiers(description: Description) -> tuple[str, ...]:
    """The numbers of a publication, as addresses or URNs where there are such; where it is read; its own URN."""
    found = [_identifier(kind, value) for kind, value in description.numbers if not kind.startswith("ISSN")]
    return tuple(dict.fromkeys(filter(None, [*found, description.url, description.identifier])))


def parts(description: Description) -> tuple[Description, ...]:
    """The documents of an edition; none if it is one itself."""
    return tuple(part for part in description.parts if part.identifier != description.identifier)


def _identifier(kind: str, value: str) -> str:
    if kind in _ADDRESSES and not value.startswith("http"):
        return _ADDRESSES[kind] + value
    name = kind.partition(" ")[0]
    return _PREFIXED[name] + value if name in _PREFIXED else value
