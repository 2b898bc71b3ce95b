"""The pages of a site → the passages that a search finds: what they show of the documents, and nothing else.

The finished pages are read, not the TEI, so that what a reader cannot see is never found. A passage ends where a
page of the source ends (where a document has none, a division); notes are put after the text of the passage that
calls them, so that they do not cut a phrase in two. What is marked as generated does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from teipress.edition import UNNUMBERED, Document, Edition, Passage, TextFile
from teipress.phrases import Phrases
from teipress.render.book import year
from teipress.tei import Element, content

_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub sup time u"
    " var wbr".split()
)  # what does not end a word (HTML, section 4.5)
_UNSEEN = frozenset({"script", "style", "template", "noscript"})
UNKNOWN = "und"  # the language of a text that does not say it (BCP 47)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What identifiers in a document's pages mean: where passages begin, who is named, what is withheld."""

    starts: Mapping[str, str]
    persons: Mapping[str, str]
    redactions: Mapping[str, tuple[str, ...]]


@dataclass
class _Draft:
    """A passage that is being read."""

    path: str
    anchor: str
    label: str
    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    persons: set[str] = field(default_factory=set)
    redactions: set[str] = field(default_factory=set)


def passages(files: Iterable[TextFile], edition: Edition, phrases: Phrases | None = None) -> list[Passage]:
    """What can be found in the pages of a site, in reading order; what has no name is called so by `phrases`."""
    documents = {d.slug: d for d in edition.documents}
    facts = {d.slug: _facts(d, edition, phrases or Phrases()) for d in edition.documents}
    drafts: dict[str, list[_Draft]] = {slug: [] for slug in documents}
    for file in files:
        if file.path.suffix == ".html" and "data-document=" in file.text:
            _read_page(file, facts, drafts)
    return [p for slug, found in drafts.items() for p in _finished(documents[slug], found)]


def _facts(document: Document, edition: Edition, phrases: Phrases) -> _Facts:
    starts = {page.id: page.label or phrases.gettext(UNNUMBERED) for page in document.page_list}
    no_code = (phrases.gettext("no code"),)
    return _Facts(
        starts or {d.id: d.title for d in document.all_divisions},
        {m.id: person.filed for person in edition.persons for m in person.mentions if m.document == document.slug},
        {r.id: tuple(c.label for c in r.codes) or no_code for r in document.redactions},
    )


def _read_page(file: TextFile, facts: Mapping[str, _Facts], drafts: dict[str, list[_Draft]]) -> None:
    root = etree.fromstring(file.text.encode(), etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True))
    notes = {e.get("id", ""): e for e in root.iter(etree.Element) if e.get("data-note") is not None}
    for article in root.iter("article"):
        if (slug := article.get("data-document", "")) in drafts:
            before = drafts[slug][-1].label if drafts[slug] else ""  # a page may go on from one leaf to the next
            reader = _Reader(facts[slug], notes, [_Draft(file.path.as_posix(), "", before)])
            reader.read(article, _primary(root.get("lang", "")))
            drafts[slug] += reader.drafts


@dataclass
class _Reader:
    """Reads one page: `drafts` grows by one wherever a passage begins."""

    facts: _Facts
    notes: Mapping[str, Element]
    drafts: list[_Draft]
    in_note: bool = False

    def read(self, element: Element, language: str) -> None:
        """The text inside an element, and what its identifier means."""
        self._note_facts(element.get("id", ""))
        if (stated := element.get("lang")) is not None:
            language = _primary(stated)
        block = element.tag not in _INLINE
        if block:
            self._put(" ", language)
        for part in content(element):
            if isinstance(part, str):
                self._put(part, language)
            elif part.tag not in _UNSEEN and part.get("hidden") is None:
                self._read_part(part, language)
        if block:
            self._put(" ", language)

    def _read_part(self, part: Element, language: str) -> None:
        note = self.notes.get((part.get("href") or "").removeprefix("#")) if "noteref" in _classes(part) else None
        if note is not None:
            outside, self.in_note = self.in_note, True
            self.read(note, language)
            self.in_note = outside
        elif part.get("data-generated") is None:
            self.read(part, language)
        else:
            self._note_facts(part.get("id", ""))

    def _note_facts(self, identifier: str) -> None:
        facts = self.facts
        if identifier in facts.starts and not self.in_note:
            self.drafts.append(_Draft(self.drafts[0].path, identifier, facts.starts[identifier]))
        if identifier in facts.persons:
            self.drafts[-1].persons.add(facts.persons[identifier])
        self.drafts[-1].redactions.update(facts.redactions.get(identifier, ()))

    def _put(self, text: str, language: str) -> None:
        draft = self.drafts[-1]
        (draft.notes if self.in_note else draft.text).append(text)
        draft.languages[language] += len(text.strip())


def _finished(document: Document, drafts: Sequence[_Draft]) -> Iterator[Passage]:
    number = 0
    for draft in drafts:
        text = " ".join("".join([*draft.text, " ", *draft.notes]).split())
        if text:
            number += 1
            yield Passage(
                path=draft.path,
                anchor=draft.anchor,
                document=document.short,
                label=draft.label,
                number=number,
                language=draft.languages.most_common(1)[0][0],
                text=text,
                paged=bool(draft.label and document.page_list),
                date=year(document.header.source_date),
                persons=tuple(sorted(draft.persons)),
                redactions=tuple(sorted(draft.redactions)),
            )


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower() or UNKNOWN
