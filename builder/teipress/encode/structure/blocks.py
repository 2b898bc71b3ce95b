"""The characters of a transcription → its blocks, as Markdown has them: paragraphs, headings, lists, rules.

Only blocks are parsed by markdown-it; of its rules, those that would take text away or read meaning into layout are
off: reference definitions vanish, indented lines are no code, and a line of hyphens under a line is a rule. Every line
that is not blank comes out in exactly one node; one that no block claims is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from teipress.encode.nodes import Node

RULE, FEED = "rule", "feed"  # nodes that no element stands for until the pages are found

_OFF = ("code", "fence", "html_block", "lheading", "reference")
_HEADING = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)")
_CLOSING = re.compile(r"[ \t]+#+$")
_BULLET = re.compile(r"[ \t]*[-*+](?:[ \t]+|$)")
_NUMBER = re.compile(r"[ \t]*(\d{1,9}[.)])(?:[ \t]+|$)")
_FRAMED = re.compile(r"[ \t]*-[ \t]*\w{1,7}[ \t]*-[ \t]*")  # a page number, not an item
_QUOTED = re.compile(r"[ \t]*>[ \t]?")
_CELL = re.compile(r"(?:\\.|[^|\\])+|\\")
_PROSE = 120  # a numbered item with more characters is a paragraph
_SPACES = " \t\u00a0\u3000"

Stretch = tuple[int, int]
Containers = tuple[
    tuple[re.Pattern[str], int], ...
]  # the mark of each container, and the line of an item's first; -1 of all


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").disable(list(_OFF))
    parser.core.ruler.enableOnly(["block"])
    return parser


def blocks(text: str) -> list[Node]:
    """The blocks of a whole text, flat but for lists, quotations and tables; FEED stands between its pages."""
    nodes: list[Node] = []
    start = 0
    for part in text.split("\f"):
        if start:
            nodes.append(Node(FEED, at=start - 1))
        nodes += _Page(text, start, start + len(part)).nodes()
        start += len(part) + 1
    return nodes


class _Page:
    """A stretch of text without form feeds; `taken` are the lines that some node has."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.source = text[start:end]
        self.lines: list[Stretch] = []
        for line in self.source.split("\n"):
            self.lines.append((start, start + len(line)))
            start += len(line) + 1
        self.taken: set[int] = set()

    def nodes(self) -> list[Node]:
        """The nodes of this stretch, with those lines as paragraphs that the parser left out."""
        tree = SyntaxTreeNode(_parser().parse(self.source))
        found = _full(self.inside(tree, ()))
        left = [i for i, (start, end) in enumerate(self.lines) if i not in self.taken and self.text[start:end].strip()]
        if left:
            found += [Node("p", [self.stripped(*self.lines[i])]) for i in left]
            found.sort(key=lambda node: node.start)
        return found

    def inside(self, block: SyntaxTreeNode, containers: Containers) -> Iterator[Node]:
        for child in block.children:
            yield from self.block(child, containers)

    def block(self, block: SyntaxTreeNode, containers: Containers) -> Iterator[Node]:
        if block.type == "heading":
            yield self.heading(block, containers)
        elif block.type == "paragraph":
            yield Node("p", self.unmarked(block, containers))
        elif block.type in ("bullet_list", "ordered_list"):
            yield from self.list(block, containers)
        elif block.type == "blockquote":
            yield Node("quote", children=list(self.inside(block, (*containers, (_QUOTED, -1)))))
        elif block.type == "hr":
            self.unmarked(block, containers)
            yield Node(RULE, at=self.lines[_first(block)][0])
        elif block.type == "table":
            yield self.table(block, containers)

    def unmarked(self, block: SyntaxTreeNode, containers: Containers) -> list[Stretch]:
        """The lines of a block without the marks of what it stands in and without white space around them."""
        first, last = block.map or (0, 0)
        numbers = [i for i in range(first, min(last, len(self.lines))) if i not in self.taken]
        self.taken.update(numbers)
        found = [self.stripped(self.after(i, containers), self.lines[i][1]) for i in numbers]
        return [(start, end) for start, end in found if self.text[start:end].strip()]

    def after(self, number: int, containers: Containers) -> int:
        """Where a line begins behind the marks of its containers; an item has one on its first line only."""
        start, end = self.lines[number]
        for pattern, line in containers:
            found = pattern.match(self.text, start, end) if line in (-1, number) else None
            start = found.end() if found else start
        return start

    def stripped(self, start: int, end: int) -> Stretch:
        """A stretch without the white space around it."""
        while start < end and self.text[start] in _SPACES:
            start += 1
        while end > start and self.text[end - 1] in _SPACES:
            end -= 1
        return start, end

    def heading(self, block: SyntaxTreeNode, containers: Containers) -> Node:
        (start, end), *_ = self.unmarked(block, containers)
        found = _HEADING.match(self.text, start, end)
        start = found.end() if found else start
        closing = _CLOSING.search(self.text[start:end])
        end = start + closing.start() if closing else end
        if start >= end:  # a sign and nothing else
            return Node("p", [self.stripped(*self.lines[_first(block)])])
        if containers:  # in an item or a quotation no division begins
            return Node("p", [(start, end)])
        return Node("head", [(start, end)], level=len(block.markup))

    def list(self, block: SyntaxTreeNode, containers: Containers) -> Iterator[Node]:
        """A list, or what looks like one: numbered paragraphs, a numbered heading or date, "- 3 -" (a page)."""
        numbered = block.type == "ordered_list"
        whole = Node("list", attributes={"rend": "numbered" if numbered else "bulleted"})
        for item in block.children:
            whole.children += self.item(item, numbered, containers)
        if numbered and (
            any(map(_is_empty, whole.children)) or (not containers and any(map(_is_prose, whole.children)))
        ):
            yield from _paragraphs(whole.children)
            return
        if not numbered and len(block.children) == 1 and _FRAMED.fullmatch(self.text, *self.lines[_first(block)]):
            yield Node("p", [self.stripped(*self.lines[_first(block)])])
            (framed,) = whole.children
            parts = [Node("p", framed.lines), *framed.children] if framed.lines else framed.children
            parts[0].lines = parts[0].lines[1:]
            yield from _full(parts)
            return
        if numbered and len(block.children) == 1 and not whole.children[1].children:
            label, only = whole.children
            (start, _), *_ = label.lines
            first, *others = only.lines or label.lines
            yield Node("p", [(start, first[1]), *others])
        else:
            yield whole

    def item(self, block: SyntaxTreeNode, numbered: bool, containers: Containers) -> Iterator[Node]:
        """An item, with its number as a label before it. Its first paragraph is its own text, unless others follow."""
        first = _first(block)
        start, end = self.after(first, containers), self.lines[first][1]
        found = _NUMBER.match(self.text, start, end) if numbered else None
        if found:
            yield Node("label", [found.span(1)])
        pattern = _NUMBER if numbered else _BULLET
        children = list(self.inside(block, (*containers, (pattern, first))))
        if found:
            rest = self.stripped(found.end(), end)
            if first not in self.taken and rest[0] < rest[1]:  # nested deeper than the parser reads
                children = [Node("p", [rest])]
            self.taken.add(first)
        item = Node("item", children=children, at=end)
        if children and children[0].name == "p" and all(c.name == "list" for c in children[1:]):
            item.lines, item.children = children[0].lines, children[1:]
        yield item

    def table(self, block: SyntaxTreeNode, containers: Containers) -> Node:
        """A table with pipes: one row a line; the line under the first is a mark."""
        head, line, *rows = self.unmarked(block, containers)
        whole = Node("table")
        for number, row in enumerate([head, *rows]):
            found = [self.stripped(*m.span()) for m in _CELL.finditer(self.text, *row)]
            cells = [Node("cell", [c] if c[0] < c[1] else [], at=c[0]) for c in found]
            if not cells:  # strokes and nothing between them
                return Node("p", [head, line, *rows])
            attributes = {"role": "label"} if number == 0 else {}
            whole.children.append(Node("row", attributes=attributes, children=cells))
        return whole


def _is_empty(item: Node) -> bool:
    return not (item.lines or _full(item.children))


def _is_prose(item: Node) -> bool:
    return sum(end - start for start, end in item.lines) > _PROSE


def _paragraphs(items: list[Node]) -> Iterator[Node]:
    """Numbered paragraphs, each with its number, and what stands below it."""
    label: Node | None = None
    for item in items:
        if item.name == "label":
            label = item
            continue
        lines, children = item.lines, item.children
        if not lines and children and children[0].name == "p":
            lines, children = children[0].lines, children[1:]
        if label and lines:
            lines = [(label.start, lines[0][1]), *lines[1:]]
        yield Node("p", lines or (label.lines if label else []))
        yield from children
        label = None


def _full(nodes: Iterable[Node]) -> list[Node]:
    """The nodes that hold any text; a bullet without a text behind it is a line of its own, not an item."""
    found = []
    for node in nodes:
        if node.name not in ("table", RULE):
            node.children = _full(node.children)
        if node.lines or node.children or node.name == RULE:
            found.append(node)
    return found


def _first(block: SyntaxTreeNode) -> int:
    return block.map[0] if block.map else 0
