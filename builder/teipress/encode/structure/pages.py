"""Blocks with their page breaks → the breaks that the profile adds, and the number of every page.

A number that stands in the source is taken as it is. An inferred one stands in square brackets and only where it
agrees with all that stand in the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from teipress.encode.nodes import Node, Span
from teipress.encode.profile import PageAnchor, Profile
from teipress.encode.transcription import Transcription

_CONTAINERS = frozenset("body div list front back item table".split())


@dataclass
class _Break:
    """One page break, a node or a span, and the number that is known of the page behind it."""

    at: int
    made: Node | Span
    n: str = ""


def number_pages(nodes: list[Node], spans: list[Span], profile: Profile, source: Transcription) -> list[Span]:
    """Set the breaks of the profile among `nodes` (in place) and the numbers of all; returns the spans, renewed."""
    for anchor in profile.pages:
        spans = _anchored(nodes, spans, anchor, source)
    found = _breaks(nodes, spans)
    if not found:
        return spans
    if any(node.start < found[0].at for node in nodes if node.lines or node.children):
        first = Node("pb", by=found[0].made.by, cert="medium", at=-1)
        nodes.insert(0, first)
        found.insert(0, _Break(-1, first))
    _number(found, _numbers_shown(nodes, spans))
    renewed: dict[Span, Span] = {}
    for k, page in enumerate(found):
        attributes = {"xml:id": f"{profile.id}-p{k + 1}", "n": page.n, "ed": f"#{profile.id}-source"}
        attributes = {key: value for key, value in attributes.items() if value}
        if isinstance(page.made, Node):
            page.made.attributes.update(attributes)
        else:
            renewed[page.made] = replace(page.made, attributes=(*page.made.attributes, *attributes.items()))
    return [renewed.get(span, span) for span in spans]


def _breaks(nodes: Sequence[Node], spans: Sequence[Span]) -> list[_Break]:
    found = [_Break(s.start, s, dict(s.attributes).get("n", "")) for s in spans if s.name == "pb"]
    found += [_Break(n.at, n, n.attributes.get("n", "")) for node in nodes for n in node.walk() if n.name == "pb"]
    return sorted(found, key=lambda page: page.at)


def _anchored(nodes: list[Node], spans: list[Span], anchor: PageAnchor, source: Transcription) -> list[Span]:
    """A page begins where the profile says: at the first text on or behind its line. A break there already is kept."""
    start, _ = source.line(anchor.line)
    place = next((i for i in range(start, len(source.text)) if not source.text[i].isspace()), len(source.text))
    before = len(source.text[:start].rstrip())
    for page in _breaks(nodes, spans):
        if before <= page.at <= place:
            if isinstance(page.made, Node):
                page.made.attributes.update({"n": anchor.n} if anchor.n else {})
                page.made.cert = anchor.cert
                return spans
            number = (("n", anchor.n),) if anchor.n else ()
            known = replace(page.made, attributes=(*page.made.attributes, *number), cert=anchor.cert)
            return [known if s is page.made else s for s in spans]
    attributes = {"n": anchor.n} if anchor.n else {}
    made = Node("pb", attributes=attributes, by="profile", cert=anchor.cert, at=place)
    if _insert(nodes, made):
        return spans
    return [*spans, Span(place, place, "pb", tuple(attributes.items()), "profile", anchor.cert)]


def _insert(nodes: list[Node], page: Node) -> bool:
    """Put a break before the outermost node that begins behind it; whether one was found outside of any text."""
    for k, node in enumerate(nodes):
        if node.start >= page.at:
            nodes.insert(k, page)
            return True
        if node.end > page.at:
            inside_text = node.lines and node.lines[-1][1] > page.at
            return not inside_text and node.name in _CONTAINERS and _insert(node.children, page)
    nodes.append(page)
    return True


def _numbers_shown(nodes: Sequence[Node], spans: Sequence[Span]) -> list[tuple[int, str]]:
    """The page numbers that stand in the source, with their places."""
    every = [n for node in nodes for n in node.walk()]
    found = [(n.start, n.attributes.get("n", "")) for n in every if n.attributes.get("type") == "pageNum"]
    found += [(s.start, dict(s.attributes).get("n", "")) for s in spans if ("type", "pageNum") in s.attributes]
    return sorted(found)


def _number(pages: list[_Break], shown: Sequence[tuple[int, str]]) -> None:
    limits = [*(page.at for page in pages[1:]), None]
    for page, limit in zip(pages, limits, strict=True):
        first = bisect_left(shown, (page.at, ""))
        if not page.n and first < len(shown) and (limit is None or shown[first][0] < limit):
            page.n = shown[first][1]
    plain = [(k, page.n.strip("[]")) for k, page in enumerate(pages) if page.n]
    offsets = {int(n) - k if n.isdigit() else None for k, n in plain} or {1}
    if len(offsets) == 1 and (offset := offsets.pop()) is not None:
        for k, page in enumerate(pages):
            if not page.n and k + offset > 0:
                page.n = f"[{k + offset}]"
