"""The behaviours' macros, and which of them are constant.

Most elements of a text are drawn by a macro that puts a tag around the content and looks at nothing else. For those
the macro is run once a tag with placeholders, and what it printed before and after the content is kept: a book of
sixty thousand elements then costs a few macro calls instead of sixty thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from markupsafe import Markup

from teipress.edition import Division, Note, Page, Redaction, Variation
from teipress.render.templates import Macro

ATTRIBUTES = "\x00attributes\x00"  # no character that a document can hold
_IDENTIFIER = "\x00identifier\x00"
_CONTENT = "<\x00content\x00>"  # a filter that strips tags strips it, too

Noun: TypeAlias = Page | Note | Redaction | Division | Variation


@dataclass(slots=True)
class Node:
    """What a macro sees of an element: a tag with attributes ready to print, and the rule's parameters by name.

    `language` holds language and direction of a note, which needs them where its text stands, not its call.
    """

    name: str
    tag: str
    attributes: Markup
    id: str = ""
    href: str = ""
    level: int = 0
    noun: Noun | None = None
    language: Markup = field(default_factory=Markup)
    params: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.params[key]


class _Varies(Exception):
    """A macro looked at something that differs from element to element."""


class _Probe:
    """A node of which only tag and attributes are known, and whether it has an identifier."""

    def __init__(self, tag: str, named: bool) -> None:
        self.tag = tag
        self.id = _IdentifierProbe(named)
        self.attributes = Markup(ATTRIBUTES)

    def __getattr__(self, name: str) -> Any:
        raise _Varies(name)


class _IdentifierProbe:
    """An identifier that can be printed, or asked for whether it is there."""

    def __init__(self, named: bool) -> None:
        self._named = named

    def __html__(self) -> str:
        return _IDENTIFIER if self._named else ""

    def __bool__(self) -> bool:
        return self._named

    def _varies(self, *others: Any) -> Any:
        raise _Varies("id")

    __str__ = __len__ = __iter__ = __hash__ = __eq__ = __ne__ = __add__ = __radd__ = __contains__ = _varies


class _ContentProbe:
    """Content that can be printed; whoever asks for more has a macro that varies."""

    def __html__(self) -> str:
        return _CONTENT

    def _varies(self) -> Any:
        raise _Varies("content")

    __str__ = __bool__ = __len__ = __iter__ = __hash__ = _varies


class Macros:
    """The macro of each behaviour in one format."""

    def __init__(self, by_name: Mapping[str, Macro]) -> None:
        self.by_name = by_name
        self._ready: dict[tuple[str, str, str], tuple[str, str]] = {}
        self._frames: dict[tuple[str, str, bool], tuple[str, str] | None] = {}

    def frame(self, behaviour: str, tag: str, named: bool = False) -> tuple[str, str] | None:
        """What a constant macro prints before and after the content, `ATTRIBUTES` in it; None if it varies.

        `named` says whether the node has an identifier, which some macros print.
        """
        key = behaviour, tag, named
        if key not in self._frames:
            self._frames[key] = self._find(behaviour, tag, named)
        return self._frames[key]

    def framed(self, behaviour: str, tag: str, attributes: str, content: str, identifier: str = "") -> str:
        """What a constant macro prints, ready."""
        key = behaviour, tag, attributes
        if (frame := self._ready.get(key)) is None:
            before, after = self.frame(behaviour, tag, bool(identifier)) or ("", "")
            frame = before.replace(ATTRIBUTES, attributes), after
            if identifier:
                frame = frame[0].replace(_IDENTIFIER, identifier), after.replace(_IDENTIFIER, identifier)
            elif "id=" not in attributes:  # an identifier is there once only
                self._ready[key] = frame
        return f"{frame[0]}{content}{frame[1]}"

    def _find(self, behaviour: str, tag: str, named: bool) -> tuple[str, str] | None:
        try:
            printed = str(self.by_name[behaviour](_Probe(tag, named), _ContentProbe()))
        except _Varies:
            return None
        before, content, after = printed.partition(_CONTENT)
        constant = content and _CONTENT not in after and ATTRIBUTES not in after and before.count(ATTRIBUTES) <= 1
        return (before, after) if constant else None
