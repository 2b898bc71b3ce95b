"""One walk through a document → its pages, notes, redactions and mentions, each with the page it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from teipress import tei
from teipress.edition import Category, Facsimile, Mention, Note, Page, Redaction, Variation
from teipress.model.divisions import DIVISIONS, heading
from teipress.model.identify import Identifiers
from teipress.model.notes import is_called
from teipress.model.witnesses import identified
from teipress.tei import Element

# TEI suggests no word for withheld text (gap/@reason is open); these are the ones in use
WITHHELD = frozenset({"redacted", "withheld", "censored", "sanitized", "classified", "anon", "anonymised"})
_EXAMPLES = (f"{{{tei.EGXML}}}egXML", f"{{{tei.MATHML}}}math")  # what is in these is shown as it is written
_REFERENCES = ("ref", "corresp", "key", "sameAs")
_PARAGRAPHS = tuple(map(tei.tei, ("p", "ab", "l", "head", "item", "cell", "seg")))
_ENTRIES = frozenset(map(tei.tei, ("app", "rdgGrp", "rdg", "witDetail")))  # a note in these is read with the entry


@dataclass
class Survey:
    """What a walk through one document has found so far, and where it stands."""

    slug: str
    identifiers: Identifiers
    categories: Mapping[str, Category]
    names: Mapping[str, str]
    streams: frozenset[str]
    pictured: Mapping[Element, tuple[Facsimile, ...]] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    variations: list[Variation] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    redactions: list[Redaction] = field(default_factory=list)
    mentions: list[tuple[str, Mention]] = field(default_factory=list)
    terms: list[tuple[str, Element, Mention]] = field(default_factory=list)
    page: Page | None = None
    headings: dict[Element, str] = field(default_factory=dict)
    stamps: list[Element] = field(default_factory=list)

    def visit(self, element: Element) -> None:
        """Take note of one element; those inside it come next."""
        if (look := _LOOKS.get(str(element.tag))) is not None:
            look(self, element)

    def _page_break(self, element: Element) -> None:
        stream = element.get("ed", "")
        label = element.get("n", "").strip()
        inferred = bool(element.get("cert")) or label.startswith("[")
        secondary = stream.lstrip("#") not in self.streams
        images = self.pictured.get(element, ())
        page = Page(element.get(tei.XML_ID, ""), label, self.slug, stream, inferred, secondary, images)
        self.pages.append(page)
        if not secondary:
            self.page = page

    def _note(self, element: Element) -> None:
        if not is_called(element) or _in_entry(element) or _is_hidden(element):
            return
        label = element.get("n", "").strip() or str(len(self.notes) + 1)
        self.notes.append(Note(element.get(tei.XML_ID, ""), label, element))

    def _variation(self, element: Element) -> None:
        division = self._division(element)
        self.variations.append(Variation(element.get(tei.XML_ID, ""), element, page=self.page, division=division))

    def _reading(self, element: Element) -> None:
        """Note which witnesses, editions and scholars a reading cites."""
        for pointer in tei.pointers(f"{element.get('wit', '')} {element.get('source', '')}"):
            self.cited.add(self.identifiers.resolve(self.slug, pointer))

    def _gap(self, element: Element) -> None:
        withheld = WITHHELD & set((element.get("reason") or "").split())
        codes = self._codes(element)
        if withheld or codes:
            self._redaction(element, codes, extent(element))

    def _stamp(self, element: Element) -> None:
        if codes := self._codes(element):
            if any(self.identifiers.resolve(self.slug, p) for p in tei.pointers(element.get("corresp"))):
                self.stamps.append(element)
            else:
                self._redaction(element, codes, "")

    def _name(self, element: Element) -> None:
        """A mention of whom or what the first attribute that leads into a register points to."""
        for attribute in _REFERENCES:
            tokens = tei.pointers(element.get(attribute))
            known = [t for p in tokens if (t := self.identifiers.resolve(self.slug, p))]
            for target in known:
                mention = Mention(element.get(tei.XML_ID, ""), self.slug, self.page, self._division(element))
                self.mentions.append((target, mention))
            if known:
                return

    def _term(self, element: Element) -> None:
        """A place where a term is used; what it points to tells it from others, else its words."""
        pointers = tei.pointers(f"{element.get('ref', '')} {element.get('key', '')}")
        key = next((self.identifiers.resolve(self.slug, p) or p for p in pointers), "")
        if key or tei.has_text(element):
            mention = Mention(element.get(tei.XML_ID, ""), self.slug, self.page, self._division(element))
            self.terms.append((key, element, mention))

    def tie_stamps(self) -> None:
        """Hand each stamp to the gap that it corresponds to."""
        tied: dict[str, list[Element]] = {}
        for stamp in self.stamps:
            for pointer in tei.pointers(stamp.get("corresp")):
                tied.setdefault(self.identifiers.resolve(self.slug, pointer), []).append(stamp)
        for i, redaction in enumerate(self.redactions):
            if stamps := tied.get(redaction.id):
                codes = dict.fromkeys((*redaction.codes, *(c for s in stamps for c in self._codes(s))))
                marks = tuple(tei.line_of_text(s) for s in stamps)
                self.redactions[i] = replace(redaction, codes=tuple(codes), stamps=marks)

    def find_lemmas(self, root: Element) -> None:
        """Hand each variation without a lemma the words that its `from` points to, or those from there to its `to`."""
        places: dict[int, tuple[str, str]] = {}
        for i, variation in enumerate(self.variations):
            app = variation.element
            if (start := app.get("from", "")) and app.find(tei.tei("lem")) is None:
                end = app.get("to", start)
                places[i] = self.identifiers.resolve(self.slug, start), self.identifiers.resolve(self.slug, end)
        known = identified(root, frozenset(name for place in places.values() for name in place))
        for i, (start, end) in places.items():
            first, last = known.get(start), known.get(end)
            if first is not None and last is not None:
                inside = tei.line_of_text(first, skip=("note",)) if first is last else tei.between(first, last)
                words = inside or (_behind(first, self.variations[i].element) if first is last else "")
                self.variations[i] = replace(self.variations[i], lemma=words)

    def _division(self, element: Element) -> str:
        """The heading of the closest division that an element stands in and that has one."""
        for outer in element.iterancestors():
            if tei.is_tei(outer) and tei.local(outer) in DIVISIONS:
                title = self.headings.setdefault(outer, heading(outer))
                if title:
                    return title
        return ""

    def _codes(self, element: Element) -> tuple[Category, ...]:
        targets = (self.identifiers.resolve(self.slug, p) for p in tei.pointers(element.get("ana")))
        return tuple(self.categories[t] for t in targets if t in self.categories)

    def _redaction(self, element: Element, codes: tuple[Category, ...], size: str) -> None:
        # who answers for a gap withheld the text; who answers for a stamp only read it
        named = element.get("resp") if tei.local(element) == "gap" else ""
        agents = (self.identifiers.resolve(self.slug, p) for p in tei.pointers(named))
        self.redactions.append(
            Redaction(
                id=element.get(tei.XML_ID, ""),
                document=self.slug,
                page=self.page,
                division=self._division(element),
                number=len(self.redactions) + 1,
                kind=tei.local(element),
                extent=size,
                authority=", ".join(self.names[a] for a in agents if a in self.names),
                codes=codes,
                stamps=(tei.line_of_text(element),) if tei.local(element) == "stamp" else (),
            )
        )


_LOOKS: dict[str, Callable[[Survey, Element], None]] = {
    tei.tei("pb"): Survey._page_break,
    tei.tei("note"): Survey._note,
    tei.tei("app"): Survey._variation,
    **{tei.tei(name): Survey._reading for name in ("lem", "rdg", "witDetail")},
    tei.tei("gap"): Survey._gap,
    tei.tei("stamp"): Survey._stamp,
    tei.tei("term"): Survey._term,
    **{tei.tei(name): Survey._name for name in ("persName", "placeName", "orgName", "rs", "name")},
}


def survey(
    document: Element,
    slug: str,
    identifiers: Identifiers,
    categories: Mapping[str, Category],
    names: Mapping[str, str],
    streams: tuple[str, ...],
    pictured: Mapping[Element, tuple[Facsimile, ...]] | None = None,
) -> Survey:
    """Walk through one document; `streams` are the page sequences that references go by (if none: the longest).

    `pictured` are the images of page breaks.
    """
    found = Survey(slug, identifiers, categories, names, _chosen(document, streams), pictured or {})
    for part in document if tei.child(document, "teiHeader") is not None else [document]:
        if tei.is_element(part) and tei.local(part) not in ("teiHeader", "standOff"):
            examples = {e for tag in _EXAMPLES for x in part.iter(tag) for e in x.iterdescendants()}
            for element in tei.elements(part):
                if element not in examples:
                    found.visit(element)
        elif tei.is_element(part) and tei.local(part) == "standOff":
            for app in tei.elements(part, "app"):  # an apparatus beside its text
                found.visit(app)
    found.tie_stamps()
    found.find_lemmas(document)
    return found


def _chosen(document: Element, streams: Iterable[str]) -> frozenset[str]:
    """Those of some page sequences (pb/@ed) that a document has; if none, its longest, of equals the first."""
    present = Counter(element.get("ed", "").lstrip("#") for element in tei.elements(document, "pb"))
    wanted = present.keys() & {stream.lstrip("#") for stream in streams}
    return frozenset(wanted or {name for name, _ in present.most_common(1)})


def _behind(start: Element, app: Element) -> str:
    """The words between a point in a paragraph or verse and an entry in the same; else none."""
    around = next(app.iterancestors(*_PARAGRAPHS), None)
    return tei.between(start, app) if around is not None and around in start.iterancestors() else ""


def _in_entry(note: Element) -> bool:
    """Whether a note stands in an entry of an apparatus, and not in the words of the text, as one in a lemma does."""
    parent = note.getparent()
    if parent is not None and parent.tag in _ENTRIES:
        return True
    return next(note.iterancestors(tei.tei("rdg"), tei.tei("witDetail")), None) is not None


def _is_hidden(note: Element) -> bool:
    """Whether a note is not shown, or something around it is not: then it takes no number."""
    return tei.is_hidden(note) or any(tei.is_hidden(outer) for outer in note.iterancestors(etree.Element))


def extent(element: Element) -> str:
    """How much is missing, in words, only as far as the encoding claims it."""
    if stated := element.get("extent"):
        return stated
    unit, quantity = element.get("unit", ""), element.get("quantity", "")
    low, high = element.get("atLeast", ""), element.get("atMost", "")
    amount = quantity or (f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}")
    if not quantity and not low and not high:
        return ""
    plural = "" if amount == "1" or not unit or unit.endswith("s") else "s"
    return f"{amount} {unit}{plural}".strip()
