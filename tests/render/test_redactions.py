"""What is withheld: in words, in figures, and for programs."""

import csv
import json
import re
from io import StringIO

from lxml.html import fromstring

REGISTER = """<listOrg><org xml:id="board"><orgName>The Board</orgName></org></listOrg>
<list><item><taxonomy><category xml:id="k1"><catDesc><term>K1</term> <gloss>names of clerks</gloss></catDesc></category>
</taxonomy></item></list>"""
BODY = """<pb n="1"/><div><head>One, "quoted"</head><p>a
<gap reason="redacted" resp="#board" ana="#k1" unit="line" quantity="2"/>
b <gap reason="redacted" resp="#board" ana="#k1"/></p></div>
<pb n="2"/><p>c <stamp ana="#k1" resp="#board">K1</stamp></p><pb n="3"/><p>d <gap reason="redacted"/></p>"""


def test_a_meaning_is_told_once_a_page(site):
    page = fromstring(site(BODY, register=REGISTER)["t.html"])
    assert page.xpath("//a[@class='withheld']/@aria-label") == [
        "2 lines redacted, by the Board, code K1: names of clerks",
        "redacted, extent not stated, by the Board, code K1",
        "redacted, extent not stated",
    ]


def test_the_words_that_are_seen_begin_those_that_are_heard(site):
    """WCAG 2.2, 2.5.3."""
    for link in fromstring(site(BODY, register=REGISTER)["t.html"]).xpath("//a[@class='withheld']"):
        assert link.get("aria-label").startswith(link.text_content())


def test_the_register_as_a_table_of_values(site):
    files = site(BODY, register=REGISTER)
    rows = list(csv.DictReader(StringIO(files["redactions.csv"])))
    assert [(r["page"], r["kind"], r["extent"], r["authority"], r["codes"]) for r in rows] == [
        ("1", "gap", "2 lines", "The Board", "K1"),
        ("1", "gap", "", "The Board", "K1"),
        ("2", "stamp", "", "", "K1"),
        ("3", "gap", "", "", ""),
    ]
    assert rows[0]["section"] == 'One, "quoted"'
    for row in rows:
        file, _, identifier = row["link"].partition("#")
        assert f'id="{identifier}"' in files[file]


def test_the_register_as_json_has_the_totals(site):
    value = json.loads(site(BODY, register=REGISTER)["redactions.json"])
    assert value["total"] == len(value["redactions"]) == 4
    assert value["codes"] == [{"code": "K1", "meaning": "names of clerks", "authority": "", "redactions": 3}]
    (document,) = value["documents"]
    assert document["pages"] == 3
    assert [(p["page"], p["redactions"]) for p in document["by_page"]] == [("1", 2), ("2", 1), ("3", 1)]


def test_the_charts_say_in_words_what_they_show(site):
    page = fromstring(site(BODY, register=REGISTER)["redactions.html"])
    for chart in page.xpath("//svg"):
        title, description = chart.get("aria-labelledby").split()
        assert page.get_element_by_id(title).text_content().startswith("Redactions by")
        assert page.get_element_by_id(description).text_content().endswith(".")
        assert chart.getparent().xpath(".//table")
    assert "K1: 3; no code: 1." in page.xpath("string(//figure[@id='by-code']//desc)")
    assert page.xpath("//figure[@id='by-code']//tr[1]//td[@class='places']/a/text()") == ["1", "2", "3"]


def test_the_strip_has_a_sheet_for_each_page_and_counts_places_only(site):
    cells = fromstring(site(BODY, register=REGISTER)["t.html"]).xpath("//details[contains(@class, 'strip')]//a")
    assert [(c.get("href"), c.get("style")) for c in cells] == [
        ("#page-1", "--n:2"),
        ("#page-2", "--n:1"),
        ("#page-3", "--n:1"),
    ]
    assert cells[0].get("aria-label") == "page 1: 2 redactions"


def test_what_stands_before_the_first_page_has_a_sheet_of_its_own(site):
    page = fromstring(site('<p xml:id="a"><gap xml:id="g" reason="redacted"/></p><pb n="1"/><p>b</p>')["t.html"])
    cells = page.xpath("//details[contains(@class, 'strip')]//a")
    assert [(c.get("href"), c.get("aria-label")) for c in cells] == [
        ("#g", "before the first page: 1 redaction"),
        ("#page-1", "page 1: no redactions"),
    ]


def test_without_redactions_there_is_nothing_of_all_this(site):
    files = site('<pb n="1"/><p>a</p>')
    assert not [name for name in files if name.startswith("redactions")]
    assert 'class="strip"' not in files["t.html"]


def test_without_pages_there_is_no_strip(site):
    files = site('<p>a <gap reason="redacted"/></p>')
    assert 'class="strip"' not in files["t.html"]
    assert not re.search(r'id="by-page', files["redactions.html"])
