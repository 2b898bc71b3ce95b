"""The vocabulary: how an element looks, per element an ordered list of rules, the first that fits wins.

Design opinion: `omit` is the only way to drop text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from teipress import tei
from teipress.config import FORMATS, FORMS
from teipress.errors import Stopped
from teipress.findings import Finding, finding
from teipress.phrases import phrase
from teipress.resources import resource
from teipress.rules import ANY, Rule, read_rules
from teipress.tei import Element

FILE = "vocabulary.toml"

# the parts of a teiHeader that every output shows, each under its heading
HEADER_PARTS = (
    (phrase("Source"), "fileDesc/sourceDesc"),
    (phrase("Rights"), "fileDesc/publicationStmt/availability"),
    (phrase("About the edition"), "encodingDesc/projectDesc"),
    (phrase("Editorial practice"), "encodingDesc/editorialDecl"),
    (phrase("Codes"), "encodingDesc/classDecl"),
    (phrase("Changes"), "revisionDesc"),
)

# elements of these namespaces are shown as a whole by the rule for what holds them: formulas, and examples of markup
_OWN_LANGUAGES = (f"{{{tei.MATHML}}}", f"{{{tei.EGXML}}}")

_DEFAULT = Rule(ANY, "inline")

_HIDING = frozenset({"omit", "markup", "math"})  # behaviours that keep what is in an element from being drawn
_IDENTIFIED = etree.XPath("descendant-or-self::*[@xml:id]")


class Vocabulary:
    """The rules for every element, shipped ones under an edition's own."""

    def __init__(self, rules: Mapping[str, tuple[Rule, ...]]) -> None:
        """`rules` maps element names in Clark notation (or `ANY`) to their rules in order."""
        self._rules = rules
        # rules for whatever carries an attribute ("@rend") come before those of an element
        self._attributes = {key.lstrip("@"): found for key, found in rules.items() if key.startswith("@")}
        self._hiding: dict[str, dict[Any, bool]] = {output: {} for output in FORMATS}
        self._candidates: dict[tuple[str, Any, bool], tuple[Rule, ...]] = {}

    def candidates(self, tag: str, output: str) -> tuple[Rule, ...]:
        """The rules that may fit an element of this Clark name in one output format, in order."""
        rules = self._rules.get(tag) or self._rules[ANY]
        return tuple(r for r in rules if output in r.formats)

    def rule(self, element: Element, output: str) -> Rule:
        """The rule that an element is shown by in one output format."""
        attributes = element.keys()
        key = output, element.tag, not attributes
        rules = self._candidates.get(key)
        if rules is None:
            rules = self._candidates[key] = self._that_may_fit(*key)
        for rule in rules:  # a loop, because this runs for every element of a text
            if rule.needs and rule.needs.isdisjoint(attributes):
                continue  # most elements lack the attributes that a condition is about, and no XPath has to be tried
            if rule.when is None or rule.when(element):
                return rule
        return _DEFAULT

    def _that_may_fit(self, output: str, tag: Any, bare: bool) -> tuple[Rule, ...]:
        """The rules for any attribute and those for a name; for an element without attributes those that need none."""
        of_attributes = (r for rules in self._attributes.values() for r in rules if output in r.formats)
        return tuple(r for r in (*of_attributes, *self.candidates(str(tag), output)) if not (bare and r.needs))

    def identifiers(self, root: Element, output: str) -> Iterator[str]:
        """The identifiers in an element that an output shows: not those that `omit` drops or `default` passes over."""
        for element in _IDENTIFIED(root):
            if self._is_shown(element, root, output):
                yield element.get(tei.XML_ID)

    def _is_shown(self, element: Element, root: Element, output: str) -> bool:
        """Whether nothing around an element, up to `root`, keeps it from being shown."""
        inner: Element | None = None
        node: Element | None = element
        while node is not None:
            if self._may_hide(node, output):
                rule = self.rule(node, output)
                chosen = rule.chosen(node) if inner is not None else []
                if rule.behaviour == "omit" or (chosen and inner not in chosen):
                    return False
                if rule.behaviour in _HIDING and inner is not None:
                    return False
            inner, node = node, None if node is root else node.getparent()
        return True

    def _may_hide(self, element: Element, output: str) -> bool:
        """Whether some rule for an element drops text: most elements have none, so that no condition is tried."""
        hides = self._hiding[output].get(element.tag)
        if hides is None:
            rules = self.candidates(str(element.tag), output)
            hides = any(r.behaviour in _HIDING or "default" in r.params for r in rules)
            self._hiding[output][element.tag] = hides
        return hides or not self._attributes.keys().isdisjoint(element.keys())

    def unknown(self, root: Element) -> dict[str, Element]:
        """For each element name below `root` that has no rule: its first occurrence."""
        first: dict[str, Element] = {}
        for element in tei.elements(root):
            if element.tag not in self._rules and not str(element.tag).startswith(_OWN_LANGUAGES):
                first.setdefault(str(element.tag), element)
        return first


def load_vocabulary(own: Path | None = None, form: str = FORMS[0]) -> Vocabulary:
    """The shipped vocabulary with an edition's own `templates` folder laid over it, element by element.

    Of each element only the rules for one form of the text are taken: reading or diplomatic.

    Raises:
        Stopped: a vocabulary file is not TOML (V004), has a broken XPath (V002) or an unknown behaviour (V003).
    """
    rules: dict[str, tuple[Rule, ...]] = {}
    findings: list[Finding] = []
    folders = [resource("templates")] + ([own] if own else [])
    for folder in folders:
        path = folder / FILE
        if path.is_file():
            loaded, found = read_rules(str(path), path.read_text(encoding="utf-8-sig", errors="replace"), form)
            rules.update(loaded)
            findings.extend(found)
    if findings:
        raise Stopped(findings)
    return Vocabulary(rules)


def header_parts(header: Element | None) -> Iterator[tuple[str, Element]]:
    """The parts of a teiHeader that are shown and hold text, each with its heading."""
    for title, path in HEADER_PARTS if header is not None else ():
        element = tei.child(header, *path.split("/")) if header is not None else None
        if element is not None and tei.has_text(element):
            yield title, element


def missing_rules(vocabulary: Vocabulary, roots: Iterable[Element]) -> list[Finding]:
    """V001 for each element name that has no rule, at its first occurrence."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for root in roots:
        for name, element in vocabulary.unknown(root).items():
            if name not in seen:
                seen.add(name)
                findings.append(_no_rule(element))
    return findings


def _no_rule(element: Element) -> Finding:
    name = tei.local(element)
    message = f"<{name}> has no rule in the vocabulary; its text is shown, marked with its name"
    place = (tei.file_of(element), tei.line_of(element))
    return finding("V001", message, *place, f"add a line {name} = [...] to templates/{FILE}")
