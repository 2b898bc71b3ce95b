"""vocabulary.toml → rules: how an element looks, per element an ordered list, the first that fits wins.

Behaviours have the names of the TEI Processing Model (TEI Guidelines, 22.5.4), so that a rule reads like a TEI
``model``. A rule knows nothing of HTML beyond the name of a tag; what a behaviour does is a Jinja macro of that name.

Design opinions: `omit` is the only way to drop text. A word that the loader does not know is a finding, because a
misspelt rule that silently never fits would lose the scholar's intention.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from teipress import tei
from teipress.config import FORMATS, FORMS
from teipress.errors import Stopped
from teipress.findings import Finding, did_you_mean, finding
from teipress.resources import resource
from teipress.tables import breadth
from teipress.tei import Element

FILE = "vocabulary.toml"
ANY = "*"  # the key of the rules for elements that have none of their own

BEHAVIOURS = frozenset(
    "alternate anchor apparatus block break cell cit entry figure gap graphic heading index inline link list listItem "
    "markup math note omit page paragraph reading row section stamp table text title".split()
)
_KEYS = frozenset({"when", "behaviour", "tag", "class", "before", "after", "formats", "forms", "template", "params"})
_LISTS = {"formats": frozenset(FORMATS), "forms": frozenset(FORMS)}  # what a rule can be limited to

# the parts of a teiHeader that every output shows, each under its heading
HEADER_PARTS = (
    ("Source", "fileDesc/sourceDesc"),
    ("Rights", "fileDesc/publicationStmt/availability"),
    ("About the edition", "encodingDesc/projectDesc"),
    ("Editorial practice", "encodingDesc/editorialDecl"),
    ("Codes", "encodingDesc/classDecl"),
    ("Changes", "revisionDesc"),
)

# elements of these namespaces are shown as a whole by the rule for what holds them: formulas, and examples of markup
_OWN_LANGUAGES = (f"{{{tei.MATHML}}}", f"{{{tei.EGXML}}}")

# what XPath 1.0 cannot say of an element, as functions that rules may call on it
_FUNCTIONS = {(tei.FUNCTIONS, "breadth"): lambda context: breadth(context.context_node)}

Test = Callable[[Element], bool]
Value = Callable[[Element], Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: if `when` holds (None: always), an element is shown by `behaviour`.

    `params` are XPath expressions evaluated on the element: a string, a number, a truth value or elements.
    `needs` are attributes of which an element must have one if `when` is to hold; none if that is not plain.
    `before` and `after` are literal text around the content, marked as generated in the output.
    """

    element: str
    behaviour: str
    when: Test | None = None
    needs: frozenset[str] = frozenset()
    tag: str = ""
    css: str = ""
    before: str = ""
    after: str = ""
    formats: frozenset[str] = _LISTS["formats"]
    forms: frozenset[str] = _LISTS["forms"]
    template: str = ""
    params: Mapping[str, Value] = field(default_factory=dict)

    def chosen(self, element: Element) -> list[Element]:
        """The elements that the parameter `default` chooses to be shown instead of all that stands in `element`."""
        return self._elements("default", element) if self.params else []

    def first(self, element: Element) -> list[Element]:
        """The elements that the parameter `text` chooses to stand in the running text, before the rest of `element`."""
        return self._elements("text", element) if self.params else []

    def _elements(self, name: str, element: Element) -> list[Element]:
        if name not in self.params:
            return []
        value = self.params[name](element)
        return value if isinstance(value, list) and value and not isinstance(value[0], str) else []


_DEFAULT = Rule(ANY, "inline")

# what a condition begins with, if it can hold only for an element with that attribute
_TERM = re.compile(r"""\s*@([\w-]+)(\s*=\s*(?:'[^']*'|"[^"]*")|\[[^\]]*\])?(\s+and\s.+)?\s*""")


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
            inner, node = node, None if node is root else node.getparent()
        return True

    def _may_hide(self, element: Element, output: str) -> bool:
        """Whether some rule for an element drops text: most elements have none, so that no condition is tried."""
        hides = self._hiding[output].get(element.tag)
        if hides is None:
            rules = self.candidates(str(element.tag), output)
            hides = any(r.behaviour == "omit" or "default" in r.params for r in rules)
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
            loaded, found = _load(str(path), path.read_text(encoding="utf-8-sig", errors="replace"), form)
            rules.update(loaded)
            findings.extend(found)
    if findings:
        raise Stopped(findings)
    return Vocabulary(rules)


@lru_cache(maxsize=8)  # compiling the XPaths takes longer than building a letter
def _load(file: str, source: str, form: str) -> tuple[Mapping[str, tuple[Rule, ...]], Sequence[Finding]]:
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = int(m[1]) if (m := re.search(r"line (\d+)", str(error))) else 0
        return {}, [finding("V004", f"this is not TOML: {error}", file, line)]
    reader = _Reader(file, source.splitlines(), form)
    return {reader.name(key): reader.rules(key, value) for key, value in data.items()}, reader.findings


@dataclass
class _Reader:
    """Turns TOML values into rules, collecting findings with the line each rule stands on."""

    file: str
    lines: list[str]
    form: str
    findings: list[Finding] = field(default_factory=list)

    def name(self, key: str) -> str:
        """An element's Clark name from the key ``p`` (TEI) or ``prefix:name``; an attribute (``@rend``) as it is."""
        if key == ANY or key.startswith("@"):
            return key
        prefix, _, name = key.rpartition(":")
        namespace = tei.NAMESPACES.get(prefix or "tei")
        if namespace is None:
            self._report("V004", key, f'unknown prefix in "{key}"', did_you_mean(prefix, tei.NAMESPACES))
        return f"{{{namespace}}}{name}"

    def rules(self, key: str, value: object) -> tuple[Rule, ...]:
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value) or not value:
            hint = f'write {key} = [{{ behaviour = "inline" }}]'
            self._report("V004", key, f'"{key}" must be a list of rules', hint)
            return ()
        rules = tuple(rule for v in value if self.form in (rule := self._rule(key, v)).forms)
        if not key.startswith("@") and (not rules or rules[-1].when is not None):
            rules += (Rule(key, "inline"),)  # no rule may leave an element without a way to be shown
        return rules

    def _rule(self, key: str, value: dict[str, Any]) -> Rule:
        value = self._checked(key, value)
        when = value.get("when")
        return Rule(
            element=key,
            behaviour=value.get("behaviour", "inline"),
            when=self._test(key, when) if when else None,
            needs=_needed(when, key) if when or key.startswith("@") else frozenset(),
            tag=value.get("tag", ""),
            css=value.get("class", ""),
            before=value.get("before", ""),
            after=value.get("after", ""),
            formats=frozenset(value.get("formats", FORMATS)),
            forms=frozenset(value.get("forms", FORMS)),
            template=value.get("template", ""),
            params={name: self._xpath(key, expression) for name, expression in value.get("params", {}).items()},
        )

    def _checked(self, key: str, value: dict[str, Any]) -> dict[str, Any]:
        """A rule without the words that it gets wrong; each of them is a finding."""
        good: dict[str, Any] = {}
        for word, given in value.items():
            if word not in _KEYS:
                self._report("V004", key, f'unknown word "{word}" in a rule for "{key}"', did_you_mean(word, _KEYS))
            elif not _is_right(word, given):
                kind = _KINDS.get(word, "a text in quotation marks")
                self._report("V004", key, f'"{word}" in a rule for "{key}" must be {kind}, not {given!r}')
            else:
                good[word] = given
        behaviour = good.get("behaviour", "inline")
        if behaviour not in BEHAVIOURS:
            hint = did_you_mean(behaviour, BEHAVIOURS) or "behaviours are " + ", ".join(sorted(BEHAVIOURS))
            self._report("V003", key, f'unknown behaviour "{behaviour}" for "{key}"', hint)
        for word, known in _LISTS.items():
            for name in sorted(set(good.get(word, ())) - known):
                hint = f"{word} are {', '.join(sorted(known))}"
                self._report("V004", key, f'unknown {word[:-1]} "{name}" in a rule for "{key}"', hint)
        return good

    def _test(self, key: str, expression: str) -> Test:
        path = self._compile(key, f"boolean({expression})", expression)
        return lambda element: bool(path(element))

    def _xpath(self, key: str, expression: str) -> Value:
        return self._compile(key, expression, expression)

    def _compile(self, key: str, expression: str, shown: str) -> etree.XPath:
        """An XPath that works: tried on an element, since a function or a variable is looked up only when it runs."""
        try:
            path = etree.XPath(expression, namespaces=tei.NAMESPACES, extensions=_FUNCTIONS)
            path(etree.Element(tei.tei("p")))
        except (etree.XPathError, TypeError) as error:
            self._report("V002", key, f'a rule for "{key}" has the XPath "{shown}": {error}', "XPath 1.0, prefix tei:")
            return etree.XPath("false()")
        return path

    def _report(self, code: str, key: str, message: str, hint: str = "") -> None:
        self.findings.append(finding(code, message, self.file, self._line(key), hint))

    def _line(self, key: str) -> int:
        pattern = re.compile(rf'\s*\[*"?{re.escape(key)}"?\s*[=\]]')
        return next((n for n, line in enumerate(self.lines, 1) if pattern.match(line)), 0)


def header_parts(header: Element | None) -> Iterator[tuple[str, Element]]:
    """The parts of a teiHeader that are shown and hold text, each with its heading."""
    for title, path in HEADER_PARTS if header is not None else ():
        element = tei.child(header, *path.split("/")) if header is not None else None
        if element is not None and tei.has_text(element):
            yield title, element


def _needed(condition: str | None, key: str) -> frozenset[str]:
    """The attributes of which an element must have one if a condition is to hold; none if that is not plain."""
    if key.startswith("@"):
        return frozenset({key.lstrip("@")})
    if condition is None:
        return frozenset()
    terms = [_TERM.fullmatch(term) for term in condition.split(" or ")]
    return frozenset(term[1] for term in terms if term) if all(terms) else frozenset()


_KINDS = {"params": "a table of XPath expressions", "formats": "a list of formats", "forms": "a list of forms"}


def _is_right(word: str, given: object) -> bool:
    """Whether the value of a word in a rule is of the kind that it must be."""
    if word == "params":
        return isinstance(given, dict) and all(isinstance(v, str) for v in given.values())
    if word in _LISTS:
        return isinstance(given, list) and all(isinstance(v, str) for v in given)
    return isinstance(given, str)


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
