"""Stamps and gaps: the lines show which belong together; what they do not show stays open."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from teipress import tei
from teipress.encode.nodes import Node, Span, flow
from teipress.encode.profile import Profile
from teipress.encode.released.redactions import codes, redactions
from teipress.encode.released.ties import pointers, tied, ties
from teipress.encode.transcription import Transcription


def spans(text: str) -> tuple[list[Span], list[Span]]:
    transcription = Transcription(text)
    lines = [transcription.line(n) for n in range(1, transcription.lines + 1)]
    flows = [flow(text, Node("p", [line])) for line in lines]
    both = [(*redactions(f, Profile()),) for f in flows], [(*codes(f, Profile()),) for f in flows]
    return [s for found in both[0] for s in found], [s for found in both[1] for s in found]


def shown(text: str, *breaks: int) -> list[tuple[int, int, str]]:
    """Each tie as the number of its stamp, the number of its gap, and how sure it is."""
    gaps, stamps = spans(text)
    return [(stamps.index(t.stamp) + 1, gaps.index(t.gap) + 1, t.cert) for t in tied(text, gaps, stamps, breaks)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met [redacted]\n\n25X1\n", [(1, 1, "high")]),
        ("He met [redacted].\n\n25X1\n", [(1, 1, "high")]),
        ("[redacted]\n25X1\n", [(1, 1, "high")]),
        ("He met [redacted]\n\n25X1, 25X6\n", [(1, 1, "high"), (2, 1, "high")]),
        ("He met [redacted]\n\n25X1\n\n25X1\n", [(1, 1, "high")]),
        ("[redacted] met [redacted]\n25X1", [(1, 2, "high")]),
        ("1 - [redacted] Fire Office\n\n25X1\n", [(1, 1, "medium")]),
        ("25X1\n\n1 - [redacted] Fire Office\n", [(1, 1, "low")]),
        ("25X1\n\n[redacted]\n", [(1, 1, "low")]),
        ("1 - [redacted] A\n25X1\n1 - [redacted] B\n", [(1, 1, "medium"), (1, 2, "low")]),
        ("He met [redacted] (b)(1), (b)(3) there", [(1, 1, "high"), (2, 1, "high")]),
        ("He met (b)(1) [redacted] there", [(1, 1, "high")]),
        ("[redacted] (b)(1) met [redacted] (b)(3)", [(1, 1, "high"), (2, 2, "high")]),
        ("[redacted] met [redacted] there     25X1", [(1, 1, "medium"), (1, 2, "medium")]),
        ("[redacted] (b)(1) met [redacted] there     25X1", [(1, 1, "high"), (2, 2, "medium")]),
    ],
)
def test_a_stamp_belongs_to_the_gap_beside_it_or_on_the_line_next_to_it(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It rained.\n\n25X1\n",
        "He met [redacted] there.\n\n25X1\n",
        "He met [redacted]\n\nIt rained.\n\n25X1\n",
        "25X1\n\nHe met [redacted]\n",
        "He met [illegible]\n\n25X1\n",
        "He met [redacted]\n\nNOFORN\n",
        f"{'It rained. ' * 20}[redacted] and {'it rained. ' * 20}25X1",
        f"[redacted] went home. {'It rained. ' * 20}\n25X1",
    ],
)
def test_a_stamp_that_could_be_the_page_s_is_tied_to_nothing(text: str) -> None:
    assert shown(text) == []


def test_a_stamp_at_a_page_break_inside_a_sentence_is_the_page_s() -> None:
    text = "He went with\n\n25X1\n\n[redacted] home.\n"
    assert shown(text) == [(1, 1, "low")]
    assert shown(text, 12) == shown(text, 14) == []
    assert shown(text, 0) == [(1, 1, "low")]


def test_a_gap_has_the_codes_of_its_stamps() -> None:
    text = "He met [redacted]\n\n25X1, 25Xl, 25X6\n\n[redacted]"
    gaps, stamps = spans(text)
    found = ties(text, gaps, stamps)
    assert found == {stamp: tuple(gaps) for stamp in stamps}
    assert pointers(found) == dict.fromkeys(gaps, ("#x25X1", "#x25X6"))


def test_where_there_is_nothing_nothing_is_tied() -> None:
    assert ties("", [], []) == {}
    assert ties("\n\n", [], [], [1]) == {}


def test_the_memorandum_s_ties_are_those_that_its_editors_made(
    require_data: Callable[[str], Path], project: Path
) -> None:
    """All but one: between the last gap and its stamp stands the date, so that the lines do not show that tie."""
    (source,) = require_data("TEIPRESS_SOURCES").glob("003_*.txt")
    text = source.read_text("utf-8")
    gaps, stamps = spans(text)
    assert (len(gaps), len(stamps)) == (19, 37)
    found = ties(text, gaps, stamps, [m.start() for m in re.finditer(r"\n\n25X1\n\n(?=[a-z])", text)])
    ours = [[gaps.index(gap) + 1 for gap in found.get(stamp, ())] for stamp in stamps]
    memo = etree.parse(project / "tei" / "japan-ussr" / "memo.xml").getroot()
    theirs = [[int(p[7:]) for p in tei.pointers(s.get("corresp"))] for s in tei.elements(memo, "stamp")]
    assert [(n, a, b) for n, (a, b) in enumerate(zip(ours, theirs, strict=True), 1) if a != b] == [(37, [], [19])]
