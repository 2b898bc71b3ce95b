"""A header → findings on what a deposit will ask for, and on words of a template that nobody replaced."""

from __future__ import annotations

from collections.abc import Iterator

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.isbn import check_digit, digits, is_valid, isbns
from teipress.tei import Element
from teipress.validate.integrity.places import at

_TEMPLATE = frozenset(
    {"title", "publication information", "information about the source", "information about source", "some text here."}
)  # what editors' programs put into a new file (in lower case)
_RESPONSIBLE = ("author", "editor", "respStmt", "principal", "sponsor", "funder", "meeting")
_PUBLISHERS = ("publisher", "authority", "distributor")

# what is asked for: its name, where it stands, and what to write there
_PLACES = {
    "title": ("titleStmt", "<title>"),
    "author or editor": ("titleStmt", "<author>, <editor> or <respStmt>"),
    "publisher": ("publicationStmt", "<publisher>"),
    "date of publication": ("publicationStmt", '<date when="YYYY-MM-DD">'),
    "licence": ("publicationStmt", "<availability><licence target=…>"),
    "description of the source": ("sourceDesc", "<bibl> or <msDesc>"),
    "language": ("TEI", 'xml:lang="…"'),
}


def check(source: Source) -> list[Finding]:
    """H001 for what the header lacks, in one finding, H002 for each text of a template, H003 for a wrong ISBN."""
    head = tei.child(source.root, "teiHeader")
    description = tei.child(source.root, "teiHeader", "fileDesc")
    if head is None or description is None:
        return []
    return [*_lacking(source.root, head, description), *_left_over(description), *_wrong_numbers(head)]


def _lacking(root: Element, head: Element, description: Element) -> Iterator[Finding]:
    publication = tei.child(description, "publicationStmt")
    said = tei.line_of_text(publication).lower()
    if not said or said.startswith("unpublished"):
        return  # what is not published, or not yet, is not deposited
    names = [name for name, there in _there(root, head, description).items() if not there]
    if names:
        places = [tei.child(description, _PLACES[name][0]) for name in names]
        place = next((p for p in places if p is not None), head)
        hint = "; ".join(f"in {_PLACES[name][0]}, {_PLACES[name][1]}" for name in names)
        yield at(place, "H001", f"the header does not state: {', '.join(names)}", f"write {hint}")


def _there(root: Element, head: Element, description: Element) -> dict[str, bool]:
    titles = tei.child(description, "titleStmt")
    publication = tei.child(description, "publicationStmt")
    sources = tei.child(description, "sourceDesc")
    return {
        "title": _any(titles, "title"),
        "author or editor": _any(titles, *_RESPONSIBLE) or _any(description, "respStmt"),
        "publisher": _any(publication, *_PUBLISHERS),
        "date of publication": _any(publication, "date"),
        "licence": _any(publication, "availability", "licence"),
        "description of the source": sources is not None and (tei.has_text(sources) or len(sources) > 0),
        "language": _states_language(root, head),
    }


def _wrong_numbers(head: Element) -> Iterator[Finding]:
    for element in isbns(head):
        number = tei.line_of_text(element)
        if number and not is_valid(number):
            found = digits(number)
            whole = len(found) == 13 and found[:12].isdigit()
            hint = f"its check digit would be {check_digit(found[:12])}" if whole else "an ISBN has 13 digits, or 10"
            yield at(element, "H003", f'"{number}" is no ISBN', f"{hint}; look at the number again")


def _any(parent: Element | None, *names: str) -> bool:
    """Whether one of these elements says something, in words or in an attribute that carries a fact."""
    if parent is None:
        return False
    found = tei.elements(parent, *names)
    return any(tei.has_text(e) or e.get("when") or e.get("target") or e.get("ref") or e.get("status") for e in found)


def _states_language(root: Element, head: Element) -> bool:
    texts = (e for e in tei.elements(root, "TEI", "text", "teiCorpus") if e.get(tei.XML_LANG))
    return next(texts, None) is not None or next(tei.elements(head, "language", "textLang"), None) is not None


def _left_over(description: Element) -> Iterator[Finding]:
    for element in tei.elements(description, "title", "p", "publisher", "author"):
        line = tei.line_of_text(element)
        if (
            line.lower() in _TEMPLATE
            and tei.ancestor(element, "titleStmt", "publicationStmt", "sourceDesc") is not None
        ):
            yield at(element, "H002", f'"{line}" is what a new file begins with', "write what is so of this one")
