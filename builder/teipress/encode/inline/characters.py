"""The text of a block → words that the end of a line cuts. Nothing is changed: the hyphen stays where it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from teipress.encode.nodes import Flow, Span

_RULE = "hyphens"

_CUT = re.compile(r"(?<![\w’'-])([^\W_]+(?:[-’'][^\W_]+)*)[-‐¬\u00ad][ \t]*\n[ \t]*([^\W\d_]+)")
_WORD = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
_SUSPENDED = frozenset("and or to und oder bis et ou à y o и или".split())  # "short- and long-range": no word is cut


def words(text: str) -> frozenset[str]:
    """The words of a transcription in small letters; of those with hyphens the whole and its parts."""
    return frozenset(w for m in _WORD.finditer(text.lower()) for w in (m[0], *re.split("[-‐]", m[0])))


def hyphens(flow: Flow, known: Collection[str]) -> Iterator[Span]:
    """An empty `lb` with ``break="no"`` where a line begins with the rest of a word, and `pc` around its hyphen.

    `known` are the `words` of the transcription: it is sure if the word, with its hyphen or without, is one of them.
    A hyphen that the word has elsewhere is its own; any other is weak, being there for the end of the line.
    """
    for found in _CUT.finditer(flow.text):
        start, rest = found[1].lower(), found[2]
        if rest[0].islower() and rest not in _SUSPENDED:
            compound = f"{start}-{rest.lower()}" in known
            cert = "high" if compound or start + rest.lower() in known else "medium"
            place, hyphen = flow.offsets[found.start(2)], flow.offsets[found.end(1)]
            yield Span(place, place, "lb", (("break", "no"), ("rend", "joined")), by=_RULE, cert=cert)
            if not compound:
                yield Span(hyphen, hyphen + 1, "pc", (("force", "weak"),), by=_RULE, cert=cert)
