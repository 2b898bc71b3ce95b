"""How wide the bar is that stands for withheld text: by what is published, and by nothing else."""

import pytest

from teipress.render.bars import bar


def width(extent, words="redacted", codes=()):
    drawn = bar(extent, words, codes)
    return round(drawn.width + sum(drawn.pieces), 2)


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("1 word", "2 words"),
        ("2 words", "12 words"),
        ("3 characters", "9 characters"),
        ("9 chars", "40 letters"),
        ("at least 2 words", "2 to 8 words"),
        ("1 letter", "one word"),
    ],
)
def test_more_is_wider(less, more):
    assert width(less) < width(more)


@pytest.mark.parametrize("same", [("4 words", "at least 4 words", "3 to 5 words", "at most 4 words", "about 4 words")])
def test_what_is_as_much_is_as_wide(same):
    assert len({width(extent) for extent in same}) == 1


def test_who_says_nothing_of_the_amount_gets_one_width():
    assert width("") == width("some of it") == width("a good deal, surely") == width("3 Zeilen")


@pytest.mark.parametrize("extent", ["", "1 word", "2 chars", "3 words", "25 words"])
def test_no_bar_is_wider_for_what_is_written_on_it(extent):
    plain = width(extent, "x")
    assert {
        width(extent, "redacted" * 3),
        width(extent, "x", ["(b)(1)", "(b)(3)"]),
        width(extent, "伏せ字", ["一"]),
    } == {plain}


def test_the_code_is_on_the_bar_or_behind_it_and_nothing_is_said_twice():
    for extent in ("1 char", "1 word", "3 words", "20 words", ""):
        drawn = bar(extent, "redacted", ["25X1"])
        said = [*drawn.shown, drawn.small, drawn.after]
        assert sorted(filter(None, said)) == ["25X1", "redacted"]
    assert bar("1 char", "redacted", ["25X1"]).after == "25X1"
    assert bar("20 words", "redacted", ["25X1"]).shown == ("redacted", "25X1")


def test_a_word_is_a_piece_between_which_a_bar_may_be_broken():
    assert max(bar("30 words", "x").pieces) < 3
    assert len(bar("30 words", "x").pieces) > 25


@pytest.mark.parametrize(
    ("extent", "lines", "last"),
    [
        ("1 line", 1, 1),
        ("3 lines", 3, 1),
        ("2 to 4 lines", 3, 1),
        ("1 paragraph", 4, 0.6),
        ("about half a page", 12, 0.6),
    ],
)
def test_lines_are_as_wide_as_the_page(extent, lines, last):
    drawn = bar(extent, "redacted")
    assert (drawn.lines, drawn.width) == (lines, 0)
    assert drawn.last == last


def test_pages_are_stated():
    assert bar("3 pages", "3 pages redacted", ["b1"]).page
    assert bar("3 pages", "3 pages redacted", ["b1"]).shown == ("3 pages redacted", "b1")


@pytest.mark.parametrize("extent", ["900000000 words", "99999999999999999999 characters", "5000 lines"])
def test_a_bar_has_an_end(extent):
    drawn = bar(extent, "x")
    assert len(drawn.pieces) < 200
    assert drawn.lines < 50
