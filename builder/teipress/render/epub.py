"""An edition → the text files of one EPUB 3.3 publication: content documents, package, nav, NCX, container."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, TypeAlias
from urllib.parse import quote

from teipress import tei
from teipress.config import Settings
from teipress.edition import IMAGE_TYPES, IMAGES, Edition, Entity, Face, TextFile
from teipress.languages import html_language
from teipress.render import accessible
from teipress.render.book import Book
from teipress.render.cataloguing import everybody, named, numbers, series
from teipress.render.jacket import jacket
from teipress.render.navigation import Item, chapters, landmarks, page_links
from teipress.render.portions import portions
from teipress.render.registers import volumes, withheld
from teipress.render.semantics import FILE as SEMANTICS
from teipress.render.semantics import MATTER, read_semantics
from teipress.render.sources import origins
from teipress.render.split import Leaf, leaves
from teipress.tei import Element
from teipress.vocabulary import Vocabulary

CONTENT = PurePosixPath("EPUB")  # the folder of the publication's content inside the container
LARGEST = 300_000  # bytes of a content document; more of them make small devices slow
_XHTML = "application/xhtml+xml"
_OPENED = frozenset({"block", "section", "text"})  # behaviours that put a tag around the content
_WHOLE = frozenset({"p", "ab", "titlePage", "app"})
_DIVIDING = frozenset({"volume", "part", "chapter"})  # what a chapter is no part of


Content: TypeAlias = tuple[Item, str]
Lend: TypeAlias = Callable[[str], tuple[Face, ...]]


def render_epub(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    moment: datetime,
    lend: Lend = lambda text: (),
    whole: Edition | None = None,
) -> list[TextFile]:
    """All text files of the unpacked publication.

    `lend` says which fonts have to go along for what is in a text; `whole` is the edition, if this is one
    document of it.

    Raises:
        Stopped: a template fails (V005), or the table of semantics is broken (V004).
    """
    book = Book(edition, settings, vocabulary, "epub")
    book.semantics = read_semantics(book.templates.file(SEMANTICS))
    pages, texts = _texts(book)
    content = [*_front(book), *texts, *_listings(book)]
    items = [item for item, _ in content]
    contents = book.phrases.gettext("Contents")
    items.append(Item("nav", "nav.xhtml", _XHTML, contents, "nav", spine=True))
    shown = {
        "chapters": chapters(pages, items),
        "pages": page_links(book),
        "identifier": edition.description.identifier,
    }
    nav = book.page("nav.xhtml", "nav.xhtml", title=contents, landmarks=landmarks(book, items), **shown)
    made = {item.path: text for item, text in content} | {"nav.xhtml": nav}
    faces = lend("".join(made.values()))
    found = accessible.content(made.values(), nav, bool(edition.redactions))
    items += _assets(edition, faces, made.values())
    values = {
        "items": items,
        "spine": _spine(items),
        "modified": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "rtl": book.rtl,
        "accessible": found,
        "summary": found.summary(book.phrases),
        "origins": origins(edition),
        "people": everybody(edition.description),
        "numbers": numbers(edition.description),
        "series": series(edition.description),
        "whole": whole,
        "languages": languages(edition),
        "faces": faces,
        "jacket": jacket(edition, book.rtl),
        **shown,
    }
    made |= {name: book.page(name, name, **values) for name in ("package.opf", "toc.ncx", "style.css", "cover.svg")}
    files = [TextFile(CONTENT / path, text) for path, text in made.items()]
    files.append(TextFile(PurePosixPath("META-INF/container.xml"), book.templates.file("container.xml")))
    files.append(TextFile(PurePosixPath("mimetype"), "application/epub+zip"))
    return files


def _assets(edition: Edition, faces: Sequence[Face], texts: Iterable[str]) -> Iterator[Item]:
    """What the pages need: style, cover, contents for old reading systems, images and fonts."""
    yield Item("style", "style.css", "text/css")
    yield Item("cover-image", "cover.svg", "image/svg+xml", "", "cover-image")
    yield Item("ncx", "toc.ncx", "application/x-dtbncx+xml")
    for number, path in enumerate(shown_images(edition, texts), 1):
        yield Item(f"image-{number}", _address(path), IMAGE_TYPES[path.suffix.lower()])
    for number, face in enumerate(faces, 1):
        yield Item(f"font-{number}", face.path.as_posix(), "font/woff2")


def languages(edition: Edition) -> list[str]:
    """The languages of an edition and of its documents, its own first; those of its headers where no text says any."""
    written = (edition.language, *(document.language for document in edition.documents))
    stated = dict.fromkeys(filter(None, map(html_language, written)))
    return list(stated or edition.description.languages) or ["und"]


def shown_images(edition: Edition, texts: Iterable[str]) -> list[PurePosixPath]:
    """The images of an edition that some files show."""
    whole = "".join(texts)
    return [path for path in edition.images if f'"{_address(path)}"' in whole]


def _texts(book: Book) -> tuple[list[Leaf], list[Content]]:
    """The leaves of the texts, none larger than it should be if it can be parted, and their pages."""
    pages = [leaf for d in book.edition.documents for leaf in leaves(d, book.settings.split)]
    while True:
        book.place(pages, ".xhtml")
        for name, entities in (("persons", book.edition.persons), ("places", book.edition.places)):
            for stem, _, part in volumes(name, entities, book.is_told):
                book.addresses.files.update((book.anchor(e.id), f"{stem}.xhtml") for e in part if _is_listed(book, e))
        made = [_leaf(book, leaf, number) for number, leaf in enumerate(pages)]
        parted = [_parted(book, leaf, len(text.encode())) for leaf, (_, text) in zip(pages, made, strict=True)]
        if all(len(parts) == 1 for parts in parted):
            return pages, made
        pages = [part for parts in parted for part in parts]


def _is_listed(book: Book, entity: Entity) -> bool:
    """Whether the entry of an index is what an identifier leads to, and not a place in a text."""
    return book.addresses.files.get(book.anchor(entity.id), "") in ("persons.xhtml", "places.xhtml")


def _parted(book: Book, leaf: Leaf, size: int) -> list[Leaf]:
    if size <= LARGEST or leaf.kept:  # what has been parted once is not parted again
        return [leaf]
    return portions(leaf, size * 3 // (2 * LARGEST) + 1, lambda element: _opens(book, element))


def _opens(book: Book, element: Element) -> bool:
    """Whether a file may show a part of an element: its rule puts a tag around other elements, and nothing else."""
    rule = book.vocabulary.rule(element, book.output)
    plain = not (rule.template or rule.before or rule.after or rule.params) and rule.behaviour in _OPENED
    loose = any(isinstance(part, str) and not part.isspace() for part in tei.content(element))
    return plain and not loose and tei.local(element) not in _WHOLE and tei.has_text(element)


def _front(book: Book) -> list[Content]:
    """What comes before the texts."""
    said, described = book.phrases.gettext, book.edition.description
    names = {"authors": named(described, "author"), "editors": named(described, "editor")}
    return [
        _page(book, "cover", said("Cover"), {}, properties="svg"),
        _page(book, "title", said("Title page"), {"abstract": book.abstract("title.xhtml"), **names}, kind=MATTER[0]),
    ]


def _listings(book: Book) -> list[Content]:
    """The parts that follow the texts."""
    edition, said = book.edition, book.phrases.gettext
    made: list[Content] = []
    if edition.redactions:
        values = {"codes": book.codes(), "groups": withheld(edition)}
        made.append(_page(book, "redactions", said("Redactions"), values, kind=MATTER[2]))
    made += _index(book, "persons", said("Index of persons"), edition.persons)
    made += _index(book, "places", said("Index of places"), edition.places)
    if book.described():
        values = dict(zip(("records", "notes"), book.records("about.xhtml"), strict=True))
        made.append(_page(book, "about", said("About this edition"), values, kind=MATTER[2]))
    return made


def _index(book: Book, name: str, title: str, entities: Sequence[Entity]) -> Iterator[Content]:
    """The files of an index, the later ones named and titled for the letter that they begin with."""
    for stem, first, part in volumes(name, entities, book.is_told):
        letters = book.index(part, f"{stem}.xhtml")
        yield _page(book, stem, f"{title} ({first})" if first else title, {"letters": letters}, "", MATTER[2], name)


def _page(
    book: Book,
    name: str,
    title: str,
    values: dict[str, Any],
    properties: str = "",
    kind: str = "",
    template: str = "",
) -> Content:
    path = f"{name}.xhtml"
    item = Item(name, path, _XHTML, title, properties, spine=True, kind=kind)
    return item, book.page(f"{template or name}.xhtml", path, title=title, **values)


def _leaf(book: Book, leaf: Leaf, number: int) -> Content:
    path = f"{leaf.stem}.xhtml"
    around = book.around(leaf.document, leaf.elements)
    text, notes = book.text(leaf.document, leaf.elements, path, around, kept=leaf.kept, reopened=leaf.reopened)
    kind, typed = _kind(book, leaf)
    values = {"title": leaf.title, "leaf": leaf, "number": number, "document": leaf.document, "around": around}
    page = book.page(
        "leaf.xhtml", path, text=text, notes=notes, rtl=around.page_rtl, matter=kind, typed=typed, **values
    )
    properties = "mathml" if "<math" in page else ""
    return Item(f"text-{leaf.stem}", path, _XHTML, leaf.title, properties, True, kind), page


def _kind(book: Book, leaf: Leaf) -> tuple[str, bool]:
    """The third of a book that a leaf is in, and whether its parts say themselves what they are (a preface, an act)."""
    semantics = book.semantics
    if semantics is None:
        return MATTER[1], False
    thirds = {semantics.matter(element) for element in leaf.elements if tei.has_text(element)}
    top = (e for element in leaf.elements for e in (element, *filter(tei.is_element, element)))
    typed = any(m is not None and m.role for m in map(semantics.of, top))
    inside = (semantics.of(e) for element in leaf.elements for e in tei.elements(element))
    typed = typed or any(m is not None and m.type in _DIVIDING for m in inside)
    return thirds.pop() if len(thirds) == 1 else MATTER[1], typed


def _spine(items: list[Item]) -> list[Item]:
    """Reading order: cover, title page, contents, texts, lists."""
    front = [i for i in items if i.id in ("cover", "title")]
    nav = [i for i in items if i.id == "nav"]
    return front + nav + [i for i in items if i.spine and i not in front and i not in nav]


def _address(path: PurePosixPath) -> str:
    return f"{IMAGES}/{quote(path.as_posix())}"
