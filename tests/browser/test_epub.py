"""An EPUB in a reading system: foliate-js, which Foliate and others are built on, in Chromium."""

import shutil
import sys
from pathlib import Path

import pytest

from conftest import missing
from teipress.config import settings_for
from teipress.pipeline import build

from .conftest import EDITIONS

pytestmark = pytest.mark.slow

FOLIATE = Path(sys.prefix) / "share/teipress/foliate-js"  # where .ci/setup puts it
READER = """<!DOCTYPE html><meta charset="utf-8"><title>Reader</title>
<style>html, body { margin: 0; height: 100% } foliate-view { display: block; height: 100vh }</style>
<script type="module">
import "./foliate-js/view.js"
import { FootnoteHandler } from "./foliate-js/footnotes.js"
window.open_book = async name => {
  const blob = await (await fetch(name)).blob()
  const view = document.createElement("foliate-view")
  const notes = new FootnoteHandler()
  document.body.append(view)
  await view.open(new File([blob], name, { type: "application/epub+zip" }))
  view.addEventListener("load", event => { window.shown = event.detail.doc })
  view.addEventListener("relocate", event => { window.place = event.detail })
  view.addEventListener("link", event => notes.handle(view.book, event)?.catch(error => { window.failed = `${error}` }))
  notes.addEventListener("before-render", event => {
    Object.assign(event.detail.view.style, { position: "fixed", bottom: 0, height: "10em", width: "100%" })
    document.body.append(event.detail.view)
  })
  notes.addEventListener("render", event => {
    window.popped = [event.detail.type, event.detail.view.renderer.getContents()[0].doc.body.textContent]
  })
  window.view = view
}
window.ready = true
</script>"""


@pytest.fixture(scope="module")
def library(serve, default_edition, tmp_path_factory):
    """A folder with the reading system and some EPUBs."""
    if not (FOLIATE / "view.js").is_file():
        missing("foliate-js")
    top = tmp_path_factory.mktemp("library")
    shutil.copytree(FOLIATE, top / "foliate-js")
    (top / "index.html").write_text(READER, "utf-8")
    for folder in (default_edition, EDITIONS / "three-witnesses", EDITIONS / "three-languages"):
        settings = settings_for(folder)
        build(settings, top / "out" / folder.name, ("epub",))
        shutil.copy(top / "out" / folder.name / "epub" / f"{settings.name}.epub", top / f"{folder.name}.epub")
    return serve(top)


@pytest.fixture
def read(library, open_page):
    """``read("japan-ussr")`` opens an EPUB and gives the page that the reading system is in."""

    def start(name):
        page = open_page(f"{library.address}/index.html", width=900)
        page.wait_for_function("window.ready")
        page.evaluate("name => open_book(name)", f"{name}.epub")
        return page

    return start


def go(page, target):
    """Go to a place in the book, and wait until it is shown."""
    page.evaluate("target => { window.place = null; return view.goTo(target) }", target)
    page.wait_for_function("window.place && window.shown")


def words(page):
    return " ".join(page.evaluate("view.renderer.getContents()[0].doc.body.innerText").split())


def test_a_reading_system_finds_its_way_through_the_book(read):
    page = read("japan-ussr")
    book = page.evaluate("({ title: view.book.metadata.title, toc: view.book.toc, pages: view.book.pageList, "
                         "marks: view.book.landmarks.map(mark => mark.type[0]) })")  # fmt: skip
    assert book["title"].startswith("Japan and the Soviet Union")
    assert book["marks"][:4] == ["cover", "titlepage", "toc", "bodymatter"]
    assert len(book["toc"]) == 8
    assert page.evaluate("view.book.getCover().then(cover => cover.type)") == "image/svg+xml"
    go(page, 1)
    assert "Japan and the Soviet Union" in words(page)
    chapter = next(entry for entry in book["toc"] if entry["label"].startswith("U.S.S.R."))
    go(page, chapter["href"])
    assert "A conference paper of 1984" in words(page)


def test_the_list_of_pages_leads_to_the_pages_of_the_source(read):
    page = read("japan-ussr")
    pages = page.evaluate("view.book.pageList")
    assert len(pages) > 20
    for entry in (pages[3], pages[-1]):
        go(page, entry["href"])
        marker = page.evaluate("href => shown.getElementById(href.split('#')[1]).textContent", entry["href"])
        assert entry["label"].endswith(f" {marker}")
        assert page.evaluate("place.pageItem?.label") == entry["label"], "where it says the reader is"


def test_a_note_pops_up_and_is_a_link_as_well(read):
    page = read("japan-ussr")
    go(page, "EPUB/memo.xhtml")
    note = page.evaluate("shown.querySelector('aside .note-text').textContent")
    page.evaluate("shown.querySelector('a.noteref').click()")
    page.wait_for_function("window.popped || window.failed")
    kind, text = page.evaluate("window.popped")
    assert kind == "footnote"
    assert note.strip() in text
    there_and_back = """[...shown.querySelectorAll('a.noteref')].every(call => {
      const note = shown.querySelector(call.getAttribute('href'))
      return note.querySelector('a[role=doc-backlink]').getAttribute('href') === `#${call.id}`
    })"""
    assert page.evaluate(there_and_back), "for who has no pop-ups"


def test_an_entry_of_the_apparatus_pops_up(read):
    page = read("three-witnesses")
    names = page.evaluate("view.book.sections.map(section => section.id)")
    for name in (n for n in names if n.endswith(".xhtml")):
        go(page, name)
        if page.evaluate("!!shown.querySelector('.app a.noteref')"):
            break
    entry = page.evaluate(
        "shown.querySelector(shown.querySelector('.app a.noteref').getAttribute('href') + ' .note-text').textContent"
    )
    page.evaluate("shown.querySelector('.app a.noteref').click()")
    page.wait_for_function("window.popped || window.failed")
    assert entry.strip() in page.evaluate("window.popped[1]")


def test_redactions_are_read_aloud_in_words(library, open_page):
    page = open_page(f"{library.address}/out/japan-ussr/epub/japan-ussr/EPUB/memo.xhtml")
    tree = page.locator("section[data-document]").aria_snapshot()
    assert 'link "redacted, extent not stated, by Central Intelligence Agency' in tree
    assert "code 25X1" in tree
    assert "■" not in tree
    seen = page.evaluate("[...document.querySelectorAll('.withheld')].map(e => e.textContent)")
    assert seen
    assert set(seen) == {"redacted"}, "what is seen is a word, too, and as wide for whatever is under it"


def test_each_language_is_told_and_runs_its_way(read):
    page = read("three-languages")
    names = page.evaluate("view.book.sections.map(section => section.id)")
    found = set()
    for name in (n for n in names if n.endswith(".xhtml")):
        go(page, name)
        found |= set(
            page.evaluate("[...shown.querySelectorAll('[lang]')].map(e => [e.lang, e.getAttribute('xml:lang')].join())")
        )
    assert {"en,en", "ru,ru", "ja,ja"} <= found
    assert all(len(set(pair.split(","))) == 1 for pair in found)
