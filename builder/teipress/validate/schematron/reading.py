"""The files of a schema → patterns and rules as data; abstract patterns and abstract rules are carried out here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teipress import tei
from teipress.findings import Severity
from teipress.tei import Element
from teipress.validate.schematron.files import SCH, Files
from teipress.validate.schematron.schema import Check, Expression, Lets, Pattern, Phase, Rule, Schema

_XPATH_1 = frozenset({"xslt", "xslt1", "exslt", "xpath", "xpath1"})
_XPATH_3 = frozenset({"xslt2", "xslt3", "xpath2", "xpath3", "xpath31", "xquery", "xquery3", "xquery31"})
_ROLES = {
    **dict.fromkeys(("fatal", "error"), Severity.ERROR),
    **dict.fromkeys(("warning", "warn", "caution"), Severity.WARNING),
    **dict.fromkeys(("info", "information", "informational", "note", "hint", "debug", "trace"), Severity.NOTE),
}


def read_schema(path: Path) -> Schema:
    """Read a .sch, or the rules in a .rng.

    Raises:
        OSError, etree.XMLSyntaxError: the file cannot be read. What it includes may be missing; that is a problem.
    """
    return _Reader(Files(path)).schema()


def _is(element: Element | None, *names: str) -> bool:
    return element is not None and element.tag in [SCH + name for name in names]


@dataclass
class _Reader:
    files: Files

    def schema(self) -> Schema:
        top = self.files.roots[0]
        phases = {phase.get("id", ""): self._phase(phase) for phase in self._all("phase")}
        return Schema(
            self.files.path, self._version(top), self._namespaces(), self._schema_lets(),
            tuple(self._patterns()), phases, top.get("defaultPhase", ""), self.files.problems,
        )  # fmt: skip

    def _all(self, name: str) -> Iterator[Element]:
        for root in self.files.roots:
            yield from root.iter(SCH + name)

    def _version(self, top: Element) -> int:
        """XPath 1.0 where a schema says nothing, as ISO has it; in a grammar 3.1, as all that TEI makes are."""
        if not _is(top, "schema"):
            return 3
        binding = top.get("queryBinding", "xslt").lower()
        if binding not in _XPATH_1 | _XPATH_3:
            hint = "teipress reads xslt, xslt2, xslt3, xpath, xpath2 and xpath3; these rules are read as XPath 3.1"
            self.files.problem(top, f'the query binding "{binding}" is not known', hint)
        return 1 if binding in _XPATH_1 else 3

    def _namespaces(self) -> dict[str, str]:
        found = dict(tei.NAMESPACES)
        for root in self.files.roots:
            found |= {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        return found | {prefix: ns.get("uri", "") for ns in self._all("ns") if (prefix := ns.get("prefix"))}

    # patterns and rules

    def _patterns(self) -> Iterator[Pattern]:
        abstract = {p.get("id", ""): p for p in self._all("pattern") if p.get("abstract") == "true"}
        for element in self._all("pattern"):
            if element.get("abstract") == "true":
                continue
            if (name := element.get("is-a")) is None:
                yield self._pattern(element)
            elif name in abstract:
                yield self._pattern(_instance(abstract[name], element))
            else:
                self.files.problem(element, f'there is no abstract pattern "{name}"')
        for element in self._all("rule"):
            if not _is(element.getparent(), "pattern", "rules"):  # straight in a grammar
                yield Pattern(element.get("id", ""), (), tuple(self._rules([element], [])))

    def _pattern(self, element: Element) -> Pattern:
        rules = element.findall(f".//{SCH}rule")
        return Pattern(element.get("id", ""), self._lets(element), tuple(self._rules(rules, rules)))

    def _rules(self, elements: list[Element], near: list[Element]) -> Iterator[Rule]:
        for element in elements:
            if element.get("abstract") != "true":
                parts = list(self._extended(element, near, ()))
                checks = tuple(self._check(part, element) for part in parts if _is(part, "assert", "report"))
                lets = tuple(self._let(part) for part in parts if _is(part, "let"))
                yield Rule(self._expression(element, "context"), lets, checks)

    def _extended(self, element: Element, near: list[Element], stack: tuple[str, ...]) -> Iterator[Element]:
        """The parts of a rule, with those of the abstract rules that it extends in their place."""
        for part in element.iterchildren(etree.Element):
            if not _is(part, "extends") or (name := part.get("rule")) is None:
                yield part
                continue
            named = (r for r in (*near, *self._all("rule")) if r.get("abstract") == "true" and r.get("id") == name)
            if (rule := next(named, None)) is None or name in stack:
                self.files.problem(part, f'there is no abstract rule "{name}" to extend')
            else:
                yield from self._extended(rule, near, (*stack, name))

    def _check(self, element: Element, rule: Element) -> Check:
        roles = (e.get(a, "").lower() for e in (element, rule) for a in ("role", "flag"))
        named = {d.get("id"): d for d in self._all("diagnostic")} if element.get("diagnostics") else {}
        diagnostics = [named[name] for name in element.get("diagnostics", "").split() if name in named]
        pattern = next(element.iterancestors(SCH + "pattern"), rule)
        return Check(
            element.get("id") or rule.get("id") or pattern.get("id") or "",
            _is(element, "report"),
            self._expression(element, "test"),
            tuple(self._text(element)),
            tuple(tuple(self._text(d)) for d in diagnostics),
            next((self._expression(e, "subject") for e in (element, rule) if e.get("subject")), None),
            next((_ROLES[role] for role in roles if role in _ROLES), None),
            element.get("see") or rule.get("see") or "",
        )

    def _text(self, element: Element) -> Iterator[str | Expression]:
        for part in tei.content(element):
            if isinstance(part, str):
                yield part
            elif _is(part, "value-of"):
                yield self._expression(part, "select", ".")
            elif _is(part, "name"):
                path = part.get("path")
                yield Expression(f"local-name({path or ''})", "path", *self.files.place(part))
            else:
                yield from self._text(part)

    # variables, phases, places

    def _schema_lets(self) -> Lets:
        """The variables of the schema; in a grammar, those that stand in no pattern."""
        outside = (e for e in self._all("let") if not _is(e.getparent(), "pattern", "rule", "phase", "rules"))
        return tuple(self._let(e) for e in outside)

    def _lets(self, element: Element) -> Lets:
        return tuple(self._let(let) for let in element.findall(SCH + "let"))

    def _let(self, element: Element) -> tuple[str, Expression]:
        value = element.get("value")
        if value is None:  # its content is its value
            quoted = tei.text(element).strip().replace("'", " ")
            return element.get("name", ""), Expression(f"'{quoted}'", "value", *self.files.place(element))
        return element.get("name", ""), self._expression(element, "value")

    def _phase(self, element: Element) -> Phase:
        active = frozenset(a.get("pattern", "") for a in element.findall(SCH + "active"))
        return Phase(active, self._lets(element))

    def _expression(self, element: Element, attribute: str, otherwise: str = "") -> Expression:
        return Expression(element.get(attribute, otherwise), attribute, *self.files.place(element))


def _instance(abstract: Element, element: Element) -> Element:
    """An abstract pattern with the parameters of one that is made after it."""
    values = {p.get("name", ""): p.get("value", "") for p in element.findall(SCH + "param")}
    made = deepcopy(abstract)
    tei.set_file(made, tei.file_of(abstract))
    made.set("id", element.get("id", ""))
    if values:
        names = "|".join(map(re.escape, sorted(values, key=len, reverse=True)))
        mention = re.compile(rf"\$({names})(?![\w.-])")
        for part in made.iter(etree.Element):
            for attribute in {"context", "test", "select", "value", "path", "subject"} & set(part.attrib):
                part.set(attribute, mention.sub(lambda m: values[m[1]], part.get(attribute, "")))
    return made
