"""Scripts and the fonts that print them: the one table that the book's style sheet and ``teipress doctor`` go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_NOTO = "fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Script:
    """What a family of fonts is for, a letter that tells whether any font has it, and Debian's package.

    Without a font that is `needed` no edition looks right; the others are for texts in their scripts.
    """

    name: str
    letter: str
    family: str
    package: str
    needed: bool = False


# in the order in which the book looks for a font that has a character; that for Mongolian has East Asian commas, too
SCRIPTS = (
    Script("Latin, Greek and Cyrillic", "a", "Linux Libertine O", "fonts-linuxlibertine", needed=True),
    Script("Medieval Latin letters and uncommon marks", "\ua751", "Noto Serif", _NOTO),
    Script("Arabic", "\u0628", "Noto Naskh Arabic", _NOTO),
    Script("Hebrew", "\u05d0", "Noto Serif Hebrew", _NOTO),
    Script("Syriac", "\u0710", "Noto Sans Syriac", _NOTO),
    Script("Armenian", "\u0561", "Noto Serif Armenian", _NOTO),
    Script("Georgian", "\u10d0", "Noto Serif Georgian", _NOTO),
    Script("Ethiopic", "\u1200", "Noto Serif Ethiopic", _NOTO),
    Script("Coptic", "\u2c81", "Noto Sans Coptic", _NOTO),
    Script("Gothic", "\U00010330", "Noto Sans Gothic", _NOTO),
    Script("Glagolitic", "\u2c30", "Noto Sans Glagolitic", _NOTO),
    Script("Runes", "\u16a0", "Noto Sans Runic", _NOTO),
    Script("Devanagari", "\u0915", "Noto Serif Devanagari", _NOTO),
    Script("Bengali", "\u0995", "Noto Serif Bengali", _NOTO),
    Script("Tamil", "\u0b95", "Noto Serif Tamil", _NOTO),
    Script("Thai", "\u0e01", "Noto Serif Thai", _NOTO),
    Script("Tibetan", "\u0f40", "Noto Serif Tibetan", _NOTO),
    Script("Chinese, Japanese and Korean", "\u65e5", "Noto Serif CJK JP", "fonts-noto-cjk", needed=True),
    Script("Mongolian", "\u1820", "Noto Sans Mongolian", _NOTO),
    Script("Cuneiform", "\U00012000", "Noto Sans Cuneiform", _NOTO),
    Script("Egyptian hieroglyphs", "\U00013000", "Noto Sans Egyptian Hieroglyphs", _NOTO),
    Script("Symbols", "\u2609", "Noto Sans Symbols", _NOTO),
)


def families(own: Iterable[str] = (), wanted: str = "") -> list[str]:
    """The families of fonts in the order in which a book looks for a character.

    The one that it is set in (`wanted`, else that of Latin) comes first, then the edition's `own`, then those of here.
    """
    ours = [script.family for script in SCRIPTS]
    return list(dict.fromkeys((wanted or ours[0], *own, *ours)))
