"""Elements of the text → the language and the direction that the page around them states.

A page runs as most of its letters do, whatever its header declares: many a header is in English, and says so for
the Arabic text as well. Inside the text each element that states a language has the direction of that (`walker`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teipress import tei
from teipress.edition import Document
from teipress.languages import html_language
from teipress.render.language import mostly_right_to_left
from teipress.tei import Element


@dataclass(frozen=True, slots=True)
class Around:
    """What a page states for all text on it that states no language of its own.

    `language` is as TEI writes it; `rtl` is its direction and `page_rtl` that of the page itself, margins and all.
    """

    language: str = ""
    rtl: bool = False
    page_rtl: bool = False


def runs_left(document: Document) -> bool:
    """Whether most of a document's text runs from right to left."""
    text = "".join(map(tei.string, document.body))
    return mostly_right_to_left(text, html_language(document.language))


def around(document: Document, elements: Sequence[Element], page_rtl: bool) -> Around:
    """What the page of a document states for some of its elements."""
    parent = elements[0].getparent() if elements else None
    language = document.language if parent is None else tei.language(parent)
    if "".join(map(tei.string, elements)).isascii():
        return Around(language, page_rtl, page_rtl)
    rest = "".join(text for element in elements for text in _unstated(element))
    return Around(language, mostly_right_to_left(rest) if rest.strip() else page_rtl, page_rtl)


def _unstated(element: Element) -> Iterator[str]:
    """The text in an element that stands in no element with a language of its own."""
    if element.get(tei.XML_LANG):
        return
    for part in tei.content(element):
        if isinstance(part, str):
            yield part
        else:
            yield from _unstated(part)
