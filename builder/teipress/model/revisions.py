"""The revision history of a teiHeader → its changes: when, who, what (TEI Guidelines, 2.6)."""

from __future__ import annotations

from teipress import tei
from teipress.edition import Edition
from teipress.phrases import ISO_DATE
from teipress.tei import Element

_BEFORE = ("name", "persName", "orgName", "respStmt", "label", "date")  # what stands before the words of a change
_BETWEEN = " ,;:"


def changes(edition: Edition, head: Element, document: str) -> list[tuple[str, str, str]]:
    """The revisions, oldest first: date, who, what. By their dates where all have one, else from the last one up.

    `document` is the slug of the one whose header it is.
    """
    history = tei.child(head, "revisionDesc")
    if history is None:
        return []
    found = [_change(edition, e, document) for e in tei.elements(history, "change")]
    if all(ISO_DATE.match(date) for date, _, _ in found):
        descends = len(found) > 1 and found[0][0] > found[-1][0]
        return sorted(reversed(found) if descends else found, key=lambda change: change[0])
    return list(reversed(found))


def _change(edition: Edition, element: Element, document: str) -> tuple[str, str, str]:
    """A change; names that its text begins with, and a date in it, are no part of what was done."""
    stated = tei.child(element, "date")
    dated = element if stated is None else stated
    when = element.get("when") or element.get("when-iso") or dated.get("when") or tei.line_of_text(stated)
    parts = tei.content(element)
    first = next((i for i, part in enumerate(parts) if _is_said(part)), len(parts))
    named = [tei.line_of_text(p).rstrip(_BETWEEN) for p in parts[:first] if not isinstance(p, str) and p is not stated]
    meant = (edition.resolve(document, pointer) for pointer in tei.pointers(element.get("who")))
    known = [edition.names[identifier] for identifier in meant if edition.names.get(identifier)]
    who = ", ".join(dict.fromkeys(filter(None, known or named))) or _bare(element)
    words = (part if isinstance(part, str) else tei.line_of_text(part) for part in parts[first:] if part is not stated)
    return when, who, " ".join("".join(words).split()).lstrip(_BETWEEN)


def _is_said(part: str | Element) -> bool:
    """Whether a part of a change is one of its words, and no name or date before them."""
    return bool(part.strip()) if isinstance(part, str) else tei.local(part) not in _BEFORE


def _bare(change: Element) -> str:
    """Who made a change where the pointer leads nowhere: the pointer, without its sharp."""
    return ", ".join(p.lstrip("#") for p in tei.pointers(change.get("who")))
