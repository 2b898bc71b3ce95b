"""Profiles of PDFs: what is claimed is there, the TEI is attached where it is due, and veraPDF agrees."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from pikepdf import Array, Dictionary, Name

from teipress.package.profiles import Attachment, Publication, finish, number_tree, save
from teipress.package.xmp import Record, packet
from teipress.verify.pdf import check_pdfs

MOMENT = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
RECORD = Record(
    "A Title & More",
    "en",
    MOMENT,
    ("Ann Author", "Ben Author"),
    publisher="The press",
    date="2001-02-03",
    licence="Free.",
    licence_url="https://example.org/l",
)
SOURCE = Attachment("t.xml", b"<TEI/>", "T: TEI P5")


@pytest.fixture
def pdf():
    """A file of one page with an image, a link and two notes, as a drawing and a joining might leave it."""
    with pikepdf.new() as made:
        page = made.add_blank_page()
        image = made.make_stream(bytes(4))
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width = image.Height = 1
        image.BitsPerComponent, image.ColorSpace, image.Interpolate = 8, Name.DeviceCMYK, True
        page.obj.Resources = Dictionary(XObject=Dictionary(I=image))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 1, 1])
        page.obj.Annots = Array([made.make_indirect(link)])
        notes = [made.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Note, ID=b"n1")) for _ in range(2)]
        made.Root.StructTreeRoot = made.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(notes)))
        yield made


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["i", "ii", "1", "2", "3"], [0, {"/S": "/r", "/St": 1}, 2, {"/S": "/D", "/St": 1}]),
        (["5", "6", "9"], [0, {"/S": "/D", "/St": 5}, 2, {"/S": "/D", "/St": 9}]),
        (["12r", "12r", "12r–12v", "13"], [0, {"/P": "12r"}, 2, {"/P": "12r–12v"}, 3, {"/S": "/D", "/St": 13}]),
        (["04", "0"], [0, {"/P": "04"}, 1, {"/P": "0"}]),
        ([], []),
    ],
)
def test_page_labels_tell_numbers_that_go_on_once(labels, expected):
    told = [
        {k: str(v) if k != "/St" else v for k, v in n.items()} if isinstance(n, Dictionary) else n
        for n in number_tree(labels)
    ]
    assert told == expected


def test_metadata_say_who_made_what_and_what_it_conforms_to():
    root = etree.fromstring(packet(RECORD, "Producer 1", 2))
    text = etree.tostring(root, encoding="unicode")
    for said in ("A Title &amp; More", "Ann Author", "Ben Author", "2001-02-03T04:05:06Z", "https://example.org/l"):
        assert said in text
    names = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}
    claims = {c: root.findtext(f".//{c}", namespaces=names) for c in ("pdfaid:part", "pdfaid:conformance")}
    assert claims == {"pdfaid:part": "2", "pdfaid:conformance": "A"}
    assert root.findtext(".//pdfuaid:part", namespaces=names) == "1"


def test_a_file_for_the_press_claims_nothing():
    assert b":part" not in packet(RECORD, "Producer 1", 0)


@pytest.mark.parametrize("date", ["", "around 1900", "2001?"])
def test_a_date_that_is_none_is_left_out(date):
    assert b"dc:date" not in packet(Record("T", "en", MOMENT, date=date), "P", 2)


def test_an_archive_gets_all_that_it_asks_for(pdf):
    finish(pdf, Publication(RECORD, "archive", ["iv"]))
    root = pdf.Root
    assert (str(root.Lang), root.MarkInfo.Marked, root.ViewerPreferences.DisplayDocTitle) == ("en", True, True)
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.CreationDate)) == ("A Title & More", "D:20010203040506Z")
    assert root.OutputIntents[0].S == Name.GTS_PDFA1
    page = pdf.pages[0]
    assert (page.label, page.Annots[0].F) == ("iv", 4)
    assert page.Resources.XObject.I.Interpolate is False
    assert (page.Resources.XObject.I.ColorSpace, page.Resources.XObject.I.read_bytes()) == (Name.DeviceRGB, b"\xff" * 3)
    names = root.StructTreeRoot.IDTree.Kids[0].Names
    assert [bytes(name) for name in list(names)[::2]] == [b"n1", b"n1-2"]


def test_a_file_for_the_press_keeps_its_colours(pdf):
    finish(pdf, Publication(RECORD, "print", source=SOURCE))
    assert "/OutputIntents" not in pdf.Root
    assert pdf.pages[0].Resources.XObject.I.ColorSpace == Name.DeviceCMYK
    assert len(pdf.attachments) == 0


def test_only_the_profile_of_that_name_takes_the_source_along(pdf):
    finish(pdf, Publication(RECORD, "archive", source=SOURCE))
    assert len(pdf.attachments) == 0
    finish(pdf, Publication(RECORD, "source", source=SOURCE))
    (spec,) = pdf.Root.AF
    assert spec.objgen == pdf.Root.Names.EmbeddedFiles.Names[1].objgen
    assert (spec.AFRelationship, str(spec.Desc), str(spec.UF)) == (Name.Source, "T: TEI P5", "t.xml")
    assert spec.EF.F.read_bytes() == b"<TEI/>"
    assert (str(spec.EF.F.Subtype), str(spec.EF.F.Params.ModDate)) == ("/application/tei+xml", "D:20010203040506Z")


def test_hyphens_that_divide_words_are_told_from_the_text_s_own(pdf):
    def mapped(hyphens):
        font = Dictionary(Type=Name.Font, ToUnicode=pdf.make_stream(b"<0001> <2010>\n<0002> <00412010>\n"))
        pdf.Root.Fonts = Array([pdf.make_indirect(font)])
        finish(pdf, Publication(RECORD, "archive", hyphens=hyphens))
        return font.ToUnicode.read_bytes()

    assert mapped(hyphens=False) == b"<0001> <00ad>\n<0002> <00412010>\n"
    assert mapped(hyphens=True) == b"<0001> <2010>\n<0002> <00412010>\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_an_error_and_not_the_end_of_the_process(pdf):
    script = "from pathlib import Path; import pikepdf; from teipress.package.profiles import save\n"
    script += "pdf = pikepdf.new(); pdf.add_blank_page(); save(pdf, Path('/dev/full'))\n"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "OSError: [Errno 28]" in done.stderr


DAMAGES = {
    "has no tags": lambda p: p.Root.__delitem__("/MarkInfo"),
    "states no language": lambda p: p.Root.__delitem__("/Lang"),
    "shows no title": lambda p: p.Root.__delitem__("/ViewerPreferences"),
    "does not say what its colours are": lambda p: p.Root.__delitem__("/OutputIntents"),
    "has files attached": lambda p: p.attachments.__setitem__("x", pikepdf.AttachedFileSpec(p, b"x")),
    "runs a program": lambda p: p.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=b"app.beep()")),
    "does not carry the font Helvetica": lambda p: p.Root.__setitem__(
        "/X", p.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    ),
    "does not say what the characters of the font F are": lambda p: p.Root.__setitem__(
        "/X", p.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.F))
    ),
}


@pytest.mark.parametrize("fault", DAMAGES)
def test_what_was_taken_away_is_found(pdf, tmp_path, fault):
    finish(pdf, Publication(RECORD, "archive"))
    save(pdf, tmp_path / "t.pdf")
    assert check_pdfs(tmp_path) == []
    DAMAGES[fault](pdf)
    save(pdf, tmp_path / "t.pdf")
    (found,) = check_pdfs(tmp_path)
    assert found.code == "E004"
    assert fault in found.message


def test_a_file_that_is_locked_is_found(pdf, tmp_path):
    finish(pdf, Publication(RECORD, "print"))
    pdf.save(tmp_path / "t.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    assert [f.message for f in check_pdfs(tmp_path)] == ["is encrypted"]


def test_the_same_file_gives_the_same_bytes(pdf, tmp_path):
    finish(pdf, Publication(RECORD, "source", source=SOURCE))
    for name in ("one.pdf", "two.pdf"):
        save(pdf, tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
