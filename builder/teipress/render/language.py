"""A language (BCP 47) and letters → the direction that they are written in."""

from __future__ import annotations

import re

_RIGHT_TO_LEFT = frozenset({"ar", "he", "syr", "yi", "fa", "ur", "arc", "ckb", "dv", "ps", "sd", "ug"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "syre", "syrj", "syrn"})
# the blocks of Hebrew, Arabic, Syriac and their kin; letters in them, and all other letters
_LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_FROM_RIGHT = re.compile(rf"(?=[{_LEFTWARD}])[^\W\d_]")
_FROM_LEFT = re.compile(rf"(?![{_LEFTWARD}])[^\W\d_]")
_SAMPLE = 20_000  # letters that say enough of a whole book


def right_to_left(language: str, text: str = "") -> bool:
    """Whether text in a language (BCP 47) is written from right to left.

    A script in the tag decides. Else the language does, unless all letters of the text run the other way: a word
    of Arabic in Latin letters, or of a language that is written in either script.
    """
    parts = language.lower().split("-")
    scripts = [p for p in parts[1 : parts.index("x") if "x" in parts else None] if len(p) == 4 and p.isalpha()]
    if scripts:
        return scripts[0] in _RTL_SCRIPTS
    if parts[0] in _RIGHT_TO_LEFT:
        return _FROM_RIGHT.search(text) is not None or _FROM_LEFT.search(text) is None
    return not text.isascii() and _FROM_LEFT.search(text) is None and _FROM_RIGHT.search(text) is not None


def mostly_right_to_left(text: str, language: str = "") -> bool:
    """Whether most letters of a text run from right to left; where it has none, whether its language does."""
    sample = text[:: len(text) // _SAMPLE + 1]  # evenly from all of it: its front may be in another language
    left, right = len(_FROM_LEFT.findall(sample)), len(_FROM_RIGHT.findall(sample))
    return right > left if left or right else right_to_left(language)
