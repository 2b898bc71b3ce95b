"""Blocks before the text → title pages, a letterhead, an imprint: where the profile says, else where it is plain.

Nothing is put in another order. What is not understood is a part of the title, or a line of the letterhead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from teipress.encode.nodes import Node, Span
from teipress.encode.profile import Profile, Region
from teipress.encode.structure.blocks import FEED, RULE
from teipress.encode.structure.entries import letters
from teipress.encode.structure.leafparts import (
    BY,
    YEAR_AT_END,
    date_of,
    has_date,
    is_workplace,
    leaf_part,
    letterhead_part,
)
from teipress.encode.structure.lines import Line, Made, clip, line_ranges, lines, replaced
from teipress.encode.structure.runs import found_regions

KEPT = frozenset({"pb", "cb", "fw", "milestone", "ab", RULE, FEED})  # blocks that stay what they are
_MAIN_ENDS = re.compile(r"[?:!]$")  # the main title, when more lines follow
_LONG_LINE = 80  # a block with a longer line is prose, and the ends of its lines are not kept
_LEAVES = ("cover", "half-title", "main")

Block = list[Line]
Builder = Callable[[list[Node], "list[Block | Node]", str], tuple[Node, list[Span]]]


def title_pages(nodes: list[Node], text: str, profile: Profile) -> Made:
    """Put title pages, letterhead, imprint in the place of the blocks that they consist of.

    Regions of the profile are what it says; without any, a run of short blocks at the beginning is what its words say.
    A `titlePage` has docTitle, titlePart, docAuthor, byline, docEdition, docImprint and docDate;
    ``div[@type="letterhead"]`` has an `ab` for each block, ``div[@type="imprint"]`` paragraphs; a region that is
    "front" or "back" is a division of its blocks. The spans are docAuthor in a byline, docDate in an imprint, marks.
    """
    made = Made(list(nodes), [])
    regions = [r for r in profile.regions if r.kind in _BUILDERS]
    places = list(line_ranges(text, ((r.first, r.last) for r in regions)))
    if not regions:
        regions, places = found_regions(nodes, text, profile)
    pages: list[Node] = []
    for region, (start, end) in zip(regions, places, strict=True):
        inside = _inside(made.nodes, start, end)
        node, spans = _BUILDERS[region.kind](inside, _blocks(inside, text, start, end), _kind(region))
        made = Made(replaced(made.nodes, node, start, end), [*made.spans, *spans])
        pages += [node] if node.name == "titlePage" else []
    _name_leaves(pages, text)
    return made


def _kind(region: Region) -> str:
    return region.type if region.kind != "title-page" or region.type in _LEAVES else ""


def _inside(nodes: Sequence[Node], start: int, end: int) -> list[Node]:
    """The blocks, or what there is of them, between two places."""
    empty = [n for n in nodes if not (n.lines or n.children) and start <= n.at < end]
    return sorted([*empty, *filter(None, (clip(n, start, end) for n in nodes))], key=lambda n: n.start)


def _blocks(inside: Sequence[Node], text: str, start: int, end: int) -> list[Block | Node]:
    """The lines between two places, parted by blank lines, and among them the nodes that stay what they are."""
    kept = [n for n in inside if n.name in KEPT]
    taken = [r for node in kept for n in node.walk() for r in n.lines]
    found: list[Block | Node] = []
    for line in lines(text, start, end):
        while kept and kept[0].start < line.start:
            found.append(_shown(kept.pop(0)))
        if any(a <= line.start < b for a, b in taken):
            continue
        last = found[-1] if found else None
        if isinstance(last, list) and not line.gap:
            last.append(line)
        else:
            found.append([line])
    return [*found, *(_shown(n) for n in kept)]


def _shown(node: Node) -> Node:
    """What a form feed or a rule is where no page breaks are looked for any more."""
    if node.name == FEED:
        return Node("pb", attributes={"rend": "feed"}, by="form-feeds", at=node.at)
    return Node("milestone", attributes={"unit": "section", "rend": "rule"}, at=node.at) if node.name == RULE else node


def _node(name: str, block: Block, **attributes: str) -> Node:
    """A node of some lines, whose ends it keeps unless they are prose; bold if all of them are."""
    rend = {"rend": "bold"} if all(x.style(x.start, x.end) == "bold" for x in block) else {}
    lineated = len(block) > 1 and all(len(x.text) < _LONG_LINE for x in block)
    return Node(name, [(x.start, x.end) for x in block], {**attributes, **rend}, lineated=lineated)


def _marks(blocks: Sequence[Block | Node]) -> list[Span]:
    return [m for block in blocks if isinstance(block, list) for line in block for m in line.marks]


def _joined(block: Block) -> str:
    return " ".join(line.text for line in block)


def _title_page(_: list[Node], blocks: list[Block | Node], kind: str) -> tuple[Node, list[Span]]:
    """One title leaf. What stands there but is no part of one (stamps) is a part without a kind."""
    page = Node("titlePage", attributes={"type": kind} if kind else {}, by="title-page", cert="medium")
    spans = _marks(blocks)
    names: set[str] = set()
    for number, block in enumerate(blocks):
        if isinstance(block, Node):
            page.children.append(Node("titlePart", block.lines) if block.name == "ab" else block)
            continue
        name = leaf_part(_joined(block), "docTitle" in names, bool(names & {"docAuthor", "byline"}))
        if not name and names & {"docAuthor", "byline"} and _is_imprint(blocks[number + 1 : number + 2]):
            name = "docImprint"
        if name == "docImprint" and "docImprint" not in names and page.children[-1].name == "byline":
            name = "byline" if is_workplace(_joined(block)) else name
        names.add(name or "docTitle")
        _add(page, block, name)
        spans += _spans_in(block, name)
    return page, spans


def _is_imprint(following: Sequence[Block | Node]) -> bool:
    return any(isinstance(b, list) and leaf_part(_joined(b), True, True) == "docImprint" for b in following)


def _add(page: Node, block: Block, name: str) -> None:
    """Put a block to a leaf: single lines of an imprint are one, and a title may have a second part."""
    last = page.children[-1] if page.children else Node("")
    if name == "docImprint" and last.name == name and len(block) == 1 and len(last.lines) < 4:
        last.lines.append((block[0].start, block[0].end))
        last.lineated = True
    elif name in ("series", "number"):
        page.children.append(_node("titlePart", block, type=name))
    elif name == "docDate":
        page.children.append(_node(name, block, when=date_of(_joined(block))))
    elif name:
        page.children.append(_node(name, block))
    elif last.name == "docTitle":
        last.children.append(_node("titlePart", block, type="sub"))
    elif any(child.name == "docTitle" for child in page.children):
        page.children.append(_node("titlePart", block))
    else:
        page.children.append(Node("docTitle", children=_title(block)))


def _title(block: Block) -> list[Node]:
    """The parts of a title: the first line is the main one, if it ends as a title does and others follow."""
    first = next((k for k, line in enumerate(block[:-1], 1) if _MAIN_ENDS.search(line.text)), len(block))
    parts = [_node("titlePart", block[:first], type="main")]
    return [*parts, _node("titlePart", block[first:], type="sub")] if first < len(block) else parts


def _spans_in(block: Block, name: str) -> list[Span]:
    """The author in a byline, the year at the end of an imprint."""
    line = block[-1]
    by = BY.match(block[0].text) if name == "byline" else None
    if by:
        return [Span(block[0].range(by.end(), len(block[0].text))[0], line.end, "docAuthor")]
    year = YEAR_AT_END.search(line.text) if name == "docImprint" else None
    if year and len(line.text.split()) > 1 and not has_date(line.text):
        return [Span(*line.range(*year.span()), "docDate", (("when", year[0]),))]
    return []


def _name_leaves(pages: list[Node], text: str) -> None:
    """Tell cover, half-title and title page apart where one title comes back on several leaves."""
    titles = [{letters(text[a:b]) for n in p.walk() if n.name == "titlePart" for a, b in n.lines} for p in pages]
    if len(pages) < 2 or any(p.attributes.get("type") for p in pages) or not set.intersection(*titles):
        return
    full = [p for p in pages if any(child.name not in ("docTitle", *KEPT) for child in p.children)]
    for page in pages:
        page.attributes["type"] = "half-title" if page not in full else "main" if page is full[-1] else "cover"


def _letterhead(_: list[Node], blocks: list[Block | Node], kind: str) -> tuple[Node, list[Span]]:
    head = Node("div", attributes={"type": kind or "letterhead"}, by="letterhead", cert="medium")
    for block in blocks:
        if isinstance(block, Node):
            head.children.append(block)
        else:
            what = letterhead_part(_joined(block))
            head.children.append(_node("ab", block, **({"type": what} if what else {})))
    return head, _marks(blocks)


def _imprint(_: list[Node], blocks: list[Block | Node], kind: str) -> tuple[Node, list[Span]]:
    body = [block if isinstance(block, Node) else _node("p", block) for block in blocks]
    return Node("div", attributes={"type": kind or "imprint"}, children=body, by="title-page", cert="medium"), _marks(
        blocks
    )


def _division(inside: list[Node], _: list[Block | Node], kind: str) -> tuple[Node, list[Span]]:
    """The blocks as they are, under the first of them if that is a short line."""
    whole = Node("div", attributes={"type": kind} if kind else {}, by="profile", cert="high")
    first = inside[0] if inside else Node("")
    if first.name == "p" and len(first.lines) == 1 and len(inside) > 1 and first.end - first.start < _LONG_LINE:
        first.name = "head"
    whole.children = [_shown(n) for n in inside]
    return whole, []


_BUILDERS: dict[str, Builder] = {
    "title-page": _title_page,
    "letterhead": _letterhead,
    "imprint": _imprint,
    "front": _division,
    "back": _division,
}
