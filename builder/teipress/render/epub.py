"""An edition → the text files of one EPUB 3.3 publication: content documents, package, nav, NCX, container."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from teipress.config import Settings
from teipress.edition import IMAGE_TYPES, IMAGES, Division, Edition, Page, TextFile
from teipress.render.book import Book
from teipress.render.registers import withheld
from teipress.render.split import Leaf, leaves
from teipress.vocabulary import Vocabulary

CONTENT = PurePosixPath("EPUB")  # the folder of the publication's content inside the container


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the publication as the package lists it."""

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
    """An entry of the list of pages: the label says the document where there are several."""

    label: str
    href: str


def render_epub(edition: Edition, settings: Settings, vocabulary: Vocabulary, moment: datetime) -> list[TextFile]:
    """All text files of the unpacked publication.

    Raises:
        Stopped: a template fails (V005).
    """
    book = Book(edition, settings, vocabulary, "epub")
    pages = [leaf for document in edition.documents for leaf in leaves(document, settings.split)]
    book.place(pages, ".xhtml")
    files: list[TextFile] = []
    items: list[Item] = []

    def add(item: Item, text: str) -> None:
        items.append(item)
        files.append(TextFile(CONTENT / item.path, text))

    for item, text in _content(book, pages):
        add(item, text)
    add(Item("style", "style.css", "text/css"), book.page("style.css", "style.css"))
    navigation = _navigation(book, pages, items)
    shown = {
        "items": items,
        "chapters": navigation,
        "pages": _page_links(book, edition),
        "identifier": edition.description.identifier,
    }
    contents = book.phrases.gettext("Contents")
    nav = Item("nav", "nav.xhtml", "application/xhtml+xml", contents, "nav", spine=True)
    add(nav, book.page("nav.xhtml", "nav.xhtml", title=contents, **shown))
    add(Item("ncx", "toc.ncx", "application/x-dtbncx+xml"), book.page("toc.ncx", "toc.ncx", **shown))
    items += [_image(number, path) for number, path in enumerate(edition.images, 1)]
    changed = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    spine = _spine(items)
    package = book.page(
        "package.opf", "package.opf", modified=changed, rtl=book.rtl, spine=spine, features=_features(edition), **shown
    )
    files.append(TextFile(CONTENT / "package.opf", package))
    files.append(TextFile(PurePosixPath("META-INF/container.xml"), book.templates.file("container.xml")))
    files.append(TextFile(PurePosixPath("mimetype"), "application/epub+zip"))
    return files


def _content(book: Book, pages: list[Leaf]) -> list[tuple[Item, str]]:
    """The content documents in reading order."""
    edition, said = book.edition, book.phrases.gettext
    cover = _lines(edition.title, 18), _lines(edition.header.subtitle, 30)
    made = [
        (Item("cover-image", "cover.svg", "image/svg+xml", "", "cover-image"),
         book.page("cover.svg", "cover.svg", title=cover[0], subtitle=cover[1])),
        _page(book, "cover", said("Cover"), {}, properties="svg"),
        _page(book, "title", said("Title page"), {"abstract": book.abstract("title.xhtml")}, kind="titlepage"),
    ]  # fmt: skip
    made += [_leaf(book, leaf, number) for number, leaf in enumerate(pages)]
    for name, (title, values) in _listings(book).items():
        made.append(_page(book, name, title, values()))
    return made


def _listings(book: Book) -> dict[str, tuple[str, Callable[[], dict[str, Any]]]]:
    """The parts that follow the texts: name → title and what its template needs."""
    edition, said = book.edition, book.phrases.gettext
    found: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {}
    if edition.redactions:
        found["redactions"] = said("Redactions"), lambda: {"codes": book.codes(), "groups": withheld(edition)}
    if edition.persons:
        found["persons"] = said("Index of persons"), lambda: {"letters": book.index(edition.persons, "persons.xhtml")}
    if edition.places:
        found["places"] = said("Index of places"), lambda: {"letters": book.index(edition.places, "places.xhtml")}
    if book.described():
        found["about"] = (
            said("About this edition"),
            lambda: dict(zip(("records", "notes"), book.records("about.xhtml"), strict=True)),
        )
    return found


def _page(
    book: Book, name: str, title: str, values: dict[str, Any], properties: str = "", kind: str = ""
) -> tuple[Item, str]:
    path = f"{name}.xhtml"
    item = Item(name, path, "application/xhtml+xml", title, properties, spine=True, kind=kind)
    return item, book.page(path, path, title=title, **values)


def _leaf(book: Book, leaf: Leaf, number: int) -> tuple[Item, str]:
    path = f"{leaf.stem}.xhtml"
    around = book.around(leaf.document, leaf.elements)
    text, notes = book.text(leaf.document, leaf.elements, path, around)
    values = {"title": leaf.title, "leaf": leaf, "number": number, "document": leaf.document, "around": around}
    page = book.page("leaf.xhtml", path, text=text, notes=notes, rtl=around.page_rtl, **values)
    properties = "mathml" if "<math" in text else ""
    return Item(f"text-{leaf.stem}", path, "application/xhtml+xml", leaf.title, properties, True, "bodymatter"), page


def _navigation(book: Book, pages: list[Leaf], items: list[Item]) -> list[Chapter]:
    chapters = {i.path: Chapter(i.title, i.path) for i in items if i.spine and i.id != "cover"}
    for leaf in pages:
        path = f"{leaf.stem}.xhtml"
        if leaf.first:
            chapters[path] = Chapter(leaf.document.title, path, leaf.document.divisions, leaf.document.language)
        else:
            del chapters[path]  # reached through the divisions of its document
    return list(chapters.values())


def _page_links(book: Book, edition: Edition) -> list[PageLink]:
    several = len(edition.documents) > 1
    return [
        PageLink(f"{document.short} {book.named(page.name)}" if several else book.named(page.name), href)
        for document in edition.documents
        for page in document.page_list
        if (href := book.addresses.href(page.id, "nav.xhtml"))
    ]


def _spine(items: list[Item]) -> list[Item]:
    """Reading order: cover, title page, contents, texts, lists."""
    front = [i for i in items if i.id in ("cover", "title")]
    nav = [i for i in items if i.id == "nav"]
    return front + nav + [i for i in items if i.spine and i not in front and i not in nav]


def _features(edition: Edition) -> list[str]:
    """Accessibility features (schema.org) that this publication really has."""
    pages: list[Page] = [p for d in edition.documents for p in d.page_list]
    features = ["structuralNavigation", "tableOfContents", "readingOrder"]
    features += ["pageNavigation", "pageBreakMarkers"] if pages else []
    return features + (["index"] if edition.persons or edition.places else [])


def _lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False)[:7]


def _image(number: int, path: PurePosixPath) -> Item:
    return Item(f"image-{number}", f"{IMAGES}/{quote(path.as_posix())}", IMAGE_TYPES[path.suffix.lower()])
