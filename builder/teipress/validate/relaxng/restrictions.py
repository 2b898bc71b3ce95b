"""Patterns → errors in what a schema means (RELAX NG specification, 7)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from teipress.validate.relaxng.names import Name, NameClass, is_open, overlap, singles
from teipress.validate.relaxng.patterns import (
    EMPTY,
    TEXT,
    Attribute,
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    List,
    NotAllowed,
    OneOrMore,
    Pattern,
    Value,
)  # fmt: skip
from teipress.validate.relaxng.syntax import SchemaError, fail

_KINDS = {Attribute: "attribute", Data: "data", Value: "value", List: "list", Group: "group",
          Interleave: "interleave", OneOrMore: "oneOrMore", Element: "element"}  # fmt: skip
# what may stand nowhere below what (7.1); a dot leads through several
_FORBIDDEN: dict[str, frozenset[str]] = {
    "attribute": frozenset({"attribute", "element"}),
    "list": frozenset({"list", "element", "attribute", "text", "interleave"}),
    "except": frozenset({"attribute", "element", "list", "text", "group", "interleave", "oneOrMore", "empty"}),
    "start": frozenset({"attribute", "data", "value", "list", "text", "group", "interleave", "oneOrMore", "empty"}),
    "repeated": frozenset({"attribute"}),
}
_WORDS = {"except": "an <except> of <data>", "start": "<start>", "repeated": "a repeated group", "list": "<list>",
          "attribute": "<attribute>"}  # fmt: skip
NONE, SOME, STRING = 0, 1, 2  # content types (7.2): empty, elements and text, data


def check_restrictions(start: Pattern, root: object) -> None:
    """Raise SchemaError for the first restriction that a schema breaks; this builds all that can be reached."""
    _below(start, ("start",), root)
    seen: set[Element] = set()
    waiting = list(_elements(start))
    while waiting:
        element = waiting.pop()
        if element in seen:
            continue
        seen.add(element)
        _below(element.content, (), element.source)
        if _content_type(element.content, element.source) is None:
            _fault(element.source, "data or a list cannot stand beside elements, text or other data (7.2)")
        waiting.extend(_elements(element.content))


def _elements(pattern: Pattern) -> Iterator[Element]:
    """The elements in a pattern, without those in them."""
    waiting, seen = [pattern], set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element):
            yield node
        elif node.has_elements and node not in seen:
            seen.add(node)
            waiting.extend(node.parts())


def _fault(source: object, message: str) -> None:
    if source is None:
        raise SchemaError(message)
    fail(source, message)  # type: ignore[arg-type]


def _kind(pattern: Pattern) -> str:
    if pattern is TEXT:
        return "text"
    if pattern is EMPTY:
        return "empty"
    return _KINDS.get(type(pattern), "")


def _below(pattern: Pattern, outer: tuple[str, ...], source: object) -> None:
    """Check what stands below what, and the restrictions on groups, without going into elements."""
    kind = _kind(pattern)
    for place in outer:
        if kind in _FORBIDDEN.get(place, ()):
            _fault(source, f"<{kind}> cannot stand in {_WORDS[place]} (7.1)")
    if isinstance(pattern, Attribute):
        _check_attribute(pattern, outer)
        _below(pattern.value, ("attribute",), pattern.source)
    elif isinstance(pattern, Data) and pattern.other is not None:
        _below(pattern.other, ("except",), source)
    elif isinstance(pattern, Group | Interleave):
        _check_pair(pattern, source)
    for part in (pattern.item,) if isinstance(pattern, List) else pattern.parts():
        _below(part, _outer(kind, outer), source)


def _outer(kind: str, outer: tuple[str, ...]) -> tuple[str, ...]:
    """The places around what stands in a pattern: a group that is repeated is one of its own (7.1.2)."""
    if kind in ("list", "oneOrMore"):
        return (*outer, kind)
    return (*outer, "repeated") if kind in ("group", "interleave") and "oneOrMore" in outer else outer


def _check_attribute(pattern: Attribute, outer: tuple[str, ...]) -> None:
    if is_open(pattern.names):
        if "oneOrMore" not in outer:
            _fault(pattern.source, "an attribute with a wildcard must be repeated: put it in <oneOrMore> (7.3)")
        if pattern.value is not TEXT:
            _fault(pattern.source, "an attribute with a wildcard must take any text (7.3)")


def _check_pair(pattern: Group | Interleave, source: object) -> None:
    """No attribute twice (7.3); in an interleave no element and no text in both halves (7.4)."""
    first, second = pattern.parts()
    if first.has_attributes and second.has_attributes and _share(_names(first), _names(second)):
        twice = next(b for a in _attributes(first) for b in _attributes(second) if overlap(a.names, b.names))
        _fault(twice.source, f"the attribute {_shown(twice.names)} is there twice (7.3)")
    if isinstance(pattern, Interleave):
        if first.has_text and second.has_text:
            _fault(source, "text stands in both halves of an <interleave> (7.4)")
        for x in _elements(first) if second.has_elements else ():
            for y in _elements(second):
                if overlap(x.names, y.names):
                    _fault(y.source, f"the element {_shown(y.names)} is in both halves of an <interleave> (7.4)")


def _share(first: frozenset[NameClass], second: frozenset[NameClass]) -> bool:
    """Whether two sets of name classes have a name in common."""
    if not first.isdisjoint(second):
        return True
    wide = [(a, b) for a in first for b in second if not (isinstance(a, Name) and isinstance(b, Name))]
    return any(overlap(a, b) for a, b in wide)


@cache
def _names(pattern: Pattern) -> frozenset[NameClass]:
    """The name classes of the attributes in a pattern; remembered, since groups share their ends."""
    if isinstance(pattern, Attribute):
        return frozenset({pattern.names})
    return frozenset().union(*(_names(part) for part in pattern.parts() if part.has_attributes))


def _attributes(pattern: Pattern) -> Iterator[Attribute]:
    if isinstance(pattern, Attribute):
        yield pattern
    elif pattern.has_attributes:
        for part in pattern.parts():
            yield from _attributes(part)


def _shown(names: NameClass) -> str:
    tag = next(singles(names), "*")
    return tag[tag.rfind("}") + 1 :]


def _content_type(pattern: Pattern, source: object) -> int | None:
    """How much a content may hold (7.2); None if it groups what cannot be grouped."""
    if isinstance(pattern, Choice):
        types = [_content_type(p, source) for p in pattern.items]
        return None if None in types else max(t for t in types if t is not None)
    if isinstance(pattern, Group | Interleave):
        first, second = (_content_type(p, source) for p in pattern.parts())
        return max(first, second) if first is not None and second is not None and _groupable(first, second) else None
    if isinstance(pattern, OneOrMore):
        found = _content_type(pattern.item, source)
        return found if found is not None and _groupable(found, found) else None
    if isinstance(pattern, Data | Value | List):
        return STRING
    if isinstance(pattern, Attribute):
        if _content_type(pattern.value, source) is None:
            _fault(pattern.source, "the value of an attribute cannot be grouped data (7.2)")
        return NONE
    return NONE if pattern is EMPTY or isinstance(pattern, NotAllowed) else SOME


def _groupable(a: int, b: int) -> bool:
    return a == NONE or b == NONE or (a == SOME and b == SOME)
