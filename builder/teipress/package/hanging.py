"""Lines that are justified → the same with their punctuation a little in the margin, so that their edges look even.

A hyphen or a full stop at the end of a line, and a quotation mark at its start, leave white where the other lines have
letters. WeasyPrint (70) knows no `hanging-punctuation`; where it spreads the spaces of a line, it is told here that
there is more to spread. Which words stand on a line does not change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

# how far they hang, in em: some half of their breadth
_AFTER = {"-": 0.15, "\u2010": 0.15, ".": 0.11, ",": 0.11, "’": 0.1, "”": 0.15, "“": 0.15, "»": 0.1, "›": 0.08}
_AFTER |= {";": 0.07, ":": 0.07, "–": 0.1, "—": 0.12, "·": 0.1}
_BEFORE = {"“": 0.15, "‘": 0.1, "„": 0.12, "‚": 0.08, "«": 0.1, "‹": 0.08, "»": 0.1, "—": 0.1, "’": 0.1, '"': 0.12}


@contextmanager
def hanging() -> Iterator[None]:
    """Lines that are laid out meanwhile have their punctuation in the margin."""
    justify = inline.justify_line
    inline.justify_line = _justify
    try:
        yield
    finally:
        inline.justify_line = justify


def _justify(context: Any, line: Any, extra: float) -> None:
    """Spread a line over its measure and what hangs out of it on both sides; `extra` is what it lacks, in pixels."""
    spaces = inline.count_expandable_spaces(line)
    if not spaces:
        return
    texts = list(_texts(line))
    before = _hangs(texts[:1], _BEFORE, 0)
    after = _hangs(texts[-1:], _AFTER, -1)
    inline.add_word_spacing(context, line, (extra + before + after) / spaces, -before)


def _hangs(ends: list[Any], marks: dict[str, float], place: int) -> float:
    """How far the text at an end of a line hangs out of it, in pixels."""
    if not ends or not isinstance(ends[0], boxes.TextBox) or ends[0].style["direction"] == "rtl":
        return 0
    text = ends[0].text.strip()
    return float(marks.get(text[place], 0) * ends[0].style["font_size"]) if text else 0


def _texts(box: Any) -> Iterator[Any]:
    """What a line is made of: its texts, and all else that is no phrase, in its order."""
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.InlineBox):
            yield from _texts(child)
        else:
            yield child
