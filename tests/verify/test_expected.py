"""Expected text: what the TEI and the vocabulary say must be there, in the order in which it is read."""

import pytest
from lxml import etree

from teipress.verify.expected import expect
from teipress.vocabulary import load_vocabulary

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary()


def words(vocabulary, xml, output="html"):
    """The expected words of a body."""
    return expect([etree.fromstring(f"<body {NS}>{xml}</body>")], vocabulary, output).text.split()


@pytest.mark.parametrize(
    ("apparatus", "expected"),
    [
        ("<app><lem>a </lem><rdg>b </rdg></app>", "a b"),
        ("<app><rdg>b </rdg><lem>a </lem><rdg>c </rdg></app>", "a b c"),
        ("<app><rdg>b </rdg><rdg>c </rdg></app>", "b c"),
        ("<app><rdgGrp><rdg>b </rdg><rdg>c </rdg></rdgGrp></app>", "b c"),
        ("<app><rdgGrp><rdg>b </rdg></rdgGrp><rdgGrp><lem>a </lem><rdg>c </rdg></rdgGrp></app>", "a b c"),
        ("<app><lem>a <app><lem>d </lem><rdg>e </rdg></app></lem><rdg>b </rdg></app>", "a d e b"),
        ("<app><lem>a </lem><rdg>b <app><rdg>e </rdg><lem>d </lem></app></rdg></app>", "a b d e"),
        ("<app><note>n </note><rdg>b </rdg>stray <witDetail>w </witDetail></app>", "b n stray w"),
        ("<app from='#x'><rdg>b </rdg><lem>a </lem></app>", "b a"),
        ("<listApp><app><rdg>b </rdg><lem>a </lem></app></listApp>", "b a"),
        ("<app/>", ""),
    ],
)
def test_of_an_apparatus_the_reading_of_the_text_comes_first_and_nothing_is_left_out(vocabulary, apparatus, expected):
    assert words(vocabulary, f"<p>one {apparatus} two</p>") == ["one", *expected.split(), "two"]


def test_in_print_entries_wait_for_the_end_of_a_division(vocabulary):
    app = "<app><lem>a{0} </lem><rdg>b{0} <app><lem>c{0} </lem><rdg>d{0} </rdg></app></rdg></app>"
    xml = f"<div><p>{app.format(1)} x </p><div><p>{app.format(2)} y </p></div></div><p>{app.format(3)} z </p>"
    assert words(vocabulary, xml, "pdf") == "a1 x a2 y b1 c1 d1 b2 c2 d2 a3 z b3 c3 d3".split()
