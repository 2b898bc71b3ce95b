"""A tree and ISO Schematron rules over XPath 1.0 (query binding ``xslt``) → findings.

Within a pattern the first rule whose context fits a node is the one that counts (ISO/IEC 19757-3, 6.5). The
identifier of an assertion is the code of the finding, its role the severity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from teipress import tei
from teipress.edition import Source
from teipress.findings import CODES, Finding, Severity, finding
from teipress.tei import Element

_SCH = "http://purl.oclc.org/dsdl/schematron"
_ROLES = {"warning": Severity.WARNING, "warn": Severity.WARNING, "info": Severity.NOTE, "error": Severity.ERROR}


def check_constraints(source: Source, constraints: Path) -> list[Finding]:
    """Findings for every assertion that fails; G002 if the rules are broken themselves."""
    try:
        schema = etree.parse(str(constraints), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        _compile(schema)
        return list(_Rules(schema, source.root).findings())
    except (etree.XMLSyntaxError, etree.XPathError) as error:
        return [finding("G002", f"the constraints cannot be used: {error}", str(constraints))]


def _compile(schema: Element) -> None:
    """Raises XPathError for an expression that is none, even if no node of this document would come to it."""
    for element in tei.elements(schema):
        for attribute in ("test", "select", "value"):
            if expression := element.get(attribute):
                etree.XPath(expression, namespaces=tei.NAMESPACES)


@dataclass
class _Rules:
    """The rules of a schema over one tree."""

    schema: Element
    root: Element

    def findings(self) -> Iterator[Finding]:
        namespaces = {ns.get("prefix", ""): ns.get("uri", "") for ns in self._all(self.schema, "ns")}
        self.namespaces = {p: u for p, u in namespaces.items() if p} or dict(tei.NAMESPACES)
        variables = self._lets(self.schema, self.root, {})
        for pattern in self._all(self.schema, "pattern"):
            yield from self._pattern(pattern, self._lets(pattern, self.root, variables))

    def _pattern(self, pattern: Element, variables: Mapping[str, Any]) -> Iterator[Finding]:
        taken: set[Element] = set()
        for rule in self._all(pattern, "rule"):
            for node in self._nodes(rule.get("context", ""), variables):
                if node not in taken:
                    taken.add(node)
                    yield from self._rule(rule, node, self._lets(rule, node, variables))

    def _nodes(self, context: str, variables: Mapping[str, Any]) -> list[Element]:
        paths = (part.strip() for part in context.split("|"))
        whole = " | ".join(part if part.startswith("/") else f"//{part}" for part in paths)
        found = self._evaluate(whole, self.root, variables)
        return [n for n in found if isinstance(n, etree._Element)] if isinstance(found, list) else []

    def _rule(self, rule: Element, node: Element, variables: Mapping[str, Any]) -> Iterator[Finding]:
        for check in rule:
            name = tei.local(check) if tei.is_element(check) else ""
            if name not in ("assert", "report"):
                continue
            holds = bool(self._evaluate(f"boolean({check.get('test', 'true()')})", node, variables))
            if holds == (name == "report"):
                yield self._finding(check, node, variables)

    def _finding(self, check: Element, node: Element, variables: Mapping[str, Any]) -> Finding:
        code = check.get("id", "G001").split(".")[0]
        code = code if code in CODES else "G001"
        severity = _ROLES.get((check.get("role") or "").lower(), CODES[code].severity)
        message = self._message(check, node, variables)
        return Finding(code, severity, message, tei.file_of(node), tei.line_of(node))

    def _message(self, check: Element, node: Element, variables: Mapping[str, Any]) -> str:
        parts: list[str] = []
        for part in tei.content(check):
            if isinstance(part, str):
                parts.append(part)
            elif tei.local(part) == "value-of":
                parts.append(str(self._evaluate(f"string({part.get('select', '.')})", node, variables)))
            elif tei.local(part) == "name":
                parts.append(tei.local(node))
            else:
                parts.append(tei.text(part))
        return " ".join("".join(parts).split())

    def _lets(self, parent: Element, node: Element, outer: Mapping[str, Any]) -> dict[str, Any]:
        variables = dict(outer)
        for let in self._all(parent, "let"):
            variables[let.get("name", "")] = self._evaluate(let.get("value", "''"), node, variables)
        return variables

    def _evaluate(self, expression: str, node: Element, variables: Mapping[str, Any]) -> Any:
        return node.xpath(expression, namespaces=self.namespaces, **variables)

    @staticmethod
    def _all(parent: Element, name: str) -> list[Element]:
        return parent.findall(f"{{{_SCH}}}{name}")
