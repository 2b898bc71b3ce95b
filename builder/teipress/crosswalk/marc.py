"""A description → a record of MARC 21 for bibliographic data, as MARCXML (Library of Congress, MARC21slim.xsd)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from teipress.crosswalk.codes import day, language_code, language_codes, nonfiling, year, years
from teipress.crosswalk.facts import AUTHORITIES, AUTHORS, access, number, numbers, parts, people, scheme
from teipress.crosswalk.markup import XSI, Markup, written
from teipress.edition import Agent, Description, Subject
from teipress.isbn import digits, is_valid
from teipress.licences import creative_commons
from teipress.tei import Element

MARC = "http://www.loc.gov/MARC21/slim"
_XSD = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"
# new, language material, monograph, UTF-8; minimal level, without the punctuation of ISBD; lengths are for ISO 2709
_LEADER = "00000nam a22000007c 4500"
_MATERIAL = "m    |o  d |      "  # 006: an online document
_CARRIER = "cr |||||||||||"  # 007: an electronic resource, remote
_UNDATED = "000000"
_CONTROLLED = {"GND": "(DE-588)", "LCNAF": "(DLC)"}  # what stands before a number of a name in subfield 0
_STANDARD = {"DOI": "doi", "HANDLE": "hdl", "URN": "urn", "ARK": "ark", "URI": "uri"}  # 024, subfield 2

marc = Markup(MARC, {"xsi": XSI})


class Field(NamedTuple):
    """A data field: its tag, its two indicators (a blank is one, too) and its subfields in order."""

    tag: str
    indicators: str
    subfields: tuple[tuple[str, str], ...]


def marc_record(description: Description) -> bytes:
    """The record; nothing if there is no title, which no record can lack (245)."""
    if not description.title:
        return b""
    fixed = {
        "001": description.identifier.rpartition(":")[2],
        "006": _MATERIAL,
        "007": _CARRIER,
        "008": fixed_length(description),
    }
    fields = [_data(field) for field in sorted(_fields(description), key=lambda field: field.tag)]
    return written(
        marc.branch(
            "record",
            [
                marc.leaf("leader", _LEADER),
                *(marc.leaf("controlfield", value, {"tag": tag}) for tag, value in fixed.items()),
                *fields,
            ],
            {f"{{{XSI}}}schemaLocation": f"{MARC} {_XSD}"},
        )
    )


def fixed_length(d: Description) -> str:
    """The forty characters of field 008: when, of which years, where, in which language."""
    entered = day(d.date).replace("-", "") if year(d.date) else ""
    stated = years(d.date)
    kinds = {0: "nuuuuuuuu", 1: f"s{''.join(stated)}    ", 2: f"m{''.join(stated)}"}
    language = next(iter(language_codes(d.languages[:1])), "und")
    return f"{entered[2:] if len(entered) == 8 else _UNDATED}{kinds[len(stated)]}xx |||||o|||||||| ||{language} d"


def _data(field: Field) -> Element | None:
    subfields = [marc.leaf("subfield", value, {"code": code}) for code, value in field.subfields]
    return marc.branch(
        "datafield", subfields, {"tag": field.tag, "ind1": field.indicators[0], "ind2": field.indicators[1]}
    )


def _field(tag: str, indicators: str, /, *subfields: tuple[str, str]) -> Iterator[Field]:
    """A field with the subfields that hold something; no field without its first one."""
    if subfields[0][1]:
        yield Field(tag, indicators, tuple(pair for pair in subfields if pair[1]))


def _fields(d: Description) -> Iterator[Field]:
    yield from _numbered(d)
    yield from _languages(d)
    yield from (field for subject in d.subjects for field in _subject(subject))
    known = people(d)
    main = next((agent for agent, roles in known.items() if AUTHORS & {*roles}), None)
    yield from (_name(agent, roles, agent is main) for agent, roles in known.items())
    filed = nonfiling(d.title, d.languages[0] if d.languages else "")
    yield from _field("245", f"{1 if main else 0}{filed}", ("a", d.title), ("b", d.subtitle))
    yield from _field("250", "  ", ("a", d.edition))
    yield from _published(d)
    yield from _carried(d)
    yield from _notes(d)
    for part in parts(d):
        yield from _field("774", "0 ", ("t", part.whole_title), ("o", part.identifier))
    yield from _field("856", "40", ("u", d.url))


def _numbered(d: Description) -> Iterator[Field]:
    for of, value in numbers(d, "ISBN"):
        yield from _field("020", "  ", ("a", digits(value)) if is_valid(value) else ("z", value), ("q", of))
    if not d.series:
        yield from _field("022", "  ", ("a", number(d, "ISSN")))
    for kind, value in (*d.numbers, ("URN", d.identifier)):
        if kind in _STANDARD:
            yield from _field("024", "7 ", ("a", value), ("2", _STANDARD[kind]))
    yield from _field("010", "  ", ("a", number(d, "LCCN")))
    if oclc := number(d, "OCLC"):
        yield from _field("035", "  ", ("a", oclc if oclc.startswith("(") else f"(OCoLC){oclc}"))


def _languages(d: Description) -> Iterator[Field]:
    """The languages by the codes of MARC; the tags themselves where they say more, or MARC has no code."""
    codes = language_codes(d.languages)
    if len(codes) > 1:
        yield Field("041", "  ", tuple(("a", code) for code in codes))
    if any(not language_code(tag) or "-" in tag for tag in d.languages):
        yield Field("041", " 7", (*(("a", tag) for tag in d.languages), ("2", "rfc5646")))


def _subject(subject: Subject) -> Iterator[Field]:
    known = scheme(subject.scheme)
    if known == "ddc":
        yield from _field("082", "04", ("a", subject.text))
    elif known == "lcc":
        yield from _field("050", " 4", ("a", subject.text))
    elif subject.code and known:
        yield from _field("084", "  ", ("a", subject.text), ("2", known))
    elif known == "lcsh":
        yield from _field("650", " 0", ("a", subject.text))
    elif known:
        yield from _field("650", " 7", ("a", subject.text), ("2", known))
    else:
        yield from _field("653", "  ", ("a", subject.text))


def _name(agent: Agent, roles: tuple[str, ...], main: bool) -> Field:
    """The field of a name: of its main author 100 or 110, of anybody else 700 or 710.

    A name that neither says whose kind it is nor how it is filed is an uncontrolled one (720), which has no numbers.
    """
    first = "2" if agent.body else "1" if "," in agent.filed else "0"
    known = ((k, v) for k, v in agent.identifiers if k in AUTHORITIES or k == "URI")
    numbered = [("0", _CONTROLLED[k] + v) if k in _CONTROLLED else ("1", AUTHORITIES.get(k, "") + v) for k, v in known]
    tag = ("1" if main else "7") + ("10" if agent.body else "00")
    if first == "0" and not main and not numbered:
        tag, first = "720", " "
    return Field(tag, f"{first} ", (("a", agent.filed), *(("4", role) for role in roles), *sorted(numbered)))


def _published(d: Description) -> Iterator[Field]:
    stated = [pair for pair in (("a", d.place), ("b", d.publisher), ("c", day(d.date) or d.date)) if pair[1]]
    if stated:
        yield Field("264", " 1", tuple(stated))


def _carried(d: Description) -> Iterator[Field]:
    """What it is: text on a computer, online (RDA's terms for content, media and carrier)."""
    extent = f"1 online resource ({d.extent})" if d.extent else "1 online resource"
    yield from _field("300", "  ", ("a", extent))
    yield from _field("336", "  ", ("a", "text"), ("b", "txt"), ("2", "rdacontent"))
    yield from _field("337", "  ", ("a", "computer"), ("b", "c"), ("2", "rdamedia"))
    yield from _field("338", "  ", ("a", "online resource"), ("b", "cr"), ("2", "rdacarrier"))
    yield from _field("347", "  ", ("a", "text file"), ("2", "rdaft"))
    issn = number(d, "ISSN") if d.series else ""
    yield from _field("490", "0 ", ("a", d.series), ("x", issn), ("v", d.volume))


def _notes(d: Description) -> Iterator[Field]:
    yield from _field("500", "  ", ("a", d.source))
    if access(d) == "free":
        yield from _field("506", "0 ", ("a", "Open access"), ("f", "Unrestricted online access"), ("2", "star"))
    elif access(d) == "restricted":
        yield from _field("506", "1 ", ("a", d.rights or d.licence or d.status))
    yield from _field("520", "  ", ("a", d.abstract))
    licence = creative_commons(d.licence_url)
    coded = (("f", licence.name), ("2", "cc")) if licence else ()
    yield from _field(
        "540", "  ", ("a", d.rights or d.licence or d.licence_url), *coded[:1], ("u", d.licence_url), *coded[1:]
    )
