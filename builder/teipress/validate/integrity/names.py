"""A tree with registers → findings on their entries and on the names in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.tei import Element
from teipress.validate.integrity.places import at, often, some

_ENTRIES = ("person", "personGrp", "org", "place")
_POINTING = ("ref", "key", "corresp", "sameAs", "nymRef", "copyOf", "ana")
_APART = ("teiHeader", "standOff", "listPerson", "listOrg", "listPlace", "bibl", "castList", "persName", "rs", "cit")


def check(source: Source) -> list[Finding]:
    """N001 for entries that nothing points to, N002 for two of one name, N003 for names that point to no entry."""
    entries = [e for e in tei.elements(source.root, *_ENTRIES) if e.get(tei.XML_ID)]
    if not entries:
        return []
    used = _used(source.root)
    persons = [e for e in entries if tei.local(e) == "person"]
    return [*_unused(entries, used), *_namesakes(persons), *_unlinked(source, persons, used)]


def _used(root: Element) -> set[str]:
    """Every identifier that something points to, and every key."""
    values = root.xpath("//@*[contains(., '#')] | //@key | //@ref")
    assert isinstance(values, list)
    return {token.rpartition("#")[2] for value in values for token in str(value).split()}


def _unused(entries: list[Element], used: set[str]) -> Iterator[Finding]:
    """One finding for each list, unless most of it is unused: then it is a register for other files as well."""
    lists: dict[Element | None, list[Element]] = defaultdict(list)
    for entry in entries:
        lists[entry.getparent()].append(entry)
    for members in lists.values():
        alone = [e for e in members if not any(i.get(tei.XML_ID) in used for i in tei.elements(e))]
        if alone and 2 * len(alone) <= len(members):
            names = some(f"#{e.get(tei.XML_ID)}" for e in alone)
            message = f"nothing points to {names}, of {len(members)} entries of this register"
            yield at(alone[0], "N001", message, "mark where the text names them, or take the entries out")


def _namesakes(persons: list[Element]) -> Iterator[Finding]:
    """Persons of one full name; dates that differ tell them apart for a reader, too."""
    for name, several in _by_name(persons).items():
        for a, b in pairwise(several):
            if " " in name and not (_dates(a) and _dates(b) and _dates(a) != _dates(b)):
                message = f'#{a.get(tei.XML_ID)} and #{b.get(tei.XML_ID)} have the same name, "{_full_names(b)[0]}"'
                yield at(b, "N002", message, "if they are one person, keep one entry; else tell them apart by dates")


def _by_name(persons: list[Element]) -> dict[str, list[Element]]:
    """Who bears each full name, small letters or capitals."""
    bearers: dict[str, list[Element]] = defaultdict(list)
    for person in persons:
        for name in dict.fromkeys(n.casefold() for n in _full_names(person)):
            bearers[name].append(person)
    return bearers


def _full_names(person: Element) -> list[str]:
    names = person.iterchildren(tei.tei("persName"), tei.tei("name"))
    return [line for n in names if (line := tei.line_of_text(n))]


def _dates(person: Element) -> list[str]:
    return [e.get("when") or tei.line_of_text(e) for e in tei.elements(person, "birth", "death", "floruit")]


def _unlinked(source: Source, persons: list[Element], used: set[str]) -> Iterator[Finding]:
    """Names in the text that somebody of the register bears, where the text does point to persons elsewhere."""
    if not any(p.get(tei.XML_ID) in used for p in persons):
        return
    bearers = _by_name(persons)
    places: dict[str, list[Element]] = defaultdict(list)
    for name in tei.elements(source.root, "persName"):
        if not any(a in name.attrib for a in _POINTING) and tei.ancestor(name, *_APART) is None:
            places[tei.line_of_text(name).casefold()].append(name)
    for key, found in places.items():
        if several := bearers.get(key):
            said = f'persName "{tei.line_of_text(found[0])}" points to nobody{often(len(found))}'
            who = " or ".join(f"#{p.get(tei.XML_ID)}" for p in several)
            yield at(found[0], "N003", said, f"the register has {who}: add a ref if that is who is meant")
