"""A tree → its documents that may not go to everybody, by their own word; and the tree without the texts of these.

TEI says of an ``availability`` that it is free, unknown or restricted (TEI Guidelines, 2.2.4). Most of what is called
restricted is under a public licence all the same, for example CC BY-NC, and may go wherever that lets it.
"""

from __future__ import annotations

from pathlib import Path

from teipress import tei
from teipress.licences import is_public
from teipress.model.access import withhold
from teipress.tei import Element

_PARTS = ("text", "sourceDoc", "standOff")  # what of a document goes besides its facsimile, which has no text
_CLOSED = "closed.by-availability"


def restricted(root: Element) -> list[Element]:
    """The TEI elements with a text whose availability is restricted, with no public licence beside."""
    texts = list(tei.elements(root, "TEI")) or [root]
    return [t for t in texts if _is_restricted(t) and any(tei.child(t, part) is not None for part in _PARTS)]


def _is_restricted(text: Element) -> bool:
    """By the header of the document, or where that does not say, of the corpus that it stands in."""
    for holder in (text, *text.iterancestors(tei.tei("teiCorpus"))):
        statement = tei.child(holder, "teiHeader", "fileDesc", "publicationStmt")
        stated = [] if statement is None else [a for a in tei.elements(statement, "availability") if a.get("status")]
        if stated:
            return any(a.get("status") == "restricted" and not _is_licensed(a) for a in stated)
    return False


def _is_licensed(availability: Element) -> bool:
    """Whether it points to a public licence, or spells out the address of one."""
    pointed = [e.get("target", "") for e in tei.elements(availability, "licence", "ref", "ptr")]
    return any(map(is_public, (*pointed, *tei.text(availability).split())))


def close(root: Element, folder: Path) -> None:
    """Take out of a tree, in place, the texts of restricted documents, and all that points to them or shows them.

    Their headers stay. A gap stands for the text. `folder` is the edition's, for the images of pages.
    """
    for document in restricted(root):
        whole = tei.make("div", {"ana": f"#{_CLOSED}"})
        for part in [c for name in _PARTS for c in document.iterchildren(tei.tei(name))]:
            tei.remove(part)
            whole.append(part)
        document.append(tei.make("text", content=[tei.make("body", content=[whole])]))
        for facsimile in document.iterchildren(tei.tei("facsimile")):
            facsimile.set("ana", f"#{_CLOSED}")
    withhold(root, (f"#{_CLOSED}",), folder)
    for gap in tei.elements(root, "gap"):
        if gap.get("ana") == f"#{_CLOSED}":
            del gap.attrib["ana"]
