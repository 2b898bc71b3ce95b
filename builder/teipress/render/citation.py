"""An edition → what to cite of each document: who, what, when and where, as CSL names it, from the teiHeader alone.

The styles and the files that reference managers read are made of these. What a header does not say is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from teipress import tei
from teipress.crosswalk.csl import csl_date, licensed
from teipress.edition import Agent, Description, Document, Edition, whole_title
from teipress.languages import html_language
from teipress.phrases import ISO_DATE
from teipress.tei import Element


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
            "issued": csl_date(self.issued),
            "original-date": csl_date(self.original),
            "edition": self.version,
            "language": self.language,
            "custom": licensed(self.licence),
            "URL": self.url,
        }
        return {key: value for key, value in item.items() if value}


def citations(edition: Edition, pages: Mapping[str, str], url: str = "") -> dict[str, Citation]:
    """What to cite of each document, by its slug; `pages` are the paths of their first pages, `url` is the site's."""
    described = zip(edition.documents, edition.description.parts, strict=True)
    return {d.slug: _citation(edition, d, part, url and url + pages[d.slug]) for d, part in described}


def whole(edition: Edition, url: str = "") -> Citation:
    """What to cite of the edition itself."""
    own, language = edition.header, html_language(edition.language)
    return Citation(
        edition.name,
        whole_title(own.title, own.subtitle),
        authors=_named(edition.description, "author"),
        editors=_named(edition.description, "editor"),
        publisher=own.publisher,
        issued=own.date,
        original=own.source_date if len(edition.documents) == 1 else "",
        version=_version(own.element),
        language=language,
        licence=own.licence_url,
        url=url,
    )


def year(date: str) -> str:
    """The year of an ISO date; what is none stays as it is."""
    found = ISO_DATE.fullmatch(date)
    return found[1] if found else date


def parts(date: str) -> list[int]:
    """Year, month and day of an ISO date, as far as it states them; none of what is no date."""
    found = ISO_DATE.fullmatch(date)
    return [int(number) for number in found.groups() if number] if found else []


def stands_alone(edition: Edition, document: Document) -> bool:
    """Whether a document is all of its edition, so that there is nothing to cite it from."""
    return len(edition.documents) == 1 and edition.header.element is document.header.element


def _citation(edition: Edition, document: Document, description: Description, url: str) -> Citation:
    header, of_all = document.header, whole(edition)
    alone = stands_alone(edition, document)
    editors = _named(description, "editor")
    return Citation(
        f"{edition.name}-{document.slug}" if not alone else edition.name,
        whole_title(header.title, header.subtitle),
        container="" if alone else of_all.title,
        authors=_named(description, "author"),
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


def _named(description: Description, element: str) -> tuple[Agent, ...]:
    """Those whom the title statement names as its authors or its editors, each once."""
    found = {agent.whole: agent for agent in reversed(description.agents) if agent.stated == element}
    return tuple(reversed(found.values()))
