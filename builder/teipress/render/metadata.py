"""Citations → what the head of a page tells machines: Highwire and Dublin Core names, Open Graph, schema.org.

Nothing here that the header does not say; full addresses only where it is known where the site will stand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from teipress import tei
from teipress.crosswalk.dc import pairs
from teipress.edition import Agent, Description, Edition, Header
from teipress.render.citation import Citation, parts, stands_alone, whole
from teipress.render.citing import Cited

_LONGEST = 300  # characters of a description that those who show links take


@dataclass(frozen=True, slots=True)
class Meta:
    """A ``meta`` element: its name and what it says."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of its document, or of the edition. `linked` is JSON-LD, ready to stand in a script element."""

    kind: str
    description: str
    names: tuple[Meta, ...]
    linked: Markup


def heads(edition: Edition, cited: dict[str, Cited], pages: dict[str, str], url: str = "") -> dict[str, Head]:
    """What the start page and the first page of each document say, by their paths; `url` is the site's."""
    start = whole(edition, url)
    found = {"index.html": Head("website", description(edition.header), (), _script(_edition(edition, cited, start)))}
    for document, described in zip(edition.documents, edition.description.parts, strict=True):
        citation = cited[document.slug].citation
        item = _item(citation, "Book" if stands_alone(edition, document) else "CreativeWork")
        if citation.container:
            item["isPartOf"] = _clean({"@type": "Collection", "name": citation.container, "url": url})
        names = (*highwire(citation), *dublin_core(described, citation))
        found[pages[document.slug]] = Head("article", description(document.header), names, _script(item))
    return found


def description(header: Header) -> str:
    """The abstract as one line, cut between words where it is long; "" if there is none."""
    element = tei.child(header.element, "profileDesc", "abstract") if header.element is not None else None
    line = tei.line_of_text(element, skip=("note",))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0]}…"


def highwire(citation: Citation) -> tuple[Meta, ...]:
    """The names that Google Scholar and Zotero read (Highwire Press)."""
    pairs = [
        ("citation_title", citation.title),
        *(("citation_author", a.inverted) for a in citation.authors),
        *(("citation_editor", a.inverted) for a in citation.editors),
        ("citation_inbook_title", citation.container),
        ("citation_publisher", citation.publisher),
        ("citation_publication_date", "/".join(f"{n:02}" for n in parts(citation.issued))),
        ("citation_language", citation.language),
        ("citation_public_url", citation.url),
    ]
    return tuple(Meta(name, content) for name, content in pairs if content)


def dublin_core(described: Description, citation: Citation) -> tuple[Meta, ...]:
    """The elements of Dublin Core 1.1, each under ``DC.``."""
    return tuple(Meta(f"DC.{name}", content) for name, content in dublin_core_pairs(described, citation))


def dublin_core_pairs(described: Description, citation: Citation) -> list[tuple[str, str]]:
    """The elements of Dublin Core 1.1 of a document with what they hold; its place in the site is the citation's."""
    titled = described if described.title else replace(described, title=citation.title)
    return pairs(replace(titled, url=citation.url), within=citation.container)


def _edition(edition: Edition, cited: dict[str, Cited], start: Citation) -> dict[str, Any]:
    alone = len(edition.documents) == 1 and stands_alone(edition, edition.documents[0])
    item = _item(start, "Book" if alone else "Collection")
    if not alone:
        item["hasPart"] = [_item(cited[d.slug].citation, "CreativeWork") for d in edition.documents]
    return item


def _item(citation: Citation, kind: str) -> dict[str, Any]:
    """A creative work in the words of schema.org."""
    return _clean(
        {
            "@type": kind,
            "name": citation.title,
            "author": [_agent(a) for a in citation.authors],
            "editor": [_agent(a) for a in citation.editors],
            "publisher": {"@type": "Organization", "name": citation.publisher} if citation.publisher else {},
            "datePublished": citation.issued if parts(citation.issued) else "",
            "dateCreated": citation.original if parts(citation.original) else "",
            "inLanguage": citation.language,
            "license": citation.licence,
            "url": citation.url,
        }
    )


def _agent(agent: Agent) -> dict[str, Any]:
    """A person, a body, or what is only known by its name."""
    if agent.family:
        return {"@type": "Person", "name": agent.plain, "familyName": agent.family, "givenName": agent.given}
    return {"@type": "Organization", "name": agent.whole} if agent.body else {"name": agent.whole}


def _clean(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value}


def _script(item: dict[str, Any]) -> Markup:
    """JSON that cannot end the script element that it stands in."""
    written = json.dumps({"@context": "https://schema.org", **item}, ensure_ascii=False)
    return Markup(written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
