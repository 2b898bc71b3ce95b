"""Numbered paragraphs at the foot of pages or under "Notes" → notes, and their numbers in the text → calls.

A note stays where it stands, so that the words keep their order; the call in the text and the note point at each
other. A group of notes is encoded as a whole, or not at all: only where every note of it has its call, in order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from teipress.encode.nodes import Node, Span
from teipress.encode.profile import Profile
from teipress.encode.structure.blocks import RULE
from teipress.encode.structure.lines import raw
from teipress.encode.transcription import Transcription
from teipress.findings import Finding, finding

_RULE = "footnotes"

_NUMBER = re.compile(
    r"<sup>(?P<sup>\d{1,3}|[*†‡])</sup>|\[\^(?P<caret>\w{1,8})\]:|\[(?P<bracket>\d{1,3})\]|(?P<raised>[¹²³⁰⁴-⁹]{1,3})"
    r"|(?P<plain>\d{1,3})(?:[.)]|(?=\s))|\\?(?P<sign>\*{1,3}|[†‡])(?=\s?\S)"
)
_CALL = re.compile(
    r"<sup>(?P<sup>\d{1,3}|[*†‡])</sup>|\[\^(?P<caret>\w{1,8})\](?!:)|\[(?P<bracket>\d{1,3})\]"
    r"|(?P<raised>[¹²³⁰⁴-⁹]{1,3})|(?<=[^\s*])(?P<sign>\*{1,3}|[†‡])(?=[\s.,;]|$)"
    r"|(?:(?<=[^\W\d_])|(?<=[^\W\d_][.,;:!?”\"’)\]])|(?<=[^\W\d_][.,!?][”\"’)]))(?P<plain>\d{1,3})(?![\w%°]|[.,-]\d)"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_OWN = frozenset({"sup", "caret", "raised"})  # marks that nothing but a note has
_HEADINGS = re.compile(r"(?:foot|end)?notes|anmerkungen|fußnoten|примечания|сноски|注|註|注釈|références", re.I)


Call: TypeAlias = tuple[int, int, str]  # the characters of a number in the text, and its kind of mark


class Noted(NamedTuple):
    """All blocks again, with notes among them; calls, labels and marks; what the editor should look at."""

    nodes: list[Node]
    spans: list[Span]
    findings: list[Finding]


@dataclass(slots=True)
class _Note:
    """What may be a note: its lines, its label, the kind of its mark, and where that and its characters stand."""

    lines: list[tuple[int, int]]
    label: str
    kind: str
    mark: tuple[int, int]
    number: tuple[int, int]


@dataclass(slots=True)
class _Group:
    """Notes one after the other; `first` and `last` are the places of their blocks in the list."""

    first: int
    last: int
    place: str
    notes: list[_Note] = field(default_factory=list)


def footnotes(nodes: list[Node], source: Transcription, profile: Profile) -> Noted:
    """Put notes in the place of paragraphs and numbered lists that have calls in the text before them.

    A note is ``note[@type="authorial"]`` with its number as a `label` and @n; the number in the text is
    ``ref[@type="noteCall"]``; @target of the one and @corresp of the other point at each other. Finding D007 names the
    notes that look like such and have no call.
    """
    made = Noted([], [], [])
    done = since = count = 0
    for group in _groups(nodes, source.text) if profile.has(_RULE) else ():
        start, end = nodes[group.first].start, nodes[group.last].end
        calls = _matched(group.notes, source.text, 0 if group.place == "end" else since, start)
        made.nodes.extend(nodes[done : group.first])
        done, since = group.last + 1, end
        missing = [n for n, call in zip(group.notes, calls, strict=True) if call is None]
        if missing:
            made.nodes.extend(nodes[group.first : done])
            made.findings.extend(_told(group, missing, source))
            continue
        for note, call in zip(group.notes, calls, strict=True):
            count += 1
            name = f"{profile.id}-n{count}"
            made.nodes.append(_node(note, name, group.place))
            made.spans.extend(_spans(note, call or (0, 0, ""), name))
    return made._replace(nodes=[*made.nodes, *nodes[done:]])


def _groups(nodes: Sequence[Node], text: str) -> Iterator[_Group]:
    """Runs of blocks that are all notes: behind a rule, under a heading for notes, or with marks of their own."""
    group: _Group | None = None
    place = ""
    for k, node in enumerate(nodes):
        found = list(_notes(node, text)) if node.name in ("p", "list") else []
        if found and (place or found[0].kind in _OWN) and _goes_on(group, found):
            group = group or _Group(k, k, place or "bottom")
            group.notes += found
            group.last = k
            continue
        if group:
            yield group
        group = None
        if node.name == RULE or (node.name == "milestone" and node.attributes.get("rend") == "rule"):
            place = "bottom"
        elif node.name == "head":
            place = "end" if _HEADINGS.fullmatch(" ".join(text[a:b] for a, b in node.lines).strip("*_ :")) else ""
        elif place == "bottom":
            place = ""
    if group:
        yield group


def _goes_on(group: _Group | None, found: Sequence[_Note]) -> bool:
    """Whether notes carry on the count of a group."""
    if not group:
        return True
    last, following = group.notes[-1].label, found[0].label
    return not (last.isdecimal() and following.isdecimal()) or int(following) == int(last) + 1


def _notes(node: Node, text: str) -> Iterator[_Note]:
    """The notes that a block consists of; none if its first line has no number."""
    if node.name == "list":
        yield from _listed(node, text)
        return
    note: _Note | None = None
    for start, end in (r for line in node.lines for r in raw(text, *line)):
        found = _NUMBER.match(text, start, end)
        begun = _begun(found, (start, end)) if found else None
        if begun and (note is None or _follows(note, begun)):
            if note:
                yield note
            note = begun
        elif note is None:
            return
        else:
            note.lines.append((start, end))
    if note:
        yield note


def _begun(found: re.Match[str], line: tuple[int, int]) -> _Note | None:
    kind = found.lastgroup or ""
    label = found[kind].translate(_RAISED)
    return _Note([line], label, kind, found.span(), found.span(kind)) if found.end() < line[1] else None


def _follows(note: _Note, begun: _Note) -> bool:
    """Whether a line inside a paragraph begins the next note and does not just begin with a number."""
    numbers = note.label.isdecimal() and begun.label.isdecimal()
    return begun.kind == note.kind and (int(begun.label) == int(note.label) + 1 if numbers else not numbers)


def _listed(node: Node, text: str) -> Iterator[_Note]:
    """The items of a numbered list, if there is nothing in them but their text."""
    pairs = list(zip(node.children[::2], node.children[1::2], strict=False))
    if any(a.name != "label" or b.name != "item" or b.children or not b.lines for a, b in pairs):
        return
    for label, item in pairs:
        (start, end), *_ = label.lines
        digits = re.match(r"\d{1,3}", text[start:end])
        if digits:
            lines = [(start, item.lines[0][1]), *item.lines[1:]]
            yield _Note(lines, digits[0], "plain", (start, end), (start, start + len(digits[0])))


def _matched(notes: Iterable[_Note], text: str, start: int, end: int) -> list[Call | None]:
    """For each note the characters of its call and the kind of mark there, each behind the last; None for none."""
    places: dict[str, list[Call]] = {}
    for found in _CALL.finditer(text, start, end):
        kind = found.lastgroup or ""
        places.setdefault(found[kind].translate(_RAISED), []).append((*found.span(kind), kind))
    calls: list[Call | None] = []
    for note in notes:
        known = [c for c in places.get(note.label, []) if _can_call(c[2], note.kind)]
        k = bisect_left(known, (start, 0, ""))
        calls.append(known[k] if k < len(known) else None)
        start = known[k][1] if k < len(known) else start
    return calls


def _can_call(call: str, note: str) -> bool:
    """Whether a mark in the text can be that of a note: marks with brackets are so at both ends."""
    return call == note if "caret" in (call, note) else note != "sign" or call in ("sign", "sup")


def _told(group: _Group, missing: list[_Note], source: Transcription) -> Iterator[Finding]:
    """What to say of notes without a call. A numbered list behind a rule of which no number is called is a list."""
    if len(missing) == len(group.notes) and group.place == "bottom" and missing[0].kind not in _OWN:
        return
    labels = ", ".join(note.label for note in missing[:5]) + (" …" if len(missing) > 5 else "")
    message = f"no number in the text before calls the note {labels}, and the notes beside it stay paragraphs"
    line = source.line_of(missing[0].lines[0][0])
    yield finding("D007", message, source.name, line, "look for the number, which the OCR may have missed or misread")


def _node(note: _Note, name: str, place: str) -> Node:
    attributes = {"xml:id": name, "type": "authorial", "place": place, "n": note.label, "corresp": f"#{name}-call"}
    cert = "high" if note.kind in _OWN or note.kind == "bracket" else "medium"
    return Node("note", note.lines, attributes, by=_RULE, cert=cert)


def _spans(note: _Note, call: Call, name: str) -> Iterator[Span]:
    """The call and the label, each with the signs around its number."""
    start, end, kind = call
    before, behind = {"bracket": (1, 1), "caret": (2, 1)}.get(kind, (0, 0))
    pointing = (("type", "noteCall"), ("target", f"#{name}"), ("xml:id", f"{name}-call"))
    yield Span(*(note.number if note.kind in ("sup", "sign") else note.mark), "label")
    yield Span(start - before, end + behind, "ref", pointing)
