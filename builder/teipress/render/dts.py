"""An edition → the Distributed Text Services (DTS 1.0) as static files, below ``dts/``.

A host of files reads no query, so each answer has a name that the URI templates of the entry point lead to (RFC 6570)::

    dts/index.json                             the entry point
    dts/collection.json                        the edition
    dts/collection/ID.json                     a document; ID;nav=parents.json: where it stands
    dts/navigation/ID;down=N.json              its divisions to the depth N (-1: all)
    dts/navigation/ID;ref=R.json               one of them; with ;down=1 or ;down=-1 those in it, if it has any
    dts/navigation/ID;tree=pages;down=1.json   its pages; ;tree=pages;ref=R one of them
    dts/document/ID.xml                        its TEI; ID;ref=R.xml and ID;tree=pages;ref=R.xml a part of it

What static files cannot answer is left out: ranges (start, end), siblings (down=0), and paginated answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from teipress.edition import Division, Document, Edition, TextFile
from teipress.render.citation import Citation
from teipress.render.data import tei_source
from teipress.render.fragments import division_fragments, page_fragments
from teipress.render.metadata import description

FOLDER = "dts"
CONTEXT = "https://dtsapi.org/context/v1.0.json"
_PAGES = "pages"  # the identifier of the tree of pages, where divisions are the default


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a document that can be cited (CitableUnit)."""

    id: str
    title: str
    kind: str
    level: int = 1
    parent: str = ""
    parts: tuple[Unit, ...] = ()

    @property
    def all(self) -> Iterator[Unit]:
        """The unit and all in it, in the order of the text."""
        yield self
        for part in self.parts:
            yield from part.all


@dataclass(frozen=True, slots=True)
class Tree:
    """A citation tree of a document; `name` is empty for the default one. `texts` holds the TEI of its units."""

    name: str
    units: tuple[Unit, ...]
    texts: Mapping[str, str]

    @property
    def depth(self) -> int:
        """How many levels it has."""
        return max((u.level for unit in self.units for u in unit.all), default=0)

    @property
    def prefix(self) -> str:
        """What stands in the names of its files."""
        return f";tree={self.name}" if self.name else ""


def dts_files(edition: Edition, cited: Mapping[str, Citation], url: str) -> list[TextFile]:
    """All answers, as files; `url` is where the site stands."""
    base = f"{url}{FOLDER}/"
    entry = {
        "@context": CONTEXT,
        "@id": f"{base}index.json",
        "@type": "EntryPoint",
        "dtsVersion": "1.0",
        "collection": f"{base}collection{{/id}}{{;nav}}.json",
        "navigation": f"{base}navigation/{{resource}}{{;tree,ref,down}}.json",
        "document": f"{base}document/{{resource}}{{;tree,ref}}.xml",
    }
    trees = {d.slug: _trees(d) for d in edition.documents}
    resources = {d.slug: _resource(d, cited[d.slug], trees[d.slug], url) for d in edition.documents}
    whole = _collection(edition, base)
    files = [
        _file("index.json", entry),
        _file("collection.json", {**whole, "member": list(resources.values())}),
        _file(f"collection/{edition.name}.json", {**whole, "member": list(resources.values())}),
    ]
    for document in edition.documents:
        resource = resources[document.slug]
        files.append(_file(f"collection/{document.slug}.json", _top(resource)))
        files.append(_file(f"collection/{document.slug};nav=parents.json", _top({**resource, "member": [whole]})))
        files.append(_text(f"document/{document.slug}.xml", tei_source(document.source, document.language)))
        for tree in trees[document.slug]:
            files += _navigation(resource, tree, base, document)
            files += [_text(f"document/{document.slug}{tree.prefix};ref={i}.xml", x) for i, x in tree.texts.items()]
    unique = {file.path: file for file in reversed(files)}  # a document may be called as the edition is
    return list(reversed(unique.values()))


def _trees(document: Document) -> list[Tree]:
    """The divisions, then the pages, as far as a document has them; the first tree has no name."""
    divisions = tuple(_unit(d) for d in document.divisions)
    pages = tuple(Unit(page.id, page.name, "page") for page in document.page_list)
    found = []
    if divisions:
        found.append(Tree("", divisions, division_fragments(document)))
    if pages:
        found.append(Tree(_PAGES if divisions else "", pages, page_fragments(document)))
    return found


def _unit(division: Division, level: int = 1, parent: str = "") -> Unit:
    parts = tuple(_unit(part, level + 1, division.id) for part in division.parts)
    return Unit(division.id, division.title, "division", level, parent, parts)


def _collection(edition: Edition, base: str) -> dict[str, Any]:
    titles = [{"lang": edition.language or "und", "value": edition.title}]
    return {
        "@context": CONTEXT,
        "dtsVersion": "1.0",
        "@id": edition.name,
        "@type": "Collection",
        "title": edition.title,
        **({"description": text} if (text := description(edition.header)) else {}),
        "totalParents": 0,
        "totalChildren": len(edition.documents),
        "collection": f"{base}collection{{/id}}{{;nav}}.json",
        "dublinCore": {"title": titles},
    }


def _resource(document: Document, citation: Citation, trees: Sequence[Tree], url: str) -> dict[str, Any]:
    base, slug = f"{url}{FOLDER}/", document.slug
    return {
        "@id": slug,
        "@type": "Resource",
        "title": document.title,
        **({"description": text} if (text := description(document.header)) else {}),
        "totalParents": 1,
        "totalChildren": 0,
        "collection": f"{base}collection/{slug}{{;nav}}.json",
        "navigation": f"{base}navigation/{slug}{{;tree,ref,down}}.json",
        "document": f"{base}document/{slug}{{;tree,ref}}.xml",
        "download": f"{url}data/{slug}.xml",
        "mediaTypes": ["application/tei+xml"],
        "dublinCore": _dublin_core(citation),
        "citationTrees": [_described(tree) for tree in trees],
    }


def _dublin_core(citation: Citation) -> dict[str, Any]:
    language = citation.language or "und"

    def said(*values: str) -> list[dict[str, str]]:
        return [{"lang": language, "value": value} for value in values if value]

    terms = {
        "title": said(citation.title),
        "creator": said(*(a.plain for a in citation.authors)),
        "contributor": said(*(a.plain for a in citation.editors)),
        "publisher": said(citation.publisher),
        "issued": citation.issued,
        "created": citation.original,
        "license": citation.licence,
        "language": said(citation.language),
    }
    return {term: value for term, value in terms.items() if value}


def _described(tree: Tree) -> dict[str, Any]:
    """A citation tree with the kinds of its levels, the deepest first put into the one above."""
    structure: list[dict[str, Any]] = []
    for _ in range(tree.depth):
        kind = {"@type": "CiteStructure", "citeType": tree.units[0].kind}
        structure = [{**kind, "citeStructure": structure} if structure else kind]
    name = {"identifier": tree.name} if tree.name else {}
    return {**name, "@type": "CitationTree", "citeStructure": structure}


def _navigation(resource: Mapping[str, Any], tree: Tree, base: str, document: Document) -> Iterator[TextFile]:
    """The answers on one tree: all of it to each depth, and each unit with what is in it."""
    language = document.language or "und"

    def answer(name: str, **found: Any) -> TextFile:
        path = f"navigation/{document.slug}{tree.prefix}{name}.json"
        top = {"@context": CONTEXT, "dtsVersion": "1.0", "@id": base + path, "@type": "Navigation"}
        return _file(path, {**top, "resource": resource, **found})

    units = [u for unit in tree.units for u in unit.all]
    told = {u.id: _citable(u, language) for u in units}
    for depth in range(1, tree.depth + 1):
        yield answer(f";down={depth}", member=[told[u.id] for u in units if u.level <= depth])
    yield answer(";down=-1", member=list(told.values()))
    for unit in units:
        yield answer(f";ref={unit.id}", ref=told[unit.id])
        if unit.parts:
            inner = [told[u.id] for u in unit.all if u.level <= unit.level + 1]
            yield answer(f";ref={unit.id};down=1", ref=told[unit.id], member=inner)
            yield answer(f";ref={unit.id};down=-1", ref=told[unit.id], member=[told[u.id] for u in unit.all])


def _citable(unit: Unit, language: str) -> dict[str, Any]:
    return {
        "identifier": unit.id,
        "@type": "CitableUnit",
        "level": unit.level,
        "parent": unit.parent or None,
        "citeType": unit.kind,
        "dublinCore": {"title": [{"lang": language, "value": unit.title}]},
    }


def _top(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, "dtsVersion": "1.0", **item}


def _file(path: str, value: Mapping[str, Any]) -> TextFile:
    return _text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _text(path: str, text: str) -> TextFile:
    return TextFile(PurePosixPath(f"{FOLDER}/{path}"), text)
