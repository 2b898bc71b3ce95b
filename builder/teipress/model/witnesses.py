"""A tree → the witnesses that its apparatus cites, and words that it points to."""

from __future__ import annotations

from collections.abc import Collection

from teipress import tei
from teipress.edition import Witness
from teipress.tei import Element

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
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


def _identified(root: Element, identifiers: Collection[str]) -> list[Element]:
    return [e for e in tei.elements(root) if e.get(tei.XML_ID) in identifiers] if any(identifiers) else []


def _siglum(element: Element) -> str:
    """An abbreviation that says that it is the siglum, and does not stand in a witness inside this one; else @n."""
    for abbr in tei.elements(element, "abbr"):
        if abbr.get("type") == "siglum" and not _inner(abbr, element):
            return _raised(abbr)
    return element.get("n", "")


def _raised(abbr: Element) -> str:
    """The words of a siglum; a number that stands raised behind it, as that of a hand does, in raised figures."""
    words = tei.line_of_text(abbr)
    last = next(reversed(list(abbr.iterchildren(tei.tei("hi")))), None)
    number = "" if last is None or "sup" not in (last.get("rend") or "") else tei.line_of_text(last)
    return words.removesuffix(number) + number.translate(_RAISED) if number.isdecimal() else words


def _inner(abbr: Element, element: Element) -> bool:
    return next(a for a in abbr.iterancestors() if a is element or a.get(tei.XML_ID)) is not element


def _description(element: Element) -> str:
    words = tei.line_of_text(element, skip=("abbr", "listWit", "listBibl", "note"))
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"
