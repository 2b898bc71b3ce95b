"""Pages of the source: how a reader gets to one, and the concordance."""

import csv
from io import StringIO

from lxml.html import fromstring

from teipress.render.pages import concordance
from teipress.render.print import Printed, concordance_of

BODY = """<div xml:id="a"><head>A</head><pb n="1"/><p>one</p><pb n="[2]" ed="#print"/><p>two</p></div>
<div xml:id="b"><head>B</head><pb ed="#ms" n="1r"/><p>three</p><pb n="2"/><p>four</p></div>"""


def test_every_page_is_in_the_list_and_in_the_concordance_and_leads_to_its_place(site):
    files = site(BODY)
    rows = list(csv.DictReader(StringIO(files["pages.csv"])))
    assert [(r["document"], r["page"], r["stream"], r["inferred"]) for r in rows] == [
        ("t", "1", "", "no"),
        ("t", "[2]", "print", "yes"),
        ("t", "1r", "ms", "no"),
        ("t", "2", "", "no"),
    ]
    links = fromstring(files["pages.html"]).xpath("//ol[@class='page-numbers']//a/@href")
    assert sorted(links) == sorted(r["link"] for r in rows)
    for file, _, identifier in (link.partition("#") for link in links):
        assert f'id="{identifier}"' in files[file]


def test_a_text_lists_the_pages_that_references_go_by(site):
    page = fromstring(site(BODY)["t.html"])
    assert page.xpath("//details[@class='go-to']//li/a/text()") == ["1", "2"]
    assert page.xpath("//details[@class='go-to']/p/a/@href") == ["pages.html#pages-t"]


def test_a_part_of_a_text_lists_its_own_pages_only(site):
    files = site(BODY.replace("three", "three " * 100).replace("one", "one " * 100), split="division")
    lists = {n: fromstring(f).xpath("//details[@class='go-to']//li/a/text()") for n, f in files.items() if "<art" in f}
    assert sorted(lists.values()) == [["1"], ["2"]]


def test_a_text_without_pages_has_none_of_this(site):
    files = site("<p>x</p>")
    assert not [name for name in files if name.startswith("pages")]
    assert "go-to" not in files["t.html"]


def test_a_page_that_is_not_shown_is_in_no_list(site):
    files = site(
        '<pb n="1"/><p>a</p><div><p rend="hidden">b</p></div><choice><sic>c<pb n="2"/></sic><corr>d</corr></choice>'
    )
    assert fromstring(files["pages.html"]).xpath("//ol[@class='page-numbers']//a/text()") == ["1"]


def test_other_columns_say_where_else_a_page_is_found(made):
    found = concordance(made('<pb n="1"/><p>a</p>').edition, {"pdf_page": lambda page: page.id.upper()})
    assert found.splitlines() == ["document,page,stream,inferred,pdf_page", "t,1,,no,PAGE-1"]


def test_a_label_with_a_comma_stays_one_field(site):
    (row,) = csv.DictReader(StringIO(site('<pb n="1, &quot;a&quot;"/><p>x</p>')["pages.csv"]))
    assert row["page"] == '1, "a"'


def test_the_book_has_a_concordance_of_its_own(made):
    edition = made('<pb n="1"/><p>a</p><pb n="2"/><p>b</p>').edition
    book = Printed("", "", frozenset(), "text-1")
    (file,) = concordance_of(edition, book, {"text-1": 2, "page-1": 2})
    assert file.path.name == "t-pages.csv"
    assert file.text.splitlines()[1:] == ["t,1,,no,3,1", "t,2,,no,,"]
