"""A register and the names of a profile → one index of all forms in which its entries may be named.

Names in scripts with spaces stand in one trie of words, so that a text is read once, however many names there are;
names in the others in one alternation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from teipress.encode.names.register import Entry, Form, Register
from teipress.encode.names.words import Word, fold, inflected, is_cyrillic, is_ideographic, romanised, words

FULL, SURNAME, GIVEN = "full", "surname", "given"  # a whole name; a surname alone; a name that the profile explains
_FAMILY_FIRST = ("ja", "zh", "ko", "vi", "hu")
_RUSSIAN = ("ru", "uk", "be", "bg")
_PATRONYMIC = re.compile(r"(?:вич|вна|ична|vich|vna)$")
_ENDS = ""  # the key of what ends at a node of the trie
_GAP_READINGS = {"-": "- ", ",": ", "}  # a hyphen or a comma of the register may be a space in a text
_ACRONYM = re.compile(r"[A-ZА-Я]{2,6}|(?:[A-ZА-Я]\.){2,6}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a form may stand for: an entry (of several together, `ids`), and how much of its name the form is."""

    ids: tuple[str, ...]
    kind: str
    how: str
    pattern: tuple[str, ...] = ()
    dotted: bool = False
    inverted: bool = False  # "Brown, John"

    def fits(self, text: Sequence[Word], i: int, j: int) -> bool:
        """Whether words [i, j) have the capitals that the form has; of bodies and places also all of an acronym's."""
        found = text[i:j]
        if self.inverted and j < len(text) and text[j].gap == " " and text[j].capital:
            return False  # "Brown, John Miller and others"
        for own, word in zip(self.pattern, found, strict=True):
            if own[0].isupper() and not word.capital:
                return False
            if self.kind != "person" and len(own) > 1 and own.isupper() and not word.text.isupper():
                return False
        return True


@dataclass(slots=True)
class Index:
    """All forms, and of each person the forenames in every form and whether the family name comes first."""

    trie: dict[str, Any] = field(default_factory=dict)
    ideographs: dict[str, list[Candidate]] = field(default_factory=dict)
    cases: dict[str, set[str]] = field(default_factory=dict)
    forenames: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    family_first: set[str] = field(default_factory=set)
    romanised: set[str] = field(default_factory=set)
    ideographic: re.Pattern[str] | None = None

    def keys(self, word: str) -> list[str]:
        """Under which keys a word of a text may stand in the trie."""
        if is_cyrillic(word):
            return ["^" + c for c in self.cases.get(fold(word), ())]
        return [fold(word), "~" + romanised(word)]

    def longest(self, text: Sequence[Word], i: int) -> tuple[int, list[Candidate]]:
        """The longest form that begins with word i: the word after it, and what it may stand for; i if none."""
        nodes = [n for key in self.keys(text[i].text) if (n := self.trie.get(key))]
        best: tuple[int, list[Candidate]] = (i, [])
        j = i
        while nodes:
            j += 1
            ending = [c for n in nodes for c in n.get(_ENDS, ()) if c.fits(text, i, j)]
            if ending:
                best = j, list(dict.fromkeys(ending))
            if j == len(text):
                break
            steps = [text[j].gap + key for key in self.keys(text[j].text)]
            nodes = [found for n in nodes for step in steps if (found := n.get(step))]
        return best

    def is_forename(self, word: str, identifiers: Iterable[str]) -> bool:
        """Whether a word is a forename of one of these persons."""
        return any(self.same(word, name) for i in identifiers for given in self.forenames.get(i, ()) for name in given)

    def same(self, word: str, name: str) -> bool:
        """Whether a word of a text is a form of a name in the register."""
        return any(key in self.keys(word) for key in (fold(name), "~" + romanised(name), "^" + fold(name)))

    def compatible(self, given: Sequence[Word], identifier: str) -> bool:
        """Whether forenames and initials may be those of a person; what the register lacks contradicts nothing."""
        return any(self._agree(given, names) for names in self.forenames.get(identifier, ()))

    def _agree(self, given: Sequence[Word], names: Sequence[str]) -> bool:
        return all(self._stands_for(g, n) for g, n in zip(given, names, strict=False))

    def _stands_for(self, given: Word, name: str) -> bool:
        if not given.initial:
            return self.same(given.text, name)
        if is_cyrillic(given.text) != is_cyrillic(name):
            return False
        return fold(name).startswith(given.key) or romanised(name).startswith(romanised(given.text))


def identifiers(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """The entries that candidates stand for, each once."""
    return tuple(dict.fromkeys(i for c in candidates for i in c.ids))


def index(register: Register, names: Mapping[str, Sequence[str]]) -> Index:
    """Put all forms of a register, and the names that a profile explains, into an index."""
    found = Index()
    for entry in register.entries.values():
        for form in entry.forms:
            _add_form(found, entry, form)
    for name, ids in names.items():
        if ids and all(i in register.entries for i in ids):
            _add(found, name, Candidate(tuple(ids), register.entries[ids[0]].kind, GIVEN))
    if found.ideographs:
        longest_first = sorted(found.ideographs, key=lambda f: (-len(f), f))
        found.ideographic = re.compile("|".join(map(re.escape, longest_first)))
    return found


def _add_form(found: Index, entry: Entry, form: Form) -> None:
    russian = entry.kind == "person" and _is_russian(entry)
    if entry.kind != "person":
        for spelling in _spellings(form.text):
            _add(found, spelling, Candidate((entry.id,), entry.kind, FULL))
        return
    form = form if form.surname else _parsed(form)
    if form.surname and form.forenames:
        found.forenames.setdefault(entry.id, set()).add(tuple(w.text for w in words(" ".join(form.forenames))))
    if form.text.startswith(form.surname) and form.language.startswith(_FAMILY_FIRST):
        found.family_first.add(entry.id)
    for name in _orders(form):
        _add(found, name, Candidate((entry.id,), "person", FULL), russian)
    for name in {form.surname, f"{form.link} {form.surname}".strip()} if form.forenames or form.surname else ():
        _add(found, name, Candidate((entry.id,), "person", SURNAME), russian)


def _is_russian(entry: Entry) -> bool:
    return any(is_cyrillic(f.text) or f.language.startswith(_RUSSIAN) for f in entry.forms)


def _parsed(form: Form) -> Form:
    """A form without parts as surname and forenames: after the comma, the custom of its language, or its patronymic."""
    text = form.text
    if is_ideographic(text):
        first, dot, last = text.rpartition("・")
        return Form(text, form.type, form.language, last, (first,)) if dot else form
    family, comma, rest = text.partition(",")
    parts = text.split()
    if comma:
        return Form(text, form.type, form.language, family.strip(), tuple(rest.split()))
    if len(parts) < 2:
        return form
    if form.language.startswith(_FAMILY_FIRST) or (len(parts) > 2 and _PATRONYMIC.search(parts[-1])):
        return Form(text, form.type, form.language, parts[0], tuple(parts[1:]))
    return Form(text, form.type, form.language, parts[-1], tuple(parts[:-1]))


def _orders(form: Form) -> Iterator[str]:
    """A person's name in the orders in which it is written: as it stands, with all and with the first forename."""
    yield form.text
    if not (form.surname and (form.forenames or form.nick)):
        return
    family = f"{form.link} {form.surname}".strip()
    if is_ideographic(form.text):
        given = "".join(form.forenames)
        yield from (form.surname + gap + given for gap in ("", " ", "\u3000"))
        yield f"{given}・{form.surname}"
        return
    for given in {" ".join(form.forenames), form.forenames[0] if form.forenames else "", form.nick} - {""}:
        yield from (f"{given} {family}", f"{form.surname} {given}", f"{form.surname}, {given}")


def _spellings(text: str) -> Iterator[str]:
    """The name of a place or body, also without its article, without what a comma adds, and an acronym's full stops."""
    yield text
    yield text.removeprefix("The ").removeprefix("the ")
    head, comma, _ = text.partition(",")
    if comma and len(head) > 3 and "Co" not in text:
        yield head
    if _ACRONYM.fullmatch(text):
        letters = text.replace(".", "")
        yield letters
        yield "".join(f"{c}." for c in letters)


def _add(found: Index, name: str, candidate: Candidate, russian: bool = False) -> None:
    """Add one form. Its last words may be letters with a full stop, which then belongs to it."""
    if is_ideographic(name):
        if len(name) > 1:  # a single sign is a word of its own much too often
            found.ideographs.setdefault(name, []).append(candidate)
        return
    parts = words(name)
    if not parts:
        return
    pattern = tuple(p.text for p in parts)
    whole = Candidate(candidate.ids, candidate.kind, candidate.how, pattern, name.endswith("."), "," in name)
    nodes = [found.trie]
    for number, part in enumerate(parts):
        key = _key(found, part.text, russian)
        gaps = _GAP_READINGS.get(part.gap, part.gap) if number else [""]
        nodes = [node.setdefault(gap + key, {}) for node in nodes for gap in gaps]
    for node in nodes:
        node.setdefault(_ENDS, []).append(whole)


def _key(found: Index, word: str, russian: bool) -> str:
    if is_cyrillic(word):
        for case in inflected(word):
            found.cases.setdefault(case, set()).add(fold(word))
        return "^" + fold(word)
    return "~" + romanised(word) if russian else fold(word)
