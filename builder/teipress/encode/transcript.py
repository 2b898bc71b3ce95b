"""A TEI file → the transcription that it was made from: the words in order, with Markdown for what was structure.

What editors add to the text is left out and what the source has is given: of a `choice` the original form, of a gap
its wording, no editorial notes, nothing that is `supplied`. White space is folded; blocks are parted by blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from teipress import tei
from teipress.encode.calls import PLACE
from teipress.tei import Element

_BLOCKS = frozenset(
    "p head ab div front body back item label row titlePart docAuthor byline docEdition docImprint docDate docTitle"
    " titlePage list table quote closer opener salute signed dateline address addrLine lg l note argument epigraph"
    " trailer sp speaker stage imprimatur postscript".split()
)
_INLINE_LIST = "inline"
_EDITORS = frozenset("corr reg expan supplied ex surplus".split())
_MARKS = {"italic": "*", "bold": "**"}
_TAGS = {
    "italic": "i",
    "bold": "b",
    "underline": "u",
    "superscript": "sup",
    "subscript": "sub",
    "strikethrough": "s",
    "small": "small",
}
_SPACE = re.compile(r"[ \t\r\n]+")
_END = "\0"  # a place where a block ends: no XML holds this character


def transcript(root: Element) -> str:
    """The transcription of a TEI document as Markdown; ends with a line feed.

    It has the words of the one that `encode` read, in order; white space may differ.
    """
    text = tei.child(root, "text")
    blocks = _Writer(root).element(root if text is None else text).split(_END)
    lines = [_folded(block) for block in blocks]
    return "\n\n".join(line for line in lines if line) + "\n"


def _folded(block: str) -> str:
    """A block with its white space folded; vertical tabs, which no XML holds, stand for its line breaks."""
    lines = [_SPACE.sub(" ", line).strip() for line in block.split("\v")]
    return "  \n".join(line for line in lines if line)


class _Writer:
    """Writes elements as text. `level` is the depth of divisions; `notes` are those that have a place elsewhere."""

    def __init__(self, root: Element) -> None:
        self.level = 0
        places = {anchor.get(tei.XML_ID, "") for anchor in tei.elements(root, "anchor")}
        notes = {note.get(tei.XML_ID, "") + PLACE: note for note in tei.elements(root, "note")}
        self.notes = {place: note for place, note in notes.items() if place in places}

    def element(self, element: Element, in_word: bool = False) -> str:
        name = tei.local(element)
        if name == "hi":
            return self.emphasis(element, in_word)
        special = getattr(self, f"_{name}", None)
        if name in _EDITORS or (name == "note" and _is_editors(element)):
            return ""
        written = special(element) if special else self.content(element)
        is_block = name in _BLOCKS and not self.in_line(element) and written
        return f"{_END}{written}{_END}" if is_block else str(written)

    def in_line(self, element: Element) -> bool:
        """Whether a list or its part stands in a sentence, or a label in a note."""
        if tei.local(element) == "label" and tei.ancestor(element, "note", "list") is not tei.ancestor(element, "list"):
            return True
        whole = element if tei.local(element) == "list" else tei.ancestor(element, "list")
        inline = whole is not None and _INLINE_LIST in (whole.get("rend"), whole.get("type"))
        return inline and tei.local(element) in ("list", "item", "label")

    def content(self, element: Element) -> str:
        parts = tei.content(element)
        written = (p if isinstance(p, str) else self.element(p, _in_word(parts, k)) for k, p in enumerate(parts))
        return "".join(written)

    def _note(self, element: Element) -> str:
        elsewhere = element.get(tei.XML_ID, "") + PLACE in self.notes
        return "" if elsewhere else self.content(element)

    def _anchor(self, element: Element) -> str:
        note = self.notes.get(element.get(tei.XML_ID, ""))
        return "" if note is None else f"{_END}{self.content(note)}{_END}"

    def _div(self, element: Element) -> str:
        self.level += 1
        written = self.content(element)
        self.level -= 1
        return written

    def _head(self, element: Element) -> str:
        plain = self.content(element)
        return plain if element.get("resp") or not plain.strip() else "#" * min(max(self.level, 1), 6) + " " + plain

    def _item(self, element: Element) -> str:
        bulleted = tei.selected(element, "parent::tei:list[@rend = 'bulleted']")
        written = self.content(element)
        return written if not bulleted or written.lstrip().startswith(_END) else "- " + written

    def _cell(self, element: Element) -> str:
        return self.content(element) + " | "

    def emphasis(self, element: Element, in_word: bool) -> str:
        """What stands out, with its marks: inside a word these are tags, since asterisks are none there."""
        written = self.content(element)
        for rend in (element.get("rend") or "").split():
            if rend in _MARKS and not in_word:
                written = _MARKS[rend] + written + _MARKS[rend]
            elif rend in _TAGS:
                written = f"<{_TAGS[rend]}>{written}</{_TAGS[rend]}>"
        return written

    def _ref(self, element: Element) -> str:
        written = self.content(element)
        return f"<{written}>" if ":" in written and element.get("target") == written else written

    def _choice(self, element: Element) -> str:
        return "".join(self.element(form) for form in element if tei.is_element(form))

    def _gap(self, element: Element) -> str:
        described = tei.child(element, "desc")
        if element.get("rend") == "space":
            return "        "
        if described is None:
            return "[redacted]"
        return self.content(described) if element.get("rend") == "bare" else f"[{self.content(described)}]"

    def _space(self, element: Element) -> str:
        described = tei.child(element, "desc")
        return " " if described is None else self.content(described)

    def _lb(self, element: Element) -> str:
        return "\v"

    def _pb(self, element: Element) -> str:
        return f"{_END}---{_END}" if element.get("rend") == "rule" else "\f" if element.get("rend") == "feed" else _END

    def _milestone(self, element: Element) -> str:
        return f"{_END}---{_END}" if element.get("rend") == "rule" else ""


def _in_word(parts: Sequence[str | Element], k: int) -> bool:
    """Whether a part of mixed content has a letter or digit on both sides."""
    before, behind = (parts[i] if 0 <= i < len(parts) else "" for i in (k - 1, k + 1))
    return isinstance(before, str) and isinstance(behind, str) and before[-1:].isalnum() and behind[:1].isalnum()


def _is_editors(note: Element) -> bool:
    return note.get("type") == "editorial"
