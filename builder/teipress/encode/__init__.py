"""A transcription and its profile → TEI with every word of it, and what the editor should know.

The way: `transcription` (characters) → `blocks` (nodes) → rules that turn nodes into other nodes → rules that find
spans in their text → `tree` (elements) and `header`. `transcript` goes the way back, and `encode` refuses to return
anything that does not give all words back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from teipress import tei
from teipress.encode.blocks import blocks
from teipress.encode.calls import notes_to_calls
from teipress.encode.characters import hyphens
from teipress.encode.characters import words as words_of
from teipress.encode.closings import quotations, signatures
from teipress.encode.contents import contents
from teipress.encode.dates import dates
from teipress.encode.distribution import distribution
from teipress.encode.divisions import divisions, enclosed, plain_headings
from teipress.encode.footnotes import footnotes
from teipress.encode.furniture import furniture
from teipress.encode.furniture import marks as numbers
from teipress.encode.header import header
from teipress.encode.inline import foreign, inline_lists
from teipress.encode.language import language, named
from teipress.encode.marks import marks
from teipress.encode.names import names, unknown_ids, without_doubles
from teipress.encode.nodes import MARK, Flow, Node, Span, flow
from teipress.encode.pages import number_pages
from teipress.encode.pagination import paginate
from teipress.encode.profile import NOTHING_KNOWN, Profile, check_profile
from teipress.encode.redactions import codes, redactions, unread
from teipress.encode.register import Register, load_register
from teipress.encode.stamps import beside_gaps, classes, identified, renamed
from teipress.encode.suspects import suspects
from teipress.encode.titlepage import title_pages
from teipress.encode.transcript import transcript
from teipress.encode.transcription import Transcription
from teipress.encode.tree import Tree
from teipress.encode.unregistered import entries
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, did_you_mean, finding
from teipress.tei import Element

_COUNTED = {
    "pages": ("pb",),
    "divisions": ("div",),
    "paragraphs": ("p",),
    "gaps": ("gap",),
    "stamps": ("stamp",),
    "notes": ("note",),
    "names": ("persName", "placeName", "orgName", "rs"),
}
_BETWEEN = frozenset("pb fw milestone".split())  # what stands between paragraphs and is none
_FRONT = frozenset("titlePage letterhead contents imprint".split())
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?[a-z]{1,6}[ \t]*/?>|(?<=&)amp;", re.I)


@dataclass
class Encoded:
    """A TEI document, what to tell the editor, and register entries for names that no register has."""

    root: Element
    findings: list[Finding] = field(default_factory=list)
    entries: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How much of what there is, by its name in the plural."""
        return {word: sum(1 for _ in tei.elements(self.root, *names)) for word, names in _COUNTED.items()}


def encode(source: Transcription, profile: Profile = NOTHING_KNOWN) -> Encoded:
    """Encode a transcription.

    Raises:
        UsageError: the profile or a register does not fit.
        Stopped: words would have been lost; this is a fault of the encoder and says where.
    """
    check_profile(profile, source)
    profile = profile if profile.id else replace(profile, id="transcription")
    work = _Work(source, profile)
    work.structure()
    work.text()
    root = work.document()
    _check_nothing_lost(source, root)
    return Encoded(root, work.findings, work.entries)


class _Work:
    """What the rules have found so far of one transcription."""

    def __init__(self, source: Transcription, profile: Profile) -> None:
        self.source = source
        self.profile = profile
        self.nodes = blocks(source.text)
        self.spans: list[Span] = []
        self.findings: list[Finding] = list(_outdated(source, profile))
        self.breaks: list[int] = []
        self.entries = ""
        self.taxonomies: list[Element] = []
        self.language = profile.language or language(source.text)
        self.register = load_register(profile.registers)
        _check_pointers(profile, self.register)

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
        if profile.has("divisions"):
            runs = [list(run) for _, run in groupby(front, key=_is_front)]
            front = [n for run in runs for n in (run if _is_front(run[0]) else enclosed(divisions(run, text)))]
            body = divisions(body, text)
        whole = [*front, Node("body", children=body), *back]
        self.spans = number_pages(whole, self.spans, profile, self.source)
        self.nodes = whole

    def text(self) -> None:
        """Spans in the text of every node."""
        profile = self.profile
        for node in self.every():
            self.spans += marks(self.source.text, node)
        known = words_of(self.source.text)
        for read in self.flows():
            self.spans += redactions(read, profile)
            self.spans += codes(read, profile)
            self.spans += numbers(read, profile)
            self.spans += inline_lists(read) if profile.has("inline-lists") else ()
            self.spans += self.dates(read) if profile.has("dates") else ()
            self.spans += foreign(read, profile.foreign) if profile.has("foreign") else ()
            self.spans += hyphens(read, known) if profile.has("hyphens") else ()
            self.findings += suspects(read, self.source, self.language) if profile.has("suspects") else ()
        self.spans = renamed(self.spans, self.register.codes)
        stamps = [s for s in self.spans if s.name == "stamp"]
        self.findings += unread(self.source, stamps)
        self.spans = identified(self.source.text, self.spans, self.breaks, profile)
        self.taxonomies = classes(self.spans, self.register.codes.values(), profile)
        named = names(self.flows(), self.register, profile, self.spans, self.source)
        self.spans = [*without_doubles(self.spans, named.spans), *named.spans]
        self.findings += named.findings
        self.entries = entries(named.unregistered)

    def dates(self, read: Flow) -> list[Span]:
        """The dates in a text. Where a title page has one already, it becomes the whole date, day and month too."""
        found = list(dates(read))
        for titled in [s for s in self.spans if s.name == "docDate"]:
            whole = next((s for s in found if s.start < titled.end and titled.start < s.end), None)
            if whole:
                found.remove(whole)
                start, end = min(whole.start, titled.start), max(whole.end, titled.end)
                self.spans.remove(titled)
                self.spans.append(replace(titled, start=start, end=end, attributes=whole.attributes))
        return found

    def gaps(self, nodes: list[Node]) -> list[Span]:
        """The gaps in the paragraphs of a flat list."""
        read = (flow(self.source.text, node) for node in nodes if node.name == "p" and node.lines)
        return [gap for found in read for gap in redactions(found, self.profile)]

    def every(self) -> Iterator[Node]:
        return (n for node in self.nodes for n in node.walk())

    def flows(self) -> list[Flow]:
        """The text of every node that has any, without marks."""
        hidden = [s for s in self.spans if s.name == MARK]
        return [flow(self.source.text, node, hidden) for node in self.every() if node.lines]

    def document(self) -> Element:
        tree = Tree(self.source.text, self.spans, f"#{self.profile.id}-encoder")
        elements: dict[str, list[Element]] = {name: [] for name in ("front", "body", "back")}
        place = "front"
        for node in self.nodes:
            if node.name == "body":
                elements["body"] = [tree.element(child) for child in node.children]
                place = "back"
            else:
                elements[place].append(tree.element(node))
        if not any(tei.has_text(e) for e in elements["front"]):  # a break alone is no front matter
            elements["body"][:0] = elements.pop("front")
        if all(tei.local(e) in _BETWEEN for e in elements["body"]):
            elements["body"].append(tei.make("p"))
        text = tei.make("text", {}, [tei.make(name, {}, parts) for name, parts in elements.items() if parts])
        notes_to_calls(text)
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
        return " ".join(self.source.text[start:end] for start, end in first.lines).strip("*_ ")


def _check_pointers(profile: Profile, register: Register) -> None:
    """Refuse a profile that points to what no register has.

    Raises:
        UsageError: it names such a person or authority.
    """
    known = {*register.entries, *register.agents}
    for unknown in unknown_ids(profile, register):
        hint = did_you_mean(unknown, known) or "name a register that has the entry, or add it"
        raise UsageError(f'{profile.path}: [names] points to "{unknown}", which no register has; {hint}')
    if profile.authority and profile.authority not in known:
        hint = did_you_mean(profile.authority, known) or "name a register that has the entry, or leave it out"
        raise UsageError(f'{profile.path}: authority = "{profile.authority}" stands in no register; {hint}')


def _outdated(source: Transcription, profile: Profile) -> Iterator[Finding]:
    """Whether the profile was made for other bytes than these."""
    if profile.sha256 and profile.sha256 != source.sha256:
        message = f"the profile was made for another state of {source.name}, and its lines may be others now"
        yield finding("D006", message, str(profile.path), 0, f'look at its lines, then say sha256 = "{source.sha256}"')


def _parts(nodes: list[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """What stands before the text, the text, and what stands behind it (a distribution list and the like)."""
    first = max((k + 1 for k, node in enumerate(nodes) if _is_front(node)), default=0)
    last = next((k for k in range(len(nodes)) if nodes[k].attributes.get("type") == "distribution"), len(nodes))
    return nodes[:first], nodes[first:last], nodes[last:]


def _is_front(node: Node) -> bool:
    return node.name == "titlePage" or node.attributes.get("type") in _FRONT


def _check_nothing_lost(source: Transcription, root: Element) -> None:
    """The words of the transcription are those of the document, in order; tags count as marks, not as words."""
    wanted = _words(source.text)
    found = _words(transcript(root))
    if wanted == found:
        return
    k = next((i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found)))
    place = _nth_word(source, k)
    message = f'the words "{" ".join(wanted[k : k + 6])}" would not come out as they stand'
    hint = "turn the rule off that reads them wrongly, and report this as an error of the encoder"
    raise Stopped([finding("D005", message, source.name, place, hint)])


def _words(text: str) -> list[str]:
    return _WORD.findall(_TAG.sub(" ", text))


def _nth_word(source: Transcription, number: int) -> int:
    """The line of the word number `number`, from 0."""
    words = list(_WORD.finditer(_TAG.sub(lambda m: " " * len(m[0]), source.text)))
    return source.line_of(words[number].start()) if number < len(words) else source.lines
