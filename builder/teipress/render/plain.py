"""A document → its text as lines, one a block, in the form that the vocabulary chooses for the site.

Pages of the source stand in it as ``[p. 12]``, what is left out or withheld in brackets, notes behind the block that
calls them. It is made for reading, counting and searching; the TEI is what nothing is missing from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from teipress import tei
from teipress.edition import Document, Note, Page, Redaction
from teipress.tei import Element
from teipress.vocabulary import Vocabulary

_BLOCKS = frozenset({"block", "cit", "figure", "heading", "list", "listItem", "paragraph", "row", "section", "table"})
_INLINE_TAGS = frozenset({"span", "em", "i", "b", "cite", "q", "a"})
_SPACE = re.compile(r"\s+")
_READ = frozenset({"text", "sourceDoc"})  # registers and images are told elsewhere


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and the innermost headed division that it stands in ("" for none)."""

    text: str
    division: str = ""


def plain_lines(document: Document, vocabulary: Vocabulary) -> list[Line]:
    """The lines of a document's text in reading order."""
    known: tuple[Page | Note | Redaction, ...] = (*document.pages, *document.notes, *document.redactions)
    nouns = {noun.id: noun for noun in known}
    divisions = {d.element: d.id for d in document.all_divisions}
    writer = _Writer(vocabulary, nouns, divisions)
    parts = [part for part in document.body if tei.local(part) in _READ] or document.body
    for part in parts:
        writer.visit(part)
        writer.end()
    return writer.lines


@dataclass
class _Writer:
    """Collects strings into lines."""

    vocabulary: Vocabulary
    nouns: Mapping[str, Page | Note | Redaction]
    divisions: Mapping[Element, str]
    lines: list[Line] = field(default_factory=list)
    _open: list[str] = field(default_factory=lambda: [""])
    _strings: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    def visit(self, element: Element) -> None:
        """Write what the site shows of an element."""
        rule = self.vocabulary.rule(element, "html")
        if rule.behaviour == "omit":
            return
        if (write := _WRITERS.get(rule.behaviour)) is not None:
            write(self, element)
            return
        block = rule.behaviour in _BLOCKS and rule.tag not in _INLINE_TAGS
        division = self.divisions.get(element)
        if block:
            self.end()
        if division is not None:
            self._open.append(division)
        self._strings.append(rule.before)
        chosen = rule.chosen(element) or (rule.first(element) if rule.behaviour == "apparatus" else [])
        self._inside(chosen or tei.content(element))
        self._strings.append(" | " if rule.behaviour == "cell" and element.getnext() is not None else rule.after)
        if block:
            self.end()
        if division is not None:
            self._open.pop()

    def end(self) -> None:
        """End the line, and put the notes that it calls behind it."""
        line = _SPACE.sub(" ", "".join(self._strings)).strip()
        notes, self._strings, self._notes = self._notes, [], []
        self.lines += [Line(text, self._open[-1]) for text in (line, *notes) if text]

    def _inside(self, content: list[str | Element] | list[Element]) -> None:
        for part in content:
            if isinstance(part, str):
                self._strings.append(part)
            else:
                self.visit(part)

    def _note(self, element: Element) -> None:
        """A note that is called leaves its mark and waits for the end of the line; any other stands where it is."""
        noun = self.nouns.get(element.get(tei.XML_ID, ""))
        text = self._apart(element)
        if isinstance(noun, Note):
            self._strings.append(f"[{noun.label}]")
            self._notes.append(f"[{noun.label}] {text}")
        else:
            self._strings.append(f" {text} ")

    def _apart(self, element: Element) -> str:
        """What stands in an element, as one line of its own."""
        inner = _Writer(self.vocabulary, self.nouns, self.divisions)
        inner._inside(tei.content(element))
        inner.end()
        return " ".join(line.text for line in inner.lines)

    def _page(self, element: Element) -> None:
        noun = self.nouns.get(element.get(tei.XML_ID, ""))
        label = noun.mark if isinstance(noun, Page) else element.get("n", "")
        mark = f"[p. {label.strip('[]') or '?'}]"
        self._strings.append(mark if element.get("break") == "no" else f" {mark} ")

    def _gap(self, element: Element) -> None:
        noun = self.nouns.get(element.get(tei.XML_ID, ""))
        extent = noun.extent if isinstance(noun, Redaction) else element.get("extent", "")
        counted = " ".join(filter(None, (element.get("quantity"), element.get("unit"))))
        words = self._apart(element) or " ".join(filter(None, (extent or counted, element.get("reason"))))
        self._strings.append(f"[{words or '…'}]")

    def _break(self, element: Element) -> None:
        self._strings.append("" if element.get("break") == "no" else " ")

    def _whole(self, element: Element) -> None:
        self._strings.append(tei.text(element))


_WRITERS = {
    "page": _Writer._page,
    "gap": _Writer._gap,
    "note": _Writer._note,
    "break": _Writer._break,
    "math": _Writer._whole,
    "markup": _Writer._whole,
}
