"""A RELAX NG schema in XML → the pattern that it starts with (RELAX NG specification, 4).

Definitions are put together when the first reference asks for them, so that of a large schema only what a document
touches is ever built; `check` builds all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TypeAlias

from teipress import tei
from teipress.tei import Element
from teipress.validate.relaxng.datatypes import DatatypeError, datatype
from teipress.validate.relaxng.names import (
    AnyName,
    Name,
    NameChoice,
    NameClass,
    NsName,
    clark,
    namespace_of,
    representatives,
    wildcards,
)  # fmt: skip
from teipress.validate.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Pattern,
    Value,
    attribute,
    choice,
    data,
    group,
    interleave,
    one_or_more,
    optional,
    tokens,
)  # fmt: skip
from teipress.validate.relaxng.patterns import (
    Element as ElementPattern,
)
from teipress.validate.relaxng.syntax import check_syntax, children, fail, name_of

Load: TypeAlias = Callable[[Element, str], Element]  # an element that refers to another file, its href → that root

XMLNS = "http://www.w3.org/2000/xmlns"
_XML = {"xml": tei.XML}


@dataclass(frozen=True, slots=True)
class Env:
    """What holds at a place of a schema: the namespace, the datatype library, the grammar that it belongs to."""

    namespace: str = ""
    library: str = ""
    scope: Scope | None = None
    opened: tuple[Element, ...] = ()

    def at(self, node: Element) -> Env:
        """What holds inside an element of a schema."""
        namespace, library = node.get("ns"), node.get("datatypeLibrary")
        if namespace is None and library is None:
            return self
        return replace(
            self,
            namespace=self.namespace if namespace is None else namespace,
            library=self.library if library is None else library,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One of the elements that define a name, and what holds there."""

    node: Element
    env: Env


@dataclass(eq=False)
class Scope:
    """A grammar: what each of its names stands for; the empty name is its start."""

    parent: Scope | None = None
    defined: dict[str, list[Part]] = field(default_factory=dict)
    built: dict[str, Pattern] = field(default_factory=dict)
    building: set[str] = field(default_factory=set)


class Builder:
    """Turns the elements of a schema into patterns; `load` fetches the files that it refers to."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._elements: dict[Element, ElementPattern] = {}
        self.roots: list[Element] = []
        self._scopes: list[Scope] = []
        self._reached = True

    def start(self, root: Element, checked: bool = False) -> Pattern:
        """The pattern that a whole document must match; `checked`: the syntax of its files is known to be right.

        Raises:
            SchemaError: the schema is wrong.
        """
        self._checked = checked
        if not checked:
            check_syntax(root)
        return self.pattern(root, Env())

    def element_at(self, node: Element) -> ElementPattern | None:
        """The pattern for an element of the schema that defines an element; None if nothing can refer to it."""
        if node not in self._elements:
            outer = next(a for a in node.iterancestors() if name_of(a) in ("element", "define", "grammar"))
            if name_of(outer) == "element" and (holder := self.element_at(outer)) is not None:
                holder.content  # noqa: B018 — makes the elements in it
            elif name_of(outer) == "define":
                name = _trimmed(outer, "name")
                scope = next((s for s in self._scopes if name in s.defined), None)
                self.defined(name, node, scope)
        return self._elements.get(node)

    def build_all(self) -> None:
        """Build what no reference leads to as well, so that a fault in it is found.

        Raises:
            SchemaError: the schema is wrong.
        """
        self._reached = False
        for scope in self._scopes:  # grows while it is worked through
            for name, parts in scope.defined.items():
                if name not in scope.built:
                    self.patterns((c for p in parts for c in children(p.node)), parts[0].env)
        built: set[Element] = set()
        while waiting := [n for n in self._elements if n not in built]:
            for node in waiting:
                built.add(node)
                self._elements[node].content  # noqa: B018

    def pattern(self, node: Element, env: Env) -> Pattern:
        """The pattern that one element of a schema stands for."""
        env = env.at(node)
        return _KINDS[name_of(node)](self, node, env)

    def patterns(self, nodes: Iterable[Element], env: Env) -> list[Pattern]:
        """The patterns that some elements stand for."""
        return [self.pattern(node, env) for node in nodes]

    def _group(self, node: Element, env: Env) -> Pattern:
        return _fold(group, self.patterns(children(node), env))

    def _choice(self, node: Element, env: Env) -> Pattern:
        return choice(*self.patterns(children(node), env))

    def _interleave(self, node: Element, env: Env) -> Pattern:
        return _fold(interleave, self.patterns(children(node), env))

    def _mixed(self, node: Element, env: Env) -> Pattern:
        return interleave(TEXT, self._group(node, env))

    def _element(self, node: Element, env: Env) -> Pattern:
        names, content = self._named(node, env)
        made = ElementPattern(names, lambda: _fold(group, self.patterns(content, env)), node)
        self._elements[node] = made
        return made

    def _attribute(self, node: Element, env: Env) -> Pattern:
        # an attribute that has its name as an attribute is in no namespace unless it says so itself (4.8)
        names, content = self._named(node, env, default=node.get("ns") or "")
        if any(tag == "xmlns" or namespace_of(tag) == XMLNS for tag in representatives(names)):
            fail(node, "xmlns cannot be declared as an attribute")
        return attribute(names, self.pattern(content[0], env) if content else TEXT, node)

    def _named(self, node: Element, env: Env, default: str | None = None) -> tuple[NameClass, list[Element]]:
        if (given := node.get("name")) is not None:
            return self._name(node, given, env.namespace if default is None else default), children(node)
        first, *content = children(node)
        names = self.name_class(first, env)
        _check_names(names, first)
        return names, content

    def name_class(self, node: Element, env: Env) -> NameClass:
        """The names that an element of a schema stands for."""
        env = env.at(node)
        name = name_of(node)
        if name == "name":
            return self._name(node, tei.text(node), env.namespace)
        if name == "choice":
            return NameChoice(tuple(self.name_class(c, env) for c in children(node)))
        other = [self.name_class(c, env) for e in children(node) for c in children(e)]
        excepted = None if not other else other[0] if len(other) == 1 else NameChoice(tuple(other))
        return AnyName(excepted) if name == "anyName" else NsName(env.namespace, excepted)

    def _name(self, node: Element, given: str, namespace: str) -> Name:
        prefix, colon, local = given.strip(" \t\r\n").rpartition(":")
        return Name(clark((node.nsmap | _XML)[prefix] if colon else namespace, local))

    def _data(self, node: Element, env: Env) -> Pattern:
        params = tuple((_trimmed(p, "name"), tei.text(p)) for p in children(node) if name_of(p) == "param")
        excepted = [self.pattern(c, env) for e in children(node) if name_of(e) == "except" for c in children(e)]
        try:
            made = datatype(env.library, _trimmed(node, "type"), params)
        except DatatypeError as error:
            fail(node, str(error))
        return data(made, choice(*excepted) if excepted else None)

    def _value(self, node: Element, env: Env) -> Pattern:
        given = node.get("type")
        namespaces = {prefix or "": uri for prefix, uri in node.nsmap.items()} | _XML | {"": env.namespace}
        text = tei.text(node)
        try:
            made = datatype(env.library, given.strip(), ()) if given is not None else datatype("", "token")
        except DatatypeError as error:
            fail(node, str(error))
        if not made.allows(text, namespaces.get):
            fail(node, f'"{text}" is no {made.name}')
        return Value(made, text, namespaces.get)

    def _list(self, node: Element, env: Env) -> Pattern:
        return tokens(self._group(node, env))

    # Grammars

    def _grammar(self, node: Element, env: Env) -> Pattern:
        scope = Scope(env.scope)
        self._scopes.append(scope)
        inner = replace(env, scope=scope)
        for name, part in self.components(node, inner):
            scope.defined.setdefault(name, []).append(part)
        if "" not in scope.defined:
            fail(node, "the grammar has no <start>")
        for name, parts in scope.defined.items():
            _check_combine(name, parts)
        return self.defined("", node, scope)

    def components(self, node: Element, env: Env) -> Iterator[tuple[str, Part]]:
        """What a grammar defines, in order, with the files that it includes."""
        for child in children(node):
            name, inner = name_of(child), env.at(child)
            if name == "div":
                yield from self.components(child, inner)
            elif name == "include":
                yield from self._included(child, inner)
            else:
                yield (_trimmed(child, "name") if name == "define" else ""), Part(child, inner)

    def _included(self, node: Element, env: Env) -> Iterator[tuple[str, Part]]:
        own = list(self.components(node, env))
        replaced = {name for name, _ in own}
        root, inner = self._opened(node, env)
        if name_of(root) != "grammar":
            fail(node, f'"{node.get("href")}" is no grammar, so it cannot be included')
        present = set()
        for name, part in self.components(root, inner.at(root)):
            present.add(name)
            if name not in replaced:
                yield name, part
        for name in replaced - present:
            what = f'"{name}"' if name else "start"
            fail(node, f'{what} is to replace what "{node.get("href")}" does not define')
        yield from own

    def _external(self, node: Element, env: Env) -> Pattern:
        root, inner = self._opened(node, env)
        return self.pattern(root, inner)

    def _opened(self, node: Element, env: Env) -> tuple[Element, Env]:
        """The root of the file that an element refers to, and what holds there: the library is not handed on (4.4)."""
        root = self._load(node, node.get("href", ""))
        if any(_file(root) == _file(other) for other in env.opened) or len(env.opened) > 100:
            fail(node, f'"{node.get("href")}" includes itself')
        if not self._checked:
            check_syntax(root)
        self.roots.append(root)
        return root, replace(env, library="", opened=(*env.opened, root))

    def _ref(self, node: Element, env: Env) -> Pattern:
        return self.defined(_trimmed(node, "name"), node, env.scope)

    def _parent_ref(self, node: Element, env: Env) -> Pattern:
        return self.defined(_trimmed(node, "name"), node, env.scope.parent if env.scope else None)

    def defined(self, name: str, node: Element, scope: Scope | None) -> Pattern:
        """What a name stands for in a grammar."""
        if scope is None or name not in scope.defined:
            fail(node, f'"{name}" is not defined')
        if name in scope.built:
            return scope.built[name]
        if name in scope.building:
            if self._reached:
                fail(node, f'"{name}" is defined by itself with no element between')
            return NOT_ALLOWED  # nothing refers to it, so it is as if it were not there (4.19)
        scope.building.add(name)
        parts = scope.defined[name]
        patterns = [self._group(p.node, p.env) for p in parts]
        combine = next((_trimmed(p.node, "combine") for p in parts if p.node.get("combine")), "choice")
        made = choice(*patterns) if combine == "choice" else _fold(interleave, patterns)
        scope.building.discard(name)
        scope.built[name] = made
        return made


_KINDS: dict[str, Callable[[Builder, Element, Env], Pattern]] = {
    "element": Builder._element,
    "attribute": Builder._attribute,
    "group": Builder._group,
    "choice": Builder._choice,
    "interleave": Builder._interleave,
    "mixed": Builder._mixed,
    "optional": lambda b, node, env: optional(b._group(node, env)),
    "zeroOrMore": lambda b, node, env: optional(one_or_more(b._group(node, env))),
    "oneOrMore": lambda b, node, env: one_or_more(b._group(node, env)),
    "list": Builder._list,
    "data": Builder._data,
    "value": Builder._value,
    "ref": Builder._ref,
    "parentRef": Builder._parent_ref,
    "externalRef": Builder._external,
    "grammar": Builder._grammar,
    "empty": lambda b, node, env: EMPTY,
    "text": lambda b, node, env: TEXT,
    "notAllowed": lambda b, node, env: NOT_ALLOWED,
}


def _file(root: Element) -> str:
    return root.getroottree().docinfo.URL or ""


def _fold(join: Callable[[Pattern, Pattern], Pattern], patterns: list[Pattern]) -> Pattern:
    """Some patterns joined from the right, so that a long group is taken apart from the front at no cost."""
    return reduce(lambda rest, first: join(first, rest), reversed(patterns)) if patterns else EMPTY


def _check_names(names: NameClass, node: Element) -> None:
    """No wildcard in an exception to a wildcard of its kind (4.16)."""
    for wildcard in wildcards(names):
        forbidden = AnyName if isinstance(wildcard, AnyName) else AnyName | NsName
        if wildcard.other is not None and any(isinstance(w, forbidden) for w in wildcards(wildcard.other)):
            fail(node, "a wildcard cannot be an exception to a wildcard that is no larger")


def _trimmed(node: Element, key: str) -> str:
    return (node.get(key) or "").strip(" \t\r\n")


def _check_combine(name: str, parts: list[Part]) -> None:
    """Of several definitions of a name at most one may lack combine, and the others must agree (4.17)."""
    given = [_trimmed(p.node, "combine") for p in parts]
    if given.count("") > 1:
        fail(parts[-1].node, f'"{name or "start"}" is defined twice without combine')
    if len(set(filter(None, given))) > 1:
        fail(parts[-1].node, f'"{name or "start"}" is combined in two ways')
