"""CSS that an encoder wrote → the declarations of it that are safe to publish.

A source may say how things looked (TEI ``rendition``, ``@style``), but it must not load anything, cover anything or
make text disappear. So only known properties pass, with plain values of sensible size; the rest is named, not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_PROPERTIES = frozenset(
    "background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-color "
    "border-left border-left-color border-left-style border-left-width border-radius border-right border-right-color "
    "border-right-style border-right-width border-style border-top border-top-color border-top-style border-top-width "
    "border-width clear color content display float font-family font-size font-stretch font-style font-variant "
    "font-variant-caps font-weight letter-spacing line-height list-style-type margin margin-bottom margin-left "
    "margin-right margin-top padding padding-bottom padding-left padding-right padding-top text-align "
    "text-align-last text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent "
    "vertical-align white-space word-spacing".split()
)  # not text-transform: what a reader of the PDF finds would no longer be what the source has
_TOKENS = frozenset({"ident", "number", "percentage", "dimension", "hash", "string", "whitespace"})
_COLOURS = frozenset({"rgb", "hsl"})
_DISPLAYS = frozenset({"inline", "block", "inline-block", "list-item"})
_HIDING = frozenset({"none", "transparent", "hidden", "collapse"})
_MAY_BE_NONE = ("border", "text-decoration", "float", "list-style", "clear", "content")
_EMS = {"em": 1, "rem": 1, "ex": 0.5, "ch": 0.5, "px": 1 / 16, "pt": 1 / 12, "pc": 1, "in": 6, "cm": 2.4, "mm": 0.24}
_LARGEST, _LOWEST, _CLOSEST, _SMALLEST_TYPE = 25, -3, -0.1, 0.4  # em
_PALEST, _DARKEST = 0.6, 0.35  # of letters, and of what is behind them: relative luminance, 0 to 1

_CONTRAST = 4.55  # of letters and paper; WCAG asks for 4.5


@dataclass(frozen=True, slots=True)
class Declarations:
    """CSS declarations: those that are safe, ready to print, and those that are refused, as they were written."""

    safe: str = ""
    refused: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def declarations(source: str) -> Declarations:
    """The declarations of a style attribute or a rule's block (CSS Syntax 3, 5.3.8)."""
    import tinycss2  # needed only where a source brings CSS

    safe, refused = [], []
    for node in tinycss2.parse_blocks_contents(source, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration" and _is_safe(node.lower_name, node.value):
            safe.append(f"{node.lower_name}: {tinycss2.serialize(node.value).strip()}")
        else:
            refused.append(" ".join(node.serialize().split()) if node.type != "error" else " ".join(source.split()))
    return Declarations("; ".join(safe), tuple(dict.fromkeys(refused)))


@lru_cache(maxsize=4096)
def contrasting(safe: str) -> str:
    """Safe declarations with a colour of letters as dark as it has to be to be read on its paper (WCAG 2.2, 1.4.3).

    The hue stays. The paper is white, or the background that is declared beside it.
    """
    import tinycss2
    from tinycss2.color3 import RGBA, parse_color

    found = {n.lower_name: n for n in tinycss2.parse_blocks_contents(safe) if n.type == "declaration"}
    colours = {name: parse_color(tinycss2.serialize(node.value).strip()) for name, node in found.items()}
    ink, paper = colours.get("color"), colours.get("background-color")
    if not isinstance(ink, RGBA):
        return safe
    behind = _luminance((paper.red, paper.green, paper.blue)) if isinstance(paper, RGBA) else 1.0
    parts = ink.red, ink.green, ink.blue
    shares = (n / 20 for n in range(20, -1, -1))
    dark = next((p for n in shares if _contrast(p := tuple(n * c for c in parts), behind) >= _CONTRAST), (0.0,) * 3)
    if dark == parts:
        return safe
    value = "#" + "".join(f"{round(255 * part):02x}" for part in dark)
    declared = (
        f"{name}: {value if name == 'color' else tinycss2.serialize(n.value).strip()}" for name, n in found.items()
    )
    return "; ".join(declared)


def _contrast(ink: tuple[float, ...], behind: float) -> float:
    """The ratio of a dark colour to the luminance of what is behind it, from 1 to 21."""
    return (behind + 0.05) / (_luminance(ink) + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance of red, green and blue from 0 to 1 (WCAG 2.2)."""
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _is_safe(name: str, value: list[Any]) -> bool:
    if name not in _PROPERTIES or not value or not all(_is_plain(name, token) for token in value):
        return False
    return name not in ("color", "background-color") or _is_legible(name, value)


def _is_legible(name: str, value: list[Any]) -> bool:
    """Whether letters of a colour stand out from paper, and paper of a colour from letters."""
    from tinycss2.color3 import RGBA, parse_color

    words = [token for token in value if token.type != "whitespace"]
    colour = parse_color(words[0]) if len(words) == 1 else None
    if not isinstance(colour, RGBA):  # inherit, currentcolor and the like
        return len(words) == 1 and words[0].type == "ident"
    luminance: float = 0.2126 * colour.red + 0.7152 * colour.green + 0.0722 * colour.blue
    legible = luminance <= _PALEST if name == "color" else luminance >= _DARKEST
    return bool(colour.alpha == 1 and legible)


def _is_plain(name: str, token: Any) -> bool:
    """Whether one token of a value is of a kind that can neither load nor hide anything."""
    if token.type == "literal":
        return token.value in (",", "/")
    if token.type == "function":
        return token.lower_name in _COLOURS and all(t.type != "function" for t in token.arguments)
    if token.type == "ident" and token.lower_value in _HIDING:
        return token.lower_value == "none" and name.startswith(_MAY_BE_NONE)
    if name == "display":
        return token.type == "whitespace" or (token.type == "ident" and token.lower_value in _DISPLAYS)
    if token.type == "hash":
        return len(token.value) in (3, 6)  # the longer forms may be transparent
    if token.type in ("number", "percentage", "dimension"):
        return _is_sensible(name, token)
    return token.type in _TOKENS and (token.type != "string" or name in ("content", "font-family"))


def _is_sensible(name: str, token: Any) -> bool:
    """Whether a length would leave text where it can be read."""
    if token.type == "dimension":
        ems = token.value * _EMS.get(token.lower_unit, 1000)
    else:
        ems = token.value / 100 if token.type == "percentage" else token.value
    if name in ("font-weight", "border-radius"):
        return True
    if name in ("font-size", "line-height"):
        least = _SMALLEST_TYPE
    else:
        least = _CLOSEST if name.endswith("-spacing") else _LOWEST
    return bool(least <= ems <= _LARGEST)
