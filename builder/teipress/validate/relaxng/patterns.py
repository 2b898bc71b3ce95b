"""Patterns and their derivatives: what may still come after a part of an element has been read.

After James Clark's algorithm ("An algorithm for RELAX NG validation"), in two ways different from it. A state is the
pattern of one element's content and does not carry those of its ancestors: which elements are open is the validator's
business. And a start tag or an attribute gives a list of alternatives, (what it may be, what may follow), so that the
content of an element is a state of its own, shared wherever that element may stand.

Patterns are made by the functions `choice`, `group`, … only, which keep one object for each: equal patterns are
identical, and each remembers its derivatives. Nothing is derived that no document asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from teipress.validate.relaxng.datatypes import Datatype
from teipress.validate.relaxng.names import NameClass, contains, is_open, singles
from teipress.validate.relaxng.values import Context, collapse

WHITE_SPACE = " \t\r\n"


class Pattern:
    """What is common to all patterns.

    `nullable`: may match nothing. `has_attributes`, `has_text`, `has_data`, `has_elements`: what it holds outside of
    elements and attributes that stand in it. `has_data` means strings that are looked at (data, value, list).
    """

    __slots__ = ("_after_attributes", "_closed", "_opened", "_texted", "has_attributes", "has_data",
                 "has_elements", "has_text", "nullable")  # fmt: skip

    def __init__(self, nullable: bool, parts: Iterable[Pattern] = ()) -> None:
        self.nullable = nullable
        self.has_attributes = self.has_text = self.has_data = self.has_elements = False
        for part in parts:
            self.has_attributes |= part.has_attributes
            self.has_text |= part.has_text
            self.has_data |= part.has_data
            self.has_elements |= part.has_elements
        self._opened: dict[str, Opened] = {}
        self._after_attributes: dict[str, Attributed] = {}
        self._closed: Pattern | None = None
        self._texted: Pattern | None = None

    # What each kind of pattern says of itself; asked once, and remembered by the functions below

    def _open(self, tag: str) -> Opened:
        return ()

    def _attribute(self, tag: str) -> Attributed:
        return ()

    def _close(self) -> Pattern:
        return self

    def _text(self, text: str, context: Context) -> Pattern:
        return NOT_ALLOWED

    # The derivatives

    def opened(self, tag: str) -> Opened:
        """What a start tag of this name can begin: elements, each with what may follow it."""
        found = self._opened.get(tag)
        if found is None:
            found = self._opened[tag] = self._open(tag)
        return found

    def attributed(self, tag: str) -> Attributed:
        """What an attribute of this name can be: patterns for its value, each with what may follow it."""
        found = self._after_attributes.get(tag)
        if found is None:
            found = self._after_attributes[tag] = self._attribute(tag)
        return found

    def closed(self) -> Pattern:
        """What is left when no further attribute comes."""
        if not self.has_attributes:
            return self
        if self._closed is None:
            self._closed = self._close()
        return self._closed

    def texted(self, text: str, context: Context) -> Pattern:
        """What is left after some text."""
        if self.has_data:
            return self._text(text, context)
        if self._texted is None:
            self._texted = self._text(text, context) if self.has_text else NOT_ALLOWED
        return self._texted

    def parts(self) -> tuple[Pattern, ...]:
        """The patterns that this one is made of, without going into elements and attributes."""
        return ()


Opened: TypeAlias = tuple[tuple["Element", Pattern], ...]
Attributed: TypeAlias = tuple[tuple[Pattern, Pattern], ...]
# the patterns of the values of some attributes, which of them are identifiers, and the state after them
Path: TypeAlias = tuple[tuple[Pattern, ...], tuple[str, ...], Pattern]


class Empty(Pattern):
    """Nothing."""

    __slots__ = ()


class NotAllowed(Pattern):
    """No document matches."""

    __slots__ = ()


class Text(Pattern):
    """Any text, and none."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(True)
        self.has_text = True

    def _text(self, text: str, context: Context) -> Pattern:
        return self


class Choice(Pattern):
    """One of several."""

    __slots__ = ("_by_name", "_others", "items")

    def __init__(self, items: tuple[Pattern, ...]) -> None:
        super().__init__(any(i.nullable for i in items), items)
        self.items = items
        self._by_name: dict[str, list[Element]] | None = None
        self._others: list[Pattern] = []

    def _index(self) -> dict[str, list[Element]]:
        """Elements by name: a paragraph of TEI is a choice of some two hundred."""
        index: dict[str, list[Element]] = {}
        for item in self.items:
            if isinstance(item, Element) and not is_open(item.names):
                for tag in singles(item.names):
                    index.setdefault(tag, []).append(item)
            elif item.has_elements:
                self._others.append(item)
        self._by_name = index
        return index

    def _open(self, tag: str) -> Opened:
        index = self._by_name if self._by_name is not None else self._index()
        found = [(element, EMPTY) for element in index.get(tag, ())]
        return merged([*found, *(o for other in self._others for o in other.opened(tag))])

    def _attribute(self, tag: str) -> Attributed:
        return merged([a for item in self.items if item.has_attributes for a in item.attributed(tag)])

    def _close(self) -> Pattern:
        return choice(*(item.closed() for item in self.items))

    def _text(self, text: str, context: Context) -> Pattern:
        return choice(*(item.texted(text, context) for item in self.items if item.has_text or item.has_data))

    def parts(self) -> tuple[Pattern, ...]:  # noqa: D102 — says what the same method of Pattern does
        return self.items


class Pair(Pattern):
    """Two patterns that must both be matched; the order of attributes never counts."""

    __slots__ = ("first", "second")

    def __init__(self, first: Pattern, second: Pattern) -> None:
        super().__init__(first.nullable and second.nullable, (first, second))
        self.first, self.second = first, second

    def join(self, first: Pattern, second: Pattern) -> Pattern:
        """Two patterns put together in the same way."""
        raise NotImplementedError

    def _attribute(self, tag: str) -> Attributed:
        found = [(v, self.join(rest, self.second)) for v, rest in self.first.attributed(tag)]
        found += [(v, self.join(self.first, rest)) for v, rest in self.second.attributed(tag)]
        return merged(found)

    def _close(self) -> Pattern:
        return self.join(self.first.closed(), self.second.closed())

    def parts(self) -> tuple[Pattern, ...]:  # noqa: D102 — says what the same method of Pattern does
        return self.first, self.second


class Group(Pair):
    """One, then the other."""

    __slots__ = ()

    def join(self, first: Pattern, second: Pattern) -> Pattern:  # noqa: D102 — says what the same method of Pair does
        return group(first, second)

    def _open(self, tag: str) -> Opened:
        found = [(e, group(rest, self.second)) for e, rest in self.first.opened(tag)]
        if self.first.nullable:
            found += self.second.opened(tag)
        return merged(found)

    def _text(self, text: str, context: Context) -> Pattern:
        after = group(self.first.texted(text, context), self.second)
        return choice(after, self.second.texted(text, context)) if self.first.nullable else after


class Interleave(Pair):
    """Both, mixed in any way."""

    __slots__ = ()

    def join(self, first: Pattern, second: Pattern) -> Pattern:  # noqa: D102 — says what the same method of Pair does
        return interleave(first, second)

    def _open(self, tag: str) -> Opened:
        found = [(e, interleave(rest, self.second)) for e, rest in self.first.opened(tag)]
        found += [(e, interleave(self.first, rest)) for e, rest in self.second.opened(tag)]
        return merged(found)

    def _text(self, text: str, context: Context) -> Pattern:
        return choice(
            interleave(self.first.texted(text, context), self.second),
            interleave(self.first, self.second.texted(text, context)),
        )


class OneOrMore(Pattern):
    """Once or several times."""

    __slots__ = ("item",)

    def __init__(self, item: Pattern) -> None:
        super().__init__(item.nullable, (item,))
        self.item = item

    def _open(self, tag: str) -> Opened:
        again = choice(self, EMPTY)
        return merged([(e, group(rest, again)) for e, rest in self.item.opened(tag)])

    def _attribute(self, tag: str) -> Attributed:
        again = choice(self, EMPTY)
        return merged([(v, group(rest, again)) for v, rest in self.item.attributed(tag)])

    def _close(self) -> Pattern:
        return one_or_more(self.item.closed())

    def _text(self, text: str, context: Context) -> Pattern:
        return group(self.item.texted(text, context), choice(self, EMPTY))

    def parts(self) -> tuple[Pattern, ...]:  # noqa: D102 — says what the same method of Pattern does
        return (self.item,)


class Element(Pattern):
    """An element; its content is made when it is first asked for, which is also what ends recursion.

    `source` is where the schema defines it; `paths` is the validator's memory of sets of attributes.
    """

    __slots__ = ("_content", "_make", "names", "paths", "source")

    def __init__(self, names: NameClass, make: Callable[[], Pattern], source: Any = None) -> None:
        super().__init__(False)
        self.has_elements = True
        self.names = names
        self.source = source
        self._make = make
        self._content: Pattern | None = None
        self.paths: dict[tuple[str, ...], Path | None] = {}

    @property
    def content(self) -> Pattern:
        """The pattern of its attributes and of what stands in it."""
        if self._content is None:
            self._content = self._make()
        return self._content

    def _open(self, tag: str) -> Opened:
        return ((self, EMPTY),) if contains(self.names, tag) else ()


class Attribute(Pattern):
    """An attribute whose value matches a pattern."""

    __slots__ = ("names", "source", "value")

    def __init__(self, names: NameClass, value: Pattern, source: Any = None) -> None:
        super().__init__(False)
        self.has_attributes = True
        self.names, self.value, self.source = names, value, source

    def _attribute(self, tag: str) -> Attributed:
        return ((self.value, EMPTY),) if contains(self.names, tag) else ()

    def _close(self) -> Pattern:
        return NOT_ALLOWED


class Data(Pattern):
    """Text of a datatype, but nothing that matches `other`."""

    __slots__ = ("datatype", "other")

    def __init__(self, datatype: Datatype, other: Pattern | None = None) -> None:
        super().__init__(False)
        self.has_data = True
        self.datatype, self.other = datatype, other

    def _text(self, text: str, context: Context) -> Pattern:
        if not self.datatype.allows(text, context):
            return NOT_ALLOWED
        return EMPTY if self.other is None or not matches(self.other, text, context) else NOT_ALLOWED


class Value(Pattern):
    """One value of a datatype, however it is written."""

    __slots__ = ("_meant", "context", "datatype", "text")

    def __init__(self, datatype: Datatype, text: str, context: Context) -> None:
        super().__init__(False)
        self.has_data = True
        self.datatype, self.text, self.context = datatype, text, context
        self._meant = datatype.value(text, context)

    def _text(self, text: str, context: Context) -> Pattern:
        return EMPTY if self.datatype.value(text, context) == self._meant else NOT_ALLOWED


class List(Pattern):
    """Text that is a list of tokens."""

    __slots__ = ("item",)

    def __init__(self, item: Pattern) -> None:
        super().__init__(False)
        self.has_data = True
        self.item = item

    def _text(self, text: str, context: Context) -> Pattern:
        left = self.item
        for token in filter(None, collapse(text).split(" ")):
            left = left.texted(token, context)
        return EMPTY if left.nullable else NOT_ALLOWED


def matches(pattern: Pattern, text: str, context: Context) -> bool:
    """Whether a pattern without elements matches a string: the value of an attribute, the text of an element."""
    if pattern.texted(text, context).nullable:
        return True
    return pattern.nullable and not text.strip(WHITE_SPACE)


# The constructors: one object for each pattern

EMPTY: Pattern = Empty(True)
NOT_ALLOWED: Pattern = NotAllowed(False)
TEXT: Pattern = Text()

_made: dict[Any, Pattern] = {}


def choice(*patterns: Pattern) -> Pattern:
    """One of some patterns: choices in it dissolved, doubles and what is not allowed left out."""
    items: dict[Pattern, None] = {}
    for pattern in patterns:
        if isinstance(pattern, Choice):
            items.update(dict.fromkeys(pattern.items))
        elif pattern is not NOT_ALLOWED:
            items[pattern] = None
    if len(items) < 2:
        return next(iter(items), NOT_ALLOWED)
    if EMPTY in items and sum(i.nullable for i in items) > 1:
        del items[EMPTY]
        return choice(*items)
    key = (Choice, frozenset(items))
    found = _made.get(key)
    if found is None:
        found = _made[key] = Choice(tuple(items))
    return found


def group(first: Pattern, second: Pattern) -> Pattern:
    """One pattern, then another; grouped to the right."""
    if first is NOT_ALLOWED or second is NOT_ALLOWED:
        return NOT_ALLOWED
    if first is EMPTY:
        return second
    if second is EMPTY:
        return first
    if isinstance(first, Group):
        return group(first.first, group(first.second, second))
    return _make(Group, first, second)


def interleave(first: Pattern, second: Pattern) -> Pattern:
    """Two patterns mixed."""
    if first is NOT_ALLOWED or second is NOT_ALLOWED:
        return NOT_ALLOWED
    if first is EMPTY:
        return second
    if second is EMPTY:
        return first
    return _make(Interleave, first, second)


def one_or_more(item: Pattern) -> Pattern:
    """A pattern once or several times."""
    if item is NOT_ALLOWED or item is EMPTY or isinstance(item, OneOrMore) or item is TEXT:
        return item
    return _make(OneOrMore, item)


def attribute(names: NameClass, value: Pattern, source: Any = None) -> Pattern:
    """An attribute."""
    return NOT_ALLOWED if value is NOT_ALLOWED else Attribute(names, value, source)


def tokens(item: Pattern) -> Pattern:
    """A list of tokens."""
    return NOT_ALLOWED if item is NOT_ALLOWED else _make(List, item)


def data(datatype: Datatype, other: Pattern | None = None) -> Pattern:
    """Text of a datatype."""
    return _make(Data, datatype, None if other is NOT_ALLOWED else other)


def optional(item: Pattern) -> Pattern:
    """A pattern or nothing."""
    return choice(item, EMPTY)


def _make(kind: type[Any], *parts: Any) -> Pattern:
    key = (kind, *parts)
    found = _made.get(key)
    if found is None:
        found = _made[key] = kind(*parts)
    return found


def merged(found: list[tuple[Any, Pattern]]) -> tuple[tuple[Any, Pattern], ...]:
    """Alternatives, those that are the same thing joined; one that cannot be gone on from is none."""
    if len(found) == 1:
        return tuple(found) if found[0][1] is not NOT_ALLOWED else ()
    joined: dict[Any, Pattern] = {}
    for what, rest in found:
        if rest is not NOT_ALLOWED:
            joined[what] = choice(joined[what], rest) if what in joined else rest
    return tuple(joined.items())
