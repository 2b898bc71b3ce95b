"""A tree of tags → the structure tree of a PDF (ISO 32000-1, 14.7 and 14.8).

Readers and validators want lists that hold items only, and tables whose rows are of one length; HTML and the TEI
behind it promise neither. What stands where it may not is put into what may stand there, and short rows are filled up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# what some tags hold and nothing else, and what anything else in them is put into (ISO 14289-1, 7.2)
_ONLY: Mapping[str, tuple[frozenset[str], str]] = {
    "L": (frozenset(("LI", "L", "Caption")), "LI"),
    "LI": (frozenset(("Lbl", "LBody")), "LBody"),
    "TOC": (frozenset(("TOCI", "TOC", "Caption")), "TOCI"),
    "TOCI": (frozenset(("P", "TOC", "Reference", "Lbl", "NonStruct")), "Reference"),
    "Table": (frozenset(("TR", "THead", "TBody", "TFoot", "Caption")), "TR"),
    "THead": (frozenset(("TR",)), "TR"),
    "TBody": (frozenset(("TR",)), "TR"),
    "TFoot": (frozenset(("TR",)), "TR"),
    "TR": (frozenset(("TH", "TD")), "TD"),
}
_CELLS = ("TH", "TD")


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page's content: the page (0-based), and the number of its marked content (MCID)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """An annotation that belongs to a tag, as WeasyPrint's dictionary, and its page."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class Node:
    """A tag (structure element): its type, what is in it, and what is said of it.

    `language` is that of its text (BCP 47); `alternative` tells what cannot be read, `actual` is its text where the
    characters in the file are not; `attributes` is an attribute dictionary; `columns` and `rows` are those
    that a cell spans.
    """

    kind: str
    language: str = ""
    parent: Node | None = None
    kids: list[Node | Mark | Target] = field(default_factory=list)
    alternative: str = ""
    actual: str = ""
    expansion: str = ""
    title: str = ""
    id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    columns: int = 1
    rows: int = 1

    @property
    def nodes(self) -> Iterator[Node]:
        """The tags in it."""
        return (kid for kid in self.kids if isinstance(kid, Node))

    def add(self, kind: str, language: str = "", at: int | None = None) -> Node:
        """A new tag in this one, at the end or before the kid of that number."""
        node = Node(kind, language or self.language, self)
        self.kids.insert(len(self.kids) if at is None else at, node)
        return node


def mend(node: Node) -> bool:
    """Put a tree in order, in place: nothing empty, nothing where it may not stand. Whether anything is in it."""
    node.kids = [kid for kid in node.kids if not isinstance(kid, Node) or mend(kid) or kid.kind in _CELLS]
    if node.kind in _ONLY:
        allowed, wrapper = _ONLY[node.kind]
        node.kids = list(_wrapped(node, allowed, wrapper))
    if node.kind == "Table":
        _fill_rows(node)
    if node.kind == "TR":
        _head_cells(node)
    return bool(node.kids)


def _wrapped(node: Node, allowed: frozenset[str], wrapper: str) -> Iterator[Node]:
    """What is in a tag, with runs of what may not be there in a tag that may."""
    outer: Node | None = None
    for kid in node.kids:
        if isinstance(kid, Node) and kid.kind in allowed:
            outer = None
            yield kid
            continue
        if outer is None:
            outer = Node(wrapper, node.language, node)
            yield outer
        outer.kids.append(kid)
        if isinstance(kid, Node):
            kid.parent = outer
        mend(outer)


def _fill_rows(table: Node) -> None:
    """Give all rows of a table as many cells as the longest has; no cell reaches out of the table below."""
    rows = [r for part in table.nodes for r in ([part] if part.kind == "TR" else part.nodes) if r.kind == "TR"]
    taken: list[set[int]] = [set() for _ in rows]  # the columns that cells of rows above, and those of the row, take
    for number, row in enumerate(rows):
        column = 0
        for cell in row.nodes:
            while column in taken[number]:
                column += 1
            cell.rows = max(1, min(cell.rows, len(rows) - number))
            for columns in taken[number : number + cell.rows]:
                columns.update(range(column, column + cell.columns))
            column += cell.columns
    width = max((max(columns, default=-1) + 1 for columns in taken), default=0)
    for row, columns in zip(rows, taken, strict=True):
        for _ in range(width - len(columns)):
            row.add("TD")


def _head_cells(row: Node) -> None:
    """Say what the heads in a row are heads of, where nobody did: of columns, if there is nothing else in it."""
    heads = [cell for cell in row.nodes if cell.kind == "TH"]
    of = "/Column" if len(heads) == len(row.kids) else "/Row"
    for cell in heads:
        cell.attributes = cell.attributes or {"O": "/Table", "Scope": of}


class Writer:
    """Writes trees of tags into a PDF that WeasyPrint makes."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self._pdf = pdf
        self._pages = list(pdf.page_references)  # which is made anew each time
        self._marks: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self._targets: list[tuple[bytes, Any]] = []

    def write(self, root: Node) -> None:
        """Write the tree as that of the document."""
        pdf = self._pdf
        content, tree = pydyf.Dictionary(), pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(content)
        pdf.add_object(tree)
        tree["K"] = pydyf.Array([self._element(root, tree.reference, "")])
        tree["ParentTree"] = content.reference
        numbers: list[Any] = []
        for page, marks in enumerate(self._marks):
            numbers += [page, pydyf.Array(marks.get(n, b"null") for n in range(max(marks, default=-1) + 1))]
        for number, (reference, annotation) in enumerate(self._targets, len(self._marks)):
            annotation["StructParent"] = number
            numbers += [number, reference]
        content["Nums"] = pydyf.Array(numbers)
        tree["ParentTreeNextKey"] = len(self._marks) + len(self._targets)
        pdf.catalog["StructTreeRoot"] = tree.reference

    def _element(self, node: Node, parent: bytes, language: str) -> bytes:
        """The reference of a tag that is written, with all that is in it."""
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
        self._pdf.add_object(element)
        reference: bytes = element.reference
        own = node.language if _LANGUAGE.fullmatch(node.language) else language
        if own != language:
            element["Lang"] = pydyf.String(own)
        told = {"Alt": node.alternative, "ActualText": node.actual, "E": node.expansion, "T": node.title, "ID": node.id}
        element.update({key: pydyf.String(value) for key, value in told.items() if value})
        if attributes := _attributes(node):
            element["A"] = pydyf.Dictionary(attributes)
        page = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if page is not None:
            element["Pg"] = self._pages[page]
        element["K"] = pydyf.Array(self._kid(kid, reference, own, page) for kid in node.kids)
        return reference

    def _kid(self, kid: Node | Mark | Target, reference: bytes, language: str, page: int | None) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, reference, language)
        on = {"Pg": self._pages[kid.page]}
        if isinstance(kid, Target):
            self._targets.append((reference, kid.annotation))
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, **on})
        self._marks[kid.page][kid.number] = reference
        return kid.number if kid.page == page else pydyf.Dictionary({"Type": "/MCR", "MCID": kid.number, **on})


def _attributes(node: Node) -> dict[str, Any]:
    """The attributes of a tag: those that it has, and the columns and rows that a cell spans."""
    spans = {"ColSpan": node.columns, "RowSpan": node.rows}
    spans = {name: number for name, number in spans.items() if number > 1 and node.kind in _CELLS}
    return {"O": "/Table", **node.attributes, **spans} if spans else node.attributes
