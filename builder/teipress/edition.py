"""The nouns: what an edition consists of. Read this first.

TEI itself is the tree: text stays an lxml element inside a noun, and only facts about whole documents are lifted
out. There is no second, smaller syntax tree. All nouns are frozen; stages make new ones.

The way of a document: a `Source` is what reading gives, an `Edition` of `Document` objects is what modelling makes
of it, `TextFile` objects are what rendering makes of that, and `Artifact` objects are what lies on disk at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from teipress.phrases import phrase
from teipress.tei import Element

IMAGES = "images"  # the folder of an output that the edition's images go into
IMAGE_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}  # what browsers and EPUB 3.3 (core media types) both show

UNNUMBERED, TEXT = phrase("[unnumbered]"), phrase("text")
_STOPS = ("?", "!", ".", "…", "？", "！", "。")  # a title that ends in one takes no colon before its subtitle
NAMELESS = frozenset({UNNUMBERED, TEXT})  # what a page is called that has no number, and a place on no page


@dataclass(frozen=True, slots=True)
class Source:
    """One TEI file as read, everything that it includes already in place.

    `folder` is the edition's folder: nothing outside it is ever read. Included parts carry ``xml:base``. `files` are
    all that was read, each once, `path` first.
    """

    path: Path
    folder: Path
    root: Element
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A taxonomy's entry (TEI category): an exemption code with its meaning and the order it rests on."""

    id: str
    label: str
    meaning: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Facsimile:
    """An image of a page (TEI att.global.facs): a file of the edition, or an address of the web.

    `path` is that of the file below the edition's folder; else `url` is an address that a link can lead to. `service`
    is the base of the IIIF image service that the url belongs to, `version` that of its API; `width` and `height` are
    pixels, 0 if unknown; `region` is the part that shows the page, if it is a part: left, top, width and height from 0
    to 1.
    """

    path: PurePosixPath | None = None
    url: str = ""
    service: str = ""
    version: int = 3
    width: int = 0
    height: int = 0
    region: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source as a page break (pb) announces it. `label` is for reading, never a key.

    `stream` is the sequence that it belongs to (pb/@ed); `secondary` if references go by another one.
    """

    id: str
    label: str
    document: str
    stream: str = ""
    inferred: bool = False
    secondary: bool = False
    facsimiles: tuple[Facsimile, ...] = ()

    @property
    def name(self) -> str:
        """The label for people: brackets tell an inferred number already."""
        return self.label or UNNUMBERED

    @property
    def mark(self) -> str:
        """What stands in the margin: the label, in another sequence than references go by with that one's name."""
        return f"{self.stream.lstrip('#')} {self.label}".strip() if self.secondary else self.label


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text where a person or a place is named."""

    id: str
    document: str
    page: Page | None
    division: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """One form of a name, with the language it is in (BCP 47)."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entry of a register: what persons and places have in common.

    `names` begins with the heading form, in the local order of names; `filed` is that form as an index prints it
    (surname first), `letter` what the index files it under; `number` counts the entries as they stand in the TEI.
    """

    id: str
    kind: str
    names: tuple[Name, ...]
    filed: str
    letter: str
    mentions: tuple[Mention, ...] = ()
    number: int = 0
    element: Element | None = field(default=None, repr=False)

    @property
    def name(self) -> Name:
        """The form that heads the entry."""
        return self.names[0]


class Person(Entity):
    """A person (or a body) of the register."""

    __slots__ = ()


class Place(Entity):
    """A place of the register."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Term(Entity):
    """A term that the texts use; the forms are theirs, for it has no register.

    `under` are the entries that an index puts it below (TEI index in index), the widest first.
    """

    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redaction:
    """Text that the source withholds: a gap, or an exemption stamp that no gap is tied to (`kind` says which).

    `extent` is only what the encoding claims; `codes` are categories, `authority` names who withheld.
    """

    id: str
    document: str
    page: Page | None
    division: str
    number: int
    kind: str = "gap"
    extent: str = ""
    authority: str = ""
    codes: tuple[Category, ...] = ()
    stamps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendition:
    """How something looked in the source (TEI rendition): CSS declarations that are safe to use.

    `part` is a pseudo-element ("::before") or empty; `refused` are declarations that are not used.
    """

    id: str
    css: str
    part: str = ""
    refused: tuple[str, ...] = ()
    element: Element | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A note (TEI note) with the mark that calls it."""

    id: str
    label: str
    element: Element = field(repr=False)


@dataclass(frozen=True, slots=True)
class Variation:
    """A place where witnesses differ (TEI app). `lemma` are the words of the text that its `from` points to."""

    id: str
    element: Element = field(repr=False)
    lemma: str = ""
    page: Page | None = None
    division: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """What an apparatus cites: a manuscript, an edition, a scholar. `siglum` is empty where the TEI states none.

    `group` is the identifier of the witness that it is listed in: of a family, or of the codex that a hand wrote in.
    """

    id: str
    siglum: str
    description: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """A part of a document that contents lists name: its heading as one line, and the parts in it."""

    id: str
    title: str
    number: str
    level: int
    element: Element = field(repr=False)
    parts: tuple[Division, ...] = ()


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who wrote or edited: `family` and `given` where the TEI tells them apart, else only `whole`.

    `fixed`: the family name comes first by custom, and no comma stands between (CSL: static-ordering).
    `body`: the TEI says that it is one, not a person (orgName). `role` is what they did, as a relator code of MARC
    ("aut", "edt", "fnd"), `stated` the element of the title statement that says so ("author", "editor", "respStmt");
    `identifiers` are pairs such as ("ORCID", "0000-0002-1825-0097"), "URI" where it is no more.
    """

    whole: str
    family: str = ""
    given: str = ""
    fixed: bool = False
    body: bool = False
    role: str = "aut"
    stated: str = "author"
    identifiers: tuple[tuple[str, str], ...] = ()

    @property
    def plain(self) -> str:
        """As in running text: ``Ada Example``, ``Kimura Hiroshi``."""
        return self.whole if self.fixed or not self.family else f"{self.given} {self.family}"

    @property
    def inverted(self) -> str:
        """As in a list: ``Example, Ada``, ``Kimura Hiroshi``."""
        return self.whole if self.fixed else self.filed

    @property
    def filed(self) -> str:
        """As a catalogue files it, whose headings have a comma whatever the custom: ``Kimura, Hiroshi``."""
        return f"{self.family}, {self.given}" if self.family else self.whole

    @property
    def initials(self) -> str:
        """With initials: ``Example, A. B.``; a name that is not told apart stays whole."""
        letters = [f"{part[0]}." for part in re.split(r"[\s\-]+", self.given) if part and part[0].isalpha()]
        return f"{self.family}, {' '.join(letters)}" if self.family and letters else self.whole

    @property
    def csl(self) -> dict[str, Any]:
        """A name variable of CSL-JSON."""
        if not self.family:
            return {"literal": self.whole}
        fixed = {"static-ordering": True} if self.fixed else {}
        return {"family": self.family, "given": self.given, **fixed}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about, or of what kind it is: a word or a code, and the scheme that it is taken from."""

    text: str
    scheme: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What a library's catalogue says of an edition or of one of its documents, all of it from teiHeaders.

    `identifier` is a URN that stays from build to build; `numbers` are pairs such as ("DOI", "10.…"), of the kinds
    ISBN (also "ISBN print", "ISBN epub"), ISSN (of the series), DOI, HANDLE, ARK, URN, URL, URI, OCLC, LCCN, else as
    the TEI calls them. Dates are ISO 8601 where the TEI has them so, else as they stand there; languages are BCP 47,
    the main one first. `status` is that of the TEI's availability (free, restricted, unknown), "" if it states none;
    `rights` its words. `source` says what was transcribed, `original` is its date. `changes` are the revisions, oldest
    first: date, who, what. `url` is where the edition is read. `parts` are the documents, `slug` is their name,
    "" for the edition itself. Whatever a header does not state is empty.
    """

    identifier: str
    title: str
    subtitle: str = ""
    slug: str = ""
    agents: tuple[Agent, ...] = ()
    publisher: str = ""
    place: str = ""
    date: str = ""
    edition: str = ""
    series: str = ""
    volume: str = ""
    extent: str = ""
    languages: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    abstract: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    licence: str = ""
    licence_url: str = ""
    status: str = ""
    rights: str = ""
    source: str = ""
    original: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    url: str = ""
    parts: tuple[Description, ...] = ()

    @property
    def whole_title(self) -> str:
        """``Title: subtitle``, without a colon after a question mark."""
        return whole_title(self.title, self.subtitle)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the back of a title page says: `numbers` are pairs such as ("ISBN", "978-…"), `heading` is the first author.

    `classes` are codes of classifications; whatever a header does not state is empty.
    """

    numbers: tuple[tuple[str, str], ...] = ()
    heading: str = ""
    edition: str = ""
    series: str = ""
    volume: str = ""
    place: str = ""
    subjects: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """The facts of a teiHeader that every output needs; the rest stays in `element`."""

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    licence: str = ""
    licence_url: str = ""
    source_date: str = ""
    changed: str = ""
    imprint: Imprint = Imprint()
    element: Element | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One text of the edition; `id` is the identifier of the TEI element, if it has one.

    `source` is that element as it was read, access applied: nothing else is done to it, and nobody may change it.
    """

    slug: str
    header: Header
    language: str
    body: tuple[Element, ...] = field(repr=False)
    id: str = ""
    divisions: tuple[Division, ...] = field(default=(), repr=False)
    pages: tuple[Page, ...] = field(default=(), repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)
    variations: tuple[Variation, ...] = field(default=(), repr=False)
    redactions: tuple[Redaction, ...] = field(default=(), repr=False)
    source: Element | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """The document's title, as its header gives it."""
        return self.header.title

    @property
    def page_list(self) -> tuple[Page, ...]:
        """The pages of the sequence that references go by."""
        return tuple(page for page in self.pages if not page.secondary)

    @property
    def all_divisions(self) -> Iterator[Division]:
        """Every headed division, at whatever depth, in reading order."""
        waiting = list(reversed(self.divisions))
        while waiting:
            division = waiting.pop()
            yield division
            waiting.extend(reversed(division.parts))

    @property
    def short(self) -> str:
        """The title as an index shows it: up to the first colon."""
        return self.title.split(": ")[0]


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two documents (by their slugs) that are read side by side, and the elements of both that belong together.

    `by_page`: what ties them are page breaks with the same label, and each page reaches to the next.
    """

    first: str
    second: str
    links: tuple[tuple[Element, Element], ...] = field(repr=False)
    by_page: bool = False

    @property
    def name(self) -> str:
        """Both slugs, joined by a sign that no slug has."""
        return f"{self.first}+{self.second}"

    def place(self, slug: str) -> str:
        """What verification calls the column of one of its documents."""
        return f"{self.name} {slug}"


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that is published together, all links between its documents resolved.

    `names` says what those that a text may point to are called: people, bodies, roles, hands, characters. `resolve`
    says which identifier a pointer means; `images` are those that the text shows, as paths below `folder`; `source` is
    the whole tree as it was read, access applied. `facing` are the pairs that a book prints on facing pages.
    `description` is what a catalogue says of it all.
    """

    name: str
    folder: Path
    header: Header
    language: str
    documents: tuple[Document, ...]
    persons: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    categories: Mapping[str, Category] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    renditions: tuple[Rendition, ...] = ()
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    parallels: tuple[Parallel, ...] = ()
    facing: tuple[Parallel, ...] = ()
    resolve: Callable[[str, str], str] = field(default=lambda document, pointer: "", repr=False)
    images: tuple[PurePosixPath, ...] = ()
    source: Element | None = field(default=None, repr=False)
    description: Description = field(default=Description("", ""), repr=False)

    @property
    def title(self) -> str:
        """The edition's title, as its header gives it."""
        return self.header.title

    @property
    def is_pictured(self) -> bool:
        """Whether there is an image of any page."""
        return any(page.facsimiles for d in self.documents for page in d.pages)

    @property
    def facsimiles(self) -> tuple[PurePosixPath, ...]:
        """The files in `folder` that are images of pages, each once."""
        images = (f.path for d in self.documents for page in d.pages for f in page.facsimiles)
        return tuple(dict.fromkeys(path for path in images if path))

    @property
    def redactions(self) -> tuple[Redaction, ...]:
        """All redactions, in the order of the documents."""
        return tuple(r for d in self.documents for r in d.redactions)


@dataclass(frozen=True, slots=True)
class Face:
    """A font that a site or an EPUB takes along: `path` is where it goes, `source` where it comes from.

    `ranges` are the characters that it is for, as style sheets have them, "" for all.
    """

    family: str
    weight: int
    style: str
    path: PurePosixPath
    source: Path
    ranges: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text as a site shows it, for searching: a page of the source, else a division, else a whole leaf.

    `path` and `anchor` lead to it; `document` and `label` say where that is, `number` counts within the document;
    `language` is what most of it is in (BCP 47, primary subtag). The rest are the facets that a search narrows by.
    `paged` tells the label of a page from the title of a division.
    """

    path: str
    anchor: str
    document: str
    label: str
    number: int
    language: str
    text: str = field(repr=False)
    paged: bool = False
    date: str = ""
    persons: tuple[str, ...] = ()
    redactions: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The link to it from any page of the site."""
        return f"{self.path}#{self.anchor}" if self.anchor else self.path

    @property
    def reference(self) -> str:
        """How a list of references names it in one word or two."""
        return self.label if self.paged else f"§ {self.number}"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an identifier stands in print: its first and last line, each as page (0-based) and number on it.

    `nth` tells words apart that a line has several times: which of those it is, from 1; 0 if it is the only one.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a book prints it: `path` below the edition's folder, its pixels, its size in print in inches.

    `page` is the physical page (0-based); `bilevel`: it is black and white and nothing between, `coloured`: more than
    shades of grey.
    """

    path: PurePosixPath
    page: int
    pixels: tuple[int, int]
    size: tuple[float, float]
    bilevel: bool = False
    coloured: bool = False

    @property
    def resolution(self) -> float:
        """Pixels to the inch in print, in the direction in which they are fewer."""
        return min(pixels / inches for pixels, inches in zip(self.pixels, self.size, strict=True))


@dataclass(frozen=True, slots=True)
class TextFile:
    """A rendered file, not yet on disk. `path` is relative to its format's folder."""

    path: PurePosixPath
    text: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was built: its path below the output folder, its media type, its size in bytes, its SHA-256."""

    path: PurePosixPath
    media_type: str
    size: int
    sha256: str


def whole_title(title: str, subtitle: str) -> str:
    """``Title: subtitle``, without a colon after a question mark."""
    between = " " if title.endswith(_STOPS) else ": "
    return f"{title}{between}{subtitle}" if title and subtitle else title
