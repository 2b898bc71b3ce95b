"""Texts compared, in a browser: side by side, by witness, in a table; at both sizes, by keyboard, without a script."""

from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.pipeline import build

from .conftest import EDITIONS, Visit

pytestmark = pytest.mark.slow

SCREENSHOTS = Path(__file__).parents[2] / "output" / "screenshots"
PAIR = "parallel-song-song-en.html"
TABLE = "collation-kiln.html"


@pytest.fixture(scope="module")
def sites(serve, tmp_path_factory):
    """Both editions, by name."""
    out = tmp_path_factory.mktemp("compared")
    found = {}
    for name in ("side-by-side", "three-witnesses"):
        build(settings_for(EDITIONS / name), out / name, ("html",))
        found[name] = serve(out / name / "html")
    return found


@pytest.fixture(scope="module")
def pages(sites):
    """The addresses of all pages that compare texts, and of a reading page that leads to some."""
    wanted = ("parallel", "collation", "witness", "song.", "kiln.")
    return [f"{s.address}/{name}" for s in sites.values() for name in s.pages if name.startswith(wanted)]


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_complains_in_either_colour_scheme(pages, open_page, violations, width):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    visit = Visit()
    page = open_page("about:blank", width, visit=visit)
    problems = []
    for address in pages:
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            problems += [(address, scheme, v) for v in violations(page)]
            page.screenshot(path=SCREENSHOTS / f"{Path(address).stem}-{width}-{scheme}.png")
    assert problems == []
    assert visit.complaints == visit.elsewhere == []


def test_no_page_scrolls_sideways(pages, open_page):
    page = open_page("about:blank")
    over = {}
    for address in pages:
        page.goto(address)
        for width in (1280, 640, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            over[address, width] = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
    assert {key: value for key, value in over.items() if value > 0} == {}


def boxes(page, text):
    return page.get_by_text(text, exact=True).first.bounding_box()


@pytest.mark.parametrize("script", [True, False])
def test_what_corresponds_stands_side_by_side_where_there_is_room_and_stacked_where_not(sites, open_page, script):
    address = f"{sites['side-by-side'].address}/{PAIR}"
    for width in (1280, 800):
        page = open_page(address, width, java_script_enabled=script)
        left, right = boxes(page, "am andern Rand der Nacht,"), boxes(page, "on the far rim of night,")
        assert abs(left["y"] - right["y"]) < 3
        assert right["x"] > left["x"] + 200
    page = open_page(address, 390, java_script_enabled=script)
    above, below = boxes(page, "am andern Rand der Nacht,"), boxes(page, "on the far rim of night,")
    assert below["y"] > above["y"] + 10
    names = page.locator(".row:not(.heads) .side-name").filter(visible=True)
    assert names.first.inner_text().lower() == "das fährlied"


def test_both_columns_can_be_seen_in_print(sites, open_page):
    page = open_page(f"{sites['side-by-side'].address}/{PAIR}", 700)
    page.emulate_media(media="print")
    left, right = boxes(page, "am andern Rand der Nacht,"), boxes(page, "on the far rim of night,")
    assert abs(left["y"] - right["y"]) < 3


def test_the_way_from_a_text_to_its_parallel_and_back(sites, open_page):
    page = open_page(f"{sites['side-by-side'].address}/song.html")
    page.get_by_role("link", name="Side by side with The ferry song").click()
    assert page.url.split("?")[0].endswith(PAIR)
    page.get_by_role("heading", name="The ferry song", exact=True).get_by_role("link").click()
    assert page.url.split("?")[0].endswith("song-en.html")


@pytest.mark.parametrize("script", [True, False])
def test_another_base_can_be_chosen(sites, open_page, script):
    """By keyboard, from the text of the edition to one witness and on to another."""
    page = open_page(f"{sites['three-witnesses'].address}/kiln.html", java_script_enabled=script)
    assert "They fired" in page.locator("article").inner_text()
    page.locator(".compared").get_by_role("link", name="B", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/witness-kiln-wB.html*")
    assert "They lit" in page.locator("article").inner_text()
    assert "lit B] fired A" in " ".join(page.locator(".notes.apparatus").inner_text().split())
    bases = page.get_by_role("navigation", name="Base witness")
    assert bases.locator("[aria-current]").inner_text() == "B"
    bases.get_by_role("link", name="C", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/witness-kiln-wC.html*")
    assert "dawn" in page.locator("article").inner_text()


def test_a_table_without_a_script_is_whole(sites, open_page):
    page = open_page(f"{sites['three-witnesses'].address}/{TABLE}", java_script_enabled=False)
    assert page.locator("tbody tr:not(.division)").count() == 8
    assert page.locator("form.collation-filter").is_hidden()
    with page.expect_download() as download:
        page.get_by_role("link", name="All as CSV").click()
    assert "slept" in download.value.path().read_text("utf-8")


def test_witnesses_can_be_chosen(sites, open_page):
    page = open_page(f"{sites['three-witnesses'].address}/{TABLE}")
    rows = page.locator("tbody tr:not(.division)").filter(visible=True)
    form = page.get_by_role("form", name="Witnesses")
    form.get_by_role("button", name="None").click()
    assert page.locator("thead th").filter(visible=True).all_inner_texts() == ["Place", "Text", "Editors"]
    for name in ("A", "B"):
        form.get_by_role("checkbox", name=name, exact=True).check()
    assert page.locator("thead th").filter(visible=True).all_inner_texts() == ["Place", "Text", "A", "B", "Editors"]
    assert rows.count() == 8
    form.get_by_role("checkbox", name="Only places where those shown differ").check()
    assert [r.split("\t")[1] for r in rows.all_inner_texts()] == ["fired", "slept", "red clay", "jars"]
    assert form.get_by_role("status").inner_text() == "4 of 8 places"


def test_a_table_is_scrolled_by_keyboard_and_keeps_its_heads(sites, open_page):
    page = open_page(f"{sites['three-witnesses'].address}/{TABLE}", 320)
    frame = page.get_by_role("region", name="Collation: The kiln")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.collation-frame').scrollLeft > 0")
    inside = frame.bounding_box()
    place = page.locator("tbody th[scope=row]").first.bounding_box()
    assert abs(place["x"] - inside["x"]) < 3


def test_it_works_from_a_disk(sites, open_page):
    visit = Visit()
    page = open_page(sites["three-witnesses"].on_disk(TABLE), visit=visit)
    assert page.locator("form.collation-filter").count() == 1
    page.get_by_role("link", name="A²").first.click()
    assert "The text of A²" in page.locator("h1 + .subtitle").inner_text()
    assert visit.complaints == []
