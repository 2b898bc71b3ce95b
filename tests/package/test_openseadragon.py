"""OpenSeadragon goes into a site that has images of pages, from where it is found, with its licence."""

import re
import sys
from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.package import openseadragon
from teipress.pipeline import build

EDITIONS = Path(__file__).parent.parent / "editions"


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """A Python that has none."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "prefix"))
    monkeypatch.setattr("teipress.package.fonts.available", tuple)
    return tmp_path


def put(folder):
    folder.mkdir(parents=True)
    (folder / "openseadragon.min.js").write_text("// viewer", "utf-8")
    (folder / "LICENSE.txt").write_text("a licence", "utf-8")


def test_an_editions_own_comes_first(nowhere):
    templates = nowhere / "templates"
    assert openseadragon.find(templates) is None
    put(openseadragon.place())
    assert openseadragon.find(templates) == nowhere / "prefix" / "share" / "teipress" / "openseadragon"
    put(templates / "site" / "openseadragon")
    assert openseadragon.find(templates) == templates / "site" / "openseadragon"


def test_a_site_with_images_takes_it_along(nowhere):
    put(openseadragon.place())
    report = build(settings_for(EDITIONS / "page-images"), nowhere / "out", ("html",))
    site = nowhere / "out" / "html"
    assert (site / "openseadragon" / "openseadragon.min.js").read_text("utf-8") == "// viewer"
    assert (site / "openseadragon" / "LICENSE.txt").is_file()
    assert 'data-viewer="openseadragon/openseadragon.min.js"' in (site / "notebook.html").read_text("utf-8")
    assert "html/openseadragon/openseadragon.min.js" in {a.path.as_posix() for a in report.artifacts}
    assert "O005" not in {f.code for f in report.findings}


def test_without_it_there_are_plain_images_and_a_note(nowhere):
    report = build(settings_for(EDITIONS / "page-images"), nowhere / "out", ("html",))
    page = (nowhere / "out" / "html" / "notebook.html").read_text("utf-8")
    assert "data-viewer" not in page
    assert "Enlarge" not in page
    assert 'src="images/scans/leaf-1.png"' in page
    assert [str(f.severity) for f in report.findings if f.code == "O005"] == ["note"]


def test_a_site_without_images_has_no_use_for_it(nowhere):
    put(openseadragon.place())
    report = build(settings_for(EDITIONS / "own-look"), nowhere / "out", ("html",))
    assert not (nowhere / "out" / "html" / "openseadragon").exists()
    assert {f.code for f in report.findings} & {"O005", "O006"} == set()


def test_one_release_is_named_everywhere(project):
    assert f"viewer={openseadragon.RELEASE}\n" in (project / ".ci" / "setup").read_text("utf-8")
    for path in (project / "README.md", project / "builder" / "teipress" / "help" / "O005.md"):
        assert set(re.findall(r"openseadragon@[\d.]+\d", path.read_text("utf-8"))) == {openseadragon.RELEASE}
        assert "openseadragon-6.0.2.tgz" in path.read_text("utf-8")
