"""The table [press] of an edition.toml → what a printing house needs to know, and the sizes that follow from it.

All lengths are millimetres. How thick a book is follows from its leaves: a leaf has two pages, and paper is as thick as
its weight times its volume (Paper of 80 g/m² and volume 1.25 is 0.1 mm thick). What a printing house states of its own
paper is better than any table: that is what `caliper` is for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from teipress.errors import UsageError
from teipress.findings import did_you_mean
from teipress.lengths import millimetres

# papers of books: grams per square metre, and volume in cubic centimetres per gram
PAPERS = {
    "70gsm": (70, 1.25),
    "80gsm": (80, 1.25),
    "90gsm": (90, 1.25),
    "100gsm": (100, 1.25),
    "80gsm bulky": (80, 1.75),
    "90gsm bulky": (90, 1.75),
    "115gsm coated": (115, 0.9),
    "135gsm coated": (135, 0.9),
}
BINDINGS = ("paperback", "hardback")
SPINES = ("down", "up")  # the way that the words on a spine run
IMAGES = ("grey", "colour")

_COVER, _BOARD = 0.3, 2.5  # how thick the card of a paperback and the board of a case are
_SQUARE, _TURN_IN = 3, 16  # how far a board stands out beyond the leaves, and how far its cloth goes around it
HINGE = 8  # the groove of a case beside its spine
SLUG = 9  # around the bleed, for the marks
_NARROW = 6  # a spine that is narrower has no words on it
_UPWARD = frozenset(("de", "fr", "es", "it", "pt"))  # where they run upward by custom
_MOST = 20  # millimetres of bleed


@dataclass(frozen=True, slots=True)
class Press:
    """How a book is printed and bound; `caliper` is the thickness of a leaf.

    `rubric` is what stands for colours (percent of cyan, magenta, yellow and black), None: black does. `icc` is the
    profile of the press, a file of the edition. `spine` is "" for what the language has by custom.
    """

    bleed: float = 3
    marks: bool = True
    caliper: float = 0.1
    binding: str = "paperback"
    spine: str = ""
    images: str = "grey"
    rubric: tuple[float, float, float, float] | None = None
    icc: Path | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that a cover is printed on, cut: back, spine and front beside each other.

    `panel` is the width of the front as it stands on the sheet, `edge` what is folded around the boards of a case
    (nothing of a paperback), `hinge` the groove of a case on each side of the spine.
    """

    panel: float
    height: float
    spine: float
    edge: float = 0
    hinge: float = 0

    @property
    def width(self) -> float:
        """From edge to edge."""
        return 2 * (self.panel + self.edge) + self.spine

    @property
    def folds(self) -> tuple[float, ...]:
        """Where it is folded, from the left."""
        back = self.edge + self.panel
        edges = (self.edge, self.width - self.edge) if self.edge else ()
        return tuple(sorted((back, back + self.spine, *edges)))

    @property
    def has_words(self) -> bool:
        """Whether its spine has room for words."""
        return self.spine >= _NARROW


def sheet(press: Press, width: float, height: float, pages: int) -> Sheet:
    """The cover of a book of so many pages; width and height are those of a page when it is cut."""
    block = math.ceil(pages / 2) * press.caliper
    if press.binding == "hardback":
        spine = block + 2 * _BOARD
        return Sheet(width + _SQUARE, height + 2 * _SQUARE, round(spine, 1), _TURN_IN, HINGE)
    return Sheet(width, height, round(block + 2 * _COVER, 1))


def runs_upward(press: Press, language: str) -> bool:
    """Whether the words on the spine run from its foot to its head."""
    return press.spine == "up" if press.spine else language.split("-")[0] in _UPWARD


def press(path: Path, table: Mapping[str, Any]) -> Press:
    """What the table [press] of the file `path` says.

    Raises:
        UsageError: an unknown setting, or a value that it cannot have.
    """
    values: dict[str, Any] = {}
    for key in table.keys() - _READERS.keys():
        hint = did_you_mean(key, _READERS) or f"known here: {', '.join(_READERS)}"
        raise UsageError(f'{path}: unknown setting "{key}" in [press]; {hint}')
    for key, (name, read, must) in _READERS.items():
        try:
            values |= {name: read(table[key])} if key in table else {}
        except (TypeError, ValueError, KeyError):
            raise UsageError(f"{path}: [press] {key} cannot be {_toml(table[key])}; it is {must}") from None
    if "icc" in values:
        values["icc"] = _profile(path, values["icc"])
    return Press(**values)


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def _number(low: float, high: float, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(value)
    return float(value)


def _bleed(value: Any) -> float:
    return _number(0, _MOST, millimetres(value))


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _paper(value: Any) -> float:
    weight, volume = PAPERS[value]
    return weight * volume / 1000


def _caliper(value: Any) -> float:
    return _number(0.02, 1, value)


def _one_of(options: tuple[str, ...], value: Any) -> str:
    return options[options.index(value)]


def _ink(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) != 4:
        raise TypeError(value)
    return tuple(_number(0, 100, part) for part in value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable() or not value:
        raise TypeError(value)
    return value


def _names(options: tuple[str, ...] | Mapping[str, object]) -> str:
    return "one of " + ", ".join(f'"{o}"' for o in options)


# setting → the field that it fills, what reads it, and what it must be; `caliper` comes after `paper`, and counts
_READERS: dict[str, tuple[str, Any, str]] = {
    "bleed": ("bleed", _bleed, f'a length such as "3mm", at most {_MOST} mm'),
    "marks": ("marks", _switch, "true or false"),
    "paper": ("caliper", _paper, _names(PAPERS)),
    "caliper": ("caliper", _caliper, "the thickness of a leaf in millimetres, from 0.02 to 1"),
    "binding": ("binding", lambda v: _one_of(BINDINGS, v), _names(BINDINGS)),
    "spine": ("spine", lambda v: _one_of(SPINES, v), _names(SPINES)),
    "images": ("images", lambda v: _one_of(IMAGES, v), _names(IMAGES)),
    "rubric": ("rubric", _ink, "a list of the percents of cyan, magenta, yellow and black: [0, 90, 80, 20]"),
    "icc": ("icc", _text, "the name of a profile in the edition's folder"),
}


def _profile(path: Path, name: str) -> Path:
    """The profile of a press below the folder of the edition; raises UsageError for what is none."""
    target = path.parent / name
    if not target.resolve().is_relative_to(path.parent.resolve()):
        raise UsageError(f"{path}: [press] icc: {name} lies outside the edition's folder; copy it there")
    try:
        head = target.read_bytes()[:40]
    except OSError as error:
        raise UsageError(f"{path}: [press] icc: {name} cannot be read: {error.strerror}; check the name") from None
    if head[36:40] != b"acsp" or head[12:16] != b"prtr" or head[16:20] != b"CMYK":
        raise UsageError(f"{path}: [press] icc: {name} is no profile of a press (an output profile for CMYK)")
    return target
