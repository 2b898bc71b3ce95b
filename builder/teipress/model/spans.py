"""Spans: what is deleted, added or damaged from one point to another → marked run by run.

A deletion that begins in one paragraph and ends in the next cannot be one element, so that the source marks its two
ends (TEI Guidelines, 12.3.1.4: delSpan, addSpan and damageSpan with ``spanTo``). Every run of text between them is
put into a `del`, an `add` or a `damage` of its own. The mark itself stays, and one that leads nowhere is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from teipress import tei
from teipress.tei import Element

_MARKS = {tei.tei("delSpan"): "del", tei.tei("addSpan"): "add", tei.tei("damageSpan"): "damage"}
_SAID = ("hand", "rend", "rendition", "place", "type", "agent", "degree")  # what a mark says of all that it spans
_APART = frozenset({"note", "desc", "figDesc"})  # the editor's words, whatever happened to the text around them


def mark_spans(root: Element) -> None:
    """Wrap the text runs of all spans below `root`, in place. The order of the text does not change."""
    if next(root.iter(*_MARKS), None) is None:
        return
    ends = _ends(root)
    for place, is_start, marks in list(_runs(root, ends)):
        wrappers = [_wrapper(mark) for mark in marks]
        if is_start:
            tei.enclose_text(place, wrappers[0])
        else:
            tei.enclose_text_after(place, wrappers[0])
        for outer, inner in pairwise(wrappers):
            tei.enclose_text(outer, inner)


def _ends(root: Element) -> dict[Element, Element]:
    """For each mark the element that its span ends with, the first of that name after it."""
    waiting: dict[str, list[Element]] = {}
    ends: dict[Element, Element] = {}
    for element in tei.elements(root):
        for mark in waiting.pop(element.get(tei.XML_ID, ""), ()):
            ends[mark] = element
        if element.tag in _MARKS and (target := element.get("spanTo", "").strip()).startswith("#"):
            waiting.setdefault(target[1:], []).append(element)
    return ends


def _runs(root: Element, ends: dict[Element, Element]) -> Iterator[tuple[Element, bool, tuple[Element, ...]]]:
    """Each place that text can stand in, inside a span: at the start of an element, or after it; with the marks."""
    spans: dict[Element, Element] = {}  # mark → end, of the spans that are open
    apart = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_start = event == "start"
        if is_start and node in ends:
            spans[node] = ends[node]
        if event == "end" and node in spans.values():
            spans = {mark: end for mark, end in spans.items() if end is not node}
        if event in ("start", "end") and tei.local(node) in _APART:
            apart += 1 if is_start else -1
        if spans and not apart and node is not root:
            yield node, is_start, tuple(spans)


def _wrapper(mark: Element) -> Element:
    said = {name: value for name in _SAID if (value := mark.get(name))}
    return mark.makeelement(tei.tei(_MARKS[str(mark.tag)]), said)
