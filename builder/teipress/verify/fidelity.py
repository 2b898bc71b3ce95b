"""Expected text and what an artifact shows → findings F001, and an account of every character.

White space, soft hyphens, control characters and the Unicode normal form are folded, nothing else: what is left must
be the same, in the same order, with nothing added but what is marked as generated.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from teipress import tei
from teipress.findings import Finding, finding, softened
from teipress.verify.expected import Expected, Run
from teipress.verify.shown import Shown

_AHEAD = 80  # runs that are tried when looking for where the texts meet again
_WINDOW = 20_000  # characters that are searched for it
_LANDMARK = 12  # characters that are too many to agree by chance
_CONTROLS = dict.fromkeys((*range(0x7F, 0x85), *range(0x86, 0xA0)), "\ufffd")
_SHOWN = 60  # characters of a loss that a message quotes


@dataclass(frozen=True, slots=True)
class Loss:
    """Characters of the source that an artifact does not show; `place` is where in a printed text they should be."""

    text: str
    run: Run
    place: int = 0

    @property
    def file(self) -> str:
        """The file that they stand in."""
        return tei.file_of(self.run.element)

    @property
    def line(self) -> int:
        """The line that their element starts on."""
        return tei.line_of(self.run.element)

    @property
    def path(self) -> str:
        """Their element and those around it: ``text/body/div/p``."""
        names = [tei.local(a) for a in self.run.element.iterancestors()][:3]
        return "/".join([*reversed(names), tei.local(self.run.element)])


@dataclass
class Account:
    """What became of the characters of one place in one artifact; white space does not count.

    `marks` holds for each kind of meaningful empty element (gap, pb …) that is short how many should be there and are.
    """

    kind: str
    name: str
    artifact: str
    expected: int = 0
    found: int = 0
    missing: list[Loss] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)
    omitted: dict[str, int] = field(default_factory=dict)
    unchosen: dict[str, int] = field(default_factory=dict)
    tolerated: bool = False

    def findings(self) -> list[Finding]:
        """F001 for each loss, at its place in the TEI; F002 for each addition that is not marked as generated."""
        found = [
            finding("F001", f'"{_quote(m.text)}" is missing in {self.artifact} ({m.path})', m.file, m.line)
            for m in self.missing
        ]
        found += [
            finding("F001", f"{self.artifact} shows {there} of {wanted} {name} of {self.kind} {self.name}")
            for name, (wanted, there) in self.marks.items()
        ]
        found += [
            finding("F002", f'{self.artifact} shows "{_quote(extra)}" in {self.kind} {self.name}, which is not there')
            for extra in self.extra
        ]
        return softened(found) if self.tolerated else found


def fold(text: str) -> str:
    """Text without white space and soft hyphens, decomposed (NFD).

    For a control character, which no page can hold, U+FFFD is shown and wanted.
    """
    if any(chr(code) in text for code in _CONTROLS):
        text = text.translate(_CONTROLS)
    return unicodedata.normalize("NFD", "".join(text.split()).replace("\u00ad", ""))


def compare(place: tuple[str, str], expected: Expected, shown: Shown, artifact: str) -> Account:
    """Account for every character of `expected` in what an artifact shows of a place."""
    account = Account(*place, artifact, omitted=dict(expected.omitted), unchosen=dict(expected.unchosen))
    wanted, there = fold(expected.text), fold(shown.text)
    account.expected = account.found = len(wanted)
    if wanted != there:
        pairs = [(folded, run) for run in expected.runs if (folded := fold(run.text))]
        _align([folded for folded, _ in pairs], [run for _, run in pairs], there, account)
        account.found -= sum(len(loss.text) for loss in account.missing)
    account.marks = {n: (count, shown.marks[n]) for n, count in expected.marks.items() if shown.marks[n] < count}
    return account


def _align(runs: Sequence[str], sources: Sequence[Run], shown: str, account: Account) -> None:
    """Walk through both texts; where they part, note what is lost and what is added until they meet again."""
    position = number = 0
    while number < len(runs):
        if shown.startswith(runs[number], position):
            position += len(runs[number])
            number += 1
            continue
        meeting, place = _meet(runs, number, shown, position)
        _parted(runs[number:meeting], sources[number:meeting], shown[position:place], account)
        number, position = meeting, place
    if rest := shown[position:]:
        account.extra.append(rest)


def _meet(runs: Sequence[str], number: int, shown: str, position: int) -> tuple[int, int]:
    """The first run from `number` on that is found again, and where; the ends of both if none is."""
    for ahead in range(number, min(number + _AHEAD, len(runs))):
        landmark = "".join(runs[ahead : ahead + 8])[: max(_LANDMARK, min(len(runs[ahead]), 40))]
        place = shown.find(landmark, position, position + _WINDOW)
        if place >= 0 and (len(landmark) >= _LANDMARK or ahead + 8 >= len(runs)):
            return ahead, place
    return len(runs), len(shown)


def _parted(runs: Sequence[str], sources: Sequence[Run], shown: str, account: Account) -> None:
    """What is lost and added in a stretch where the texts differ, to the character."""
    lost = "".join(runs)
    owners = [source for run, source in zip(runs, sources, strict=True) for _ in run]
    if len(lost) * len(shown) > 25_000_000:
        account.missing += [Loss(run, source) for run, source in zip(runs, sources, strict=True)]
        account.extra.append(shown)
        return
    for kind, a, b, c, d in SequenceMatcher(None, lost, shown, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            for owner, group in groupby(range(a, b), key=owners.__getitem__):
                account.missing.append(Loss("".join(lost[i] for i in group), owner))
        if kind in ("insert", "replace"):
            account.extra.append(shown[c:d])


def _quote(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return composed if len(composed) <= _SHOWN else composed[:_SHOWN] + "…"
