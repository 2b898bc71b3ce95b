"""An edition → what to cite of each document: who, what, when and where, as CSL names it, from the teiHeader alone.

The styles and the files that reference managers read are made of these. What a header does not say is not there.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from teipress import tei
from teipress.edition import Agent, Document, Edition
from teipress.languages import html_language
from teipress.phrases import ISO_DATE
from teipress.tei import Element

_STOPS = ("?", "!", ".", "…", "？", "！", "。")  # a title that ends in one takes no colon before its subtitle


@dataclass(frozen=True, slots=True)
class Citation:
    """What to cite of one document; `container` is the edition that it stands in, empty where it is all of it.

    `locator` is the place in it that is meant, as a style prints it ("p. 5").
    """

    id: str
    title: str
    container: str = ""
    authors: tuple[Agent, ...] = ()
    editors: tuple[Agent, ...] = ()
    publisher: str = ""
    issued: str = ""
    original: str = ""
    version: str = ""
    language: str = ""
    licence: str = ""
    url: str = ""
    locator: str = ""

    @property
    def year(self) -> str:
        """The year of publication; what is no ISO date stays as it is."""
        return year(self.issued)

    @property
    def csl(self) -> dict[str, Any]:
        """An item of CSL-JSON (schema csl-data), empty values left out."""
        item = {
            "id": self.id,
            "type": "chapter" if self.container else "book",
            "title": self.title,
            "container-title": self.container,
            "author": [a.csl for a in self.authors],
            "editor": [a.csl for a in self.editors],
            "publisher": self.publisher,
            "issued": _csl_date(self.issued),
            "original-date": _csl_date(self.original),
            "edition": self.version,
            "language": self.language,
            "license": self.licence,
            "URL": self.url,
        }
        return {key: value for key, value in item.items() if value}


def citations(edition: Edition, pages: Mapping[str, str], url: str = "") -> dict[str, Citation]:
    """What to cite of each document, by its slug; `pages` are the paths of their first pages, `url` is the site's."""
    return {d.slug: _citation(edition, d, url and url + pages[d.slug]) for d in edition.documents}


def whole(edition: Edition, url: str = "") -> Citation:
    """What to cite of the edition itself."""
    own, language = edition.header, html_language(edition.language)
    authors = tuple(_agents(edition, own.element, "author"))
    editors = tuple(_agents(edition, own.element, "editor"))
    return Citation(
        edition.name,
        full_title(own.title, own.subtitle),
        authors=authors,
        editors=editors,
        publisher=own.publisher,
        issued=own.date,
        original=own.source_date if len(edition.documents) == 1 else "",
        version=_version(own.element),
        language=language,
        licence=own.licence_url,
        url=url,
    )


def full_title(title: str, subtitle: str) -> str:
    """``Title: subtitle``, without a colon after a question mark."""
    if not subtitle:
        return title
    return f"{title} {subtitle}" if title.endswith(_STOPS) else f"{title}: {subtitle}"


def year(date: str) -> str:
    """The year of an ISO date; what is none stays as it is."""
    found = ISO_DATE.fullmatch(date)
    return found[1] if found else date


def parts(date: str) -> list[int]:
    """Year, month and day of an ISO date, as far as it states them; none of what is no date."""
    found = ISO_DATE.fullmatch(date)
    return [int(number) for number in found.groups() if number] if found else []


def urn(edition: Edition) -> str:
    """An identifier that stays the same from build to build and differs from edition to edition."""
    header = edition.header
    name = "\n".join((edition.name, header.title, *header.authors, *header.editors, header.publisher))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def stands_alone(edition: Edition, document: Document) -> bool:
    """Whether a document is all of its edition, so that there is nothing to cite it from."""
    return len(edition.documents) == 1 and edition.header.element is document.header.element


def _citation(edition: Edition, document: Document, url: str) -> Citation:
    header, of_all = document.header, whole(edition)
    alone = stands_alone(edition, document)
    editors = tuple(_agents(edition, header.element, "editor", document.slug))
    return Citation(
        f"{edition.name}-{document.slug}" if not alone else edition.name,
        full_title(header.title, header.subtitle),
        container="" if alone else of_all.title,
        authors=tuple(_agents(edition, header.element, "author", document.slug)),
        editors=editors if alone else of_all.editors or editors,
        publisher=header.publisher or of_all.publisher,
        issued=header.date or of_all.issued,
        original=header.source_date,
        version=_version(header.element) or of_all.version,
        language=html_language(document.language),
        licence=header.licence_url or of_all.licence,
        url=url,
    )


def _version(head: Element | None) -> str:
    """The edition as its statement numbers it (editionStmt/edition/@n)."""
    stated = tei.child(head, "fileDesc", "editionStmt", "edition") if head is not None else None
    return "" if stated is None else stated.get("n") or tei.line_of_text(stated)


def _agents(edition: Edition, head: Element | None, name: str, document: str = "") -> Iterator[Agent]:
    statement = tei.child(head, "fileDesc", "titleStmt") if head is not None else None
    for element in statement.iterchildren(tei.tei(name)) if statement is not None else ():
        if line := tei.line_of_text(element, skip=("note",)):
            told_apart = _told_apart(edition, element, document)
            yield told_apart or Agent(line, body=tei.child(element, "orgName") is not None)


def _told_apart(edition: Edition, element: Element, document: str) -> Agent | None:
    """A name with its parts: as it stands there, else as the register has it that it points to."""
    if found := _parts(element):
        return found
    meant = (edition.resolve(document, p) for e in tei.elements(element) for p in tei.pointers(e.get("ref")))
    known = {p.id: p.element for p in edition.persons}
    entries = (entry for identifier in meant if (entry := known.get(identifier)) is not None)
    return next((a for entry in entries for name in tei.elements(entry, "persName") if (a := _parts(name))), None)


def _parts(name: Element) -> Agent | None:
    """A name with a surname and a forename; None for any other, and for several in one."""
    families, given = list(tei.elements(name, "surname")), list(tei.elements(name, "forename"))
    if len(families) != 1 or not given:
        return None
    family, line = tei.line_of_text(families[0]), tei.line_of_text(name)
    link = " ".join(tei.line_of_text(e) for e in tei.elements(name, "nameLink"))
    named = " ".join(tei.line_of_text(e) for e in given)
    first = next(tei.elements(name, "surname", "forename")) is families[0]
    return Agent(line, f"{link} {family}".strip(), named, fixed=first and "," not in line)


def _csl_date(date: str) -> dict[str, Any]:
    if numbers := parts(date):
        return {"date-parts": [numbers]}
    return {"literal": date} if date else {}
