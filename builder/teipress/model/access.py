"""Access: a tree → the tree without what an audience may not see.

Withheld elements carry ``@ana`` pointing to an access category. Each is replaced by a gap that says nothing about
what stood there; comments and processing instructions go too, because they may quote what the text must not, and the
images of the pages that it stood on, because they show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from lxml import etree

from teipress import tei
from teipress.errors import UsageError
from teipress.facsimile import Images
from teipress.model.exposure import hide_images
from teipress.tei import Element

_BLOCKS = frozenset({"p", "ab", "div", "lg", "list", "table", "quote", "floatingText", "figure", "sp"})
_PARTS = frozenset({"row", "cell", "item", "l"})  # a table keeps its shape, a list its numbers, a stanza its lines
# what is simply not there when it is withheld: entries of registers, and whole documents
_SILENT = frozenset({"category", "person", "place", "org", "facsimile", "TEI", "teiCorpus"})

_PUNCTUATION = re.compile(r"[(),;=']")  # of pointers by a scheme (TEI Guidelines, 16.2.4)


def withhold(root: Element, categories: Collection[str], folder: Path = Path()) -> bool:
    """Delete from `root`, in place, every element marked with one of `categories` ("#restricted").

    `folder` is the edition's, for the images of its pages.

    Returns whether anything is left: False when the root itself may not be seen.

    Raises:
        UsageError: what is marked is a point from which a stretch of text begins, which cannot be taken out whole.
    """
    if not categories:
        return True
    for node in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        tei.remove(node)
    names = {category.lstrip("#") for category in categories}
    if _is_withheld(root, names):
        return False
    gone = hide_images(root, [e for e in tei.elements(root) if _is_withheld(e, names)], folder)
    for element in [e for e in tei.elements(root) if _is_withheld(e, names)]:
        if element.get("spanTo"):
            place = f"{tei.file_of(element)}:{tei.line_of(element)}"
            hint = "mark the elements that stand in it"
            raise UsageError(f"{place}: <{tei.local(element)}> is withheld, but is only the start of a stretch; {hint}")
        gone |= _identifiers(element)
        if tei.ancestor(element, "teiHeader", "facsimile") is not None or tei.local(element) in _SILENT:
            tei.remove(element)
        else:
            tei.replace(element, _gap(element, names))
    _forget(root, gone - _identifiers(root) - names, Images(root, folder).expanded)
    return True


def _identifiers(root: Element) -> set[str]:
    return {i for e in tei.elements(root) if (i := e.get(tei.XML_ID))}


def _forget(root: Element, identifiers: Collection[str], expanded: Callable[[str], str]) -> None:
    """Take away what points to elements that are gone: an identifier may be a name ("doe-jane")."""
    for element in tei.elements(root) if identifiers else ():
        for name, value in tei.attributes(element):
            tokens = value.split()
            kept = [t for t in tokens if not any(_points_to(p, name, identifiers) for p in {t, expanded(t)})]
            if len(kept) == len(tokens):
                continue
            if kept:
                element.set(name, " ".join(kept))
            else:
                del element.attrib[name]


def _points_to(token: str, attribute: str, identifiers: Collection[str]) -> bool:
    """Whether ``#id``, ``file.xml#id``, ``prefix:id``, ``#scheme(id,…)`` or, in a key, ``id`` names one of some."""
    file, mark, name = token.rpartition("#")
    if mark and ":" not in file:
        return any(part in identifiers for part in _PUNCTUATION.split(name))
    return token.rpartition(":")[2] in identifiers if attribute == "key" or ":" in token else False


def _is_withheld(element: Element, names: set[str]) -> bool:
    """Whether one of the pointers of @ana (``#restricted``, ``header.xml#restricted``) names a category."""
    return any(p.rpartition("#")[2] in names for p in tei.pointers(element.get("ana")))


def unknown_categories(root: Element, categories: Iterable[str]) -> list[str]:
    """Those of some access categories that the edition neither declares nor uses: most likely they are misspelt."""
    known = {i for e in tei.elements(root) if (i := e.get(tei.XML_ID))}
    known |= {p.rpartition("#")[2] for e in tei.elements(root) for p in tei.pointers(e.get("ana"))}
    return [category for category in categories if category.lstrip("#") not in known]


def _gap(element: Element, names: set[str]) -> Element:
    """A gap in an element of the kind that may stand there; of its categories only those that it is withheld for."""
    categories = [p for p in tei.pointers(element.get("ana")) if p.rpartition("#")[2] in names]
    gap = etree.Element(tei.tei("gap"), reason="withheld", ana=" ".join(categories))
    name = tei.local(element)
    if name not in _BLOCKS | _PARTS:
        return gap
    outer = etree.Element(tei.tei(name if name in _PARTS else "p"))
    inner = etree.SubElement(outer, tei.tei("cell")) if name == "row" else outer
    inner.append(gap)
    return outer
