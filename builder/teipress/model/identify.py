"""Identify: give every element that can be a link's target an identifier that is unique in the whole edition.

An ``xml:id`` that is a proper name and stands once stays as it is, because people cite it. The others are renamed,
and `Identifiers` remembers how, document by document, so that pointers still find them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from teipress import tei
from teipress.tei import Element

_NO_NAME = re.compile(r"[^\w.\-]", re.ASCII)
_TARGETS = {
    "pb": "page",
    "gap": "gap",
    "note": "note",
    "app": "app",
    "stamp": "stamp",
    "persName": "name",
    "placeName": "name",
    "rs": "name",
    "name": "name",
    "orgName": "name",
    "div": "part",
    "div1": "part",
    "div2": "part",
    "div3": "part",
    "div4": "part",
    "div5": "part",
    "div6": "part",
    "div7": "part",
    "text": "text",
    "term": "term",
    "p": "par",
    "ab": "par",
    "l": "line",
    "attachment": "part",  # an enclosure, in a namespace of its own (history.state.gov)
}
# what pages put beside an element is called after it: the call of a note, the entry of an app, a gap or a code, the
# image of a page
_CALLED_AFTER = {
    "note": ("{}-call",),
    "app": ("{}-entry", "{}-entry-call"),
    "gap": ("entry-{}",),
    "pb": ("facs-{}",),
    "stamp": ("entry-{}",),
    "category": ("code-{}",),
    **dict.fromkeys(("person", "place", "org"), ("entry-{}",)),
}
# what the templates call parts of a page; in print those are all on one
_OF_PAGES = frozenset(
    (
        *("main", "query", "popup", "passage-title"),  # the latter two are made by scripts
        *("notes-title", "apparatus-title"),
        *(
            f"book-{part}"
            for part in ("about", "redactions", "persons", "places", "terms", "pages", "sigla", "contents", "colophon")
        ),
    )
)
_MENTIONS = frozenset({"persName", "placeName", "rs", "name", "orgName"})
_OF_TEXT = frozenset({"p", "ab", "term"})
_AROUND = tuple(map(tei.tei, ("text", "note", "teiHeader", "standOff")))  # the closest says whose something is
_POINTERS = ("ref", "key", "corresp", "sameAs")


@dataclass
class Identifiers:
    """All identifiers of an edition, and what pointers in each document mean."""

    all: set[str] = field(default_factory=set)
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=lambda: set(_OF_PAGES))  # with those that only templates print

    def resolve(self, document: str, pointer: str) -> str:
        """The identifier a pointer (``#id`` or ``file.xml#id``) means, or an empty string."""
        file, mark, name = pointer.partition("#")
        if not mark or ":" in file:
            return ""  # somebody else's
        owner = self.files.get(PurePosixPath(file).stem, document) if file else document
        found = self.renamed.get((owner, name), name)
        return found if found in self.all else ""

    def reserve(self, names: Iterable[str]) -> None:
        """Keep names free for what pages print beside the text."""
        self._taken.update(names)

    def add(self, document: str, wanted: str, written: str = "", kind: str = "") -> str:
        """Take `wanted`, or a name like it that is still free, for an element of the name `kind`."""
        name = _NO_NAME.sub("-", wanted)
        if not name or not (name[0].isalpha() or name[0] == "_"):
            name = f"id-{name}"
        unique, n = name, 1
        while not self._taken.isdisjoint(names := _names(unique, kind)):
            n += 1
            unique = f"{name}-{n}"
        self.all.add(unique)
        self._taken.update(names)
        if written and unique != written:
            self.renamed.setdefault((document, written), unique)
        return unique


def identify(documents: Mapping[str, Element], root: Element) -> Identifiers:
    """Set ``xml:id`` on every possible target below `root`, in place."""
    identifiers = Identifiers(files={Path(tei.file_of(text)).stem: name for name, text in documents.items()})
    identifiers.reserve(f"about-{name}" for name in documents)
    owners = {text: name for name, text in documents.items()}
    missing: list[tuple[str, Element, str]] = []
    for element, document in _owned(root, owners, ""):
        if written := element.get(tei.XML_ID):
            element.set(tei.XML_ID, identifiers.add(document, written, written, tei.local(element)))
        elif _is_target(element):
            missing.append((document, element, _TARGETS[tei.local(element)]))
    missing.sort(
        key=lambda found: found[2] == "page" and not found[1].get("n")
    )  # a page with a number has the first claim on that name
    counts: Counter[tuple[str, str]] = Counter()
    for document, element, kind in missing:
        counts[document, kind] += 1
        prefix = f"{document}-" if len(documents) > 1 and document else ""
        label = element.get("n") if kind in ("page", "line") else None
        wanted = f"{prefix}{kind}-{label or counts[document, kind]}"
        element.set(tei.XML_ID, identifiers.add(document, wanted, kind=tei.local(element)))
    return identifiers


def _owned(element: Element, owners: Mapping[Element, str], document: str) -> Iterator[tuple[Element, str]]:
    """Every element with the document it belongs to, in document order."""
    stack = [(element, document)]
    while stack:
        node, owner = stack.pop()
        owner = owners.get(node, owner)
        yield node, owner
        stack.extend((child, owner) for child in reversed(node) if tei.is_element(child))


def _names(name: str, kind: str) -> tuple[str, ...]:
    """The names that an element takes: its own, and those that pages call things after it."""
    return name, *(pattern.format(name) for pattern in _CALLED_AFTER.get(kind, ()))


def _is_target(element: Element) -> bool:
    name = tei.local(element)
    if name not in _TARGETS or not (tei.is_tei(element) or name == "attachment"):
        return False
    if name in _OF_TEXT:  # of the text itself: those of a note are cited with it
        around = next(element.iterancestors(*_AROUND), None)
        return around is not None and tei.local(around) == "text"
    if name == "l":
        begins = element.get("part") not in ("M", "F")  # a line that goes on has its name already
        return begins and bool(element.get("n"))
    return name not in _MENTIONS or any(element.get(p) for p in _POINTERS)
