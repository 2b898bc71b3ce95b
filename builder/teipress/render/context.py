"""A mention of a name → the words around it, as one line.

The words are those of the tree that this audience may see, and of them those that the text shows: of a choice the
editor's form, of an apparatus its lemma, nothing that a rule of the vocabulary omits. A gap is three dots in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from teipress import tei
from teipress.edition import Document
from teipress.tei import Element
from teipress.vocabulary import Vocabulary

WIDTH = 64  # characters on each side
_BLOCKS = frozenset(
    map(
        tei.tei,
        "p ab l lg item cell head note byline dateline salute signed closer opener trailer quote q said figDesc "
        "docTitle titlePart docAuthor imprimatur label stage speaker sp castItem div body front back text entry "
        "bibl address addrLine list table row".split(),
    )
)
_GAP, _BREAK, _NOTE = tei.tei("gap"), tei.tei("lb"), tei.tei("note")
_APART = frozenset(map(tei.tei, ("pb", "fw", "stamp", "graphic", "figure")))
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Context:
    """A name with the words before and after it."""

    before: str
    name: str
    after: str


@dataclass
class Contexts:
    """The words around the elements of a document that some identifiers name; a block of it is read once."""

    vocabulary: Vocabulary
    found: dict[str, Context] = field(default_factory=dict)

    def read(self, document: Document, wanted: Collection[str]) -> None:
        """Note the words around each of some elements of a document."""
        blocks: dict[Element, list[Element]] = {}
        for part in document.body:
            for element in tei.elements(part):
                if element.get(tei.XML_ID) in wanted:
                    blocks.setdefault(_block(element), []).append(element)
        for block, elements in blocks.items():
            self._around(block, elements)

    def _around(self, block: Element, elements: Iterable[Element]) -> None:
        spans: dict[Element, tuple[int, int]] = {}
        text = self._text(block, set(elements), spans)
        for element, (start, end) in spans.items():
            if name := _SPACE.sub(" ", text[start:end]).strip():
                context = Context(_ending(text[:start]), name, _beginning(text[end:]))
                self.found[element.get(tei.XML_ID, "")] = context

    def _text(self, block: Element, wanted: Collection[Element], spans: dict[Element, tuple[int, int]]) -> str:
        """The words of a block, and where in them some elements stand."""
        strings: list[str] = []
        length = 0
        starts: dict[Element, int] = {}
        for part in self._parts(block, block):
            if isinstance(part, str):
                strings.append(part)
                length += len(part)
            elif part in starts:
                spans[part] = starts[part], length
            elif part in wanted:
                starts[part] = length
        return "".join(strings)

    def _parts(self, element: Element, block: Element) -> Iterator[str | Element]:
        """The strings of an element, and each element in it twice: where it begins and where it ends."""
        for part in tei.content(element):
            if isinstance(part, str):
                yield part
            elif part.tag == _GAP:
                yield "[…]"
            elif part.tag == _BREAK:
                yield "" if part.get("break") == "no" else " "
            elif part.tag not in _APART and part.tag != _NOTE and not tei.is_hidden(part):
                yield from self._inner(part, block)

    def _inner(self, part: Element, block: Element) -> Iterator[str | Element]:
        rule = self.vocabulary.rule(part, "html")
        if rule.behaviour == "omit":
            return
        apart = part.tag in _BLOCKS
        yield part
        yield " " if apart else ""
        for chosen in rule.chosen(part) or rule.first(part) or [part]:
            yield from self._parts(chosen, block) if chosen is part else self._inner(chosen, block)
        yield " " if apart else ""
        yield part


def _block(element: Element) -> Element:
    """The paragraph, line or note that an element stands in, else the element that holds it."""
    return next((a for a in element.iterancestors() if a.tag in _BLOCKS), element)


def _ending(text: str) -> str:
    """The last words of a text."""
    line = _SPACE.sub(" ", text).lstrip()
    if len(line) <= WIDTH:
        return line
    cut = line[-WIDTH:]
    _, space, rest = cut.partition(" ")
    return "…\N{NO-BREAK SPACE}" + (rest if space and rest.strip() else cut)


def _beginning(text: str) -> str:
    """The first words of a text."""
    line = _SPACE.sub(" ", text).rstrip()
    if len(line) <= WIDTH:
        return line
    cut = line[:WIDTH]
    rest, space, _ = cut.rpartition(" ")
    return (rest if space and rest.strip() else cut) + "\N{NO-BREAK SPACE}…"


def contexts(
    documents: Iterable[Document], mentions: Mapping[str, Collection[str]], vocabulary: Vocabulary
) -> dict[str, Context]:
    """The words around mentions, by their identifiers; `mentions` holds those of each document by its slug."""
    read = Contexts(vocabulary)
    for document in documents:
        if wanted := mentions.get(document.slug):
            read.read(document, wanted)
    return read.found
