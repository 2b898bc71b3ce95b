"""Languages that the layout's dictionaries lack → patterns by which their words are hyphenated.

Latin has none in pyphen, and in justified prose its long words leave wide gaps. The patterns (Liang's, as pyphen reads
them) follow from the rules of the grammars: a consonant goes to the vowel behind it, of several the last one, with a
mute before it that belongs to a liquid; vowels are never parted. Compounds are parted by their syllables as other
words are, but for some prefixes: no rule knows what a word is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pyphen

_VOWELS = "aeiouyæœāēīōūȳăĕĭŏŭáéíóúýëïǣ"
_CONSONANTS = "bcdfghjklmnpqrstvxz"
_TOGETHER = "bl br cl cr dr fl fr gl gr pl pr tr ch ph th rh".split()
_LONGER = "c2h2r c2h2l p2h2r p2h2l t2h2r n1s2c n1s2p n1s2t .tran4s3c .tran4s3p .tran4s3t".split()  # con-stat
_PREFIXES = "trans inter circum praeter super".split()  # a vowel behind them begins a syllable


class _Dictionary:
    """Patterns in the place of the file that pyphen reads them from."""

    def __init__(self, patterns: Iterator[str]) -> None:
        self._text = "\n".join(["UTF-8", *patterns])

    def open(self, mode: str) -> BytesIO:
        """The file, of which pyphen reads the first line: its encoding."""
        return BytesIO(self._text.encode())

    def read_text(self, encoding: str) -> str:
        """All of it."""
        return self._text


def add_languages() -> None:
    """Teach pyphen what it lacks; once is enough."""
    if "la" not in pyphen.LANGUAGES:
        pyphen.LANGUAGES["la"] = _Dictionary(latin())
        pyphen.LANGUAGES_LOWERCASE["la"] = "la"


def latin() -> Iterator[str]:
    """The patterns of Latin: digits say how well a word can be parted there, odd ones that it can."""
    for consonant in _CONSONANTS:
        yield from (f"1{consonant}{vowel}" for vowel in _VOWELS)
    yield from (f"1{first}2{second}" for first, second in _TOGETHER)
    yield from _LONGER
    for prefix in _PREFIXES:
        yield from (f".{prefix[:-1]}4{prefix[-1]}5{vowel}" for vowel in _VOWELS if vowel not in "iī")
        yield from (f".{prefix[:-1]}4{prefix[-1]}{vowel}" for vowel in "iī")  # interii, but interior: let it be
