"""A name in a text → the title or office that stands directly before or after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from teipress.encode.names.lexicon import (
    ABBREVIATED,
    HONORIFICS,
    IDEOGRAPHIC_TITLES,
    OFFICES,
    QUALIFIERS,
    RUSSIAN_OFFICES,
    RUSSIAN_QUALIFIERS,
    RUSSIAN_SHORT,
    SMALL,
    STOP,
    SUFFIXES,
)
from teipress.encode.names.words import Word, fold, inflected, is_cyrillic

_OFFICES = {fold(w) for w in OFFICES | HONORIFICS}
_QUALIFIERS = {fold(w) for w in QUALIFIERS}
_RUSSIAN_OFFICES = {case for w in RUSSIAN_OFFICES for case in inflected(w)} | RUSSIAN_SHORT
_RUSSIAN_QUALIFIERS = {case for w in RUSSIAN_QUALIFIERS for case in inflected(w)}
_AFTER = re.compile("[ \u3000]?(" + "|".join(sorted(IDEOGRAPHIC_TITLES, key=len, reverse=True)) + ")")
_AFTER_ARTICLE = ("right", "hon", "honorable", "honourable", "rev", "reverend")
_LONGEST = 8  # words of a title
_DOMAIN = 4  # words after "of" in an office: "Secretary of Health and Human Services"


def is_office(word: Word) -> bool:
    """Whether a word is a title or an office that a name may follow."""
    if is_cyrillic(word.text):
        return word.key in _RUSSIAN_OFFICES and (len(word.text) > 1 or not word.capital)
    return word.key in _OFFICES and (word.capital or word.key in SMALL)


def title_before(text: Sequence[Word], i: int, floor: int = 0) -> int:
    """The first word of the title that ends just before word i; i if there is none. Nothing before `floor` is read."""
    j = i
    while j > max(floor, i - _LONGEST) and _joined(text, j) and _may_belong(text[j - 1]):
        j -= 1
    if not any(is_office(w) for w in text[j:i]):
        j = _domain(text, i, floor)
    while j < i and not _may_begin(text, j, i):
        j += 1
    return j if any(is_office(w) for w in text[j:i]) else i


def title_at(text: Sequence[Word], i: int) -> int:
    """The word after the title that begins with word i; i if none does."""
    j = i
    while j < min(len(text), i + _LONGEST) and (j == i or _joined(text, j)) and _may_belong(text[j]):
        j += 1
    while j > i and not is_office(text[j - 1]):
        j -= 1
    return j


def title_after(text: str, end: int) -> tuple[int, int] | None:
    """The range of a title directly behind a name in a script without spaces."""
    match = _AFTER.match(text, end)
    return match.span(1) if match else None


def suffix_after(text: Sequence[Word], j: int) -> int:
    """The word after an honorific that a hyphen ties to the name before word j ("Kimura-san"); j if there is none."""
    return j + 1 if j < len(text) and text[j].gap == "-" and text[j].text in SUFFIXES else j


def _joined(text: Sequence[Word], j: int) -> bool:
    """Whether word j continues what word j - 1 began: after a space, an abbreviation's full stop, or "г-н"."""
    before = text[j - 1]
    if text[j].gap == ".":
        return before.key in ABBREVIATED
    return text[j].gap == " " or (text[j].gap == "-" and is_cyrillic(before.text) and _may_belong(before))


def _may_belong(word: Word) -> bool:
    if is_cyrillic(word.text):
        return is_office(word) or word.key in _RUSSIAN_QUALIFIERS
    return is_office(word) or word.key in _QUALIFIERS


def _may_begin(text: Sequence[Word], j: int, end: int) -> bool:
    """Whether a title may begin with word j: an article does so only before "Honorable" and the like."""
    word = text[j]
    if word.key in ("the", "right"):
        return word.capital and j + 1 < end and text[j + 1].key in _AFTER_ARTICLE
    small = not word.capital and not is_cyrillic(word.text)
    return not (small and any(w.capital for w in text[j:end]))


def _domain(text: Sequence[Word], i: int, floor: int) -> int:
    """The first word of an office with its domain: "Secretary of State", "Minister for Foreign Affairs"."""
    j = i
    while j > max(floor, i - _DOMAIN) and text[j].gap == " " and text[j - 1].capital and text[j - 1].key not in STOP:
        j -= 1
    if j == i or j <= floor:
        return i
    k = j - 1 if text[j - 1].key in ("of", "for") else j
    if k == j or k <= floor or not is_office(text[k - 1]):
        return i
    k -= 1
    while k > floor and _joined(text, k) and _may_belong(text[k - 1]):
        k -= 1
    return k
