"""A flat list of blocks → divisions nested by their headings.

The numbering of headings counts more than the marks of the transcription: OCR programs guess ranks page by page, and
"1.", "2.", "3." are equals whatever they look like.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from teipress.encode.nodes import Node
from teipress.encode.structure.headings import kind_of, line_of, number_of, numbered
from teipress.encode.structure.labels import CHAPTER, PART, Label

_KINDS = {PART: "part", CHAPTER: "chapter"}
_ANNEX = "annex"
_ANNEXES = frozenset("annex appendix enclosure attachment anhang anlage annexe приложение 別添 別紙 付録".split())
_ANYWHERE = frozenset({"pb", "fw", "milestone"})  # what may stand between any two blocks
_LAST = frozenset({"closer", "postscript", "trailer"})  # behind these a division has nothing but more of them
UNTITLED = "untitled"  # a division without a heading, for text that has to stand in one


@dataclass(frozen=True, slots=True)
class _Title:
    """What a heading opens, its number, the rank of that (-1 for none), and where the transcription ranks it."""

    kind: str
    n: str
    rank: int
    level: int


def divisions(nodes: Sequence[Node], text: str) -> list[Node]:
    """Nest nodes into divisions, each opened by a heading. What follows a division without one gets one of its own."""
    marked = [n.level for n in nodes if n.name == "head" and n.level]
    usual = min(marked, default=1)
    labels = numbered(nodes, text)
    root = Node("body")
    open_nodes: list[tuple[Node, _Title]] = [(root, _Title("", "", -1, 0))]
    waiting: list[Node] = []  # breaks and such, which stand before the division that a heading opens
    for k, node in enumerate(nodes):
        while len(open_nodes) > 1 and _is_over(open_nodes[-1][0], node):
            open_nodes.pop()
        _make_room(root, node)
        if node.name in _ANYWHERE:
            waiting.append(node)
        elif node.name == "head":
            title = _title(node, text, node.level or usual, labels.get(k))
            while len(open_nodes) > 1 and _closes(open_nodes[-1][1], title, open_nodes):
                open_nodes.pop()
            division = Node("div", attributes=_attributes(title), children=[node], by="divisions", cert=node.cert)
            open_nodes[-1][0].children += [*waiting, division]
            waiting = []
            open_nodes.append((division, title))
        else:
            _place(open_nodes[-1][0], [*waiting, node])
            waiting = []
    _place(open_nodes[-1][0], waiting)
    return root.children


def undivided(nodes: Sequence[Node], _: str = "") -> list[Node]:
    """The same where no heading may open a division: each is a block of its own."""
    root = Node("body")
    for node in nodes:
        is_head = node.name == "head"
        block = Node("ab", node.lines, {"type": "heading"}, by=node.by, cert=node.cert) if is_head else node
        _make_room(root, block)
        _place(root, [block])
    return root.children


def under_heading(nodes: Sequence[Node], nested: Callable[[Sequence[Node], str], list[Node]], text: str) -> list[Node]:
    """What stands in a division that is given: its heading, if that comes first, and the rest as `nested` has it."""
    first = next((k + 1 for k, n in enumerate(nodes) if n.name == "head"), 0)
    heading = first if all(n.name in _ANYWHERE for n in nodes[: first - 1]) else 0
    return [*nodes[:heading], *nested(nodes[heading:], text)]


def _is_over(division: Node, node: Node) -> bool:
    """Whether a division has its end, behind which a node may not stand in it."""
    if node.name in _ANYWHERE or node.name in _LAST:
        return False
    last = next((child for child in reversed(division.children) if child.name not in _ANYWHERE), None)
    return last is not None and last.name in _LAST  # nothing else stands behind one


def _make_room(root: Node, node: Node) -> None:
    """Put what the body holds into a division, if it has its end and another node follows."""
    if _is_over(root, node):
        root.children = [Node("div", attributes={"type": UNTITLED}, children=root.children)]


def enclosed(nodes: Sequence[Node]) -> list[Node]:
    """Nodes for front matter, where text stands in divisions only."""
    found: list[Node] = []
    for node in nodes:
        if node.name in _ANYWHERE or node.name == "div":
            found.append(node)
        elif found and found[-1].attributes.get("type") == UNTITLED:
            found[-1].children.append(node)
        else:
            found.append(Node("div", attributes={"type": UNTITLED}, children=[node]))
    return found


def _place(parent: Node, nodes: Sequence[Node]) -> None:
    """Put nodes at the end of a division; behind an inner division only divisions and breaks may stand."""
    for node in nodes:
        if node.name in _ANYWHERE or node.name == "div":
            parent.children.append(node)
            continue
        last = next((c for c in reversed(parent.children) if c.name not in _ANYWHERE), None)
        if last is not None and last.name == "div":
            if last.attributes.get("type") == UNTITLED and not _is_over(last, node):
                behind = parent.children.index(last) + 1
                last.children += [*parent.children[behind:], node]  # with the breaks between them
                del parent.children[behind:]
            else:
                parent.children.append(Node("div", attributes={"type": UNTITLED}, children=[node]))
        else:
            parent.children.append(node)


def _title(head: Node, text: str, level: int, first: Label | None) -> _Title:
    line = line_of(head, text)
    kind = kind_of(line, first, _KINDS, _ANNEXES)
    return _Title(kind, number_of(line, first) if first else "", first.rank if first else -1, level)


def _attributes(title: _Title) -> dict[str, str]:
    return {"type": title.kind, **({"n": title.n} if title.n else {})}


def _closes(opened: _Title, following: _Title, open_nodes: Sequence[tuple[Node, _Title]]) -> bool:
    """Whether a division that is open ends where another heading follows."""
    if following.kind == _ANNEX:
        return True
    if following.rank >= 0 and following.rank in (title.rank for _, title in open_nodes):
        return True  # up to the last one of its kind, which ends as well
    if following.rank >= 0 and opened.rank >= 0:
        return opened.rank > following.rank
    return opened.level >= following.level
