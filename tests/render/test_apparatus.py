"""Letters and lemmas of an apparatus."""

import pytest
from lxml import etree

from teipress.render.apparatus import lemma, letter


def test_letters_go_from_a_to_zz_and_begin_again():
    assert [letter(n) for n in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "a"]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("one <hi>two</hi><note>!</note>", "one two"),
        ("<l>One,</l><l>two</l>", "One, two"),
        ("one <app><rdg>x</rdg><lem>two</lem></app>", "one two"),
        ("these are by far too many words for an entry to repeat them", "these are by … repeat them"),
        ("字" * 60, "字" * 24 + " … " + "字" * 12),
        ("", ""),
    ],
)
def test_a_lemma_is_one_line_and_short(reading, expected):
    assert lemma([etree.fromstring(f'<lem xmlns="http://www.tei-c.org/ns/1.0">{reading}</lem>')]) == expected
