"""A tree → the witnesses that its apparatus cites, and words that it points to."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from teipress import tei
from teipress.edition import Witness
from teipress.tei import Element

_UNREAD = frozenset(map(tei.tei, ("note", "rdg", "rdgGrp", "witDetail")))
_PARTED = frozenset(map(tei.tei, ("l", "lb", "p", "ab", "head", "item", "cell", "sp", "speaker")))  # a word ends before
_CHOICE = tei.tei("choice")
_LONGEST = 100  # characters of a description, which is there to remind: the whole of it is with the witness


def witnesses(root: Element, cited: Collection[str]) -> dict[str, Witness]:
    """The witnesses, editions and scholars of these identifiers, wherever they are described."""
    found: dict[str, Witness] = {}
    for element in _identified(root, cited):
        identifier = element.get(tei.XML_ID, "")
        group = next((i for a in element.iterancestors(tei.tei("witness")) if (i := a.get(tei.XML_ID))), "")
        found.setdefault(identifier, Witness(identifier, _siglum(element), _description(element), group))
    return found


def identified(root: Element, targets: Collection[str]) -> dict[str, Element]:
    """The elements of these identifiers."""
    return {e.get(tei.XML_ID, ""): e for e in _identified(root, targets)}


def between(first: Element, last: Element) -> str:
    """The words from the beginning of one element to the end of another, before it if that is an entry; else none."""
    above = {last, *last.iterancestors()}
    around = next((e for e in (first, *first.iterancestors()) if e in above), None)
    words: list[str] = []
    inside, apart = False, 0
    for event, element in etree.iterwalk(around, events=("start", "end")) if around is not None else ():
        is_start = event == "start"
        inside = inside or element is first
        if inside and element is last and (not is_start or tei.local(last) == "app"):
            return " ".join("".join(words).split())
        apart += (1 if is_start else -1) if _is_unread(element) else 0
        text = element.text if is_start else element.tail
        if inside and is_start and element.tag in _PARTED and element.get("break") != "no":
            words.append(" ")
        if inside and not apart and text and (element is not around or is_start):
            words.append(text)
    return ""


def _is_unread(element: Element) -> bool:
    """Whether an element is no part of the running text: a note, a reading that is not the text's, a form beside it."""
    if element.tag in _UNREAD or tei.is_hidden(element):
        return True
    parent = element.getparent()
    return parent is not None and parent.tag == _CHOICE and tei.editors_form(parent) not in (element, parent)


def _identified(root: Element, identifiers: Collection[str]) -> list[Element]:
    return [e for e in tei.elements(root) if e.get(tei.XML_ID) in identifiers] if any(identifiers) else []


def _siglum(element: Element) -> str:
    """An abbreviation that says that it is the siglum, and does not stand in a witness inside this one; else @n."""
    for abbr in tei.elements(element, "abbr"):
        if abbr.get("type") == "siglum" and not _inner(abbr, element):
            return tei.line_of_text(abbr)
    return element.get("n", "")


def _inner(abbr: Element, element: Element) -> bool:
    return next(a for a in abbr.iterancestors() if a is element or a.get(tei.XML_ID)) is not element


def _description(element: Element) -> str:
    words = tei.line_of_text(element, skip=("abbr", "listWit", "listBibl", "note"))
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
