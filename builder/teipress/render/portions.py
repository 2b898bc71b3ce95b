"""A leaf that makes too large a file → smaller leaves, cut between elements.

A cut may run through whatever does nothing but hold other elements: a division, a list of entries, a play's scene. Such
an element is opened again in the next portion, without its identifier. A paragraph is never cut. Portions are named for
the first page, division or entry that begins in them, so that a change elsewhere does not rename them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lxml import etree

from teipress import tei
from teipress.config import slug
from teipress.render.alignment import Piece, nest
from teipress.render.split import Leaf
from teipress.tei import XML_ID, Element

_LEADING = frozenset("head pb cb gb lb milestone label anchor fw speaker".split())  # what goes with what comes next
_CLOSE = frozenset({"sp", "lg", "list", "listBibl"})  # what is cut only when it fills a file by itself
# whose names may be made by counting, so that they change with what comes before
_COUNTED = frozenset("p ab l note gap app stamp persName placeName rs name orgName term text".split())

Opens = Callable[[Element], bool]


def portions(leaf: Leaf, count: int, opens: Opens) -> list[Leaf]:
    """About `count` leaves instead of one, in reading order; `opens` says what a cut may run through.

    The leaf itself, where nothing in it can be parted.
    """
    most = max(1, sum(map(_weight, leaf.elements)) // count)
    pieces = [piece for element in leaf.elements for piece in _pieces(element, (), most, opens)]
    groups = _grouped(pieces, most)
    if len(groups) < 2:
        return [leaf]
    used = {leaf.stem}
    seen: set[Element] = set()
    made = []
    for number, group in enumerate(groups, 1):
        around = {e for path, _ in group for e in path}
        tops, kept = nest(group)
        part = replace(
            leaf,
            elements=tuple(top for top in tops if not isinstance(top, str)),
            kept=kept,
            reopened=frozenset(around & seen),
            shown=tuple(element for _, element in group if not isinstance(element, str)),
        )
        if number > 1:
            title = f"{leaf.title} ({number})"
            part = replace(part, stem=_stem(leaf, group, number, used), title=title, first=False, anchors=())
        used.add(part.stem)
        seen |= around
        made.append(part)
    return made


def _weight(element: Element) -> int:
    return len(etree.tostring(element, encoding="utf-8", with_tail=False))


def _pieces(element: Element, path: tuple[Element, ...], most: int, opens: Opens) -> Iterator[Piece]:
    weight = _weight(element)
    if weight <= (most if tei.local(element) in _CLOSE else most // 4) or not opens(element):
        yield path, element
        return
    for child in element:
        if tei.is_element(child):
            yield from _pieces(child, (*path, element), most, opens)


def _grouped(pieces: Sequence[Piece], most: int) -> list[list[Piece]]:
    """Pieces in groups that are no larger than they have to be; none is without text."""
    groups: list[list[Piece]] = [[]]
    size = 0
    for piece in pieces:
        weight = 0 if isinstance(piece[1], str) else _weight(piece[1])
        if size + weight > most and _has_text(groups[-1]) and (_leads(piece) or _has_text([piece])):
            behind: list[Piece] = []
            while _leads(groups[-1][-1]):
                behind.insert(0, groups[-1].pop())
            groups.append(behind)
            size = 0
        groups[-1].append(piece)
        size += weight
    if len(groups) > 1 and not _has_text(groups[-1]):
        last = groups.pop()
        groups[-1] += last
    return groups


def _has_text(group: Sequence[Piece]) -> bool:
    """Whether there is any text besides headings and the like."""
    return any(not isinstance(e, str) and tei.has_text(e) and not _leads((path, e)) for path, e in group)


def _leads(piece: Piece) -> bool:
    return not isinstance(piece[1], str) and tei.local(piece[1]) in _LEADING


def _stem(leaf: Leaf, group: Sequence[Piece], number: int, used: set[str]) -> str:
    elements = [e for _, element in group if not isinstance(element, str) for e in tei.elements(element)]
    named = next((e for e in elements if e.get(XML_ID) and tei.local(e) not in _COUNTED), None)
    name = "" if named is None else named.get(XML_ID, "").removeprefix(f"{leaf.document.slug}-")
    stem = slug(f"{leaf.stem}--{name or number}")
    while stem in used:
        stem += "x"
    return stem
