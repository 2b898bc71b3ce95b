"""The text of a block → enumerations inside a sentence, and words of other languages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from teipress.encode.nodes import Flow, Span
from teipress.encode.structure.labels import letter, roman

_LISTS = "inline-lists"
_FOREIGN = "foreign"
_DEEPEST = 4  # lists in items of lists in one sentence

_LABEL = re.compile(
    r"(?<![^\s“\"—–(\[\u3000-\u30ff\u3400-\u9fff])([(（]?)([ivxlc]{1,6}|[A-Za-z]|[IVX]{1,5}|[а-яё]|\d{1,2})[)）](?=\s|[^\W\d_])"
)
_BEFORE_BARE = re.compile(r"(?:^|[:;,.—–]|\b(?:and|or|und|oder|et|ou|и|или))\s*$")
# a full stop ends no sentence after these, nor after a single capital
_ABBREVIATION = re.compile(
    r"(?:^|[^\w])(?:[A-ZА-ЯЁ]|Mrs?|Ms|Dr|Prof|Gen|Col|Capt|Lt|Adm|Sen|Rep|Gov|St|No|Nr|vs|cf|e\.g|i\.e|etc|ca|approx"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|z\.\s?B|d\.\s?h|Bd|vgl|г|т|стр|т\.\s?е|им)$"
)
_STOP = re.compile(
    r"(?<![.!?])[.!?]+[”’\"')\]»]*(?=(?:\d{1,3}|\[\d{1,3}\]|[¹²³⁰-⁹]+|[*†‡])?(?:\s+[“‘\"'\[«—–]*[(A-ZÀ-ÞА-ЯЁ\d]|\s*$))|。[」』）]*"
)
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label in the text: its characters, and the number it has as a label of a kind."""

    start: int
    end: int
    value: int


@dataclass(frozen=True, slots=True)
class _Series:
    """Labels in sequence, and where the last item ends."""

    marks: tuple[_Mark, ...]
    end: int
    cert: str

    def items(self) -> Iterator[tuple[int, int]]:
        """From the end of each label to the start of the next."""
        ends = [m.start for m in self.marks[1:]] + [self.end]
        yield from zip((m.end for m in self.marks), ends, strict=True)


def inline_lists(flow: Flow) -> Iterator[Span]:
    """Enumerations of two or more items: `list` with `label` and `item` in it, which leave out nothing but space.

    The last item ends with its sentence; with the text, if the items before it are of several sentences. One list may
    stand in an item of another, down to a depth that somebody may have meant.
    """
    around: list[_Series] = []
    for found in sorted(_all_series(flow.text), key=lambda s: s.marks[0].start):
        while around and around[-1].end <= found.marks[0].start:
            around.pop()
        series = _within(flow.text, found, around[-1]) if around else found
        if series and len(around) < _DEEPEST:
            around.append(series)
            yield from _spans(flow, series)


def _all_series(text: str) -> Iterator[_Series]:
    """Every sequence of labels of one kind that begins with the first and skips none."""
    kinds: dict[str, list[_Mark]] = {}
    for found in _LABEL.finditer(text):
        if not found[1] and not _BEFORE_BARE.search(text, max(0, found.start() - 6), found.start()):
            continue
        for kind, value in _readings(found[2]):
            kinds.setdefault(kind + found[1], []).append(_Mark(found.start(), found.end(), value))
    stops = [*_stops(text), len(text.rstrip())]
    for marks in kinds.values():
        for chain in _chains(marks):
            series = _ended(chain, stops)
            if all(_has_words(text[a : min(b, a + 80)]) for a, b in series.items()):
                yield series


def _readings(token: str) -> Iterator[tuple[str, int]]:
    """What kinds of label a token can be, with its number in each."""
    if token.isdecimal():
        yield "number", int(token)
        return
    case = "capital" if token.isupper() else "small"
    if roman(token):
        yield f"{case} roman", roman(token)
    if letter(token):
        yield f"{case} letter", letter(token)


def _chains(marks: list[_Mark]) -> Iterator[tuple[_Mark, ...]]:
    """Runs 1, 2, 3 … of at least two."""
    chain: list[_Mark] = []
    for m in [*marks, _Mark(0, 0, 1)]:
        if chain and m.value == len(chain) + 1:
            chain.append(m)
        elif m.value == 1:
            if len(chain) > 1:
                yield tuple(chain)
            chain = [m]


def _ended(chain: tuple[_Mark, ...], stops: list[int]) -> _Series:
    """A chain with the end of its last item, one of the `stops`, and how sure that is."""
    sentences = max(bisect_right(stops, b.start) - bisect_right(stops, a.end) for a, b in pairwise(chain))
    if sentences > 1:
        return _Series(chain, stops[-1], "low")
    end = stops[min(bisect_right(stops, chain[-1].end), len(stops) - 1)]
    return _Series(chain, end, "medium" if sentences else "high")


def _stops(text: str) -> Iterator[int]:
    """Where sentences end."""
    for found in _STOP.finditer(text):
        if found[0][0] != "." or not _ABBREVIATION.search(text, max(0, found.start() - 8), found.start()):
            yield found.end()


def _has_words(item: str) -> bool:
    """Whether an item says something: "(a) and (b)" only cites labels."""
    return len(item.split()) > 1 or len(item.strip()) > 12 or bool(_SPACELESS.search(item))


def _within(text: str, series: _Series, other: _Series) -> _Series | None:
    """A list inside an item of another, which it does not outlast; None if it is inside none."""
    for start, end in other.items():
        if start <= series.marks[0].start and series.marks[-1].end < end:
            return replace(series, end=min(series.end, start + len(text[start:end].rstrip())))
    return None


def _spans(flow: Flow, series: _Series) -> Iterator[Span]:
    """The list, its labels and its items."""
    kind = (("type", "inline"), ("rend", "inline"))
    yield Span(*flow.range(series.marks[0].start, series.end), "list", kind, by=_LISTS, cert=series.cert)
    for m, (start, end) in zip(series.marks, series.items(), strict=True):
        item = flow.text[start:end]
        first = start + len(item) - len(item.lstrip())
        yield Span(*flow.range(m.start, m.end), "label")
        yield Span(*flow.range(first, first + len(item.strip())), "item")


def foreign(flow: Flow, words: Mapping[str, str]) -> Iterator[Span]:
    """The words and phrases that a profile lists with their language tags, whole and in any case."""
    tags = {_folded(word): tag for word, tag in words.items() if word.strip()}
    if not tags:
        return
    for found in _any_of(tuple(tags)).finditer(flow.text):
        if tag := tags.get(_folded(found[0])):
            yield Span(*flow.range(*found.span()), "foreign", (("xml:lang", tag),), by=_FOREIGN, cert="high")


def _folded(word: str) -> str:
    return " ".join(word.replace("’", "'").casefold().split())


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some words, the longest first; letters that are written without spaces have no ends of words."""
    patterns = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        pattern = r"\s+".join(re.escape(part).replace("'", "['’]") for part in word.split())
        before = "" if _SPACELESS.match(word[0]) else r"(?<!\w)"
        after = "" if _SPACELESS.match(word[-1]) else r"(?!\w)"
        patterns.append(before + pattern + after)
    return re.compile("|".join(patterns), re.IGNORECASE)
