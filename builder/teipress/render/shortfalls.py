"""A book that was printed → what could not be as it should: O001 characters, O002 page numbers, O015 facing pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from teipress import tei
from teipress.edition import Edition
from teipress.findings import Finding, finding


def overfull(edition: Edition, spilled: Collection[str], name: str) -> list[Finding]:
    """O015 for each pair of documents some of whose facing pages could not hold what belongs on them."""
    titles = {d.slug: d.title for d in edition.documents}
    return [
        finding(
            "O015",
            f'"{titles[p.first]}" and "{titles[p.second]}" do not stay side by side: something does not fit on a page',
            name,
            0,
            "look at the spreads, and divide the passage that is too long",
        )
        for p in edition.facing
        if p.name in spilled
    ]


def unsettled(name: str, passes: int) -> Finding:
    """O002: the page numbers still moved in the last pass."""
    return finding("O002", f"page references did not settle in {passes} passes; some may be off by one", name)


def unprintable(edition: Edition, characters: Collection[str]) -> list[Finding]:
    """O001 for each character that no font draws, at its first place in the texts and their headers."""
    texts = [edition.header.element, *(p for d in edition.documents for p in (d.header.element, *d.body))]
    found = _places(texts, characters)
    elsewhere = [c for c in characters if c not in found]  # in a register
    found |= _places([edition.source], elsewhere)
    return [_unprintable(c, *found.get(c, (None, 0))) for c in sorted(characters)]


def _places(parts: Sequence[tei.Element | None], characters: Collection[str]) -> dict[str, tuple[tei.Element, int]]:
    """Where each of some characters first stands in some parts, and how many times in all of them."""
    found: dict[str, tuple[tei.Element, int]] = {}
    for part in dict.fromkeys(p for p in parts if p is not None):
        for character, (element, times) in tei.first_places(part, characters).items():
            first, before = found.get(character, (element, 0))
            found[character] = first, before + times
    return found


def _unprintable(character: str, element: tei.Element | None, times: int) -> Finding:
    private = unicodedata.category(character) == "Co"
    name = "a character of private use" if private else unicodedata.name(character, "a character without a name")
    often = f", which stands {times} times" if times > 1 else ""
    hint = "say what it is with g and glyph" if private else "teipress doctor names the fonts to install"
    message = f"no font here draws U+{ord(character):04X}, {name}{often}; the PDF shows a box, or nothing"
    file, line = ("", 0) if element is None else (tei.file_of(element), tei.line_of(element))
    return finding("O001", message, file, line, hint)
