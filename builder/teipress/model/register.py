"""The lists of persons, places and categories of an edition → the entries of its registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from teipress import tei
from teipress.edition import Category, Entity, Mention, Name, Person, Place, Term
from teipress.model.collation import collation, letter
from teipress.tei import Element

Kind = TypeVar("Kind", bound=Entity)

_INDEX = tei.tei("index")
_BETWEEN = " :;,=–—-"  # what stands between a code and its meaning
_HANDFUL = 6  # terms that make an index worth having
PERSONS = ("person", "personGrp", "org")
PLACES = ("place",)
_AGENTS = (
    "org",
    "person",
    "personGrp",
    "orgName",
    "persName",
    "name",
    "publisher",
    "respStmt",
    "editor",
    "role",
    "castItem",
)
_NAMES = ("persName", "orgName", "placeName", "name", "label", "idno")


def persons(root: Element, mentions: Iterable[tuple[str, Mention]]) -> tuple[Person, ...]:
    """Every person and body of the registers with its mentions, in the order of the index."""
    return _entries(root, PERSONS, Person, mentions)


def places(root: Element, mentions: Iterable[tuple[str, Mention]]) -> tuple[Place, ...]:
    """Every place of the registers with its mentions, in the order of the index."""
    return _entries(root, PLACES, Place, mentions)


def terms(root: Element, used: Iterable[tuple[str, Element, Mention]]) -> tuple[Term, ...]:
    """The terms of the texts with the places that use them; none where they are few and none points anywhere.

    What an `index` holds is meant for one, and so is never too few (TEI Guidelines, 3.9.2): a term in an index that
    stands in another one is an entry below the term of that.
    """
    found: dict[str, list[tuple[Name, Mention]]] = defaultdict(list)
    under: dict[str, tuple[str, ...]] = {}
    order: dict[str, str] = {}
    wanted = False
    for key, element, mention in used:
        line = tei.line_of_text(element, skip=("note",))
        if not line or _heads_others(element):
            continue
        above = _above(element)
        wanted = wanted or bool(key) or element.getparent() in _indexes(element)
        entry = key or "\n".join((*above, line)).casefold()
        found[entry].append((Name(line, tei.language(element)), mention))
        under.setdefault(entry, above)
        order.setdefault(entry, ", ".join((*above, element.get("sortKey") or line)))
    if not wanted and len(found) < _HANDFUL:
        return ()
    entries = [
        Term(
            f"terms-{n}",
            "term",
            tuple(dict.fromkeys(x for x, _ in places)),
            ", ".join((*under[entry], places[0][0].text)),
            "",
            tuple(m for _, m in places),
            under=under[entry],
        )
        for n, (entry, places) in enumerate(found.items(), 1)
    ]
    by_id = {e.id: order[entry] for e, entry in zip(entries, found, strict=True)}
    return _in_order(entries, tei.language(root), by_id)


def _indexes(term: Element) -> list[Element]:
    """The index elements around a term, the closest first."""
    return list(term.iterancestors(_INDEX))


def _heads_others(term: Element) -> bool:
    """Whether a term only says what the entries of the indexes beside it stand below."""
    parent = term.getparent()
    return parent is not None and parent.tag == _INDEX and parent.find(_INDEX) is not None


def _above(term: Element) -> tuple[str, ...]:
    """The entries that the one of a term stands below, the widest first."""
    outer = [tei.line_of_text(tei.child(index, "term")) for index in _indexes(term)[1:]]
    return tuple(line for line in reversed(outer) if line)


def categories(root: Element) -> dict[str, Category]:
    """The entries of all taxonomies, by identifier (TEI Guidelines, 2.3.7)."""
    found: dict[str, Category] = {}
    for element in tei.elements(root, "category"):
        if identifier := element.get(tei.XML_ID):
            found[identifier] = _category(element, identifier)
    return found


def named(root: Element) -> Mapping[str, str]:
    """What is called how, by identifier: agents (who withheld, inferred, speaks), roles, hands, characters."""
    found: dict[str, str] = {}
    for element in tei.elements(root, *_AGENTS, "handNote", "char", "glyph"):
        if identifier := element.get(tei.XML_ID):
            found[identifier] = _called(element)
    return found


def _called(element: Element) -> str:
    kind = tei.local(element)
    if kind in ("char", "glyph"):
        return _character(element)
    if kind == "handNote" and (scribe := element.get("scribe")):
        return scribe.lstrip("#")
    return tei.line_of_text(next(tei.elements(element, "orgName", "persName", "name", "role"), element))


def _character(element: Element) -> str:
    """What stands for a character that has no code point: what it is mapped to, else its name in brackets."""
    if mapped := next((line for m in tei.elements(element, "mapping") if (line := tei.line_of_text(m))), ""):
        return mapped
    stated = (p.get("value") for p in tei.elements(element, "localProp", "unicodeProp") if "ame" in p.get("name", ""))
    written = (tei.line_of_text(n) for n in tei.elements(element, "charName", "glyphName"))
    name = next(filter(None, (*stated, *written)), "")
    return f"[{name}]" if name else ""


def _category(element: Element, identifier: str) -> Category:
    description = tei.child(element, "catDesc")
    label = tei.line_of_text(tei.child(element, "catDesc", "term")) or element.get("n") or identifier
    gloss = tei.line_of_text(tei.child(element, "catDesc", "gloss")) or tei.line_of_text(description, skip=("term",))
    taxonomy = tei.ancestor(element, "taxonomy")
    authority = tei.line_of_text(tei.child(taxonomy, "bibl")) if taxonomy is not None else ""
    return Category(identifier, label, gloss.removeprefix(f"{label}:").lstrip(_BETWEEN), authority)


def _entries(
    root: Element, elements: tuple[str, ...], kind: type[Kind], mentions: Iterable[tuple[str, Mention]]
) -> tuple[Kind, ...]:
    by_id: dict[str, list[Mention]] = defaultdict(list)
    for identifier, mention in mentions:
        by_id[identifier].append(mention)
    entries = [
        _entry(element, kind, number, tuple(by_id[element.get(tei.XML_ID, "")]))
        for number, element in enumerate(entries_in(root, elements))
    ]
    return _in_order(entries, tei.language(root))


def _in_order(entries: Iterable[Kind], language: str, order: Mapping[str, str] | None = None) -> tuple[Kind, ...]:
    """Entries in the order of an index in some language; letters that differ by accents alone are one letter.

    `order` gives by identifier what an entry is sorted by, if not as it is filed.
    """
    key = collation(language)
    found = list(entries)
    by = {e.id: (order or {}).get(e.id, e.filed) for e in found}
    ordered = sorted(found, key=lambda e: (key(by[e.id]), e.id))
    letters: dict[int, str] = {}
    for entry in ordered:
        first = key(by[entry.id])[0][0]
        own = letter(by[entry.id], language)
        letters[first] = min(letters.get(first, own), own, key=lambda c: (not c.isascii(), c))
    return tuple(replace(entry, letter=letters[key(by[entry.id])[0][0]]) for entry in ordered)


def entries_in(root: Element, elements: tuple[str, ...]) -> list[Element]:
    """The elements of these names that make an entry: they can be pointed to, and have a name."""
    return [e for e in tei.elements(root, *elements) if e.get(tei.XML_ID) and _has_name(e)]


def _has_name(element: Element) -> bool:
    return any(tei.has_text(c) for c in element if tei.is_element(c) and tei.local(c) in _NAMES)


def _entry(element: Element, kind: type[Kind], number: int, mentions: tuple[Mention, ...]) -> Kind:
    forms = [c for c in element if tei.is_element(c) and tei.local(c) in _NAMES and tei.has_text(c)]
    forms.sort(key=lambda c: tei.local(c) == "idno")
    names = [Name(tei.line_of_text(c), c.get(tei.XML_LANG) or tei.language(element)) for c in forms]
    return kind(
        id=element.get(tei.XML_ID, ""),
        kind=tei.local(element),
        names=tuple(dict.fromkeys(names)),
        filed=filed(forms[0]),
        letter="",
        mentions=mentions,
        number=number,
        element=element,
    )


def filed(name: Element) -> str:
    """A name as an index prints it: ``Gorbachev, Mikhail``, but ``Abe Shintarō``, who has the family name first."""
    line = tei.line_of_text(name)
    surname = next(tei.elements(name, "surname"), None)
    if surname is None:
        return line
    family = tei.line_of_text(surname)
    before = " ".join("".join(_before(name, surname)).split())
    after = line[len(before) :].strip().removeprefix(family)
    return ", ".join(part for part in (f"{family}{after}".strip(" ,"), before.strip(" ,")) if part)


def _before(element: Element, end: Element) -> Iterator[str]:
    """The text of an element that stands before another one in it."""
    for part in tei.content(element):
        if part is end:
            return
        if isinstance(part, str):
            yield part
        elif end not in part.iterdescendants():
            yield tei.text(part)
        else:
            yield from _before(part, end)
            return
