"""An edition → its documents as data, below ``data/``: TEI as the audience may see it, plain text, and JSON."""

from __future__ import annotations

import copy
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from teipress import tei
from teipress.edition import Division, Document, Edition, Entity, Page, TextFile
from teipress.render.citation import Citation
from teipress.render.plain import Line, plain_lines
from teipress.tei import Element
from teipress.vocabulary import Vocabulary

FOLDER = "data"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def data_files(edition: Edition, vocabulary: Vocabulary, cited: Mapping[str, Citation]) -> list[TextFile]:
    """Each document in three formats, and the TEI of the whole edition where that is more than its document."""
    files: list[TextFile] = []
    for document in edition.documents:
        lines = plain_lines(document, vocabulary)
        made = {
            "xml": tei_source(document.source, document.language),
            "txt": "".join(f"{line.text}\n" for line in lines),
            "json": _json(_data(edition, document, cited[document.slug], lines)),
        }
        files += [TextFile(PurePosixPath(f"{FOLDER}/{document.slug}.{end}"), text) for end, text in made.items()]
    if (path := whole_source(edition)) and edition.source is not None:
        files.append(TextFile(PurePosixPath(path), tei_source(edition.source, edition.language)))
    return files


def whole_source(edition: Edition) -> str:
    """The path of the TEI of the whole edition; "" where its only document is all of it."""
    if edition.source is None or any(d.source is edition.source for d in edition.documents):
        return ""
    taken = any(d.slug == edition.name for d in edition.documents)
    return f"{FOLDER}/{edition.name}{'-edition' if taken else ''}.xml"


def edition_source(edition: Edition) -> str:
    """The TEI of the whole edition, as its audience may see it."""
    return tei_source(edition.source, edition.language)


def tei_source(element: Element | None, language: str = "") -> str:
    """A TEI file of what an audience may see: the tree as it was read and as access left it.

    Comments and processing instructions are left out: they are for those who work on the files.
    """
    root = public_copy(element) if element is not None else tei.make("TEI")
    if language and not root.get(tei.XML_LANG):
        root.set(tei.XML_LANG, language)
    return DECLARATION + etree.tostring(root, encoding="unicode", with_tail=False) + "\n"


def public_copy(element: Element) -> Element:
    """A copy without comments, instructions and what reading noted; an entity that is not expanded becomes its name."""
    root = copy.deepcopy(element)
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        tei.remove(node)
    for node in list(root.iter(etree.Entity)):
        tei.replace_with_text(node, str(node.text))
    tei.forget_files(root)
    return root


def _data(edition: Edition, document: Document, citation: Citation, lines: list[Line]) -> dict[str, Any]:
    texts: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        texts[line.division].append(line.text)
    return {
        "id": document.slug,
        "edition": edition.title,
        "title": document.title,
        "subtitle": document.header.subtitle,
        "authors": list(document.header.authors),
        "editors": list(document.header.editors),
        "date": document.header.date,
        "source_date": document.header.source_date,
        "changed": document.header.changed,
        "licence": document.header.licence_url,
        "language": document.language,
        "cite": citation.csl,
        "pages": [_page(page) for page in document.pages],
        "persons": _mentioned(edition.persons, document),
        "places": _mentioned(edition.places, document),
        "redactions": [
            {
                "id": r.id,
                "page": r.page.label if r.page else "",
                "kind": r.kind,
                "extent": r.extent,
                "authority": r.authority,
                "codes": [code.label for code in r.codes],
            }
            for r in document.redactions
        ],
        "text": texts[""],
        "divisions": [_division(division, texts) for division in document.divisions],
    }


def _division(division: Division, texts: Mapping[str, list[str]]) -> dict[str, Any]:
    """A division with its own lines; those of the divisions in it stand with these."""
    return {
        "id": division.id,
        "n": division.number,
        "title": division.title,
        "level": division.level,
        "text": texts.get(division.id, []),
        "divisions": [_division(part, texts) for part in division.parts],
    }


def _page(page: Page) -> dict[str, Any]:
    return {"id": page.id, "label": page.label, "stream": page.stream, "inferred": page.inferred}


def _mentioned(entities: Iterable[Entity], document: Document) -> list[dict[str, Any]]:
    """Who or what a document names, with the pages and the identifiers of the places where it does."""
    found = []
    for entity in entities:
        own = [m for m in entity.mentions if m.document == document.slug]
        if own:
            pages = list(dict.fromkeys(m.page.label for m in own if m.page))
            found.append({"id": entity.id, "name": entity.name.text, "pages": pages, "mentions": [m.id for m in own]})
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
