"""Images of pages in a browser: beside the text, along with it, enlarged on demand; from elsewhere on demand only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.pipeline import build

from .conftest import EDITIONS, Visit

pytestmark = pytest.mark.slow

SCREENSHOTS = Path(__file__).parents[2] / "output" / "screenshots"
INFO = {
    "@context": "http://iiif.io/api/image/3/context.json",
    "id": "https://images.example.net/iiif/reef",
    "type": "ImageService3",
    "protocol": "http://iiif.io/api/image",
    "profile": "level1",
    "width": 300,
    "height": 420,
}
SHOWN = ".facsimiles li.current"
ENLARGED = ".facsimiles.enlarged .viewer canvas"


@pytest.fixture(scope="module")
def notebook(serve, require_viewer, tmp_path_factory):
    """An edition with images of pages."""
    require_viewer()
    out = tmp_path_factory.mktemp("notebook")
    build(settings_for(EDITIONS / "page-images"), out / "out", ("html",))
    return serve(out / "out" / "html")


def where(site, name, on_disk=False):
    return site.on_disk(name) if on_disk else f"{site.address}/{name}"


def shown(page):
    return page.locator(SHOWN).get_attribute("id").removeprefix("facs-notebook-page-")


@pytest.mark.parametrize("on_disk", [False, True], ids=["served", "on disk"])
def test_the_image_goes_along_with_the_text(notebook, open_page, on_disk):
    visit = Visit()
    page = open_page(where(notebook, "notebook.html", on_disk), visit=visit)
    assert shown(page) == "1"
    image = page.locator(f"{SHOWN} img")
    assert image.is_visible()
    assert image.evaluate("e => e.complete && e.naturalWidth") == 300
    for number in ("2", "3", "4", "3", "1"):
        page.evaluate("id => document.getElementById(id).scrollIntoView()", f"notebook-page-{number}")
        page.wait_for_selector(f"#facs-notebook-page-{number}.current")
        assert page.locator(".facsimiles li:visible").count() == 1
    assert visit.elsewhere == []
    assert visit.complaints == []
    assert not any("openseadragon" in request for request in visit.requests)


@pytest.mark.parametrize("on_disk", [False, True], ids=["served", "on disk"])
def test_an_image_is_enlarged_and_turned_by_keyboard(notebook, open_page, on_disk):
    visit = Visit()
    page = open_page(where(notebook, "notebook.html", on_disk), visit=visit)
    page.locator(".facs-mark[href='#facs-notebook-page-2']").focus()
    page.keyboard.press("Enter")
    assert shown(page) == "2"
    assert page.evaluate("document.activeElement.className").startswith("facsimiles")
    for _ in range(3):  # previous, next, enlarge
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.act") == "enlarge"
    page.keyboard.press("Enter")
    page.wait_for_selector(ENLARGED)
    assert page.locator("[data-act=enlarge]").get_attribute("aria-pressed") == "true"
    page.locator("[data-act=in]").press("Enter")
    page.locator("[data-act=on]").press("Enter")
    page.wait_for_selector("#facs-notebook-page-3.current")
    assert page.locator(".viewer .openseadragon-canvas").get_attribute("aria-label") == "Image of page 3"
    page.keyboard.press("Escape")
    page.wait_for_selector(".facsimiles:not(.enlarged)")
    assert page.evaluate("document.activeElement.dataset.act") == "enlarge"
    page.keyboard.press("Escape")
    assert not page.locator(".facsimiles").is_visible()
    assert visit.elsewhere == []
    assert visit.complaints == []


def test_whether_images_are_shown_is_a_choice_that_stays(notebook, open_page):
    page = open_page(where(notebook, "notebook.html"))
    page.locator(".facsimiles [data-act=close]").click()
    assert "view=no-facsimile" in page.url
    assert not page.locator(".facsimiles").is_visible()
    page.reload()
    assert not page.locator(".facsimiles").is_visible()
    page.locator(".settings summary").click()
    page.get_by_label("images of pages").check()
    assert "view" not in page.url
    assert page.locator(".facsimiles").is_visible()
    page.goto(where(notebook, "index.html"))
    page.locator(".settings summary").click()
    assert not page.locator(".settings [name=facsimile]").is_visible()  # there is nothing to choose here


def test_what_is_elsewhere_is_loaded_when_a_reader_asks_for_it(notebook, open_page):
    visit = Visit()
    page = open_page("about:blank", visit=visit)
    scan = (EDITIONS / "page-images" / "scans" / "leaf-1.png").read_bytes()
    page.route("https://images.example.net/**", lambda route: answer(route, scan))
    page.goto(where(notebook, "notebook.html#notebook-page-4"))
    page.wait_for_selector("#facs-notebook-page-4.current")
    page.wait_for_timeout(300)
    assert visit.elsewhere == []
    assert not page.locator("[data-act=enlarge]").is_visible()
    link = page.locator(f"{SHOWN} .page-image")
    assert link.inner_text() == "Image of page 4 (at images.example.net)"
    assert link.get_attribute("href") == "https://images.example.net/iiif/reef/info.json"
    page.get_by_role("button", name="Show images from images.example.net here").click()
    page.wait_for_selector(ENLARGED)
    page.wait_for_function("performance.now() > 0 && document.querySelector('.viewer canvas').width > 0")
    assert visit.elsewhere[0] == "https://images.example.net/iiif/reef/info.json"
    assert {r.split("/")[2] for r in visit.elsewhere} == {"images.example.net"}
    assert visit.complaints == []


def test_where_all_images_are_elsewhere_the_text_has_the_page_until_one_is_asked_for(notebook, open_page):
    visit = Visit()
    page = open_page("about:blank", visit=visit)
    scan = (EDITIONS / "page-images" / "scans" / "leaf-1.png").read_bytes()
    page.route("https://images.example.net/**", lambda route: answer(route, scan))
    page.route("https://photos.example.com/**", lambda route: answer(route, scan))
    page.goto(where(notebook, "slip.html"))
    assert page.locator(".facsimiles").bounding_box()["y"] > page.locator("main").bounding_box()["y"] + 100
    assert visit.elsewhere == []
    page.get_by_role("button", name="Show images from photos.example.com here").click()
    page.wait_for_selector(ENLARGED)
    assert {r.split("/")[2] for r in visit.elsewhere} == {"photos.example.com"}
    assert page.locator(".facsimiles").bounding_box()["x"] > 600
    page.get_by_role("button", name="Show images from images.example.net here").click()
    page.wait_for_timeout(500)
    assert {r.split("/")[2] for r in visit.elsewhere} == {"photos.example.com", "images.example.net"}
    page.locator("[data-act=close]").click()
    assert page.locator(".facsimiles").is_visible()
    assert "view" not in page.url


def answer(route, scan):
    headers = {"Access-Control-Allow-Origin": "*"}
    if route.request.url.endswith("/info.json"):
        route.fulfill(status=200, headers=headers, content_type="application/json", body=json.dumps(INFO))
    else:
        route.fulfill(status=200, headers=headers, content_type="image/png", body=scan)


def test_an_image_that_cannot_be_had_leaves_its_link(notebook, open_page):
    page = open_page("about:blank")
    page.route("https://images.example.net/**", lambda route: route.abort())
    page.goto(where(notebook, "notebook.html#notebook-page-4"))
    page.get_by_role("button", name="Show images from images.example.net here").click()
    page.wait_for_selector(".facsimiles:not(.enlarged) li.current .page-image:visible")


def test_without_a_script_every_image_can_be_reached(notebook, open_page):
    for width in (1280, 390):
        visit = Visit()
        page = open_page(where(notebook, "notebook.html"), width, visit=visit, java_script_enabled=False)
        links = page.locator(".facsimiles .page-image")
        assert [links.nth(n).get_attribute("href").rpartition("/")[2] for n in range(links.count())] == [
            "leaf-1.png",
            "opening.png",
            "opening.png",
            "info.json",
        ]
        assert all(links.nth(n).is_visible() for n in range(links.count()))
        assert not page.locator(".facsimiles button:visible").count()
        page.locator(".facs-mark").nth(1).click()
        assert page.url.endswith("#facs-notebook-page-2")
        assert visit.elsewhere == []


def test_on_a_small_screen_an_image_opens_below_the_text_that_is_read(notebook, open_page):
    page = open_page(where(notebook, "notebook.html"), 390)
    page.locator(".facs-mark").nth(1).click()
    pane = page.locator(".facsimiles.open")
    box = pane.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] > 844 * 0.4
    assert box["y"] + box["height"] <= 845
    assert page.locator(f"{SHOWN} img").is_visible()
    assert page.locator(f"{SHOWN} img").bounding_box()["y"] < 844
    page.keyboard.press("Escape")
    assert page.locator(".facsimiles.open").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#facs-notebook-page-2"


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_any_state(notebook, open_page, violations, width):
    """Pictures are taken on the way, for looking at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page = open_page(where(notebook, "notebook.html"), width)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for name, act in (("beside", None), ("open", ".facs-mark"), ("enlarged", "[data-act=enlarge]")):
            if act:
                page.locator(act).nth(1 if act == ".facs-mark" else 0).click()
            if name == "enlarged":
                page.wait_for_selector(ENLARGED)
                page.wait_for_timeout(400)
            assert violations(page) == []
            page.screenshot(path=SCREENSHOTS / f"facsimile-{name}-{width}-{scheme}.png")
        page.keyboard.press("Escape")
        if width < 500:
            page.wait_for_selector(".facsimiles:not(.enlarged)")
            page.keyboard.press("Escape")


def test_nothing_moves_or_scrolls_sideways(notebook, open_page):
    page = open_page(where(notebook, "notebook.html"))
    page.wait_for_load_state("networkidle")
    moved = page.evaluate("""() => new Promise(done => {
      let sum = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 200);
    })""")
    assert moved < 0.01
    for width in (1280, 1100, 640, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, width
