"""Verses or pages of the source, and where the last layout put them → the ranges at the heads of printed pages.

The first of them on a page carries the range of that page. On a page where none begins the page of the source that
is open there is named, and no verse: so what the last of them on a page carries is for the pages after it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from teipress import tei
from teipress.edition import Document, Page
from teipress.tei import Element

_VERSE, _PAGE = tei.tei("l"), tei.tei("pb")


@dataclass(frozen=True, slots=True)
class Range:
    """What a head says from an element on: on the page where it stands, and on pages after it."""

    here: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class _Numbered:
    id: str
    number: str
    part: str


def ranges(documents: Iterable[Document], mode: str, page_of: Mapping[str, int]) -> dict[str, Range]:
    """The ranges by the identifiers that carry them; `mode` is a value of the setting, `page_of` the last layout."""
    found: dict[str, Range] = {}
    for document in documents:
        if mode == "lines":
            found |= _by_page(_verses(document), page_of, _of_verses)
        elif mode == "pages":
            found |= _by_page([_Numbered(p.id, _bare(p), "") for p in document.page_list], page_of, _of_pages)
    return found


def opened(document: Document, chapters: Collection[str]) -> dict[str, str]:
    """For the chapters of a document what is open at their headings: a chapter may be laid out alone."""
    numbers = {page.id: _bare(page) for page in document.page_list}
    found: dict[str, str] = {}
    number = ""
    for element in (e for part in document.body for e in tei.elements(part, "pb", "head")):
        parent = element.getparent()
        around = "" if parent is None else parent.get(tei.XML_ID, "")
        if element.tag == _PAGE:
            number = numbers.get(element.get(tei.XML_ID, ""), number)
        elif around in chapters and number:
            found.setdefault(around, f"[{number}]")
    return found


def _by_page(
    numbered: Sequence[_Numbered], page_of: Mapping[str, int], said: Callable[[list[_Numbered], str], str]
) -> dict[str, Range]:
    placed = [n for n in numbered if n.id in page_of]
    found: dict[str, Range] = {}
    before = ""
    for _, group in groupby(placed, key=lambda n: page_of[n.id]):
        on_page = list(group)
        first, last = on_page[0], on_page[-1]
        found[first.id] = Range(said(on_page, before))
        found[last.id] = Range(said(on_page, before) if first is last else None, said([], last.number))
        before = last.number
    return found


def _verses(document: Document) -> list[_Numbered]:
    """The verses that have a number, each with that of the division around it."""
    verses = (verse for part in document.body for verse in part.iter(_VERSE))
    return [_Numbered(i, n, _part(v)) for v in verses if (i := v.get(tei.XML_ID)) and (n := v.get("n"))]


def _part(verse: Element) -> str:
    around = (a for a in verse.iterancestors() if tei.local(a).startswith("div"))
    return next((n for a in around if (n := a.get("n"))), "")


def _of_verses(verses: list[_Numbered], before: str) -> str:
    """``I 1–24``; of several parts the first and the last: ``I 40–52, II 1–6``."""
    runs = [_run(list(group)) for _, group in groupby(verses, key=lambda v: v.part)]
    return ", ".join(runs if len(runs) < 3 else [runs[0], "…", runs[-1]])


def _run(verses: list[_Numbered]) -> str:
    first, last = verses[0], verses[-1]
    span = first.number if first.number == last.number else f"{first.number}–{last.number}"
    return f"{first.part} {span}".strip()


def _of_pages(pages: list[_Numbered], before: str) -> str:
    """``[12–14]``, from the page that is open at the head of this one."""
    numbers = [number for number in (before, *(page.number for page in pages)) if number]
    first, last = (numbers[0], numbers[-1]) if numbers else ("", "")
    return "" if not first else f"[{first}]" if first == last else f"[{first}–{last}]"


def _bare(page: Page) -> str:
    return page.label.strip("[]")
