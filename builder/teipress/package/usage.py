"""The characters of a text → which families of fonts print them: those of the edition, those of the book, any other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from teipress.package.fonts import coverage, installed, leaves_no_mark, place_of, without_font
from teipress.package.typefaces import Typeface
from teipress.scripts import families as in_order


@dataclass(frozen=True, slots=True)
class Used:
    """A family with those characters that it prints; `family` is "" for those that no font has."""

    family: str
    source: str
    characters: tuple[str, ...]


def usage(characters: Collection[str], faces: Sequence[Typeface], wanted: str = "") -> list[Used]:
    """The families in the order in which a book looks for a character; `wanted` comes before all others."""
    left = {c for c in characters if not leaves_no_mark(c)}
    found: list[Used] = []
    for family, source, ranges in _families(faces, wanted):
        printed = {c for c in left if any(first <= ord(c) <= last for first, last in ranges)}
        left -= printed
        if printed:
            found.append(Used(family, source, tuple(sorted(printed))))
    lacking = set(without_font(left))
    if left - lacking:
        found.append(Used("Other fonts", "of this machine", tuple(sorted(left - lacking))))
    return [*found, Used("", "", tuple(sorted(lacking)))] if lacking else found


def _families(faces: Sequence[Typeface], wanted: str) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Each family, where it is from, and the ranges of code points that it has."""
    own: dict[str, set[int]] = {}
    for face in faces:
        own.setdefault(face.family, set()).update(face.characters)
    named = next((f for f in own if f.lower() == wanted.lower()), "")
    for family in in_order(own, named or wanted):
        if family in own:
            yield family, "in the edition", [(c, c) for c in own[family]]
        elif installed(family):
            yield family, f"in {place_of(family)}", coverage(family)
