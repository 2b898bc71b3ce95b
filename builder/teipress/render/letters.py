"""The correspDesc of letters → the page of letters between two persons, and a CMIF file.

CMIF, the Correspondence Metadata Interchange Format, is TEI with nothing but `correspDesc`; its pointers are addresses
of authorities, so that one into a register becomes what the register knows of the person, or goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from teipress import tei
from teipress.edition import Document, Edition, Entity, TextFile
from teipress.render.linked import addresses

_AGENTS = ("persName", "orgName", "name", "rs")
_DATES = ("when", "from", "to", "notBefore", "notAfter")


@dataclass(frozen=True, slots=True)
class End:
    """One end of a letter: who, where and when; `date` is as the source says it or as its attributes do."""

    agents: tuple[tei.Element, ...]
    names: tuple[str, ...]
    place: str
    date: str
    element: tei.Element


@dataclass(frozen=True, slots=True)
class Letter:
    """A document that is a letter, with its two ends; `unknown` is what who is not named is called."""

    document: Document
    sent: End | None
    received: End | None
    description: tei.Element
    unknown: str = "unknown"

    @property
    def pair(self) -> tuple[str, ...]:
        """Who the letter is between, in the order of the alphabet."""
        ends = (", ".join(end.names) if end and end.names else self.unknown for end in (self.sent, self.received))
        return tuple(sorted(ends))

    @property
    def date(self) -> str:
        """When it was sent, else received."""
        return next((end.date for end in (self.sent, self.received) if end and end.date), "")


def letters(edition: Edition, unknown: str = "unknown") -> list[Letter]:
    """The letters of an edition, by correspondents and dates; `unknown` is what who is not named is called."""
    found = [letter for document in edition.documents for letter in _letters(document, unknown)]
    return sorted(found, key=lambda letter: (letter.pair, letter.date))


def _letters(document: Document, unknown: str) -> Iterator[Letter]:
    header = document.header.element
    for description in tei.elements(header, "correspDesc") if header is not None else ():
        ends = {a.get("type"): _end(a) for a in reversed(list(tei.elements(description, "correspAction")))}
        if ends.keys() & {"sent", "received"}:
            yield Letter(document, ends.get("sent"), ends.get("received"), description, unknown)


def _end(action: tei.Element) -> End:
    agents = tuple(tei.elements(action, *_AGENTS))
    place = tei.line_of_text(next(tei.elements(action, "placeName", "settlement"), None))
    date = next(tei.elements(action, "date"), None)
    stated = "" if date is None else next((date.get(a, "") for a in _DATES if date.get(a)), tei.line_of_text(date))
    return End(agents, tuple(filter(None, map(tei.line_of_text, agents))), place, stated, action)


def cmif(edition: Edition, found: list[Letter], first: dict[str, str], url: str) -> list[TextFile]:
    """The letters as CMIF; none if there are none, or if it is not known where the site will stand."""
    if not found or not url:
        return []
    known = {e.id: e for e in (*edition.persons, *edition.places)}
    title = tei.make("titleStmt", {}, [tei.make("title", {}, [edition.title]), *_editors(edition)])
    publisher = tei.make(
        "publisher", {}, [tei.make("ref", {"target": url}, [edition.header.publisher or edition.title])]
    )
    parts = [publisher, tei.make("idno", {"type": "url"}, [f"{url}cmif.xml"])]
    if date := edition.header.changed or edition.header.date:
        parts.append(tei.make("date", {"when": date}))
    licence = edition.header.licence_url
    parts += [tei.make("availability", {}, [tei.make("licence", {"target": licence}, [licence])])] if licence else []
    source = tei.make("bibl", {"type": "online", "xml:id": "edition"}, [edition.title])
    file = [title, tei.make("publicationStmt", {}, parts), tei.make("sourceDesc", {}, [source])]
    described = [_description(letter, edition, known, url + first[letter.document.slug]) for letter in found]
    header = tei.make("teiHeader", {}, [tei.make("fileDesc", {}, file), tei.make("profileDesc", {}, described)])
    text = tei.make("text", {}, [tei.make("body", {}, [tei.make("p")])])
    root = tei.make("TEI", {}, [header, text])
    etree.indent(root)
    written = etree.tostring(root, encoding="unicode")
    return [TextFile(PurePosixPath("cmif.xml"), f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n')]


def _editors(edition: Edition) -> list[tei.Element]:
    return [tei.make("editor", {}, [name]) for name in edition.header.editors]


def _description(letter: Letter, edition: Edition, known: dict[str, Entity], ref: str) -> tei.Element:
    actions = []
    for end in filter(None, (letter.sent, letter.received)):
        pointer = _pointer(letter.document, edition, known)
        parts = [tei.make(tei.local(e), pointer(e), [tei.line_of_text(e)]) for e in end.agents]
        places = tei.elements(end.element, "placeName")
        parts += [tei.make("placeName", pointer(e), [tei.line_of_text(e)]) for e in places]
        for date in tei.elements(end.element, "date"):
            parts.append(tei.make("date", {a: v for a in _DATES if (v := date.get(a))}, [tei.line_of_text(date)]))
        actions.append(tei.make("correspAction", {"type": end.element.get("type", "")}, parts))
    return tei.make("correspDesc", {"ref": ref, "source": "#edition"}, actions)


def _pointer(document: Document, edition: Edition, known: dict[str, Entity]) -> Callable[[tei.Element], dict[str, str]]:
    def of(element: tei.Element) -> dict[str, str]:
        for token in tei.pointers(f"{element.get('ref', '')} {element.get('key', '')}"):
            if token.startswith("http"):
                return {"ref": token}
            entity = known.get(edition.resolve(document.slug, token))
            if entity and (found := addresses(entity)):
                return {"ref": found[0]}
        return {}

    return of
