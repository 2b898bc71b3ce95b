"""The text of a node → the marks in it: emphasis, scraps of HTML, escapes, line ends that count.

These are what the transcription itself says, so no rule answers for them. What does not pair stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teipress.encode.nodes import Node, Span, mark

_TAGS = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "u": "underline", "s": "strikethrough"}
_RENDITIONS = {**_TAGS, "del": "strikethrough", "sup": "superscript", "sub": "subscript", "small": "small"}
_SCRAP = re.compile(r"<(/?)([a-z]{1,6})[ \t]*>", re.I)
_BREAK = re.compile(r"<br[ \t]*/?>", re.I)
_SAFE = r"(?:[^\s<>\[\]%#]|%[0-9A-Fa-f]{2})"
_ADDRESS = re.compile(  # RFC 3986, as far as a schema checks it
    rf"<((?:(?:https?|ftp)://[\w.-]+(?::\d{{1,5}})?(?:[/?]{_SAFE}*)?|mailto:[\w.+-]+@[\w.-]+)(?:#{_SAFE}*)?)>"
)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|<>~])")
_CJK = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
_AMPERSAND = re.compile(r"&(amp;)")
_RUN = re.compile(r"(?<!\*)\*{1,3}(?!\*)|(?<!_)_{1,3}(?!_)")  # more are a row of signs
_STYLES = {1: "italic", 2: "bold", 3: "bold italic"}


def marks(text: str, node: Node) -> list[Span]:
    """The spans that the marks in a node's own lines make, those that hide the marks themselves included."""
    if not node.lines:
        return []
    found = _Marks(text, node)
    return [*found.line_ends(), *found.scraps(), *found.emphasis()]


class _Marks:
    def __init__(self, text: str, node: Node) -> None:
        self.text = text
        self.node = node
        self.used: set[int] = set()  # characters that are part of a mark already

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for start, end in self.node.lines:
            for found in pattern.finditer(self.text, start, end):
                if not self.used.intersection(range(*found.span())):
                    yield found

    def hide(self, start: int, end: int) -> Span:
        self.used.update(range(start, end))
        return mark(start, end)

    def line_ends(self) -> Iterator[Span]:
        """Hard breaks: two spaces or a backslash at the end of a line, ``<br>``, every end in a lineated node."""
        for (start, end), (following, _) in zip(self.node.lines, self.node.lines[1:], strict=False):
            if self.is_joined(end, following):
                yield Span(following, following, "lb", (("break", "no"), ("rend", "joined")))
                continue
            said = self.text[start:end]
            slash = (len(said) - len(said.rstrip("\\"))) % 2 == 1 and len(said) > 1  # two of them are one
            if slash:
                yield self.hide(end - 1, end)
            if slash or self.node.lineated or self.text[end : end + 2] == "  ":
                yield Span(following, following, "lb")
        for found in self.matches(_BREAK):
            yield self.hide(*found.span())
            yield Span(found.end(), found.end(), "lb")

    def is_joined(self, end: int, following: int) -> bool:
        """Whether nothing parts the lines of prose: Chinese and Japanese are written without spaces."""
        cjk = _CJK.match(self.text[end - 1]) and _CJK.match(self.text[following])
        return bool(cjk) and not self.node.lineated and self.text[end : end + 2] != "  "

    def scraps(self) -> Iterator[Span]:
        """Pairs of tags that say how words look, addresses in angle brackets, escapes."""
        for found in self.matches(_ADDRESS):
            yield self.hide(found.start(), found.start() + 1)
            yield self.hide(found.end() - 1, found.end())
            yield Span(found.start(1), found.end(1), "ref", (("target", found[1]),))
            self.used.update(range(*found.span(1)))
        open_tags: list[re.Match[str]] = []
        for found in [m for m in self.matches(_SCRAP) if m[2].lower() in _RENDITIONS]:
            if not found[1]:
                open_tags.append(found)
            elif open_tags and open_tags[-1][2].lower() == found[2].lower():
                start = open_tags.pop()
                yield self.hide(*start.span())
                yield self.hide(*found.span())
                if start.end() < found.start():
                    yield _hi(start.end(), found.start(), _RENDITIONS[found[2].lower()])
        for found in self.matches(_ESCAPE):
            yield self.hide(*found.span())
            self.used.add(found.end())  # what is escaped is no mark
        for found in self.matches(_AMPERSAND):
            yield self.hide(*found.span(1))

    def emphasis(self) -> Iterator[Span]:
        """Asterisks and underscores in pairs of the same kind and length (after CommonMark 0.31, 6.2)."""
        openers: list[re.Match[str]] = []
        for found in self.matches(_RUN):
            opens, closes = self.flanking(found)
            partner = next((k for k in reversed(range(len(openers))) if self.fits(openers[k], found)), None)
            if closes and partner is not None:
                start = openers[partner]
                del openers[partner:]
                yield self.hide(*start.span())
                yield self.hide(*found.span())
                yield _hi(start.end(), found.start(), _STYLES[len(found[0])])
            elif opens:
                openers.append(found)

    def fits(self, opener: re.Match[str], closer: re.Match[str]) -> bool:
        """Whether two runs are a pair. Stricter than CommonMark: 5*3*2 is no emphasis."""
        before = self.text[opener.start() - 1] if opener.start() else " "
        behind = self.text[closer.end()] if closer.end() < len(self.text) else " "
        return opener[0] == closer[0] and not (before.isalnum() and behind.isalnum())

    def flanking(self, run: re.Match[str]) -> tuple[bool, bool]:
        """Whether a run can open and close emphasis (CommonMark 0.31, 6.2)."""
        before = self.text[run.start() - 1] if run.start() else " "
        behind = self.text[run.end()] if run.end() < len(self.text) else " "
        left = not behind.isspace() and (behind.isalnum() or before.isspace() or not before.isalnum())
        right = not before.isspace() and (before.isalnum() or behind.isspace() or not behind.isalnum())
        if run[0][0] == "_":
            return left and not before.isalnum(), right and not behind.isalnum()
        return left, right


def _hi(start: int, end: int, rend: str) -> Span:
    return Span(start, end, "hi", (("rend", rend),))
