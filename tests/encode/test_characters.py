"""Words cut by the ends of lines, and what looks like an error of the OCR."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from teipress.encode.inline.characters import hyphens, words
from teipress.encode.inline.suspects import suspects
from teipress.encode.nodes import Flow, Node
from teipress.encode.transcription import Transcription


def flow(text: str, name: str = "p") -> Flow:
    return Flow(Node(name, [(0, len(text))]), text, tuple(range(len(text))))


@pytest.mark.parametrize(
    ("text", "elsewhere", "cert"),
    [
        ("a light-\nhouse", "the lighthouse", "high"),
        ("a light-\nhouse", "the Light-House", "high"),
        ("a light-\nhouse", "", "medium"),
        ("a mother-in-\n  law", "", "medium"),
        ("ein Leucht¬\nturm", "", "medium"),
        ("про-\nлив", "пролив", "high"),
    ],
)
def test_a_word_goes_on_in_the_next_line(text: str, elsewhere: str, cert: str) -> None:
    span, *hyphen = hyphens(flow(text), words(f"{text} {elsewhere}"))
    assert span.start == span.end == len(text) - len(text.split("\n")[1].strip())
    joined = (("break", "no"), ("rend", "joined"))
    assert (span.name, span.attributes, span.by, span.cert) == ("lb", joined, "hyphens", cert)
    weak = [(h.name, h.attributes, text[h.start : h.end] in "-¬", h.cert) for h in hyphen]
    assert weak == ([] if "Light-House" in elsewhere else [("pc", (("force", "weak"),), True, cert)])


@pytest.mark.parametrize(
    "text", ["north-\nSouth", "short-\nand long-range", "so--\nthen", "a -\nthen", "in 1985-\n86", "light-house\nboat"]
)
def test_a_hyphen_that_cuts_no_word(text: str) -> None:
    assert list(hyphens(flow(text), words(text))) == []


def told(text: str, name: str = "p", language: str = "") -> list[str]:
    return [f.message for f in suspects(flow(text, name), Transcription(text, "a.txt"), language)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Built in l985.", "l985"),
        ("At the end 0f it.", "0f"),
        ("Of 1O0 steps.", "1O0"),
        ("The re1ations.", "re1ations"),
        ("The TRANSP0RT.", "TRANSP0RT"),
        ("The pоrt.", "pоrt"),  # the first o is Cyrillic
        ("Of the the pier.", "the"),
        ("Of the\nthe pier.", "the"),
        ("So it was .", "was ."),
        ("Is it ? No.", "it ?"),
        ("The STATI NTL pier.", "STATI NTL"),
        ("It was 25Xl then.", "25Xl"),
        ("the pier 25X1 was wet.", "25X1"),
        ("The pier (which was wet. So.", "("),
        ("The pier] was.", "]"),
        ('It was "wet. So.', '"'),
        ("It was “wet. So.", "“"),
    ],
)
def test_what_looks_like_an_error_is_told(text: str, word: str) -> None:
    (message,) = told(text)
    assert word in message


@pytest.mark.parametrize(
    "text",
    [
        "In the 1980s and 1st of 25 SS-20s, 10th.",
        "25X1",
        "It was so.\n25X1\nAnd more.",
        "DDI/OEA/NAD and C05422703, EO12958, MiG25, B2.",
        "A word1 with a call, a word10 too.",
        "He had had it; that that was so. Pago Pago.",
        "a) one and b) two (of Asia) here.",
        'He said "no" of a 5" rope.',
        '"It goes on in the next paragraph.',
        "“So does this.",
        "And so on . . . to the end.",
        "Of 1,000 ropes .5 were wet.",
    ],
)
def test_what_is_no_error_is_not(text: str) -> None:
    assert told(text) == []


def test_french_has_spaces_before_its_signs() -> None:
    assert told("Quoi ? Rien !", language="fr") == []
    assert len(told("Quoi ? Rien !", language="en")) == 2


def test_brackets_are_counted_in_prose_only() -> None:
    assert told("The pier (", "head") == []


def test_a_finding_says_its_file_and_line() -> None:
    text = "One.\n\nBuilt in l985."
    at = Flow(Node("p", [(6, len(text))]), text[6:], tuple(range(6, len(text))))
    (found,) = suspects(at, Transcription(text, "a.txt"))
    assert (found.code, found.file, found.line) == ("D001", "a.txt", 3)


@pytest.mark.skipif("TEIPRESS_SOURCES" not in os.environ, reason="needs the transcriptions")
@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_the_sources_raise_few_alarms(number: str) -> None:
    text = next(Path(os.environ["TEIPRESS_SOURCES"]).glob(f"{number}_*.txt")).read_text("utf-8")
    assert len(told(text, "ab")) <= 3
