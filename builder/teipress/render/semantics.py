"""``templates/epub/semantics.toml`` → what a part of a text is for reading systems: epub:type and ARIA role.

EPUB Structural Semantics Vocabulary 1.1; Digital Publishing WAI-ARIA Module 1.1.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from teipress import tei
from teipress.errors import Stopped
from teipress.findings import finding
from teipress.tei import Element

FILE = "semantics.toml"
MATTER = ("frontmatter", "bodymatter", "backmatter")  # what divides a book, and does not say what a part is
_KEYS = {"elements": list, "div": list, "role": str, "landmark": bool}
_TYPED = frozenset("div div1 div2 div3 div4 div5 div6 div7 text group floatingText attachment".split())


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a part of a text is; `role` is "" where ARIA has no word for it."""

    type: str
    role: str = ""
    landmark: bool = False


@dataclass(frozen=True, slots=True)
class Semantics:
    """The meanings of elements by their names, and of divisions by the words of their types."""

    elements: Mapping[str, Meaning] = field(default_factory=dict)
    words: Mapping[str, Meaning] = field(default_factory=dict)

    def of(self, element: Element) -> Meaning | None:
        """What an element of the text is, None for most."""
        name = tei.local(element)
        if name in _TYPED and (said := element.get("type")):
            known = (self.words.get(word) for word in said.lower().split())
            if (found := next(filter(None, known), None)) is not None:
                return found
        return self.elements.get(name)

    def matter(self, element: Element) -> str:
        """The third of a book that an element stands in: "frontmatter", "bodymatter" or "backmatter"."""
        around = (self.elements.get(tei.local(e)) for e in (element, *element.iterancestors()))
        return next((m.type for m in around if m is not None and m.type in MATTER), MATTER[1])


def read_semantics(text: str, file: str = FILE) -> Semantics:
    """The table, from its TOML.

    Raises:
        Stopped: it is not TOML, or has a word that is not known (V004).
    """
    elements: dict[str, Meaning] = {}
    words: dict[str, Meaning] = {}
    try:
        tables = tomllib.loads(text)
        for name, table in tables.items():
            _check(name, table)
            meaning = Meaning(name, table.get("role", ""), table.get("landmark", False))
            elements.update(dict.fromkeys(table.get("elements", ()), meaning))
            words.update((word.lower(), meaning) for word in table.get("div", ()))
    except (tomllib.TOMLDecodeError, ValueError) as error:
        hint = "compare it with the one that teipress brings, or take it out"
        raise Stopped([finding("V004", f"the table of semantics cannot be used: {error}", file, 0, hint)]) from None
    return Semantics(elements, words)


def _check(name: str, table: object) -> None:
    if not isinstance(table, dict):
        raise ValueError(f'"{name}" is no table')
    for key, value in table.items():
        if key not in _KEYS:
            raise ValueError(f'[{name}] has the unknown key "{key}"; known are {", ".join(_KEYS)}')
        if not isinstance(value, _KEYS[key]) or (
            isinstance(value, list) and not all(isinstance(v, str) for v in value)
        ):
            raise ValueError(f'[{name}] has a "{key}" of the wrong kind')
