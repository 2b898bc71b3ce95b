"""An edition → the pages of its reading site: static HTML that needs no server and no JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from teipress.config import Settings
from teipress.edition import Document, Edition, Face, TextFile
from teipress.render.book import Book
from teipress.render.compared import compared
from teipress.render.facsimiles import Facsimiles, facsimiles
from teipress.render.letters import cmif, letters
from teipress.render.linked import beacons, linked
from teipress.render.machines import machines
from teipress.render.pages import Listed, by_file, concordance, open_at, page_list
from teipress.render.redactions import as_csv, as_json, by_code, by_document, strip
from teipress.render.registers import withheld
from teipress.render.search.pages import SEARCH, render_search
from teipress.render.split import Leaf, leaves
from teipress.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site: its path and its title, and the language of that where it is a document's."""

    path: str
    title: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A document with the path of its first page."""

    document: Document
    path: str


def render_site(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    faces: tuple[Face, ...] = (),
    inner: bool = False,
    engine: bool = False,
    viewer: str = "",
) -> list[TextFile]:
    """All text files of the site, paths relative to its folder; `faces` are the fonts that it brings along.

    `inner`: it is the second form of a site and lies in a folder of it; the fonts and the images of pages are those of
    the outer one. `engine` says whether there will be an index for the search page to ask, `viewer` where the script is
    that shows images of pages, from the outer site.

    Raises:
        Stopped: a template fails (V005).
    """
    book = Book(edition, settings, vocabulary, "html")
    pages = [leaf for document in edition.documents for leaf in leaves(document, settings.split)]
    book.place(pages, ".html")
    beside = None if inner else compared(book, pages)
    navigation = _navigation(book, edition, [Link(*link) for link in beside.links] if beside else [])
    first = {leaf.document.slug: _path(leaf) for leaf in pages if leaf.first}
    told = machines(edition, first, settings.url, settings.declared and not inner, book.phrases)
    shown = {"navigation": navigation, "described": book.described(), "faces": faces, "inner": inner, **told.shown}
    shown["facsimiles"] = _facsimiles(book, pages, viewer, inner, frozenset(told.manifests))
    shown["second"] = settings.second
    shown["first"] = first
    shown["beside"] = beside.beside if beside else {}
    files = [_start(book, pages, shown)]
    begin = by_file(edition, book.addresses.files)
    before = open_at([(leaf.document, _path(leaf)) for leaf in pages], begin)
    files += [_leaf(book, pages, number, shown, begin, before) for number in range(len(pages))]
    files += _listings(book, edition, navigation, shown)
    files += _downloads(book, edition)
    if shown["facsimiles"].by_file:
        files.append(TextFile(PurePosixPath("facsimile.js"), book.templates.file("facsimile.js")))
    files += beside.files(shown) if beside else []
    if not inner:
        files += [*beacons(book, settings.url), *cmif(edition, letters(edition), first, settings.url)]
    if settings.search:
        files += render_search(book, files, shown, engine)
    files += told.files(book, files, {_path(leaf): leaf.document for leaf in pages})
    for name in ("style.css", "site.js", "beside.js", "popups.js", *(("passage.js",) if told.whole else ())):
        files.append(
            TextFile(
                PurePosixPath(name),
                book.page(name, name, url=settings.url, form=settings.second if inner else settings.form),
            )
        )
    if faces:
        files.append(
            TextFile(PurePosixPath("fonts.css"), book.page("fonts.css", "fonts.css", faces=faces, inner=inner))
        )
    return files


def _path(leaf: Leaf) -> str:
    return f"{leaf.stem}.html"


def _facsimiles(book: Book, pages: list[Leaf], viewer: str, inner: bool, manifests: frozenset[str]) -> Facsimiles:
    prefix = "../" if inner else ""
    hrefs = {_path(leaf): book.hrefs(_path(leaf)) for leaf in pages}
    found = facsimiles(pages, book.addresses.files, hrefs, prefix)
    return Facsimiles(found, f"{prefix}{viewer}" if viewer else "", manifests)


def _navigation(book: Book, edition: Edition, compared: list[Link]) -> list[Link]:
    said = book.phrases.gettext
    links = [
        ("index.html", said("Contents"), True),
        ("persons.html", said("Persons"), edition.persons),
        ("places.html", said("Places"), edition.places),
        ("terms.html", said("Terms"), edition.terms),
        ("letters.html", said("Letters"), len(letters(edition)) > 1),
        ("pages.html", said("Pages"), any(d.pages for d in edition.documents)),
        ("redactions.html", said("Redactions"), edition.redactions),
        *((link.path, link.title, True) for link in compared),
        ("about.html", said("About"), book.described()),
        (SEARCH, said("Search"), book.settings.search),
    ]
    return [Link(path, title) for path, title, wanted in links if wanted]


def _start(book: Book, pages: list[Leaf], shown: dict[str, Any]) -> TextFile:
    entrances = [Entrance(leaf.document, _path(leaf)) for leaf in pages if leaf.first]
    text = book.page(
        "index.html",
        "index.html",
        title=book.edition.title,
        documents=entrances,
        abstract=book.abstract("index.html"),
        **shown,
    )
    return TextFile(PurePosixPath("index.html"), text)


def _leaf(
    book: Book,
    pages: list[Leaf],
    number: int,
    shown: dict[str, Any],
    begin: dict[str, list[Listed]],
    before: dict[str, str],
) -> TextFile:
    leaf = pages[number]
    path = _path(leaf)
    around = book.around(leaf.document, leaf.elements)
    text, notes = book.text(leaf.document, leaf.elements, path, around)
    turns = [
        Link(_path(p), p.title, p.document.language) if p else None
        for p in (_at(pages, number - 1), _at(pages, number + 1))
    ]
    page = book.page(
        "leaf.html",
        path,
        title=leaf.title,
        leaf=leaf,
        number=number,
        document=leaf.document,
        around=around,
        rtl=around.page_rtl,
        record=f"about.html#about-{leaf.document.slug}" if leaf.document.slug in shown["described"] else "",
        text=text,
        notes=notes,
        strip=strip(leaf.document, book.hrefs(path)) if leaf.first and leaf.document.redactions else None,
        pages=begin.get(path, []),
        page_before=before.get(path, ""),
        previous=turns[0],
        following=turns[1],
        **shown,
    )
    return TextFile(PurePosixPath(path), page)


def _at(pages: list[Leaf], number: int) -> Leaf | None:
    return pages[number] if 0 <= number < len(pages) else None


def _listings(book: Book, edition: Edition, navigation: list[Link], shown: dict[str, Any]) -> list[TextFile]:
    """The pages that the navigation leads to besides the start."""
    makers = {
        "persons.html": lambda link: _register(book, link, edition.persons, shown),
        "places.html": lambda link: _register(book, link, edition.places, shown),
        "terms.html": lambda link: _register(book, link, edition.terms, shown),
        "letters.html": lambda link: _letters(book, link, shown),
        "pages.html": lambda link: _pages(book, link, shown),
        "redactions.html": lambda link: _redactions(book, link, shown),
        "about.html": lambda link: _about(book, link, shown),
    }
    return [makers[link.path](link) for link in navigation if link.path in makers]


def _register(book: Book, link: Link, entities: Any, shown: dict[str, Any]) -> TextFile:
    text = book.page(
        "register.html",
        link.path,
        title=link.title,
        letters=book.index(entities, link.path),
        mentions=book.mentions(entities),
        linked="" if link.path == "terms.html" else linked(book, entities, link.path, shown["url"]),
        **shown,
    )
    return TextFile(PurePosixPath(link.path), text)


def _letters(book: Book, link: Link, shown: dict[str, Any]) -> TextFile:
    found = letters(book.edition, book.phrases.pgettext("correspondent", "unknown"))
    return TextFile(PurePosixPath(link.path), book.page(link.path, link.path, title=link.title, letters=found, **shown))


def _pages(book: Book, link: Link, shown: dict[str, Any]) -> TextFile:
    lists = [page_list(d, book.hrefs(link.path)) for d in book.edition.documents if d.pages]
    return TextFile(PurePosixPath(link.path), book.page(link.path, link.path, title=link.title, lists=lists, **shown))


def _redactions(book: Book, link: Link, shown: dict[str, Any]) -> TextFile:
    path = link.path
    text = book.page(
        path,
        path,
        title=link.title,
        codes=book.codes(),
        groups=withheld(book.edition),
        by_document=by_document(book.edition),
        by_code=by_code(book.edition),
        strips=[strip(d, book.hrefs(path)) for d in book.edition.documents],
        **shown,
    )
    return TextFile(PurePosixPath(path), text)


def _downloads(book: Book, edition: Edition) -> list[TextFile]:
    """Registers for programs, and the scripts of their pages."""
    texts: dict[str, str] = {}
    href = book.hrefs("")
    if edition.redactions:
        texts["redactions.csv"] = as_csv(edition, href)
        texts["redactions.json"] = as_json(edition, href)
        texts["redactions.js"] = book.page("redactions.js", "redactions.js")
    if any(d.pages for d in edition.documents):
        texts["pages.csv"] = concordance(edition, {"link": lambda page: href(page.id)})
        texts["pages.js"] = book.page("pages.js", "pages.js")
    return [TextFile(PurePosixPath(name), text) for name, text in texts.items()]


def _about(book: Book, link: Link, shown: dict[str, Any]) -> TextFile:
    path, title = link.path, book.phrases.gettext("About this edition")
    records, notes = book.records(path)
    text = book.page(path, path, title=title, records=records, notes=notes, **shown)
    return TextFile(PurePosixPath(path), text)
