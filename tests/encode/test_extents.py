"""Amounts in words: what they say becomes an extent, and nothing more."""

from __future__ import annotations

import pytest

from teipress.encode.released.extents import extent


@pytest.mark.parametrize(
    ("said", "unit", "kind", "number"),
    [
        ("2½ lines", "line", "quantity", "2.5"),
        ("2-1/2 lines", "line", "quantity", "2.5"),
        ("2 1/2 lines of source text", "line", "quantity", "2.5"),
        ("1 line of text", "line", "quantity", "1"),
        ("one word", "word", "quantity", "1"),
        ("a sentence’s last two words", "", "", ""),
        ("half a page", "page", "quantity", "0.5"),
        ("½ page", "page", "quantity", "0.5"),
        ("less than 1 line", "line", "atMost", "1"),
        ("Less than one line of source text", "line", "atMost", "1"),
        ("more than 3 pages", "page", "atLeast", "3"),
        ("up to twelve letters", "char", "atMost", "12"),
        ("1 paragraph (4 lines)", "line", "quantity", "4"),
        ("3 paragraphs (27½ lines)", "line", "quantity", "27.5"),
        ("2 pages (16 names)", "page", "quantity", "2"),
        ("Page 3", "page", "quantity", "1"),
        ("pages 3–5", "page", "quantity", "3"),
        ("3 leaves", "leaf", "quantity", "3"),
    ],
)
def test_an_amount_has_a_unit_and_a_number(said: str, unit: str, kind: str, number: str) -> None:
    expected = (("unit", unit), (kind, number)) if unit else (("extent", said),)
    assert extent(said) == expected


@pytest.mark.parametrize("said", ["1 name", "2 lines and 1 name", "several lines", "about 3 pages", "3 lines or more"])
def test_an_amount_of_no_single_unit_keeps_its_words(said: str) -> None:
    assert extent(said) == (("extent", said),)


@pytest.mark.parametrize("said", ["", "name", "text", "name of the agent", "pages 5-3", "the line"])
def test_where_no_amount_is_given_there_is_no_extent(said: str) -> None:
    assert extent(said) == ()


@pytest.mark.parametrize("said", ["1/0 lines", "0 lines", "9999 lines", "½½ lines", "1 1 lines", "-1 lines"])
def test_odd_numbers_do_no_harm(said: str) -> None:
    assert all(value for _, value in extent(said))
