"""A document as it was read → the TEI of its divisions and of its pages, each in a wrapper (DTS 1.0, Document)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from teipress import tei
from teipress.edition import Document
from teipress.render.data import DECLARATION, public_copy
from teipress.tei import Element

DTS = "https://w3id.org/api/dts#"
_DIVISIONS = ("div", *(f"div{n}" for n in range(1, 8)))


def division_fragments(document: Document) -> dict[str, str]:
    """The TEI of each headed division, by its identifier."""
    as_read = dict(_paired(document, *_DIVISIONS))
    divisions = ((d.id, as_read.get(d.element)) for d in document.all_divisions)
    return {name: wrapped([public_copy(element)]) for name, element in divisions if element is not None}


def page_fragments(document: Document) -> dict[str, str]:
    """The TEI of each page of the sequence that references go by, by its identifier: all from its break to the next.

    Elements that go on from the page before are opened again, without their identifiers.
    """
    as_read = {e.get(tei.XML_ID, ""): found for e, found in _paired(document, "pb")}
    names = {found: page.id for page in document.page_list if (found := as_read.get(page.id)) is not None}
    source = document.source
    pages: dict[str, Element] = {}
    for part in source.iterchildren(tei.tei("text"), tei.tei("sourceDoc")) if source is not None else ():
        pages |= dict(_split(part, names))
    return {name: wrapped([page]) for name, page in pages.items()}


def wrapped(parts: Sequence[Element]) -> str:
    """A TEI file with parts of a document in the wrapper of DTS."""
    root = etree.Element(tei.tei("TEI"), nsmap={None: tei.TEI})
    wrapper = etree.SubElement(root, f"{{{DTS}}}wrapper", nsmap={"dts": DTS})
    tei.extend(wrapper, parts)
    return DECLARATION + etree.tostring(root, encoding="unicode") + "\n"


def _paired(document: Document, *names: str) -> list[tuple[Element, Element]]:
    """The elements of these names as they were modelled, each with the one that was read: their order is the same.

    None where their number is not: better no fragment than the wrong one.
    """
    if not document.body or document.source is None:
        return []
    parent = document.body[0].getparent()
    modelled = list(tei.elements(document.body[0] if parent is None else parent, *names))
    as_read = list(tei.elements(document.source, *names))
    return list(zip(modelled, as_read, strict=True)) if len(modelled) == len(as_read) else []


def _split(root: Element, names: dict[Element, str]) -> Iterator[tuple[str, Element]]:
    """A text cut at its page breaks in one walk: the name of each page, and a tree of what stands on it."""
    open_: list[Element] = [_shell(root)]
    name = ""
    steps: list[tuple[Element, Iterator[str | Element]]] = [(root, iter(tei.content(root)))]
    while steps:
        part = next(steps[-1][1], None)
        if part is None:
            steps.pop()
            if steps:
                open_.pop()
        elif isinstance(part, str):
            tei.extend(open_[-1], [part])
        else:
            if part in names:
                if name:
                    yield name, open_[0]
                name, open_ = names[part], _opened_again(open_)
            shell = _shell(part)
            tei.extend(open_[-1], [shell])
            open_.append(shell)
            steps.append((part, iter(tei.content(part))))
    if name:
        yield name, open_[0]


def _shell(element: Element) -> Element:
    """An element with its attributes and nothing in it."""
    return etree.Element(element.tag, dict(tei.attributes(element)), nsmap=dict(element.nsmap))


def _opened_again(open_: Sequence[Element]) -> list[Element]:
    """The elements that a page break stands in, for the page that begins with it."""
    again = [_shell(element) for element in open_]
    for outer, inner in pairwise(again):
        outer.append(inner)
    for element in again:
        element.attrib.pop(tei.XML_ID, None)
    return again
