"""A text → the tree of its headed divisions, for contents lists, navigation and the splitting of pages."""

from __future__ import annotations

from collections.abc import Iterator

from teipress import tei
from teipress.edition import Division
from teipress.tei import Element

DIVISIONS = frozenset({"div", "div1", "div2", "div3", "div4", "div5", "div6", "div7"})
_TRANSPARENT = frozenset({"text", "front", "body", "back", "group", "TEI", "floatingText", "sourceDoc", "standOff"})
NOT_IN_HEADINGS = ("note", "pb", "fw", "cb", "stamp", "index", "anchor", "gap")


def divisions(root: Element, level: int = 1) -> Iterator[Division]:
    """The headed divisions directly below `root`; one without a heading lends its place to those inside it."""
    for element in root:
        if not tei.is_element(element) or tei.is_hidden(element):
            continue
        name = tei.local(element)
        title = heading(element) if name in DIVISIONS or name == "attachment" else ""
        if title:
            parts = tuple(divisions(element, level + 1))
            yield Division(element.get(tei.XML_ID, ""), title, element.get("n", ""), level, element, parts)
        elif name in DIVISIONS or name in _TRANSPARENT or name == "attachment":
            yield from divisions(element, level)


def heading(element: Element) -> str:
    """The heading of a division as one line, without notes and breaks."""
    head = element.find(tei.tei("head"))
    if head is None:
        return ""
    lines = [tei.line_of_text(head, skip=NOT_IN_HEADINGS)]
    following = head.getnext()
    if following is not None and following.tag == head.tag and following.get("type") == "sub":
        lines.append(tei.line_of_text(following, skip=NOT_IN_HEADINGS))
    return ". ".join(line for line in lines if line)
