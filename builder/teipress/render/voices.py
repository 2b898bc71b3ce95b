"""The languages of an edition and of its interface → the attributes that tell on a page whose words are in which.

A page is in the language of the interface, which speaks first and last on it. What the edition says on it, titles and
registers and the text itself, states its own language where that is another; where the interface speaks inside of a
text, it states its language again (WCAG 2.2, 3.1.2). Where both are the same, nothing needs to be stated.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from teipress import tei
from teipress.edition import Edition
from teipress.languages import html_language
from teipress.phrases import ENGLISH, Phrases
from teipress.render.language import right_to_left
from teipress.render.source import text_as_markup

_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Voices:
    """Ready to print: `ours` for words of the interface inside of a text, `theirs` for those of the edition.

    `heard` is for words of the interface that nobody sees, so that their direction does not matter.
    `page` is the language of a page, `rtl` the direction of one that holds no text. An EPUB states languages `twice`.
    """

    page: str
    rtl: bool
    twice: bool = False
    ours: Markup = _NOTHING
    heard: Markup = _NOTHING
    theirs: Markup = _NOTHING

    def stated(self, written: str) -> Markup:
        """The language of some words (as TEI writes it), if it is not that of the page; "" where nobody knows it."""
        language = html_language(written)
        unknown = not language and _primary(self.page) == ENGLISH  # as most texts are that do not say it
        return _NOTHING if unknown or language == self.page else self.attributes(language)

    def spoken(self, written: str) -> Markup:
        """The language of some words wherever they stand; nothing where nobody knows it."""
        language = html_language(written)
        return self.attributes(language) if language else _NOTHING

    def attributes(self, language: str, rtl: bool | None = None) -> Markup:
        """Language and, if given, direction as attributes."""
        value = text_as_markup(language)
        twice = f' xml:lang="{value}"' if self.twice else ""
        direction = "" if rtl is None else f' dir="{"rtl" if rtl else "ltr"}"'
        return Markup(f' lang="{value}"{twice}{direction}')


def voices(edition: Edition, phrases: Phrases, output: str, flows: Collection[bool]) -> Voices:
    """The two voices of an edition in one format; `flows` say of each of its texts whether it runs to the left."""
    own = html_language(edition.language)
    page = own if own and _same(own, phrases.language) else phrases.language
    found = Voices(page, phrases.rtl, output == "epub")
    theirs_run = right_to_left(own)
    bodies = (part for d in edition.documents for text in d.body for part in (text, *text.iterchildren(etree.Element)))
    parts = {tei.language(part) for part in bodies}
    spoken = {own, *(html_language(d.language) or own for d in edition.documents), *map(html_language, parts)}
    other = not all(_same(language, page) for language in spoken)
    turned = found.rtl in {not flow for flow in (*flows, theirs_run)}
    ours = found.attributes(page, found.rtl if turned else None) if other or turned else _NOTHING
    differ = theirs_run != found.rtl
    theirs = found.attributes(own, theirs_run if differ else None) if differ or not _same(own, page) else _NOTHING
    return Voices(page, found.rtl, found.twice, ours, found.attributes(page) if other else _NOTHING, theirs)


def _same(one: str, other: str) -> bool:
    """Whether two tags are of one language; what states none is taken for English."""
    return _primary(one or ENGLISH) == _primary(other or ENGLISH)


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
