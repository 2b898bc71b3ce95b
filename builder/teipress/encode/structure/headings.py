"""Short lines that stand by themselves → headings, though nothing marks them; and what numbers a heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from teipress.encode.nodes import Node
from teipress.encode.structure.labels import ROMAN, Label, label

_END = tuple(".!,;:。、，；…-–—")
_BETWEEN = frozenset({"pb", "fw", "ab"})  # what may stand between a heading and its text
_TEXT = frozenset({"p", "list", "head", "quote", "table"})
_MOST = 90  # characters of a heading that nothing marks
_WORDS = 12


def line_of(node: Node, text: str) -> str:
    """The text of a node in one line, without marks at its ends."""
    return " ".join(text[start:end] for start, end in node.lines).strip("*_ ")


def numbered(nodes: Sequence[Node], text: str) -> dict[int, Label]:
    """The labels of headings, and of paragraphs that are short enough to be some: index of the node → label."""
    found: dict[int, Label] = {}
    seen: dict[int, int] = {}
    for k, node in enumerate(nodes):
        line = line_of(node, text) if node.name in ("p", "head") and node.lines else ""
        if line and len(line) <= _MOST and (first := label(line, seen)):
            found[k] = first
            seen = {rank: value for rank, value in seen.items() if rank < first.rank} | {first.rank: first.value}
    return found


def plain_headings(nodes: list[Node], text: str) -> list[Node]:
    """The same nodes, with short lines as headings that stand by themselves before other text."""
    labels = numbered(nodes, text)
    found: list[Node] = []
    following: Node | None = None
    for k in range(len(nodes) - 1, -1, -1):
        node = nodes[k]
        cert = _certainty(node, following, text, labels.get(k)) if node.name == "p" and node.lines else ""
        found.append(Node("head", node.lines, by="plain-headings", cert=cert) if cert else node)
        following = following if node.name in _BETWEEN else found[-1]
    return found[::-1]


def _certainty(node: Node, following: Node | None, text: str, first: Label | None) -> str:
    """How surely a paragraph is a heading; nothing if it is none."""
    line = line_of(node, text)
    too_long = len(node.lines) > 2 or len(line) > _MOST or len(line.split()) > _WORDS
    if following is None or following.name not in _TEXT or too_long or "[" in line or "@" in line:
        return ""
    said = line[first.end :] if first else line
    if not any(c.isalpha() for c in said):
        return "medium" if first and first.rank == ROMAN else ""
    if line.isupper() and sum(c.isalpha() for c in line) > 3:
        return "" if line.endswith((",", ";", ":")) else "medium"
    if line.endswith(_END) and not (first and line.endswith(".")):
        return ""
    is_bold = text[node.start : node.start + 2] in ("**", "__")
    return "medium" if first or is_bold else "low" if _is_title(line, following) else ""


def _is_title(line: str, following: Node) -> bool:
    """Whether a line without number or capitals reads as the title of the prose behind it: few words, or a question."""
    before_prose = following.name == "p" and sum(end - start for start, end in following.lines) > 2 * len(line)
    letter = next(c for c in line if c.isalpha())
    begins = letter.isupper() or (not letter.islower() and len(line) < 25)
    return before_prose and begins and len(line.split()) <= (10 if line.endswith("?") else 6)


def number_of(line: str, first: Label) -> str:
    """A label without its brackets, stops and name: I. → I, (1) → 1, Chapter 2 → 2, 第３章 → ３."""
    said = line[: first.end].strip(" \t\u3000()（）.．、:：")
    return said.strip("第部編篇巻章節項 \u3000") if said.startswith("第") else said.split()[-1]


def kind_of(line: str, first: Label | None, kinds: Mapping[int, str], annexes: frozenset[str]) -> str:
    """What a heading opens: "annex" by its first word, else what `kinds` calls the rank of its label."""
    words = line.split()
    if words and words[0].rstrip(".:").casefold() in annexes:
        return "annex"
    return kinds.get(first.rank, "section") if first else "section"
