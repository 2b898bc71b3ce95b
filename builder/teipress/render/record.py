"""A teiHeader → the parts that a reader is shown about a document, each under its heading."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from teipress import tei
from teipress.edition import Header
from teipress.render.walker import Walker

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


def record(header: Header, walker: Walker) -> list[Part]:
    """What the header tells about source, rights, practice and changes, in this order, as far as it does."""
    parts: list[Part] = []
    for title, path in _PARTS:
        element = tei.child(header.element, *path.split("/")) if header.element is not None else None
        if element is not None and tei.has_text(element):
            parts.append(Part(title, walker.inside(element)))
    return parts


def abstract(header: Header, walker: Walker) -> Markup:
    """The abstract of a document or an edition (profileDesc/abstract), empty if it has none."""
    element = tei.child(header.element, "profileDesc", "abstract") if header.element is not None else None
    return walker.inside(element) if element is not None else Markup("")
