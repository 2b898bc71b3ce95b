"""A stretch of the transcription → its lines as a reader sees them, with what Markdown and HTML mark set apart.

For what Markdown's own reading would spoil: a table of contents with its numbers, the lines of a title page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from teipress.encode.nodes import Node, Span, mark

RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
_STRETCH = re.compile(r"[^\n\f]+|(?<=\n)(?=\n)")  # a line, or one that is empty
_LEADING = re.compile(
    r"[ \t]*(?:>[ \t]?)*(?:(?P<heading>#{1,6})[ \t]+|[-*+][ \t]+(?=\S)(?!\d{1,4}(?:[ \t]*[-–—])?[ \t]*$))?[ \t]*"
)
_TRAILING = re.compile(r"(?:[ \t]#+)?[ \t]*\\?$")
# runs of asterisks, single underscores at the edge of a word, the tags of emphasis, backslashes before signs
_INNER = re.compile(
    r"(?<!\*)\*{1,3}(?!\*)|(?<![\w_])_(?=[^\W_])|(?<=[^\W_])_(?![\w_])|</?(?:i|em|b|strong|u)>|\\(?=[^\w\s])"
)
_STYLES = {
    "*": "italic",
    "_": "italic",
    "i": "italic",
    "em": "italic",
    "b": "bold",
    "strong": "bold",
    "**": "bold",
    "***": "bold",
}


_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_FAR = 4000  # characters in which a mark of emphasis finds its other end


class Made(NamedTuple):
    """What a rule made of the blocks of a transcription: all of them again, and spans inside the new ones."""

    nodes: list[Node]
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `text` without marks and outer white space, `offsets` where each of its characters stands.

    `indent` counts columns, `heading` the number signs before it; `gap`: a blank line stands before it; `styles` are
    the stretches that the transcription marks as "bold" or "italic"; `marks` are those between its characters.
    """

    text: str
    offsets: tuple[int, ...]
    indent: int
    heading: int
    gap: bool
    styles: tuple[tuple[int, int, str], ...]
    marks: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where its first character stands."""
        return self.offsets[0]

    @property
    def end(self) -> int:
        """Where its last character ends."""
        return self.offsets[-1] + 1

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Characters [start, end) of `text` → where they stand in the transcription. They must be at least one."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def style(self, start: int, end: int) -> str:
        """How the transcription marks all the characters [start, end) of the transcription, or nothing."""
        return next((name for first, last, name in self.styles if first <= start and end <= last), "")


def raw(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the lines between two offsets start and end, without their line feeds; a form feed ends a line, too."""
    for found in _STRETCH.finditer(text, start, end):
        yield found.span()


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines between two offsets that have any text, rules left out."""
    gap, style = False, ""
    paired, known = frozenset[int](), start  # the marks that have another end, as far as that is known
    for first, last in raw(text, start, len(text) if end is None else end):
        if not text[first:last].strip():
            gap, style = True, ""
        elif not RULE.fullmatch(text, first, last):
            if last > known:
                paired, known = _paired(text, first, len(text) if end is None else end)
            line, style = _line(text, (first, last), gap, style, paired)
            if line.offsets:
                yield line
                gap = False


def _paired(text: str, start: int, end: int) -> tuple[frozenset[int], int]:
    """Where the marks stand that have another end before the next blank line, and how far they were looked for."""
    blank = _BLANK.search(text, start, min(end, start + _FAR))
    end = blank.start() if blank else min(end, max(start + _FAR, text.find("\n", start)))
    found: set[int] = set()
    openers: dict[str, int] = {}
    for m in _INNER.finditer(text, start, end):
        name, is_tag = m[0].strip("</>"), m[0].startswith("<")
        if name in openers and (not is_tag or m[0].startswith("</")):
            found |= {openers.pop(name), m.start()}
        elif not m[0].startswith("</"):
            openers[name] = m.start()
    return frozenset(found), end


def _line(text: str, place: tuple[int, int], gap: bool, style: str, paired: Collection[int]) -> tuple[Line, str]:
    """One line, and the emphasis that is still open at its end. What of it does not pair is text."""
    start, end = place
    leading = _LEADING.match(text, start, end)
    trailing = _TRAILING.search(text, max(start, end - 12), end)
    first = leading.end() if leading else start
    last = max(first, trailing.start() if trailing else end)
    alone = {sign for sign in "*_" if text.count(sign, first, last) % 2}  # no emphasis, but an asterisk
    marks_of_line = [m for m in _INNER.finditer(text, first, last) if m[0] not in alone]
    found = [m for m in marks_of_line if m[0] == "\\" or m.start() in paired]
    styles, style = _styles(found, first, last, style)
    hidden = {i for m in found for i in range(*m.span())}
    shown = [i for i in range(first, last) if i not in hidden]
    while shown and text[shown[-1]].isspace():
        shown.pop()
    while shown and text[shown[0]].isspace():
        del shown[0]
    heading = len(leading["heading"] or "") if leading else 0
    marks = [mark(*m.span()) for m in found if shown and shown[0] < m.start() < shown[-1]]
    indent = len(text[start:first].expandtabs(4)) - (heading and heading + 1)
    visible = "".join(text[i] for i in shown)
    return Line(visible, tuple(shown), indent, heading, gap, tuple(styles), tuple(marks)), style


def _styles(marks: list[re.Match[str]], start: int, end: int, style: str) -> tuple[list[tuple[int, int, str]], str]:
    """The stretches between marks of emphasis, and the style that is open at the end."""
    found: list[tuple[int, int, str]] = []
    since = start
    for m in marks:
        name = _STYLES.get(m[0].strip("</>"), "")
        if style and name == style:
            found.append((since, m.start(), style))
            style = ""
        elif name and not style and not m[0].startswith("</"):
            style, since = name, m.end()
    if style:
        found.append((since, end, style))
    return found, style


def clip(node: Node, start: int, end: int) -> Node | None:
    """A copy of a block with those of its lines that lie between two offsets; None if there are none."""
    inside = [(a, b) for a, b in node.lines if start <= a and b <= end]
    children = [c for c in (clip(child, start, end) for child in node.children) if c]
    return replace(node, lines=inside, children=children) if inside or children else None


def replaced(nodes: Iterable[Node], new: Node, start: int, end: int) -> list[Node]:
    """Blocks, with `new` in the place of all that lies between two offsets, which are ends of lines."""
    before: list[Node] = []
    after: list[Node] = []
    for node in nodes:
        if node.start < 0 or (start <= node.start and node.end <= end):
            (after if after else before).extend([node] if node.start < 0 else [])
        elif node.end <= start or node.start >= end:
            (before if node.end <= start else after).append(node)
        else:
            before += filter(None, [clip(node, 0, start)])
            after += filter(None, [clip(node, end, node.end)])
    return [*before, new, *after]


def line_ranges(text: str, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Numbers of first and last lines (from 1) → where these lines start and end. Lines that do not exist are none."""
    starts = [0, *(m.end() for m in re.finditer("\n", text)), len(text) + 1]
    for first, last in ranges:
        if 0 < first <= last and first < len(starts):
            yield starts[first - 1], starts[min(last, len(starts) - 1)] - 1
