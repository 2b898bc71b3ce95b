"""Gaps and exemption stamps of a transcription → which stamp belongs to which gap, as far as the lines show it.

Design opinion: a stamp that could as well belong to the page is tied to nothing. A wrong tie claims to know why
words were withheld; a missing one only leaves it open.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from teipress.encode.nodes import Span

_LONGEST = 160  # characters in a line that somebody typed
_LINE = re.compile(r"[^\n]+")
_NOTHING = re.compile(r"[\s,;/&+·|*_\[\]]*(?:(?:and|AND)\s+)?")
_MARKER = re.compile(r"[\s*_>]*(?:(?:\d{1,3}|Original|Orig\.?)?\s?[-–—.)•·]|\d{1,3}\s+cys?\b)?\s*")
_CLOSING = re.compile(r"[\s.,;:!?)\"'”’*_]*")


@dataclass(frozen=True, slots=True)
class Tie:
    """A stamp and a gap that belong together, and how surely."""

    stamp: Span
    gap: Span
    cert: str


@dataclass(slots=True)
class _Line:
    """A line [start, end) that is not blank, with the gaps and stamps in it, in order."""

    start: int
    end: int
    gaps: list[Span] = field(default_factory=list)
    stamps: list[Span] = field(default_factory=list)

    @property
    def typed(self) -> bool:
        """Whether it can be a line of the page, not a paragraph that the OCR program put into one."""
        return self.end - self.start <= _LONGEST


def ties(
    text: str, gaps: Iterable[Span], stamps: Iterable[Span], breaks: Iterable[int] = ()
) -> dict[Span, tuple[Span, ...]]:
    """The gaps of each stamp that has any. See `tied`."""
    found: dict[Span, tuple[Span, ...]] = {}
    for tie in tied(text, gaps, stamps, breaks):
        found[tie.stamp] = (*found.get(tie.stamp, ()), tie.gap)
    return found


def pointers(tied_stamps: Mapping[Span, tuple[Span, ...]]) -> dict[Span, tuple[str, ...]]:
    """What `ties` found → the codes (`#x25X1`) of each gap, in the order of their stamps."""
    found: dict[Span, tuple[str, ...]] = {}
    for stamp, gaps in tied_stamps.items():
        code = dict(stamp.attributes).get("ana", "")
        for gap in gaps if code else ():
            found[gap] = tuple(dict.fromkeys((*found.get(gap, ()), code)))
    return found


def tied(text: str, gaps: Iterable[Span], stamps: Iterable[Span], breaks: Iterable[int] = ()) -> list[Tie]:
    """Which of the exemption stamps of a transcription belong to which of its redactions.

    A stamp belongs to the gap beside it ("high"), else, in the margin of a typed line, to its gaps ("medium"). In a
    line of stamps only it belongs to the gap that ends the line before ("high") or begins it ("medium"). A gap that is
    left, and begins a line under a line of stamps, shares these ("low"), unless they stand at one of the `breaks`:
    offsets of page breaks that were inferred inside sentences, where stamps are the page's.
    """
    lines = _lines(text, gaps, stamps)
    found = [t for before, line in zip([None, *lines], lines, strict=False) for t in _of_stamps(text, before, line)]
    done = {tie.gap for tie in found}
    pages = sorted(breaks)
    ends = [0, *(line.end for line in lines)]
    for end, above, line in zip(ends, lines, lines[1:], strict=False):
        cut = bisect.bisect_left(pages, end) < bisect.bisect_right(pages, above.end)
        if (
            not cut
            and not line.stamps
            and _begins(text, line)
            and line.gaps[0] not in done
            and _stamps_only(text, above)
        ):
            found += [Tie(stamp, line.gaps[0], "low") for stamp in above.stamps]
    return sorted(found, key=lambda t: (t.stamp.start, t.gap.start))


def _lines(text: str, gaps: Iterable[Span], stamps: Iterable[Span]) -> list[_Line]:
    """The lines that are not blank. A gap over several lines counts in the last of them."""
    lines = [_Line(*m.span()) for m in _LINE.finditer(text) if not m[0].isspace()]
    starts = [line.start for line in lines]
    for gap in sorted(gaps, key=lambda g: g.range):
        if "redacted" in dict(gap.attributes).get("reason", ""):
            lines[bisect.bisect_right(starts, gap.end - 1) - 1].gaps.append(gap)
    for stamp in sorted(stamps, key=lambda s: s.range):
        if ("type", "exemption") in stamp.attributes:
            lines[bisect.bisect_right(starts, stamp.start) - 1].stamps.append(stamp)
    return lines


def _of_stamps(text: str, above: _Line | None, line: _Line) -> Iterator[Tie]:
    """What the stamps of a line belong to in it and in the line above."""
    if line.gaps:
        yield from _in_line(text, line)
    elif line.stamps and above and above.gaps and not above.stamps and _stamps_only(text, line):
        if _CLOSING.fullmatch(text, above.gaps[-1].end, above.end):
            yield from (Tie(stamp, above.gaps[-1], "high") for stamp in line.stamps)
        elif _begins(text, above) and above.typed:
            yield from (Tie(stamp, above.gaps[0], "medium") for stamp in line.stamps)


def _in_line(text: str, line: _Line) -> Iterator[Tie]:
    """The stamps of a line with gaps: each with the gap beside it, those in a margin with the gaps that are left."""
    marks = sorted((*line.gaps, *line.stamps), key=lambda s: s.range)
    beside = _beside(text, marks[::-1]) | _beside(text, marks)  # the gap in front of a stamp, else the one behind it
    yield from (Tie(stamp, gap, "high") for stamp, gap in beside.items())
    taken = set(beside.values())
    left = [gap for gap in line.gaps if gap not in taken]
    for stamp in line.stamps if line.typed else ():
        if stamp not in beside and (_nothing(text, line.start, stamp.start) or _nothing(text, stamp.end, line.end)):
            yield from (Tie(stamp, gap, "medium") for gap in left)


def _beside(text: str, marks: list[Span]) -> dict[Span, Span]:
    """Stamps with the gap that comes just before them, other stamps between, in the direction in which `marks` run."""
    found: dict[Span, Span] = {}
    gap = last = None
    for mark in marks:
        if mark.name == "gap":
            gap = mark
        elif last is None or not _nothing(text, min(last.end, mark.end), max(last.start, mark.start)):
            gap = None
        elif gap:
            found[mark] = gap
        last = mark
    return found


def _begins(text: str, line: _Line) -> bool:
    """Whether a gap begins a line, or what comes behind the number or bullet of an item."""
    return bool(line.gaps and _MARKER.fullmatch(text, line.start, line.gaps[0].start))


def _stamps_only(text: str, line: _Line) -> bool:
    stops = [line.start, *(i for s in line.stamps for i in s.range), line.end]
    return bool(line.stamps) and all(_nothing(text, a, b) for a, b in zip(stops[::2], stops[1::2], strict=True))


def _nothing(text: str, start: int, end: int) -> bool:
    """Whether two codes, or a code and the end of its line, have nothing between them."""
    return bool(_NOTHING.fullmatch(text, start, end))
