"""The measure itself: it sets marks aside, never a word, and sees whatever is lost, added, changed or moved."""

from __future__ import annotations

import random

import pytest

from encode.folding import difference, words


def text_of(transcription: str) -> str:
    """What is no mark, with single spaces."""
    return " ".join(w.text for w in words(transcription) if w.text)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        # emphasis, also over lines, in pairs only
        ("**two words**", "two words"),
        ("*one*, _two_ and ***three***.", "one, two and three."),
        ("**UNDER THE\nLONG BRIDGE**", "UNDER THE LONG BRIDGE"),
        ("*A*mberton **_both_**", "Amberton both"),
        ("**a *b* c**", "a b c"),
        ("(*so*)", "(so)"),
        # the beginning of a line
        ("## Heading ##", "Heading"),
        ("- one\n* two\n+ three\n  - four", "one two three four"),
        ("> quoted\n>> twice\n> - item", "quoted twice item"),
        # lines of signs
        ("one\n\n---\n\ntwo\n* * *\nthree\n___\n", "one two three"),
        ("Heading\n=======\ntext", "Heading text"),
        ("```\ncode\n~~~~", "code"),
        # tags, breaks, escapes, references, addresses
        ("<i>xi</i> x<sup>2</sup> H<sub>2</sub>O <B>b</B> <u>u</u>", "xi x2 H2O b u"),
        ("one<br>two<BR/>three<br />four", "one two three four"),
        ("one\\\ntwo", "one two"),
        ("file\\_name \\*no emphasis\\* 1985\\. \\[x\\]", "file_name *no emphasis* 1985. [x]"),
        ("salt &amp; sand &lt;i&gt; &#233;", "salt & sand <i> é"),
        ("see <https://example.org/a_b_c>.", "see https://example.org/a_b_c."),
        # leaders
        ("Foreword ......... xi", "Foreword xi"),
        ("The Fleet. . . . . . . 12", "The Fleet 12"),
        ("第1章　灯台………………３", "第1章 灯台 ３"),
        ("Fares .... <i>xx</i>", "Fares xx"),
        # tables
        ("| a | b |\n|---|:-:|\n| 1|2 |\n\nc | d", "a b 1 2 c | d"),
        # pages
        ("one\ftwo\f\n# three", "one two three"),
    ],
)
def test_marks_are_set_aside(marked: str, plain: str) -> None:
    assert text_of(marked) == plain
    assert not difference(words(marked), words(plain))
    assert not difference(words(plain), words(marked))


@pytest.mark.parametrize(
    "text",
    [
        "5*3*2 = 30",
        "2 * 3 and 4 _ 5",
        "plan_north_2 and _unpaired or *this",
        "un*believ*able",
        "#4 engine",
        "a#b #",
        "-5 and -x",
        "-",
        "1 - Registry",
        "1985. A year",
        "12) twelve",
        "[1]: x",
        "[text](target) ![image](file)",
        "[^1] and [^1]: note",
        "<div>",
        "<!-- a remark -->",
        "<i class=x>",
        "a < b > c",
        "He waited ... and 5 came",
        "No. . . 5 boats",
        "..",
        "--",
        "==",
        "a | b",
        "C:\\temp",
        "&unknown; &amp",
        "`code` ``two``",
        "█████ ■■ [redacted]",
        "*",
        "¹ ² *",
        "«Да» — „ja“ – 「はい」",
    ],
)
def test_whatever_is_no_mark_is_a_word(text: str) -> None:
    assert [w.raw for w in words(text)] == text.split()
    assert all(w.text == w.raw for w in words(text))


@pytest.mark.parametrize("others", [("\\",), ("&amp;", "<i>", "</i>", "<br>")])  # an escaped tag is none, but text
def test_nothing_with_a_letter_or_a_digit_is_ever_set_aside(others: tuple[str, ...]) -> None:
    rng = random.Random(7)
    signs = ["a", "Б", "七", "5", "*", "**", "_", "#", "-", "> ", "+ ", "|", "```", ".", "...", "=", "\n", " ", " "]
    for _ in range(1000):
        text = "".join(rng.choice([*signs, *others]) for _ in range(rng.randint(1, 40)))
        folded = text_of(text)
        for tag in others:
            text = text.replace(tag, "")
        assert [c for c in folded if c.isalnum()] == [c for c in text if c.isalnum()], repr(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one two three", "one three"),  # lost
        ("one two", "one two three"),  # added
        ("one two three", "one three two"),  # moved
        ("one two two", "one two"),  # a repetition taken out
        ("colour", "color"),  # changed
        ("“so”", '"so"'),
        ("a—b", "a-b"),
        ("Tōkyō", "Tokyo"),
        ("light-\nhouse", "lighthouse"),  # joined
        ("some where", "somewhere"),
        ("somewhere", "some where"),
        ("5*3*2", "532"),
        ("x [redacted] y", "x y"),
        ("███", ""),
        ("<div>text</div>", "text"),
        ("[1]: x", ""),
        ("# 4 engine", "# engine"),
        ("- -", ""),
        ("1. one\n1. two", "one two"),
        ("word", "*word*."),
        ("and so on...", "and so on"),
        ("", "word"),
    ],
)
def test_a_difference_is_seen(before: str, after: str) -> None:
    assert difference(words(before), words(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the\n# 4 engine", "the # 4 engine"),
        ("- one\n- two", "- one - two"),
        ("\\* no bullet", "* no bullet"),
        ("\\*so\\*", "*so*"),
        ("*cut\n\nhere*", "*cut here*"),
        ("| a |\n|---|\n| b |", "a\tb"),
        ("現状………１\n方針………９", "現状………１ 方針………９"),
        ("text\n\n---\n\nmore", "text\n\n* * *\n\nmore"),
    ],
)
def test_a_mark_may_come_back_or_not(before: str, after: str) -> None:
    assert not difference(words(before), words(after))


def test_the_difference_names_the_line_and_the_words_around() -> None:
    told = difference(words("one\ntwo three\nfour"), words("one two four"))
    assert told == "line 2: there was “one two three four”, there is “one two four”"
