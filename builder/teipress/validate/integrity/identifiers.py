"""A tree → findings on its identifiers: those that stand twice, and those that are no XML names."""

from __future__ import annotations

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.tei import Element
from teipress.validate.integrity.places import at
from teipress.validate.relaxng.values import is_ncname


def check(source: Source) -> list[Finding]:
    """R004 for each xml:id that an element of the same file has before it, R006 for each that is no XML name.

    What stands in two files that an edition includes is for the edition's own rules to forbid.
    """
    findings: list[Finding] = []
    first: dict[tuple[str, str], Element] = {}
    for element in identified(source.root):
        identifier = element.get(tei.XML_ID, "")
        before = first.setdefault((identifier, tei.file_of(element)), element)
        if before is not element:
            findings.append(_twice(element, before, identifier))
        elif not is_ncname(identifier):
            findings.append(_no_name(element, identifier))
    return findings


def identified(root: Element) -> list[Element]:
    """Every element that has an xml:id, in document order."""
    return [e for e in tei.elements(root) if tei.XML_ID in e.attrib]


def _twice(element: Element, before: Element, identifier: str) -> Finding:
    hint = f"it is that of <{tei.local(before)}> in line {tei.line_of(before)}; give one of the two another one"
    return at(element, "R004", f'xml:id "{identifier}" is used twice', hint)


def _no_name(element: Element, identifier: str) -> Finding:
    kept = "".join(c if is_ncname(f"_{c}") else " " for c in identifier)
    mended = "-".join(kept.split()).strip("-")
    mended = mended if is_ncname(mended) else f"_{mended}"
    message = f'xml:id "{identifier}" is no XML name, so other programs refuse the file'
    return at(element, "R006", message, f'"{mended}" would be one: it begins with a letter and has no space or colon')
