"""tagsDecl → how the encoder says that things looked in the source (TEI Guidelines, 2.3.4)."""

from __future__ import annotations

from collections.abc import Iterable

from teipress import tei
from teipress.css import declarations
from teipress.edition import Rendition
from teipress.findings import Finding, finding
from teipress.tei import Element

_SCOPES = {
    "": "",
    "before": "::before",
    "after": "::after",
    "first-line": "::first-line",
    "first-letter": "::first-letter",
}


def renditions(root: Element) -> tuple[Rendition, ...]:
    """Every `rendition` that can be pointed to, with what of its CSS is safe to use."""
    return tuple(_rendition(e) for e in tei.elements(root, "rendition") if e.get(tei.XML_ID))


def _rendition(element: Element) -> Rendition:
    scheme, scope = element.get("scheme", "css"), element.get("scope", "")
    written = tei.line_of_text(element)
    if scheme != "css" or scope not in _SCOPES:
        return Rendition(element.get(tei.XML_ID, ""), "", refused=(written,), element=element)
    found = declarations(written)
    return Rendition(element.get(tei.XML_ID, ""), found.safe, _SCOPES[scope], found.refused, element)


def unused_renditions(renditions: Iterable[Rendition]) -> list[Finding]:
    """V006 for each rendition of which something cannot be used."""
    return [_unused(r, r.element) for r in renditions if r.refused and r.element is not None]


def _unused(rendition: Rendition, element: Element) -> Finding:
    said = "; ".join(rendition.refused)
    message = f'the rendition "{rendition.id}" says "{said[:80]}", which is not used'
    hint = 'plain CSS with scheme="css" is; its name stays as a class'
    return finding("V006", message, tei.file_of(element), tei.line_of(element), hint)
