"""Paragraphs → quotations that are set in as a whole, and the formula and name that close a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from teipress.encode.nodes import Node
from teipress.encode.profile import Profile
from teipress.encode.structure.lines import lines

_QUOTATIONS = "quotations"
_SIGNATURES = "signatures"

_INDENT = 3  # columns that a quotation is set in more than what stands around it
_PROSE = 60  # characters of a paragraph that is more than a line of an address

_FORMULA = re.compile(
    r"(?:(?:very |most )?(?:sincerely|respectfully|faithfully|truly|cordially)(?: (?:yours|submitted))?"
    r"|yours(?: (?:very|most|ever))?(?: (?:sincerely|faithfully|truly|respectfully|cordially))?"
    r"|(?:with |and )?(?:all |my |our )?(?:best|kind|kindest|warm|warmest)(?: personal)? (?:regards|wishes)"
    r"|(?:with |much |all my )?love(?: from .{1,40})?|by (?:direction|order)(?: of .{1,60})?"
    r"|mit (?:freundlich|best|herzlich|vorzüglich|kollegial)\w{0,4} (?:grüßen|grüssen|gruß|hochachtung)"
    r"|hochachtungsvoll|im auftrag\w?|in vertretung|i\. ?[av]\."
    r"|(?:je vous prie d[’']|veuillez )(?:agréer|recevoir|croire).{1,160}"
    r"|cordialement|respectueusement|(?:с )?(?:глубоким |искренним )?уважением|с приветом|искренне ваша?"
    r"|с наилучшими пожеланиями|敬具|草々|謹言|拝具)[,.]?",
    re.I,
)
_SIGNED = re.compile(r"(?:/s/|\(signed\)|gez\.|signé)[: ]?\s{0,4}", re.I)
_CJK_NAME = re.compile(r"[\u3400-\u9fff々\u30a0-\u30ff]{2,6}(?:[ \u3000][\u3400-\u9fff々\u30a0-\u30ff]{1,5})?")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.’'-])*,?")
_PARTICLES = frozenset("von van de der den zu la le du da di of".split())
_WITHHELD = re.compile(r"\[[^\[\]\n]{1,40}\]|[█■]{2,40}")
_POSTSCRIPT = re.compile(r"(?:P\. ?(?:P\. ?)?S\.|PS\b|З\. ?Ы\.|Постскриптум|追伸|二伸)", re.I)
_BETWEEN = frozenset({"pb", "fw", "milestone"})
_NO_TEXT = frozenset({*_BETWEEN, "note", "rule", "feed"})
_OPENING = frozenset({"head", "div", "titlePage"})  # after these a division has no text yet
_MOST_BEHIND = 6  # short paragraphs (enclosures, copies, stamps) behind a signature
_SHORT = 120


def quotations(nodes: list[Node], text: str, profile: Profile) -> list[Node]:
    """The same blocks, with a `quote` around paragraphs all of whose lines are set in more than those around them."""
    if not profile.has(_QUOTATIONS):
        return nodes
    indents = [_indents(node, text) for node in nodes]
    found: list[Node] = []
    margin: int | None = None  # of the last paragraph that is no quotation
    for k, node in enumerate(nodes):
        set_in = indents[k]
        following = next((min(i) for i in indents[k + 1 : k + 5] if i and min(i) < min(set_in, default=0)), None)
        if margin is not None and _is_quotation(node, set_in, margin, following):
            if found and found[-1].name == "quote" and found[-1].by == _QUOTATIONS:
                found[-1].children.append(node)
            else:
                found.append(Node("quote", children=[node], by=_QUOTATIONS, cert="medium"))
            continue
        margin = min(set_in) if set_in else margin
        found.append(node)
    return found


def _indents(node: Node, text: str) -> list[int]:
    """The columns before each line of a paragraph; nothing for other blocks."""
    if node.name != "p":
        return []
    starts = [(text.rfind("\n", 0, start) + 1, start) for start, _ in node.lines]
    return [len(text[first:start].expandtabs(4)) for first, start in starts if not text[first:start].strip()]


def _is_quotation(node: Node, indents: Sequence[int], margin: int, following: int | None) -> bool:
    """Whether all lines are set in alike, and those after them are not; the first line may be so a little more."""
    if len(indents) < 2 or len(indents) != len(node.lines) or sum(b - a for a, b in node.lines) < _PROSE:
        return False
    body = indents[1:]
    alike = max(body) - min(body) <= 1 and body[0] <= indents[0] + 1
    return alike and min(indents) >= margin + _INDENT and (following is None or min(indents) >= following + _INDENT)


def signatures(nodes: list[Node], text: str, profile: Profile) -> list[Node]:
    """The same blocks, with a `closer` (salute, signed) for a formula and the name under it.

    Only where nothing but postscripts, enclosures and the like follow in the division: they become `postscript` and
    `trailer`, since no paragraph may stand behind a closer.
    """
    if not profile.has(_SIGNATURES):
        return nodes
    found: list[Node] = []
    k = 0
    has_text = False  # whether the division that a closer would end has any
    while k < len(nodes):
        closer, following = _closer(nodes, k, text) if has_text else (None, k)
        behind = _behind(nodes, following, text) if closer else None
        if closer and behind is not None:
            found += [closer, *behind]
            k = following + len(behind)
            continue
        found.append(nodes[k])
        if nodes[k].name not in _NO_TEXT:
            has_text = nodes[k].name not in _OPENING
        k += 1
    return found


def _closer(nodes: Sequence[Node], k: int, text: str) -> tuple[Node | None, int]:
    """The closer that begins with block `k`, and the number of the block behind it."""
    if nodes[k].name != "p":
        return None, k
    own = nodes[k].lines
    formula = _formula(own, text)
    first = _text(own[:1], text)
    if 0 < formula < len(own):
        return _made(own[:formula], own[formula:], [], text), k + 1
    if not formula and _SIGNED.match(first) and (len(own) > 1 or not _SIGNED.fullmatch(first)):
        return _made([], own, [], text), k + 1
    if not formula and not _SIGNED.fullmatch(first):
        return None, k
    following = next((i for i in range(k + 1, len(nodes)) if nodes[i].name not in _BETWEEN), k)
    if following == k or nodes[following].name != "p":
        return None, k
    return _made(own, nodes[following].lines, list(nodes[k + 1 : following]), text), following + 1


def _formula(own: Sequence[tuple[int, int]], text: str) -> int:
    """How many lines at the start of a paragraph are a closing formula."""
    for count in range(1, min(len(own), 3) + 1):
        if len(joined := _text(own[:count], text)) < 240 and _FORMULA.fullmatch(joined):
            return count
    return 0


def _text(own: Sequence[tuple[int, int]], text: str) -> str:
    return " ".join(line.text for start, end in own for line in lines(text, start, end))


def _made(
    formula: Sequence[tuple[int, int]], name: Sequence[tuple[int, int]], between: list[Node], text: str
) -> Node | None:
    """A closer of a formula and the lines with name and office; None if these do not look like such."""
    first = _SIGNED.sub("", _text(name[:1], text), count=1) or _text(name[1:2], text)
    if len(name) > 4 or not _is_name(first) or any(b - a > _SHORT for a, b in name):
        return None
    lineated = len(name) > 1
    salute = [Node("salute", list(formula), lineated=len(formula) > 1)] if formula else []
    signed = Node("signed", list(name), lineated=lineated)
    return Node("closer", children=[*salute, *between, signed], by=_SIGNATURES, cert="high" if formula else "medium")


def _is_name(line: str) -> bool:
    """Whether a line can be a signature: a few words with capitals, a name in Chinese characters, a redaction."""
    words = line.split()
    if _WITHHELD.fullmatch(line) or _CJK_NAME.fullmatch(line):
        return True
    if not 0 < len(words) < 7 or len(line) > 60 or not all(_WORD.fullmatch(w) for w in words):
        return False
    return all(w[0].isupper() or w in _PARTICLES for w in words) and words[0][0].isupper()


def _behind(nodes: Sequence[Node], k: int, text: str) -> list[Node] | None:
    """What stands behind a signature, up to the next division, as it may stand there; None if it is more text."""
    found: list[Node] = []
    while k + len(found) < len(nodes) and nodes[k + len(found)].name not in ("head", "div"):
        node = nodes[k + len(found)]
        if node.name in _BETWEEN or node.name in ("note", "rule", "feed"):
            found.append(node)
        elif node.name == "p" and _POSTSCRIPT.match(_text(node.lines[:1], text)):
            found.append(Node("postscript", children=[node], by=_SIGNATURES, cert="high"))
        elif node.name in ("p", "ab") and sum(b - a for a, b in node.lines) < _SHORT and len(found) < _MOST_BEHIND:
            lineated = len(node.lines) > 1
            found.append(Node("trailer", node.lines, by=_SIGNATURES, cert="low", lineated=lineated))
        else:
            return None
    return found
