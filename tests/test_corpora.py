"""Other people's TEI: whatever is well-formed becomes a site and an EPUB that hold together."""

import os
from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.errors import Stopped
from teipress.pipeline import build
from teipress.read import read
from teipress.verify import verify_folder

pytestmark = pytest.mark.slow

REFUSED = {"testrend.xml": "X001"}  # not well-formed, and meant to be
PRINTED = 6  # files whose PDF is made, too
SMALL = 20_000  # bytes


def corpus():
    """Every TEI file of the corpora; tests are made when they are collected, so without the folder there is none."""
    folder = os.environ.get("TEIPRESS_CORPORA")
    if not folder:
        return [pytest.param(None, marks=pytest.mark.skip("TEIPRESS_CORPORA is not set"), id="none")]
    top = Path(folder)
    return [pytest.param(p, id=p.relative_to(top).as_posix()) for p in sorted(top.rglob("*.xml")) if p.is_file()]


def spread():
    """A few small files, as far apart as can be."""
    files = [p for p in corpus() if p.values[0] is None or p.values[0].stat().st_size < SMALL]
    files = [p for p in files if p.values[0] is None or p.values[0].name not in REFUSED]
    return files[:: max(1, len(files) // PRINTED)][:PRINTED]


def well_formed(path):
    """Whether there is TEI to build; what is refused is refused with a finding that says why."""
    try:
        read(path, path.parent)
    except Stopped as refusal:
        assert {f.code for f in refusal.findings} <= {"X001", "X002"}
        assert all(f.file for f in refusal.findings)
        return False
    return True


@pytest.mark.parametrize("path", corpus())
def test_a_file_becomes_a_site_and_an_epub(path, tmp_path):
    if not well_formed(path):
        with pytest.raises(Stopped):
            build(settings_for(path), tmp_path / "out", ["html", "epub"])
        assert not (tmp_path / "out").exists()
        return
    report = build(settings_for(path), tmp_path / "out", ["html", "epub"])
    assert [str(f) for f in report.findings if f.severity == "error"] == []
    assert verify_folder(tmp_path / "out") == []


@pytest.mark.parametrize("path", [p for p in corpus() if p.values[0] is None or p.values[0].name in REFUSED])
def test_what_is_known_to_be_broken_is_refused(path):
    with pytest.raises(Stopped) as caught:
        read(path, path.parent)
    assert [f.code for f in caught.value.findings] == [REFUSED[path.name]]


@pytest.mark.parametrize("path", spread())
def test_a_small_file_becomes_a_book(path, tmp_path):
    if not well_formed(path):
        pytest.skip("refused, see above")
    report = build(settings_for(path), tmp_path / "out", ["pdf"])
    assert [str(f) for f in report.findings if f.severity == "error"] == []
    (book,) = (tmp_path / "out/pdf").iterdir()
    assert book.read_bytes().startswith(b"%PDF-")
