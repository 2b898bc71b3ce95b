"""Page numbers in the margin: taken off a page that is laid out, and drawn when they are known.

The number of a part's first page depends on all parts before it, its layout does not: so a part is laid out with a
number that stands for all others, which is left out of the PDF, and its pages get theirs when the parts are joined.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from weasyprint.draw.text import draw_first_line
from weasyprint.formatting_structure import boxes
from weasyprint.matrix import Matrix
from weasyprint.text.line_break import create_layout, line_size

from teipress.numerals import roman
from teipress.package.piece import Folio

# of three digits, or two letters
STAND_IN = "@page { counter-increment: page 0 } @page :first { counter-reset: page 200 }"

_COUNTER = "\0"  # before the style of a counter in the content of a folio
_CHARACTERS = {"decimal": "0123456789", "lower-roman": "ivxlcdm", "upper-roman": "IVXLCDM"}
_SHOWN = re.compile(rb"\[(.*)\] ?TJ")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def take(page: Any) -> list[Any]:
    """The margin boxes of a page box that hold its number; they are left on it without their text."""
    folios = [box for box in page.children if isinstance(box, boxes.MarginBox) and _is_folio(box)]
    empty = {id(box): box.copy_with_children([]) for box in folios}
    page.children = tuple(empty.get(id(box), box) for box in page.children)
    return folios


def folio(box: Any, canvas: Any) -> Folio | None:
    """How a margin box shows its number; `canvas` is a new stream of WeasyPrint's for trials: it notes their fonts."""
    text = next((b for b in box.descendants() if isinstance(b, boxes.TextBox)), None)
    if text is None:
        return None
    content = tuple(_item(item) for item in box.style["content"])
    wanted = "".join(_CHARACTERS[c[1:]] if c.startswith(_COUNTER) else c for c in content)
    before = _share(text.style)
    canvas.set_color(text.style["color"])
    return Folio(
        content,
        b"\n".join(canvas.stream).decode("ascii"),
        text.style["font_size"],
        box.content_box_x() + before * box.width,
        text.position_y + text.baseline,
        before,
        {c: _glyph(c, text, canvas) for c in dict.fromkeys(wanted)},
    )


def drawn(face: Folio, number: int, scale: float) -> bytes:
    """The operators that draw a page number (ISO 32000-1, 9.4) after what WeasyPrint drew, from the top downwards."""
    said = "".join(_said(item, number) for item in face.content)
    width = sum(face.glyphs[c][2] for c in said) * face.size / 1000
    x = face.x - face.before * width
    shown = []
    for name, together in groupby((face.glyphs[c] for c in said), key=lambda glyph: glyph[0]):
        shown += [f"/{name} {_short(face.size)} Tf", f"[{' '.join(glyphs for _, glyphs, _ in together)}] TJ"]
    matrix = f"{_short(scale)} 0 0 {_short(-scale)} {_short(x * scale)} {_short(face.y * scale)} Tm"
    lines = ("/Artifact <</Type /Pagination>> BDC", "q", face.colour, "BT", matrix, *shown, "ET", "Q", "EMC")
    return ("\n".join(lines) + "\n").encode("ascii")


def _is_folio(box: Any) -> bool:
    items = box.style["content"]
    return isinstance(items, tuple) and any(_counts_pages(item) for item in items)


def _counts_pages(item: Any) -> bool:
    return bool(item[0] == "counter()" and item[1][0] == "page")


def _item(item: Any) -> str:
    return f"{_COUNTER}{item[1][1]}" if _counts_pages(item) else str(item[1])


def _said(item: str, number: int) -> str:
    if not item.startswith(_COUNTER):
        return item
    style = item[1:]
    return str(number) if style == "decimal" else roman(number) if style == "lower-roman" else roman(number).upper()


def _share(style: Any) -> float:
    """How much of a text stands to the left of the place that it is aligned to."""
    ends = {"start": "left", "justify": "left", "end": "right"}
    if style["direction"] == "rtl":
        ends = {"start": "right", "justify": "right", "end": "left"}
    aligned = style["text_align_all"]
    return {"left": 0.0, "center": 0.5, "right": 1.0}[ends.get(aligned, aligned)]


def _glyph(character: str, text: Any, canvas: Any) -> tuple[str, str, float]:
    """The font that has a character, the operand that shows it, and how wide it is (thousandths of the size)."""
    if not character.strip():
        return _space(character, text, canvas)
    name, font, shown = _trial(character, text, canvas)
    width = sum(font.widths[glyph] for glyph in _glyphs(shown))
    moved = sum(map(float, _NUMBER.findall(re.sub(r"<[0-9a-f]*>", " ", shown))))
    return name, shown, width - moved


def _space(character: str, text: Any, canvas: Any) -> tuple[str, str, float]:
    """The same for a space, which WeasyPrint draws between letters only, and some of them as room without a glyph."""
    name, font, shown = _trial(f"0{character}0", text, canvas)
    between, without = (_width(letters, text.style) for letters in (f"0{character}0", "00"))
    width = (between - without) * 1000 / text.style["font_size"]
    glyphs = _glyphs(shown)
    if len(glyphs) != 3:
        return name, _short(-width), width
    return name, f"<{glyphs[1]:04x}>{_short(font.widths[glyphs[1]] - width)}", width


def _trial(letters: str, text: Any, canvas: Any) -> tuple[str, Any, str]:
    """The font that WeasyPrint draws letters in, by its name and itself, and the operand that shows them."""
    canvas.stream.clear()
    canvas.begin_text()
    canvas.end_text()  # it forgets which font was the last
    trial = text.copy()
    trial.text = letters
    trial.pango_layout = create_layout(letters, text.style, None, None, 0)
    draw_first_line(canvas, trial, "clip", "none", Matrix(d=-1))
    name = next(line.split()[0][1:].decode("ascii") for line in canvas.stream if line.endswith(b"Tf"))
    shown = next(m[1].decode("ascii") for line in canvas.stream if (m := _SHOWN.fullmatch(line)))
    return name, next(f for f in canvas._fonts.values() if f.hash == name), shown


def _glyphs(shown: str) -> list[int]:
    """The glyphs of an operand, four hexadecimal digits each."""
    digits = "".join(re.findall(r"<([0-9a-f]*)>", shown))
    return [int(digits[i : i + 4], 16) for i in range(0, len(digits), 4)]


def _width(letters: str, style: Any) -> float:
    layout = create_layout(letters, style, None, None, 0)  # its lines live no longer than it does
    return float(line_size(layout.get_first_line()[0], style)[0])


def _short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
