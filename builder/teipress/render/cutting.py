"""Two parallel documents → the parts that facing pages are made of: rows of what belongs together, cut finely.

What nothing in the other document belongs to is a row of its own, with one side. Long paragraphs are cut into words,
for any of these may begin a page; blocks that hold blocks are opened, and all others stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from teipress import tei
from teipress.edition import Document, Parallel
from teipress.render.alignment import Opens, Piece, atoms, rows
from teipress.render.book import Book
from teipress.render.parallel import opens
from teipress.spreads import Grain
from teipress.tei import XML_ID, Element, local

PARAGRAPHS = frozenset({"p", "ab"})
_LONG = 240  # characters; a shorter paragraph is not cut
_GROUPS = PARAGRAPHS | {"lg"}
# what does not stay behind when that which comes next goes to the next page
_LEADING = frozenset("head speaker pb cb gb milestone label anchor fw opener byline dateline".split())
_IN_VERSE = frozenset("l head speaker stage lg pb cb gb milestone".split())


@dataclass(frozen=True, slots=True)
class Part:
    """A grain of a text, with what stands in it."""

    grain: Grain
    pieces: list[Piece]

    @property
    def notes(self) -> Iterator[str]:
        """What may be printed at the foot of the page for it: notes, and entries of the apparatus."""
        for _, piece in self.pieces:
            for element in tei.elements(piece, "note", "app") if not isinstance(piece, str) else ():
                identifier = element.get(XML_ID, "")
                yield from (identifier, f"{identifier}-entry")

    @property
    def around(self) -> tuple[Element, ...]:
        """The elements that it stands in."""
        return self.pieces[0][0]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that face each other, the text on the left and the translation on the right, and their parts."""

    parallel: Parallel
    documents: tuple[Document, Document]
    sides: tuple[list[Part], list[Part]]

    @property
    def name(self) -> str:
        """What its plan is found by."""
        return self.parallel.name

    def page(self, spread: int, side: int) -> str:
        """The identifier of a page."""
        return f"book-{self.documents[side].slug}-{spread + 1}"

    @property
    def in_verse(self) -> set[int]:
        """The rows that are verse on both sides, and headings: their lines stand side by side."""
        parts = [part for side in self.sides for part in side]
        prose = {p.grain.row for p in parts if p.grain.word or not all(map(_is_in_verse, p.pieces))}
        return {part.grain.row for part in parts} - prose


def by_document(pairs: Iterable[Pair]) -> dict[str, Pair]:
    """The pair that each document faces another in, by its slug."""
    return {document.slug: pair for pair in pairs for document in pair.documents}


def _is_in_verse(piece: Piece) -> bool:
    return not isinstance(piece[1], str) and local(piece[1]) in _IN_VERSE


def pairs(book: Book) -> tuple[Pair, ...]:
    """The pairs that an edition prints facing."""
    documents = {d.slug: d for d in book.edition.documents}
    return tuple(_pair(p, (documents[p.first], documents[p.second]), book) for p in book.edition.facing)


def _pair(parallel: Parallel, documents: tuple[Document, Document], book: Book) -> Pair:
    def opened(element: Element) -> bool:
        return opens(book, element)

    first, second = (atoms(d.body, [link[n] for link in parallel.links], opened) for n, d in enumerate(documents))
    cutters = _Cutter(opened), _Cutter(opened)
    for number, row in enumerate(rows(first, second, parallel.links, parallel.by_page)):
        for cutter, shown in zip(cutters, (row.first, row.second), strict=True):
            cutter.cut([piece for atom in shown for piece in atom.pieces], number)
    return Pair(parallel, documents, (cutters[0].parts, cutters[1].parts))


@dataclass
class _Cutter:
    """Cuts what stands in rows into parts; `opens` says which elements a cut may run through."""

    opens: Opens
    parts: list[Part] = field(default_factory=list)
    _groups: dict[Element, int] = field(default_factory=dict)

    def cut(self, pieces: Sequence[Piece], row: int) -> None:
        """The parts of some pieces, behind those that are there."""
        for path, group in groupby(pieces, lambda piece: piece[0]):
            self._run(path, [part for _, part in group], row)

    def _run(self, path: tuple[Element, ...], content: Sequence[str | Element], row: int) -> None:
        """What stands in one element: words if it is a paragraph or holds text, else blocks."""
        if (path and local(path[-1]) in PARAGRAPHS) or not all(map(_is_block, content)):
            self._words(path, content, row)
            return
        for part in content:
            if isinstance(part, str):
                continue
            if self.opens(part) and (local(part) not in PARAGRAPHS or len(tei.string(part)) >= _LONG):
                self._run((*path, part), tei.content(part), row)
            else:
                self._add(path, [part], row)

    def _words(self, path: tuple[Element, ...], content: Sequence[str | Element], row: int) -> None:
        word: list[str | Element] = []
        for part in content:
            first, *rest = _split(part) if isinstance(part, str) else [part]
            word.append(first)
            for following in rest:
                if not all(isinstance(p, str) and not p.strip() for p in word):
                    self._add(path, word, row, word=True)
                    word = []
                word.append(following)
        self._add(path, word, row, word=True)

    def _add(self, path: tuple[Element, ...], content: Sequence[str | Element], row: int, word: bool = False) -> None:
        group = -1
        if path and (word or local(path[-1]) in _GROUPS):
            group = self._groups.setdefault(path[-1], len(self._groups))
        tied = bool(self.parts) and _leads(self.parts[-1])
        self.parts.append(Part(Grain(row, group, tied, word), [(path, part) for part in content]))


def _is_block(part: str | Element) -> bool:
    return not isinstance(part, str) or not part.strip()


def _leads(part: Part) -> bool:
    """Whether a part stays with what comes next."""
    last = part.pieces[-1][1]
    return not part.grain.word and not isinstance(last, str) and local(last) in _LEADING


def _split(text: str) -> list[str]:
    """A text cut behind each space."""
    found = [""]
    for character in text:
        if found[-1][-1:].isspace() and not character.isspace():
            found.append("")
        found[-1] += character
    return found
