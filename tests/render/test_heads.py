"""The ranges of verses or of pages of the source at the heads of printed pages."""

import pytest

from teipress.config import Settings
from teipress.model import model
from teipress.read import read
from teipress.render.heads import Range, opened, ranges


@pytest.fixture
def edition(tmp_path):
    def of(body):
        path = tmp_path / "t.xml"
        tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'
        path.write_text(tei.format(body), encoding="utf-8")
        return model(read(path, tmp_path)[0], Settings("t", tmp_path, path))

    return of


def verses(book, numbers):
    lines = "".join(f'<l xml:id="{book}{n}" n="{n}">x</l>' for n in numbers)
    return f'<div n="{book}"><head>B</head><lg>{lines}</lg></div>'


def pages(*labels):
    return "<p>" + "".join(f'<pb xml:id="p{n}" n="{label}"/>x ' for n, label in enumerate(labels)) + "</p>"


def test_the_first_verse_of_a_page_carries_its_range_and_the_last_ends_it(edition):
    documents = edition(verses("I", range(1, 5))).documents
    found = ranges(documents, "lines", {"I1": 6, "I2": 6, "I3": 7, "I4": 7})
    assert found == {
        "I1": Range("I 1–2"),
        "I2": Range(None, ""),
        "I3": Range("I 3–4"),
        "I4": Range(None, ""),
    }


def test_a_page_with_the_end_of_one_book_and_the_beginning_of_another_names_both(edition):
    documents = edition(verses("I", (1, 2)) + verses("II", (1,)) + verses("III", (1, 2))).documents
    on = dict.fromkeys(("I1", "I2", "II1"), 6)
    assert ranges(documents, "lines", on)["I1"].here == "I 1–2, II 1"
    on |= dict.fromkeys(("III1", "III2"), 6)
    assert ranges(documents, "lines", on)["I1"].here == "I 1–2, …, III 1–2"


def test_a_page_names_the_page_of_the_source_that_is_open_at_its_head(edition):
    documents = edition(pages("1", "2", "[3]", "4")).documents
    found = ranges(documents, "pages", {"p0": 6, "p1": 6, "p2": 8, "p3": 9})
    assert found["p0"].here == "[1–2]"
    assert found["p1"].after == "[2]"  # what page 7 shows
    assert found["p2"] == Range("[2–3]", "[3]")
    assert found["p3"] == Range("[3–4]", "[4]")


def test_titles_need_no_ranges_and_neither_does_the_first_layout(edition):
    documents = edition(pages("1") + verses("I", (1,))).documents
    assert ranges(documents, "titles", {"p0": 6, "I1": 6}) == {}
    assert ranges(documents, "pages", {}) == {}


def test_a_chapter_says_itself_which_page_is_open_where_it_begins(edition):
    chapter = '<div xml:id="c{0}">{1}<head>{0}</head><p>x {2}</p></div>'
    pb = '<pb xml:id="p{0}" n="{0}"/>'.format
    body = "".join((chapter.format(1, "", pb(4)), chapter.format(2, "", pb(5)), chapter.format(3, pb(6), pb(7))))
    (document,) = edition(body).documents
    assert opened(document, {"c1", "c2", "c3"}) == {"c2": "[4]", "c3": "[6]"}
