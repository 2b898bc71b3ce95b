"""A flat list of blocks → divisions nested by their headings, and lines that are headings though nothing marks them.

The numbering of headings counts more than the marks of the transcription: OCR programs guess ranks page by page, and
"1.", "2.", "3." are equals whatever they look like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from teipress.encode.nodes import Node

_ANNEX = "annex|appendix|enclosure|attachment|anhang|anlage|annexe|приложение"
_COUNT = r"[〇一二三四五六七八九十百\d]{1,5}"
# (kind, pattern), from the outermost kind of numbering to the innermost
_KINDS = (
    ("annex", re.compile(rf"(?:{_ANNEX})\b\s{{0,2}}([\w.]{{0,6}})|(?:別添|別紙|付録)", re.I)),
    ("part", re.compile(rf"(?:part|teil|partie|часть)\s{{1,2}}(\w{{1,12}})\b|第{_COUNT}[部編]", re.I)),
    ("chapter", re.compile(rf"(?:chapter|kapitel|chapitre|глава)\s{{1,2}}(\w{{1,12}})\b|第{_COUNT}章", re.I)),
    ("roman", re.compile(r"([IVXLC]{1,7})[.)](?=\s|$)")),
    ("letter", re.compile(r"([A-Z])[.)](?=\s|$)")),
    ("decimal", re.compile(r"(\d{1,2})[.)](?=\s|$)")),
    ("paren", re.compile(r"[(（]([\divxlc]{1,4}|[a-zа-я])[)）](?=\s|$)")),
    ("small", re.compile(r"([a-zа-я])[.)](?=\s|$)")),
)
_RANKS = {kind: rank for rank, (kind, _) in enumerate(_KINDS)}
_END = tuple(".!,;:。、，；…-–—")
_ANYWHERE = frozenset({"pb", "fw", "milestone"})  # what may stand between any two blocks
UNTITLED = "untitled"  # a division without a heading, for text that has to stand in one
_MOST = 90  # characters of a heading that nothing marks
_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Title:
    """How a heading is numbered, and where the transcription ranks it."""

    kind: str
    n: str
    level: int


def numbering(line: str) -> tuple[str, str]:
    """The kind of numbering that a heading begins with, and the number; two empty strings without one."""
    for kind, pattern in _KINDS:
        if found := pattern.match(line):
            return kind, next((group.rstrip(".") for group in found.groups() if group), found[0])
    return "", ""


def plain_headings(nodes: list[Node], text: str) -> list[Node]:
    """The same nodes, with short lines as headings that stand by themselves before other text."""
    found: list[Node] = []
    following: Node | None = None
    for node in reversed(nodes):
        cert = _looks_like_heading(node, following, text)
        found.append(Node("head", node.lines, by="plain-headings", cert=cert) if cert else node)
        following = following if node.name in ("pb", "fw", "ab") else found[-1]
    return found[::-1]


def _looks_like_heading(node: Node, following: Node | None, text: str) -> str:
    """How surely a paragraph is a heading; nothing if it is none."""
    if node.name != "p" or following is None or following.name not in ("p", "list", "head", "quote", "table"):
        return ""
    line = " ".join(text[start:end] for start, end in node.lines).strip("*_ ")
    if len(node.lines) > 2 or not line or len(line) > _MOST or len(line.split()) > _WORDS:
        return ""
    kind, _ = numbering(line)
    letters = [c for c in line if c.isalpha()]
    if not letters or "[" in line or "@" in line:
        return "medium" if kind in ("roman",) and len(node.lines) == 1 else ""
    if letters == [c for c in letters if c.isupper()] and len(letters) > 3 and any(c.lower() != c for c in letters):
        return "" if line.endswith((",", ";", ":")) else "medium"
    if line.endswith(_END) and not (kind and line.endswith(".")):
        return ""
    if kind:
        return "medium" if len(line.split()) <= _WORDS else ""
    is_bold = text[node.start : node.start + 2] in ("**", "__")
    before_prose = following.name == "p" and sum(b - a for a, b in following.lines) > 2 * len(line)
    titled = letters[0].isupper() or (not letters[0].islower() and len(line) < 25)
    return "medium" if is_bold else "low" if before_prose and titled and _alone(line) else ""


def _alone(line: str) -> bool:
    """Whether a line reads as a title: few words, none of them a greeting or a name with a comma behind."""
    return (len(line.split()) <= 6 and not line.endswith("?")) or (line.endswith("?") and len(line.split()) <= 10)


def divisions(nodes: Sequence[Node], text: str) -> list[Node]:
    """Nest nodes into divisions, each opened by a heading. What follows a division without one gets one of its own."""
    marked = [n.level for n in nodes if n.name == "head" and n.level]
    usual = min(marked, default=1)
    root = Node("body")
    open_nodes: list[tuple[Node, _Title]] = [(root, _Title("", "", 0))]
    waiting: list[Node] = []  # breaks and such, which stand before the division that a heading opens
    for node in nodes:
        if node.name in _ANYWHERE:
            waiting.append(node)
        elif node.name == "head":
            title = _title(node, text, usual, open_nodes[-1][1])
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
        last = next((c for c in reversed(parent.children) if c.name not in _ANYWHERE), None)
        if last is not None and last.name == "div" and node.name not in {*_ANYWHERE, "div", "closer"}:
            if last.attributes.get("type") == UNTITLED:
                last.children.append(node)
            else:
                parent.children.append(Node("div", attributes={"type": UNTITLED}, children=[node]))
        else:
            parent.children.append(node)


def _title(head: Node, text: str, usual: int, before: _Title) -> _Title:
    line = " ".join(text[start:end] for start, end in head.lines).strip("*_ ")
    kind, n = numbering(line)
    if kind == "roman" and before.kind == "letter" and len(n) == 1 and ord(n) == ord(before.n) + 1:
        kind = "letter"  # A., B., C.: no hundred
    return _Title(kind, n, head.level or usual)


def _attributes(title: _Title) -> dict[str, str]:
    kind = title.kind if title.kind in ("annex", "part", "chapter") else "section"
    return {"type": kind, **({"n": title.n} if title.n else {})}


def _closes(opened: _Title, following: _Title, open_nodes: Sequence[tuple[Node, _Title]]) -> bool:
    """Whether a division that is open ends where another heading follows."""
    if following.kind and following.kind in (title.kind for _, title in open_nodes):
        return True  # up to the last one of its kind, which ends as well
    if following.kind and opened.kind:
        return _RANKS[opened.kind] > _RANKS[following.kind]
    return following.kind == "annex" or opened.level >= following.level
