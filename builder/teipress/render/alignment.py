"""Two documents and what ties them → rows: what belongs together side by side, the rest on its own side, in order.

Each document is cut where something tied begins. A cut may run through divisions, stanzas and paragraphs: of these a
row shows only a part, and they are opened again in the next. Ties that cross others cannot be kept in order; as many as
possible are, and the rest is told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from teipress import tei
from teipress.tei import Element

# what a row may show a part of, if its rule puts a tag around it and nothing else
CONTAINERS = frozenset("text front body back group div div1 div2 div3 div4 div5 div6 div7 lg sp p ab".split())
_MIXED = frozenset({"p", "ab"})  # what stands loose in these goes with what is tied before it

Piece: TypeAlias = tuple[tuple[Element, ...], str | Element]  # what stands in a document, and what is around it
Opens: TypeAlias = Callable[[Element], bool]


@dataclass
class Atom:
    """What no row divides: pieces in reading order, and the tied elements that begin in them."""

    pieces: list[Piece] = field(default_factory=list)
    tied: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """Atoms of both documents side by side; `aligned` says whether they belong together."""

    first: list[Atom]
    second: list[Atom]
    aligned: bool


@dataclass
class _Cutter:
    """Cuts a document at the elements of `tied`; `around` are those that hold any of them."""

    tied: set[Element]
    around: set[Element]
    opens: Opens
    atoms: list[Atom] = field(default_factory=list)
    _waiting: list[Element] = field(default_factory=list)  # opened elements that are tied themselves
    _empty: list[Piece] = field(default_factory=list)  # breaks between blocks, which go with the next

    def cut(self, element: Element, path: tuple[Element, ...] = ()) -> None:
        """The atoms of an element, behind those that are there."""
        if element in self.around and self.opens(element):
            self._waiting += [element] * (element in self.tied)
            mixed = tei.local(element) in _MIXED or any(
                isinstance(part, str) and not part.isspace() for part in tei.content(element)
            )
            (self._runs if mixed else self._blocks)(element, (*path, element))
        elif element in self.tied or element in self.around or tei.has_text(element):
            self._add(Atom([(path, element)], [e for e in tei.elements(element) if e in self.tied]))
        else:
            self._empty.append((path, element))

    def finish(self) -> list[Atom]:
        """All atoms; what is left over goes with the last."""
        if self._empty or self._waiting:
            if not self.atoms:
                self.atoms.append(Atom())
            self.atoms[-1].pieces += self._empty
            self.atoms[-1].tied += self._waiting
        return self.atoms

    def _add(self, atom: Atom) -> None:
        atom.pieces[:0], atom.tied[:0] = self._empty, self._waiting
        self._empty, self._waiting = [], []
        self.atoms.append(atom)

    def _blocks(self, element: Element, path: tuple[Element, ...]) -> None:
        for part in tei.content(element):
            if not isinstance(part, str):
                self.cut(part, path)

    def _runs(self, element: Element, path: tuple[Element, ...]) -> None:
        """Mixed content: a run begins at each part with something tied, but what stands before the first is its own."""
        run = Atom()
        for part in tei.content(element):
            tied = [] if isinstance(part, str) else [e for e in tei.elements(part) if e in self.tied]
            if tied and run.tied:
                self._add(run)
                run = Atom()
            run.pieces.append((path, part))
            run.tied += tied
        self._add(run)


def atoms(elements: Sequence[Element], tied: Sequence[Element], opens: Opens) -> list[Atom]:
    """What stands in some elements, cut at those that are tied; `opens` says which elements a cut may run through."""
    cutter = _Cutter(set(tied), {a for e in tied for a in e.iterancestors()}, opens)
    for element in elements:
        cutter.cut(element)
    return cutter.finish()


def nest(pieces: Sequence[Piece]) -> tuple[list[str | Element], dict[Element, list[str | Element]]]:
    """Pieces → the outermost elements around them, and which parts of these and of those in them to show."""
    tops: list[str | Element] = []
    kept: dict[Element, list[str | Element]] = {}
    for path, part in pieces:
        parts = tops
        for element in path:
            if not parts or parts[-1] is not element:
                parts.append(element)
            parts = kept.setdefault(element, [])
        parts.append(part)
    return tops, kept


def rows(
    first: Sequence[Atom], second: Sequence[Atom], links: Sequence[tuple[Element, Element]], reach: bool = False
) -> list[Row]:
    """Both documents row by row, in the order of both; with `reach` what is tied goes on to where the next begins."""
    beads = _beads(_kept(_pairs(first, second, links)))
    if reach:
        ends = [*((b[0] - 1, b[2] - 1) for b in beads[1:]), (len(first) - 1, len(second) - 1)]
        beads = [(a, end[0], c, end[1]) for (a, _, c, _), end in zip(beads, ends, strict=True)] if beads else []
    found: list[Row] = []
    here = there = 0
    for start, end, begin, stop in beads:
        found += _loose(first[here:start], second[there:begin])
        found.append(Row(list(first[start : end + 1]), list(second[begin : stop + 1]), aligned=True))
        here, there = end + 1, stop + 1
    return [*found, *_loose(first[here:], second[there:])]


def _loose(first: Sequence[Atom], second: Sequence[Atom]) -> Iterator[Row]:
    if first or second:
        yield Row(list(first), list(second), aligned=False)


def _pairs(
    first: Sequence[Atom], second: Sequence[Atom], links: Sequence[tuple[Element, Element]]
) -> list[tuple[int, int]]:
    """Which atoms belong together, by their numbers."""
    here = {e: n for n, atom in enumerate(first) for e in atom.tied}
    there = {e: n for n, atom in enumerate(second) for e in atom.tied}
    return sorted({(here[a], there[b]) for a, b in links if a in here and b in there})


def _kept(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of some sorted pairs as can stand without crossing (the longest subsequence that never falls)."""
    ends: list[int] = []  # the lowest end of a chain of each length
    holders: list[int] = []  # the pair that has it
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_right(ends, place)
        before.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        holders[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = holders[-1] if holders else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _beads(chain: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Pairs that share an atom as one: first and last atom of either side."""
    beads: list[tuple[int, int, int, int]] = []
    for here, there in chain:
        if beads and (here <= beads[-1][1] or there <= beads[-1][3]):
            start, end, begin, stop = beads[-1]
            beads[-1] = start, max(end, here), begin, max(stop, there)
        else:
            beads.append((here, here, there, there))
    return beads
