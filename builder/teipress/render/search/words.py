"""Passages → an alphabetical index of the words in them, for whoever searches without a script.

Every form of a word stands for itself, folded by case. What carries no meaning of its own (stopwords.toml) is left
out. Japanese is indexed by runs of kanji and of katakana as they stand in the text, Chinese by single characters:
where words begin and end is not written in either, and a dictionary would only guess.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from teipress.edition import Passage

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
_HIRAGANA = "\u3041-\u3096\u309d-\u309f"
_NUMBERS = "0–9"
_SCRIPTS = {"漢": _HAN, "ア": _KATAKANA}  # the heading of each; the words of others go under their first letters


@dataclass(frozen=True, slots=True)
class Found:
    """The passages of one document that have a word."""

    document: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the index: how it is mostly written, and where it stands."""

    text: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The words under one letter. `name` is safe in a file's name."""

    letter: str
    name: str
    words: tuple[Word, ...]


def index_of_words(passages: Iterable[Passage]) -> list[Section]:
    """The index of all words, by letters in the order of their scripts."""
    places: dict[str, dict[Passage, None]] = defaultdict(dict)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        left_out = stop_words(passage.language)
        for form in _forms(passage):
            folded = form.casefold()
            if folded not in left_out:
                places[folded][passage] = None
                forms[folded][form] += 1
    words = sorted(places, key=_sort_key)
    return [
        Section(letter, _name(letter), tuple(_word(w, forms[w], places[w]) for w in group))
        for letter, group in groupby(words, key=_letter)
    ]


def _word(folded: str, forms: Counter[str], places: Iterable[Passage]) -> Word:
    """Lower case, if the word is ever written so: a capital at the start of a sentence says nothing."""
    text = folded if folded in forms else min(forms, key=lambda f: (-forms[f], f))
    return Word(text, tuple(Found(d, tuple(group)) for d, group in groupby(places, key=lambda p: p.document)))


def _forms(passage: Passage) -> Iterator[str]:
    for match in _pattern().finditer(unicodedata.normalize("NFC", passage.text)):
        form = match[0]
        if match.lastgroup != "han":
            yield from () if len(form) == 1 and not form.isdigit() else (form,)
        elif passage.language == "zh":
            yield from form
        else:
            yield form


@cache
def _pattern() -> re.Pattern[str]:
    """A run of kanji, of katakana, or of other letters with their marks; apostrophes and hyphens may join two."""
    marks = "".join(map(chr, _marks()))
    letter = rf"[^\W_{_HAN}{_KATAKANA}{_HIRAGANA}]"
    other = rf"{letter}[{marks}]*(?:{letter}|[{marks}])*"
    return re.compile(rf"(?P<han>[{_HAN}]+)|(?P<katakana>[{_KATAKANA}]+)|(?P<other>{other}(?:['’‐-]{other})*)")


def _marks() -> Iterator[int]:
    """The combining marks of the basic plane, and the joiners that steer them."""
    yield from (0x200C, 0x200D)
    yield from (c for c in range(0x300, 0xFE30) if unicodedata.category(chr(c)).startswith("M"))


def _sort_key(word: str) -> tuple[bool, str, str]:
    """Numbers last; letters without their marks, then with them."""
    return word[0].isdigit(), _bare(word), word


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _letter(word: str) -> str:
    if word[0].isdigit():
        return _NUMBERS
    for heading, characters in _SCRIPTS.items():
        if re.match(f"[{characters}]", word):
            return heading
    return (_bare(word) or word)[0].upper()


def _name(letter: str) -> str:
    return letter.lower() if letter.isascii() and letter.isalnum() else f"{ord(letter[0]):04x}"


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of a language (BCP 47, primary subtag) that an index leaves out."""
    return frozenset(_lists().get(language, "").split())


@cache
def _lists() -> Mapping[str, str]:
    lists: Mapping[str, str] = tomllib.loads(Path(__file__).with_name("stopwords.toml").read_text(encoding="utf-8"))
    return lists


def size(sections: Sequence[Section]) -> int:
    """How many references an index has."""
    return sum(len(f.passages) for s in sections for w in s.words for f in w.found)
