"""A teiHeader → the parts that a reader is shown about a document, each under its heading."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from teipress import tei
from teipress.edition import Header
from teipress.phrases import Phrases
from teipress.render.walker import Walker
from teipress.vocabulary import header_parts


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a record."""

    title: str
    text: Markup


def record(header: Header, walker: Walker, phrases: Phrases) -> list[Part]:
    """What the header tells about source, rights, practice and changes, in this order, as far as it does."""
    return [Part(phrases.gettext(title), walker.inside(element)) for title, element in header_parts(header.element)]


def abstract(header: Header, walker: Walker) -> Markup:
    """The abstract of a document or an edition (profileDesc/abstract), empty if it has none."""
    element = tei.child(header.element, "profileDesc", "abstract") if header.element is not None else None
    return walker.inside(element) if element is not None else Markup("")
