"""An edition → what a library's catalogue says of it, all of it from teiHeaders (TEI Guidelines, chapter 2)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import replace

from teipress import tei
from teipress.edition import Description, Document, Edition, Header, Subject
from teipress.languages import html_language
from teipress.licences import says_terms
from teipress.model.agents import agents
from teipress.model.header import titles
from teipress.model.numbers import numbers
from teipress.model.revisions import changes
from teipress.model.sources import source_line
from teipress.tei import Element

_TITLES = ((None, "main"), ("complete", "full"), ("alt", "sub", "short"), ())  # which title counts, the last: any
_ADDRESS = re.compile(r"[\s(]*https?://\S+$")


def describe(edition: Edition, url: str = "") -> Description:
    """The description of an edition, and of each of its documents in its `parts`; `url` is where it is read.

    What a document does not state of its publication, its rights, its languages and its editors is what the edition
    states. An edition that is one document has it as its only part, with the same identifier.
    """
    identifier = urn(edition)
    first = edition.documents[0] if edition.documents else None
    spoken = _spoken(first) if first is not None and stands_alone(edition, first) else edition.language
    whole = _described(edition, edition.header, identifier, (spoken,), url=url)
    parts = tuple(_part(edition, document, whole) for document in edition.documents)
    languages = whole.languages or tuple(dict.fromkeys(tag for part in parts for tag in part.languages))
    original = whole.original if len(parts) == 1 else ""  # else it is that of one source among several
    return replace(whole, languages=languages, original=original, parts=parts)


def urn(edition: Edition) -> str:
    """An identifier that stays the same from build to build and differs from edition to edition."""
    header = edition.header
    name = "\n".join((edition.name, header.title, *header.authors, *header.editors, header.publisher))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def stands_alone(edition: Edition, document: Document) -> bool:
    """Whether a document is all of its edition."""
    return len(edition.documents) == 1 and edition.header.element is document.header.element


def _spoken(document: Document) -> str:
    """The language of a text, which may be another than that of the header, for which the root speaks as well."""
    text = None if document.source is None else tei.child(document.source, "text")
    return document.language if text is None else tei.language(text)


def _part(edition: Edition, document: Document, whole: Description) -> Description:
    if stands_alone(edition, document):
        return replace(whole, slug=document.slug, languages=whole.languages or _tags([_spoken(document)]))
    identifier = f"urn:uuid:{uuid.uuid5(uuid.UUID(whole.identifier.rpartition(':')[2]), document.slug)}"
    part = _described(edition, document.header, identifier, (_spoken(document),), document.slug)
    if not any(agent.stated == "editor" for agent in part.agents):
        part = replace(part, agents=part.agents + tuple(a for a in whole.agents if a.stated == "editor"))
    if not part.publisher:
        part = replace(part, publisher=whole.publisher, place=whole.place)
    if not part.rights and not part.status:
        licence, address = whole.licence, whole.licence_url
        part = replace(part, licence=licence, licence_url=address, status=whole.status, rights=whole.rights)
    return replace(part, date=part.date or whole.date, languages=part.languages or whole.languages)


def _described(
    edition: Edition, header: Header, identifier: str, languages: Iterable[str], slug: str = "", url: str = ""
) -> Description:
    head = header.element
    if head is None:
        return Description(identifier, title="", slug=slug, languages=_tags(languages), url=url)
    availability = tei.child(head, "fileDesc", "publicationStmt", "availability")
    return Description(
        identifier,
        title=_title(head),
        subtitle=header.subtitle,
        slug=slug,
        agents=tuple(dict.fromkeys(agents(edition, head, slug))),
        publisher=_ADDRESS.sub("", header.publisher),
        place=header.imprint.place,
        date=header.date,
        edition=header.imprint.edition or _numbered_edition(head),
        series=header.imprint.series,
        volume=header.imprint.volume,
        extent=_extent(head),
        languages=_tags([*languages, *_idents(head)]),
        subjects=tuple(dict.fromkeys(_subjects(edition, head, slug))),
        abstract=_abstract(head),
        numbers=tuple(dict.fromkeys(_numbers(head))),
        licence=header.licence,
        licence_url=header.licence_url or _licence_url(availability),
        status=availability.get("status", "") if availability is not None else "",
        rights=_paragraphs(availability),
        source=source_line(head),
        original=header.source_date,
        changes=tuple(changes(edition, head, slug)),
        url=url,
    )


def _title(head: Element) -> str:
    """The title as the header states it: a heading or the name of a file, which stand in for it, is none."""
    found = (titles(head, *types) for types in _TITLES)
    return next((lines[0] for lines in found if lines), "")


def _tags(written: Iterable[str]) -> tuple[str, ...]:
    """Language tags (BCP 47), each once; what is no language of any registry is left out."""
    tags = (html_language(tag) for tag in written)
    return tuple(dict.fromkeys(tag for tag in tags if tag and not tag.startswith(("und", "x-"))))


def _idents(head: Element) -> Iterator[str]:
    usage = tei.child(head, "profileDesc", "langUsage")
    yield from (e.get("ident", "") for e in (tei.elements(usage, "language") if usage is not None else ()))


def _numbered_edition(head: Element) -> str:
    stated = tei.child(head, "fileDesc", "editionStmt", "edition")
    return stated.get("n", "") if stated is not None else ""


def _extent(head: Element) -> str:
    """The extent in its words; a bare number takes the unit that the encoding gives it."""
    extent = tei.child(head, "fileDesc", "extent")
    measures = list(tei.elements(extent, "measure", "num")) if extent is not None else []
    lines = [(tei.line_of_text(m), m.get("unit", "")) for m in measures]
    if lines and all(line.isdecimal() and unit for line, unit in lines):
        return ", ".join(f"{line} {unit}" for line, unit in lines)
    return tei.line_of_text(extent)


def _subjects(edition: Edition, head: Element, document: str) -> Iterator[Subject]:
    """Keywords, codes of classifications, and the categories that a text is said to belong to."""
    stated = tei.child(head, "profileDesc", "textClass")
    for element in tei.elements(stated, "keywords", "classCode", "catRef") if stated is not None else ():
        scheme, name = element.get("scheme", "").lstrip("#"), tei.local(element)
        if name == "keywords":
            words = list(tei.elements(element, "term")) or list(tei.elements(element, "item"))
            yield from (Subject(line, scheme) for word in words if (line := tei.line_of_text(word)))
        elif name == "classCode" and (line := tei.line_of_text(element)):
            yield Subject(line, scheme, code=True)
        elif name == "catRef":
            meant = (edition.resolve(document, p) or p.lstrip("#") for p in tei.pointers(element.get("target")))
            found = (edition.categories[identifier] for identifier in meant if identifier in edition.categories)
            yield from (Subject(c.meaning if c.meaning and c.label == c.id else c.label, scheme) for c in found)


def _abstract(head: Element) -> str:
    return tei.line_of_text(tei.child(head, "profileDesc", "abstract"), skip=("note",))


def _numbers(head: Element) -> Iterator[tuple[str, str]]:
    """The numbers of the publication, and the ISSN of its series."""
    yield from numbers(tei.child(head, "fileDesc", "publicationStmt"))
    yield from (pair for pair in numbers(tei.child(head, "fileDesc", "seriesStmt")) if pair[0] == "ISSN")


def _licence_url(availability: Element | None) -> str:
    """The address of a known licence that the availability points to or spells out, where no licence element does."""
    if availability is None:
        return ""
    pointed = (p for e in tei.elements(availability) for p in tei.pointers(e.get("target")))
    return next((p for p in (*pointed, *tei.text(availability).split()) if says_terms(p)), "")


def _paragraphs(availability: Element | None) -> str:
    """What the availability says, its paragraphs one after the other."""
    if availability is None:
        return ""
    blocks = [e for e in tei.elements(availability, "p", "ab", "licence") if tei.ancestor(e, "p", "ab") is None]
    whole = [e for e in blocks if not any(inner in blocks for inner in e.iterdescendants())]
    return " ".join(filter(None, map(tei.line_of_text, whole))) or tei.line_of_text(availability)
