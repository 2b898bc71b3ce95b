"""Words that say how much was withheld ("less than 1 line") → the extent of a gap, and no more than they say."""

from __future__ import annotations

import re

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 0.33, "⅔": 0.67}
_BOUNDS = {"less than": "atMost", "up to": "atMost", "more than": "atLeast", "at least": "atLeast", "over": "atLeast"}
_UNITS = {"letter": "char", "character": "char", "char": "char", "leave": "leaf", "leaf": "leaf"} | {
    unit: unit for unit in ("word", "line", "paragraph", "page")
}
_ABROAD = {
    "char": "буквы|букв|буква|zeichen|buchstaben?|lettres?",
    "word": "слова|слов|слово|wörter|wort|mots?",
    "line": "строки|строк|строка|zeilen?|lignes?|行",
    "paragraph": "абзаца|абзацев|абзац|absätze|absatz|paragraphes?|段落",
    "page": "страницы|страниц|страница|seiten?|pages?|頁|ページ",
}
ABROAD = rf"\d{{1,4}}\s?(?:{'|'.join(_ABROAD.values())})"  # an amount in Russian, German, French or Japanese
_NUMBER = rf"\d{{1,4}}(?:\.\d{{1,2}}|\s?-?\s?(?:[½¼¾⅓⅔]|\d/\d))?|[½¼¾⅓⅔]|\d/\d|half an?|an?|{'|'.join(_WORDS)}"
_UNIT = r"letter|character|char|word|line|paragraph|page|leaf|leave"
_AMOUNT = re.compile(
    rf"(?:(?P<bound>{'|'.join(_BOUNDS)})\s+)?(?P<number>{_NUMBER})[\s-]+(?P<unit>{_UNIT})s?(?:\s+of(?:\s+source)?\s+text)?",
    re.IGNORECASE,
)
_FINER = re.compile(r"\s*\((?P<finer>[^()]*)\)")
_PAGES = re.compile(r"pages?\s+(?P<first>\d{1,4})(?:\s?[-–—]\s?(?P<last>\d{1,4}))?", re.IGNORECASE)
_SPEAKS = re.compile(rf"\d|[½¼¾⅓⅔]|\b(?:{_UNIT})s\b|\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


def extent(said: str) -> tuple[tuple[str, str], ...]:
    """Attributes of att.dimensions for the words in front of "not declassified"; none if they give no amount.

    The finer of two measures counts ("1 paragraph (4 lines)" is four lines). What is an amount, but not of one unit,
    keeps its words ("1 line and 2 names").
    """
    said = " ".join(said.split())
    if found := _AMOUNT.match(said):
        finer = _FINER.fullmatch(said, found.end())
        inner = _AMOUNT.fullmatch(finer["finer"].strip()) if finer else None
        if inner or finer or found.end() == len(said):
            return _measured(inner or found)
    if pages := _PAGES.fullmatch(said):
        count = int(pages["last"] or pages["first"]) - int(pages["first"]) + 1
        return (("unit", "page"), ("quantity", str(count))) if count > 0 else ()
    return (("extent", said),) if _SPEAKS.search(said) else ()


def measured_abroad(said: str) -> tuple[tuple[str, str], ...]:
    """Attributes for an amount that `ABROAD` matches; none for no words."""
    number = re.match(r"\d+", said)
    for unit, words in _ABROAD.items() if number else ():
        if number and re.fullmatch(words, said[number.end() :].strip(), re.IGNORECASE):
            return ("unit", unit), ("quantity", number[0])
    return ()


def _measured(amount: re.Match[str]) -> tuple[tuple[str, str], ...]:
    kind = _BOUNDS[amount["bound"].lower()] if amount["bound"] else "quantity"
    return ("unit", _UNITS[amount["unit"].lower()]), (kind, f"{_number(amount['number'].lower()):g}")


def _number(said: str) -> float:
    """2½, 2-1/2, 2.5, half a, a, seven → a number."""
    if said in _WORDS:
        return _WORDS.index(said) + 1
    if not said[0].isdigit() and said not in _FRACTIONS:
        return 0.5 if said.startswith("half") else 1
    if "." in said:
        return float(said)
    fraction = re.search(r"(\d)/(\d)$|[½¼¾⅓⅔]$", said)
    whole = re.match(r"\d+(?![\d/])", said)
    return (int(whole[0]) if whole else 0) + (_part(fraction) if fraction else 0)


def _part(fraction: re.Match[str]) -> float:
    if fraction[0] in _FRACTIONS:
        return _FRACTIONS[fraction[0]]
    return round(int(fraction[1]) / int(fraction[2]), 2) if int(fraction[2]) else 0
