"""An element → the attributes that it has in HTML: identifier, classes, style, language and direction."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from teipress import tei
from teipress.css import contrasting, declarations
from teipress.languages import html_language
from teipress.render.language import right_to_left
from teipress.render.semantics import Semantics
from teipress.render.source import text_as_markup
from teipress.rules import ANY, Rule
from teipress.tei import Element

_TOKEN = re.compile(r"[^\w-]+")


@dataclass
class Attributes:
    """The attributes of the elements of one page.

    `resolve` says which identifier a pointer means; `language` is the one that the page states for all that states
    none, `rtl` whether such text runs to the left. What is shown `again` keeps its identifiers where it is shown first;
    so do the elements of `reopened`. `marks` are further attributes of some elements, ready to print. In print
    `chapters` are the identifiers of what begins a part of the book, `said` what stands at the heads of pages.
    In an EPUB `semantics` says what parts of a text are, `titles` what divisions are called, by their identifiers.
    """

    resolve: Callable[[str], str]
    output: str
    language: str = ""
    rtl: bool = False
    again: bool = False
    chapters: frozenset[str] = frozenset()
    said: Mapping[str, str] = field(default_factory=dict)
    reopened: Collection[Element] = frozenset()
    marks: Mapping[Element, str] = field(default_factory=dict)
    semantics: Semantics | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    _bare: dict[Any, str] = field(default_factory=dict)
    _flows: dict[Element, bool] = field(default_factory=dict)  # once for all that is said inside of an element

    def of(self, element: Element, rule: Rule, tag: str, level: int) -> str:
        """Identifier, class, language and direction, ready to print."""
        said = self._of(element, rule, tag, level) + self.marks.get(element, "")
        return said + self._meant(element) if self.semantics is not None else said

    def _of(self, element: Element, rule: Rule, tag: str, level: int) -> str:
        if rule.element != ANY and rule.behaviour != "heading" and not element.keys():
            key = rule.css or element.tag  # most elements of a text have no attributes
            if key not in self._bare:
                self._bare[key] = f' class="{text_as_markup(rule.css or tei.local(element))}"'
            return self._bare[key]
        get = element.get
        identifier = None if self.again or element in self.reopened else get(tei.XML_ID)
        parts = [f' id="{text_as_markup(identifier)}"'] if identifier else []
        name = tei.local(element)
        words = f"{rule.css} {name}" if rule.element == ANY else rule.css or name
        if (rend := get("rend")) or get("type"):
            words += _tokens("r", rend) + _tokens("t", get("type"))
        if rendition := get("rendition"):
            words += _tokens("rd", " ".join(map(self._rendition, rendition.split())))
        chapter = identifier in self.chapters
        parts.append(f' class="{text_as_markup(words)}{" chapter" if chapter else ""}"')
        if chapter:
            parts.append(' data-part=""')
        if identifier and identifier in self.said:
            parts.append(f' data-range="{text_as_markup(self.said[identifier])}"')
        if (style := get("style")) and (safe := declarations(style).safe):
            seen = contrasting(safe) if self.output == "epub" else safe
            parts.append(f' style="{text_as_markup(seen)}"')
        if get(tei.XML_LANG):
            parts.append(self._stated(element, self._leftward(element.getparent())))
        if tag == "div" and rule.behaviour == "heading":
            parts.append(f' role="heading" aria-level="{level}"')
        return "".join(parts)

    def _meant(self, element: Element) -> str:
        """In an EPUB: what a part of the text is, and its heading as the name of it."""
        meaning = self.semantics.of(element) if self.semantics is not None else None
        if meaning is None:
            return ""
        role = f' role="{text_as_markup(meaning.role)}"' if meaning.role else ""
        title = self.titles.get(element.get(tei.XML_ID, ""), "") if role else ""
        label = f' aria-label="{text_as_markup(title)}"' if title else ""
        return f' epub:type="{text_as_markup(meaning.type)}"{role}{label}'

    def _rendition(self, pointer: str) -> str:
        """The name of a rendition: what its pointer resolves to, else what stands in it."""
        return self.resolve(pointer) or pointer.rpartition("#")[2]

    def _stated(self, element: Element, around: bool) -> str:
        """The language that an element states, and its direction if that is, or is `around` it, from right to left."""
        language = html_language(element.get(tei.XML_LANG, ""))
        if not language:
            return ""
        value = text_as_markup(language)
        twice = f' xml:lang="{value}"' if self.output == "epub" else ""
        leftward = self._leftward(element)
        return f' lang="{value}"{twice}' + (' dir="rtl"' if leftward else ' dir="ltr"' if around else "")

    def of_note(self, note: Element) -> Markup:
        """The language of a note; one that stands apart no longer has it from the text around its call."""
        if self.output == "pdf":
            return Markup(self._stated(note, self._leftward(note.getparent())))
        stating = tei.states_language(note)
        if stating is None or stating.get(tei.XML_LANG) == self.language:
            return Markup("")
        return Markup(self._stated(stating, self.rtl))

    def _leftward(self, element: Element | None) -> bool:
        """Whether the text of an element runs from right to left."""
        stating = None if element is None else tei.states_language(element)
        if stating is None:
            return self.rtl
        if stating not in self._flows:
            language = html_language(stating.get(tei.XML_LANG, ""))
            self._flows[stating] = right_to_left(language, tei.string(stating))
        return self._flows[stating]


def _tokens(prefix: str, value: str | None) -> str:
    """The words of rend or type as class names; what is no part of a name is left out."""
    return "".join(f" {prefix}-{name}" for t in (value or "").split() if (name := class_name(t)))


def class_name(word: str) -> str:
    """A word as a part of a class's name: without what such a name cannot hold."""
    return _TOKEN.sub("", word)
