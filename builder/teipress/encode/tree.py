"""Nodes and the spans in their text → elements. The one place where characters of a transcription are copied.

Each character of a node's lines comes out once: as text, inside the elements of the spans around it, as the wording
of a gap, or, if it is a mark, not at all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from teipress import tei
from teipress.encode.nodes import LEADER, MARK, Node, Span
from teipress.tei import Element

USUAL = "[redacted]"  # what a gap without a desc stands for
_EMPHASIS = "hi"  # the only element that may be cut in two where another one begins or ends inside it
_DEEPEST = 20  # emphasis in emphasis; what is deeper adds nothing, and could go deeper than any program reads


class Tree:
    """Makes the elements of one transcription. `responsible` is the pointer that every decision carries as @resp."""

    def __init__(self, text: str, spans: Iterable[Span], responsible: str) -> None:
        self.text = text
        self.responsible = responsible
        self.spans = untangled(spans)
        self.starts = [s.start for s in self.spans]

    def element(self, node: Node) -> Element:
        """The element of a node with all that is in it."""
        content: list[str | Element] = []
        if node.lines:
            first, last = node.lines[0][0], node.lines[-1][1]
            content += _Content(self, node, self.between(first, last)).fill(first, last)
        content += [self.element(child) for child in node.children]
        return tei.make(node.name, {**node.attributes, **self.decision(node)}, content)

    def decision(self, made: Node | Span) -> dict[str, str]:
        """What says that the encoder decided it, and how sure it is. @resp of a gap is the authority that withheld."""
        if not made.by:
            return {}
        certainty = {"cert": made.cert or "high"}
        return certainty if made.name == "gap" else {"resp": self.responsible, **certainty}

    def between(self, first: int, last: int) -> list[Span]:
        """The spans that lie in a stretch of the transcription."""
        found = self.spans[bisect_left(self.starts, first) : bisect_right(self.starts, last)]
        return [s for s in found if s.end <= last]


class _Content:
    """What stands inside one node with text."""

    def __init__(self, tree: Tree, node: Node, spans: Sequence[Span]) -> None:
        self.tree = tree
        self.spans = spans
        self.lines = node.lines
        self.starts = [start for start, _ in node.lines]
        self.glued = {s.start for s in spans if ("break", "no") in s.attributes}

    def fill(self, start: int, end: int, first: int = 0, last: int | None = None) -> Iterator[str | Element]:
        """Text and elements of the characters [start, end), in which the spans number `first` to `last` lie."""
        at, k = start, first
        last = len(self.spans) if last is None else last
        while k < last:
            span = self.spans[k]
            within = k = k + 1
            while k < last and self.spans[k].start < span.end:
                k += 1
            yield self.characters(at, span.start)
            if span.name == LEADER:
                yield " "
            elif span.name != MARK:
                yield self.inline(span, within, k)
            at = span.end
        yield self.characters(at, end)

    def inline(self, span: Span, first: int, last: int) -> Element:
        content = list(self.fill(span.start, span.end, first, last)) if span.start < span.end else []
        attributes = dict(span.attributes)
        if span.wording:
            wording = "".join(part for part in content if isinstance(part, str))
            content, rend = _described(wording)
            attributes.update({"rend": rend} if rend else {})
        return tei.make(span.name, {**attributes, **self.tree.decision(span)}, content)

    def characters(self, start: int, end: int) -> str:
        """The text between two places, with a line feed where a line ends, unless a break inside a word follows."""
        if start >= end:
            return ""
        found: list[str] = []
        for k in range(max(0, bisect_right(self.starts, start) - 1), bisect_right(self.starts, end)):
            first, last = self.lines[k]
            found.append(self.tree.text[max(start, first) : min(end, last)])
            if start <= last < end and k + 1 < len(self.lines) and self.starts[k + 1] not in self.glued:
                found.append("\n")
        return "".join(found)


def _described(wording: str) -> tuple[list[str | Element], str]:
    """What stands in an element that says its own wording, and its @rend: "space" for none, "bare" without brackets."""
    if wording == USUAL:
        return [], ""
    if not wording.strip():
        return [], "space"
    if wording[0] + wording[-1] == "[]":
        return [tei.make("desc", {}, [wording[1:-1]])], ""
    return [tei.make("desc", {}, [wording])], "bare"


def untangled(spans: Iterable[Span]) -> list[Span]:
    """The spans in order and without any that cross: emphasis is cut, of two others the one that begins later goes."""
    every = sorted(dict.fromkeys(spans), key=_order)
    kept: list[Span] = []
    around: list[Span] = []
    for span in (s for s in every if s.name != _EMPHASIS):
        while around and around[-1].end <= span.start:
            around.pop()
        if around and (span.end > around[-1].end or (around[-1].wording and span.name != MARK)):
            continue
        kept.append(span)
        if span.start < span.end:
            around.append(span)
    emphasis = _cut([s for s in every if s.name == _EMPHASIS], kept)
    return sorted([*kept, *_nested(sorted(emphasis, key=_order))], key=_order)


def _cut(emphasis: Sequence[Span], others: Sequence[Span]) -> Iterator[Span]:
    """Emphasis in pieces that cross nothing, and none inside of what stands for its own wording."""
    by_start = sorted(others, key=lambda s: s.start)
    by_end = sorted(others, key=lambda s: s.end)
    starts, ends = [s.start for s in by_start], [s.end for s in by_end]
    wordings = {i for s in others if s.wording for i in range(s.start, s.end)}
    for span in emphasis:
        if span.start in wordings:
            continue
        begin_inside = by_start[bisect_right(starts, span.start) : bisect_left(starts, span.end)]
        end_inside = by_end[bisect_right(ends, span.start) : bisect_left(ends, span.end)]
        places = {*span.range, *(s.start for s in begin_inside if s.end > span.end)}
        places.update(s.end for s in end_inside if s.start < span.start)
        edges = sorted(places)
        yield from (replace(span, start=a, end=b) for a, b in pairwise(edges))


def _nested(emphasis: list[Span]) -> Iterator[Span]:
    """Emphasis cut where it crosses other emphasis."""
    around: list[Span] = []
    waiting = emphasis[::-1]  # the next one is the last
    while waiting:
        span = waiting.pop()
        while around and around[-1].end <= span.start:
            around.pop()
        if len(around) >= _DEEPEST:
            continue
        if around and span.end > around[-1].end:
            insort(waiting, replace(span, start=around[-1].end), key=lambda s: [-place for place in _order(s)])
            span = replace(span, end=around[-1].end)
        around.append(span)
        yield span


def _order(span: Span) -> tuple[int, bool, int, int]:
    """Outer spans before inner ones, empty elements before what begins at the same place.

    Of equal ones emphasis is the outer: what may stand in a name only, as a title does, must not be parted from it.
    """
    rank = {_EMPHASIS: 1, "roleName": 0}.get(span.name, 2)
    return span.start, span.start < span.end, -span.end, rank
