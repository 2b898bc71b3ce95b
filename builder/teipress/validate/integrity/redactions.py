"""A tree → findings on what its gaps claim: units, quantities, and who withheld."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding, suggestions
from teipress.tei import Element
from teipress.validate.integrity.places import at, often

_AMOUNTS = ("quantity", "atLeast", "atMost", "min", "max")
_WITHHELD = frozenset({"redacted", "withheld", "declassification", "censored", "sanitized"})
_UNITS = frozenset(
    "char chars character characters letter letters sign signs minim minims word words line lines verse verses "
    "stanza stanzas paragraph paragraphs sentence sentences page pages leaf leaves folio folios column columns quire "
    "quires gathering gatherings cm mm in inch inches m name names title place date number sheet sheets cell cells "
    "row rows strip akshara akshara aksara syllable syllables speech speeches scene scenes act acts chapter chapters "
    "section sections volume volumes month months year years day days week weeks s ms min minute minutes second "
    "seconds hour hours other unknown".split()
)


def check(source: Source) -> list[Finding]:
    """W001 for a redaction that nobody answers for, W002 for amounts of nothing, W003 for a unit spelt in two ways."""
    gaps = [g for g in tei.elements(source.root, "gap", "space", "damage") if g.attrib]
    return [*_anonymous(gaps), *_amounts(gaps), *_units(gaps)]


def _anonymous(gaps: list[Element]) -> Iterator[Finding]:
    """One finding in all: where nobody is named once, nobody is named ever."""
    withheld = [g for g in gaps if _WITHHELD & set((g.get("reason") or "").split()) and not g.get("resp")]
    if withheld:
        gap = withheld[0]
        message = f'gap (reason "{gap.get("reason")}") does not say who withheld the text{often(len(withheld))}'
        yield at(gap, "W001", message, "point with @resp to the person or body that did")


def _amounts(gaps: list[Element]) -> Iterator[Finding]:
    """Amounts without a unit; each spelling once."""
    bare = [(g, a) for g in gaps for a in _AMOUNTS if g.get(a) and not g.get("unit")]
    times = Counter((tei.local(g), a, g.get(a)) for g, a in bare)
    for gap, attribute in bare:
        key = tei.local(gap), attribute, gap.get(attribute)
        if count := times.pop(key, 0):
            message = f'{key[0]}/@{attribute} "{key[2]}" does not say of what{often(count)}'
            yield at(gap, "W002", message, 'add a unit, such as unit="line"')


def _units(gaps: list[Element]) -> Iterator[Finding]:
    """Units that this source spells in another way as well, and those that look like a slip for a known one."""
    places: dict[str, list[Element]] = defaultdict(list)
    for gap in gaps:
        if unit := gap.get("unit"):
            places[unit].append(gap)
    by_root: dict[str, list[str]] = defaultdict(list)
    for unit in places:
        by_root[_root(unit)].append(unit)
    for spellings in by_root.values():
        spellings.sort(key=lambda s: -len(places[s]))
        for unit in spellings[1:]:
            said = f'{tei.local(places[unit][0])}/@unit "{unit}"{often(len(places[unit]))}'
            message = f'{said} is "{spellings[0]}" elsewhere ({len(places[spellings[0]])} times)'
            yield at(places[unit][0], "W003", message, f'write "{spellings[0]}" everywhere')
    for unit in places:
        if unit.lower() not in _UNITS and (close := suggestions(unit, _UNITS)) and len(by_root[_root(unit)]) == 1:
            message = f'{tei.local(places[unit][0])}/@unit "{unit}" is no usual unit{often(len(places[unit]))}'
            yield at(places[unit][0], "W003", message, f'did you mean "{close[0]}"?')


def _root(unit: str) -> str:
    """What a unit is when its spelling does not count: ``Lines`` is ``line``, ``character`` and ``chars`` are one."""
    bare = unit.lower().rstrip(".")
    bare = bare.removesuffix("s") if len(bare) > 3 else bare
    return "char" if bare in ("char", "character") else {"leave": "leaf"}.get(bare, bare)
