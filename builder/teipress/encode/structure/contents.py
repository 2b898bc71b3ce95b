"""A table of contents in the transcription → nested lists of entries, each with its number, title and page.

Read from the lines as they stand and not from blocks: Markdown takes numbered lines for lists of its own, and joins
lines that are entries of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from teipress.encode.nodes import LEADER, Node, Span
from teipress.encode.profile import Profile
from teipress.encode.structure.blocks import FEED, RULE
from teipress.encode.structure.entries import Entry, entries, extent, is_column, is_heading, rows
from teipress.encode.structure.labels import CHAPTER, PART
from teipress.encode.structure.lines import Line, Made, line_ranges, lines, replaced

KEPT = frozenset({"pb", "cb", "fw", "milestone", RULE, FEED})  # blocks that stay where they are, between two entries
_RULE = "contents"
_BREAKS = "cut-contents"
_DEEPEST = 20  # entries in entries; white space alone must not nest deeper than any program reads


def contents(nodes: list[Node], text: str, profile: Profile) -> Made:
    """Put tables of contents in the place of the blocks that Markdown made of their lines.

    A table is ``div[@type="contents"]`` with a `head` and a `list`; its items hold their lines and then the list of
    what is under them. The spans are `num`, `title` and `ref` inside the items, `pb` where a blank line
    cuts an entry in two, and marks, leaders among them. Blocks of the names in `KEPT` stay between the items.
    """
    result = Made(list(nodes), [])
    anchors = [a for a, _ in line_ranges(text, ((p.line, p.line) for p in profile.pages))]
    for start, end in _stretches(text, profile) if profile.has(_RULE) else ():
        kept = [_between(n, profile) for n in result.nodes if n.name in KEPT and start <= n.start and n.end <= end]
        known = anchors if profile.has(_BREAKS) else None
        table, spans = _table(text, start, end, list(filter(None, kept)), known)
        if not any(n.name == "item" for n in table.walk()):
            continue
        result = Made(replaced(result.nodes, table, start, end), [*result.spans, *spans])
    return result


def _between(node: Node, profile: Profile) -> Node | None:
    """What a block of `KEPT` is between two entries: form feeds and rules become what they are between paragraphs."""
    if node.name == FEED:
        return (
            Node("pb", attributes={"rend": "feed"}, by="form-feeds", at=node.at) if profile.has("form-feeds") else None
        )
    return Node("milestone", attributes={"unit": "section", "rend": "rule"}, at=node.at) if node.name == RULE else node


def _stretches(text: str, profile: Profile) -> Iterator[tuple[int, int]]:
    """Where tables of contents start and end, by whole lines: where the profile says, else where a heading says."""
    regions = [(r.first, r.last) for r in profile.regions if r.kind == "contents"]
    if regions:
        yield from line_ranges(text, regions)
        return
    others = list(line_ranges(text, ((r.first, r.last) for r in profile.regions)))
    done = 0
    for line in lines(text):
        if line.start < done or not is_heading(line.text) or any(a <= line.start < b for a, b in others):
            continue
        limit = min((a for a, _ in others if a > line.start), default=len(text))
        behind = text.find("\n", line.end)  # behind the marks that the heading ends with
        if read := extent(rows(lines(text, behind if behind >= 0 else len(text), limit))):
            stop = text.find("\n", read[-1].line.end)
            done = stop if stop >= 0 else len(text)
            yield text.rfind("\n", 0, line.start) + 1, done


def _is_furniture(line: Line) -> bool:
    """Whether a line between entries is the heading once more, or that of the column of numbers."""
    return is_heading(line.text) or is_column(line.text)


def _table(text: str, start: int, end: int, kept: list[Node], anchors: list[int] | None) -> tuple[Node, list[Span]]:
    """The division of one table of contents, and its spans. No break is inferred without `anchors`, places of pages."""
    taken = [r for node in kept for n in node.walk() for r in n.lines]
    found = [x for x in lines(text, start, end) if not any(a <= x.start < b for a, b in taken)]
    spans = [m for line in found for m in line.marks]
    table = Node("div", attributes={"type": "contents"}, by=_RULE, cert="high")
    if found and (is_heading(found[0].text) or found[0].heading):
        table.children.append(_line_node("head", found.pop(0)))
    body = Node("list", attributes={"type": "contents"})
    kept += [_line_node("fw", x, type="header") for x in found if _is_furniture(x)]
    between = [node.start for node in kept if node.lines]
    every = entries(list(rows(x for x in found if not _is_furniture(x))), between)
    kept += [Node("fw", e.lines, {"type": "pageNum"}) for e in every if not (e.label or e.title)]
    every = [e for e in every if e.label or e.title]
    shown = [*(n.start for n in kept), *(anchors or ())]
    breaks = set() if anchors is None else _cuts(every, shown)
    _nest(body, every, breaks, sorted(kept, key=lambda n: n.start))
    table.children.append(body)
    for entry in every:
        spans += _spans(entry)
        inferred = entry.breaks if anchors is not None else []
        spans += [Span(i, i, "pb", by=_BREAKS, cert="medium") for i in inferred if i not in shown]
    return table, sorted(spans, key=lambda s: s.range)


def _line_node(name: str, line: Line, **attributes: str) -> Node:
    return Node(name, [(line.start, line.end)], attributes)


def _nest(body: Node, every: list[Entry], breaks: set[int], between: list[Node]) -> None:
    """Put entries into the lists that their ranks call for; `breaks` are the entries that begin a page.

    What stands `between` entries goes before the one that it precedes, and to the end of the list otherwise.
    """
    above: list[tuple[float, Node]] = []
    for number, (entry, rank) in enumerate(zip(every, _ranks(every), strict=True)):
        while above and (above[-1][0] >= rank or len(above) >= _DEEPEST):
            above.pop()
        siblings = _sublist(above[-1][1]) if above else body
        item = Node("item", entry.lines)
        while between and between[0].start < item.start:
            siblings.children.append(between.pop(0))
        if number in breaks:
            siblings.children.append(Node("pb", by=_BREAKS, cert="medium", at=item.start))
        siblings.children.append(item)
        above.append((rank, item))
    body.children += between


def _sublist(item: Node) -> Node:
    if not item.children:
        item.children.append(Node("list", attributes={"type": "contents"}))
    return item.children[0]


def _ranks(every: list[Entry]) -> list[float]:
    """The rank of every entry.

    One without a label that is set in belongs to what is set in less. Any other stands beside the next that has a
    label (above it, if no page says that it is more than a heading), and at the end on the level of the parts.
    """
    following: list[float | None] = [None]
    for entry in reversed(every):
        following.append(entry.rank if entry.rank is not None else following[-1])
    following.reverse()
    found: list[float] = []
    margins: list[tuple[int, float]] = []
    for entry, after in zip(every, following[1:], strict=True):
        while margins and margins[-1][0] >= entry.indent:
            margins.pop()
        rank = entry.rank
        if rank is None and margins:
            rank = margins[-1][1] + 0.5
        elif rank is None:
            rank = PART if after is None else after if entry.page else after - 0.5
        margins.append((entry.indent, rank))
        found.append(rank)
    return found


def _cuts(every: list[Entry], others: list[int]) -> set[int]:
    """The entries before which a blank line is the end of a page: those whose like have none before them as a rule.

    Both must be in one chapter. `others` are the places of breaks that the transcription or the profile shows.
    """
    pairs = [(n, a, b) for n, (a, b) in enumerate(pairwise(every), 1) if _inner(a) and _inner(b)]
    total = Counter((a.rank, b.rank) for _, a, b in pairs)
    blank = Counter((a.rank, b.rank) for _, a, b in pairs if b.gap)
    return {
        n
        for n, a, b in pairs
        if b.gap
        and blank[a.rank, b.rank] * 4 <= total[a.rank, b.rank]
        and not any(a.lines[-1][1] <= o <= b.lines[0][0] for o in others)
    }


def _inner(entry: Entry) -> bool:
    return entry.rank is not None and entry.rank > CHAPTER


def _spans(entry: Entry) -> Iterator[Span]:
    """The parts of one entry."""
    if entry.label:
        yield Span(*entry.label, "num")
    if entry.title:
        yield Span(*entry.title, "title", (("level", "a"), *((("rend", "bold"),) if entry.bold else ())))
    if entry.leader:
        yield Span(*entry.leader, LEADER)
    if entry.page:
        yield Span(*entry.page, "ref", (("type", "page"), *((("rend", "italic"),) if entry.italic else ())))
