"""A tree → notes on words in brackets that say that text is not there ("[name not declassified]").

Each wording is told once, with a gap that says the same. That a printed edition has the words stays so: the note is
for those who want their machines to know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.tei import Element
from teipress.validate.integrity.places import at, often

_BRACKETS = re.compile(r"\[([^\[\]]{1,120})\]")
_APART = ("teiHeader", "gap", "supplied", "desc", "eg", "code", "standOff")
_QUOTING = ("quote", "cit", "bibl", "note", "q")  # where three dots are a way of quoting

_REASONS = {
    "redacted": r"\b(?:not declassified|not released|redacted|withheld|excised|sanitized|blacked out|censored)\b",
    "illegible": r"\b(?:illegible|unreadable|not legible|indecipherable|unleserlich|illisible|illeggibile)\b",
    "lost": r"\b(?:torn (?:off|out|away)|pages? missing|missing pages?|text (?:missing|lost)|lacuna)\b",
    "omitted": r"^(?:…|\.\s?\.\s?\.)$|\bomitted here\b|\btext omitted\b",
}
_SAID = re.compile(r"^(?:and |the |a |an )+")
_AMOUNT = re.compile(
    r"(?P<bound>less than |more than |about |approximately |at least |up to )?"
    r"(?P<number>\d+(?:\s*-?\s*(?:½|1/2))?|½|one|two|three|four|five|six)?\s*"
    r"(?P<unit>(?:line|word|paragraph|page|name|letter|sentence|title|place|date)s?|leaf|leaves)\b"
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_BOUNDS = {"less than ": "atMost", "up to ": "atMost", "more than ": "atLeast", "at least ": "atLeast"}


def check(source: Source) -> list[Finding]:
    """T001 for each wording in brackets that may be a gap."""
    first: dict[str, tuple[Element, str, str, int]] = {}
    for element, said in _bracketed(source.root):
        words = " ".join(said.split())
        key = words.lower().strip(" .")
        if key in first:
            place, shown, gap, times = first[key]
            first[key] = place, shown, gap, times + 1
        elif (gap := _gap(key)) and not ("omitted" in gap and _quotes(element)):
            first[key] = element, words, gap, 1
    return [
        at(e, "T001", f'"[{words}]"{often(n)} may be a gap', f"as TEI: {gap}") for e, words, gap, n in first.values()
    ]


def _bracketed(root: Element) -> Iterator[tuple[Element, str]]:
    """What stands in brackets, whatever elements are inside them, with the element that both brackets stand in."""
    for element in tei.selected(root, "//*[text()[contains(., '[')]]"):
        if tei.local(element) not in _APART and tei.ancestor(element, *_APART) is None:
            yield from ((element, said) for said in _own(element))


def _quotes(element: Element) -> bool:
    return tei.local(element) in _QUOTING or tei.ancestor(element, *_QUOTING) is not None


def _own(element: Element) -> Iterator[str]:
    """Brackets that open in the element's own text, not in that of an element inside it."""
    text, own = "", set[int]()
    for part in tei.content(element):
        if isinstance(part, str):
            own.update(range(len(text), len(text) + len(part)))
            text += part
        else:
            text += tei.string(part)
    for match in _BRACKETS.finditer(text):
        if match.start() in own:
            yield match[1]


def _gap(said: str) -> str:
    """The gap that says what these words say, or nothing."""
    reason = next((r for r, pattern in _REASONS.items() if re.search(pattern, said)), "")
    if not reason:
        return ""
    return f'<gap reason="{reason}"{_extent(_SAID.sub("", said))}/>'


def _extent(said: str) -> str:
    amount = _AMOUNT.match(said)
    if amount is None or said[amount.end() :].startswith((" and ", " or ", ", ")):
        return ""  # more than one thing cannot be said in one gap
    unit = {"leaves": "leaf"}.get(amount["unit"], amount["unit"].removesuffix("s"))
    number = _number(amount["number"] or "")
    if amount["unit"].endswith("s") and not number:
        return f' unit="{unit}"'
    attribute = _BOUNDS.get(amount["bound"] or "", "quantity")
    precision = ' precision="low"' if (amount["bound"] or "").startswith(("about", "approx")) else ""
    return f' unit="{unit}" {attribute}="{number or "1"}"{precision}'


def _number(said: str) -> str:
    if said in _WORDS:
        return str(_WORDS[said])
    half = re.search(r"½|1/2", said)
    whole = re.match(r"\d+(?!\s*/)", said)
    return f"{whole[0] if whole else '0'}.5" if half else said
