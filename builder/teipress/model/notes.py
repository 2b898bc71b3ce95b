"""Which notes are called by a number, and which stand where they are (TEI Guidelines, 3.9.1)."""

from __future__ import annotations

import re

from teipress import tei
from teipress.tei import Element

# places in use, however they are spelt: "margin", "margin-left", "marginOuter", "left", "inline", "above" …
_IN_PLACE = re.compile(r"margin|left|right|top|inline|interlinear|above|below|inspace", re.IGNORECASE)
# what a note can only be about as a whole; there it is read like a paragraph
_HOLDERS = frozenset(
    "person personGrp place org event location object bibl biblStruct msItem listAnnotation noteGrp standOff "
    "sourceDoc surface zone".split()
)
_LISTS_OF_NOTES = frozenset({"notes", "footnotes", "endnotes"})
_BLOCKS = frozenset({"head", "p", "ab", "salute", "signed", "dateline", "argument", "trailer", "byline"})


def is_called(note: Element) -> bool:
    """Whether a number in the text calls a note; if not, it stands where it is."""
    parent = note.getparent()
    if _IN_PLACE.match(note.get("place") or "") or note.get("anchored") == "false":
        return False
    return parent is None or not (tei.local(parent) in _HOLDERS or parent.get("type") in _LISTS_OF_NOTES)


def caller(note: Element) -> Element | None:
    """The heading or paragraph directly before a note that stands between blocks: the number belongs at its end."""
    before = tei.directly_after(note)
    if before is None or not tei.is_tei(before) or tei.local(before) not in _BLOCKS or not is_called(note):
        return None
    return before
