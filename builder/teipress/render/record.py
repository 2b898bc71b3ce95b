"""A teiHeader → the parts that a reader is shown about a document, each under its heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from teipress import tei
from teipress.edition import Header
from teipress.render.walker import Walker
from teipress.tei import Element

# heading, and where in the header its text stands
_PARTS = (
    ("Source", "fileDesc/sourceDesc"),
    ("Rights", "fileDesc/publicationStmt/availability"),
    ("About the edition", "encodingDesc/projectDesc"),
    ("Editorial practice", "encodingDesc/editorialDecl"),
    ("Codes", "encodingDesc/classDecl"),
    ("Changes", "revisionDesc"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a record."""

    title: str
    text: Markup


def record_parts(header: Header) -> Iterator[tuple[str, Element]]:
    """The parts of a header that a record shows, each with its heading."""
    for title, path in _PARTS:
        element = tei.child(header.element, *path.split("/")) if header.element is not None else None
        if element is not None and tei.has_text(element):
            yield title, element


def record(header: Header, walker: Walker) -> list[Part]:
    """What the header tells about source, rights, practice and changes, in this order, as far as it does."""
    return [Part(title, walker.inside(element)) for title, element in record_parts(header)]


def abstract(header: Header, walker: Walker) -> Markup:
    """The abstract of a document or an edition (profileDesc/abstract), empty if it has none."""
    element = tei.child(header.element, "profileDesc", "abstract") if header.element is not None else None
    return walker.inside(element) if element is not None else Markup("")
