"""Blocks at the beginning of a transcription → the regions that they are, where no profile says so.

Modest on purpose: a title page names a series, an author, a state or an imprint, a letterhead an office and one thing
more. In all other cases the blocks stay paragraphs and headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from teipress.encode.nodes import Node
from teipress.encode.profile import Profile, Region
from teipress.encode.structure.blocks import FEED, RULE
from teipress.encode.structure.entries import is_heading, letters
from teipress.encode.structure.leafparts import leaf_part, letterhead_part

_BETWEEN = frozenset({"pb", "fw", "milestone", "ab", RULE, FEED})
_STRONG = frozenset({"series", "number", "docEdition", "byline"})  # kinds that no letter begins with
_TOGETHER = {"docAuthor", "docImprint"}
_MOST = 40  # blocks that a run may have
_LINE = 62  # characters that lines of prose have, and lines on a title leaf have not
_BLOCK = 300
_LETTER = re.compile(
    r"(?:to|from|subject|subj|re|memorandum|an|von|betr\.?|betreff|objet|кому|от|тема)\b[^\n]{0,40}:"
    r"|dear\b|sehr geehrte|lieber?\b|cher|chère|monsieur|madame|уважаем|дорог|拝啓",
    re.I,
)

Place = tuple[int, int]


def found_regions(nodes: Sequence[Node], text: str, profile: Profile) -> tuple[list[Region], list[Place]]:
    """Title leaves or else a letterhead at the beginning, and where they start and end, by whole lines."""
    run = list(takewhile(lambda n: _is_short(n, text), nodes[:_MOST]))
    if any(_LETTER.match(_text(n, text)) for n in run[:8]):
        return [], []
    places = _leaves(run, nodes, text) if profile.has("title-page") else []
    kind = "title-page"
    if not places and profile.has("letterhead"):
        kind, places = "letterhead", _letterhead(run, text)
    return [Region(1, 1, kind) for _ in places], [_whole_lines(text, *place) for place in places]


def _text(node: Node, text: str) -> str:
    return " ".join(text[a:b].strip("*_ \\") for a, b in node.lines).strip()


def _is_short(node: Node, text: str) -> bool:
    """Whether a block can stand before the text: what is kept apart anyway, or a few short lines."""
    if node.name in _BETWEEN:
        return True
    if node.name not in ("p", "head") or not node.lines or is_heading(_text(node, text)):
        return False
    lengths = [b - a for a, b in node.lines]
    return max(lengths) < 1.5 * _LINE and sum(lengths) < _BLOCK and sum(lengths) / len(lengths) < _LINE


def _leaves(run: list[Node], nodes: Sequence[Node], text: str) -> list[Place]:
    """Title leaves: one, or as many as the title comes back."""
    words = [n for n in run if n.name not in _BETWEEN]
    kinds: list[str] = []
    for node in words:
        kinds.append(leaf_part(_text(node, text), "" in kinds, bool({"docAuthor", "byline"} & set(kinds))))
    following = nodes[len(run)] if len(run) < len(nodes) else None
    if words and following is not None and not kinds[-1] and len(words[-1].lines) == 1:
        words.pop()  # a heading of what follows
        kinds.pop()
    if len(words) < 3 or "" not in kinds or not (_STRONG.intersection(kinds) or set(kinds) >= _TOGETHER):
        return []
    keys = [letters(_text(n, text)) for n in words]
    title = kinds.index("")
    starts = [0]
    for k in range(title + 1, len(words)):
        if keys[k] == keys[title]:
            before = title if keys[k - title : k] == keys[:title] and title else 0
            starts.append(k - before)
    ends = [*starts[1:], len(words)]
    return [(words[a].start, words[b - 1].end) for a, b in zip(starts, ends, strict=True)]


def _letterhead(run: list[Node], text: str) -> list[Place]:
    """Offices, addresses and a date on top, with what is stamped between them."""
    head = list(takewhile(lambda n: n.name in _BETWEEN or letterhead_part(_text(n, text)), run))
    while head and head[-1].name in _BETWEEN:
        head.pop()
    kinds = [letterhead_part(_text(n, text)) for n in head if n.name not in _BETWEEN]
    enough = len(kinds) > 1 and {"office", "institution"} & set(kinds) and len(set(kinds)) > 1
    first = next((n for n in head if n.name not in _BETWEEN), None)
    return [(first.start, head[-1].end)] if enough and first is not None else []


def _whole_lines(text: str, start: int, end: int) -> Place:
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text)
