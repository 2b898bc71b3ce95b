"""Rules and a tree → findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from teipress import tei
from teipress.findings import CODES, Finding, finding
from teipress.tei import Element
from teipress.validate.schematron.engines import Broken, Elementpath, Engine, Engines, Unable
from teipress.validate.schematron.schema import Check, Expression, Lets, Pattern, Rule, Schema, Text
from teipress.validate.schematron.xpath import (
    CURRENT,
    anywhere,
    branches,
    is_rooted,
    needed,
    selects_elements,
    variables,
)

Known = Mapping[str, Any]
_LATER = 'if it is of a later XPath, the schema has to say so: queryBinding="xslt2"'


def check(schema: Schema, engines: Engines, root: Element, phase: str = "") -> list[Finding]:
    """What the rules of a schema, in one of its phases, find in a tree, and what is wrong with the rules."""
    try:
        return _Checking(schema, engines, root).findings(phase)
    finally:
        engines.close()


class _Checking:
    def __init__(self, schema: Schema, engines: Engines, root: Element) -> None:
        self.schema = schema
        self.engines = engines
        self.root = root
        self.tags = {str(e.tag) for e in tei.elements(root)}
        self.problems: dict[Expression | str, Finding] = {}
        self.outer: dict[tuple[int, int], dict[str, Any]] = {}  # variables of patterns by engine

    def findings(self, phase: str) -> list[Finding]:
        self.lets, patterns = self._active(phase)
        if self.schema.version == 1:
            self._compile(patterns)
        found = [f for pattern in patterns for f in self._pattern(pattern)]
        return [*self.schema.problems, *self.problems.values(), *found]

    def _active(self, phase: str) -> tuple[Lets, tuple[Pattern, ...]]:
        name = self.schema.default_phase if phase in ("", "#DEFAULT") else phase
        if name in ("", "#ALL"):
            return self.schema.lets, self.schema.patterns
        if name not in self.schema.phases:
            known = ", ".join(self.schema.phases) or "none"
            message, hint = f'the schema has no phase "{name}", so all rules are checked', f"its phases: {known}"
            self.problems["phase"] = finding("G002", message, str(self.schema.path), hint=hint)
            return self.schema.lets, self.schema.patterns
        chosen = self.schema.phases[name]
        return self.schema.lets + chosen.lets, tuple(p for p in self.schema.patterns if p.id in chosen.active)

    def _compile(self, patterns: Iterable[Pattern]) -> None:
        """Tells of a broken expression even if no node of this document comes to it; with lxml that costs nothing."""
        lets = [let for _, let in (*self.lets, *(let for p in patterns for let in p.lets))]
        own = [e for p in patterns for rule in p.rules for e, _ in rule.expressions()]
        for expression in (*lets, *own):
            if self.engines.lxml.compiled(expression.text) is None:
                self._broken(expression, Broken("this is no XPath 1.0"))

    # patterns and rules

    def _pattern(self, pattern: Pattern) -> Iterator[Finding]:
        taken: set[Any] = set()
        for rule in pattern.rules:
            nodes = [node for node in self._nodes(rule, pattern) if node not in taken]
            taken.update(nodes)
            if nodes and rule.checks:
                yield from self._rule(rule, pattern, nodes)

    def _nodes(self, rule: Rule, pattern: Pattern) -> list[Any]:
        """The nodes that fit a rule's context; no engine is asked for a name that does not occur."""
        context = rule.context
        parts = branches(context.text)
        if not any(self._may_occur(part) for part in parts):
            return []
        by_lxml = all(map(selects_elements, parts)) and self.engines.lxml.compiled(anywhere(context.text)) is not None
        try:
            if by_lxml:
                try:
                    return self._nodes_by(self.engines.lxml, context, pattern)
                except Unable:
                    pass  # a variable that lxml cannot hold
            return self._nodes_by(self._elementpath(), context, pattern)
        except Broken as error:
            self._broken(context, error)
            return []

    def _may_occur(self, branch: str) -> bool:
        names = needed(branch, self.schema.namespaces)
        return names is None or names <= self.tags

    def _nodes_by(self, engine: Engine, context: Expression, pattern: Pattern) -> list[Any]:
        known = self._outer(engine, pattern)
        return engine.nodes(context.text, self.root, _used(context, known))

    def _rule(self, rule: Rule, pattern: Pattern, nodes: list[Any]) -> list[Finding]:
        lxml = self.engines.lxml
        if all(isinstance(node, etree._Element) for node in nodes) and (
            self.schema.version == 1 or all(lxml.compiled(e.text, as_text) for e, as_text in rule.expressions())
        ):
            try:
                return list(self._checked(lxml, rule, pattern, nodes))
            except Unable:
                pass  # elementpath begins anew
        return list(self._checked(self._elementpath(), rule, pattern, nodes))

    def _checked(self, engine: Engine, rule: Rule, pattern: Pattern, nodes: list[Any]) -> Iterator[Finding]:
        outer = self._outer(engine, pattern)
        for node in nodes:
            known = self._known(engine, rule.lets, {**outer, CURRENT: node}, node)
            for item in rule.checks:
                try:
                    if engine.holds(item.test.text, node, _used(item.test, known)) == item.reports:
                        yield self._finding(engine, item, node, known)
                except Broken as error:
                    self._broken(item.test, error, node)

    # variables

    def _elementpath(self) -> Elementpath:
        return self.engines.elementpath(self.root)

    def _outer(self, engine: Engine, pattern: Pattern) -> dict[str, Any]:
        """The variables of the schema, the phase and a pattern; each engine has its own values."""
        key, schema_key = (id(engine), id(pattern)), (id(engine), 0)
        if schema_key not in self.outer:
            self.outer[schema_key] = self._known(engine, self.lets, {}, None)
        if key not in self.outer:
            self.outer[key] = self._known(engine, pattern.lets, self.outer[schema_key], None)
        return self.outer[key]

    def _known(self, engine: Engine, lets: Lets, outer: dict[str, Any], node: Any) -> dict[str, Any]:
        """Variables with those around them. One that cannot be had is an exception, for whoever uses it."""
        if not lets:
            return outer
        known = dict(outer)
        for name, let in lets:
            try:
                known[name] = self._value(engine, let, node, known)
            except Unable as error:
                known[name] = error
            except Broken as error:
                known[name] = error
                self._broken(let, error, node)
        return known

    def _value(self, engine: Engine, let: Expression, node: Any, known: Known) -> Any:
        used = _used(let, known)
        if node is not None:
            return engine.value(let.text, node, used)
        if isinstance(engine, Elementpath):
            return engine.value(let.text, engine.document, used)
        if not is_rooted(let.text):  # lxml has no document node to start from
            raise Unable
        return engine.value(let.text, self.root, used)

    # findings

    def _finding(self, engine: Engine, item: Check, node: Any, known: Known) -> Finding:
        code = item.id.split(".")[0]
        code = code if code in CODES else "S001"
        place = self._subject(engine, item, node, known)
        message = self._text(engine, item.message, node, known) or f'the rule "{item.test.text}" is not kept'
        hints = [self._text(engine, text, node, known) for text in item.diagnostics]
        if item.see:
            hints.append(f"see {item.see}")
        if code == "S001" and item.id:
            hints.append(f'rule "{item.id}"')
        severity = item.severity or CODES[code].severity
        return Finding(code, severity, message, self._file(place), tei.line_of(place), "; ".join(filter(None, hints)))

    def _subject(self, engine: Engine, item: Check, node: Any, known: Known) -> Element:
        """The element to tell a finding at: the subject if the rule has one, or the closest to the node."""
        subject: Any = node
        if item.subject is not None:
            try:
                found = engine.value(item.subject.text, node, _used(item.subject, known))
                subject = found[0] if isinstance(found, list) and found else node
            except Broken as error:
                self._broken(item.subject, error, node)
        return self._element(subject)

    def _element(self, node: Any) -> Element:
        while node is not None and not isinstance(node, etree._Element):
            if isinstance(getattr(node, "value", None), etree._Element):
                return node.value  # type: ignore[no-any-return]
            node = getattr(node, "parent", None)
        return self.root if node is None else node

    def _file(self, place: Element) -> str:
        return tei.file_of(place) or tei.file_of(self.root)

    def _text(self, engine: Engine, text: Text, node: Any, known: Known) -> str:
        return " ".join("".join(self._part(engine, part, node, known) for part in text).split())

    def _part(self, engine: Engine, part: str | Expression, node: Any, known: Known) -> str:
        if isinstance(part, str):
            return part
        try:
            return engine.string(part.text, node, _used(part, known))
        except Broken as error:
            self._broken(part, error, node)
            return "?"

    def _broken(self, expression: Expression, error: Broken, node: Any = None) -> None:
        """One finding an expression, wherever it fails."""
        if expression in self.problems or not str(error):
            return
        message = f'the {expression.what} "{" ".join(expression.text.split())}" cannot be evaluated: {error}'
        hint = _LATER if self.schema.version == 1 else ""
        if not hint and node is not None:
            element = self._element(node)
            hint = f"first met in {self._file(element)}:{tei.line_of(element)}"
        self.problems[expression] = finding("G002", message, expression.file, expression.line, hint)


def _used(expression: Expression, known: Known) -> Known:
    """The variables that an expression mentions.

    Raises:
        Unable: the engine cannot hold one of them.
        Broken: one of them is broken, which has been told.
    """
    used = {}
    for name in variables(expression.text):
        value = known.get(name, _UNKNOWN)
        if isinstance(value, Unable):
            raise Unable
        if isinstance(value, Broken):
            raise Broken
        if value is not _UNKNOWN:
            used[name] = value
    if CURRENT in known:
        used[CURRENT] = known[CURRENT]
    return used


_UNKNOWN = object()
