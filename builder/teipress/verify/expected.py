"""A TEI tree and the vocabulary → the text that every output must show.

This is computed from the TEI alone and shares no code with rendering: a plain walk in reading order, in which only
the vocabulary's own decisions count, `omit`, what `default` chooses, and what `text` puts before the rest of an
element (the reading that stands in the text). Notes and entries of an apparatus stand where they are called, but in
print the entries follow the division (behaviour `section`) that they are called in. Empty
elements that mean something (gap, pb, graphic …) are counted by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from teipress import tei
from teipress.tei import Element
from teipress.vocabulary import Vocabulary

MEANINGFUL = frozenset({"gap", "pb", "graphic", "space", "g", "milestone", "cb", "gb"})


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters as they stand in the TEI, and the element that they stand in."""

    text: str
    element: Element = field(repr=False)


@dataclass
class Expected:
    """What an output must show of one place: its text, and how many of each meaningful empty element.

    `omitted` counts the characters that a rule dropped, by element name; `unchosen` those of the other branches.
    """

    runs: list[Run] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)
    omitted: Counter[str] = field(default_factory=Counter)
    unchosen: Counter[str] = field(default_factory=Counter)
    _read: set[Element] = field(default_factory=set, repr=False)
    _apart: list[Run] = field(default_factory=list, repr=False)  # entries that the end of the division waits for
    _in_entry: bool = False

    @property
    def text(self) -> str:
        """All of it, as it stands in the TEI."""
        return "".join(run.text for run in self.runs)


def expect(elements: Iterable[Element], vocabulary: Vocabulary, output: str, inside: bool = False) -> Expected:
    """The text of some elements in reading order, as one output format (html, epub or pdf) must show it.

    With `inside`, the rules of the elements themselves do not count, only those of what stands in them.
    """
    expected = Expected()
    for element in elements:
        if inside:
            _content(element, vocabulary, output, expected)
        else:
            _visit(element, vocabulary, output, expected)
    _gather(expected)
    return expected


def _visit(element: Element, vocabulary: Vocabulary, output: str, expected: Expected) -> None:
    if element in expected._read:
        return
    rule = vocabulary.rule(element, output)
    name = tei.local(element)
    if rule.behaviour == "omit":
        expected.omitted[name] += _size(element)
        return
    if rule.behaviour in ("markup", "math"):  # written out as a whole: rules do not count in it
        expected.runs.append(Run(tei.text(element), element))
        return
    if name in MEANINGFUL:
        expected.marks[name] += 1
    if chosen := rule.chosen(element):
        for branch in chosen:
            _visit(branch, vocabulary, output, expected)
        expected.unchosen[name] += _size(element) - sum(map(_size, chosen))
    else:
        for reading in rule.first(element):
            _visit(reading, vocabulary, output, expected)
            expected._read.add(reading)
        if rule.behaviour == "apparatus" and output == "pdf" and not expected._in_entry:
            _entry(element, vocabulary, output, expected)
        else:
            _content(element, vocabulary, output, expected)
        if rule.behaviour == "section":
            _gather(expected)


def _entry(element: Element, vocabulary: Vocabulary, output: str, expected: Expected) -> None:
    """The rest of an apparatus entry, set apart from the text."""
    text, expected.runs, expected._in_entry = expected.runs, [], True
    _content(element, vocabulary, output, expected)
    expected._apart += expected.runs
    expected.runs, expected._in_entry = text, False


def _gather(expected: Expected) -> None:
    expected.runs += expected._apart
    expected._apart = []


def _content(element: Element, vocabulary: Vocabulary, output: str, expected: Expected) -> None:
    for part in tei.content(element):
        if not isinstance(part, str):
            _visit(part, vocabulary, output, expected)
        elif not part.isspace():
            expected.runs.append(Run(part, element))


def _size(element: Element) -> int:
    """How many characters an element holds, white space apart."""
    return len("".join(tei.text(element).split()))
