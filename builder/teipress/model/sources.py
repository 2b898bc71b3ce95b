"""The description of the source in a teiHeader → a line of plain text (TEI Guidelines, 2.2.7 and 10)."""

from __future__ import annotations

from collections.abc import Iterator

from teipress import tei
from teipress.tei import Element

_STOPS = (".", "!", "?", "…", "。")
_PLACE = ("country", "region", "settlement", "institution", "repository", "collection", "idno", "msName")
_PLAIN = ("bibl", "p", "ab", "scriptStmt", "recordingStmt")
_NESTED = ("witness", "listWit")  # what a witness holds that is a witness itself
_UNSAID = ("note", "relatedItem", "listPerson", "listPlace")


def source_line(head: Element | None) -> str:
    """What was transcribed, one source after the other; empty where a header does not say."""
    described = tei.child(head, "fileDesc", "sourceDesc") if head is not None else None
    return _joined(_sources(described), "; ") if described is not None else ""


def _sources(part: Element) -> Iterator[str]:
    for element in part:
        if not tei.is_element(element):
            continue
        name = tei.local(element)
        if name == "listBibl":
            yield from _sources(element)
        elif name == "biblStruct":
            yield _structured(element)
        elif name == "biblFull":
            yield _full(element)
        elif name == "msDesc":
            yield _manuscript(element)
        elif name == "listWit":
            yield from (tei.line_of_text(w, skip=_NESTED) for w in tei.elements(element, "witness"))
        elif name in _PLAIN:
            yield tei.line_of_text(element, skip=_UNSAID) or tei.line_of_text(element)


def _structured(bibl: Element) -> str:
    """The parts of a structured reference in the order of a citation: who, what, where it stands, where it appeared."""
    levels = [level for name in ("analytic", "monogr", "series") if (level := tei.child(bibl, name)) is not None]
    said = []
    for level in levels:
        said += [_lines(level, ("author",), " / "), _lines(level, ("title",), ": "), _lines(level, ("editor",), " / ")]
        imprint = tei.child(level, "imprint")
        if imprint is not None:
            said.append(_lines(imprint, ("pubPlace", "publisher", "date"), ", "))
        said.append(_lines(level, ("biblScope",), ", "))
    return _joined(said, ". ")


def _full(bibl: Element) -> str:
    said = []
    for statement, names in (
        ("titleStmt", ("author",)),
        ("titleStmt", ("title",)),
        ("publicationStmt", ("pubPlace", "publisher", "date")),
    ):
        part = tei.child(bibl, statement)
        said.append(_lines(part, names, ": " if names == ("title",) else ", ") if part is not None else "")
    return _joined(said, ". ")


def _manuscript(description: Element) -> str:
    """Where a manuscript is kept and under which number; then what it is."""
    identifier = tei.child(description, "msIdentifier")
    place = _lines(identifier, _PLACE, ", ") if identifier is not None else ""
    heading = tei.child(description, "head")
    title = heading if heading is not None else tei.child(description, "msContents", "msItem", "title")
    return _joined([place, tei.line_of_text(title)], ": ") or tei.line_of_text(
        next(tei.elements(description, "p"), None)
    )


def _lines(part: Element, names: tuple[str, ...], between: str) -> str:
    found = (e for e in part if tei.is_element(e) and tei.local(e) in names)
    return between.join(line for e in found if (line := tei.line_of_text(e, skip=_UNSAID).rstrip(" ,;:/")))


def _joined(said: Iterator[str] | list[str], between: str) -> str:
    """Pieces one after the other; what ends a sentence already takes no second stop."""
    line = ""
    for piece in filter(None, said):
        line += (" " if line.endswith(_STOPS) else between if line else "") + piece
    return line
