"""Short paragraphs of a released document → blocks of furniture: numbers, release notes, classification, stamps.

Nothing is taken away: what is furniture stands in `ab` elements where the transcription has it, with the numbers as
`idno` and the classification as `stamp` inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby

from teipress.encode.nodes import Flow, Node, Span
from teipress.encode.profile import Profile
from teipress.encode.released.exemptions import markings, tokens
from teipress.encode.released.redactions import stamp_line

_LONGEST = 120  # characters in a line of furniture
_RULES = {"stamps": "exemption-codes", "classification": "classification"}  # the others are control numbers

_ESDN = r"CIA-RDP ?\d\d[A-Z]?-?[0-9A-Z]{5} ?[A-Z] ?[0-9O]{12} ?- ?\d"
_RELEASE = r"C[0O]\d{7}"
_PROJECT = r"NND ?-? ?\d{5,7}"
_COPY = r"COPY (?:NO\. ?)?\d{1,4}(?: OF \d{1,4})?"
_PUBLICATION = (  # EA M 85-10135 · OCI No. 1684/59 · NIE 11-3/8-85; two numbers of two digits may be years
    r"(?:[A-Z][A-Z0-9]{0,5}[/ -]){1,3}(?:(?:NO\. ?|No\. ?|#)\d{1,6}[-/]|\d{1,3}[-/](?=\d{3}))\d{1,6}[A-Z]{0,3}"
    r"|(?:S?NIE|IIM|TR/[A-Z0-9]{1,3})[ -]\d{1,3}(?:[-/]\d{1,6}){1,3}"
)
_NUMBERS = {"ESDN": _ESDN, "release": _RELEASE, "declassification": _PROJECT}
_NUMBER = re.compile(rf"(?<!\w)(?:{'|'.join(f'(?P<{kind}>{p})' for kind, p in _NUMBERS.items())})(?!\w)")
_KINDS = {
    "marking": re.compile(r"DUP(?:LICATE)? OF .{1,60}|(?:RIP|RIF)PUB"),
    "docnumber": re.compile(rf"{_ESDN}|{_RELEASE}|{_PROJECT}|(?i:{_COPY})|{_PUBLICATION}"),
    "release": re.compile(
        r"(?:declassified(?: in (?:part|full))?\W{1,5})?(?:and )?(?:sanitized copy\W{0,5})?"
        r"approved for release(?:(?!\s(?:in|by|to|of|on)\b).{1,60})?"
        r"|sanitized copy|declassified(?: (?:in (?:part|full)|(?:and|by|under|per|on|authority)\b.{1,60}))?"
        r"|authority:? nnd.{1,40}",
        re.IGNORECASE,
    ),
}
_MARKS = " \t\u00a0\u3000*_#>"


def furniture(nodes: list[Node], text: str, profile: Profile) -> list[Node]:
    """The same blocks, with `ab` in the place of paragraphs and headings that are furniture in every line.

    Lines of furniture above or below the other lines of a paragraph are taken out of it. The `type` of an `ab` is
    "stamps", "classification", "docnumber", "marking" or "release"; stretches of different types make an `ab` each.
    """
    return [made for node in nodes for made in (_taken_apart(node, text, profile) if _may_be(node) else [node])]


def furniture_line(text: str, start: int, end: int) -> str:
    """What kind of furniture the line [start, end) is, or nothing: the types of `furniture`."""
    start, end = _bare(text, start, end)
    if end - start > _LONGEST or start == end:
        return ""
    if stamp_line(text, start, end):
        return "stamps"
    start, end = _uncoded(text, start, end)
    if _classification().fullmatch(text, start, end):
        return "classification"
    return next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(text, start, end)), "")


def marks(flow: Flow, profile: Profile) -> Iterator[Span]:
    """The `stamp` of every line of classification in a text, and the `idno` of each number in its furniture."""
    soft = flow.node.name == "ab" and flow.node.attributes.get("type") == "classification"
    for line in re.finditer(r"[^\n]+", flow.text):
        start, end = _bare(flow.text, *line.span())
        kind = "classification" if soft else furniture_line(flow.text, start, end)
        if start == end or not profile.has(_RULES.get(kind, "control-numbers")):
            continue
        if kind == "classification":
            start, end = _uncoded(flow.text, start, end)
            certainty = "medium" if flow.text[start:end] != flow.text[start:end].upper() else "high"
            yield Span(*flow.range(start, end), "stamp", (("type", kind),), kind, certainty)
        elif kind in _KINDS:
            yield from _identifiers(flow, start, end, kind)


def _identifiers(flow: Flow, start: int, end: int, kind: str) -> Iterator[Span]:
    found = [(m.start(), m.end(), m.lastgroup or "") for m in _NUMBER.finditer(flow.text, start, end)]
    if not found and kind == "docnumber" and flow.node.name == "ab":
        found = [(start, end, "copy" if flow.text[start : start + 4].upper() == "COPY" else "publication")]
    for first, last, type_ in found:
        yield Span(*flow.range(first, last), "idno", (("type", type_),), "control-numbers", "high")


def _may_be(node: Node) -> bool:
    return node.name in ("p", "head") and bool(node.lines) and not node.children


def _taken_apart(node: Node, text: str, profile: Profile) -> list[Node]:
    """A node as furniture, or as what is left of it between furniture."""
    kinds = [_kind(text, line, profile) for line in node.lines]
    if len(kinds) == 1 and not kinds[0] and _is_soft(text, node, profile):
        kinds = ["classification"]
    if node.name == "head" and not all(kinds):
        return [node]
    outer = [bool(k) and _is_plain(text, line, k) for k, line in zip(kinds, node.lines, strict=True)]
    first = next((n for n, k in enumerate(outer) if not k), len(kinds))
    last = next((n for n, k in enumerate(reversed(outer)) if not k), 0)
    if all(kinds):
        return _blocks(node, kinds, 0, len(kinds))
    middle = replace(node, lines=node.lines[first : len(kinds) - last])
    return [*_blocks(node, kinds, 0, first), middle, *_blocks(node, kinds, len(kinds) - last, len(kinds))]


def _is_plain(text: str, line: tuple[int, int], kind: str) -> bool:
    """Whether a line is furniture even in one block with text. A stamp under a paragraph belongs to that."""
    return kind != "stamps" and (kind != "docnumber" or bool(_NUMBER.search(text, *line)))


def _blocks(node: Node, kinds: list[str], first: int, end: int) -> list[Node]:
    """An `ab` for each run of lines of the same kind."""
    return [
        _block(kind, [node.lines[n] for n in numbers])
        for kind, run in groupby(range(first, end), key=lambda n: kinds[n])
        if (numbers := list(run))
    ]


def _block(kind: str, lines: list[tuple[int, int]]) -> Node:
    rule = _RULES.get(kind, "control-numbers")
    return Node("ab", lines, {"type": kind}, by=rule, cert="high", lineated=len(lines) > 1)


def _kind(text: str, line: tuple[int, int], profile: Profile) -> str:
    kind = furniture_line(text, *line)
    return kind if kind and profile.has(_RULES.get(kind, "control-numbers")) else ""


def _is_soft(text: str, node: Node, profile: Profile) -> bool:
    """Whether a paragraph is nothing but a level of classification in small letters."""
    return profile.has("classification") and bool(_soft().fullmatch(text, *_bare(text, *node.lines[0])))


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A line without white space and the marks of Markdown at its ends."""
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def _uncoded(text: str, start: int, end: int) -> tuple[int, int]:
    """A bare line without the exemption codes at its ends."""
    for token in [t for t in tokens(text, start, end) if t.kind in ("exemption", "suspect")]:
        if token.start == start:
            start, end = _bare(text, token.end, end)
        elif token.end == end:
            start, end = _bare(text, start, token.start)
    return start, end


@cache
def _classification() -> re.Pattern[str]:
    """Levels with what follows them, or caveats alone: SECRET//NOFORN · TOP SECRET UMBRA · EYES ONLY."""
    caveat = markings("caveats")
    known = rf"(?:\s?[/,]{{1,2}}\s?|\s[-–—]\s|\s)(?:{caveat}|{markings('compartments')})"
    tail = rf"(?:{known}|\s?//?\s?[A-Z][A-Z0-9-]{{0,20}}){{0,8}}"
    return re.compile(rf"(?:CLASSIFICATION: ?)?(?:{markings('levels')}|{caveat}){tail}")


@cache
def _soft() -> re.Pattern[str]:
    return re.compile(markings("soft"))
