"""The text of a flow → its words, and how two spellings of one word are found to be the same.

Folding serves comparison only; nothing that is folded is ever written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# letters with their combining marks, apostrophes inside, and a hyphen at the end of a line inside; no possessive s
_LETTER = r"(?:[^\W\d_][\u0300-\u036f]*)"
_INSIDE = r"(?:['’ʹʼ‘](?![sS]\b)|-\n(?=[a-zа-я]))"
_WORD = re.compile(rf"\b[Гг]-(?:н[ауе]?|ном|ж[аиеу]|жой)\b|{_LETTER}+(?:{_INSIDE}{_LETTER}+)*")
_GAPS = (
    (" ", re.compile(r"[ \t\u00a0\u3000]{1,3}\n?[ \t]{0,8}|[ \t]{0,3}\n[ \t]{0,8}")),
    ("-", re.compile(r"[-‐‑–—]\n?")),
    (".", re.compile(r"\.[ \t\u00a0\n]{0,3}")),
    (",", re.compile(r",[ \t\u00a0\n]{1,3}")),
    ("/", re.compile(r"/")),
)
NONE = "|"  # the gap between words that belong to different phrases
_CYRILLIC = str.maketrans(
    dict(zip("абвгдеёзийклмнопрстуфыэіґў", "abvgdeeziyklmnoprstufyeigu", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": ""}
    | {"ю": "yu", "я": "ya", "ї": "yi", "є": "ye"}
)
_UNDECOMPOSED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})
_ENDINGS = "а у ом ым ой ем ей е ы и ю я ого ому ая ую ою ых их им ыми ими ах ях ам ям ами ями ов ев его ему".split()


@dataclass(frozen=True, slots=True)
class Word:
    """A word at [start, end) of a flow's text. `gap` says what stands before it: a space, - . , / or nothing usual."""

    start: int
    end: int
    text: str
    gap: str

    @property
    def key(self) -> str:
        """Its folded form."""
        return fold(self.text)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def initial(self) -> bool:
        """Whether it may stand for a forename: "G", "Yu", "Kh"; the full stop is in the gap that follows."""
        return self.capital and (len(self.text) == 1 or self.text in _INITIALS)


_INITIALS = frozenset("Yu Ya Ye Yo Zh Kh Ts Ch Sh Shch Iu Ia Ju Ja Je Th Ph Дж Wm Geo Chas Jas".split())


def words(text: str) -> list[Word]:
    """Every run of letters; Chinese and Japanese have no words in this sense and come in long runs."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        gap = _gap(text[end : match.start()]) if found else NONE
        found.append(Word(match.start(), match.end(), match[0], gap))
        end = match.end()
    return found


def _gap(between: str) -> str:
    if between == " ":
        return " "
    return next((name for name, pattern in _GAPS if pattern.fullmatch(between)), NONE)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case without macrons, other diacritics, apostrophes and hyphens at line ends."""
    if word.isascii() and word.isalpha():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if c.isalpha()).translate(_UNDECOMPOSED)


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """A key that the usual romanisations of a Russian name share: Yurii, Yuriy and Yuri; Gorbachyov, Gorbachev."""
    key = fold(word).translate(_CYRILLIC)
    key = re.sub(r"(?:iy|yi|ii|ij|yy|iĭ|y|i)$", "y", key).replace("iu", "yu").replace("ia", "ya").replace("ju", "yu")
    key = re.sub(r"[ei][yij]$", lambda m: m[0][0] + "y", key)
    key = re.sub(r"yo(?=[^aeiouy])", "e", key).replace("tch", "ch")
    return re.sub(r"^ye", "e", key)


def transliterated(word: str) -> str:
    """Cyrillic letters in Latin ones, for identifiers; other letters folded."""
    return fold(word).translate(_CYRILLIC)


def is_cyrillic(word: str) -> bool:
    """Whether a word begins with a Cyrillic letter."""
    return "\u0400" <= word[:1] <= "\u04ff"


def is_ideographic(text: str) -> bool:
    """Whether a name is written in a script without spaces between words: kanji, kana, hangul."""
    return any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" for c in text)


def inflected(word: str) -> frozenset[str]:
    """The folded forms that a Russian noun or adjective may take in a sentence, the nominative among them."""
    nominative = word.casefold()
    stem = re.sub(r"[аяйьоеы]$", "", nominative)  # Юрий, Юри-я
    stems = {stem, re.sub(r"[ыио]й$|[ая]я$|ое$", "", nominative)}  # Горьк-ий, Горьк-ого
    stems.add(re.sub(r"[ео]([цкл])$", r"\1", stem))  # Павел, Павл-а
    return frozenset({fold(word)} | {fold(s + ending) for s in stems if len(s) > 1 for ending in _ENDINGS})
