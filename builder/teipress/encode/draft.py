"""One transcription on its way through the rules: blocks → structure → spans in the text → a TEI document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from teipress import tei
from teipress.encode.calls import contents_to_pages, notes_to_calls
from teipress.encode.header import header
from teipress.encode.inline.characters import hyphens
from teipress.encode.inline.characters import words as words_of
from teipress.encode.inline.dates import dates, with_dates
from teipress.encode.inline.enumerations import foreign, inline_lists
from teipress.encode.inline.suspects import suspects
from teipress.encode.language import language, named
from teipress.encode.names.recognition import names, without_doubles
from teipress.encode.names.register import Register
from teipress.encode.names.unregistered import entries
from teipress.encode.nodes import MARK, Flow, Node, Span, flow
from teipress.encode.profile import Profile
from teipress.encode.released.distribution import distribution
from teipress.encode.released.furniture import furniture
from teipress.encode.released.furniture import marks as numbers
from teipress.encode.released.redactions import codes, redactions, unread
from teipress.encode.released.stamps import beside_gaps, classes, identified, renamed
from teipress.encode.structure.blocks import blocks
from teipress.encode.structure.closings import quotations, signatures
from teipress.encode.structure.contents import contents
from teipress.encode.structure.divisions import divisions, enclosed, under_heading, undivided
from teipress.encode.structure.footnotes import footnotes
from teipress.encode.structure.headings import line_of, plain_headings
from teipress.encode.structure.marks import marks
from teipress.encode.structure.pages import number_pages
from teipress.encode.structure.pagination import paginate
from teipress.encode.structure.titlepage import title_pages
from teipress.encode.transcription import Transcription
from teipress.encode.tree import Tree
from teipress.findings import Finding
from teipress.tei import Element

_BETWEEN = frozenset("pb fw milestone".split())  # what stands between paragraphs and is none
_FRONT = frozenset("titlePage letterhead contents imprint".split())


class Draft:
    """What the rules have found so far of one transcription. `structure`, `text` and `document` are called in turn."""

    def __init__(self, source: Transcription, profile: Profile, register: Register) -> None:
        self.source = source
        self.profile = profile
        self.nodes = blocks(source.text)
        self.spans: list[Span] = []
        self.findings: list[Finding] = []
        self.breaks: list[int] = []
        self.entries = ""
        self.taxonomies: list[Element] = []
        self.language = profile.language or language(source.text)
        self.register = register

    def structure(self) -> None:
        """Blocks → divisions with pages, lists and title pages."""
        text, profile = self.source.text, self.profile
        self.nodes, listed = contents(self.nodes, text, profile)
        self.nodes = furniture(self.nodes, text, profile)
        self.nodes, copies = distribution(self.nodes, text, profile)
        self.nodes, titled = title_pages(self.nodes, text, profile)
        self.nodes, noted, told = footnotes(self.nodes, self.source, profile)
        paged = paginate(quotations(self.nodes, text, profile), text, profile)
        self.breaks = paged.breaks
        self.spans += [*listed, *copies, *titled, *noted, *paged.spans]
        self.findings += told
        self.nodes = signatures(paged.nodes, text, profile)
        self.nodes = beside_gaps(self.nodes, text, self.gaps(self.nodes))
        if profile.has("plain-headings"):
            self.nodes = plain_headings(self.nodes, text)
        front, body, back = _parts(self.nodes)
        nested = divisions if profile.has("divisions") else undivided
        for part in (node for node in self.nodes if node.name == "div" and node.by == "profile"):
            part.children = under_heading(part.children, nested, text)
        runs = [list(run) for _, run in groupby(front, key=_is_front)]
        front = [n for run in runs for n in (run if _is_front(run[0]) else enclosed(nested(run, text)))]
        self.nodes = [*front, Node("body", children=nested(body, text)), *enclosed(back)]
        self.spans = number_pages(self.nodes, self.spans, profile, self.source)

    def text(self) -> None:
        """Spans in the text of every node; the names last, because they give way to all others."""
        for node in self.every():
            self.spans += marks(self.source.text, node)
        known = words_of(self.source.text)
        dated: list[Span] = []
        for read in self.flows():
            self.spans += self.read(read, known)
            dated += dates(read) if self.profile.has("dates") else ()
        self.spans = with_dates(self.spans, dated)
        self.settle_codes()
        named = names(self.flows(), self.register, self.profile, self.spans, self.source)
        self.spans = [*without_doubles(self.spans, named.spans), *named.spans]
        self.findings += named.findings
        self.entries = entries(named.unregistered)

    def read(self, text: Flow, known: frozenset[str]) -> Iterator[Span]:
        """What the rules that read one text at a time find in it. `known` are the words of the transcription."""
        profile = self.profile
        yield from redactions(text, profile)
        yield from codes(text, profile)
        yield from numbers(text, profile)
        if profile.has("inline-lists") and text.node.by != "distribution":  # an office may hold no list
            yield from inline_lists(text)
        if profile.has("foreign"):
            yield from foreign(text, profile.foreign)
        if profile.has("hyphens"):
            yield from hyphens(text, known)
        if profile.has("suspects"):
            self.findings += suspects(text, self.source, self.language)

    def settle_codes(self) -> None:
        """Identifiers for gaps and stamps, their ties, and the taxonomies that they point to."""
        self.spans = renamed(self.spans, self.register.codes)
        self.findings += unread(self.source, [s for s in self.spans if s.name == "stamp"])
        self.spans = identified(self.source.text, self.spans, self.breaks, self.profile)
        self.taxonomies = classes(self.spans, self.register.codes.values(), self.profile)

    def gaps(self, nodes: list[Node]) -> list[Span]:
        """The gaps in the paragraphs of a flat list."""
        read = (flow(self.source.text, node) for node in nodes if node.name == "p" and node.lines)
        return [gap for found in read for gap in redactions(found, self.profile)]

    def every(self) -> Iterator[Node]:
        """All nodes, in document order."""
        return (n for node in self.nodes for n in node.walk())

    def flows(self) -> list[Flow]:
        """The text of every node that has any, without marks."""
        hidden = frozenset(i for s in self.spans if s.name == MARK for i in range(s.start, s.end))
        return [flow(self.source.text, node, hidden) for node in self.every() if node.lines]

    def document(self) -> Element:
        """All of it as TEI."""
        tree = Tree(self.source.text, self.spans, f"#{self.profile.id}-encoder")
        text = _text(self.nodes, tree)
        notes_to_calls(text)
        contents_to_pages(text)
        languages = {tag: named(tag) for tag in dict.fromkeys([self.language, *self.profile.foreign.values()])}
        made_by = [*(node.by for node in self.every()), *(span.by for span in tree.spans)]
        decisions = Counter(filter(None, made_by))
        head = header(self.profile, self.title(), languages, decisions, self.taxonomies)
        return tei.make("TEI", {"xml:id": self.profile.id, "xml:lang": self.language}, [head, text])

    def title(self) -> str:
        """A title for want of one in the profile: the first heading, else the name of the file."""
        first = next((n for n in self.every() if n.name == "head" and n.lines), None)
        if first is None:
            return self.source.name or self.profile.id
        return line_of(first, self.source.text)


def _text(nodes: list[Node], tree: Tree) -> Element:
    """The text element, with what stands before the node "body" as front and what stands behind it as back."""
    elements: dict[str, list[Element]] = {name: [] for name in ("front", "body", "back")}
    place = "front"
    for node in nodes:
        if node.name == "body":
            elements["body"] = [tree.element(child) for child in node.children]
            place = "back"
        else:
            elements[place].append(tree.element(node))
    if not any(tei.has_text(e) for e in elements["front"]):  # a break alone is no front matter
        elements["body"][:0] = elements.pop("front")
    while elements.get("front") and tei.local(elements["front"][-1]) == "pb":  # the page that the text begins on
        elements["body"].insert(0, elements["front"].pop())
    if all(tei.local(e) in _BETWEEN for e in elements["body"]):
        elements["body"].append(tei.make("p"))
    return tei.make("text", {}, [tei.make(name, {}, parts) for name, parts in elements.items() if parts])


def _parts(nodes: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """What stands before the text, the text, and what stands behind it (a distribution list and the like)."""
    first = max((k + 1 for k, node in enumerate(nodes) if _is_front(node)), default=0)
    last = len(nodes)
    while last > first and (_is_list(nodes[last - 1]) or nodes[last - 1].name in {*_BETWEEN, "ab"}):
        last -= 1
    if not any(_is_list(node) for node in nodes[last:]):
        last = len(nodes)
    while last < len(nodes) and nodes[last].name == "ab":  # stamps below the last paragraph are the text's
        last += 1
    return nodes[:first], nodes[first:last], nodes[last:]


def _is_list(node: Node) -> bool:
    return node.attributes.get("type") == "distribution"


def _is_front(node: Node) -> bool:
    return node.name == "titlePage" or node.attributes.get("type") in _FRONT
