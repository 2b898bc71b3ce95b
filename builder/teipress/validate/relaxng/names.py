"""Name classes: which names an element or attribute pattern is for (RELAX NG specification, 3 and 7.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

IMPOSSIBLE = "\x00"  # no namespace and no local name is this; it stands for all that a schema does not mention


@dataclass(frozen=True, slots=True)
class Name:
    """One name, in Clark notation."""

    tag: str


@dataclass(frozen=True, slots=True)
class AnyName:
    """Every name, but those of `other`."""

    other: NameClass | None = None


@dataclass(frozen=True, slots=True)
class NsName:
    """Every name of a namespace, but those of `other`."""

    namespace: str
    other: NameClass | None = None


@dataclass(frozen=True, slots=True)
class NameChoice:
    """The names of any of some classes."""

    classes: tuple[NameClass, ...]


NameClass: TypeAlias = Name | AnyName | NsName | NameChoice


def contains(names: NameClass, tag: str) -> bool:
    """Whether a name in Clark notation belongs to a class."""
    match names:
        case Name():
            return names.tag == tag
        case NsName():
            if namespace_of(tag) != names.namespace:
                return False
            return names.other is None or not contains(names.other, tag)
        case AnyName():
            return names.other is None or not contains(names.other, tag)
        case NameChoice():
            return any(contains(c, tag) for c in names.classes)


def namespace_of(tag: str) -> str:
    """The namespace of a name in Clark notation."""
    return tag[1 : tag.index("}")] if tag[0] == "{" else ""


def clark(namespace: str, local: str) -> str:
    """A name in Clark notation, as lxml writes it."""
    return f"{{{namespace}}}{local}" if namespace else local


def singles(names: NameClass) -> Iterator[str]:
    """The names that a class lists one by one, those of exceptions left aside."""
    match names:
        case Name():
            yield names.tag
        case NameChoice():
            for c in names.classes:
                yield from singles(c)


def is_open(names: NameClass) -> bool:
    """Whether a class has names that it does not list: a wildcard."""
    if isinstance(names, NameChoice):
        return any(map(is_open, names.classes))
    return not isinstance(names, Name)


def wildcards(names: NameClass) -> Iterator[AnyName | NsName]:
    """The wildcards that a class consists of, those in exceptions left aside."""
    if isinstance(names, NameChoice):
        for c in names.classes:
            yield from wildcards(c)
    elif not isinstance(names, Name):
        yield names


def overlap(a: NameClass, b: NameClass) -> bool:
    """Whether some name belongs to both classes; it is enough to try the names that either of them mentions."""
    return any(contains(a, tag) and contains(b, tag) for c in (a, b) for tag in representatives(c))


def representatives(names: NameClass) -> Iterator[str]:
    """A name for each kind of name that a class or an exception of it mentions."""
    match names:
        case Name():
            yield names.tag
        case NsName():
            yield clark(names.namespace, IMPOSSIBLE)
            if names.other:
                yield from representatives(names.other)
        case AnyName():
            yield clark(IMPOSSIBLE, IMPOSSIBLE)
            if names.other:
                yield from representatives(names.other)
        case NameChoice():
            for c in names.classes:
                yield from representatives(c)
