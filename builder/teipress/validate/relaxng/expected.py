"""A state → what can come next, and what it still needs."""

from __future__ import annotations

from collections.abc import Iterator

from teipress.validate.relaxng.names import singles
from teipress.validate.relaxng.patterns import NOT_ALLOWED, Attribute, Choice, Group, Opened, Pattern
from teipress.validate.relaxng.patterns import Element as ElementPattern


def skipping(state: Pattern, tag: str, depth: int = 2) -> Opened:
    """What an element of this name can begin once something that is missing before it is taken as there."""
    if depth == 0 or state is NOT_ALLOWED or not reaches(state, tag):
        return ()
    rests = dict.fromkeys(rest for first in firsts(state) for _, rest in state.opened(first) if rest is not state)
    for rest in rests:
        if found := rest.opened(tag):
            return found
    return next((found for rest in rests if (found := skipping(rest, tag, depth - 1))), ())


def reaches(state: Pattern, tag: str) -> bool:
    """Whether an element of this name occurs in a state at all."""
    waiting, seen = [state], {state}
    while waiting:
        node = waiting.pop()
        if isinstance(node, ElementPattern):
            if tag in singles(node.names):
                return True
        elif node.has_elements:
            fresh = [p for p in node.parts() if p not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
    return False


def firsts(state: Pattern) -> Iterator[str]:
    """The names of the elements that can come next."""
    if isinstance(state, ElementPattern):
        yield from singles(state.names)
    elif isinstance(state, Group):
        yield from firsts(state.first)
        if state.first.nullable:
            yield from firsts(state.second)
    elif state.has_elements:
        for part in state.parts():
            yield from firsts(part)


def attributes(state: Pattern) -> Iterator[str]:
    """The names of the attributes that a state can take."""
    if isinstance(state, Attribute):
        yield from singles(state.names)
    elif state.has_attributes:
        for part in state.parts():
            yield from attributes(part)


def required(state: Pattern) -> Iterator[Attribute]:
    """The attributes that a state cannot do without; of a choice, all that would do."""
    if isinstance(state, Attribute):
        yield state
    elif state.has_attributes and not state.nullable:
        if isinstance(state, Choice) and any(p.closed() is not NOT_ALLOWED for p in state.items):
            return
        for part in state.parts():
            yield from required(part)


def leading_to(state: Pattern, tag: str) -> Iterator[str]:
    """The elements that are missing before one of this name: after them it can come, at once or in a while."""
    openers = [first for first in dict.fromkeys(firsts(state)) for _, rest in state.opened(first) if rest is not state]
    direct = [f for f in openers if any(rest.opened(tag) for _, rest in state.opened(f))]
    yield from direct or openers


def completing(state: Pattern) -> Iterator[str]:
    """The elements after which a state is complete; if none is, those that bring it nearer."""
    names = list(dict.fromkeys(firsts(state)))
    done = [n for n in names if any(rest.nullable for _, rest in state.opened(n))]
    yield from done or [n for n in names if any(rest is not state for _, rest in state.opened(n))]
