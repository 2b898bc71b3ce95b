"""A description → findings: what a receiver or a format asks for and the teiHeader does not say, before packing.

Each names the element to fill in, by its path in the header and by the line of what is there of that path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from teipress import tei
from teipress.crosswalk.codes import day, year
from teipress.crosswalk.facts import creators, last_day, number, numbers
from teipress.edition import Description, Edition
from teipress.findings import Finding, Severity, finding
from teipress.isbn import is_valid


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be asked for: the code of the finding, its name, whether it is there, where it belongs."""

    code: str
    name: str
    stated: Callable[[Description], bool]
    path: str
    example: str


_PUBLICATION = "fileDesc/publicationStmt"
TITLE = Fact("M001", "a title", lambda d: bool(d.title), "fileDesc/titleStmt/title", "<title>…</title>")
DATE = Fact(
    "M002", "a publication date", lambda d: bool(day(d.date)), f"{_PUBLICATION}/date", '<date when="2026-11-21"/>'
)
YEAR = replace(DATE, name="a publication date with its year", stated=lambda d: bool(year(d.date)))
DAY = replace(
    DATE,
    name="a day of publication or of a revision",
    stated=lambda d: bool(last_day(d)),
)
PUBLISHER = Fact(
    "M003", "a publisher", lambda d: bool(d.publisher), f"{_PUBLICATION}/publisher", "<publisher>…</publisher>"
)
LANGUAGE = Fact(
    "M004", "a language", lambda d: bool(d.languages), "profileDesc/langUsage/language", '<language ident="en"/>'
)
RIGHTS = Fact(
    "M005",
    "what the text may be used for",
    lambda d: bool(d.licence_url or d.rights or d.licence),
    f"{_PUBLICATION}/availability",
    '<availability><licence target="https://creativecommons.org/licenses/by/4.0/"/></availability>',
)
AUTHOR = Fact(
    "M006",
    "an author or an editor",
    lambda d: bool(creators(d)) or any(a.role == "edt" for a in d.agents),
    "fileDesc/titleStmt/editor",
    "<editor><persName><forename>…</forename> <surname>…</surname></persName></editor>",
)
ISBN = Fact(
    "M007",
    "an ISBN",
    lambda d: any(is_valid(value) for _, value in numbers(d, "ISBN")),
    f"{_PUBLICATION}/idno",
    '<idno type="ISBN">978-…</idno>',
)
DOI = Fact("M008", "a DOI", lambda d: bool(number(d, "DOI")), f"{_PUBLICATION}/idno", '<idno type="DOI">10.…</idno>')
ABSTRACT = Fact(
    "M009", "an abstract", lambda d: bool(d.abstract), "profileDesc/abstract", "<abstract><p>…</p></abstract>"
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a receiver refuses a deposit without, and what it only wants."""

    name: str
    needed: tuple[Fact, ...] = ()
    wanted: tuple[Fact, ...] = ()


RECEIVERS = {
    "bagit": Wishes("a bag", wanted=(TITLE, PUBLISHER, DATE, RIGHTS)),
    "dnb": Wishes("DNB", (TITLE, DATE, PUBLISHER), (LANGUAGE, AUTHOR, RIGHTS, ISBN)),
    "eark": Wishes("an archive", (TITLE,), (PUBLISHER, DATE, LANGUAGE, RIGHTS)),
    "ocfl": Wishes("a repository", wanted=(TITLE, DATE, RIGHTS)),
    "saf": Wishes("DSpace", (TITLE, DATE), (AUTHOR, PUBLISHER, LANGUAGE, RIGHTS, ABSTRACT)),
}
# what a record of `teipress.crosswalk.CROSSWALKS` is not made without
FORMATS = {
    "csl.json": (TITLE,),
    "datacite.json": (TITLE, YEAR),
    "datacite.xml": (TITLE, YEAR, DOI),
    "dc.xml": (),
    "dcterms.xml": (),
    "marc.xml": (TITLE,),
    "mods.xml": (TITLE,),
    "onix.xml": (TITLE, PUBLISHER, ISBN, DAY),
}


def lacking(description: Description, kind: str, edition: Edition | None = None) -> list[Finding]:
    """What a receiver (`RECEIVERS`) or a format (`FORMATS`, by the name of its record) does not find.

    An error where the receiver refuses the deposit, a warning where it only wants to know; a note where a record will
    not be there. `edition` says in which file and line; without it a finding has no place. KeyError: no such kind.
    """
    if kind in FORMATS:
        return list(_notes(description, [kind], edition))
    wishes = RECEIVERS[kind]
    needed = [(fact, Severity.ERROR) for fact in wishes.needed]
    wanted = [(fact, Severity.WARNING) for fact in wishes.wanted]
    return [
        replace(_finding(fact, f"{wishes.name} wants {fact.name}", edition), severity=severity)
        for fact, severity in needed + wanted
        if not fact.stated(description)
    ]


def left_out(description: Description, edition: Edition | None = None) -> list[Finding]:
    """A note for each fact whose lack leaves out records, with the names of these."""
    return list(_notes(description, FORMATS, edition))


def _notes(d: Description, formats: Iterable[str], edition: Edition | None) -> Iterator[Finding]:
    records: dict[Fact, list[str]] = {}
    for name in formats:
        for fact in FORMATS[name]:
            if not fact.stated(d):
                records.setdefault(fact, []).append(name)
    for fact, names in records.items():
        listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        told = f"{listed} {'want' if len(names) > 1 else 'wants'} {fact.name}"
        yield replace(_finding(fact, told, edition), severity=Severity.NOTE)


def _finding(fact: Fact, told: str, edition: Edition | None) -> Finding:
    file, line = _place(fact.path, edition)
    return finding(fact.code, f"{told}: teiHeader/{fact.path}", file, line, f"write {fact.example}")


def _place(path: str, edition: Edition | None) -> tuple[str, int]:
    """The file and the line of the element of a path, or of the nearest one around it that is there."""
    place = edition.header.element if edition is not None else None
    if place is None:
        return "", 0
    for name in path.split("/"):
        inner = tei.child(place, name)
        if inner is None:
            break
        place = inner
    return tei.file_of(place), tei.line_of(place)
