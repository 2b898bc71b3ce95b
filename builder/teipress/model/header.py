"""A teiHeader → the facts that every output needs (TEI Guidelines, chapter 2)."""

from __future__ import annotations

from teipress import tei
from teipress.edition import Header
from teipress.model.imprint import BETWEEN, imprint
from teipress.tei import Element

_ABOUT = ("idno", "email", "address", "ptr", "note")  # stands beside a name, and is none


def header(document: Element) -> Header:
    """The facts of the header of a TEI or teiCorpus element; empty where it has none."""
    head = tei.child(document, "teiHeader")
    if head is None:
        return Header(title="")
    licence = next(tei.elements(head, "licence"), None)
    return Header(
        title=next(iter(titles(head, None, "main") or titles(head, "sub", "alt", "full", "short")), ""),
        subtitle=next(iter(titles(head, "sub")), "") if titles(head, None, "main") else "",
        authors=_lines(head, "author"),
        editors=_lines(head, "editor"),
        publisher=_name(_first(head, "fileDesc/publicationStmt", "publisher", "authority", "distributor")),
        date=_date(_first(head, "fileDesc/publicationStmt", "date")),
        licence=tei.line_of_text(licence),
        licence_url=(licence.get("target", "") if licence is not None else ""),
        source_date=_source_date(head),
        changed=max((w for c in tei.elements(head, "change") if (w := c.get("when"))), default=""),
        imprint=imprint(head),
        element=head,
    )


def titles(head: Element, *types: str | None) -> list[str]:
    """The titles of these types (None: without one) in the title statement, of any if none is named; no empty ones."""
    statement = tei.child(head, "fileDesc", "titleStmt")
    titles = [] if statement is None else statement.iterchildren(tei.tei("title"))
    return [
        line
        for t in titles
        if (not types or t.get("type") in types) and (line := tei.line_of_text(t, skip=("note",)).rstrip(BETWEEN))
    ]


def _first(head: Element, path: str, *names: str) -> Element | None:
    parent = tei.child(head, *path.split("/"))
    if parent is None:
        return None
    return next(tei.elements(parent, *names), None)


def _lines(head: Element, name: str) -> tuple[str, ...]:
    statement = tei.child(head, "fileDesc", "titleStmt")
    if statement is None:
        return ()
    return tuple(line for e in statement.iterchildren(tei.tei(name)) if (line := _name(e)))


def _name(element: Element | None) -> str:
    """A name alone; of one that is given in several languages the first, of several side by side all."""
    names = [] if element is None else list(element.iterchildren(tei.tei("persName"), tei.tei("orgName")))
    languages = {name.get(tei.XML_LANG) for name in names}
    one = names[0] if len(names) > 1 and None not in languages and len(languages) == len(names) else element
    if element is not None and one is element and len(names) > 1 and _is_list(element):
        return ", ".join(line for name in names if (line := tei.line_of_text(name, skip=_ABOUT).rstrip(BETWEEN)))
    return (tei.line_of_text(one, skip=_ABOUT) or tei.line_of_text(element)).rstrip(BETWEEN)


def _is_list(element: Element) -> bool:
    """Whether an element has names and what is said about them, and no word of its own."""
    children = [child for child in element if tei.is_element(child)]
    theirs = "".join(map(tei.text, children))
    own = len("".join(tei.text(element).split())) - len("".join(theirs.split()))
    return own == 0 and all(tei.local(child) in ("persName", "orgName", *_ABOUT) for child in children)


def _date(element: Element | None) -> str:
    return "" if element is None else element.get("when") or tei.line_of_text(element)


def _source_date(head: Element) -> str:
    for path in ("profileDesc/creation", "fileDesc/sourceDesc"):
        found = _first(head, path, "date", "origDate")
        if found is not None and (line := _date(found)):
            return line
    return ""
