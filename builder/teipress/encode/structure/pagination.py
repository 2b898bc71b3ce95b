"""Blocks → the same with the pages of the source: breaks, page numbers, running heads, sentences made whole again.

A page ends at a form feed, at a rule or blank line that cuts a sentence, at a page number, and where the profile says
so. A sentence that is cut becomes one paragraph with the break inside; what stands at the break (stamps, page
numbers, running heads) stands inside it as well, in its order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from teipress.encode.language import JOINING
from teipress.encode.nodes import Node, Span
from teipress.encode.profile import Profile
from teipress.encode.structure.blocks import FEED, RULE
from teipress.encode.structure.labels import roman

_NUMBER = re.compile(
    r"(?:[-–—\[(]|page|p\.|seite|с\.|стр\.)?\s{0,3}(\d{1,4}|[ivxlc]{1,8})\s{0,3}(?:[-–—\])]|頁|ページ)?", re.I
)
_ENDS = (*".?!:;。．？！：；…", '."', '?"', '!"', ".”", "?”", "!”", ".)", "?)", "!)", "»", "」", "』", "）", ".'", ".’")
_LONG = 60  # a paragraph has at least so many characters before its end can be taken for the foot of a page
_LONG_CJK = 20
_HEAD = 70  # a running head has at most so many
_FURNITURE = 8  # lines of furniture at the end of one page and the beginning of the next, at most
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass
class Paged:
    """The nodes, with pb and fw among them, and the spans for what stands inside merged paragraphs.

    `breaks` are the places (offsets) of breaks inside sentences, inferred or shown.
    """

    nodes: list[Node]
    spans: list[Span] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


def paginate(nodes: list[Node], text: str, profile: Profile) -> Paged:
    """Find the pages of a transcription. Stamps are `ab` nodes of type "stamps" already."""
    nodes = _furniture(nodes, text, profile)
    return _merged(nodes, text, profile)


# Page numbers and running heads


def _furniture(nodes: list[Node], text: str, profile: Profile) -> list[Node]:
    """Turn page numbers and running heads into fw, with a pb where a page ends at one of them."""
    numbers = _page_numbers(nodes, text) if profile.has("page-numbers") else {}
    heads = _running_heads(nodes, text, set(numbers)) if profile.has("running-heads") else {}
    found: list[Node] = []
    last = max((k for k in range(len(nodes)) if k not in numbers and k not in heads), default=-1)
    at_head = _numbers_head_pages(nodes, numbers, heads)
    furniture = {*numbers, *heads}
    for k, node in enumerate(nodes):
        if k in furniture:
            by = "page-numbers" if k in numbers else "running-heads"
            kind = "pageNum" if k in numbers else heads[k]
            made = Node("fw", node.lines, {"type": kind, **({"n": numbers[k]} if k in numbers else {})}, by=by)
            if k in numbers and (at_head or k < last) and not _beside_feed(nodes, k, furniture):
                found += _with_break(made, at_head)
            else:
                found.append(made)
        elif node.name == FEED:
            feed = Node("pb", attributes={"rend": "feed"}, by="form-feeds", at=node.at)
            found += [feed] if profile.has("form-feeds") else []
        else:
            found.append(node)
    return found


def _with_break(number: Node, at_head: bool) -> list[Node]:
    """A page number and the break that it shows: before it where numbers head the pages, else behind it."""
    place = number.start if at_head else number.end
    page = Node("pb", by="page-numbers", at=place)
    return [page, number] if at_head else [number, page]


def _beside_feed(nodes: Sequence[Node], k: int, furniture: set[int]) -> bool:
    """Whether nothing but furniture stands between a node and a form feed."""
    for step in (-1, 1):
        i = k + step
        while 0 <= i < len(nodes) and i in furniture and abs(i - k) < _FURNITURE:
            i += step
        if 0 <= i < len(nodes) and nodes[i].name == FEED:
            return True
    return False


def _numbers_head_pages(nodes: Sequence[Node], numbers: dict[int, str], heads: dict[int, str]) -> bool:
    """Whether page numbers stand at the head: the first one does, before all that is no furniture itself."""
    first = next((k for k in range(len(nodes)) if k not in heads), 0)
    return first in numbers


def _page_numbers(nodes: Sequence[Node], text: str) -> dict[int, str]:
    """Lines with nothing but a number that runs on: index of the node → the number. One alone counts at a form feed."""
    candidates = [(k, n) for k, node in enumerate(nodes) if (n := _number(node, text))]
    found: dict[int, str] = {}
    for i, (k, label) in enumerate(candidates):
        value = _value(label)
        neighbours = [_value(candidates[j][1]) for j in (i - 1, i + 1) if 0 <= j < len(candidates)]
        runs_on = any(abs(value - other) in (1, 2) for other in neighbours)
        if runs_on or _beside_feed(nodes, k, {k}):
            found[k] = label
    return found


def _number(node: Node, text: str) -> str:
    if node.name != "p" or len(node.lines) != 1:
        return ""
    start, end = node.lines[0]
    found = _NUMBER.fullmatch(text[start:end]) if end - start < 20 else None
    return found[1] if found and _value(found[1]) else ""


def _value(label: str) -> int:
    """The value of an arabic or a roman number; 0 for what is neither."""
    if label.isdecimal():
        return int(label)
    return roman(label) if label in (label.lower(), label.upper()) else 0


def _running_heads(nodes: Sequence[Node], text: str, numbers: set[int]) -> dict[int, str]:
    """Short lines that come back beside page ends: index of the node → header or footer."""
    limits = [k for k, node in enumerate(nodes) if node.name == FEED or k in numbers]
    beside = {k: place for limit in limits for k, place in ((limit - 1, "footer"), (limit + 1, "header"))}
    keys = {k: key for k in {*beside, 0} if 0 <= k < len(nodes) and k not in numbers and (key := _key(nodes[k], text))}
    times = Counter(keys.values())
    common = {key for key, count in times.items() if count > 1}
    return {k: beside.get(k, "header") for k, key in keys.items() if key in common}


def _key(node: Node, text: str) -> str:
    """What makes two running heads the same: their letters, whatever page numbers stand beside them."""
    if node.name not in ("p", "head") or len(node.lines) != 1:
        return ""
    start, end = node.lines[0]
    letters = re.sub(r"[\d\W_]+", " ", text[start:end]).strip().casefold()
    return letters if len(letters) > 3 and end - start <= _HEAD else ""


# Sentences that a page end cuts


def _merged(nodes: list[Node], text: str, profile: Profile) -> Paged:
    paged = Paged([])
    k = 0
    while k < len(nodes):
        node = nodes[k]
        k += 1
        while node.name == "p" and (following := _continuation(nodes, k, node, text, profile)):
            _join(node, nodes[k : following + 1], text, paged)
            k = following + 1
        if node.name == RULE:
            node = Node("milestone", attributes={"unit": "section", "rend": "rule"}, at=node.at)
        paged.nodes.append(node)
    return paged


def _continuation(nodes: Sequence[Node], k: int, before: Node, text: str, profile: Profile) -> int:
    """The index of the paragraph from `k` on that carries the sentence of `before` on; 0 if none does."""
    shown = ""
    while k < len(nodes) and _at_page_end(nodes[k]):
        shown = shown or {"pb": "pb", RULE: "ruled-pages"}.get(nodes[k].name, "")
        k += 1
    if k >= len(nodes) or nodes[k].name != "p":
        return 0
    if shown != "pb" and not profile.has(shown or "cut-sentences"):
        return 0
    return k if _is_cut(before, nodes[k], text) else 0


def _at_page_end(node: Node) -> bool:
    return node.name in ("pb", "fw", "note", RULE) or (node.name == "ab" and node.attributes.get("type") == "stamps")


def _is_cut(before: Node, behind: Node, text: str) -> bool:
    """Whether one sentence runs from the end of a paragraph into the next."""
    if not before.lines or not behind.lines:
        return False
    start, end = before.lines[-1]
    last = text[start:end].rstrip("*_ \\")
    first = text[slice(*behind.lines[0])].lstrip("*_ ")
    length = sum(b - a for a, b in before.lines)
    if not last.strip() or not first.strip() or last.endswith(_ENDS):
        return False
    if _CJK.match(last[-1]) and _CJK.match(first[0]):
        return length >= _LONG_CJK
    if length < _LONG or "|" in last:
        return False
    return first[0].islower() or last.split()[-1].casefold() in JOINING or last[-1] == ","


def _join(node: Node, others: Sequence[Node], text: str, paged: Paged) -> None:
    """Put what follows into a paragraph: page furniture as spans, the break before it, then the rest of the text."""
    *between, behind = others
    rule = any(n.name == RULE for n in between)
    shown = next((n for n in between if n.name == "pb"), None)
    if shown is None:
        by, cert = ("ruled-pages", "medium") if rule else ("cut-sentences", "medium")
        attributes: tuple[tuple[str, str], ...] = (("rend", "rule"),) if rule else ()
        place = next((n.lines[0][0] for n in others if n.lines), behind.start)
        paged.spans.append(Span(place, place, "pb", attributes, by, cert))
        paged.breaks.append(place)
    at_break: list[Node] = []
    for other in between:
        if other.name == "pb":
            at_break.append(other)
        elif other.lines:
            paged.spans += [_pb_at(n, other.lines[0][0]) for n in at_break]
            at_break = []
            if other.name in ("fw", "note"):
                attributes = tuple(other.attributes.items())
                paged.spans.append(Span(other.start, other.end, other.name, attributes, other.by, other.cert))
            node.lines += other.lines
    paged.spans += [_pb_at(n, behind.start) for n in at_break]
    paged.breaks += [behind.start for _ in at_break]
    node.lines += behind.lines


def _pb_at(node: Node, place: int) -> Span:
    return Span(place, place, "pb", tuple(node.attributes.items()), node.by, node.cert)
