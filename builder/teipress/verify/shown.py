"""Pages of a site or of an unpacked EPUB → the text that they show of each document, header and register entry.

The pages are read as a stranger reads them: what is marked as generated is passed over, and where a note is called
its text is read before going on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from teipress.tei import Element, content
from teipress.verify.expected import MEANINGFUL
from teipress.verify.pages import parse_page

PLACES = ("document", "record", "entry", "parallel")  # data-document="memo" and so on say whose text an element holds
_GENERATED = "data-generated"
_UNSEEN = frozenset({"template", "script", "style", "noscript", "head", "title", "datalist", "object", "iframe"})


@dataclass
class Shown:
    """What the pages of one output show of one place, in reading order."""

    text: str = ""
    marks: Counter[str] = field(default_factory=Counter)


def read_pages(folder: Path, apart: str = "") -> dict[tuple[str, str], Shown]:
    """The text of every place that the pages below a folder show, by kind ("document" …) and name.

    Pages in its folder `apart` are not read.
    """
    found: dict[tuple[str, str], list[tuple[int, Shown]]] = defaultdict(list)
    pages = (p for p in folder.rglob("*") if p.suffix in (".html", ".xhtml"))
    for path in sorted(p for p in pages if not apart or p.relative_to(folder).parts[0] != apart):
        root = parse_page(path)
        notes = {e.get("id", ""): e for e in root.iter(etree.Element) if e.get("data-note") is not None}
        for element in root.iter(etree.Element):
            for kind in PLACES:
                if (name := element.get(f"data-{kind}")) is not None:
                    part = int(element.get("data-part") or 0)
                    found[kind, name].append((part, _shown(element, notes)))
    return {place: _joined(parts) for place, parts in found.items()}


def _joined(parts: list[tuple[int, Shown]]) -> Shown:
    in_order = [part for _, part in sorted(parts, key=lambda p: p[0])]
    whole = Shown("".join(part.text for part in in_order))
    for part in in_order:
        whole.marks.update(part.marks)
    return whole


def _shown(element: Element, notes: Mapping[str, Element]) -> Shown:
    shown = Shown()
    strings: list[str] = []
    _read(element, notes, strings, shown.marks)
    shown.text = "".join(strings)
    return shown


def _read(element: Element, notes: Mapping[str, Element], strings: list[str], marks: Counter[str]) -> None:
    for part in content(element):
        if isinstance(part, str):
            strings.append(part)
            continue
        classes = (part.get("class") or "").split()
        if _is_unseen(part):
            continue
        marks.update(MEANINGFUL.intersection(classes))
        if "noteref" in classes and (note := notes.get((part.get("href") or "").removeprefix("#"))) is not None:
            _read(note, notes, strings, marks)
        elif part.get(_GENERATED) is None:
            _read(part, notes, strings, marks)


def _is_unseen(element: Element) -> bool:
    """Whether a browser does not show an element, so that what is in it does not count."""
    style = "".join((element.get("style") or "").lower().split())
    hidden = element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
    return hidden or str(element.tag).rpartition("}")[2] in _UNSEEN
