"""Every page of the default edition: it loads, is accessible, fits, and works without a script and from a disk."""

import pytest

from .conftest import Visit
from .measures import HEAVIEST, WIDTHS, screenshot, shift, sideways, told, weight

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("where", ["served", "on disk"])
def test_no_page_complains_asks_another_host_or_moves_while_it_loads(site, open_page, where):
    visit = Visit()
    page = open_page("about:blank", visit=visit)
    problems = {}
    for name in site.pages:
        visit.requests.clear()
        visit.complaints.clear()
        page.goto(f"{site.address}/{name}" if where == "served" else site.on_disk(name))
        page.wait_for_load_state("networkidle")
        problems[name] = [*visit.complaints, *visit.elsewhere, *shift(page)]
    assert told(problems) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_either_colour_scheme(site, open_page, violations, width):
    """Pictures of all pages are taken on the way, for looking at."""
    page = open_page("about:blank", width)
    problems = {}
    for name in site.pages:
        page.goto(f"{site.address}/{name}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            problems[name, scheme] = violations(page)
            screenshot(page, "japan-ussr", name, width, scheme)
    assert told(problems) == {}


def test_no_page_scrolls_sideways(site, open_page):
    page = open_page("about:blank")
    problems = {}
    for name in site.pages:
        page.goto(f"{site.address}/{name}")
        problems[name] = sideways(page)
    assert told(problems) == {}


def test_without_a_script_all_text_is_there(site, open_page):
    page = open_page("about:blank", java_script_enabled=False)
    for name in site.pages:
        page.goto(f"{site.address}/{name}")
        assert page.locator("main").inner_text().strip(), name
    for name in ("memo.html", "paper.html"):
        bare, scripted = (open_page(f"{site.address}/{name}", java_script_enabled=on) for on in (False, True))
        assert len(bare.locator("article").inner_text()) > 1_000
        assert bare.locator("article").inner_text() == scripted.locator("article").inner_text()


def test_the_keyboard_is_enough(site, open_page):
    """The first stop skips to the text; what has the focus shows it and is on the screen, in the order of the page."""
    page = open_page(f"{site.address}/memo.html")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert skip.bounding_box()["x"] >= 0
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        state = page.evaluate("""() => {
          const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
          const all = [...document.querySelectorAll("*")];
          return { outline: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, order: all.indexOf(e),
                   inside: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth };
        }""")
        assert state["outline"]
        assert state["inside"]
        seen.append(state["order"])
    assert seen == sorted(set(seen))
    page = open_page(f"{site.address}/memo.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_what_comes_with_a_text_is_light(site, open_page):
    """HTML, CSS and scripts, compressed, beside the text itself: under 60 KB."""
    for name in ("memo.html", "monograph.html", "paper.html"):
        assert weight(open_page("about:blank"), f"{site.address}/{name}") < HEAVIEST, name
