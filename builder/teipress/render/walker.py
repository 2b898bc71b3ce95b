"""An element of the text → markup, by the vocabulary's rules and the behaviours' macros.

The walker settles what no template should have to think about: which rule fits, where HTML allows only phrases
(a TEI paragraph may hold lists and tables, an HTML paragraph may not: then it becomes a ``div``), that no link
stands in a link, and that every identifier and language tag gets out. Everything visible is a macro's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from teipress import tei
from teipress.addresses import web_address
from teipress.edition import Document, Edition, Note, Redaction, Variation
from teipress.render.apparatus import RenderedNote, lemma, letter, shortened, sigla
from teipress.render.attributes import Attributes
from teipress.render.html import HOLDERS, INLINE, PHRASING, ROOMS, TAGS, completed, headed
from teipress.render.keys import Keys
from teipress.render.macros import Macros, Node, Noun
from teipress.render.source import formula, source_of, text_as_markup
from teipress.render.templates import Templates
from teipress.rules import Rule
from teipress.tables import is_head
from teipress.tei import Element
from teipress.vocabulary import Vocabulary

_PLAIN = frozenset("block paragraph inline cit figure".split())  # behaviours that the walker has no part in
_HEAD = tei.tei("head")
_INDEX = tei.tei("index")
_PARTICULAR = {*ROOMS, *HOLDERS, "ruby"}  # HTML elements that may not stand just anywhere or hold just anything
_SPACES = re.compile(r"[ \t\r\n]+")

Href = Callable[[str], str]


@dataclass
class Walker:
    """Renders the elements of one document for one format.

    `href` says where an identifier is found, "" if nowhere; `affix` draws what a rule puts around content; `nouns` are
    what the model made of some elements; `briefs` say of entries of registers, by their identifiers, who they are.
    """

    edition: Edition
    document: Document
    vocabulary: Vocabulary
    templates: Templates
    macros: Macros
    output: str
    href: Href
    nouns: Mapping[str, Noun]
    attributes: Attributes
    affix: Callable[[str], str]
    briefs: Mapping[str, str] = field(default_factory=dict)
    base_level: int = 1
    notes: list[RenderedNote] = field(default_factory=list)
    kept: Mapping[Element, list[str | Element]] = field(default_factory=dict)  # of these only a part is shown
    keys: Keys | None = None  # in print: what ties the entries of the apparatus to lines
    answers: Mapping[Element, Sequence[str]] = field(
        default_factory=dict
    )  # entries of lists, called at the end of these
    _here: Element | None = None  # the entry of a list that is called here
    _link: bool = False
    _calls: int = 0
    _open: dict[Element, str] = field(default_factory=dict)  # what is around that `HOLDERS` asks for
    _told: set[str] = field(default_factory=set)  # what the page has explained already
    _shown: frozenset[Element] | None = None  # in an entry: the readings that stand in the text before it

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
        for part in self.kept.get(element) or tei.content(element):
            if isinstance(part, str):
                parts.append(self._string(part))
            else:
                markup, block = self.element(part)
                parts.append(markup)
                blocks = blocks or block
        if self.keys is not None and element in self.keys.called:
            for app in self.keys.called[element]:
                markup, block = self._called_here(app)
                parts.append(markup)
                blocks = blocks or block
        parts += map(self._answer, self.answers.get(element, ()))
        return "".join(parts), blocks

    def _answer(self, identifier: str) -> str:
        """In an EPUB: a link to an entry of a list, where the words end that it is about."""
        href = "" if self._link else self.href(identifier)
        return str(self.macros.by_name["answer"](href)) if href else ""

    def _called_here(self, app: Element) -> tuple[str, bool]:
        """In print: the call of an entry that stands in a list, where its lemma ends."""
        rule = replace(self.vocabulary.rule(app, self.output), behaviour="apparatus", tag="span")
        self._here, outer = app, self._here
        called = self._variation(app, rule, self._params(app, rule))
        self._here = outer
        return called

    def _string(self, characters: str) -> str:
        """Characters of the text as markup; what is markup already is set between them."""
        if isinstance(characters, Markup):
            return characters
        return text_as_markup(_SPACES.sub(" ", characters) if self.output == "pdf" else characters)

    def element(self, element: Element, rule: Rule | None = None) -> tuple[str, bool]:
        """The markup of an element, and whether it is a block; by `rule`, or else by the one that fits it."""
        rule = rule or self.vocabulary.rule(element, self.output)
        if rule.behaviour == "omit" or (self._shown and element in self._shown):
            return self._places_of_terms(element) if element.tag == _INDEX else "", False
        if self._is_plain(rule, element):
            return self._framed(element, rule)
        params = self._params(element, rule) if rule.params else {}
        if rule.behaviour in ("apparatus", "entry"):
            return self._variation(element, rule, params)
        href = self._leads(element, rule, params.pop("uri", ""))
        is_link = bool(href) and not self._link and not _calls_note(element)
        self._link, outer = self._link or is_link, self._link
        place = len(self.notes)  # a note comes before those that it calls itself
        inside, blocks = self._inside(element, rule)
        self._link = outer
        if self.notes and rule.behaviour == "section" and self.output == "pdf":
            inside += self._gathered()
        if rule.before or rule.after:
            inside = f"{self.affix(rule.before)}{inside}{self.affix(rule.after)}"
        tag, level = self._tag(element, rule, blocks)
        attributes = self.attributes.of(element, rule, tag, level)
        own = self._own(element)
        constant = not params and not href and not rule.template
        if constant and self.macros.frame(rule.behaviour, tag, bool(own)) is not None:
            return self.macros.framed(rule.behaviour, tag, attributes, inside, own), blocks or tag not in INLINE
        node = self._node(element, rule, tag, level, attributes, params)
        node.href = href if is_link else ""
        if is_link and rule.behaviour == "link" and (brief := self._brief(href, element)):
            node.params["brief"] = brief
        if rule.behaviour == "note":
            node.language = self.attributes.of_note(element)
        if isinstance(node.noun, Note) and rule.behaviour == "note" and self.output != "pdf":
            self.notes.insert(place, RenderedNote(node.id, node.noun.label, Markup(inside), attributes=node.language))
            return str(self._macro(rule)(node, Markup(""))), False
        return str(self._macro(rule)(node, Markup(inside))), blocks or node.tag not in INLINE

    def _places_of_terms(self, index: Element) -> str:
        """In print the terms of an index stand in that of the book: here is what it refers to."""
        terms = (t.get(tei.XML_ID) for t in tei.elements(index, "term")) if self.output == "pdf" else ()
        return "".join(f'<span id="{text_as_markup(i)}" class="indexed"></span>' for i in terms if i)

    def _is_plain(self, rule: Rule, element: Element) -> bool:
        """Whether a rule puts a tag around the content and does nothing else: so it is for most elements of a text."""
        if rule.behaviour not in _PLAIN or rule.params or rule.template or rule.before or rule.after:
            return False
        tag = rule.tag or TAGS.get(rule.behaviour, "div")
        return tag not in _PARTICULAR and self.macros.frame(rule.behaviour, tag, bool(self._own(element))) is not None

    def _framed(self, element: Element, rule: Rule) -> tuple[str, bool]:
        """The markup of an element by a rule that is plain, and whether it is a block."""
        inside, blocks = self.content(element)
        tag = rule.tag or TAGS.get(rule.behaviour, "div")
        if blocks and tag in PHRASING and tag != "pre":
            tag = "div"
        attributes = self.attributes.of(element, rule, tag, 0)
        return self.macros.framed(
            rule.behaviour, tag, attributes, inside, self._own(element)
        ), blocks or tag not in INLINE

    def _own(self, element: Element) -> str:
        """The identifier of an element, if a link to itself may stand in it: not in a link, nor twice."""
        return "" if self._link or self.attributes.again else element.get(tei.XML_ID, "")

    def _params(self, element: Element, rule: Rule) -> dict[str, Any]:
        """What a macro gets to know of an element; `default` and `text` choose elements and are no part of it."""
        params = {n: _value(value(element)) for n, value in rule.params.items() if n not in ("default", "text")}
        if "sigla" in params:
            href = self.href if self.output != "pdf" else lambda identifier: ""
            params["sigla"] = sigla(params["sigla"], self.edition, self.document.slug, href)
        if "named" in params:
            params["named"] = self._names(params["named"])
        return params

    def _variation(self, element: Element, rule: Rule, params: dict[str, Any]) -> tuple[str, bool]:
        """A place of an apparatus: the reading of the text, and an entry with the others.

        The entry is called from the text and stands apart. Inside another entry, or outside of a text, it stands in
        brackets behind the reading; by the behaviour `entry` it stands where it is.
        """
        if self.keys is not None and element in self.keys.apart and element is not self._here:
            return "", False  # called where its lemma ends
        first = [(e, self.vocabulary.rule(e, self.output)) for e in rule.first(element)]
        texts = [self.element(e, as_in_text(r)) for e, r in first]
        place = len(self.notes)
        rest, blocks = self._rest(element, frozenset(e for e, _ in first))
        cited = [s for e, r in first for s in self._params(e, r).get("sigla", ())]
        noun = self.nouns.get(element.get(tei.XML_ID, ""))
        found = noun.lemma if isinstance(noun, Variation) else ""
        called = rule.behaviour == "apparatus" and self._shown is None and isinstance(noun, Variation)
        label = letter(self._calls) if called and (rest or cited) else ""
        words = lemma(e for e, _ in first) if first and label else shortened(found) or None
        params |= {"label": label, "lemma": words, "sigla": cited}
        href = self._href(params.pop("uri", ""))
        tag, level = self._tag(element, rule, any(block for _, block in texts) or (blocks and not label))
        node = self._node(element, rule, tag, level, self.attributes.of(element, rule, tag, level), params)
        node.href = href
        if self.keys is not None:
            key = self.keys.of(node.id)
            params["nth"] = key.nth
            if called and key.reference:  # it says where the lemma stands
                params["loc"], node.href = "", ""
        params["entry"] = self.macros.by_name["variants"](node, Markup(rest))
        keyed = bool(label and self.keys is not None and node.id)
        if self.keys is not None and keyed:
            node.params["key"] = self.keys.of(node.id)
        elif label:
            self._calls += 1
            self.notes.insert(place, RenderedNote(f"{node.id}-entry", label, params["entry"], "apparatus", blocks))
        markup = str(self._macro(rule)(node, Markup("".join(text for text, _ in texts))))
        return markup, tag not in INLINE or (keyed and blocks)

    def _gathered(self) -> str:
        """In print the entries follow the division that calls them, and their letters begin anew."""
        notes: Markup = self.templates.environment.get_template("notes.jinja").module.notes(self.notes)  # type: ignore[attr-defined]
        self.notes, self._calls = [], 0
        return str(notes)

    def _rest(self, element: Element, first: frozenset[Element]) -> tuple[str, bool]:
        """What an entry adds to the readings that stand in the text before it."""
        state = self._shown, self._link
        self._shown, self._link = first | (self._shown or frozenset()), False
        rest, blocks = self.content(element)
        self._shown, self._link = state
        return rest.strip(), blocks

    def _macro(self, rule: Rule) -> Callable[..., Markup]:
        if rule.template:
            template = self.templates.environment.get_template(rule.template)
            return lambda node, content: Markup(template.render(node=node, content=content))
        return self.macros.by_name[rule.behaviour]

    def _inside(self, element: Element, rule: Rule) -> tuple[str, bool]:
        """What is shown of an element: its content, or the part of it that the parameter `default` chose."""
        if not (chosen := rule.chosen(element)):
            if rule.behaviour == "math":
                return formula(element), False
            if rule.behaviour == "markup":
                return source_of(element), True
            return self._held(element, self._allowed(element, rule))
        parts = [self.element(e) for e in chosen]
        return "".join(markup for markup, _ in parts), any(block for _, block in parts)

    def _held(self, element: Element, tag: str) -> tuple[str, bool]:
        """The content of an element that is `tag` in HTML."""
        if tag not in _PARTICULAR:
            return self.content(element)
        self._open[element] = tag
        held = self._rooms(element, tag) if tag in ROOMS else self.content(element)
        del self._open[element]
        return held

    def _rooms(self, element: Element, tag: str) -> tuple[str, bool]:
        """The content of a list or a table; what HTML does not allow there stands in an item or a cell of its own."""
        allowed, wrapper = ROOMS[tag]
        parts: list[str] = []
        heads: list[bool] = []
        for part in tei.content(element):
            markup = text_as_markup(part) if isinstance(part, str) else self.element(part)[0]
            parts.append(markup if not markup.strip() or markup.startswith(allowed) else wrapper.format(markup))
            heads.append(not isinstance(part, str) and is_head(part))
        if tag == "table" and self.output == "pdf":  # which repeats them on each page
            parts = headed(parts, heads)
        return "".join(completed(tag, parts)), True

    def _allowed(self, element: Element, rule: Rule) -> str:
        """The HTML element of a rule, or one that may stand anywhere if it may not stand here."""
        tag = rule.tag or TAGS.get(rule.behaviour, "div")
        if tag in HOLDERS and self._around(element) not in HOLDERS[tag]:
            return "span" if tag == "rt" else "div"
        return "span" if tag == "ruby" and not self._is_ruby(element) else tag

    def _around(self, element: Element) -> str:
        """The list, table, row or ruby of HTML that an element stands directly in, "" if none."""
        parent = element.getparent()
        return "" if parent is None else self._open.get(parent, "")

    def _is_ruby(self, element: Element) -> bool:
        """Whether an element can be a ruby of HTML, which has a gloss, and phrases only."""
        rules = {e: self.vocabulary.rule(e, self.output) for e in tei.elements(element) if e is not element}
        tags = {e: rule.tag or TAGS.get(rule.behaviour, "div") for e, rule in rules.items()}
        return any(tags.get(e) == "rt" for e in element) and INLINE.issuperset(tags.values())

    def _leads(self, element: Element, rule: Rule, pointer: str) -> str:
        """Where an element leads: a page to itself, withheld text to its entry in the list, others where they point."""
        identifier = element.get(tei.XML_ID, "")
        if rule.behaviour == "page":
            return self.href(identifier) if self.attributes.again else f"#{identifier}"
        if isinstance(self.nouns.get(identifier), Redaction):
            return self.href(f"entry-{identifier}")
        return self._href(pointer) if pointer else ""

    def _href(self, pointer: str) -> str:
        """Where the first of some pointers leads that leads anywhere."""
        for token in tei.pointers(pointer):
            if target := self.edition.resolve(self.document.slug, token):
                if found := self.href(target):
                    return found
            elif found := web_address(token):
                return found
        return ""

    def _names(self, pointer: str) -> str:
        """What those that some pointers lead to are called; "" if that is not known of any."""
        targets = (self.edition.resolve(self.document.slug, token) for token in tei.pointers(pointer))
        return ", ".join(name for target in targets if (name := self.edition.names.get(target, "")))

    def _brief(self, href: str, element: Element) -> str:
        """Who or what a name leads to, where the page names them for the first time and the name does not say it."""
        anchor = href.partition("#")[2]
        brief = self.briefs.get(anchor, "")
        return brief if brief and self._is_new(f"#{anchor}") and brief != tei.line_of_text(element) else ""

    def _is_new(self, identifier: str) -> bool:
        """Whether the page explains something for the first time; asked once for each place."""
        new = identifier not in self._told
        self._told.add(identifier)
        return new

    def _tag(self, element: Element, rule: Rule, blocks: bool) -> tuple[str, int]:
        """The HTML element, which must be one that may hold blocks if there are any, and the level of a heading."""
        tag, level = self._allowed(element, rule), 0
        if rule.behaviour == "heading":
            level = min(6, self.base_level + _depth(element))
            tag = f"h{level}"
        return ("div" if blocks and tag in PHRASING and tag != "pre" else tag), level

    def _node(
        self, element: Element, rule: Rule, tag: str, level: int, attributes: str, params: dict[str, Any]
    ) -> Node:
        key = element.get(tei.XML_ID, "")
        # a note is called by its name where its text is shown again, too: both are on that page
        identifier = "" if self.attributes.again and rule.behaviour not in ("note", "apparatus") else key
        if rule.behaviour == "heading" and (parent := element.getparent()) is not None:
            key = parent.get(tei.XML_ID, "")  # what a heading is about is the division that it heads
        noun = self.nouns.get(key)
        if isinstance(noun, Redaction) and noun.kind == "gap":
            params["meanings"] = [code for code in noun.codes if self._is_new(code.id)]
        return Node(tei.local(element), tag, Markup(attributes), identifier, level=level, noun=noun, params=params)


def _value(value: Any) -> Any:
    """The value of a parameter for a template: elements as text, whole numbers without a fraction."""
    if isinstance(value, list):
        if value and isinstance(value[0], str):
            return str(value[0])
        return " / ".join(filter(None, map(tei.line_of_text, value)))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _calls_note(element: Element) -> bool:
    """Whether a note or an entry is called inside an element: a call is a link, and no link may stand in another."""
    return next(element.iter(tei.tei("note"), tei.tei("app")), None) is not None


def as_in_text(rule: Rule) -> Rule:
    """The rule for a reading that stands in the text: its sigla and its punctuation are the entry's."""
    return replace(rule, behaviour="inline", template="", params={}) if rule.behaviour == "reading" else rule


def _depth(element: Element) -> int:
    """How many divisions with a heading a heading stands in: a page's outline must not skip a level."""
    return sum(
        1
        for a in element.iterancestors()
        if (tei.local(a).startswith("div") or tei.local(a) == "attachment") and a.find(_HEAD) is not None
    )
