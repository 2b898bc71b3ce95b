"""The passages of a document and the mentions in them → names of persons who are in no register.

A name is believed where something says that it is one: a title, initials, a usual forename, or its place in a list
of distribution, after "by" or under a letter. Capitals alone say nothing.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from teipress.encode.names.forms import FULL
from teipress.encode.names.lexicon import (
    ACRONYMS,
    BODIES,
    HONORIFICS,
    IDEOGRAPHIC_COURTESIES,
    NAMESAKES,
    ORDINARY,
    PARTICLES,
    WEAK,
)
from teipress.encode.names.mentions import OTHER, Mention
from teipress.encode.names.passages import Passage
from teipress.encode.names.titles import is_office, title_at
from teipress.encode.names.words import Word, fold, is_cyrillic

_ORDINARY = {fold(w) for w in ORDINARY}
_COURTESIES = {*HONORIFICS, "the", "right"}
_MOST_WORDS = 5
_LISTED = re.compile(r"(?m)^[ \t]*\d{1,4}[ \t]+[-–—][ \t]+(?=[^\W\d_])")
_ADDRESSED = re.compile(
    r"(?im)^[ \t]*(?:by[ \t]+|/s/[ \t]*|(?:from|to|attn|attention|cc|signed|signature|drafted by|prepared by|"
    r"approved by|author|от|кому)[ \t]*:[ \t]*)(?=[^\W\d_])"
)
_COURTESY = re.compile("(?<![\u3400-\u9fff])([\u3400-\u9fff]{2,5})(?:" + "|".join(IDEOGRAPHIC_COURTESIES) + ")")
_OFFICE_AFTER = re.compile(r",[ \t]*([^\n;]{2,80}(?:\n(?![ \t]*\d+[ \t]+[-–—])[^\n;]{2,80})?)")


@dataclass(frozen=True, slots=True)
class Stranger:
    """A mention of somebody in no register, with the parts of the name; `occupation` as the document gives it."""

    mention: Mention
    surname: str
    forename: str = ""
    occupation: str = ""
    family_first: bool = False

    @property
    def name(self) -> str:
        """The name in its own order."""
        parts = (self.surname, self.forename) if self.family_first else (self.forename, self.surname)
        return " ".join(filter(None, parts))


def strangers(
    passages: Sequence[Passage], known: Sequence[Sequence[Mention]], ordinary: frozenset[str]
) -> list[Stranger]:
    """The names of unregistered persons in all passages of a document, none of them over a registered one's mention.

    A surname alone is believed if the document has it with a forename. `known` are the mentions in each passage.
    """
    readings = [_Reading(p, m, ordinary) for p, m in zip(passages, known, strict=True)]
    named = [s for reading in readings for s in reading.all(frozenset())]
    surnames = frozenset(fold(s.surname) for s in named if s.forename and fold(s.surname) not in _ORDINARY)
    return [s for reading in readings for s in reading.all(surnames)] if surnames else named


@dataclass
class _Reading:
    passage: Passage
    known: Sequence[Mention]
    ordinary: frozenset[str]

    def __post_init__(self) -> None:
        text = self.passage.text
        self.words = self.passage.words
        self.used = {c for m in self.known for c in range(m.start, m.end)}
        self.listed = {m.end() for m in _LISTED.finditer(text)}
        self.expected = self.listed | {m.end() for m in _ADDRESSED.finditer(text)}
        if self.passage.flow.node.name in ("signed", "byline", "docAuthor"):
            self.expected.add(len(text) - len(text.lstrip()))

    def all(self, surnames: frozenset[str]) -> Iterator[Stranger]:
        """Every stranger; `surnames` are folded ones that are known to be such."""
        self.surnames = surnames
        yield from (self._other(m) for m in self.known if m.how == OTHER)
        i = 0
        while i < len(self.words):
            stranger, after = self._at(i) if self.words[i].capital else (None, i + 1)
            if stranger is not None:
                yield stranger
            i = after
        if any(c in self.passage.text for c in IDEOGRAPHIC_COURTESIES):
            yield from self._courtesies()

    def _other(self, mention: Mention) -> Stranger:
        begin = mention.title[1] if mention.title else mention.start
        first, after = (bisect.bisect_left(self.words, at, key=lambda w: w.start) for at in (begin, mention.end))
        own = self.words[first:after]
        stranger = self._made(own, mention, mention.start in self.listed)
        if len(own) > 1 and own[0].key == mention.key:  # the family name comes first
            rest = self.passage.text[own[0].end : mention.end]
            return replace(stranger, surname=own[0].text, forename=_one_line(rest), family_first=True)
        return stranger

    def _courtesies(self) -> Iterator[Stranger]:
        for match in _COURTESY.finditer(self.passage.text):
            if match.start() not in self.used:
                title = match.end(1), match.end()
                yield Stranger(
                    Mention(self.passage, match.start(), match.end(), "person", FULL, (), match[1], title), match[1]
                )

    def _at(self, i: int) -> tuple[Stranger | None, int]:
        """The stranger whose name or title begins with word i, and the word to go on with."""
        if self.words[i].start in self.used:
            return None, i + 1
        after_title = title_at(self.words, i)
        begin = after_title if after_title > i else i
        end = self._run(begin, titled=after_title > i)
        name = self.words[begin:end]
        if not name or not self._is_person(i, begin, end):
            return None, max(i + 1, begin if not name else i + 1)
        title = (self.words[i].start, self.words[begin].start) if begin > i else None
        if title is not None:
            title = title[0], title[0] + len(self.passage.text[slice(*title)].rstrip())
        mention = Mention(self.passage, self.words[i].start, name[-1].end, "person", FULL, (), name[-1].key, title)
        return self._made(name, mention, self.words[i].start in self.listed), end

    def _made(self, name: Sequence[Word], mention: Mention, listed: bool = False) -> Stranger:
        text = self.passage.text
        last = len(name) - 1
        while last > 0 and name[last - 1].key in PARTICLES and not name[last - 1].capital:
            last -= 1
        surname = text[name[last].start : name[-1].end]
        forename = text[name[0].start : name[last].start].strip() if last else ""
        occupation = _OFFICE_AFTER.match(text, mention.end) if listed else None
        office = occupation[1] if occupation else self._office(mention)
        return Stranger(mention, _one_line(surname), _one_line(forename), _one_line(office))

    def _office(self, mention: Mention) -> str:
        """The title, if it is more than a courtesy."""
        start, end = mention.title or (0, 0)
        title = self.passage.text[start:end]
        return title if any(fold(word) not in _COURTESIES for word in title.split()) else ""

    def _run(self, i: int, titled: bool) -> int:
        """The word after the longest run from word i that may be a name: initials, capitals, particles."""
        j = i
        while j < min(len(self.words), i + _MOST_WORDS) and self._continues(i, j, titled):
            j += 1
        while j > i and (self.words[j - 1].initial or not self.words[j - 1].capital):
            j -= 1
        return j

    def _continues(self, i: int, j: int, titled: bool) -> bool:
        word = self.words[j]
        if word.start in self.used:
            return False
        if j > i:
            before = self.words[j - 1]
            joined = word.gap == "-" or self.passage.adjoins(j) or (word.gap == "." and before.initial)
            if not joined:
                return False
        elif titled and word.gap not in (" ", "."):
            return False
        particle = j > i and word.key in PARTICLES
        return particle or self._is_initial(j) or self._is_namely(j)

    def _is_initial(self, j: int) -> bool:
        word = self.words[j]
        return word.initial and self.passage.text[word.end : word.end + 1] == "."

    def _is_namely(self, j: int) -> bool:
        """Whether word j may be a part of a name: capital, and no ordinary word, office or part of a body's name."""
        word = self.words[j]
        if not word.capital or len(word.text) < 2 or word.key in self.ordinary:
            return False
        if word.text.isupper() and not self.passage.in_title(j):
            return False
        if word.key in BODIES or word.key in NAMESAKES or is_office(word):
            return False
        return not self.passage.is_ordinary(j)

    def _is_person(self, first: int, begin: int, end: int) -> bool:
        """Whether something says that words [begin, end), with the title from `first` on, are a person's name."""
        name, words = self.words[begin:end], self.words
        if self.passage.adjoins(end) and words[end].capital and self._takes_along(words[end]):
            return False
        whole = [w for w in name if not w.initial and w.capital]
        initials = [w for w in name if w.initial]
        if words[first].start in self.expected:
            return len(name) > 1 and bool(whole) and self._stands_by_itself(begin, end)
        strong = first < begin and any(is_office(w) and w.key not in WEAK for w in words[first:begin])
        if first < begin and not self.passage.in_title(begin):
            return strong or len(name) > 1
        if initials:
            return self._is_by_initials(begin, name, whole)
        if len(name) == 1:
            return name[0].key in self.surnames and not self.passage.in_title(begin)
        return self.passage.is_forename(name[0])

    def _is_by_initials(self, begin: int, name: Sequence[Word], whole: Sequence[Word]) -> bool:
        """Whether initials make a name: not the letter of a list, nor U.S., nor the end of a sentence."""
        letters = [w for w in name if w.initial]
        text = self.passage.text[letters[0].start : letters[-1].end]
        if text.replace(".", "").casefold() in ACRONYMS or text.count(".") > 1:
            return False
        if not name[0].initial:
            usual = self.passage.is_forename(name[0]) or not (self.passage.in_title(begin) or self.passage.opens(begin))
            return len(whole) > 1 and usual
        if len(whole) > 2:
            return False
        before = self.words[begin - 1] if begin else None
        if before is not None and name[0].gap == "." and before.initial:
            return False
        begins_line = self.passage.text[name[0].start - 1 : name[0].start] == "\n"
        numbering = len(letters) == 1 and (self.passage.opens(begin) or begins_line or name[0].text in "IVX")
        spaced = len(text.split()) > 1 or is_cyrillic(text)
        return not numbering and (spaced or not self.passage.in_title(begin))

    def _takes_along(self, word: Word) -> bool:
        """Whether a word makes what stands before it a piece of another name."""
        return word.key in BODIES or word.key in NAMESAKES or word.start in self.used

    def _stands_by_itself(self, begin: int, end: int) -> bool:
        """Whether only an office, or the end of the line, follows; without an office in a list it must look usual."""
        rest = self.passage.text[self.words[end - 1].end :].lstrip(" \t")
        if rest.startswith(","):
            return True
        usual = self.passage.is_forename(self.words[begin]) or any(w.initial for w in self.words[begin:end])
        return (usual or self.words[begin].start not in self.listed) and (not rest or rest[0] in "\n;(")


def _one_line(text: str) -> str:
    return " ".join(text.split())
