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


def foot(made, body, **settings):
    """The entries at the foot, as a reader sees them, each with the last words of the text before its call."""
    found = made(body, **settings)
    html = render_print(found.edition, found.settings, load_vocabulary(), {}, datetime(2001, 1, 1, tzinfo=UTC)).html
    (text,) = etree.HTML(html).xpath('//div[@id="text-t"]')
    told = []
    for entry in text.xpath('.//span[starts-with(@class, "footnote keyed")]'):
        before = " ".join(entry.xpath("preceding::text()[not(ancestor::*[starts-with(@class, 'footnote')])]"))
        told.append((" ".join(before.split()[-2:]), " ".join("".join(entry.itertext()).split())))
    return told, " ".join("".join(text.xpath("(.//*[@class='listApp'])[1]//text()")).split())


VERSES = '<lg><l n="1">one two <seg xml:id="s">three</seg></l><l n="2">four five<anchor xml:id="e"/> six</l></lg>'


@pytest.mark.parametrize(
    ("app", "expected"),
    [
        ('<app loc="2"><lem>five</lem><rdg wit="#W">V</rdg></app>', ("five six", "2 five] V W")),
        ('<app from="#s"><rdg wit="#W">III</rdg></app>', ("two three", "1 three] III W")),
        ('<app from="#s" to="#e"><rdg wit="#W"/></app>', ("four five", "1–2 three four five] om. W")),
        ('<app from="#s" loc="x"><rdg wit="#W">III</rdg></app>', ("two three", "1 three] III W")),
    ],
)
def test_an_entry_of_a_list_is_printed_where_its_lemma_ends(made, app, expected):
    entries, left = foot(made, f"{VERSES}<listApp>{app}</listApp>")
    assert entries == [expected]
    assert left == ""


def test_an_entry_that_leads_nowhere_stays_in_its_list(made):
    lost = (
        '<app from="#gone"><lem>a</lem><rdg wit="#W">b</rdg></app><app loc="9"><lem>c</lem><rdg wit="#W">d</rdg></app>'
    )
    entries, left = foot(made, f"{VERSES}<listApp>{lost}</listApp>")
    assert entries == []
    assert left == "a] b W9 c] d W"


def test_entries_of_a_list_stand_in_the_order_of_the_text(made):
    apps = '<app loc="2"><lem>six</lem><rdg>a</rdg></app><app from="#s"><rdg>b</rdg></app>'
    again = '<app loc="2"><lem>four</lem><rdg>c</rdg></app>'
    entries, _ = foot(made, f"{VERSES}<listApp>{apps}{again}</listApp>")
    assert [entry for _, entry in entries] == ["1 three] b", "2 six] a", "| four] c"]


def test_an_entry_behind_its_words_begins_where_they_do(made):
    inline = '<p>one <anchor xml:id="a"/>two three<app from="#a"><rdg wit="#W">2 3</rdg></app> four</p>'
    assert foot(made, inline)[0] == [("two three", "00 two three] 2 3 W")]


def test_an_entry_with_paragraphs_stands_at_the_foot_and_breaks_no_paragraph_open(made):
    blocks = "<p>one <app><lem>two</lem><rdg><p>a</p><p>b</p></rdg></app> three</p>"
    entries, _ = foot(made, blocks)
    assert entries == [("one two", "00 two] ab")]
