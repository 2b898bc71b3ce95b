"""A tree → findings on its characters: private ones, invisible ones, lookalikes, mixed forms, broken encodings.

All are looked for in the whole text at once; only where there are some, their places are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.tei import Element
from teipress.validate.integrity.places import at, often, some

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
# invisible; joiners (U+200C, U+200D) are left out, since many scripts are not written without
_INVISIBLE = re.compile("[\xad\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_MARK = re.compile("[\u0300-\u0345]")
_COMPOSED = re.compile("[A-Za-z\xc0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1fff][\u0300-\u0345]+")
_BROKEN = re.compile("\ufffd|[\xc2\xc3][\x80-\xbf]|â€[™˜œ“”]")
_LATIN = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f"
# letters of Cyrillic and Greek that look like Latin ones, next to a Latin letter
_LIKE = {
    **dict(zip("АВЕЅІЈКМНОРСТХУаеорсухіјѕһ", "ABESIJKMHOPCTXYaeopcyxijsh", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲ", "ABEZHIKMNOPTYXoc", strict=True)),
}
_LOOKALIKE = re.compile(f"(?<=[{_LATIN}])[{''.join(_LIKE)}]|[{''.join(_LIKE)}](?=[{_LATIN}])")
_LOST = "\ufffd"
_MANY = 20  # words that are told one by one
_WORD = re.compile(r"\w+")

_BIDI = "directions come from xml:lang, or from dir in @style or @rend"
_REMEDIES = {
    "\xad": "a hyphen that is printed is a character of the text; one that is not is <lb break=\"no\"/>",
    "\ufeff": "take it out: it marks the beginning of a file and nothing inside one",
    "\u200b": "take it out, or write <lb break=\"no\"/> where the source breaks the line",
    **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", _BIDI),
}  # fmt: skip


def check(source: Source) -> list[Finding]:
    """U001 private use, U002 mixed normal forms, U003 lookalikes, U004 invisible, U005 broken; each kind once."""
    text = tei.string(source.root)
    if text.isascii():
        return []
    checks = (_private, _mixed, _lookalikes, _invisible, _broken)
    return [found for looked in checks for found in looked(source.root, text)]


def _private(root: Element, text: str) -> Iterator[Finding]:
    found = set(_PRIVATE.findall(text))
    unknown = found - set("".join(tei.string(m) for m in tei.elements(root, "mapping"))) if found else found
    if unknown:
        names = some(f"U+{ord(c):04X}" for c in sorted(unknown))
        message = f"{names}: of private use, so that every font shows something else"
        hint = "describe it in the header (charDecl) and point to it with <g ref=…>"
        yield from (at(place, "U001", message, hint) for place in list(_places(root, unknown).values())[:1])


def _mixed(root: Element, text: str) -> Iterator[Finding]:
    """The same letter as one character and as letter and mark: they look alike, and no search finds both."""
    letters = _COMPOSED.findall(text) if _MARK.search(text) else ()
    for decomposed, times in sorted(Counter(letters).items()):
        composed = unicodedata.normalize("NFC", decomposed)
        if len(composed) == 1 and (others := text.count(composed)):
            rarer, kind = (decomposed, "decomposed") if times <= others else (composed, "as one character")
            message = f'"{composed}" stands {others} times as one character and {times} times as a letter with a mark'
            place = _places(root, {rarer}).get(rarer, root)
            yield at(place, "U002", f"{message}; here it is {kind}", "save the file in Unicode's normal form NFC")
            return


def _lookalikes(root: Element, text: str) -> Iterator[Finding]:
    if not (any(c in text for c in _LIKE) and _LOOKALIKE.search(text)):
        return
    words = Counter(w for w in _WORD.findall(text) if _mostly_latin(w))
    places = _places(root, words)  # a word that is cut in two by an element may be two words
    if len(places) > _MANY:
        message = f"letters of Cyrillic or Greek stand in {len(places)} Latin words: {some(places)}"
        yield at(
            next(iter(places.values())), "U003", message, "was the text recognised as being in the wrong language?"
        )
        return
    for word, place in places.items():
        strange = next(c for c in word if c in _LIKE)
        message = f'in "{word}" the letter {strange} is {_named(strange)}{often(words[word])}'
        yield at(place, "U003", message, f'the Latin letter makes "{"".join(_LIKE.get(c, c) for c in word)}"')


def _mostly_latin(word: str) -> bool:
    """Whether a word is Latin but for letters that look it; one letter of two proves nothing."""
    strange = [c for c in word if c in _LIKE]
    latin = [c for c in word if c.isalpha() and unicodedata.name(c, "").startswith("LATIN")]
    return 0 < len(strange) < len(latin) and len(strange) + len(latin) == len(word)


def _invisible(root: Element, text: str) -> Iterator[Finding]:
    times = Counter(_INVISIBLE.findall(text))
    for character, place in sorted(_places(root, times).items()):
        message = f"{_named(character)} cannot be seen, and searching stumbles over it{often(times[character])}"
        yield at(place, "U004", message, _REMEDIES.get(character, "take it out unless the source needs it"))


def _broken(root: Element, text: str) -> Iterator[Finding]:
    """One finding for characters that are lost, one for those that were misread."""
    times = Counter(_BROKEN.findall(text))
    lost = times.pop(_LOST, 0)
    if lost:
        message = f"U+FFFD stands for a character that was lost{often(lost)}"
        yield at(_places(root, {_LOST}).get(_LOST, root), "U005", message, "look it up in the source")
    for traces, place in list(_places(root, times).items())[:1]:
        message = f'"{traces}" is UTF-8 that was read as if it were Latin-1{often(times.total())}'
        yield at(place, "U005", message, "convert the file again from the one that it comes from")


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _places(root: Element, strings: Collection[str]) -> dict[str, Element]:
    """The elements in whose own text each of some strings stands first, in document order."""
    if not strings:
        return {}
    wanted = re.compile("|".join(re.escape(s) for s in sorted(strings, key=len, reverse=True)))
    found: dict[str, Element] = {}
    for element in tei.elements(root):
        own = "\0".join(part for part in tei.content(element) if isinstance(part, str))
        for string in wanted.findall(own) if not own.isascii() else ():
            found.setdefault(string, element)
    return found
