"""A tree → findings on its pointers: those that lead nowhere, and what they may have meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache, partial

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding, did_you_mean, finding

# attributes that hold pointers (TEI data.pointer); those that are free text in real files are left to the grammar
ATTRIBUTES = ("ref", "target", "corresp", "ana", "resp", "wit", "who", "next", "prev", "sameAs", "copyOf", "hand",
              "from", "to", "spanTo", "rendition", "facs", "new", "source", "key")  # fmt: skip
_QUOTED = re.compile(r'"[^"]*?#([^"\s]+)"')


def check_pointers(source: Source, reported: Collection[Finding] = ()) -> list[Finding]:
    """R002 for each pointer into the edition (``#id``) that leads nowhere.

    A pointer that a finding of `reported` names at its place gets no second one.
    """
    known = identifiers(source)
    told = {(f.file, f.line, m[1]) for f in reported if (m := _QUOTED.search(f.message))}
    meant = cache(partial(did_you_mean, known=known, wrap="#{}"))  # looking is slow, and a siglum is missed often
    findings: list[Finding] = []
    for element in tei.selected(source.root, "//*[@*[contains(., '#')]]"):
        for attribute in ATTRIBUTES:
            value = element.get(attribute)
            if value is None or "#" not in value:
                continue
            place = (tei.file_of(element), tei.line_of(element))
            for token in tei.pointers(value):
                if not _leads_nowhere(token, known) or (*place, token[1:]) in told:
                    continue
                message = f'{tei.local(element)}/@{attribute} "{token}" points to nothing'
                findings.append(finding("R002", message, *place, meant(token.partition("#")[2])))
    return findings


def with_suggestions(findings: Iterable[Finding], source: Source) -> list[Finding]:
    """The same findings; where a message quotes a pointer, with the identifier that it may have meant."""
    known = identifiers(source)
    return [_suggest(f, known) for f in findings]


def identifiers(source: Source) -> set[str]:
    """Every xml:id of a source."""
    return {i for e in tei.elements(source.root) if (i := e.get(tei.XML_ID))}


def _suggest(found: Finding, known: set[str]) -> Finding:
    match = _QUOTED.search(found.message)
    if found.hint or match is None or match[1] in known:
        return found
    return replace(found, hint=did_you_mean(match[1], known, "#{}"))


def _leads_nowhere(token: str, known: set[str]) -> bool:
    file, mark, name = token.partition("#")
    if not mark or not name or name.startswith(("xpath", "string-range", "range", "left(", "right(", "match")):
        return False
    return not file and name not in known
