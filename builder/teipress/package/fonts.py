"""Fonts of this machine → what they can print, and subsets that a site and an EPUB take along.

Only what the pages use goes along: a few dozen kilobytes a face. A face that is not installed is left out, and the
style sheet's own list of families takes over.
"""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from teipress.edition import Face
from teipress.scripts import SCRIPTS

# the family as the style sheet calls it, the installed family, weight, style (of Debian's fonts-linuxlibertine)
_FACES = (
    ("Edition", "Linux Libertine O", 400, "normal"),
    ("Edition", "Linux Libertine O", 400, "italic"),
    ("Edition", "Linux Libertine O", 600, "normal"),
    ("Edition Display", "Linux Libertine Display O", 400, "normal"),
)
# of Hangul, of Khmer vowels, of Braille, of notes: signs that stand for nothing to be seen
_FILLERS = frozenset((0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x1D159))
_STYLES = {(400, "normal"): "Regular", (400, "italic"): "Italic", (600, "normal"): "Semibold"}
_FEATURES = ["kern", "liga", "clig", "onum", "lnum", "pnum", "tnum", "smcp", "c2sc", "ccmp", "locl", "mark", "sups"]


# what the fonts of reading systems have: Latin, Greek, Cyrillic, Hebrew and Arabic, the signs of a book; Chinese,
# Japanese and Korean. Of Greek only what it is written with today
_COMMON = (
    *((0x00, 0x3FF), (0x400, 0x52F), (0x590, 0x5F4), (0x600, 0x6FF), (0x1E00, 0x1EFF), (0x2000, 0x27BF)),
    *((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xE000, 0xFAFF), (0xFB1D, 0xFB4F), (0xFE30, 0xFE4F), (0xFF00, 0xFFFD)),
    (0x1F000, 0x1FAFF),
)


def available() -> tuple[Face, ...]:
    """The faces that this machine has."""
    faces: list[Face] = []
    for family, installed, weight, style in _FACES:
        source = _find(installed, _STYLES[weight, style])
        if source is not None:
            name = f"{family} {weight} {style}".lower().replace(" ", "-")
            faces.append(Face(family, weight, style, PurePosixPath(f"fonts/{name}.woff2"), source))
    return tuple(faces)


def embed(faces: tuple[Face, ...], text: str, folder: Path, features: Collection[str] = _FEATURES) -> None:
    """Write each face, cut down to the characters of `text`, below `folder`; of its layout only some features."""
    characters = {ord(c) for c in text} | set(range(0x20, 0x7F))
    for face in faces:
        target = folder / face.path
        target.parent.mkdir(parents=True, exist_ok=True)
        _subset(face.source, characters, target, features)


def lending(characters: Iterable[str]) -> tuple[Face, ...]:
    """The faces of this machine that an EPUB takes along: for what the fonts of reading systems cannot be relied on.

    All are under the SIL Open Font License. A script that this machine has no font of its own for gets none.
    """
    wanting = {ord(c) for c in characters if not leaves_no_mark(c) and not _is_common(ord(c))}
    faces: list[Face] = []
    for script in SCRIPTS:
        if script.needed or not wanting:
            continue
        ranges = coverage(script.family)
        found = sorted(c for c in wanting if any(first <= c <= last for first, last in ranges))
        source = _find(script.family, "Regular") if found else None
        if source is not None:
            name = script.family.lower().replace(" ", "-")
            path = PurePosixPath(f"fonts/{name}.woff2")
            faces.append(Face(f"{script.family} here", 400, "normal", path, source, _ranges(found)))
            wanting.difference_update(found)
    return tuple(faces)


def _is_common(code: int) -> bool:
    return any(first <= code <= last for first, last in _COMMON)


def _ranges(codes: Iterable[int]) -> str:
    """Characters as style sheets have them (CSS Fonts 4, unicode-range)."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in runs)


def installed(family: str) -> bool:
    """Whether this machine has a family of fonts."""
    return _find(family, "Regular") is not None


def listed() -> list[str]:
    """The fonts of this machine, as a change of them is noticed: file and version."""
    return sorted(_fc_list(":outline=true", "--format=%{file} %{fontversion}\\n"))


def has_family(family: str) -> bool:
    """Whether this machine has any face of a family; so it is where fonts cannot be listed."""
    known = [name.strip().lower() for line in _fc_list(":", "family") for name in line.split(",")]
    return not known or family.lower() in known


def without_font(characters: Iterable[str], own: Collection[int] = ()) -> list[str]:
    """Those of some characters that leave a mark on paper and that no font of this machine has, in order.

    The layout engine takes any installed font that has a character. Where fonts cannot be listed, none is named. `own`
    are the code points that fonts of the edition have.
    """
    visible = {c for c in characters if ord(c) > 0x7E and ord(c) not in own and not leaves_no_mark(c)}
    covered = coverage(":outline=true") if visible else []
    return sorted(c for c in visible if not any(first <= ord(c) <= last for first, last in covered)) if covered else []


def place_of(family: str) -> str:
    """The folder that the files of an installed family are in; nothing where none is."""
    found = _find(family, "Regular")
    return str(found.parent) if found else ""


def leaves_no_mark(character: str) -> bool:
    """White space, controls, fillers, and what only steers the choice of glyphs (Unicode: default ignorable)."""
    code = ord(character)
    steering = code == 0x34F or 0x180B <= code <= 0x180F or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF
    return steering or code in _FILLERS or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")


def coverage(pattern: str) -> list[tuple[int, int]]:
    """The ranges of code points that some fonts of this machine have: those of a family, or of a fontconfig pattern."""
    ranges = {r for line in _fc_list(pattern, "--format=%{charset}\\n") for r in line.split()}
    ends = (r.partition("-") for r in ranges)
    return [(int(first, 16), int(last or first, 16)) for first, _, last in ends]


def _fc_list(*arguments: str) -> list[str]:
    """What fontconfig lists; nothing where it is not installed."""
    try:
        found = subprocess.run(["fc-list", *arguments], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line for line in found.stdout.splitlines() if line.strip()]


def _find(family: str, style: str) -> Path | None:
    """The file of an installed face, as fontconfig knows it."""
    paths = sorted(line.rstrip(": ") for line in _fc_list(f"{family}:style={style}", "file"))
    return Path(paths[0]) if paths else None


def _subset(source: Path, characters: set[int], target: Path, features: Collection[str]) -> None:
    from fontTools import subset  # slow to import, and needed for sites only

    options: Any = subset.Options()
    options.flavor = "woff2"
    options.layout_features = list(features)
    options.recalc_timestamp = False  # the same input gives the same bytes
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]  # names, copyright and licence stay with the font
    options.drop_tables += ["FFTM"]
    with subset.load_font(str(source), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters)
        cutter.subset(font)
        subset.save_font(font, str(target), options)
