"""An element of the text → markup, by the vocabulary's rules and the behaviours' macros.

The walker settles what no template should have to think about: which rule fits, where HTML allows only phrases
(a TEI paragraph may hold lists and tables, an HTML paragraph may not: then it becomes a ``div``), that no link
stands in a link, and that every identifier and language tag gets out. Everything visible is a macro's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from teipress import tei
from teipress.edition import Division, Document, Edition, Note, Page, Redaction
from teipress.render.templates import Templates
from teipress.tei import Element
from teipress.vocabulary import Rule, Vocabulary

TAGS = {
    "paragraph": "p",
    "inline": "span",
    "link": "span",
    "list": "ul",
    "listItem": "li",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "section": "section",
    "figure": "figure",
    "graphic": "img",
    "heading": "h",
    "cit": "blockquote",
    "alternate": "span",
    "anchor": "span",
    "break": "br",
    "gap": "span",
    "page": "span",
    "stamp": "span",
    "note": "span",
    "index": "span",
    "text": "",
}
# elements of HTML that may hold phrases only (HTML Living Standard, 4: "phrasing content")
PHRASING = frozenset(
    "p span a em strong i b u s q cite abbr dfn sup sub small code kbd var samp bdi ins del mark time h "
    "h1 h2 h3 h4 h5 h6 dt pre figcaption".split()
)
INLINE = PHRASING - frozenset("p h h1 h2 h3 h4 h5 h6 dt pre figcaption".split()) | {"br", "img", "wbr", ""}
SCHEMES = ("http:", "https:", "mailto:", "urn:", "doi:")
RIGHT_TO_LEFT = frozenset({"ar", "he", "syr", "yi", "fa", "ur", "arc", "ckb", "dv", "ps", "sd", "ug"})
RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "syre", "syrj", "syrn"})
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_SPACES = re.compile(r"[ \t\r\n]+")
_TOKEN = re.compile(r"[^\w-]+")

Href = Callable[[str], str]


Noun: TypeAlias = Page | Note | Redaction | Division


@dataclass(slots=True)
class Node:
    """What a macro sees of an element: a tag with attributes ready to print, and the rule's parameters by name."""

    name: str
    tag: str
    attributes: Markup
    id: str = ""
    href: str = ""
    level: int = 0
    noun: Noun | None = None
    params: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.params[key]


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note whose text stands apart from its call."""

    note: Note
    text: Markup


@dataclass
class Walker:
    """Renders the elements of one document for one format. `href` says where an identifier is found, "" if nowhere.

    `flow` is a mode in which notes stand where they are called, as paged output wants it.
    """

    edition: Edition
    document: Document
    vocabulary: Vocabulary
    templates: Templates
    macros: Mapping[str, Callable[..., Markup]]
    output: str
    href: Href
    base_level: int = 1
    notes: list[RenderedNote] = field(default_factory=list)
    _nouns: dict[str, Noun] = field(default_factory=dict)
    _rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    _link: bool = False

    def __post_init__(self) -> None:
        document = self.document
        nouns: tuple[Noun, ...] = (*document.pages, *document.notes, *document.redactions, *document.all_divisions)
        self._nouns = {noun.id: noun for noun in nouns}

    def markup(self, element: Element) -> Markup:
        """An element and everything in it."""
        return Markup(self.element(element)[0])

    def inside(self, element: Element) -> Markup:
        """What stands in an element, without the element itself."""
        return Markup(self.content(element)[0])

    def content(self, element: Element) -> tuple[str, bool]:
        """The markup inside an element, and whether it holds blocks."""
        parts: list[str] = []
        blocks = False
        for part in tei.content(element):
            if isinstance(part, str):
                parts.append(self._text(part))
            else:
                markup, block = self.element(part)
                parts.append(markup)
                blocks = blocks or block
        return "".join(parts), blocks

    def element(self, element: Element) -> tuple[str, bool]:
        """The markup of an element, and whether it is a block."""
        rule = self._rule(element)
        if rule.behaviour == "omit":
            return "", False
        params = {name: self._value(name, value(element)) for name, value in rule.params.items()}
        href = self._href(params.pop("uri", ""))
        is_link = bool(href) and not self._link
        self._link, outer = self._link or is_link, self._link
        inside, blocks = self._inside(element, params)
        self._link = outer
        inside = self._affixed(rule, inside)
        node = self._node(element, rule, params, blocks)
        node.href = href if is_link else ""
        if rule.behaviour == "note":
            self._keep(node, inside, blocks)
        markup = self._macro(rule)(node, Markup(inside))
        return str(markup), blocks or node.tag not in INLINE

    def _rule(self, element: Element) -> Rule:
        tag = str(element.tag)
        rules = self._rules.get(tag)
        if rules is None:
            rules = self._rules[tag] = self.vocabulary.candidates(tag, self.output)
        return next((r for r in rules if r.when is None or r.when(element)), _DEFAULT)

    def _macro(self, rule: Rule) -> Callable[..., Markup]:
        if rule.template:
            template = self.templates.environment.get_template(rule.template)
            return lambda node, content: Markup(template.render(node=node, content=content))
        return self.macros[rule.behaviour]

    def _inside(self, element: Element, params: dict[str, Any]) -> tuple[str, bool]:
        """What is shown of an element: its content, or the part of it that the parameter `default` chose."""
        chosen = params.pop("default", None)
        return chosen if isinstance(chosen, tuple) else self.content(element)

    def _value(self, name: str, value: Any) -> Any:
        """The value of a parameter. Elements are text, but `default` is what is shown, so it is markup."""
        if isinstance(value, list):
            if not value:
                return ""
            if isinstance(value[0], str):
                return str(value[0])
            if name != "default":
                return " ".join(tei.line_of_text(e) for e in value)
            parts = [self.element(e) for e in value]
            return "".join(markup for markup, _ in parts), any(block for _, block in parts)
        if isinstance(value, float):
            return int(value) if value.is_integer() else value
        return value

    def _href(self, pointer: str) -> str:
        """Where the first of some pointers leads that leads anywhere."""
        for token in tei.pointers(pointer):
            if target := self.edition.resolve(self.document.slug, token):
                if found := self.href(target):
                    return found
            elif _CONTROL.sub("", token).lower().startswith(SCHEMES):
                return token
        return ""

    def _node(self, element: Element, rule: Rule, params: dict[str, Any], blocks: bool) -> Node:
        name = tei.local(element)
        tag = rule.tag or TAGS.get(rule.behaviour, "div")
        level = 0
        if rule.behaviour == "heading":
            level = min(6, self.base_level + _depth(element))
            tag = f"h{level}"
        if blocks and tag in PHRASING:
            tag = "div"
        identifier = element.get(tei.XML_ID, "")
        attributes = self._attributes(element, rule, name, tag, level)
        key = identifier
        if rule.behaviour == "heading" and (parent := element.getparent()) is not None:
            key = parent.get(tei.XML_ID, "")  # what a heading is about is the division that it heads
        return Node(name, tag, attributes, identifier, "", level, self._nouns.get(key), params)

    def _attributes(self, element: Element, rule: Rule, name: str, tag: str, level: int) -> Markup:
        pairs: list[tuple[str, str]] = []
        if identifier := element.get(tei.XML_ID):
            pairs.append(("id", identifier))
        pairs.append(("class", self._classes(element, rule, name)))
        if language := element.get(tei.XML_LANG):
            pairs.append(("lang", language))
            if self.output == "epub":
                pairs.append(("xml:lang", language))
            if right_to_left(language):
                pairs.append(("dir", "rtl"))
        if rule.behaviour == "heading" and tag == "div":
            pairs += [("role", "heading"), ("aria-level", str(level))]
        return Markup("".join(f' {key}="{escape(value)}"' for key, value in pairs))

    @staticmethod
    def _classes(element: Element, rule: Rule, name: str) -> str:
        """The rule's class or the element's name, then what the encoder said of its look and kind."""
        words = [rule.css or name]
        words += [f"r-{token}" for t in (element.get("rend") or "").split() if (token := _TOKEN.sub("", t))]
        words += [f"t-{token}" for t in (element.get("type") or "").split() if (token := _TOKEN.sub("", t))]
        return " ".join(words)

    @staticmethod
    def _affixed(rule: Rule, inside: str) -> str:
        before, after = (f'<span data-generated="">{escape(t)}</span>' if t else "" for t in (rule.before, rule.after))
        return f"{before}{inside}{after}"

    def _keep(self, node: Node, inside: str, blocks: bool) -> None:
        if isinstance(node.noun, Note):
            self.notes.append(RenderedNote(node.noun, Markup(inside)))
            node.params["blocks"] = blocks

    def _text(self, characters: str) -> str:
        if self.output == "pdf":
            characters = _SPACES.sub(" ", characters)
        return str(escape(characters))


_DEFAULT = Rule("*", "inline")


def right_to_left(language: str) -> bool:
    """Whether a language tag (BCP 47) names a script that is written from right to left."""
    parts = language.lower().split("-")
    scripts = [p for p in parts[1:] if len(p) == 4 and p.isalpha()]
    return scripts[0] in RTL_SCRIPTS if scripts else parts[0] in RIGHT_TO_LEFT


def _depth(element: Element) -> int:
    """How many divisions a heading stands in."""
    return sum(1 for a in element.iterancestors() if tei.local(a).startswith("div") or tei.local(a) == "attachment")
