"""Reading a text: notes beside it, who a name means, other forms of words, citing what is selected."""

from itertools import pairwise

import pytest

from teipress.config import settings_for
from teipress.pipeline import build

from .conftest import EDITIONS

pytestmark = pytest.mark.slow

FIRST, SECOND = "tides.html", "tides-second.html"


@pytest.fixture(scope="session")
def tides(serve, tmp_path_factory):
    """An edition with notes, names, choices, changes and pages, in two forms."""
    out = tmp_path_factory.mktemp("tides")
    build(settings_for(EDITIONS / "tide-book"), out / "out", ("html",))
    return serve(out / "out" / "html")


def select(page, start, end):
    """Select in the text from the first place of some words to the end of others."""
    page.evaluate(
        """([start, end]) => {
          const find = words => {
            const walk = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT);
            for (let text = walk.nextNode(); text; text = walk.nextNode()) {
              const at = text.data.indexOf(words);
              if (at >= 0) return [text, at, at + words.length];
            }
          };
          const [from, first] = find(start), [to, , last] = find(end);
          getSelection().setBaseAndExtent(from, first, to, last);
        }""",
        [start, end],
    )


def boxes(page, selector):
    return [e.bounding_box() for e in page.locator(selector).all()]


def test_notes_stand_beside_the_text_at_the_height_of_their_calls(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}", 1440)
    page.wait_for_selector(".beside-ready li.beside")
    notes, calls = boxes(page, ".notes li"), boxes(page, ".body .noteref")
    assert len(notes) == len(calls) > 2
    column = page.locator(".body").bounding_box()
    for note, call in zip(notes, calls, strict=True):
        assert note["x"] >= column["x"] + column["width"]
        assert note["x"] + note["width"] <= 1440
        assert -4 <= note["y"] - call["y"] < 200
    tops = sorted((n["y"], n["y"] + n["height"]) for n in notes)
    assert all(end <= start for (_, end), (start, _) in pairwise(tops))


@pytest.mark.parametrize(("width", "script"), [(390, True), (1440, False)])
def test_without_room_or_script_notes_stand_behind_the_text(tides, open_page, width, script):
    page = open_page(f"{tides.address}/{FIRST}", width, java_script_enabled=script)
    end = page.locator(".body").bounding_box()
    assert all(n["y"] >= end["y"] + end["height"] for n in boxes(page, ".notes li"))


def test_notes_go_behind_the_text_when_the_reader_wants_them_there(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}?view=no-beside", 1440)
    end = page.locator(".body").bounding_box()
    assert all(n["y"] >= end["y"] + end["height"] for n in boxes(page, ".notes li"))
    page.keyboard.press("v")
    page.get_by_label("notes beside the text").check()
    page.wait_for_selector("li.beside")
    assert page.url.endswith(FIRST)


def test_a_name_says_who_is_meant_to_pointer_and_keyboard(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}", 390)
    names = page.locator(".body a.persName")
    names.nth(1).hover()  # the second of the page, which has no title of its own
    popup = page.get_by_role("tooltip")
    popup.wait_for()
    assert "pilot of the western bar" in popup.inner_text()
    page.keyboard.press("Escape")
    assert popup.is_hidden()
    page.mouse.move(0, 0)
    names.first.scroll_into_view_if_needed()
    page.keyboard.press("Tab")
    while not names.first.evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    popup.wait_for()
    assert names.first.get_attribute("aria-describedby") == "popup"
    page.keyboard.press("Enter")
    page.wait_for_url("**/persons.html*")


def test_a_call_shows_its_note_where_there_is_no_room_beside(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}", 800)
    page.locator(".body .noteref").first.hover()
    page.get_by_role("tooltip").wait_for()
    assert "read badly" in page.get_by_role("tooltip").inner_text()


def test_words_and_changes_are_shown_as_the_reader_likes(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}")
    opening = page.locator("#opening")
    assert "kept the tide book" in " ".join(opening.inner_text().split())
    page.keyboard.press("v")
    page.get_by_label("words as the source has them").check()
    assert "kept the tyde book" in " ".join(opening.inner_text().split())
    page.get_by_label("changes by the writer").uncheck()
    assert "for eleven years" in " ".join(opening.inner_text().split())
    assert "swapped" in page.url
    assert "no-changes" in page.url
    page.locator("a[rel=next]").click()
    assert "swapped.no-changes" in page.url


def test_the_other_form_is_opened_at_the_same_place(tides, open_page):
    page = open_page(f"{tides.address}/{SECOND}")
    last = page.locator(".body p").last
    last.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.second a').click()")
    page.wait_for_url("**/diplomatic/tides-second.html*")
    assert "#" in page.url
    assert page.evaluate("scrollY") > 100


def cite(page):
    page.keyboard.press("q")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    return {r.locator("dt").inner_text(): r.locator("dd span").inner_text() for r in dialog.locator("dl > div").all()}


def test_a_passage_is_cited_with_its_pages_and_an_address(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}")
    select(page, "kept the", "moon had turned")
    rows = cite(page)
    assert rows["Link"] == "https://editions.example/tide-book/tides.html#opening"
    assert rows["MLA"].endswith("p. 2, https://editions.example/tide-book/tides.html#opening")
    assert "(p. 2)" in rows["APA"]
    assert set(rows) == {"Chicago", "MLA", "APA", "ISO 690", "Link"}
    quoted = page.locator("dialog blockquote").inner_text()
    assert quoted.startswith("kept the tide book for")
    assert quoted.endswith("the moon had turned")
    assert "1" not in quoted  # the call of a note is no word of the source


def test_a_passage_over_a_page_end_names_both_pages(tides, open_page):
    page = open_page(f"{tides.address}/{SECOND}")
    select(page, "The book went on", "in another hand")
    assert "pp. 3–4" in cite(page)["Chicago"]
    assert page.locator("dialog blockquote").inner_text() == "The book went on after him in another hand"


def test_without_a_selection_the_page_that_is_read_is_cited(tides, open_page, violations):
    page = open_page(f"{tides.address}/{SECOND}")
    page.get_by_role("button", name="Cite this page").click()  # at the end, so that its last page is the one
    page.get_by_role("dialog").wait_for()
    assert "p. 5" in page.get_by_role("dialog").inner_text()
    assert violations(page) == []


def test_a_passage_is_cited_on_a_disk_too_and_copied(tides, open_page):
    page = open_page(tides.on_disk(FIRST), permissions=["clipboard-read", "clipboard-write"])
    select(page, "kept the", "years")
    assert cite(page)["Link"].startswith("https://editions.example/")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_text("Copied").wait_for()


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_with_a_popup_open(tides, open_page, violations, width):
    for dark in (False, True):
        page = open_page(f"{tides.address}/{FIRST}", width, dark)
        page.locator(".body a.persName").first.hover()
        page.get_by_role("tooltip").wait_for()
        assert violations(page) == []


def test_keys_of_one_letter_can_be_turned_off(tides, open_page):
    """WCAG 2.1.4: what a reader says to a machine is letters, too."""
    page = open_page(f"{tides.address}/{FIRST}")
    page.keyboard.press("v")
    page.get_by_label("keyboard shortcuts").uncheck()
    page.keyboard.press("c")
    page.reload()
    page.keyboard.press("c")
    assert FIRST in page.url
    assert "no-keys" in page.url


def test_a_key_leads_into_the_field_of_the_search(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html*")
    page.wait_for_function("document.activeElement.type === 'search'")


def test_what_was_chosen_for_the_screen_is_not_printed(tides, open_page):
    page = open_page(f"{tides.address}/{FIRST}?view=dark.largest")
    page.emulate_media(media="print")
    style = "(name) => getComputedStyle(document.body)[name]"
    assert page.evaluate(style, "color") == "rgb(0, 0, 0)"
    assert page.evaluate(style, "fontSize") == "14px"


@pytest.mark.parametrize("dark", [False, True])
def test_a_short_page_has_its_colour_down_to_the_end_of_the_window(tides, open_page, dark):
    page = open_page(f"{tides.address}/search.html", 1280, dark)
    ground = "(name) => getComputedStyle(document.querySelector(name)).backgroundColor"
    assert page.evaluate(ground, "html") == page.evaluate(ground, "body")
