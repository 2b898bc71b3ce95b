"""The search page in a browser: three languages, facets, addresses, and what is said where it cannot work."""

import re

import pytest

from .conftest import Visit

pytestmark = pytest.mark.slow


@pytest.fixture
def search(lighthouses, open_page):
    """``search("маяк")`` asks, and gives the page when the answer is there."""

    def ask(query):
        page = open_page(f"{lighthouses.address}/search.html")
        page.get_by_role("searchbox").fill(query)
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text=re.compile("passage|Nothing")).wait_for()
        return page

    return ask


def links(page):
    page.locator(".results li").first.wait_for(timeout=5_000)
    return [a.get_attribute("href") for a in page.locator(".results a").all()]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lighthouse", ["english.html#english-1"]),
        ("KEEPER", ["english.html#english-1"]),
        ("paraffin", ["english.html#english-1"]),
        ('"horn was heard"', ["english.html#english-2"]),
        ('Kenji "the book"', ["english.html#english-2"]),
        ("маяк", ["russian.html#russian-1"]),
        ("корабль", ["russian.html#russian-1"]),
        ("елки", ["russian.html#russian-1"]),
        ("北方海", ["japanese.html#japanese-1"]),
        ("灯台 健二", ["japanese.html#japanese-1"]),
        ("ランプ", ["japanese.html#japanese-1"]),
        ("灯台の光", ["english.html#english-2"]),
    ],
)
def test_a_passage_is_found(search, query, expected):
    assert links(search(query)) == expected


@pytest.mark.parametrize("query", ["submarine", "方域", '"heard was horn"', "lighthouse submarine-x 光光"])
def test_what_is_not_there_is_not_found(search, query):
    assert search(query).get_by_role("status").inner_text() == "Nothing found."


def test_one_query_finds_in_all_languages_and_facets_narrow_it(search):
    page = search("灯台")
    assert len(links(page)) == 3
    page.locator("[data-facet=document] summary").click()
    page.get_by_role("checkbox", name="灯台日誌").check()
    page.get_by_role("status").filter(has_text="2 passages").wait_for()
    assert "document=" in page.url
    page.locator("[data-facet=person] summary").click()
    page.get_by_role("checkbox", name=re.compile("健二")).check()
    page.get_by_role("status").filter(has_text="1 passage").wait_for()
    assert links(page) == ["japanese.html#japanese-1"]


def test_an_address_keeps_a_query_and_its_facets(lighthouses, open_page):
    page = open_page(f"{lighthouses.address}/search.html?q=horn&redaction=S1")
    assert links(page) == ["english.html#english-2"]
    assert page.get_by_role("searchbox").input_value() == "horn"
    assert page.get_by_role("checkbox", name="S1").is_checked()


def test_facets_alone_list_what_has_them(lighthouses, open_page):
    page = open_page(f"{lighthouses.address}/search.html?redaction=S1")
    assert links(page) == ["english.html#english-2"]


def test_what_was_found_is_marked_and_japanese_stands_as_it_was_written(search):
    page = search("北方海")
    text = page.locator(".results li p").inner_text()
    assert "健二は、霧の夜に北方海域の船へ光を送った。" in text
    assert "".join(page.locator("mark").all_inner_texts()) == "北方海"


def test_a_result_leads_to_its_page(search):
    page = search("корабль")
    page.locator(".results a").click()
    page.wait_for_url("**/russian.html#russian-1")
    assert page.locator("#russian-1").is_visible()


def test_axe_finds_nothing_in_an_answer(search, violations):
    page = search("灯台")
    for summary in page.locator("summary").all():
        summary.click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def test_a_search_asks_no_other_host(lighthouses, open_page):
    visit = Visit()
    page = open_page(f"{lighthouses.address}/search.html?q=lamp", visit=visit)
    assert links(page)
    assert visit.elsewhere == []
    assert visit.complaints == []


def test_from_a_disk_the_page_says_why_and_offers_the_index(lighthouses, open_page):
    page = open_page(lighthouses.on_disk("search.html"))
    assert "opened from a disk" in page.get_by_role("status").inner_text()
    assert not page.get_by_role("searchbox").is_visible()
    page.get_by_role("link", name="L", exact=True).click()
    assert page.url.endswith("words.html#letter-l")


def test_without_a_script_the_index_of_words_leads_to_the_page(lighthouses, open_page):
    page = open_page(f"{lighthouses.address}/search.html", java_script_enabled=False)
    assert page.get_by_text("The search needs JavaScript").is_visible()
    assert not page.locator(".search-form").is_visible()
    page.get_by_role("navigation", name="Index of words").get_by_role("link", name="L", exact=True).click()
    page.locator("li", has_text="lighthouse").get_by_role("link").click()
    assert page.url.endswith("english.html#english-1")
