"""A passage → the mentions of registered persons, places and bodies in it, each with all entries it may mean.

What is decided here needs no more than the words around a name; which of several persons is meant is decided in
`names`, when the whole document has been read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from teipress.encode.names.forms import FULL, GIVEN, SURNAME, Candidate, Index, identifiers
from teipress.encode.names.lexicon import BODIES, BODIES_OF, FOLLOWERS, NAMESAKES, ORDINARY
from teipress.encode.names.passages import Passage
from teipress.encode.names.titles import is_office, suffix_after, title_before
from teipress.encode.names.words import Word, is_cyrillic

INITIALS, OTHER = "initials", "other"  # a surname with initials; somebody of that surname who is in no register
_FOLLOWING = 3  # capitalised words after a place in which a body's name shows
_LONGEST_GIVEN = 4
_USUAL_LENGTH = 4  # letters; many shorter surnames are words, too


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at [start, end) of a passage's text, its title included, and the ids of those whom it may mean.

    `how` much of the name stands there: FULL, INITIALS, SURNAME, GIVEN (explained by the profile) or OTHER (somebody
    else has it). `key` is the folded surname; `bearers`, how many of the register have it. `weak`: an ordinary word
    where any word has a capital. `together`: all ids are meant at once.
    """

    passage: Passage
    start: int
    end: int
    kind: str
    how: str
    ids: tuple[str, ...]
    key: str = ""
    title: tuple[int, int] | None = None
    weak: bool = False
    together: bool = False
    bearers: int = 1


def mentions(passage: Passage, index: Index, ordinary: frozenset[str] = frozenset()) -> list[Mention]:
    """All mentions by words, in order, none inside another.

    `ordinary` are folded words that are names only with a forename or a title.
    """
    found: list[Mention] = []
    words, i, floor = passage.words, 0, 0
    while i < len(words):
        j, candidates = index.longest(words, i)
        if not candidates:
            i += 1
            continue
        mention = _Reading(passage, index, i, j, floor).mention(candidates)
        if mention is not None and not _is_word(mention, words[i:j], ordinary):
            found.append(mention)
            floor = next((k for k in range(j, len(words)) if words[k].start >= mention.end), len(words))
        i = max(j, floor)
    return found


def _is_word(mention: Mention, words: Sequence[Word], ordinary: frozenset[str]) -> bool:
    """Whether an ordinary word of the profile stands alone, with no forename or title that makes a name of it."""
    alone = mention.kind != "person" or (mention.how in (FULL, SURNAME) and mention.title is None)
    begins = words[0].start == mention.start and words[-1].end == mention.end
    return alone and begins and " ".join(w.key for w in words) in ordinary


@dataclass(slots=True)
class _Reading:
    """One form found at words [i, j); nothing before word `floor` belongs to it."""

    passage: Passage
    index: Index
    i: int
    j: int
    floor: int

    @property
    def _words(self) -> Sequence[Word]:
        return self.passage.words

    def mention(self, candidates: Sequence[Candidate]) -> Mention | None:
        """The best reading: the profile's, else a whole name, a body, a place, a surname; None if it is no name."""
        by = {how: [c for c in candidates if c.how == how] for how in (GIVEN, FULL, SURNAME)}
        dotted = any(c.dotted for c in candidates)
        if by[GIVEN]:
            return self._given(by[GIVEN][0], dotted, bool(by[SURNAME]))
        for kind in ("person", "org", "place"):
            ids = identifiers(c for c in by[FULL] if c.kind == kind)
            if ids and (kind == "person" or not by[SURNAME] or not self._titled()):
                return self._person(FULL, ids) if kind == "person" else self._thing(kind, ids, dotted)
        return self._surname(identifiers(by[SURNAME]))

    def _given(self, given: Candidate, dotted: bool, is_surname: bool) -> Mention | None:
        """What the profile explains: a surname is still another's if the words around it say so."""
        together = len(given.ids) > 1
        if together or not is_surname:
            return self._made(given.kind, GIVEN, given.ids, dotted=dotted, together=together)
        mention = self._surname(given.ids)
        return replace(mention, how=GIVEN) if mention is not None and mention.how == SURNAME else mention

    def _titled(self) -> bool:
        return title_before(self._words, self.i, self.floor) < self.i

    def _made(
        self,
        kind: str,
        how: str,
        ids: tuple[str, ...],
        dotted: bool = False,
        weak: bool = False,
        together: bool = False,
    ) -> Mention:
        words = self._words
        start = title_before(words, self.i, self.floor) if kind == "person" and not together else self.i
        suffix = suffix_after(words, self.j) if kind == "person" else self.j
        title = (words[start].start, words[self.i - 1].end) if start < self.i else None
        if title is not None and self.passage.text[title[1]] == ".":
            title = title[0], title[1] + 1
        if suffix > self.j:
            title = words[self.j].start, words[self.j].end
            start = self.i
        end = words[suffix - 1].end
        dotted |= self.j - self.i > 1 and words[self.j - 1].initial  # "Andropov, Y. V."
        end += dotted and self.passage.text[end : end + 1] == "."
        return Mention(self.passage, words[start].start, end, kind, how, ids, "", title, weak, together)

    # places and bodies

    def _thing(self, kind: str, ids: tuple[str, ...], dotted: bool) -> Mention | None:
        acronym = self.j - self.i == 1 and self._words[self.i].text.isupper()
        if self._in_symbol() or (kind == "place" and self._in_body()):
            return None
        if kind == "org" and acronym and self._followed_by(BODIES, 2):
            return None
        return self._made(kind, FULL, ids, dotted)

    def _in_symbol(self) -> bool:
        """Whether it is a piece of an office's symbol: "DDO/CHINA/3"."""
        words = self._words
        neighbours = [words[self.i - 1]] if self.i and words[self.i].gap == "/" else []
        neighbours += [words[self.j]] if self.j < len(words) and words[self.j].gap == "/" else []
        return any(w.text.isupper() for w in neighbours)

    def _in_body(self) -> bool:
        """Whether a place stands in a body's name ("Moscow State University", "Bank of Japan") or a person's."""
        words, i = self._words, self.i
        if self._followed_by(BODIES, _FOLLOWING):
            return True
        before = [w.key for w in words[max(0, i - 3) : i]]
        if before[-1:] == ["the"]:
            before.pop()
        if before[-1:] == ["of"] and before[-2:-1] and before[-2] in BODIES_OF:
            return words[i - 1 - (words[i - 1].key == "the") - 1].capital
        return i > self.floor and self.passage.adjoins(i) and self.passage.is_forename(words[i - 1])

    def _followed_by(self, bodies: frozenset[str], most: int) -> bool:
        k = self.j
        while k < min(len(self._words), self.j + most) and self.passage.adjoins(k) and self._words[k].capital:
            if self._words[k].key in bodies:
                return True
            k += 1
        return False

    # persons

    def _person(self, how: str, ids: tuple[str, ...], weak: bool = False) -> Mention | None:
        if self._followed_by(NAMESAKES, 2):
            return None
        return self._made("person", how, ids, weak=weak)

    def _surname(self, ids: tuple[str, ...]) -> Mention | None:
        words, surname = self._words, self.i
        key = " ".join(w.key for w in words[self.i : self.j])
        given = self._given_before(ids) or self._given_after(ids)
        if given:
            fitting = tuple(i for i in ids if self.index.compatible(given, i) or i not in self.index.forenames)
            how = (INITIALS if any(g.initial for g in given) else FULL) if fitting else OTHER
            mention = self._person(how, fitting)
        elif self._titled():
            mention = self._person(SURNAME, ids)
        elif self._of_another(ids):
            mention = self._person(OTHER, ())
        else:
            mention = self._person(SURNAME, ids, self._weak(surname))
        return None if mention is None else replace(mention, key=key, bearers=len(ids))

    def _given_before(self, ids: tuple[str, ...]) -> list[Word]:
        """Forenames and initials before the surname, which become part of the name."""
        words, k = self._words, self.i
        while k > self.floor and self.i - k < _LONGEST_GIVEN and self._is_given(k, ids):
            k -= 1
        given = list(words[k : self.i])
        self.i = k
        return given

    def _is_given(self, k: int, ids: tuple[str, ...]) -> bool:
        """Whether the word before word k is an initial, a forename of one of those, or any before an initial."""
        before, gap = self._words[k - 1], self._words[k].gap
        if gap == "." and before.initial:
            return True
        if gap != " " or not before.capital:
            return False
        if self.index.is_forename(before.text, ids):
            return True
        initials = k < self.i and self._words[k].initial
        return initials and (self.passage.is_forename(before) or self._is_unknown_name(k - 1))

    def _given_after(self, ids: tuple[str, ...]) -> list[Word]:
        """Initials after the surname ("Andropov, Y. V."), unless they belong to the name that follows them."""
        words, k = self._words, self.j
        first = words[k].gap if k < len(words) else ""
        family_first = is_cyrillic(words[self.i].text) or any(i in self.index.family_first for i in ids)
        if first != "," and not (first == " " and family_first):
            return []
        while k < len(words) and k - self.j < 3 and words[k].initial and (k == self.j or words[k].gap == "."):
            k += 1
        given = list(words[self.j : k])
        stop = self.passage.text[words[k - 1].end : words[k - 1].end + 1] == "."
        follows = k < len(words) and words[k].gap == "." and words[k].capital and first == ","
        if not given or not stop or follows or not any(self.index.compatible(given, i) for i in ids):
            return []
        self.j = k
        return given

    def _of_another(self, ids: tuple[str, ...]) -> bool:
        """Whether the words around a surname make it the name of somebody else; they are then taken along."""
        words, passage = self._words, self.passage
        if self.i > self.floor and passage.adjoins(self.i):
            before = words[self.i - 1]
            if self.passage.is_forename(before) or (not passage.in_title(self.i) and self._is_unknown_name(self.i - 1)):
                self.i -= 1
                return True
        first = words[self.i]
        name_like = self.passage.is_forename(first) or first.key in ORDINARY or is_office(first)
        begins = name_like or any(i in self.index.family_first for i in ids)
        if not begins or passage.in_title(self.i) or not passage.adjoins(self.j):
            return False
        if not self._is_unknown_name(self.j) or words[self.j].key in FOLLOWERS:
            return False
        self.j += 1
        return True

    def _is_unknown_name(self, k: int) -> bool:
        """Whether word k can only be a name: a capital inside a sentence, and no word of the language."""
        word = self._words[k]
        if (
            self.passage.has_capital_nouns
            or not word.capital
            or len(word.text) == 1
            or word.text.isupper()
            or is_office(word)
        ):
            return False
        return not (self.passage.opens(k) or self.passage.is_ordinary(k) or word.key in BODIES)

    def _weak(self, i: int) -> bool:
        word = self._words[self.j - 1]
        ordinary = word.key in ORDINARY or word.key in self.passage.common or len(word.text) < _USUAL_LENGTH
        return (ordinary or self.passage.is_forename(word)) and (self.passage.opens(i) or self.passage.in_title(i))
