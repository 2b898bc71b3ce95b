"""A tree → the nouns of `teipress.edition`.

First *access*: what the audience may not see is deleted, so that no later stage can leak it. Then small named
passes over a copy of the tree. Then, document by document, the facts are lifted out; and only when every document
is known are the links between them resolved.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from teipress import tei
from teipress.config import Settings, slug
from teipress.edition import IMAGES, Document, Edition, Header, Source
from teipress.errors import UsageError
from teipress.facsimile import address, holds_pages, image_file
from teipress.findings import did_you_mean
from teipress.model.access import unknown_categories, withhold
from teipress.model.alignment import facing, parallels
from teipress.model.description import describe
from teipress.model.divisions import divisions
from teipress.model.facsimiles import facsimiles
from teipress.model.header import header
from teipress.model.identify import identify
from teipress.model.register import categories, named, persons, places, terms
from teipress.model.renditions import renditions
from teipress.model.rights import close, restricted
from teipress.model.settle import settle
from teipress.model.spans import mark_spans
from teipress.model.survey import Survey, survey
from teipress.model.witnesses import witnesses
from teipress.tei import Element

# files that an output has besides its documents: none of these may take their name
RESERVED = (
    "index",
    "persons",
    "places",
    "pages",
    "terms",
    "letters",
    "parallel",
    "collation",
    "beacon",
    "cmif",
    "redactions",
    "about",
    "style",
    "fonts",
    "nav",
    "title",
    "cover",
    "toc",
    "package",
    "404",
)
_PARTS = ("text", "sourceDoc", "facsimile", "standOff")  # what stands beside a teiHeader (TEI model.resource)


def visible(source: Source, settings: Settings, audience: str = "public") -> Source:
    """A source without what an audience may not see; the source itself where nothing is withheld from anybody.

    Raises:
        UsageError: the audience may see nothing of it, or is not to see what the edition does not have.
    """
    categories = (settings.withhold or {}).get(audience, ())
    shut = bool(settings.closed and restricted(source.root))
    if not categories and not shut:
        return source
    for category in unknown_categories(source.root, categories):
        known = {p for e in tei.elements(source.root, "category") if (p := e.get(tei.XML_ID))}
        hint = did_you_mean(category.lstrip("#"), known, "#{}") or "declare it as a category, or take it out"
        raise UsageError(f'[access.{audience}] withholds "{category}", which nothing in the edition is; {hint}')
    root = copy.deepcopy(source.root)
    if shut:
        close(root, source.folder)
    if not withhold(root, categories, source.folder):
        raise UsageError(f'{source.path}: the audience "{audience}" may see nothing of this file; choose another')
    return replace(source, root=root)


def settled(settings: Settings, whole: Source, public: Source) -> Settings:
    """Settings without the names of what is withheld: of documents and witnesses that only `whole` has."""
    if public is whole:
        return settings
    hidden = _named_by_settings(whole) - _named_by_settings(public)
    pairs, wanted = settings.parallel, settings.witnesses
    return replace(
        settings,
        facing=_without(settings.facing, hidden),
        parallel=pairs and tuple(pair for pair in pairs if not hidden & set(pair)),
        witnesses=tuple(name for name in wanted if name not in hidden) if isinstance(wanted, tuple) else wanted,
    )


def _without(pairs: tuple[tuple[str, str], ...] | None, hidden: set[str]) -> tuple[tuple[str, str], ...] | None:
    """Pairs without those that name what is hidden; None if there were some, and none is left."""
    left = pairs and tuple(pair for pair in pairs if not hidden & set(pair))
    return left if left or not pairs else None


def _named_by_settings(source: Source) -> set[str]:
    """The slugs and identifiers of documents, the identifiers and sigla of witnesses."""
    texts = documents_in(source.root)
    cited = {i for w in tei.elements(source.root, "witness") if (i := w.get(tei.XML_ID))}
    described = witnesses(source.root, cited).values()
    named = {t.get(tei.XML_ID, "") for t in texts} | {name for w in described for name in (w.id, w.siglum)}
    return {*named, *_slugs(texts, source)}


def model(source: Source, settings: Settings, audience: str = "public") -> Edition:
    """The edition as `audience` may see it; the source's own tree is not touched.

    Raises:
        UsageError: the audience may see nothing of it.
    """
    seen = visible(source, settings, audience).root
    limits = (settings.withhold or {}).get(audience, ())
    root = copy.deepcopy(seen)
    settle(root)
    mark_spans(root)
    texts = documents_in(root)
    slugs = _slugs(texts, source)
    pictured = facsimiles(root, settings.folder)  # by the identifiers that stand in the file
    identifiers = identify(dict(zip(slugs, texts, strict=True)), root)
    known = categories(root)
    names = named(root)
    surveys = [
        survey(text, s, identifiers, known, names, settings.streams, pictured)
        for s, text in zip(slugs, texts, strict=True)
    ]
    as_read = documents_in(seen)
    documents = [_document(*facts) for facts in zip(slugs, texts, surveys, as_read, strict=True)]
    mentions = [m for found in surveys for m in found.mentions]
    edition = Edition(
        name=settings.name,
        folder=settings.folder,
        header=_header(root, documents, source),
        language=tei.language(root) or documents[0].language,
        documents=tuple(documents),
        persons=persons(root, mentions),
        places=places(root, mentions),
        terms=terms(root, [t for found in surveys for t in found.terms]),
        categories=known,
        names=names,
        renditions=renditions(root),
        witnesses=witnesses(root, frozenset().union(*(found.cited for found in surveys))),
        parallels=parallels(root, documents, identifiers.resolve, settings.parallel, bool(limits)),
        facing=facing(root, documents, identifiers.resolve, settings.facing, bool(limits)),
        resolve=identifiers.resolve,
        images=_images(root, settings.folder),
        source=seen,
    )
    return replace(edition, description=describe(edition, settings.url))


def documents_in(root: Element) -> list[Element]:
    """The documents: every TEI element that has a text; a lone register or header counts as one, too."""
    every = list(tei.elements(root, "TEI")) or [root]
    with_text = [t for t in every if any(tei.child(t, part) is not None for part in _PARTS if part != "standOff")]
    return with_text or every[:1]


def _slugs(texts: list[Element], source: Source) -> list[str]:
    """One short name a document, unique in the edition and its output: its xml:id, or the name of its file."""
    slugs: list[str] = list(RESERVED)
    for text in texts:
        base = slug(text.get(tei.XML_ID) or Path(tei.file_of(text) or source.path).stem)
        name, n = base, 1
        while name.lower() in map(str.lower, slugs):
            n += 1
            name = f"{base}-{n}"
        slugs.append(name)
    return slugs[len(RESERVED) :]


def parts_of(text: Element) -> tuple[Element, ...]:
    """What an output shows of a document besides its header, in reading order."""
    parts = tuple(c for part in _PARTS for c in text.iterchildren(tei.tei(part)))
    return parts if parts or tei.local(text) in ("TEI", "teiCorpus") else (text,)


def _document(name: str, text: Element, found: Survey, as_read: Element) -> Document:
    parts = parts_of(text)
    facts = header(text)
    if not facts.title:
        facts = replace(facts, title=_first_heading(parts) or name)
    return Document(
        slug=name,
        header=facts,
        language=tei.language(text),
        body=parts,
        id=text.get(tei.XML_ID, "") if text not in parts else "",
        divisions=tuple(d for part in parts for d in divisions(part)),
        pages=tuple(found.pages),
        notes=tuple(found.notes),
        variations=tuple(found.variations),
        redactions=tuple(found.redactions),
        source=as_read,
    )


def _first_heading(parts: Iterable[Element]) -> str:
    heads = (h for part in parts for h in tei.elements(part, "head", "titlePart", "title"))
    return next((line for h in heads if (line := tei.line_of_text(h, skip=("note",)))), "")


def _header(root: Element, documents: list[Document], source: Source) -> Header:
    """The edition's own header: of the corpus, or of its only document."""
    facts = header(root)
    return facts if facts.title else replace(documents[0].header, title=documents[0].title or source.path.stem)


def _images(root: Element, folder: Path) -> tuple[PurePosixPath, ...]:
    """The images that the text shows and that lie in the edition's folder; the others lose their address."""
    found: dict[PurePosixPath, None] = {}
    of_pages = {g for f in tei.elements(root, "facsimile") if holds_pages(f) for g in tei.elements(f, "graphic")}
    for graphic in tei.elements(root, "graphic"):
        url = graphic.attrib.pop("url", "")
        path = None if graphic in of_pages else image_file(folder, graphic, address(graphic, url))
        if path is not None:
            graphic.set("url", f"{IMAGES}/{quote(path.as_posix())}")
            found[path] = None
        elif url:
            graphic.set("n", graphic.get("n") or url)
    return tuple(found)
