"""The HTML of the printed book, which is one file whatever it shows twice."""

import re
from datetime import UTC, datetime

from lxml import html

from teipress.config import Settings
from teipress.edition import Spot
from teipress.model import model
from teipress.read import read
from teipress.render.matter import apart
from teipress.render.print import render_print
from teipress.vocabulary import load_vocabulary

IN_A_HEADER = """<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>The Text</title></titleStmt><sourceDesc><listPerson>
<person xml:id="abe"><persName xml:id="name">Abe</persName>
<note xml:id="remark">A canary breeder, see <ref target="#remark">this remark</ref>.</note></person>
</listPerson></sourceDesc></fileDesc></teiHeader>
<text><body><p><persName ref="#abe">Abe</persName></p></body></text></TEI>"""


def test_an_entry_that_header_and_index_show_has_its_identifiers_once(tmp_path):
    path = tmp_path / "t.xml"
    path.write_text(IN_A_HEADER, encoding="utf-8")
    settings = Settings("t", tmp_path, path)
    edition = model(read(path, tmp_path)[0], settings)
    book = render_print(edition, settings, load_vocabulary(settings.templates), {}, datetime(2001, 2, 3, tzinfo=UTC))
    identifiers = re.findall(r' id="([^"]+)"', book.html)
    assert sorted(i for i in identifiers if identifiers.count(i) > 1) == []
    assert {"abe", "name", "remark"} <= set(identifiers)
    assert book.html.count("A canary breeder") == 2
    assert book.html.count('href="#remark"') == 2


BOOK = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>The Text</title>
<author>Ada Quill</author></titleStmt><publicationStmt><publisher>Harbour Press</publisher></publicationStmt>
<sourceDesc><listPerson><person xml:id="abe"><persName>Abe</persName></person></listPerson></sourceDesc></fileDesc>
</teiHeader><text><front>
<div type="dedication"><p>To the lamps</p></div>
<div type="dedication"><p>{long}</p></div>
<div type="abbreviations"><head>Short forms</head><p>HL: Harbour Log</p></div></front>
<body><div type="act"><head>One</head><pb n="3"/><p>{long} <persName ref="#abe">Abe</persName>
<index><term>lamps</term></index></p></div>
<div type="act"><head>Two</head><p>{long}</p></div></body></text></TEI>"""


def printed(tmp_path, page_of=None, spots=None, **settings):
    """The book of a small play, and its HTML as a tree."""
    path = tmp_path / "t.xml"
    path.write_text(BOOK.format(long="the tide and the lamp " * 150), encoding="utf-8")
    settings = Settings("t", tmp_path, path, **settings)
    edition = model(read(path, tmp_path)[0], settings)
    moment = datetime(2001, 2, 3, tzinfo=UTC)
    book = render_print(edition, settings, load_vocabulary(settings.templates), page_of or {}, moment, spots)
    return book, html.fromstring(book.html)


def test_what_begins_on_a_page_to_the_right_is_a_part_that_can_be_laid_out_alone(tmp_path):
    _, tree = printed(tmp_path, concordance=True)
    parts = [e.get("class").split() for e in tree.iter() if e.get("data-part") is not None]
    assert [names[-1] for names in parts] == [
        *("front-matter", "document", "chapter", "chapter"),
        *("about-pages", "concordance-pages", "index-pages", "index-pages", "colophon-page"),
    ]
    for part in tree.xpath("//*[@data-part]"):  # what the heads of its pages say is stated on it or around it
        named = part.xpath("ancestor-or-self::*[@data-verso]")
        assert named or part.get("class") in ("front-matter", "colophon-page")


def test_no_setting_no_chapters(tmp_path):
    _, tree = printed(tmp_path, chapters="run-on")
    assert tree.xpath("//*[contains(@class, 'chapter')]") == []


def test_an_inscription_and_a_list_of_abbreviations_stand_in_the_front_and_nowhere_else(tmp_path):
    book, tree = printed(tmp_path)
    (dedication,) = tree.xpath("//section[@class='dedication-page']")
    assert dedication.text_content().strip() == "To the lamps"
    (list_,) = tree.xpath("//section[@class='contents-page list-page']")
    assert "HL: Harbour Log" in list_.text_content()
    assert book.html.count("To the lamps") == book.html.count("HL: Harbour Log") == 1
    assert len(tree.xpath("//section[@class='document']//*[contains(@class, 't-dedication')]")) == 1


def test_the_dedication_of_a_source_stays_where_the_source_has_it(tmp_path):
    path = tmp_path / "t.xml"
    text = BOOK.format(long="x").replace("<p>To the lamps", "<pb n='1'/><p>To the lamps")
    path.write_text(text, encoding="utf-8")
    edition = model(read(path, tmp_path)[0], Settings("t", tmp_path, path))
    assert [e.get("type") for e in apart(edition)] == ["dedication", "abbreviations"]  # the second of the two


def test_an_index_element_marks_its_place_and_its_words_stand_in_the_index_of_terms(tmp_path):
    book, tree = printed(tmp_path, {"start-t": 4, "term-1": 6})
    (place,) = tree.xpath("//span[@id='term-1']")
    assert place.text_content() == ""
    (section,) = tree.xpath("//section[h1/@id='book-terms']")
    assert " ".join(section.text_content().split()).endswith("lamps3")
    assert "term-1" in book.refers


def test_lines_are_numbered_and_cited_if_a_setting_says_so(tmp_path):
    spots = {"name-1": Spot((6, 5), (6, 5)), "term-1": Spot((6, 6), (6, 6))}
    book, tree = printed(tmp_path, {"start-t": 4, "name-1": 6}, spots, numbered=True)
    assert tree.xpath("//div[@class='body']/@data-lines") == [""]
    assert {"name-1", "term-1"} <= book.keyed
    assert "Abe3.5" in "".join(tree.xpath("//section[h1/@id='book-persons']")[0].text_content().split())
    book, tree = printed(tmp_path)
    assert tree.xpath("//*[@data-lines]") == []
    assert not book.keyed


def test_the_style_sheet_is_that_of_the_page_and_has_no_length_of_another(tmp_path):
    royal, large = (printed(tmp_path, size=size)[0].css for size in ("royal octavo", "A4"))
    assert "size: 156.0mm 234.0mm" in royal
    assert "size: 210.0mm 297.0mm" in large
    assert "font-size: 10.5pt" in royal
    assert "font-size: 12pt;\n  line-height: 15.429pt" in large


def test_the_head_of_a_page_says_which_pages_of_the_source_stand_on_it(tmp_path):
    _, tree = printed(tmp_path, {"start-t": 4, "page-3": 6}, heads="pages")
    (page,) = tree.xpath("//span[@id='page-3']")
    assert page.get("data-range") == "[3]"
    assert page.xpath("i/@data-range") == ["[3]"]
