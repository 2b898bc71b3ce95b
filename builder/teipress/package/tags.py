"""A laid out book → the tags of its PDF, for those who hear it: what is read, in which order, and what it is.

WeasyPrint (70) tags each fragment of a box by itself, notes where they stand on the page, and what only decorates as
if it were text. Here an element has one tag, over lines and pages; a note stands where it is called; what is no text
of the book (heads and folios, numbers of lines, the pages of the source in the margin, leaders, heads of tables that
are repeated) is an artifact (ISO 32000-1, 14.8.2.2). What is used of WeasyPrint is the way in which it asks for tags:
a stream whose `marked` surrounds each text, and `add_tags`, which builds the tree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pydyf
import weasyprint.layout.inline
import weasyprint.pdf
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from teipress.lengths import PIXEL
from teipress.package.structure import Mark, Node, Target, Writer, mend

_KINDS = {
    "section": "Sect", "article": "Art", "div": "Div", "header": "Div", "figure": "Div", "blockquote": "BlockQuote",
    "p": "P", "ul": "L", "ol": "L", "dl": "L", "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figcaption": "Caption", "a": "Link", "q": "Quote",
    "code": "Code", "math": "Formula", "img": "Figure",
}  # fmt: skip
_HEADING = re.compile("h[1-6]")
_INSIDE = {
    "TR": ("Table", "THead", "TBody", "TFoot"), "TH": ("TR",), "TD": ("TR",),
    "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",),
}  # fmt: skip
_GROUPS = frozenset(("Document", "Sect", "Art", "Div", "BlockQuote", "Index"))  # text in them stands in paragraphs
_SILENT = frozenset(("pb", "line-number", "line-sample"))  # classes of what would be heard in the midst of a sentence
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_SPACED = "teipress_spaced"  # the attribute of a text box that a space followed


class TaggedStream(weasyprint.pdf.Stream):  # type: ignore[misc]
    """The content of a page, in which artifacts are told from text."""

    silent: Collection[int] = ()  # the identities of the boxes that are artifacts
    _latest: tuple[str, float] = ("", 0)  # the font that the last text was written in

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark what is drawn meanwhile as the content of a box."""
        if self._tags is None or id(box) not in self.silent:
            with super().marked(box, tag):
                yield
                text = getattr(box, "text", "")
                if text.isspace() or getattr(box, _SPACED, False):  # WeasyPrint draws no text that cannot be seen
                    self._space(box, bool(text.strip()))
            return
        self.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Pagination"}))
        try:
            yield
        finally:
            self.end_marked_content()

    def set_font_size(self, font: str, size: float) -> None:
        """Choose a font."""
        self._latest = font, size
        super().set_font_size(font, size)

    def _space(self, box: Any, after: bool) -> None:
        """Write a space that parts words, `after` a box or in its place, in the font before it (14.8.2.5)."""
        name, size = self._latest
        font = next((f for f in self._fonts.values() if f.hash == name), None)
        if font is not None and not font.bitmap and (glyph := _glyph_of_space(font)) is not None:
            self.begin_text()
            self.set_font_size(name, size)
            left = box.position_x + (box.width if after else 0)
            self.set_text_matrix(1, 0, 0, -1, left, box.position_y + box.baseline)
            self.show_text(f"<{glyph:04x}>")
            self.end_text()


def _glyph_of_space(font: Any) -> int | None:
    """The glyph that a font has for a space; one that was not used so far becomes part of what is embedded."""
    for glyph, text in font.to_unicode.items():
        if text == " ":
            return int(glyph)
    with TTFont(BytesIO(font.file_content), fontNumber=font.index, lazy=True) as whole:
        name = whole.getBestCmap().get(ord(" "))
        if name is None:
            return None
        number: int = whole.getGlyphID(name)
        font.widths[number] = round(whole["hmtx"][name][0] * 1000 / font.upem)
    font.to_unicode[number] = " "
    return number


@contextmanager
def spaces() -> Iterator[None]:
    """While this is open, WeasyPrint notes on each text at the end of a line whether a space parts it from the next."""
    inline = weasyprint.layout.inline
    split, strip = inline.split_text_box, inline.remove_last_whitespace

    def splitting(context: Any, box: Any, width: Any, skip: Any, is_line_start: bool = True) -> Any:
        found = split(context, box, width, skip, is_line_start)
        if found[0] is not None and found[1] is not None:
            setattr(found[0], _SPACED, box.text.encode()[found[1] - 1 : found[1]] in (b" ", b"\n"))
        return found

    def stripping(context: Any, line: Any) -> None:
        inside = list(line.descendants())
        text = next((box for box in reversed(inside) if isinstance(box, boxes.TextBox)), None)
        if text is not None and (text.text.endswith(" ") or (inside[-1].element_tag or "").startswith("br")):
            setattr(text, _SPACED, True)
        strip(context, line)

    inline.split_text_box, inline.remove_last_whitespace = splitting, stripping
    try:
        yield
    finally:
        inline.split_text_box, inline.remove_last_whitespace = split, strip


@contextmanager
def tags(document: Any) -> Iterator[None]:
    """While this is open, WeasyPrint writes the document with these tags. Links in links are dropped from it."""
    captions = _captions([page._page_box for page in document.pages])
    silent = frozenset(_silent([page._page_box for page in document.pages], captions))
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link and id(link[3]) not in silent]
    usual = weasyprint.pdf.Stream, weasyprint.pdf.add_tags
    weasyprint.pdf.Stream = type("TaggedStream", (TaggedStream,), {"silent": silent})
    reader = _Reader(silent, captions)
    weasyprint.pdf.add_tags = lambda pdf, document, version, streams: _add_tags(pdf, document, streams, reader)
    try:
        yield
    finally:
        weasyprint.pdf.Stream, weasyprint.pdf.add_tags = usual


def _captions(pages: Sequence[Any]) -> dict[Any, str]:
    """The captions of images that say nothing of themselves, by their elements."""
    figures = {box.element for page in pages for box in page.descendants() if box.element_tag == "figure"}
    found: dict[Any, str] = {}
    for figure in figures:
        caption = figure.find(".//figcaption")
        words = "" if caption is None else " ".join("".join(caption.itertext()).split())
        found |= {image: words for image in figure.iter("img") if words}
    return found


def _silent(pages: Sequence[Any], captions: Mapping[Any, str]) -> Iterator[int]:
    """The identities of all boxes that are artifacts, and of those in them."""
    heads: dict[Any, int] = {}  # the page of the head of each table
    for number, page in enumerate(pages):
        waiting = [(page, False)]
        while waiting:
            box, inside = waiting.pop()
            box = box._box if isinstance(box, AbsolutePlaceholder) else box
            silent = inside or _is_silent(box, captions)
            if getattr(box, "is_header", False) and box.element is not None:
                silent = silent or heads.setdefault(box.element, number) != number
            if silent:
                yield id(box)
            waiting += [(child, silent) for child in getattr(box, "children", ())]


def _is_silent(box: Any, captions: Mapping[Any, str]) -> bool:
    if isinstance(box, boxes.MarginBox) or box.is_leader:
        return True
    element = box.element
    if element is None:
        return False
    names = (element.get("class") or "").split()
    picture = isinstance(box, boxes.ReplacedBox) and not element.get("alt") and element not in captions
    return picture or element.get("aria-hidden") == "true" or not _SILENT.isdisjoint(names)


def _add_tags(pdf: Any, document: Any, streams: Sequence[Any], reader: _Reader) -> None:
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        reader.read(page, number, stream._tags)
    mend(reader.root)
    Writer(pdf, len(document.pages)).write(reader.root)


class _Reader:
    """Reads the boxes of pages one after the other into a tree of tags."""

    def __init__(self, silent: Collection[int], captions: Mapping[Any, str]) -> None:
        self.root = Node("Document")
        self._silent, self._captions = silent, captions
        self._page, self._bottom = 0, 0.0
        self._marks: dict[Any, dict[str, Any]] = {}
        self._nodes: dict[tuple[Any, str], Node] = {}  # the tag that the text of an element, or a part of it, goes into
        self._level = 1  # of the last heading
        self._notes = 0

    def read(self, page: Any, number: int, marks: dict[Any, dict[str, Any]]) -> None:
        """Read a page; `marks` are the texts and images that were drawn on it."""
        self._page, self._marks = number, marks
        self._bottom = page.height
        self.root.language = self.root.language or page._page_box.children[0].style["lang"] or ""
        self._read(page._page_box, self.root)

    def _read(self, box: Any, node: Node) -> None:
        box = box._box if isinstance(box, AbsolutePlaceholder) else box
        if id(box) in self._silent:
            return
        node = self._node(box, node)
        if box.link_annotation is not None:
            self._link(box, node)
        self._mark(box, node)
        paragraph: Node | None = None
        for child in getattr(box, "children", ()):
            if isinstance(child, boxes.LineBox) and node.kind in _GROUPS:
                paragraph = paragraph or node.add("P")
                self._lines(child, paragraph)
            else:
                paragraph = None
                self._read(child, node)

    def _lines(self, line: Any, paragraph: Node) -> None:
        for child in line.children:
            if isinstance(child, boxes.TextBox) and "::" not in (child.element_tag or ""):
                self._mark(child, paragraph)
            else:
                self._read(child, paragraph)

    def _mark(self, box: Any, node: Node) -> None:
        """Put what was drawn of a box into a tag: characters of private use into one that says they are unknown."""
        mark = self._marks.pop(box, None)
        if mark is None:
            return
        text = getattr(box, "text", "")
        if known := _PRIVATE.sub("\ufffd", text) if _PRIVATE.search(text) else "":
            node = node.add("Span")
            node.actual = known
        node.kids.append(Mark(self._page, mark["mcid"]))

    def _link(self, box: Any, node: Node) -> None:
        words = box.element.get("aria-label") or " ".join("".join(box.element.itertext()).split())
        if words:
            box.link_annotation["Contents"] = pydyf.String(words)
        node.kids.append(Target(self._page, box.link_annotation))

    def _node(self, box: Any, parent: Node) -> Node:
        """The tag that what is in a box goes into; `parent` is that of the box around it."""
        if box.element is None or box.element_tag in ("html", "body"):
            return parent
        key = (box.element, box.element_tag)
        if key not in self._nodes:
            self._nodes[key] = self._made(box, parent)
        return self._nodes[key]

    def _made(self, box: Any, parent: Node) -> Node:
        """The tag of an element that comes for the first time, or that around it, if it needs none of its own."""
        name, _, part = box.element_tag.rpartition("}")[2].partition("::")
        if part:
            return self._part(box, part, parent)
        language = box.style["lang"] or ""
        if _HEADING.fullmatch(name):
            self._level = min(int(name[1]), self._level + 1)  # no level is skipped (ISO 14289-1, 7.4.2)
            return parent.add(f"H{self._level}", language)
        if name in ("li", "dt", "dd"):
            return _item(name, box.element, parent, language)
        kind = self._kind(name, box, parent)
        label = box.element.get("aria-label") or ""
        expansion = box.element.get("title") or "" if name == "abbr" else ""
        if not kind and not label and not expansion and language == parent.language:
            return parent
        node = parent.add(kind or "Span", language)
        node.expansion = expansion
        self._describe(node, box, label)
        return node

    def _kind(self, name: str, box: Any, parent: Node) -> str:
        """The type of an element's tag; "" for one that stands in a line and is nothing by itself."""
        classes = (box.element.get("class") or "").split()
        kind = _KINDS.get(name, "")
        if (name == "ol" and "toc" in classes) or (kind == "L" and parent.kind == "TOCI"):
            return "TOC"
        if "columns" in classes or "math" in classes:
            return "Index" if "columns" in classes else "Formula"
        if kind in _INSIDE and parent.kind not in _INSIDE[kind]:
            kind = ""
        if kind == "Figure" and not isinstance(box, boxes.ReplacedBox):
            kind = ""  # an image that could not be fetched is its alternative text
        if not kind and isinstance(box, boxes.BlockLevelBox) and not isinstance(box, boxes.ReplacedBox):
            kind = "Div"
        if kind == "Div" and any(isinstance(child, boxes.LineBox) for child in box.children):
            return "P"
        return kind

    def _describe(self, node: Node, box: Any, label: str) -> None:
        """Say of a tag what its type asks for."""
        element = box.element
        if node.kind == "Figure":
            node.alternative = element.get("alt") or self._captions.get(element, "")
            left, top = box.content_box_x(), box.content_box_y()
            corners = (left, self._bottom - top - box.height, left + box.width, self._bottom - top)
            node.attributes = {"O": "/Layout", "BBox": pydyf.Array(round(c * PIXEL, 2) for c in corners)}
        elif node.kind == "Formula":
            node.alternative = label or " ".join("".join(element.itertext()).split())
        elif node.kind in ("TH", "TD"):
            node.columns, node.rows = box.colspan, box.rowspan
            if node.kind == "TH" and element.get("scope"):
                row = element.get("scope").startswith("row")
                node.attributes = {"O": "/Table", "Scope": "/Row" if row else "/Column"}
        elif node.kind in ("Span", "Link"):
            node.alternative = label
        else:
            node.title = label

    def _part(self, box: Any, part: str, parent: Node) -> Node:
        """The tag of what a style sheet generates: the call of a note, its mark, the bullet of an item."""
        if part == "footnote-call":
            call = parent.add("Reference")
            note = parent.add("Note", box.footnote.style["lang"] or "")
            self._notes += 1
            note.id = box.element.get("id") or f"note-{self._notes}"
            self._nodes[box.element, box.footnote.element_tag] = note
            return call
        if part == "footnote-marker":
            return parent.add("Lbl")
        if part in ("marker", "before") and parent.kind == "LBody" and parent.parent is not None:
            item = parent.parent
            return next((n for n in item.nodes if n.kind == "Lbl"), None) or item.add("Lbl", at=0)
        return parent


def _item(name: str, element: Any, parent: Node, language: str) -> Node:
    """What the text of an item of a list goes into; a term and what is said of it are one item."""
    if parent.kind == "TOC":
        return parent.add("TOCI", language)
    if parent.kind == "L" and not parent.kids and "head" in (element.get("class") or "").split():
        return parent.add("Caption", language)
    if name == "li" or parent.kind not in ("L", "LI"):
        return parent.add("LI", language).add("LBody") if parent.kind == "L" else parent.add("P", language)
    item = parent
    if parent.kind == "L":
        last = parent.kids[-1] if parent.kids else None
        item = last if name == "dd" and isinstance(last, Node) and last.kind == "LI" else parent.add("LI", language)
    return item.add("Lbl" if name == "dt" else "LBody", language)
