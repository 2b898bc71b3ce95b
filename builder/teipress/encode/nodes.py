"""The types of this stage: blocks of a transcription as they turn into elements, and the stretches inside them.

A `Node` is a block: it holds other nodes, or lines of the transcription, or lines and then nodes (an item with a list
in it). A `Span` is a stretch of characters that becomes an element in the text of a node. Both know the rule that
made them, and how sure it is; what the transcription itself marks (`by` is empty) is nobody's decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

MARK = ""  # the name of a span whose characters are no text: asterisks, bullets, tags
LEADER = " "  # the name of a span whose characters stand for white space: dots that lead to a page number


@dataclass(slots=True)
class Node:
    """A block on its way to an element called `name`.

    `lines` are the stretches [start, end) of the transcription that are its text, in order. `lineated`: the ends of
    the lines are the source's own and are kept as `lb`. `level` is a heading's rank as the transcription marks it. `at`
    is where a node without text stands (a page break). The names RULE and FEED in `blocks` are no elements yet.
    """

    name: str
    lines: list[tuple[int, int]] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    by: str = ""
    cert: str = ""
    lineated: bool = False
    level: int = 0
    at: int = -1

    @property
    def start(self) -> int:
        """Where its first character stands; `at` for a node without text."""
        return min((n.lines[0][0] for n in self.walk() if n.lines), default=self.at)

    @property
    def end(self) -> int:
        """Where its last line ends; `at` for a node without text."""
        return max((n.lines[-1][1] for n in self.walk() if n.lines), default=self.at)

    def walk(self) -> Iterator[Node]:
        """This node and all inside it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Span:
    """The characters [start, end) → an element `name` around them.

    `start == end` puts an empty element there. `wording`: the element stands in the place of the characters and says
    itself what they were (`gap`). The name MARK takes the characters out of the text, LEADER makes a space of them.
    """

    start: int
    end: int
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    by: str = ""
    cert: str = ""
    wording: bool = False

    @property
    def range(self) -> tuple[int, int]:
        """Where it starts and ends."""
        return self.start, self.end


def mark(start: int, end: int) -> Span:
    """Characters that are no text."""
    return Span(start, end, MARK)


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of one node in one string, as a recogniser reads it: marks are out, lines joined by line feeds.

    `offsets[i]` is where character i of `text` stands in the transcription.
    """

    node: Node
    text: str
    offsets: tuple[int, ...]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Characters [start, end) of the flow → their range in the transcription. They must be at least one."""
        return self.offsets[start], self.offsets[end - 1] + 1


def flow(text: str, node: Node, hidden: Collection[int] = frozenset()) -> Flow:
    """The flow of a node's own lines (not of its children's). `hidden` are the places of characters in marks."""
    characters: list[str] = []
    offsets: list[int] = []
    for number, (start, end) in enumerate(node.lines):
        if number:
            characters.append("\n")
            offsets.append(node.lines[number - 1][1])
        for i in range(start, end):
            if i not in hidden:
                characters.append(text[i])
                offsets.append(i)
    return Flow(node, "".join(characters), tuple(offsets))
