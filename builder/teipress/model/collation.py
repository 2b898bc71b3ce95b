"""A name → the key that orders it in an index, by the Unicode Collation Algorithm and the rules of a language.

Letters count first, then accents, then capitals. What a language files elsewhere than the common order has it, most
of all letters of its own after z, is in `TAILORED`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

Key: TypeAlias = tuple[tuple[int, ...], str]

# letters that a language files behind another one, each with that one; a letter in two signs is one (ch)
TAILORED: dict[str, tuple[tuple[str, str], ...]] = {
    "sv": (("å", "z"), ("ä", "z"), ("ö", "z")),
    "fi": (("å", "z"), ("ä", "z"), ("ö", "z")),
    "da": (("æ", "z"), ("ø", "z"), ("å", "z")),
    "nb": (("æ", "z"), ("ø", "z"), ("å", "z")),
    "nn": (("æ", "z"), ("ø", "z"), ("å", "z")),
    "no": (("æ", "z"), ("ø", "z"), ("å", "z")),
    "is": (("ð", "d"), ("þ", "z"), ("æ", "z"), ("ö", "z")),
    "es": (("ñ", "n"),),
    "cs": (("č", "c"), ("ch", "h"), ("ř", "r"), ("š", "s"), ("ž", "z")),
    "sk": (("č", "c"), ("ch", "h"), ("š", "s"), ("ž", "z")),
    "pl": tuple(zip("ąćęłńóśźż", "acelnoszz", strict=True)),
    "hr": (("č", "c"), ("ć", "c"), ("đ", "d"), ("š", "s"), ("ž", "z")),
    "sl": (("č", "c"), ("š", "s"), ("ž", "z")),
    "et": (("š", "s"), ("õ", "w"), ("ä", "w"), ("ö", "w"), ("ü", "w")),
    "hu": (("ö", "o"), ("ü", "u")),
    "tr": (("ç", "c"), ("ğ", "g"), ("ı", "h"), ("ö", "o"), ("ş", "s"), ("ü", "u")),
    "ro": (("ă", "a"), ("â", "a"), ("î", "i"), ("ș", "s"), ("ț", "t")),
}
_AFTER = 0x10000  # weights are 16 bits wide: what lies between two of them needs more


@cache
def _collator() -> Callable[[str], tuple[int, ...]]:
    """The common order (DUCET); the table takes a third of a second to read."""
    from pyuca import Collator

    key: Callable[[str], tuple[int, ...]] = Collator().sort_key
    return key


@cache
def collation(language: str = "") -> Callable[[str], Key]:
    """What makes keys for the names of an index in one language (BCP 47); commas count as spaces."""
    own = tuple(sorted(TAILORED.get(language.partition("-")[0].lower(), ()), key=lambda pair: -len(pair[0])))

    @cache
    def key(line: str) -> Key:
        plain = unicodedata.normalize("NFC", " ".join(line.replace(",", " ").split()))
        if not plain:
            return (0,), ""
        return _weights(plain, own, language), plain

    return key


def letter(line: str, language: str = "") -> str:
    """The letter that an index files a name under: without accents, but for letters that a language has of its own."""
    folded = unicodedata.normalize("NFC", line.strip()).casefold()
    for own, _ in TAILORED.get(language.partition("-")[0].lower(), ()):
        if folded.startswith(own):
            return own.capitalize()
    decomposed = unicodedata.normalize("NFKD", folded)
    return next((c for c in decomposed if not unicodedata.combining(c)), "").upper()


def _weights(plain: str, own: tuple[tuple[str, str], ...], language: str) -> tuple[int, ...]:
    """The levels of a name as one sequence: letters, accents, capitals, with 0 between them."""
    primary: list[int] = []
    rest: list[int] = []
    if language[:2] == "tr":
        plain = plain.replace("İ", "i").replace("I", "ı")
    place, start, lower = 0, 0, "".join(c.lower()[:1] for c in plain)

    def flush(end: int) -> None:
        if start < end:
            levels = _collator()(plain[start:end])
            cut = levels.index(0) if 0 in levels else len(levels)
            primary.extend(weight * _AFTER for weight in levels[:cut])
            rest.extend(levels[cut:])

    while place < len(plain):
        found = next((i for i, (sign, _) in enumerate(own) if lower.startswith(sign, place)), None)
        if found is None:
            place += 1
            continue
        flush(place)
        sign, after = own[found]
        primary.append(_collator()(after)[0] * _AFTER + found + 1)
        place = start = place + len(sign)
    flush(len(plain))
    return (*primary, 0, *rest)
