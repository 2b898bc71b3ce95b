"""A flow → its words with what surrounds them: does one begin a sentence, is a line a heading, is a word ordinary."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from teipress.encode.names.lexicon import ABBREVIATED, FORENAMES, GERMAN, SMALL_IN_TITLES, STOP
from teipress.encode.names.words import NONE, Word, fold, words
from teipress.encode.nodes import Flow

_FORENAMES = {fold(w) for w in FORENAMES}
_ENDS_SENTENCE = frozenset(".!?:;•“”\"'«„(")


@dataclass(slots=True)
class Passage:
    """The words of one flow. `common` are the folded words that the transcription has in small letters anywhere.

    `forenames` are folded, too: the usual ones and those of the register.
    """

    flow: Flow
    words: list[Word]
    common: frozenset[str]
    forenames: frozenset[str]
    _titles: list[tuple[int, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The flow's text."""
        return self.flow.text

    @property
    def has_capital_nouns(self) -> bool:
        """Whether nouns have capitals here, as in German, so that a capital makes no name."""
        return self.common >= GERMAN

    def opens(self, i: int) -> bool:
        """Whether word i stands where any word has a capital: it begins a sentence, a quotation or a line."""
        if i == 0:
            return True
        before, word = self.words[i - 1], self.words[i]
        if word.gap == ".":
            return not (before.initial or before.key in ABBREVIATED)
        between = self.text[before.end : word.start]
        if "\n" in between and self.flow.node.lineated:
            return True
        return word.gap == NONE and any(c in _ENDS_SENTENCE for c in between)

    def in_title(self, i: int) -> bool:
        """Whether the line of word i is in capitals or in title case, so that its capitals say little."""
        if not self._titles:
            self._titles = [(start, _is_title(line)) for start, line in _lines(self.text)]
        return self._titles[bisect.bisect(self._titles, (self.words[i].start, True)) - 1][1]

    def is_ordinary(self, i: int) -> bool:
        """Whether word i is no name: a word of the language, or of this transcription in small letters."""
        key = self.words[i].key
        return key in STOP or key in self.common

    def is_forename(self, word: Word) -> bool:
        """Whether a word is a forename that is usual or in the register."""
        return word.capital and word.key in self.forenames

    def adjoins(self, i: int) -> bool:
        """Whether word i follows the word before it after nothing but white space on the same line or sentence."""
        if not 0 < i < len(self.words) or self.words[i].gap != " ":
            return False
        return not self.flow.node.lineated or "\n" not in self.text[self.words[i - 1].end : self.words[i].start]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _is_title(line: str) -> bool:
    """Whether a line is in capitals, or all its words but particles have one."""
    telling = [w for w in words(line) if w.key not in SMALL_IN_TITLES]
    return line.isupper() or (len(telling) > 1 and all(w.capital for w in telling))


def passages(flows: Sequence[Flow], forenames: Iterable[str] = ()) -> list[Passage]:
    """The words of all flows of one transcription; `forenames` are those of the register."""
    read = [(flow, words(flow.text)) for flow in flows]
    common = frozenset(_small(w for _, found in read for w in found))
    usual = _FORENAMES | ({fold(n) for n in forenames if len(n) > 1} - common - STOP)
    return [Passage(flow, found, common, frozenset(usual)) for flow, found in read]


def _small(found: Iterable[Word]) -> Iterator[str]:
    return (w.key for w in found if w.text[0].islower() and len(w.text) > 1)
