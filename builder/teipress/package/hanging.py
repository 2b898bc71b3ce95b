"""Lines → the same with what hangs out of them: the space at their end, and, a little, punctuation on both sides.

A hyphen or a full stop at the end of a justified line, and a quotation mark at its start, leave white where the other
lines have letters. WeasyPrint (70) knows no `hanging-punctuation`; where it spreads the spaces of a line, it is told
here that there is more to spread. Which words stand on a line does not change by that. It does by the other: where a
text before a phrase fits a line but for the space behind it, WeasyPrint breaks it at its first place, not at its last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import split_first_line

# how far they hang, in em: some half of their breadth
_AFTER = {"-": 0.15, "\u2010": 0.15, ".": 0.11, ",": 0.11, "’": 0.1, "”": 0.15, "“": 0.15, "»": 0.1, "›": 0.08}
_AFTER |= {";": 0.07, ":": 0.07, "–": 0.1, "—": 0.12, "·": 0.1}
_BEFORE = {"“": 0.15, "‘": 0.1, "„": 0.12, "‚": 0.08, "«": 0.1, "‹": 0.08, "»": 0.1, "—": 0.1, "’": 0.1, '"': 0.12}
_WIDEST = 0.75  # em that a space may be widened by
_NARROW = 4  # letters in an em, at most: a text of more does not fit


@contextmanager
def hanging() -> Iterator[None]:
    """In lines that are laid out meanwhile, spaces and punctuation hang."""
    kept = inline.justify_line, inline.split_first_line
    inline.justify_line, inline.split_first_line = _justify, _split
    try:
        yield
    finally:
        inline.justify_line, inline.split_first_line = kept


def _split(text: str, style: Any, context: Any, room: float | None, *more: Any, **named: Any) -> Any:
    """The first line of a text, as WeasyPrint breaks it to have room, if it does not fit but for a space at its end."""
    broken = split_first_line(text, style, context, room, *more, **named)
    resume = broken[2]
    if room is None or resume is None or not text.endswith(" ") or len(text) * style["font_size"] > room * _NARROW:
        return broken
    if " " in text.encode()[:resume].decode().strip():  # not at its first place
        return broken
    whole, bare = (split_first_line(t, style, context, None, *more, **named) for t in (text, text.rstrip(" ")))
    return whole if whole[2] is None and bare[3] <= room else broken


def _justify(context: Any, line: Any, extra: float) -> None:
    """Spread a line over its measure and what hangs out of it on both sides; `extra` is what it lacks, in pixels.

    A line that gapes stays short: that is seen less than holes as wide as words.
    """
    spaces = inline.count_expandable_spaces(line)
    if not spaces or extra > spaces * _WIDEST * line.style["font_size"]:
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
