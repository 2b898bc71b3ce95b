"""The drawing instructions of a PDF page in colours of a screen → the same in printing ink.

Type is black and nothing else: of the black plate, at full strength, so that no letter is screened or stands on two
plates. Areas are black or a tint of it. Colours print black as well, or in the one ink that is declared for them.
What a style sheet says in ``device-cmyk()`` stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator, Pdf, Stream, parse_content_stream
from pikepdf import unparse_content_stream as unparse

Colour = tuple[float, ...]  # as operands: gray, RGB, CMYK

_BLACK: Colour = (0, 0, 0, 1)
_DARK, _PALE, _WHITE = 0.35, 0.75, 0.9  # lightness: darker prints solid, paler never in colour, lighter type not at all
_COLOURED = 0.2  # between the least and the greatest of red, green and blue
_SETS = {"g": False, "rg": False, "k": False, "sc": False, "scn": False}  # operator → whether it is for strokes
_SETS |= {"G": True, "RG": True, "K": True, "SC": True, "SCN": True}
_SPACES = {"cs": False, "CS": True}
_STRUCTURE = frozenset(("BMC", "BDC", "EMC"))  # what is marked for readers of files is of no use to a press


@dataclass(slots=True)
class _State:
    """What a drawing is in: the colour spaces, and the ink of areas and of type."""

    spaces: tuple[str, str] = ("DeviceGray", "DeviceGray")
    area: Colour = _BLACK
    type: Colour = _BLACK
    pattern: bool = False


def tint(colour: Colour, rubric: Colour | None) -> Colour:
    """The ink of an area: CMYK, of a colour given as gray, RGB or CMYK."""
    if len(colour) == 4:
        return colour
    red, green, blue = colour if len(colour) == 3 else colour * 3
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    if rubric and light < _PALE and _is_coloured(colour):
        return rubric
    return (0, 0, 0, 1 if light < _DARK else round(1 - light, 3))


def type_ink(colour: Colour, rubric: Colour | None) -> Colour:
    """The ink of type: black, what is declared for colours, or none (white on black)."""
    if len(colour) == 4:
        return colour
    if min(colour) >= _WHITE:
        return (0, 0, 0, 0)
    return rubric if rubric and _is_coloured(colour) else _BLACK


def _is_coloured(colour: Colour) -> bool:
    return max(colour) - min(colour) > _COLOURED


def ink(pdf: Pdf, rubric: Colour | None = None) -> None:
    """Change all drawing in a PDF: pages, forms, patterns, glyphs that are drawings, shadings. Images are not drawn."""
    for page in pdf.pages:
        page.contents_coalesce()
        page.Contents.write(_inked(page, rubric))
        _shade(page.get("/Resources"), rubric)
    for made in list(pdf.objects):
        if isinstance(made, Stream) and (made.get("/Subtype") == Name.Form or made.get("/PatternType") == 1):
            made.write(_inked(made, rubric))
            _shade(made.get("/Resources"), rubric)
            if (group := made.get("/Group")) is not None and "/CS" in group:
                group.CS = Name.DeviceCMYK
        elif isinstance(made, Dictionary) and made.get("/Subtype") == Name.Type3:
            for glyph in made.CharProcs.values():
                glyph.write(_inked(glyph, rubric))


def _inked(content: Any, rubric: Colour | None) -> bytes:
    return unparse(list(_Inker(rubric).instructions(parse_content_stream(content))))


class _Inker:
    """Goes through the instructions of one drawing."""

    def __init__(self, rubric: Colour | None) -> None:
        self._rubric = rubric
        self._state = _State()
        self._stack: list[_State] = []
        self._in_type = False

    def instructions(self, found: Iterable[Any]) -> Iterable[Any]:
        """The same instructions in ink."""
        for instruction in found:
            operator = str(instruction.operator)
            if operator in _STRUCTURE:
                continue
            if operator in _SPACES or operator in _SETS:
                yield from self._colour(operator, instruction)
                continue
            yield instruction
            yield from self._around(operator)

    def _around(self, operator: str) -> Iterable[Any]:
        """Keeps the state; type is in an ink of its own."""
        state = self._state
        if operator == "q":
            self._stack.append(_State(state.spaces, state.area, state.type, state.pattern))
        elif operator == "Q" and self._stack:
            self._state = self._stack.pop()
        elif operator in ("BT", "ET"):
            self._in_type = operator == "BT"
            if not state.pattern and state.area != state.type:
                yield _set(state.type if self._in_type else state.area, stroke=False)

    def _colour(self, operator: str, instruction: Any) -> Iterable[Any]:
        """A colour is set, or the space that it is of."""
        state, operands = self._state, list(instruction.operands)
        if operator in _SPACES:
            stroke = _SPACES[operator]
            spaces = list(state.spaces)
            spaces[stroke] = str(operands[0]).lstrip("/")
            state.spaces = (spaces[0], spaces[1])
            if spaces[stroke] == "Pattern":
                yield instruction
            return
        stroke = _SETS[operator]
        if operands and isinstance(operands[-1], Name):  # a pattern, which is a drawing of its own
            state.pattern = state.pattern or not stroke
            yield instruction
            return
        colour = _plain([float(o) for o in operands], state.spaces[stroke] if operator.lower().startswith("sc") else "")
        if stroke:
            yield _set(tint(colour, self._rubric), stroke=True)
            return
        state.area, state.type, state.pattern = tint(colour, self._rubric), type_ink(colour, self._rubric), False
        yield _set(state.type if self._in_type else state.area, stroke=False)


def _plain(values: Sequence[float], space: str) -> Colour:
    """A colour as gray, RGB or CMYK; of CIE L*a*b* the lightness, in red if it has any hue."""
    if space.startswith("lab"):
        light, hue = values[0] / 100, abs(values[1]) + abs(values[2]) > 25
        return (light, light * 0.5, light * 0.5) if hue else (light,)
    return tuple(values)


def _set(colour: Colour, stroke: bool) -> Any:
    return ContentStreamInstruction([round(float(c), 3) for c in colour], Operator("K" if stroke else "k"))


def _shade(resources: Any, rubric: Colour | None) -> None:
    """The shadings of some resources; each goes from one colour to another, or through several."""
    for shading in (resources or {}).get("/Shading", {}).values():
        if shading.get("/ColorSpace") == Name.DeviceRGB:
            shading.ColorSpace = Name.DeviceCMYK
            _shade_function(shading.Function, rubric)


def _shade_function(function: Any, rubric: Colour | None) -> None:
    for part in function.get("/Functions", []):
        _shade_function(part, rubric)
    for end in ("/C0", "/C1"):
        if end in function:
            colour = tint(tuple(float(c) for c in function[end]), rubric)
            function[end] = [round(float(c), 3) for c in colour]
