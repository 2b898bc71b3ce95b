"""The entries of an apparatus that point into its text → the places that they point to.

An entry of a list says by ``from`` and ``to`` where its lemma begins and ends, or by ``loc`` in which verse or
paragraph it stands; one that stands behind its lemma says by ``from`` where that begins (TEI Guidelines, 13.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from teipress import tei
from teipress.edition import Document, Variation
from teipress.tei import Element

# what is printed with all that stands in it, so that an entry may be called at its end
_HOLDERS = tuple(
    map(
        tei.tei,
        "anchor w pc c m s cl phr seg l p ab head hi emph foreign name persName placeName orgName rs num date term q "
        "said quote unclear supplied add del".split(),
    )
)
_NUMBERED = frozenset(map(tei.tei, ("l", "p", "ab", "seg", "s", "w")))
_ELSEWHERE = tuple(map(tei.tei, ("note", "app", "listApp", "choice")))
_LIST = tei.tei("listApp")
_DIVISIONS = frozenset(map(tei.tei, ("div", "body")))
_BESIDE = frozenset(map(tei.tei, ("app", "head", "pb", "note")))  # what may stand beside the entries of a list
_METHOD = "/".join(map(tei.tei, ("teiHeader", "encodingDesc", "variantEncoding")))

Resolve = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Span:
    """The elements that the lemma of an entry begins and ends with; often it is one."""

    first: Element
    last: Element


def in_list(variation: Variation) -> bool:
    """Whether an entry stands among others, and not behind the words of the text that it is about."""
    app = variation.element
    parent = app.getparent()
    if parent is None or parent.tag == _LIST:
        return parent is not None
    if not (app.get("from") or app.get("loc")) or _is_segmented(app):
        return False
    alone = all(e.tag in _BESIDE for e in parent) and not any(
        isinstance(p, str) and p.strip() for p in tei.content(parent)
    )
    return alone or parent.tag in _DIVISIONS


def _is_segmented(app: Element) -> bool:
    """Whether the header says that the words of the text stand in the entries."""
    methods = (a.find(_METHOD) for a in app.iterancestors())
    return any(method is not None and method.get("method") == "parallel-segmentation" for method in methods)


def spans(document: Document, resolve: Resolve) -> Mapping[str, Span]:
    """For each entry that says where its lemma stands: where; entries that point to no such place are left out.

    `resolve` says which identifier a pointer in a document means.
    """
    pointing = [
        v for v in document.variations if in_list(v) or (v.element.get("from") and not _is_segmented(v.element))
    ]
    if not pointing:
        return {}
    places = [e for part in document.body for e in part.iter(*_HOLDERS) if _is_text(e)]
    by_name = {name: e for e in places if (name := e.get(tei.XML_ID))}
    numbers = Counter(e.get("n") for e in places if e.tag in _NUMBERED)
    by_number = {n: e for e in places if e.tag in _NUMBERED and (n := e.get("n")) and numbers[n] == 1}
    found: dict[str, Span] = {}
    for variation in pointing:
        app = variation.element
        listed = in_list(variation)
        start = app.get("from", "")
        first = by_name.get(resolve(document.slug, start)) if start else by_number.get(app.get("loc", "").strip())
        last = by_name.get(resolve(document.slug, app.get("to", ""))) if app.get("to") else first
        last = last if listed else app
        if first is not None and last is not None:
            found[variation.id] = Span(first, last)
    return found


def _is_text(element: Element) -> bool:
    """Whether an element is a part of the running text, and shown."""
    around = [element, *element.iterancestors()]
    return not any(e.tag in _ELSEWHERE or tei.is_hidden(e) for e in around)
