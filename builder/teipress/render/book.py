"""What the three formats have in common: walkers for documents, where identifiers are found, filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from teipress import tei
from teipress.config import Settings
from teipress.css import contrasting
from teipress.edition import NAMELESS, Category, Document, Edition, Entity
from teipress.languages import html_language
from teipress.phrases import ENGLISH, Phrases, language_for
from teipress.render.amounts import amount, missing
from teipress.render.apart import in_list, spans
from teipress.render.apparatus import RenderedNote
from teipress.render.attributes import Attributes, class_name
from teipress.render.bars import bar
from teipress.render.direction import Around, around, runs_left
from teipress.render.keys import Keys
from teipress.render.language import right_to_left
from teipress.render.macros import Macros, Noun
from teipress.render.mentions import Mentioned, in_brief, mentions
from teipress.render.record import Part, abstract, record
from teipress.render.registers import Find, Letter, index
from teipress.render.semantics import Semantics
from teipress.render.source import text_as_markup
from teipress.render.split import Leaf
from teipress.render.templates import Templates
from teipress.render.voices import voices
from teipress.render.walker import Walker
from teipress.tei import Element
from teipress.vocabulary import Vocabulary, header_parts

_MEASURE = re.compile(r"(\d+(?:\.\d+)?|\.\d+) ?(cm|mm|in|pt|%)")  # what print knows; a pixel is as large as it likes
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Record:
    """What is told about one document: its title and the parts of its header."""

    document: Document
    title: str
    parts: list[Part]


@dataclass
class Addresses:
    """Which output file each identifier is found in."""

    files: dict[str, str] = field(default_factory=dict)

    def put(self, file: str, identifiers: Iterable[str]) -> None:
        """Note that some identifiers are in a file; the first to claim one keeps it."""
        for identifier in filter(None, identifiers):
            self.files.setdefault(identifier, file)

    def href(self, identifier: str, here: str) -> str:
        """The link from one file to an identifier, "" if it is in none."""
        file = self.files.get(identifier)
        if file is None:
            return ""
        return f"#{identifier}" if file == here else f"{file}#{identifier}"


class Book:
    """One edition in one format, ready to render: templates, macros, vocabulary and addresses."""

    def __init__(
        self,
        edition: Edition,
        settings: Settings,
        vocabulary: Vocabulary,
        output: str,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        """`output` is html, epub or pdf; `values` are what the format's templates see besides the edition."""
        self.edition = edition
        self.settings = settings
        self.vocabulary = vocabulary
        self.output = output
        self.addresses = Addresses()
        self._nouns = {d.slug: _nouns(d) for d in edition.documents}  # once for all the leaves of a document
        self._rtl = {d.slug: runs_left(d) for d in edition.documents}
        self.header_rtl = right_to_left(html_language(edition.language))
        self.rtl = sum(self._rtl.values()) * 2 > len(self._rtl)  # the edition runs as most of its documents do
        self._briefs: dict[str, str] = {}  # who or what those are that a text names
        self._in_text: frozenset[str] = frozenset()
        self._elsewhere: frozenset[str] = frozenset()
        self.chapters: frozenset[str] = frozenset()  # in print: what begins a part of the book
        self._answers = {d.slug: _answers(d, edition) for d in edition.documents} if output == "epub" else {}
        self.semantics: Semantics | None = None  # in an EPUB: what parts of a text are
        self._titles = {d.slug: {v.id: v.title for v in d.all_divisions} for d in edition.documents}
        self.said: Mapping[str, str] = {}  # in print: what an element puts into the head of its page
        self.phrases = phrases_for(edition, settings)
        self.voices = voices(edition, self.phrases, output, tuple(self._rtl.values()))
        said = {name: getattr(self.voices, name) for name in ("ours", "heard", "theirs")}
        shown = {"edition": edition, **said, **(values or {})}
        self.templates = Templates(output, settings.templates, shown, self.phrases)
        self.templates.environment.filters.update(
            token=class_name,
            iso=is_date,
            language=html_language,
            date=self.phrases.date,
            year=year,
            ended=ended,
            lower_article=lower_article if self.phrases.language == ENGLISH else str,
            joined=self.phrases.joined,
            number=self.phrases.number,
            amount=partial(amount, self.phrases),
            bar=bar,
            measure=measure,
            missing=partial(missing, self.phrases),
            named=self.named,
            stated=self.voices.stated,
            spoken=self.voices.spoken,
            css=css_string,
            inked=contrasting if output == "epub" else str,
        )
        self.macros = Macros(self.templates.behaviours())

    def place(self, leaves: Iterable[Leaf], extension: str) -> None:
        """Note which file holds each identifier: the leaves of the text first, then the registers and the header."""
        self.addresses = Addresses()
        for leaf in leaves:
            whole = leaf.shown or leaf.elements
            shown = (i for element in whole for i in self.vocabulary.identifiers(element, self.output))
            self.addresses.put(leaf.stem + extension, (*leaf.anchors, *(e.get(tei.XML_ID, "") for e in leaf.begins)))
            self.addresses.put(leaf.stem + extension, shown)
        self._in_text = frozenset(self.addresses.files)
        edition = self.edition
        in_headers = list(_identifiers_in_headers(edition))
        self._elsewhere = self._in_text.union(in_headers)
        self.addresses.put(f"persons{extension}", (self.anchor(p.id) for p in edition.persons))
        if self.output == "html":
            self._briefs = {e.id: in_brief(e) for e in (*edition.persons, *edition.places)}
        self.addresses.put(f"places{extension}", (self.anchor(p.id) for p in edition.places))
        self.addresses.put(f"redactions{extension}", (f"code-{c.id}" for c in self.codes()))
        self.addresses.put(f"redactions{extension}", (f"entry-{r.id}" for r in edition.redactions))
        self.addresses.put(f"about{extension}", in_headers)

    def hrefs(self, here: str) -> Callable[[str], str]:
        """What says for the file `here` where an identifier is found."""
        return lambda identifier: self.addresses.href(identifier, here)

    def anchor(self, identifier: str) -> str:
        """The identifier of a register's entry on its index page: its own, unless it is in a text or a header."""
        return f"entry-{identifier}" if identifier in self._elsewhere else identifier

    def named(self, place: str) -> str:
        """What a page or another place is called: as the source does, else in the words of the interface."""
        return self.phrases.gettext(place) if place in NAMELESS else place

    def affix(self, said: str) -> str:
        """What a rule puts before or after content: marks, or words in the language of the interface."""
        ours = self.voices.ours if _WORD.search(said) else ""
        return f'<span data-generated=""{ours}>{text_as_markup(self.phrases.gettext(said))}</span>' if said else ""

    def codes(self) -> list[Category]:
        """The categories that redactions use; the others are shown with the header that defines them."""
        return list(dict.fromkeys(c for r in self.edition.redactions for c in r.codes))

    def around(self, document: Document, elements: Sequence[Element]) -> Around:
        """What a page states around some elements of a document."""
        return around(document, elements, self._rtl.get(document.slug, self.rtl))

    def walker(self, document: Document, here: str, stated: Around | None = None, keys: Keys | None = None) -> Walker:
        """A walker for a part of a document that goes into the file `here`, where a page states this around it."""
        if stated is None:  # a header, on a page that runs as its language does
            stated = Around(self.edition.language, self.header_rtl, self.header_rtl)
        return Walker(
            edition=self.edition,
            document=document,
            vocabulary=self.vocabulary,
            templates=self.templates,
            macros=self.macros,
            output=self.output,
            href=self.hrefs(here),
            nouns=self._nouns.get(document.slug, {}),
            affix=self.affix,
            briefs=self._briefs,
            keys=keys,
            answers=self._answers.get(document.slug, {}),
            attributes=Attributes(
                partial(self.edition.resolve, document.slug),
                self.output,
                stated.language,
                stated.rtl,
                chapters=self.chapters,
                said=self.said,
                semantics=self.semantics,
                titles=self._titles.get(document.slug, {}),
            ),
        )

    def text(
        self,
        document: Document,
        elements: Sequence[Element],
        here: str,
        stated: Around,
        keys: Keys | None = None,
        kept: Mapping[Element, list[str | Element]] | None = None,
        reopened: Collection[Element] = (),
    ) -> tuple[Markup, list[RenderedNote]]:
        """Some elements of a document as markup, and the notes called in them; the page states `stated` around them.

        Of the elements in `kept` only these parts are shown; those in `reopened` have been begun before.
        """
        walker = replace(self.walker(document, here, stated, keys), kept=kept or {})
        walker.attributes.reopened = reopened
        text = self.templates.call(here, lambda: Markup("").join(walker.markup(e) for e in elements))
        return text, walker.notes

    def records(self, here: str) -> tuple[list[Record], list[RenderedNote]]:
        """What is told about the edition and each of its documents."""
        result: list[Record] = []
        notes: list[RenderedNote] = []
        for document, title in self._described():
            walker = self.walker(document, here)
            parts = self.templates.call(here, partial(record, document.header, walker, self.phrases))
            if parts:
                result.append(Record(document, title, parts))
            notes += walker.notes
        return result, notes

    def abstract(self, here: str) -> Markup:
        """The abstract of the edition; of a single document its own goes before."""
        documents = self.edition.documents
        alone = documents[0] if len(documents) == 1 and _has_abstract(documents[0]) else None
        document = alone or self._whole()
        walker = self.walker(document, here)
        return Markup(self.templates.call(here, lambda: abstract(document.header, walker)))

    def index(self, entities: Sequence[Entity], here: str, printed: Find | None = None) -> list[Letter]:
        """The index of some entities for the file `here`, each with what its register says of it.

        A mention that the vocabulary omits is not referred to; an entry that stands in a text is not told again.
        """
        shown = [replace(e, mentions=tuple(m for m in e.mentions if m.id in self.addresses.files)) for e in entities]
        walker = self.walker(self._whole(), here)
        again = replace(walker, attributes=replace(walker.attributes, again=True))  # for what a header tells already
        told = {
            e.id: self.templates.call(here, partial((again if e.id in self._elsewhere else walker).inside, e.element))
            for e in entities
            if e.element is not None and self.is_told(e)
        }
        return index(self.edition, shown, printed, told)

    def is_told(self, entity: Entity) -> bool:
        """Whether an index says all of an entry: one that stands in a text is not told again."""
        return entity.id not in self._in_text

    def mentions(self, entities: Sequence[Entity]) -> dict[str, list[Mentioned]]:
        """Where each of some entities is named in the texts, with the words around."""
        return mentions(self.edition, entities, self.vocabulary, self._in_text)

    def page(self, template: str, here: str, **values: Any) -> str:
        """A whole file from a template; `href` in it leads from there to an identifier."""
        defaults: dict[str, Any] = {
            "path": here,
            "language": html_language(self.edition.language),
            "page_language": self.voices.page,
            "rtl": self.voices.rtl,
            "anchor": self.anchor,
            "href": self.hrefs(here),
        }
        return self.templates.page(template, **(defaults | values))

    def _whole(self) -> Document:
        """The edition itself in the shape of a document, so that its header can be rendered like any other."""
        return Document(self.edition.name, self.edition.header, self.edition.language, ())

    def _described(self) -> list[tuple[Document, str]]:
        documents = [(d, d.title) for d in self.edition.documents]
        own = self.edition.header.element
        if own is None or any(d.header.element is own for d, _ in documents):
            return documents
        return [(self._whole(), self.phrases.gettext("The edition")), *documents]

    def described(self) -> set[str]:
        """The slugs of the documents that have something told about them."""
        return {d.slug for d, _ in self._described() if any(header_parts(d.header.element))}


def phrases_for(edition: Edition, settings: Settings) -> Phrases:
    """What readers are told in: the language that is set, else that of the edition, if there is a catalogue of it.

    Raises:
        UsageError: a catalogue of the edition cannot be used.
    """
    own = settings.templates
    return Phrases(settings.interface or language_for(html_language(edition.language), own), own)


def _nouns(document: Document) -> dict[str, Noun]:
    """The pages, notes, variations, redactions and divisions of a document by identifier."""
    nouns: tuple[Noun, ...] = (*document.pages, *document.notes, *document.variations, *document.redactions)
    return {noun.id: noun for noun in (*nouns, *document.all_divisions)}


def _answers(document: Document, edition: Edition) -> dict[Element, list[str]]:
    """The entries of a document's lists, by the element at the end of which the words stand that they are about."""
    found: dict[Element, list[str]] = {}
    places = spans(document, edition.resolve) if document.variations else {}
    for variation in document.variations:
        if variation.id in places and in_list(variation):
            found.setdefault(places[variation.id].last, []).append(variation.id)
    return found


def _identifiers_in_headers(edition: Edition) -> Iterator[str]:
    """The identifiers inside those parts of the headers that records show."""
    headers = [edition.header, *(d.header for d in edition.documents)]
    for part in (part for header in headers for _, part in header_parts(header.element)):
        for element in tei.elements(part):
            if element is not part and (identifier := element.get(tei.XML_ID)):
                yield identifier


def measure(value: str) -> str:
    """A length of the encoding's as CSS has it, "" if it is none that print knows."""
    found = _MEASURE.fullmatch(value.strip())
    return found[1] + found[2] if found else ""


def _has_abstract(document: Document) -> bool:
    header = document.header.element
    return header is not None and tei.child(header, "profileDesc", "abstract") is not None


def is_date(value: str) -> bool:
    """Whether a value is an ISO date as package files take it: a year, a month or a day (W3C note on date formats)."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value) is not None


def year(value: str) -> str:
    """The year of an ISO date; what is none stays as it is."""
    return value[:4] if re.match(r"\d{4}(-|$)", value) else value


def ended(value: str) -> str:
    """A statement with a full stop, unless it ends with a mark that closes it."""
    return value if re.search(r"[.?!…。][)\]”’\"»]?$", value) else f"{value}."


def lower_article(value: str) -> str:
    """A name in the middle of an English sentence: an article at its start loses its capital."""
    return re.sub(r"^(The|A|An)(?= )", lambda m: m[0].lower(), value)


def css_string(value: str) -> Markup:
    """A text as a string of CSS, in quotation marks (CSS Syntax 3, section 4.3.5)."""
    return Markup('"{}"').format(Markup(re.sub(r'(["\\])', r"\\\1", value).replace("\n", r"\a ")))
