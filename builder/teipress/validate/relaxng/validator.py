"""A tree and a start pattern → faults: every independent one, each at the element that it is about.

A state of the validator is one pattern for each thing that an element can be. When nothing can be gone on with, a
fault is noted and the state is mended in the way that lets the document go on best: what is missing is taken as there,
what is in the way as not there, a misspelt name as the one that it is close to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TypeAlias

from teipress import tei
from teipress.tei import Element
from teipress.validate.relaxng.expected import attributes, firsts, leading_to, skipping
from teipress.validate.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    WHITE_SPACE,
    Attribute,
    Choice,
    Data,
    List,
    OneOrMore,
    Opened,
    Pair,
    Path,
    Pattern,
    choice,
    matches,
    one_or_more,
)
from teipress.validate.relaxng.patterns import Element as ElementPattern
from teipress.validate.relaxng.values import Context, collapse


class Kind(Enum):
    """What is wrong."""

    UNKNOWN = "the schema has no such element"
    MISPLACED = "an element that cannot stand here"
    TOO_EARLY = "something is missing before an element"
    UNFINISHED = "something is missing at the end of an element"
    ATTRIBUTE = "an attribute that is not allowed"
    NO_ATTRIBUTE = "an attribute that is missing"
    VALUE = "a value that an attribute cannot have"
    TEXT = "text where none may be"
    CONTENT = "text that an element cannot have"
    ROOT = "a root that the schema does not begin with"
    SAME_ID = "an identifier that another element has"
    NO_ID = "a reference to an identifier that no element has"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: at `element`, about the attribute or element `name`; `states` are what could have come instead."""

    kind: Kind
    element: Element = field(repr=False)
    name: str = ""
    states: tuple[Pattern, ...] = field(default=(), repr=False)
    like: str = ""


Known: TypeAlias = Callable[[str], Sequence[ElementPattern]]  # name → the patterns that a schema has for such elements
Close: TypeAlias = Callable[[str, Sequence[str]], str]  # a name, those that could stand there → the one that is meant


class Validator:
    """Validates one tree."""

    def __init__(self, start: Pattern, known: Known, close: Close) -> None:
        self._start, self._known, self._close = start, known, close
        self.faults: list[Fault] = []
        self._told: set[Element] = set()  # elements that stand in a wrong place, and what they stand in
        self._mended: set[Element | None] = set()
        self._excused: dict[Element | None, set[str]] = {}  # what a fault took as there, for when it comes after all
        self._ids: dict[str, Element] = {}
        self._references: list[tuple[str, str, Element]] = []

    def validate(self, root: Element) -> list[Fault]:
        """Every fault of a tree, in the order of the document."""
        opened = self._start.opened(str(root.tag))
        if opened:
            self._visit(root, tuple(e for e, _ in opened))
        else:
            self._fault(Kind.ROOT, root, str(root.tag), (self._start,))
            self._apart(root)
        for name, token, element in dict.fromkeys(self._references):  # once, however many patterns ask for it
            if token not in self._ids:
                self._fault(Kind.NO_ID, element, name, like=token)
        return self.faults

    def _fault(
        self, kind: Kind, element: Element, name: str = "", states: tuple[Pattern, ...] = (), like: str = ""
    ) -> None:
        self.faults.append(Fault(kind, element, name, states, like))

    # One element

    def _visit(self, element: Element, candidates: tuple[ElementPattern, ...]) -> list[bool]:
        """Which of the patterns that it can be an element matches; after a fault, those that it came close to."""
        states = self._attributes(element, candidates)
        parts = tei.content(element)
        if any(not isinstance(part, str) for part in parts):
            states = self._children(element, parts, states)
        else:
            return self._leaf(element, "".join(map(str, parts)), states)
        accepted = [state.nullable for state in states]
        if any(accepted):
            return accepted
        if element not in self._mended:  # what stands in a wrong place may be what is missing in the right one
            self._fault(Kind.UNFINISHED, element, states=tuple(s for s in states if s is not NOT_ALLOWED))
        return [state is not NOT_ALLOWED for state in states]

    def _attributes(self, element: Element, candidates: tuple[ElementPattern, ...]) -> list[Pattern]:
        """The states after the start tag."""
        if len(candidates) == 1:
            quick = self._quick(element, candidates[0])
            if quick is not None:
                return [quick]
        context = context_of(element)
        alternatives: list[set[Pattern]] = [{c.content} for c in candidates]
        for name, value in tei.attributes(element):
            alternatives = self._attribute(element, name, value, context, alternatives)
        states = [choice(*(a.closed() for a in found)) for found in alternatives]
        if all(s is NOT_ALLOWED for s in states):
            before = tuple(a for found in alternatives for a in found)
            self._fault(Kind.NO_ATTRIBUTE, element, states=before)
            states = [choice(*(without_attributes(a) for a in found)) for found in alternatives]
        return states

    def _attribute(
        self, element: Element, name: str, value: str, context: Context, before: list[set[Pattern]]
    ) -> list[set[Pattern]]:
        after: list[set[Pattern]] = []
        loose: list[set[Pattern]] = []
        values: dict[Pattern, None] = {}
        for found in before:
            alternatives = [pair for a in found for pair in a.attributed(name)]
            values.update((v, None) for v, _ in alternatives)
            fitting = [(v, rest) for v, rest in alternatives if matches(v, value, context)]
            after.append({rest for _, rest in fitting})
            if kind := next((k for v, _ in fitting if (k := id_type(v))), ""):
                self._identify(element, name, value, kind)
            loose.append({rest for _, rest in alternatives})
        if any(after):
            return after
        if values:
            self._fault(Kind.VALUE, element, name, tuple(values))
            return loose
        states = tuple(a for found in before for a in found)
        like = self._close(
            name, sorted({n for a in states for n in attributes(a)} - {n for n, _ in tei.attributes(element)})
        )
        self._fault(Kind.ATTRIBUTE, element, name, states, like)
        return (
            [{rest for a in found for _, rest in a.attributed(like)} or found for found in before] if like else before
        )

    def _quick(self, element: Element, candidate: ElementPattern) -> Pattern | None:
        """The state after the start tag where its attributes leave no choice and have good values."""
        names = tuple(element.keys())
        if tei.XML_BASE in names:
            return None  # what reading noted has to be told from what was written
        if names not in candidate.paths:
            candidate.paths[names] = path(candidate, names)
        found = candidate.paths[names]
        if found is None:
            return None
        values, kinds, state = found
        if values:
            context = partial(prefixed, element)
            given = element.values()
            for pattern, value in zip(values, given, strict=True):
                if not matches(pattern, value, context):
                    return None
            for name, kind, value in zip(names, kinds, given, strict=True) if any(kinds) else ():
                if kind:
                    self._identify(element, name, value, kind)
        return state

    def _identify(self, element: Element, name: str, value: str, kind: str) -> None:
        """Take note of an identifier, or of a reference to one (RELAX NG DTD Compatibility, 5)."""
        if kind != "ID":
            self._references += [(name, token, element) for token in collapse(value).split(" ")]
        elif self._ids.setdefault(collapse(value), element) is not element:
            self._fault(Kind.SAME_ID, element, name, like=collapse(value))

    def _leaf(self, element: Element, text: str, states: list[Pattern]) -> list[bool]:
        """An element that holds text only, or nothing."""
        context = context_of(element)
        accepted = [matches(state, text, context) for state in states]
        if any(accepted):
            return accepted
        alive = tuple(s for s in states if s is not NOT_ALLOWED)
        if any(s.has_data for s in alive):
            self._fault(Kind.CONTENT, element, states=alive)
        elif text.strip(WHITE_SPACE) and not any(s.has_text for s in alive):
            self._fault(Kind.TEXT, element, states=alive)  # the text may be what is missing, in want of its element
        else:
            self._fault(Kind.UNFINISHED, element, states=alive)
        return [state is not NOT_ALLOWED for state in states]

    def _children(self, element: Element, parts: list[str | Element], states: list[Pattern]) -> list[Pattern]:
        """The states after all that stands in an element."""
        told = False
        context = context_of(element)
        for part in parts:
            if isinstance(part, str):
                if part.strip(WHITE_SPACE):
                    after = [s.texted(part, context) for s in states]
                    if any(s is not NOT_ALLOWED for s in after):
                        states = after
                    elif not told:
                        told = True  # once an element: its other pieces of text have the same cause
                        self._mended.add(element)
                        self._fault(Kind.TEXT, element, states=tuple(s for s in states if s is not NOT_ALLOWED))
            else:
                states = self._child(part, states)
        return states

    def _child(self, child: Element, states: list[Pattern]) -> list[Pattern]:
        opened = [s.opened(str(child.tag)) for s in states]
        if not any(opened):
            states, opened = self._mend(child, states)
            if not any(opened):
                return states
        candidates = tuple(dict.fromkeys(e for found in opened for e, _ in found))
        accepted = dict(zip(candidates, self._visit(child, candidates), strict=True))
        return [choice(*(rest for e, rest in found if accepted[e])) for found in opened]

    # When nothing can be gone on with

    def _mend(self, child: Element, states: list[Pattern]) -> tuple[list[Pattern], list[Opened]]:
        """Note what is wrong with a child, and go on: with the states as they are, or as if it were right."""
        tag, parent = str(child.tag), child.getparent()
        alive = tuple(s for s in states if s is not NOT_ALLOWED)
        if tag in self._excused.get(parent, ()) or self._goes_on(child):
            self._told.add(child)  # of the same cause as a fault before it
            self._apart(child)
            return states, [() for _ in states]
        skipped = [skipping(s, tag) for s in states]
        if any(skipped):
            self._fault(Kind.TOO_EARLY, child, tag, alive)
            self._excused[parent] = {name for s in alive for name in leading_to(s, tag)}
            return states, skipped
        known = bool(self._known(tag))
        kind = Kind.MISPLACED if known else Kind.UNKNOWN
        like = "" if known else self._close(tag, sorted({t for s in alive for t in firsts(s)}))
        self._fault(kind, child, tag, alive, like)
        if like:
            return states, [s.opened(like) for s in states]
        self._told.add(child)
        self._mended.add(parent)
        self._apart(child)
        return states, [() for _ in states]

    def _goes_on(self, child: Element) -> bool:
        """Whether a child is one of a row of the same name of which the first was found to be in a wrong place."""
        before = tei.previous(child)
        return before is not None and before.tag == child.tag and before in self._told

    def _apart(self, element: Element) -> None:
        """Look for faults in an element wherever it stands, if anything is known of it, else in its children."""
        if known := tuple(self._known(str(element.tag))):
            self._visit(element, known)
        else:
            self._lost(element)

    def _lost(self, element: Element) -> None:
        """Look for faults in the children of an element of which nothing is known."""
        for child in tei.content(element):
            if not isinstance(child, str):
                self._apart(child)


def id_type(value: Pattern) -> str:
    """ID, IDREF or IDREFS if that is what a pattern for a value asks for."""
    while isinstance(value, List | OneOrMore):
        value = value.item
    return value.datatype.id_type if isinstance(value, Data) else ""


def path(candidate: ElementPattern, names: tuple[str, ...]) -> Path | None:
    """What some attributes of an element must be, and the state after them; None where there are alternatives."""
    state = candidate.content
    values: list[Pattern] = []
    for name in names:
        found = state.attributed(name)
        if len(found) != 1:
            return None
        ((value, state),) = found
        values.append(value)
    after = state.closed()
    return None if after is NOT_ALLOWED else (tuple(values), tuple(map(id_type, values)), after)


def without_attributes(state: Pattern) -> Pattern:
    """A state as if all the attributes that it still wants were there."""
    if isinstance(state, Attribute):
        return EMPTY
    if not state.has_attributes:
        return state
    if isinstance(state, Choice):
        return choice(*map(without_attributes, state.items))
    if isinstance(state, Pair):
        return state.join(without_attributes(state.first), without_attributes(state.second))
    return one_or_more(without_attributes(state.item)) if isinstance(state, OneOrMore) else state


def prefixed(element: Element, prefix: str) -> str | None:
    """The namespace that a prefix stands for at an element."""
    return tei.XML if prefix == "xml" else element.nsmap.get(prefix or None)


def context_of(element: Element) -> Context:
    """What prefixes stand for at an element."""
    return partial(prefixed, element)
