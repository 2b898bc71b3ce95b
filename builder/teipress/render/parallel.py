"""Pairs of documents that run parallel → the pages that show them side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from teipress.edition import Document, Parallel, TextFile
from teipress.render.alignment import CONTAINERS, Atom, Piece, Row, atoms, nest, rows
from teipress.render.apparatus import RenderedNote
from teipress.render.book import Book
from teipress.render.direction import Around
from teipress.render.source import text_as_markup
from teipress.render.split import Leaf, part_path
from teipress.render.walker import Walker
from teipress.tei import XML_ID, Element, local

_OPENED = frozenset("block section text paragraph".split())  # behaviours that put a tag around the content


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row shows of one document; `elsewhere` leads to what belongs to it and stands in another row."""

    text: Markup
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a page prints it; `stanza`: one begins in it."""

    cells: tuple[Cell, Cell]
    aligned: bool
    stanza: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One of the two documents on a page: what verification calls it, what is around it, and its notes."""

    document: Document
    place: str
    around: Around
    notes: list[RenderedNote]


@dataclass
class View:
    """The pages of one pair: the rows of each, and which page has what begins a leaf of the reading pages."""

    parallel: Parallel
    documents: tuple[Document, Document]
    pages: list[list[Row]]
    stem: str
    entrances: dict[str, str] = field(default_factory=dict)
    ties: dict[Element, Element] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Both titles, as an index shows them."""
        return " · ".join(d.short for d in self.documents)

    def path(self, number: int) -> str:
        """The path of a page, counted from 0."""
        return part_path(self.stem, number)

    def other(self, document: Document) -> Document:
        """The document that is read beside one."""
        return self.documents[1] if document is self.documents[0] else self.documents[0]


def views(book: Book, leaves: Sequence[Leaf], free: Callable[[str], str]) -> list[View]:
    """The parallel views of an edition; `free` gives a name for a file that none of `leaves` has."""
    documents = {d.slug: d for d in book.edition.documents}
    return [_view(book, p, (documents[p.first], documents[p.second]), leaves, free) for p in book.edition.parallels]


def _view(
    book: Book,
    parallel: Parallel,
    documents: tuple[Document, Document],
    leaves: Sequence[Leaf],
    free: Callable[[str], str],
) -> View:
    sides = [
        atoms(d.body, [link[n] for link in parallel.links], lambda e: opens(book, e)) for n, d in enumerate(documents)
    ]
    both = rows(sides[0], sides[1], parallel.links, parallel.by_page)
    by_leaf = {element: leaf.stem for leaf in leaves for element in leaf.elements}
    counts = [sum(leaf.document is d for leaf in leaves) for d in documents]
    lead = 1 if counts[1] > counts[0] else 0  # the document in more leaves says where a page ends
    pages = [list(group) for _, group in groupby(both, _Turns(lead, by_leaf))]
    view = View(parallel, documents, pages, free(f"parallel-{parallel.first}-{parallel.second}"))
    view.ties = dict(parallel.links) | {b: a for a, b in reversed(parallel.links)}
    for number, page in enumerate(pages):
        for atom in (a for row in page for side in (row.first, row.second) for a in side):
            for stem in _stems(atom, by_leaf):
                view.entrances.setdefault(f"{stem}.html", view.path(number))
    return view


@dataclass
class _Turns:
    """Says of row after row which leaf of one side it belongs to."""

    side: int
    by_leaf: dict[Element, str]
    leaf: str = ""

    def __call__(self, row: Row) -> str:
        stems = (s for atom in (row.first, row.second)[self.side] for s in _stems(atom, self.by_leaf))
        self.leaf = next(stems, self.leaf)
        return self.leaf


def _stems(atom: Atom, by_leaf: dict[Element, str]) -> list[str]:
    """The leaves that the pieces of an atom stand on."""
    nodes = (node for path, part in atom.pieces for node in (*path, part))
    return list(dict.fromkeys(by_leaf[n] for n in nodes if not isinstance(n, str) and n in by_leaf))


def opens(book: Book, element: Element) -> bool:
    """Whether a row may show a part of an element: its rule does nothing but put a tag around what is in it."""
    rule = book.vocabulary.rule(element, book.output)
    plain = not (rule.template or rule.before or rule.after or rule.params)
    return local(element) in CONTAINERS and rule.behaviour in _OPENED and plain


def render_view(book: Book, view: View, shown: dict[str, Any]) -> list[TextFile]:
    """The pages of one pair.

    Raises:
        Stopped: a template fails (V005).
    """
    return [_page(book, view, number, shown) for number in range(len(view.pages))]


def _page(book: Book, view: View, number: int, shown: dict[str, Any]) -> TextFile:
    path = view.path(number)
    columns, walkers = [], []
    for document in view.documents:
        stated = book.around(document, document.body)
        walker = book.walker(document, path, stated)
        walker.attributes = replace(walker.attributes, again=True)
        walkers.append(walker)
        columns.append(Column(document, view.parallel.place(document.slug), stated, walker.notes))
    lines = [_line(book, view, row, walkers, path) for row in view.pages[number]]
    last = len(view.pages) - 1
    text = book.page(
        "parallel.html",
        path,
        title=view.title,
        view=view,
        number=number,
        columns=columns,
        lines=lines,
        previous=view.path(number - 1) if number else "",
        following=view.path(number + 1) if number < last else "",
        **shown,
    )
    return TextFile(PurePosixPath(path), text)


def _line(book: Book, view: View, row: Row, walkers: Sequence[Walker], path: str) -> Line:
    sides = (row.first, row.second)
    cells = [_cell(book, view, atoms_, walker, path, row) for atoms_, walker in zip(sides, walkers, strict=True)]
    pieces = (piece for atoms_ in sides for atom in atoms_ for piece in atom.pieces)
    return Line((cells[0], cells[1]), row.aligned, any(map(_begins_stanza, pieces)))


def _begins_stanza(piece: Piece) -> bool:
    path, part = piece
    return bool(path) and local(path[-1]) == "lg" and next(iter(path[-1]), None) is part


def _cell(book: Book, view: View, shown: Sequence[Atom], walker: Walker, path: str, row: Row) -> Cell:
    tops, walker.kept = nest([piece for atom in shown for piece in atom.pieces])

    def markup() -> Markup:
        return Markup("").join(Markup(text_as_markup(t)) if isinstance(t, str) else walker.markup(t) for t in tops)

    elsewhere = "" if row.aligned else _elsewhere(book, view, shown, path)
    return Cell(book.templates.call(path, markup), elsewhere)


def _elsewhere(book: Book, view: View, shown: Sequence[Atom], path: str) -> str:
    """Where on a reading page that stands which belongs to some atoms and could not be set beside them."""
    others = (view.ties.get(element) for atom in shown for element in atom.tied)
    around = (e for other in others if other is not None for e in (other, *other.iterancestors()))
    hrefs = (book.addresses.href(e.get(XML_ID, ""), path) for e in around)
    return next(filter(None, hrefs), "")
