"""Languages that the layout's dictionaries lack → patterns by which their words are hyphenated.

Latin, ancient Greek and Sanskrit in Latin letters have none in pyphen, and in justified prose their long words leave
wide gaps. The patterns (Liang's, as pyphen reads them) follow from the rules of the grammars: a consonant goes to the
vowel behind it, of several the last one, or those that belong together (in Latin a mute and a liquid, in Greek what
can begin a word); in Sanskrit all of them, as in its own script. Vowels are never parted. Compounds are parted by
their syllables as other words are, but for some prefixes: no rule knows what a word is made of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from io import BytesIO

import pyphen

_LATIN_VOWELS, _LATIN_CONSONANTS = "aeiouyæœāēīōūȳăĕĭŏŭáéíóúýëïǣ", "bcdfghjklmnpqrstvxz"
_LATIN_TOGETHER = "bl br cl cr dr fl fr gl gr pl pr tr ch ph th rh".split()
_LATIN_LONGER = "c2h2r c2h2l p2h2r p2h2l t2h2r n1s2c n1s2p n1s2t .tran4s3c .tran4s3p .tran4s3t".split()  # con-stat
_LATIN_PREFIXES = "trans inter circum praeter super".split()  # a vowel behind them begins a syllable

_GREEK_LETTERS = [chr(code) for code in (0x390, *range(0x3AC, 0x3CF), *range(0x1F00, 0x2000))]
_GREEK_TOGETHER = (
    "βδ βλ βρ γλ γν γρ δμ δν δρ θλ θν θρ κλ κμ κν κρ κτ μν πλ πν πρ πτ σβ σθ σκ σμ σπ στ σφ σχ τλ τμ τρ φθ φλ φρ "
    "χθ χλ χν χρ"
).split()
_GREEK_PREFIXES = "προσ ὑπερ".split()

_SANSKRIT_VOWELS, _SANSKRIT_CONSONANTS = "aāiīuūṛṝeo", "kgṅcjñṭḍṇtdnpbmyrlvśṣsh"  # as IAST writes them
_SANSKRIT_ENDS = "ṃṁḥ"  # of a syllable, behind the vowel


class _Dictionary:
    """Patterns in the place of the file that pyphen reads them from."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._text = "\n".join(["UTF-8", *patterns])

    def open(self, mode: str) -> BytesIO:
        """The file, of which pyphen reads the first line: its encoding."""
        return BytesIO(self._text.encode())

    def read_text(self, encoding: str) -> str:
        """All of it."""
        return self._text


def add_languages() -> None:
    """Teach pyphen what it lacks; once is enough."""
    for language, patterns in (("la", latin), ("grc", greek), ("sa_latn", sanskrit), ("pi_latn", sanskrit)):
        if language not in pyphen.LANGUAGES:
            pyphen.LANGUAGES[language] = _Dictionary(patterns())
            pyphen.LANGUAGES_LOWERCASE[language] = language


def latin() -> Iterator[str]:
    """The patterns of Latin: digits say how well a word can be parted there, odd ones that it can."""
    yield from _syllables(_LATIN_VOWELS, _LATIN_CONSONANTS, _LATIN_TOGETHER)
    yield from _LATIN_LONGER
    for prefix in _LATIN_PREFIXES:
        yield from (f".{prefix[:-1]}4{prefix[-1]}5{vowel}" for vowel in _LATIN_VOWELS if vowel not in "iī")
        yield from (f".{prefix[:-1]}4{prefix[-1]}{vowel}" for vowel in "iī")  # interii, but interior: let it be


def greek() -> Iterator[str]:
    """The patterns of ancient Greek, with all its accents and breathings."""
    vowels = [letter for letter in _GREEK_LETTERS if _base(letter) in set("αεηιουω")]
    consonants = [letter for letter in _GREEK_LETTERS if _base(letter) in set("βγδζθκλμνξπρσςτφχψ")]
    yield from _syllables(vowels, consonants, _GREEK_TOGETHER)
    for prefix in _GREEK_PREFIXES:
        yield from (f".{prefix[:-1]}4{prefix[-1]}5{vowel}" for vowel in vowels)


def sanskrit() -> Iterator[str]:
    """The patterns of Sanskrit and Pali in Latin letters: a syllable ends with its vowel."""
    ends = _SANSKRIT_VOWELS + _SANSKRIT_ENDS
    yield from (f"{end}1{consonant}" for end in ends for consonant in _SANSKRIT_CONSONANTS)


def _syllables(vowels: Iterable[str], consonants: Iterable[str], together: Iterable[str]) -> Iterator[str]:
    """A syllable begins with the last consonant before a vowel, or with those that belong together."""
    last = list(vowels)
    for consonant in consonants:
        yield from (f"1{consonant}{vowel}" for vowel in last)
    yield from (f"1{pair[0]}2{pair[1]}" for pair in together)


def _base(letter: str) -> str:
    """A letter without its marks."""
    return unicodedata.normalize("NFD", letter)[0]
