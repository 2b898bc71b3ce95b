"""A description → a record of MODS 3.8 (Library of Congress, mods-3-8.xsd)."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.crosswalk.codes import day, nonfiling
from teipress.crosswalk.facts import access, last_change, number, parts, people, scheme
from teipress.crosswalk.markup import XLINK, XSI, Markup, written
from teipress.edition import Agent, Description
from teipress.tei import Element

MODS = "http://www.loc.gov/mods/v3"
_XSD = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
_RELATORS = "http://id.loc.gov/vocabulary/relators"
_KINDS = {
    "HANDLE": "hdl",
    "URL": "uri",
}  # what MODS calls a kind of number, where that is not its name in small letters

mods = Markup(MODS, {"xlink": XLINK, "xsi": XSI})


def mods_record(description: Description) -> bytes:
    """The record; nothing if there is no title, which MODS asks for."""
    if not description.title:
        return b""
    place = f"{MODS} {_XSD}"
    return written(mods.branch("mods", _content(description), {"version": "3.8", f"{{{XSI}}}schemaLocation": place}))


def _content(d: Description) -> Iterator[Element | None]:
    yield _title(d)
    yield from (_name(agent, roles) for agent, roles in people(d).items())
    yield mods.leaf("typeOfResource", "text")
    yield _origin(d)
    for tag in d.languages:
        yield mods.branch("language", [mods.leaf("languageTerm", tag, {"type": "code", "authority": "rfc5646"})])
    form = mods.leaf("form", "electronic", {"authority": "marcform"})
    yield mods.branch("physicalDescription", [form, mods.leaf("extent", d.extent)])
    yield mods.leaf("abstract", d.abstract)
    for subject in d.subjects:
        known = {"authority": scheme(subject.scheme)}
        if subject.code:
            yield mods.leaf("classification", subject.text, known)
        else:
            yield mods.branch("subject", [mods.leaf("topic", subject.text)], known)
    yield from _related(d)
    yield from (_identifier(kind, value) for kind, value in d.numbers if kind != "ISSN" or not d.series)
    yield mods.leaf("identifier", d.identifier, {"type": "urn"})
    yield mods.branch("location", [mods.leaf("url", d.url, {"usage": "primary"})])
    yield from _access(d)


def _title(d: Description) -> Element | None:
    """The title; an article that no catalogue files by stands apart."""
    language = d.languages[0] if d.languages else ""
    length = nonfiling(d.title, language)
    return mods.branch(
        "titleInfo",
        [
            mods.leaf("nonSort", d.title[:length]),
            mods.leaf("title", d.title[length:]),
            mods.leaf("subTitle", d.subtitle),
        ],
    )


def _name(agent: Agent, roles: tuple[str, ...]) -> Element | None:
    """A name with its parts, its roles as codes of MARC, and its identifiers."""
    kind = "corporate" if agent.body else "personal" if agent.family else ""
    parted = [("family", agent.family), ("given", agent.given)] if agent.family else [("", agent.whole)]
    coded = {"type": "code", "authority": "marcrelator", "authorityURI": _RELATORS}
    return mods.branch(
        "name",
        [
            *(mods.leaf("namePart", value, {"type": part}) for part, value in parted),
            *(mods.branch("role", [mods.leaf("roleTerm", role, coded)]) for role in roles),
            *(mods.leaf("nameIdentifier", value, {"type": name.lower()}) for name, value in agent.identifiers),
        ],
        {"type": kind},
    )


def _origin(d: Description) -> Element | None:
    iso = day(d.date)
    dated = {"encoding": "w3cdtf", "keyDate": "yes"} if iso else {}
    return mods.branch(
        "originInfo",
        [
            mods.branch("place", [mods.leaf("placeTerm", d.place, {"type": "text"})]),
            mods.leaf("publisher", d.publisher),
            mods.leaf("dateIssued", iso or d.date, dated),
            mods.leaf("dateModified", last_change(d), {"encoding": "w3cdtf"}),
            mods.leaf("edition", d.edition),
        ],
        {"eventType": "publication"},
    )


def _related(d: Description) -> Iterator[Element | None]:
    """The series, the source, and the documents that an edition consists of."""
    volume = mods.branch("detail", [mods.leaf("number", d.volume)], {"type": "volume"}) if d.series else None
    series = [
        mods.branch("titleInfo", [mods.leaf("title", d.series)]),
        mods.branch("part", [volume]),
        mods.leaf("identifier", number(d, "ISSN") if d.series else "", {"type": "issn"}),
    ]
    yield mods.branch("relatedItem", series, {"type": "series"})
    made = mods.leaf("dateCreated", d.original, {"encoding": "w3cdtf"} if day(d.original) else {})
    dated = mods.branch("originInfo", [made])
    yield mods.branch("relatedItem", [dated, mods.leaf("note", d.source)], {"type": "original"})
    for part in parts(d):
        named = [_name(agent, roles) for agent, roles in people(part).items() if agent not in d.agents]
        known = mods.leaf("identifier", part.identifier, {"type": "urn"})
        yield mods.branch("relatedItem", [_title(part), *named, known], {"type": "constituent"})


def _identifier(kind: str, value: str) -> Element | None:
    name, _, of = kind.partition(" ")
    return mods.leaf("identifier", value, {"type": _KINDS.get(name, name.lower()), "displayLabel": of})


def _access(d: Description) -> Iterator[Element | None]:
    yield mods.leaf("accessCondition", access(d), {"type": "restriction on access"})
    link = {f"{{{XLINK}}}href": d.licence_url}
    words = d.rights or d.licence or d.licence_url
    yield mods.leaf("accessCondition", words, {"type": "use and reproduction", **link})
