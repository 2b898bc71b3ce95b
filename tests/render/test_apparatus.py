"""Letters and lemmas of an apparatus, and where its entries stand."""

import re
from datetime import UTC, datetime

import pytest
from lxml import etree

from teipress.render.apparatus import lemma, letter
from teipress.render.epub import render_epub
from teipress.render.print import render_print
from teipress.vocabulary import load_vocabulary


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


BODY = """<div><head>One</head><p>a <app><lem>b</lem><rdg wit="#W">c</rdg></app></p></div>
<div><head>Two</head><p>d <app><lem>e</lem><rdg wit="#W">f</rdg></app></p></div>
<listWit><witness xml:id="W"><abbr type="siglum">Wit</abbr> A codex</witness></listWit>"""


def test_the_epub_has_entries_that_reading_systems_show_as_they_do_notes(made):
    found = made(BODY)
    files = render_epub(found.edition, found.settings, load_vocabulary(), datetime(2001, 1, 1, tzinfo=UTC))
    (text,) = (f.text for f in files if f.path.name == "t.xhtml")
    assert re.search(r'<a class="noteref" id="app-1-entry-call" href="#app-1-entry" [^>]*epub:type="noteref"', text)
    assert re.search(r'<aside id="app-1-entry" data-note="" epub:type="footnote"', text)
    assert '<a href="#W" title="A codex">Wit</a>' in text


def test_in_print_entries_stand_at_the_foot_of_the_page(made):
    found = made(BODY)
    book = render_print(found.edition, found.settings, load_vocabulary(), {}, datetime(2001, 1, 1, tzinfo=UTC))
    assert book.html.count('<span class="footnote keyed" id="app-') == 2
    assert book.keyed == {"app-1", "app-2"}
    assert "data-lines" in book.html


def test_in_print_entries_with_letters_follow_their_division_and_letters_begin_anew(made):
    found = made(BODY, apparatus="letters")
    html = render_print(found.edition, found.settings, load_vocabulary(), {}, datetime(2001, 1, 1, tzinfo=UTC)).html
    order = [html.index(s) for s in ('id="app-1"', 'id="app-1-entry"', 'id="app-2"', 'id="app-2-entry"')]
    assert order == sorted(order)
    assert html.count('<i class="letter">a</i>') == 2
