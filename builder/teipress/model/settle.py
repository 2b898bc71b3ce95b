"""Settle: breaks and marks that stand between rows, items or paragraphs → the nearest place that can show them.

Page breaks really do stand between the rows of a table or the items of a list (HTML has no room for them there), and
between paragraphs, where a printed page could leave one behind alone. Each moves into the cell, item or paragraph
that follows, or the last cell or item before it; a note between blocks, to the end of the one before it, which calls
it. So the order of the text never changes.
"""

from __future__ import annotations

from teipress import tei
from teipress.model.notes import caller as caller_of
from teipress.tables import fit
from teipress.tei import Element

_MARKS = frozenset({"pb", "cb", "lb", "gb", "gap", "anchor", "milestone", "note", "fw", "space", "handShift", "index"})
_ROOMS = {"table": ("head", "row"), "row": ("cell",), "list": ("head", "label", "item"), "listBibl": ("head", "bibl")}
_NEXT = frozenset({"p", "ab", "titlePage"})  # blocks that take in a page break just before them


def settle(root: Element) -> None:
    """Move misplaced marks in place, tables before rows so that a mark sinks to a cell."""
    for name, rooms in _ROOMS.items():
        for container in list(tei.elements(root, name)):
            _settle(container, rooms)

    for table in tei.elements(root, "table"):
        fit(table)

    for mark in reversed(list(tei.elements(root, "pb"))):  # the last of several makes room for those before it
        if (block := tei.directly_before(mark)) is not None and tei.is_tei(block) and tei.local(block) in _NEXT:
            tei.prepend(block, mark)
    for note in list(tei.elements(root, "note")):
        if (caller := caller_of(note)) is not None:
            tei.append(caller, note)


def _settle(container: Element, rooms: tuple[str, ...]) -> None:
    children = [c for c in container if tei.is_element(c)]
    for i, mark in enumerate(children):
        if tei.local(mark) not in _MARKS or not tei.is_tei(mark):
            continue
        following = [c for c in children[i + 1 :] if tei.local(c) in rooms]
        before = [c for c in children[:i] if tei.local(c) in rooms]
        if following:
            _into(following[0], mark, children[:i])
        elif before:
            tei.append(before[-1], mark)


def _into(room: Element, mark: Element, earlier: list[Element]) -> None:
    """Put a mark at the start of a room, behind marks that came there before it."""
    tail_room = [c for c in room if c in earlier]
    if tail_room:
        tei.after(tail_room[-1], mark)
    else:
        tei.prepend(room, mark)
