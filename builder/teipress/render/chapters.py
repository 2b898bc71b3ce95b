"""A document → those of its divisions that a book begins on a page to the right, as it does chapters.

Divisions of one rank are looked at together. Those of the body are chapters where half of them are long (in a book of
several documents more than half), in a book of one document also where the encoding calls them so; letters, poems and
entries never are. A preface or an epilogue goes with them. In parts of a book that hold chapters these are chapters,
too, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median_high, median_low

from teipress import tei
from teipress.edition import Division, Document

_HOLDING = frozenset(("part", "book", "volume", "compilation", "group", "liber"))
_CALLED = _HOLDING | frozenset(("chapter", "act", "canto", "essay", "article", "sermon", "lecture", "treatise"))
_SMALL = frozenset(("letter", "poem", "entry", "document", "scene", "stanza", "sonnet", "epigram", "day"))
_PAGE = 2_500  # characters of a page
_LONG = 3 * _PAGE
_BESIDE = tuple(map(tei.tei, ("front", "back")))
_AROUND = (*_BESIDE, tei.tei("body"))


def chapters(document: Document, mode: str, alone: bool) -> frozenset[str]:
    """The identifiers of the chapters; `mode` is a value of the setting, `alone`: the book has no other document."""
    if mode == "run-on":
        return frozenset()
    return frozenset(d.id for d in _chapters(document.divisions, mode == "recto", alone))


def _chapters(divisions: Sequence[Division], always: bool, alone: bool) -> Iterator[Division]:
    if len(divisions) == 1:  # what holds all of the text is no chapter of it
        yield from _chapters(divisions[0].parts, always, alone)
        return
    in_body = [d for d in divisions if next(d.element.iterancestors(*_AROUND), d.element).tag not in _BESIDE]
    if not always and not _are_chapters(in_body or divisions, alone):
        return
    for division in divisions:
        yield division
        if _kind(division) in _HOLDING and _are_chapters(division.parts, alone):
            yield from _chapters(division.parts, False, alone)


def _are_chapters(rank: Sequence[Division], alone: bool) -> bool:
    """Whether divisions of one rank are chapters, by what most of them are called or by how long they are."""
    if not rank:
        return False
    kinds = [_kind(division) for division in rank]
    # a document among others is a chapter itself: its own have to be more than half of what it is
    length = (median_high if alone else median_low)(len(tei.string(d.element)) for d in rank)
    if sum(kind in _SMALL for kind in kinds) * 2 > len(rank):
        return False
    called = alone and sum(kind in _CALLED for kind in kinds) * 2 > len(rank)
    return length >= (_PAGE if called else _LONG)


def _kind(division: Division) -> str:
    return (division.element.get("type") or "").lower()
