"""The validators that other tests rely on see what is wrong."""

import subprocess
import zipfile
from datetime import UTC, datetime

import pikepdf
import pytest

from teipress.config import settings_for
from teipress.package.profiles import Publication, finish, save
from teipress.package.xmp import Record
from teipress.pipeline import build
from validators import NEEDED, ace_faults, epub_faults, page_faults, pdf_faults

pytestmark = pytest.mark.slow


@pytest.fixture
def good(write_tei, tmp_path, require_tool, require_module):
    """What is built of a small file."""
    require_tool("java")
    for package in NEEDED:
        require_module(package)
    build(settings_for(write_tei()), tmp_path / "out", ["html", "epub"])
    return tmp_path / "out"


def test_epubcheck_tells_which_of_two_epubs_is_broken(good):
    whole, broken = good / "epub/text.epub", good / "epub/broken.epub"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data.replace(b"<h1", b"<h7").replace(b"</h1", b"</h7"))
    faults = epub_faults([whole, broken])
    assert {fault.kind for fault in faults} == {"EPUBCheck ERROR RSC-005"}
    assert all(fault.file.is_relative_to(broken) and fault.line for fault in faults)


def test_epubcheck_tells_of_a_file_that_is_not_declared(good):
    with zipfile.ZipFile(good / "epub/text.epub", "a") as archive:
        archive.writestr("EPUB/kept-back.txt", "whatever it says")
    (fault,) = epub_faults([good / "epub/text.epub"])
    assert fault.kind == "EPUBCheck USAGE OPF-003"
    assert "kept-back.txt" in fault.message


def test_ace_tells_which_of_two_epubs_keeps_people_out(good, require_ace):
    require_ace()
    whole, broken = good / "epub/text.epub", good / "epub/broken.epub"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for entry in old.infolist():
            data = old.read(entry).replace(b' role="doc-toc"', b"")
            new.writestr(entry, data.replace(b"Some text.", b'<img src="x.png"/>'))
    faults = ace_faults([whole, broken])
    assert {fault.kind for fault in faults} == {"Ace image-alt", "Ace epub-type-has-matching-role"}
    assert all(fault.file.is_relative_to(broken) for fault in faults)


def test_ace_that_breaks_is_no_clean_bill(tmp_path, require_ace):
    require_ace()
    (tmp_path / "no.epub").write_bytes(b"no EPUB")
    with pytest.raises(subprocess.CalledProcessError):
        ace_faults([tmp_path / "no.epub"])


def test_the_nu_checker_tells_which_of_two_pages_is_broken(good):
    whole, broken = good / "html/text.html", good / "html/a broken page.html"
    broken.write_text(whole.read_text("utf-8").replace("<main", "<main></p><main", 1), "utf-8")
    faults = page_faults([whole, broken])
    assert {fault.file for fault in faults} == {broken}
    assert "No “p” element in scope but a “p” end tag seen." in [fault.message for fault in faults]


def test_verapdf_tells_which_of_two_pdfs_is_broken(tmp_path, require_verapdf):
    require_verapdf()
    whole, broken = tmp_path / "whole.pdf", tmp_path / "broken.pdf"
    for path, language in ((whole, "en"), (broken, "not a language")):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            finish(pdf, Publication(Record("Nothing", language, datetime(2001, 2, 3, tzinfo=UTC)), "archive"))
            pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
            save(pdf, path)
    faults = pdf_faults([("2a", whole), ("ua1", whole), ("ua1", broken)])
    assert [(fault.file, fault.kind) for fault in faults] == [(broken, "veraPDF ua1 7.2-29")]


def test_no_files_have_no_faults():
    assert epub_faults([]) == ace_faults([]) == page_faults([]) == pdf_faults([]) == []
