"""The beginning of a line → its label ("PART ONE", "Chapter 1", "I.", "1.2", "(1)", "a.", "第1章"), rank and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from teipress.numerals import roman_value

# the ranks of labels, from the widest to the narrowest; decimals with more than one number take those below DECIMAL
PART, CHAPTER, SECTION, ROMAN, CAPITAL, DECIMAL = 0, 2, 4, 5, 6, 7
PAREN, LETTER, PAREN_LETTER, SMALL_ROMAN = 11, 12, 13, 14

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve",
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "erster zweiter dritter vierter fünfter sechster siebter achter neunter zehnter",
    "erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "première seconde",
    "первая вторая третья четвертая пятая шестая седьмая восьмая девятая десятая",
    "первый второй третий четвертый пятый шестой седьмой восьмой девятый десятый",
)
_NUMBER_WORDS = {word: number for words in _WORDS for number, word in enumerate(words.split(), 1)}
_NAMES = {
    "part book volume vol. teil buch band livre tome partie часть книга том": PART,
    "appendix annex enclosure anhang anlage annexe приложение": PART,
    "chapter chap. kapitel chapitre глава": CHAPTER,
    "section sect. abschnitt раздел §": SECTION,
}
_RANK_OF_NAME = {name: rank for names, rank in _NAMES.items() for name in names.split()}
_RANK_OF_COUNTER = dict.fromkeys("部編篇巻", PART) | {"章": CHAPTER, "節": SECTION, "項": DECIMAL}
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}

_NAME = "|".join(re.escape(name) for name in _RANK_OF_NAME)
_COUNT = rf"\d{{1,3}}|[IVXLC]{{1,8}}|(?-i:[A-Z])|{'|'.join(_NUMBER_WORDS)}"
_NAMED = re.compile(rf"(?P<name>{_NAME})[ \u3000]{{0,3}}(?<![^\W\d_])(?P<number>{_COUNT})(?!\w)[.:]?", re.IGNORECASE)
_NAMED_FIRST = re.compile(
    rf"(?P<number>{'|'.join(_NUMBER_WORDS)})[ \u3000]{{1,3}}(?P<name>{_NAME})(?!\w)[.:]?", re.IGNORECASE
)
_COUNTED = re.compile(
    r"第\s{0,2}(?P<number>\d{1,3}|[〇一二三四五六七八九十百]{1,5})\s{0,2}(?P<counter>[部編篇巻章節項])"
)
_SIMPLE = re.compile(
    r"[(（](?P<paren>\d{1,3}|[一二三四五六七八九十]{1,3})[)）]"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=\s|$)"
    r"|(?P<decimal>\d{1,3}(?=[.．、)]|\s)|[一二三四五六七八九十]{1,3}(?=[.．、]))(?P<stop>[.．、)]?)(?=\s|$|[^\W\d])"
    r"|(?P<open>\(?)(?P<letters>[IVXLC]{1,8}|[ivxlc]{1,8}|[A-Z]|[a-zа-я])(?P<close>[.)]|(?<=[IVXLC]{2}))(?=\s|$)"
)
_RUSSIAN = "абвгдежзиклмнопрст"


@dataclass(frozen=True, slots=True)
class Label:
    """A label: where it ends in its line, its rank, and its number."""

    end: int
    rank: int
    value: int


def roman(numeral: str) -> int:
    """The value of a Roman numeral below 400, in either case; 0 if it is none, or as high as "D." and "M." would be."""
    value = roman_value(numeral)
    return value if value < 400 else 0


def number(characters: str) -> int:
    """The value of a number as labels write it: digits, a Roman numeral, a word, Chinese digits; 0 if it is none."""
    lowered = characters.lower()
    if characters.isdecimal():
        return int(characters)
    if lowered in _NUMBER_WORDS:
        return _NUMBER_WORDS[lowered]
    if characters[0] in _DIGITS or characters[0] in "十百":
        return _chinese(characters)
    return roman(characters) or letter(characters)


def letter(character: str) -> int:
    """The place of a letter in its alphabet, 0 if it is none."""
    lowered = character.lower()
    if len(lowered) != 1:
        return 0
    return _RUSSIAN.find(lowered) + 1 if lowered in _RUSSIAN else max(0, ord(lowered) - ord("a") + 1)


def _chinese(characters: str) -> int:
    if not set(characters) & set("十百"):
        return int("".join(str(_DIGITS[c]) for c in characters))
    total = digit = 0
    for c in characters:
        if c in "十百":
            total, digit = total + (digit or 1) * (10 if c == "十" else 100), 0
        else:
            digit = _DIGITS[c]
    return total + digit


def label(line: str, seen: Mapping[int, int]) -> Label | None:
    """The label that a line begins with, or None. `seen` has for each rank the number that came last.

    Whatever could as well be a word or a year ("A", "I", "30") is a label only where its number is due.
    """
    if found := _NAMED.match(line) or _NAMED_FIRST.match(line):
        return Label(found.end(), _RANK_OF_NAME[found["name"].lower()], number(found["number"]))
    if found := _COUNTED.match(line):
        return Label(found.end(), _RANK_OF_COUNTER[found["counter"]], number(found["number"]))
    found = _SIMPLE.match(line)
    if not found:
        return None
    due = [c for c in _readings(found) if c.value and (_sure(found) or c.value == 1 or _follows(c, seen))]
    # what goes on with a count comes before what begins one: I after H is a letter
    return min(due, key=lambda c: c.value != seen.get(c.rank, -1) + 1, default=None)


def _follows(found: Label, seen: Mapping[int, int]) -> bool:
    """Whether a label goes on with its count; up to two may have been missed."""
    return 0 < found.value - seen.get(found.rank, 0) < 4 and found.rank in seen


def _readings(found: re.Match[str]) -> Iterator[Label]:
    """What a simple label can be."""
    if found["paren"]:
        yield Label(found.end(), PAREN, number(found["paren"]))
    elif found["dotted"]:
        numbers = found["dotted"].split(".")
        yield Label(found.end(), DECIMAL + len(numbers) - 1, int(numbers[-1]))
    elif found["decimal"]:
        yield Label(found.end(), PAREN if found["stop"] == ")" else DECIMAL, number(found["decimal"]))
    else:
        letters = found["letters"]
        yield Label(found.end(), ROMAN if letters.isupper() else SMALL_ROMAN, roman(letters))
        small = PAREN_LETTER if found["open"] else LETTER
        yield Label(found.end(), CAPITAL if letters.isupper() else small, letter(letters))


def _sure(found: re.Match[str]) -> bool:
    """Whether a simple label cannot well be anything else: one in brackets, one with a full stop, Roman numerals."""
    if found["decimal"]:
        return bool(found["stop"])
    return not found["letters"] or (len(found["letters"]) > 1 and bool(found["close"]))
