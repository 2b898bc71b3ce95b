"""Fonts of this machine → subsets for the site, so that a page looks the same on every reader's machine.

Only what the pages use goes along: a few dozen kilobytes a face. A face that is not installed is left out, and the
style sheet's own list of families takes over.
"""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

from teipress.edition import Face

# the family as the style sheet calls it, the installed family, weight, style (of Debian's fonts-linuxlibertine)
_FACES = (
    ("Edition", "Linux Libertine O", 400, "normal"),
    ("Edition", "Linux Libertine O", 400, "italic"),
    ("Edition", "Linux Libertine O", 600, "normal"),
    ("Edition Display", "Linux Libertine Display O", 400, "normal"),
)
_STYLES = {(400, "normal"): "Regular", (400, "italic"): "Italic", (600, "normal"): "Semibold"}
_FEATURES = ["kern", "liga", "clig", "onum", "lnum", "pnum", "tnum", "smcp", "c2sc", "ccmp", "locl", "mark", "sups"]


def available() -> tuple[Face, ...]:
    """The faces that this machine has."""
    faces: list[Face] = []
    for family, installed, weight, style in _FACES:
        source = _find(installed, _STYLES[weight, style])
        if source is not None:
            name = f"{family} {weight} {style}".lower().replace(" ", "-")
            faces.append(Face(family, weight, style, PurePosixPath(f"fonts/{name}.woff2"), source))
    return tuple(faces)


def embed(faces: tuple[Face, ...], text: str, folder: Path) -> None:
    """Write each face, cut down to the characters of `text`, below `folder`."""
    characters = {ord(c) for c in text} | set(range(0x20, 0x7F))
    for face in faces:
        target = folder / face.path
        target.parent.mkdir(parents=True, exist_ok=True)
        _subset(face.source, characters, target)


def installed(family: str) -> bool:
    """Whether this machine has a family of fonts."""
    return _find(family, "Regular") is not None


def _find(family: str, style: str) -> Path | None:
    """The file of an installed face, as fontconfig knows it."""
    try:
        pattern = f"{family}:style={style}"
        found = subprocess.run(["fc-list", pattern, "file"], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    paths = sorted(line.rstrip(": ") for line in found.stdout.splitlines() if line.strip())
    return Path(paths[0]) if paths else None


def _subset(source: Path, characters: set[int], target: Path) -> None:
    from fontTools import subset  # slow to import, and needed for sites only

    options: Any = subset.Options()
    options.flavor = "woff2"
    options.layout_features = _FEATURES
    options.recalc_timestamp = False  # the same input gives the same bytes
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]  # names, copyright and licence stay with the font
    options.drop_tables += ["FFTM"]
    with subset.load_font(str(source), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters)
        cutter.subset(font)
        subset.save_font(font, str(target), options)
