"""Verification: good output has no findings, and each kind of damage has its own."""

import json
import shutil
import zipfile

import pikepdf
import pytest

from teipress.config import settings_for
from teipress.pipeline import build
from teipress.verify import verify_folder

HEADER = "<fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>"
TEXT = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{HEADER}</teiHeader>
<standOff><listPerson><person xml:id="abe"><persName>Abe</persName></person></listPerson></standOff>
<text><body><div><head>One</head><p xml:id="p1"><pb n="1"/>Mr <persName ref="#abe">Abe</persName>
<note>A note.</note> <ref target="#p1">here</ref></p></div></body></text></TEI>"""

# a PDF as small as one can be: verification reads no more of it than its first and last lines


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small output as a build leaves it."""
    folder = tmp_path_factory.mktemp("verify")
    (folder / "t.xml").write_text(TEXT, encoding="utf-8")
    report = build(settings_for(folder / "t.xml"), folder / "out", ["html", "epub"])
    assert [str(f) for f in report.findings] == []
    return folder / "out"


@pytest.fixture
def out(built, tmp_path):
    """A copy of it to damage, without the manifest, so that each test sees its own finding only."""
    shutil.copytree(built, tmp_path / "out")
    (tmp_path / "out/manifest.json").unlink()
    return tmp_path / "out"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the fixture has no {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def codes(folder):
    return {f.code for f in verify_folder(folder)}


def repack(epub, change):
    """Rewrite an EPUB with `change` applied to its list of (entry, bytes)."""
    with zipfile.ZipFile(epub) as archive:
        entries = [(i, archive.read(i)) for i in archive.infolist()]
    with zipfile.ZipFile(epub, "w") as archive:
        for info, data in change(entries):
            archive.writestr(info, data)


def test_good_output_has_no_findings(built, out):
    assert verify_folder(built) == []
    assert verify_folder(out) == []


@pytest.mark.parametrize("place", ["html/t.html", "epub/t/EPUB/t.xhtml"])
@pytest.mark.parametrize(
    "link", ["lost.html", "#nowhere", "index.html#nowhere", "../../../etc/passwd", "style.css/x", "LOST.html?q=1"]
)
def test_a_link_that_leads_nowhere(out, place, link):
    edit(out / place, "<p ", f'<p><a href="{link}">x</a></p><p ')
    assert "L001" in codes(out)


@pytest.mark.parametrize(
    "link", ["index.html", "t.html#p1", "#p1", "style.css", "https://example.org/x", "mailto:a@b.c"]
)
def test_a_link_that_leads_somewhere(out, link):
    edit(out / "html/t.html", "<p ", f'<p><a href="{link}">x</a></p><p ')
    assert codes(out) == set()


def test_a_file_name_with_a_space_or_a_letter_beyond_ascii_is_found(out):
    (out / "html/ō x.html").write_text('<p id="ō">x</p>', encoding="utf-8")
    edit(out / "html/t.html", "<p ", '<p><a href="%C5%8D%20x.html#%C5%8D">x</a></p><p ')
    assert codes(out) == set()


def test_a_link_without_an_address_is_told(out):
    """An empty address is the page itself: nobody means that, and a missing identifier makes one."""
    edit(out / "html/t.html", "<p ", '<p><a href="">x</a></p><p ')
    assert "L001" in codes(out)


def test_an_image_that_is_missing(out):
    edit(out / "html/t.html", "<p ", '<img src="lost.png"><p ')
    assert codes(out) == {"L001"}


def test_a_link_in_the_navigation_files_of_an_epub_that_leads_nowhere(out):
    edit(out / "epub/t/EPUB/toc.ncx", "t.xhtml", "lost.xhtml")
    assert codes(out)


def test_an_identifier_that_stands_twice(out):
    edit(out / "html/t.html", "<p ", '<p id="p1">x</p><p ')
    assert codes(out) == {"L002"}


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="https://example.org/x.png">',
        '<script src="//example.org/x.js"></script>',
        '<link rel="stylesheet" href="http://example.org/x.css">',
        '<iframe src="https://example.org/"></iframe>',
        '<img src="data:," srcset="https://example.org/x.png 2x">',
        '<video poster="https://example.org/x.png"></video>',
        '<object data="https://example.org/x"></object>',
        '<style>@import "https://example.org/x.css";</style>',
        '<p style="background: url(https://example.org/x.png)">x</p>',
    ],
)
def test_a_page_that_asks_another_host(out, markup):
    edit(out / "html/t.html", "<main", f"{markup}<main")
    assert "L003" in codes(out)


def test_a_style_sheet_that_asks_another_host(out):
    sheet = out / "html/style.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "p { background: url(https://example.org/x.png) }")
    assert "L003" in codes(out)


def test_an_epub_with_a_file_that_its_package_does_not_list(out):
    repack(out / "epub/t.epub", lambda entries: [*entries, ("EPUB/stray.xhtml", b"x")])
    assert codes(out) == {"E001"}


def test_an_epub_without_a_file_that_its_package_lists(out):
    repack(out / "epub/t.epub", lambda entries: [e for e in entries if not e[0].filename.endswith("style.css")])
    assert codes(out) == {"E001"}


def test_an_epub_whose_media_type_is_not_first(out):
    repack(out / "epub/t.epub", lambda entries: [*entries[1:], entries[0]])
    assert codes(out) == {"E001"}


def test_an_epub_whose_media_type_is_another(out):
    repack(out / "epub/t.epub", lambda entries: [(entries[0][0], b"application/zip"), *entries[1:]])
    (out / "epub/t/mimetype").write_text("application/zip")
    assert codes(out) == {"E001"}


def test_an_epub_whose_spine_names_what_is_not_there(out):
    edit(out / "epub/t/EPUB/package.opf", 'idref="nav"', 'idref="lost"')
    repack(
        out / "epub/t.epub",
        lambda entries: [
            (i, (out / "epub/t" / i.filename).read_bytes() if i.filename.endswith(".opf") else d) for i, d in entries
        ],
    )
    assert codes(out) == {"E001"}


def test_an_unpacked_tree_that_differs_from_the_packed_one(out):
    edit(out / "epub/t/EPUB/t.xhtml", "A note", "Another note")
    assert codes(out) == {"E001"}


def test_an_unpacked_tree_with_a_file_more_than_the_packed_one(out):
    (out / "epub/t/EPUB/stray.css").write_text("x")
    assert codes(out) == {"E001"}


@pytest.mark.parametrize(
    "damage",
    [lambda d: d[: len(d) // 2], lambda d: b"", lambda d: b"PK" + bytes(200)],
    ids=["cut off", "empty", "only its first letters"],
)
def test_an_epub_that_is_no_zip_file(out, damage):
    path = out / "epub/t.epub"
    path.write_bytes(damage(path.read_bytes()))
    assert codes(out) == {"E001"}


def test_an_epub_with_a_flipped_byte(out):
    path = out / "epub/t.epub"
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(data)
    assert codes(out) == {"E001"}


def test_an_epub_without_a_container_or_with_a_broken_one(out):
    for damage in (b"", b"<container", b"<container/>"):
        repack(
            out / "epub/t.epub",
            lambda entries, new=damage: [(i, new if i.filename.endswith("container.xml") else d) for i, d in entries],
        )
        assert codes(out) == {"E001"}


def test_a_file_that_has_changed_since_the_build(built, tmp_path):
    shutil.copytree(built, tmp_path / "out")
    edit(tmp_path / "out/html/t.html", "A note", "A nota")
    assert [(f.code, f.file) for f in verify_folder(tmp_path / "out")] == [("E002", "html/t.html")]


def test_a_file_that_is_missing_and_one_that_is_new(built, tmp_path):
    shutil.copytree(built, tmp_path / "out")
    (tmp_path / "out/html/style.css").rename(tmp_path / "out/html/other.css")
    assert {f.file for f in verify_folder(tmp_path / "out") if f.code == "E002"} == {"html/style.css", "html/other.css"}


def test_a_file_that_is_gone_from_the_manifest(built, tmp_path):
    shutil.copytree(built, tmp_path / "out")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    gone = manifest["files"].pop()
    (tmp_path / "out/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert [(f.code, f.file) for f in verify_folder(tmp_path / "out")] == [("E002", gone["path"])]


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"files": [1]}', '{"files": 1}', "{"])
def test_a_manifest_that_cannot_be_read(built, tmp_path, manifest):
    shutil.copytree(built, tmp_path / "out")
    (tmp_path / "out/manifest.json").write_text(manifest)
    assert codes(tmp_path / "out") == {"E002"}


@pytest.fixture
def pdf(out):
    (out / "pdf").mkdir()
    with pikepdf.new() as empty:
        empty.save(out / "pdf/t.pdf", static_id=True)
    assert codes(out) == set()
    return out / "pdf/t.pdf"


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d[:-20],
        lambda d: b"",
        lambda d: b"\xff" + d[1:],
        lambda d: d[:-4] + b"EOG\n",
        lambda d: d + b"2 0 obj (an older text) endobj\nstartxref\n0\n%%EOF\n",
        lambda d: d + bytes(10) + b"payload",
    ],
    ids=["cut off", "empty", "other start", "other end", "appended to", "payload"],
)
def test_a_pdf_that_is_damaged(out, pdf, damage):
    pdf.write_bytes(damage(pdf.read_bytes()))
    assert codes(out) == {"E003"}
