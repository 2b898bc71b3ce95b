"""The interface in Japanese and in German in a browser: what scripts say, and that nobody is kept out."""

import re

import pytest

from teipress.config import settings_for
from teipress.pipeline import build

from .conftest import EDITIONS, Visit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lighthouses_in(serve, tmp_path_factory):
    """``lighthouses_in("ja")``: an edition in three languages, with its interface in one of them or another."""
    made = {}

    def make(language):
        if language not in made:
            folder = tmp_path_factory.mktemp(language)
            for path in (EDITIONS / "three-languages").iterdir():
                (folder / path.name).write_bytes(path.read_bytes())
            settings = (folder / "edition.toml").read_text("utf-8")
            (folder / "edition.toml").write_text(f'interface = "{language}"\n{settings}', "utf-8")
            build(settings_for(folder), folder / "out", ("html",))
            made[language] = serve(folder / "out" / "html")
        return made[language]

    return make


@pytest.mark.parametrize(
    ("language", "one", "several", "none"),
    [("ja", "1件", "3件", "見つかりませんでした。"), ("de", "1 Stelle", "3 Stellen", "Nichts gefunden.")],
)
def test_the_search_counts_in_the_language(lighthouses_in, open_page, language, one, several, none):
    for query, said in (("keeper", one), ("灯台", several), ("submarine", none)):
        page = open_page(f"{lighthouses_in(language).address}/search.html")
        page.get_by_role("searchbox").fill(query)
        page.keyboard.press("Enter")
        status = page.get_by_role("status").filter(has_text=re.compile(r"\S"))
        status.wait_for()
        assert status.inner_text() == said


@pytest.mark.parametrize(("language", "panel", "dark"), [("ja", "表示", "暗"), ("de", "Ansicht", "dunkel")])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_panel_speaks_the_language_and_lies_on_the_page(lighthouses_in, open_page, language, panel, dark, width):
    visit = Visit()
    page = open_page(f"{lighthouses_in(language).address}/russian.html", width=width, visit=visit)
    page.locator(".settings summary").filter(has_text=panel).click()
    page.get_by_label(dark, exact=True).check()
    box = page.locator(".settings form").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert visit.complaints == []


@pytest.mark.parametrize("language", ["ja", "de"])
def test_axe_finds_nothing(lighthouses_in, open_page, violations, language):
    site = lighthouses_in(language)
    for name in site.pages:
        assert violations(open_page(f"{site.address}/{name}")) == [], name
