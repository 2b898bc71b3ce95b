"""A tree → findings on its page numbers: holes, repeats, jumps back, and numbers of another kind.

How pages are counted is for the source to say, and sources count in many ways. So a sequence has to be regular, with
few exceptions, before an exception is worth a word; a new count from the beginning is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.numerals import roman_value
from teipress.tei import Element
from teipress.validate.integrity.places import at

_ENOUGH = 6  # steps from page to page that make a sequence
_REGULAR = 0.8  # of them are alike
_MANY = 3  # exceptions of one kind in a sequence that are told one by one
_BEGINNING = 2  # a count that starts again starts no higher

_PREFIX = re.compile(r"(?:pp?|pages?|pag|s|seite|ff?|fols?|folio|bl)\b[.\s]*", re.IGNORECASE)
_FOLIO = re.compile(r"(\d+)[\s.-]*([rv])[\s.-]*([ab]?)", re.IGNORECASE)
_UNITS = {"folio": 2, "folio and column": 4}  # what a leaf counts


@dataclass(frozen=True, slots=True)
class Number:
    """What a label counts: in which way, and how far it has come (a leaf counts two, its columns four)."""

    kind: str
    value: int


@dataclass(frozen=True, slots=True)
class _Page:
    element: Element
    label: str
    number: Number | None


def number(label: str) -> Number | None:
    """The number that a page label stands for: ``[12]``, ``p. 12``, ``xii``, ``fol. 12v``, ``12ra``; else None."""
    bare = _PREFIX.sub("", label.strip("[](){}<>?*.,;: \t\n"), count=1).strip()
    if bare.isdecimal():
        return Number("arabic", int(bare))
    if folio := _FOLIO.fullmatch(bare):
        side = 2 * int(folio[1]) + (folio[2] in "vV")
        return Number("folio and column", 2 * side + (folio[3] in "bB")) if folio[3] else Number("folio", side)
    value = roman_value(bare)
    return Number("roman", value) if value else None


def check(source: Source) -> list[Finding]:
    """P001, P005, P006 and P007, document by document and stream by stream."""
    streams: dict[tuple[Element | None, str], list[_Page]] = defaultdict(list)
    for pb in tei.elements(source.root, "pb"):
        label = (pb.get("n") or "").strip()
        if label and tei.ancestor(pb, "rdg", "note") is None:
            key = tei.ancestor(pb, "TEI"), " ".join(tei.pointers(pb.get("ed") or pb.get("edRef")))
            streams[key].append(_Page(pb, label, number(label)))
    return [found for pages in streams.values() for found in _bounded(pages)]


def _bounded(pages: list[_Page]) -> Iterator[Finding]:
    """The exceptions of one sequence; of many of a kind the first, and how many there are."""
    kinds: dict[str, list[tuple[_Page, str, str]]] = defaultdict(list)
    for code, page, message, hint in _exceptions(pages, _steps(pages)):
        kinds[code].append((page, message, hint))
    for code, found in kinds.items():
        for page, message, hint in found if len(found) <= _MANY else found[:1]:
            more = f"; the same happens {len(found) - 1} times after it" if len(found) > _MANY else ""
            yield at(page.element, code, message + more, hint)


def _steps(pages: list[_Page]) -> dict[str, int]:
    """How far it is from page to page: 1 as a rule, 2 where only fronts of leaves are numbered.

    For each way of counting that is regular.
    """
    ways: dict[str, Counter[int]] = defaultdict(Counter)
    for a, b in pairwise(pages):
        if a.number and (way := _way(a, b)) is not None:
            ways[a.number.kind][way] += 1
    found = {kind: counter.most_common(1)[0] for kind, counter in ways.items() if counter.total() >= _ENOUGH}
    return {k: step for k, (step, times) in found.items() if step > 0 and times >= _REGULAR * ways[k].total()}


def _exceptions(pages: list[_Page], steps: dict[str, int]) -> Iterator[tuple[str, _Page, str, str]]:
    """Code, place, cause and remedy of each."""
    position = 1
    while steps and position < len(pages):
        before, here = pages[position - 1], pages[position]
        after = pages[position + 1] if position + 1 < len(pages) else None
        step = steps.get(before.number.kind, 0) if before.number else 0
        if step and after and _way(before, here) not in (0, step) and _way(before, after) == 2 * step:
            yield _stranger(before, here, after)
            position += 1  # the way from the stranger to the next page has been told with it
        elif step and (exception := _exception(before, here, step)) is not None:
            yield exception
        position += 1


def _way(a: _Page, b: _Page) -> int | None:
    """How far it is from one page to another, if both are counted in the same way."""
    if a.number is None or b.number is None or a.number.kind != b.number.kind:
        return None
    return b.number.value - a.number.value


def _stranger(before: _Page, here: _Page, after: _Page) -> tuple[str, _Page, str, str]:
    """One page between two that fit each other."""
    message = f'page "{here.label}" stands between "{before.label}" and "{after.label}"'
    code = "P007" if _way(before, here) is None else "P006"
    return code, here, message, "check the number against the source"


def _exception(before: _Page, here: _Page, step: int) -> tuple[str, _Page, str, str] | None:
    way = _way(before, here)
    follows = f'page "{here.label}" follows page "{before.label}"'
    if way is None or way == step:
        return None
    if way == 0:
        return "P005", here, follows, "check both numbers; if they are pages of two sources, tell these apart with @ed"
    if way > 0:
        return "P001", here, follows, "check whether a page is missing here, or the source skips the number"
    assert here.number is not None
    again = here.number.value <= _BEGINNING * _UNITS.get(here.number.kind, 1)
    return None if again else ("P006", here, follows, "check both numbers")
