"""Access: a tree → the tree without what an audience may not see.

Withheld elements carry ``@ana`` pointing to an access category. Each is replaced by a gap of a size that says
nothing about what stood there; comments go too, because an editor's comment may quote what the text must not.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from teipress import tei
from teipress.tei import Element

_BLOCKS = frozenset({"p", "ab", "div", "lg", "list", "table", "quote", "floatingText", "figure", "sp"})
_SILENT = "teiHeader"


def withhold(root: Element, categories: Collection[str]) -> None:
    """Delete from `root`, in place, every element marked with one of `categories` ("#restricted")."""
    if not categories:
        return
    for comment in list(root.iter(etree.Comment)):
        tei.remove(comment)
    for element in [e for e in tei.elements(root) if set(tei.pointers(e.get("ana"))) & set(categories)]:
        if element.getparent() is None:
            continue
        if tei.ancestor(element, _SILENT) is not None or tei.local(element) in ("category", "person", "place"):
            tei.remove(element)
        else:
            tei.replace(element, _gap(element))


def _gap(element: Element) -> Element:
    gap = etree.Element(tei.tei("gap"), reason="withheld", ana=element.get("ana", ""))
    if tei.local(element) not in _BLOCKS:
        return gap
    paragraph = etree.Element(tei.tei("p"))
    paragraph.append(gap)
    return paragraph
