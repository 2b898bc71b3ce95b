"""The spans that there are already → where a name may stand among them."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace

from teipress.encode.names.mentions import Mention
from teipress.encode.nodes import MARK, Span

_YIELDING = frozenset([MARK, "hi"])  # emphasis is cut where a name begins or ends inside of it
_BLOCKING = frozenset("gap stamp idno num date".split())  # no name stands in these


class Fence:
    """The spans that a name must not cross."""

    def __init__(self, taken: Sequence[Span]) -> None:
        solid = [s for s in taken if s.name not in _YIELDING and s.start < s.end]
        self._emphasis = sorted(s.range for s in taken if s.name == "hi")
        self._blocking = _merged(s.range for s in solid if s.name in _BLOCKING)
        self._starts = sorted(s.range for s in solid)
        self._ends = sorted((s.end, s.start) for s in solid)

    def admitted(self, found: Sequence[Mention]) -> Iterator[Mention]:
        """The mentions that cross nothing; one that does so only with its title loses it."""
        for mention in found:
            if self.place(mention) is not None:
                yield mention
            elif mention.title is not None and self.place(bare := _without_title(mention)) is not None:
                yield bare

    def place(self, mention: Mention, start: int | None = None, end: int | None = None) -> tuple[int, int] | None:
        """Where in the transcription [start, end) of a mention's passage stands; None if that is fenced off."""
        flow = mention.passage.flow
        first, last = flow.range(mention.start if start is None else start, mention.end if end is None else end)
        crossed = any(after > last for _, after in _between(self._starts, first, last))
        crossed |= any(before < first for _, before in _between(self._ends, first, last))
        return None if crossed or self._is_blocked(first, last) else (first, last)

    def is_emphasised(self, part: tuple[int, int], whole: tuple[int, int]) -> bool:
        """Whether emphasis stands around a part of a name, and inside the name."""
        at, after = (bisect.bisect_left(self._emphasis, (edge, -1)) for edge in (whole[0], part[0] + 1))
        around = [e for e in self._emphasis[at:after] if part[1] <= e[1] <= whole[1]]
        return any(e not in (part, whole) for e in around)

    def _is_blocked(self, first: int, last: int) -> bool:
        at = bisect.bisect(self._blocking, (last - 1, last + 1)) - 1
        return at >= 0 and self._blocking[at][1] > first


def _without_title(mention: Mention) -> Mention:
    start, end = mention.title or (mention.start, mention.start)
    text = mention.passage.text
    if start > mention.start:
        return replace(mention, end=mention.start + len(text[mention.start : start].rstrip(" -\n")), title=None)
    return replace(
        mention, start=end + len(text[end : mention.end]) - len(text[end : mention.end].lstrip()), title=None
    )


def _between(places: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Those of sorted pairs that begin with a number greater than `first` and less than `last`."""
    return places[bisect.bisect_left(places, (first + 1, -1)) : bisect.bisect_left(places, (last, -1))]


def _merged(ranges: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
