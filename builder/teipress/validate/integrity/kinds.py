"""A tree → findings on names that point to an entry of the wrong register."""

from __future__ import annotations

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.tei import Element
from teipress.validate.integrity.identifiers import identified
from teipress.validate.integrity.places import at

_PERSONS = frozenset({"person", "personGrp", "listPerson"})
_PLACES = frozenset({"place", "listPlace"})
_OTHERS = frozenset({"category", "event", "object", "witness", "taxonomy", "pb"})
_PLACE_NAMES = ("placeName", "settlement", "region", "district", "country", "geogName", "bloc")
# what a name cannot mean; a body may well be a place or be called by a person's name
_WRONG = {
    "persName": _PLACES | _OTHERS,
    "orgName": _PERSONS | _OTHERS,
    **dict.fromkeys(_PLACE_NAMES, _PERSONS | _OTHERS),
}


def check(source: Source) -> list[Finding]:
    """R008 for each name whose @ref leads to an entry that is something else."""
    names = [e for e in tei.elements(source.root, *_WRONG) if "#" in e.get("ref", "")]
    if not names:
        return []
    entries = {e.get(tei.XML_ID, ""): e for e in identified(source.root)}
    return [found for name in names for found in _wrong(name, entries)]


def _wrong(name: Element, entries: dict[str, Element]) -> list[Finding]:
    kind = tei.local(name)
    findings = []
    for token in tei.pointers(name.get("ref")):
        entry = entries.get(token.removeprefix("#"))
        if entry is not None and tei.local(entry) in _WRONG[kind]:
            message = f'{kind}/@ref "{token}" points to a {tei.local(entry)}'
            findings.append(at(name, "R008", message, f'is "{tei.line_of_text(name)}" the right kind of name?'))
    return findings
