"""A tree → findings on what no grammar can say: that the parts of a document agree with each other.

One module for each subject, each with a function ``check`` from a source to findings. They are for everybody's TEI:
what is only suspicious is a note, what repeats is told once with how often, and in doubt nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from teipress.edition import Source
from teipress.findings import Finding, softened
from teipress.validate.integrity import (
    characters,
    facsimiles,
    files,
    header,
    identifiers,
    kinds,
    languages,
    names,
    pages,
    prose,
    redactions,
    witnesses,
)

_POINTER = re.compile(r'"[^"]*#[^"]*"')
_CHECKS = (
    *(identifiers, files, kinds, pages, facsimiles, redactions),
    *(names, witnesses, header, languages, characters, prose),
)
# what stricter rules of our own, a grammar or another check tell under another code
_STRICT = {
    **dict.fromkeys(("P005", "P006", "P007"), ("P001",)),
    **dict.fromkeys(("R006", "W002", "W003", "T002"), ("G005", "G006", "G007")),
    "U005": ("X007",),
}


def check_integrity(source: Source, reported: Collection[Finding] = ()) -> list[Finding]:
    """The findings of every check, but for faults that `reported` tells at the same place already.

    None is an error: an edition that wants to stop at one has rules of its own, and they report first.
    """
    told = {(f.file, f.line, said) for f in reported for said in (f.code, *_POINTER.findall(f.message))}
    found = softened(f for subject in _CHECKS for f in subject.check(source))
    return [f for f in found if not any((f.file, f.line, said) in told for said in _same(f))]


def _same(found: Finding) -> tuple[str, ...]:
    """What a finding about the same fault has: its code or that of a stricter rule, or the pointer that it quotes."""
    return *_STRICT.get(found.code, (found.code,)), *_POINTER.findall(found.message)
