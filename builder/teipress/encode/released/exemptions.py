"""exemptions.toml → the codes under which text is withheld: where they stand in a text, and the taxonomy of those used.

Design opinion: a code is a fact of the stamp, not of the text withheld. What cannot be read for certain (`25Xl`, a
subdivision that no order has) is told apart from the known codes, never set right.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from teipress import tei
from teipress.phrases import Phrases
from teipress.tei import Element

Kind = Literal["exemption", "suspect", "caveat", "condition"]

_DATA = Path(__file__).with_name("exemptions.toml")
_BEFORE = r"(?<![\w.])"
_AFTER = r"(?!\w|\((?![bB]\) ?\()\w)"  # (b)(1)(A) is a clause of some law; (b)(1)(b)(3) are two codes


@dataclass(frozen=True, slots=True)
class Code:
    """An exemption code: its usual spelling, the identifier of its category, its sections and what it means."""

    label: str
    id: str
    family: str
    sections: tuple[str, ...]
    meaning: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Family:
    """Codes that the same orders define: pairs of an order's title and date. `note` says what there is instead."""

    name: str
    orders: tuple[tuple[str, str], ...]
    note: str
    codes: dict[str, Code]


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch [start, end) of a text that reads like a code or a marking. `code` only if it is a known one.

    `plain`: it can be nothing else, wherever it stands.
    """

    start: int
    end: int
    kind: Kind
    code: Code | None = None
    plain: bool = False


def known() -> dict[str, Code]:
    """All codes by the identifiers of their categories."""
    return {code.id: code for family in _families() for code in family.codes.values()}


def markings(kind: str) -> str:
    """A regular expression for control markings of a kind: a key of [markings] in exemptions.toml."""
    return "|".join(_data()["markings"][kind])


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """What reads like an exemption code, a caveat or a mark of condition in a text, in order."""
    pattern, meanings = _pattern()
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        kind, family, plain = meanings[match.lastgroup or ""]
        code = family.codes.get(_squeezed(match[match.lastgroup or 0])) if family else None
        if family and code is None:
            yield Token(*match.span(), "suspect", plain=plain)
        else:
            yield Token(*match.span(), kind, code, code.plain if code else plain)


def taxonomies(codes: Iterable[str], identifier: str = "exemptions") -> list[Element]:
    """One `taxonomy` per family of the codes named (`x25X1` or `#x25X1`), with bibl and categories; none for no code.

    The first has `identifier` as its xml:id, the others have it with a number.

    Raises:
        KeyError: there is no such code.
    """
    table = known()
    used = {table[c.removeprefix("#")].id for c in codes}
    found = [(f, [c for c in f.codes.values() if c.id in used]) for f in _families()]
    found = [(family, chosen) for family, chosen in found if chosen]
    return [
        _taxonomy(family, chosen, identifier if number == 1 else f"{identifier}-{number}")
        for number, (family, chosen) in enumerate(found, 1)
    ]


def _taxonomy(family: Family, codes: list[Code], identifier: str) -> Element:
    cited: list[str | Element] = [family.note]
    for number, (title, day) in enumerate(family.orders):
        sections = list(dict.fromkeys(c.sections[number] for c in codes))
        named = f", section{'s' if len(sections) > 1 else ''} {' and '.join(sections)}, "
        end = "." if number == len(family.orders) - 1 else "; earlier "
        cited += [tei.make("title", {}, [title]), named, tei.make("date", {"when": day}, [Phrases().date(day)]), end]
    return tei.make("taxonomy", {"xml:id": identifier}, [tei.make("bibl", {}, cited), *map(_category, codes)])


def _category(code: Code) -> Element:
    meant: list[str | Element] = [tei.make("term", {}, [code.label]), " ", tei.make("gloss", {}, [code.meaning])]
    return tei.make("category", {"xml:id": code.id}, [tei.make("catDesc", {}, meant)])


def _squeezed(spelling: str) -> str:
    """A spelling without brackets, points and spaces, in capitals: 50X1 - Hum → 50X1HUM."""
    return re.sub(r"[^0-9A-Z]", "", spelling.upper())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text("utf-8"))


@cache
def _families() -> tuple[Family, ...]:
    return tuple(_family(entry, _data()["orders"]) for entry in _data()["family"])


def _family(entry: dict[str, Any], orders: dict[str, dict[str, str]]) -> Family:
    defined = tuple((orders[o["order"]]["title"], orders[o["order"]]["date"]) for o in entry["orders"])
    codes = [code for given in entry["code"] for code in _codes(given, entry)]
    return Family(entry["name"], defined, entry.get("note", ""), {_squeezed(c.label): c for c in codes})


def _codes(given: dict[str, Any], family: dict[str, Any]) -> Iterator[Code]:
    """The codes of one entry: one, or one for each character of its `each`."""
    for each in given.get("each", "-"):
        label, identifier, meaning = (given[key].replace("{}", each) for key in ("label", "id", "meaning"))
        sections = tuple(o["section"].replace("{}", given.get("section", each)) for o in family["orders"])
        plain = given.get("plain", family.get("plain", False))
        yield Code(label, identifier, family["name"], sections, meaning, plain)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[Kind, Family | None, bool]]]:
    """One expression for everything, and what its groups mean by their names."""
    table: list[tuple[str, Kind, Family | None, bool]] = []
    for entry, family in zip(_data()["family"], _families(), strict=True):
        table += [(s, "exemption", family, entry.get("plain", False)) for s in entry["spellings"]]
    for entry in _data()["suspect"]:
        table += [(s, "suspect", None, entry.get("plain", False)) for s in entry["spellings"]]
    table += [
        (f"({markings('caveats')})", "caveat", None, False),
        (f"({markings('conditions')})", "condition", None, True),
    ]
    spellings = (re.sub(r"(?<!\\)\((?!\?)", f"(?P<g{n}>", row[0], count=1) for n, row in enumerate(table))
    meanings = {f"g{n}": row[1:] for n, row in enumerate(table)}
    return re.compile(f"{_BEFORE}(?:{'|'.join(spellings)}){_AFTER}"), meanings
