"""vocabulary.toml → rules, and what is wrong with it, each with the line that it stands on.

Behaviours have the names of the TEI Processing Model (TEI Guidelines, 22.5.4), so that a rule reads like a TEI
``model``. A rule knows nothing of HTML beyond the name of a tag; what a behaviour does is a Jinja macro of that name.

Design opinion: a word that is not known is a finding, because a misspelt rule that silently never fits would lose the
scholar's intention.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

from teipress import tei
from teipress.config import FORMATS, FORMS
from teipress.findings import Finding, did_you_mean, finding
from teipress.tables import breadth, figures
from teipress.tei import Element

ANY = "*"  # the key of the rules for elements that have none of their own

BEHAVIOURS = frozenset(
    "alternate anchor apparatus block break cell cit entry figure gap graphic heading index inline link list listItem "
    "markup math note omit page paragraph reading row section stamp table text title".split()
)
_WITH_TEXT = frozenset({"apparatus", "entry"})  # behaviours that put what `text` chooses before the rest
_KEYS = frozenset({"when", "behaviour", "tag", "class", "before", "after", "formats", "forms", "template", "params"})
_LISTS = {"formats": frozenset(FORMATS), "forms": frozenset(FORMS)}  # what a rule can be limited to

# what XPath 1.0 cannot say of an element, as functions that rules may call on it
_FUNCTIONS = {
    (tei.FUNCTIONS, "breadth"): lambda context: breadth(context.context_node),
    (tei.FUNCTIONS, "figures"): lambda context: figures(context.context_node),
}

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


# what a condition begins with, if it can hold only for an element with that attribute
_TERM = re.compile(r"""\s*@([\w-]+)(\s*=\s*(?:'[^']*'|"[^"]*")|\[[^\]]*\])?(\s+and\s.+)?\s*""")


@lru_cache(maxsize=8)  # compiling the XPaths takes longer than building a letter
def read_rules(file: str, source: str, form: str) -> tuple[Mapping[str, tuple[Rule, ...]], Sequence[Finding]]:
    """The rules of a vocabulary file for one form of the text, by the Clark name of their element, and what is wrong.

    Findings: V002 for a broken XPath, V003 for an unknown behaviour, V004 for what is no rule or no TOML.
    """
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
        if "text" in good.get("params", ()) and behaviour not in _WITH_TEXT:
            message = f'the rule for "{key}" has the parameter "text", but not the behaviour apparatus or entry'
            self._report("V004", key, message, 'the parameter "default" chooses what is shown in place of an element')
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
