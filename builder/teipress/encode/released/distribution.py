"""The lines after "Distribution:" → a division with the list of copies, and spans for the numbers and offices in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from teipress.encode.nodes import Node, Span, flow
from teipress.encode.profile import Profile
from teipress.encode.released.brackets import BRACKETS
from teipress.encode.released.exemptions import tokens
from teipress.encode.released.redactions import stamp_line
from teipress.encode.transcription import Transcription

Line = tuple[int, int]

_RULE = "distribution"
_SHORT = 100  # characters in a name with its office
_NAMES = 60  # names without numbers in one block
_LINES = 4  # lines in such an item
_BREAKS = ("feed", "pb", "fw")  # what may stand between two items
_M = r"[*_#> \t]*"  # white space and marks of Markdown

_HEADING = re.compile(
    rf"{_M}(?:(?P<copies>distribution(?: list)?|verteiler(?:liste)?|配布先|рассылка)|(?:copies|copy|kopien?) (?:to|an)"
    rf"|b?cc|nachrichtlich|写送付先|送付先|разослано|копии)\b{_M}(?P<colon>[:：])?{_M}",
    re.IGNORECASE,
)
_ITEM = re.compile(
    rf"{_M}(?:[-*•]\s+)?"
    r"(?:(?P<copies>\d{1,3}|Orig(?:inal|\.)?(?:\s?(?:&|and)\s?\d{1,3})?)(?:\s?(?:cys?|copies|copy|экз\.?|部))?"
    r"|(?:Copy|Экз\.?|№|No\.?|Nr\.?)\s?(?P<copy>\d{1,3})(?:\s?(?:of|из|von|/)\s?\d{1,3})?)"
    r"[*_]{0,3}\s?(?P<mark>[-–—:.)])\s*(?=\S)"
)
_START = re.compile(r"\n\s*")
_DRAFTING = re.compile(
    rf"{_M}[A-Z][A-Z0-9&-]{{1,9}}(?:[/:](?:[A-Za-z0-9&. -]{{1,20}}|\[[^\[\]]{{1,20}}\])){{1,8}}.{{0,30}}"
)
_DATED = re.compile(rf"{_M}\((?=[^()]*\d)[^()]{{4,24}}\){_M}")

_OFFICES = frozenset(
    "office department division staff agency council ministry bureau embassy director directorate group branch center "
    "centre committee board registry file files chrono secretariat secretary chief command institute library section "
    "unit desk service commission mission consulate representative headquarters "
    "abteilung amt auswärtiges ministerium bundesministerium referat botschaft kanzlei archiv "
    "отдел управление министерство комитет посольство секретариат бюро архив мид".split()
)
_CHARACTERS = "部課省局庁室館"  # the last character of an office in Japanese
_SYMBOL = re.compile(r"[A-Z0-9&.-]{2,12}")
_SUFFIX = re.compile(r",\s?(?=(?:Jr|Sr|Esq|Ph\.? ?D|M\.?D|USN|USA|USAF|USMC|Ret)\b)")


@dataclass(slots=True)
class _List:
    """A distribution list as it grows line by line. `mark` is what stands behind its numbers, once there is one."""

    text: str
    all_of_it: bool = False  # an editor said so: every block is an item, with or without a number
    by_line: bool = False  # names without numbers, one in each line
    head: list[Line] = field(default_factory=list)
    stamps: list[Line] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)  # and the page breaks between them
    drafting: list[Line] = field(default_factory=list)
    mark: str = ""

    def take(self, line: Line, opens: bool) -> bool:
        """Put a line where it belongs; whether it belongs here at all. `opens`: it is the first of its block."""
        match = _ITEM.match(self.text, *line)
        if stamp_line(self.text, *line):
            (self.drafting or (self.items[-1].lines if self.items else self.stamps)).append(line)
        elif match and not self.drafting and self._goes_on(match, line):
            self.mark = self.mark or _dash(match["mark"])
            self.items.append(Node("item", [line], by=_RULE, cert="high"))
        elif self.items and any(p.fullmatch(self.text, *line) for p in (_DRAFTING, _DATED)):
            self.drafting.append(line)
        elif self.drafting:
            return False
        elif self.by_line or (self.all_of_it and opens):
            self.items.append(Node("item", [line], by=_RULE, cert="medium"))
        elif self.items and not opens and line[1] - line[0] <= _SHORT and len(self.items[-1].lines) < _LINES:
            self.items[-1].lines.append(line)
        elif opens or self.items:
            return False
        else:
            self.head.append(line)  # of a title, say
        return True

    def take_all(self, lines: list[Line], opens: bool = True) -> int:
        """How many lines of a block belong here; they are taken."""
        for number, line in enumerate(lines):
            if not self.take(line, opens and number == 0):
                return number
        return len(lines)

    def _goes_on(self, match: re.Match[str], line: Line) -> bool:
        """Whether what looks like an item is one of this list and no numbered paragraph after it."""
        return line[1] - line[0] <= _SHORT and (self.all_of_it or self.mark in ("", _dash(match["mark"])))

    def division(self) -> Node:
        """All of it as a `div`."""
        made = [Node("head", self.head, by=_RULE, cert="high", lineated=len(self.head) > 1)] if self.head else []
        if self.stamps:
            made.append(Node("ab", self.stamps, {"type": "stamps"}, by="exemption-codes", cert="high"))
        made.append(Node("list", [], {"type": "distribution"}, self.items, by=_RULE, cert="high"))
        if self.drafting:
            made.append(Node("ab", self.drafting, {"type": "drafting"}, by=_RULE, cert="medium", lineated=True))
        return Node("div", [], {"type": "distribution"}, made, by=_RULE, cert="high")


def distribution(nodes: list[Node], text: str, profile: Profile) -> tuple[list[Node], list[Span]]:
    """The same blocks with a `div` in the place of each distribution list, and the spans inside its items.

    A list begins at a heading for it, or where a region of the profile says so; it ends where a block is no item, no
    stamp and no drafting symbol. Stamps go into the item before them.
    """
    made: list[Node] = []
    spans: list[Span] = []
    regions = _regions(text, profile)
    index = 0
    while index < len(nodes):
        region = next((r for r in regions if nodes[index].lines and r[0] <= nodes[index].start < r[1]), None)
        found = _opened(nodes[index], text, region) if region or profile.has(_RULE) else None
        end, rest = _read(found[0], found[1], nodes, index, region) if found else (index, [])
        if found and any(n.name == "item" for n in found[0].items):
            made += [found[0].division(), *rest]
            spans += [s for n in found[0].items if n.name == "item" for s in _spans(text, n)]
            index = end
        else:
            made.append(nodes[index])
            index += 1
    return made, spans


def _regions(text: str, profile: Profile) -> list[Line]:
    chosen = [r for r in profile.regions if r.kind == "distribution"]
    lines = Transcription(text) if chosen else None
    return [(lines.line(r.first)[0], lines.line(r.last)[1] + 1) for r in chosen] if lines else []


def _opened(node: Node, text: str, region: Line | None) -> tuple[_List, list[Line]] | None:
    """The list that begins at a node, and the lines of it that are still to be taken; nothing if none begins there."""
    if node.name not in ("p", "head") or not node.lines:
        return None
    first, *others = node.lines
    heading = _HEADING.match(text, *first)
    if heading and not heading["colon"] and heading.end() < first[1]:
        heading = None  # a sentence about copies
    found = _List(text, all_of_it=region is not None)
    if heading is None and region:
        titled = not _ITEM.match(text, *first) and any(
            _ITEM.match(text, m.end()) for m in _START.finditer(text, *region)
        )
        found.head += node.lines if titled else []
        return found, [] if titled else node.lines
    if heading is None:
        return None
    behind = heading.end(), first[1]
    alone = behind[0] == behind[1]
    named = len(others) <= _NAMES and all(b - a <= _SHORT and not _ITEM.match(text, a, b) for a, b in others)
    found.by_line = node.name == "p" and named and (alone or not heading["copies"])
    inline = not alone and (not heading["copies"] or bool(_ITEM.match(text, *behind)))
    found.head.append((first[0], heading.end()) if inline else first)
    return found, [behind, *others] if inline else others


def _read(
    found: _List, lines: list[Line], nodes: list[Node], index: int, region: Line | None
) -> tuple[int, list[Node]]:
    """Take what belongs to a list, block by block → the index of the block behind it, and what is left of the last."""
    taken = found.take_all(lines, opens=not found.head)
    found.by_line = False
    end, breaks = index + 1, list[Node]()
    while taken == len(lines) and end + len(breaks) < len(nodes):
        node = nodes[end + len(breaks)]
        if node.name in _BREAKS:
            breaks.append(node)
            continue
        lines = node.lines
        if not _may_go_on(found, node, region) or (breaks and not _ITEM.match(found.text, *lines[0])):
            return end, []
        found.items += breaks
        if node.name == "list":
            found.items += _numbered(node)
            taken = len(lines)
        elif not (taken := found.take_all(lines)):
            del found.items[len(found.items) - len(breaks) :]
            return end, []
        end, breaks = end + len(breaks) + 1, []
    return end, [replace(nodes[end - 1], lines=lines[taken:])] if taken < len(lines) else []


def _may_go_on(found: _List, node: Node, region: Line | None) -> bool:
    if region and node.start >= region[1]:
        return False
    if node.name == "list":  # one that Markdown marks, in the place of our own
        return not found.items and not node.lines and all(n.name in ("item", "label") for n in node.children)
    return bool(node.lines) and (node.name in ("p", "ab") or region is not None)


def _numbered(whole: Node) -> Iterator[Node]:
    """The items of a list that Markdown marks, each with its number as the first of its text."""
    label: Node | None = None
    for node in whole.children:
        if label and node.lines:
            node.lines[0] = label.start, node.lines[0][1]
        if node.name == "item":
            yield node
        label = node if node.name == "label" else None


# What stands in an item


def _spans(text: str, item: Node) -> Iterator[Span]:
    """The number of copies of an item, and the office that gets them."""
    said = flow(text, Node("item", [line for line in item.lines if not stamp_line(text, *line)]))
    start = 0
    if match := _ITEM.match(said.text):
        start = match.end()
        if match["mark"] not in ".)":  # these would number the items
            group = "copies" if match["copies"] else "copy"
            number = match[group]
            value = (("value", str(int(number))),) if number.isdigit() else ()
            attributes = (("type", group), *value)
            yield Span(*said.range(*match.span(group)), "num", attributes, _RULE, "high")
    if office := _office(said.text, start):
        yield Span(*said.range(*office), "orgName", (), _RULE, "medium")


def _office(text: str, start: int) -> tuple[int, int] | None:
    """Where the office stands in what follows the number: all of it, or what comes behind a name and a comma."""
    hidden = [(t.start, t.end) for t in tokens(text, start)] + [m.span() for m in BRACKETS.finditer(text, start)]
    end = len(text)
    for first, last in sorted(hidden):
        if not text[start:first].strip():
            start = last  # withheld, and then the office
        else:
            end = min(end, first)
    start, end = _trimmed(text, start, end)
    comma = next(
        (m for m in re.finditer(r"[,、，]\s?", text[start:end]) if not _SUFFIX.match(text, start + m.start())), None
    )
    if comma and not _is_office(text[start : start + comma.start()]):
        start, end = _trimmed(text, start + comma.end(), end)
        return (start, end) if start < end else None
    return (start, end) if start < end and _is_office(text[start:end]) else None


def _is_office(said: str) -> bool:
    """Whether words are an office or its symbol: OEA/NAD · DDI · Executive Director · 外務省."""
    said = said.strip()
    words = {word.strip(".,").casefold() for word in said.split()}
    if _SYMBOL.fullmatch(said) or words & _OFFICES or said[-1:] in tuple(_CHARACTERS):
        return True
    return "/" in said and " " not in said.split("/")[0]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n*_,;":
        start += 1
    while end > start and text[end - 1] in " \t\n*_,;.":
        end -= 1
    return start, end


def _dash(mark: str) -> str:
    return "-" if mark in "-–—" else mark
