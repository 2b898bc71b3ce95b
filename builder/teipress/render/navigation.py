"""A book and the files of its publication → what leads through it: contents, pages of the sources, landmarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from teipress.edition import Division
from teipress.render.book import Book
from teipress.render.semantics import MATTER
from teipress.render.split import Leaf


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the publication as the package lists it; `kind` is the third of the book that it is in."""

    id: str
    path: str
    media_type: str
    title: str = ""
    properties: str = ""
    spine: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """An entry of the table of contents."""

    title: str
    href: str
    divisions: tuple[Division, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PageLink:
    """An entry of the list of pages: the label says the document where there are several, in its language."""

    label: str
    href: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Landmark:
    """What readers jump to in any book."""

    type: str
    title: str
    href: str
    language: str | None = None


def chapters(pages: Iterable[Leaf], items: Iterable[Item]) -> list[Chapter]:
    """The table of contents: the documents, each with its divisions, and what is before and behind them."""
    found = {i.path: Chapter(i.title, i.path) for i in items if i.spine and i.id not in ("cover", "nav")}
    for leaf in pages:
        path = f"{leaf.stem}.xhtml"
        if leaf.first:
            found[path] = Chapter(leaf.document.title, path, leaf.document.divisions, leaf.document.language)
        else:
            del found[path]  # reached through the divisions of its document
    return list(found.values())


def page_links(book: Book) -> list[PageLink]:
    """The pages of the sources, in the sequence that references go by."""
    edition = book.edition
    several = len(edition.documents) > 1
    return [
        PageLink(f"{document.short} {book.named(page.name)}", href, document.language)
        if several
        else PageLink(book.named(page.name), href)
        for document in edition.documents
        for page in document.page_list
        if (href := book.addresses.href(page.id, "nav.xhtml"))
    ]


def landmarks(book: Book, items: Sequence[Item]) -> list[Landmark]:
    """Cover, title page, contents, where the text begins, and the first of each part that the semantics mark."""
    said = book.phrases.gettext
    found = [Landmark("cover", said("Cover"), "cover.xhtml"), Landmark("titlepage", said("Title page"), "title.xhtml")]
    found.append(Landmark("toc", said("Contents"), "#toc"))
    texts = [item for item in items if item.id.startswith("text-")]
    body = next((i for i in texts if i.kind == MATTER[1]), texts[0] if texts else None)
    if body is not None:
        found.append(Landmark(MATTER[1], book.phrases.pgettext("landmark", "Text"), body.path))
    parts = ((division, document) for document in book.edition.documents for division in document.all_divisions)
    first: dict[str, Landmark] = {}
    for part, document in parts:
        meaning = book.semantics.of(part.element) if book.semantics else None
        href = book.addresses.href(part.id, "nav.xhtml")
        if meaning is not None and meaning.landmark and href:
            first.setdefault(meaning.type, Landmark(meaning.type, part.title, href, document.language))
    indexes = [
        Landmark("index", i.title, i.path) for i in items if i.id in ("persons", "places")
    ]  # the first files of each
    return [*found, *first.values(), *indexes]
