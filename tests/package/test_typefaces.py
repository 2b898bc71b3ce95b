"""Fonts of an edition: which of its files are taken, what is said of the others, and that the book is set in them."""

import os
from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf import Name

from teipress.config import settings_for
from teipress.package import fonts
from teipress.package.pdf import lay_out, write_pdf
from teipress.package.profiles import Publication
from teipress.package.typefaces import font_faces, typefaces
from teipress.package.typesetter import Book, typesetter
from teipress.package.undrawn import undrawn
from teipress.package.usage import usage
from teipress.package.xmp import Record
from teipress.pipeline import build
from typeface import LETTERS, write_font


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "edition" / "fonts").mkdir(parents=True)
    return tmp_path / "edition"


def test_the_faces_of_a_folder_are_what_their_files_say(folder):
    write_font(folder / "fonts" / "a.ttf", "Quill")
    write_font(folder / "fonts" / "deep" / "b.woff2", "Quill", italic=True)
    write_font(folder / "fonts" / "c.TTF", "Nib", weight=600)
    faces, findings = typefaces(folder)
    assert findings == []
    assert [(f.family, f.weight, f.style) for f in faces] == [
        ("Quill", 400, "normal"),
        ("Nib", 600, "normal"),
        ("Quill", 400, "italic"),
    ]
    assert faces[0].characters == frozenset(map(ord, LETTERS))


def test_a_collection_has_several(folder):
    from fontTools.ttLib import TTCollection, TTFont

    collection = TTCollection()
    for family in ("Quill", "Nib"):
        collection.fonts.append(TTFont(write_font(folder / f"{family}.ttf", family)))
    collection.save(folder / "fonts" / "both.ttc")
    faces, findings = typefaces(folder)
    assert ([f.family for f in faces], findings) == (["Quill", "Nib"], [])
    assert b"Nib" in faces[1].read().replace(b"\0", b"")
    assert faces[0].address != faces[1].address


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.ttf"),
        (b"OTTO" + b"x" * 40, "x.otf"),
        (b"ttcf" + b"\xff" * 20, "x.ttc"),
        (b"wOF2" + b"\1" * 60, "x.woff2"),
    ],
)
def test_a_broken_file_is_told_and_the_others_are_taken(folder, content, name):
    (folder / "fonts" / name).write_bytes(content)
    write_font(folder / "fonts" / "good.ttf")
    faces, (finding,) = typefaces(folder)
    assert [f.family for f in faces] == ["Quill"]
    assert (finding.code, finding.file) == ("O010", str(folder / "fonts" / name))
    assert "\n" not in finding.message


@pytest.mark.parametrize(
    ("permission", "said"),
    [(0x0002, "forbids to embed it"), (0x0100, "a part of it"), (0x0208, "bitmaps only")],
)
def test_a_font_that_may_not_be_embedded_is_told_and_not_used(folder, permission, said):
    write_font(folder / "fonts" / "a.ttf", permission=permission)
    faces, (finding,) = typefaces(folder)
    assert faces == ()
    assert finding.code == "O010"
    assert said in finding.message


@pytest.mark.parametrize("permission", [0x0000, 0x0004, 0x0008])
def test_one_that_may_is_used(folder, permission):
    write_font(folder / "fonts" / "a.ttf", permission=permission)
    assert len(typefaces(folder)[0]) == 1


def test_a_link_that_leads_out_of_the_edition_is_passed_over(folder):
    write_font(folder.parent / "elsewhere" / "a.ttf")
    (folder / "fonts" / "a.ttf").symlink_to(folder.parent / "elsewhere" / "a.ttf")
    (folder / "fonts" / "more").symlink_to(folder.parent / "elsewhere")
    assert typefaces(folder) == ((), [])


def test_a_family_that_nobody_has_is_told(folder, monkeypatch):
    monkeypatch.setattr(fonts, "_fc_list", lambda *arguments: ["Linux Libertine O,Linux Libertine", "Noto Serif"])
    write_font(folder / "fonts" / "a.ttf")
    assert typefaces(folder, "quill")[1] == typefaces(folder, "Linux Libertine")[1] == []
    (finding,) = typefaces(folder, "Quil")[1]
    assert (finding.code, finding.hint) == ("O010", 'did you mean "Quill"?')
    monkeypatch.setattr(fonts, "_fc_list", lambda *arguments: [])
    assert typefaces(folder, "Quil")[1] == [], "where fonts cannot be listed, nothing is claimed"


def test_a_name_cannot_break_out_of_the_style_sheet(folder):
    write_font(folder / "fonts" / "a.ttf", 'Q"; } * { color: red \\')
    faces, _ = typefaces(folder)
    assert font_faces(faces).count('"') == 4
    assert "\\" not in font_faces(faces)


def test_fonts_of_the_edition_count_before_those_of_the_machine(folder, monkeypatch):
    from teipress.package import usage as module

    monkeypatch.setattr(module, "installed", lambda family: family == "Linux Libertine O")
    monkeypatch.setattr(module, "place_of", lambda family: "/here")
    monkeypatch.setattr(module, "coverage", lambda pattern: [(0x61, 0x7A)])
    monkeypatch.setattr(module, "without_font", sorted)
    write_font(folder / "fonts" / "a.ttf", letters="abc\ue123")
    faces, _ = typefaces(folder)
    found = [(u.family, "".join(u.characters)) for u in usage("abcz\ue123\u0378 ", faces)]
    assert found == [("Linux Libertine O", "abcz"), ("Quill", "\ue123"), ("", "\u0378")]
    found = [(u.family, "".join(u.characters)) for u in usage("abcz\ue123", faces, "quill")]
    assert found == [("Quill", "abc\ue123"), ("Linux Libertine O", "z")]


@pytest.mark.slow
def test_a_book_is_set_in_them(folder):
    write_font(folder / "fonts" / "a.ttf", letters=LETTERS + "\ue123")
    write_font(folder / "fonts" / "b.woff2", italic=True)
    body = "<p>Plain <hi rend='italic'>and slanted</hi> \ue123 \u0378.</p>"
    tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader/><text><body>{body}</body></text></TEI>'
    (folder / "edition.xml").write_text(tei, "utf-8")
    (folder / "edition.toml").write_text('name = "x"\n[pdf]\nfont = "Quill"\n', "utf-8")
    report = build(settings_for(folder), folder / "out", ("pdf",))
    with pikepdf.open(folder / "out" / "pdf" / "x.pdf") as pdf:
        names = {str(o.BaseFont)[8:] for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o}
    assert {name for name in names if "Quill" in name} == {"Quill-of-the-edition", "Quill-of-the-edition-Italic"}
    assert [f.message.split(",")[0] for f in report.findings if f.code == "O001"] == ["no font here draws U+0378"]


@pytest.mark.slow
def test_what_is_drawn_as_a_box_or_as_nothing_is_found_in_the_pdf(folder):
    """The engine says which characters it drew as boxes; these and the blanks of a font are what is found."""
    import logging

    write_font(folder / "fonts" / "a.ttf", letters=LETTERS + "\ue123\ue124", blank=" \ue124")
    faces, _ = typefaces(folder)
    sample = [chr(c) for c in range(0xA1, 0x3000, 37)] + ["\ue123", "\ue124", "\U0001f9ff", "\U00012345", "\u2800"]
    html = "".join(f"<p>a{c}b</p>" for c in sample)
    css = f'html {{ font-family: "{faces[0].name}", "Linux Libertine O", "Noto Serif", serif }}'
    boxes = set()
    layout = lay_out(html, css, folder, (), "x.pdf", fonts=faces)
    logger, handler = logging.getLogger("weasyprint"), logging.Handler()
    handler.emit = lambda record: boxes.update(record.args[:1] if "notdef" in record.msg else ())
    before, logger.handlers = logger.handlers, [handler]
    try:
        layout.document.write_pdf(folder / "x.pdf")
    finally:
        logger.handlers = before
    assert len(boxes) > 3
    assert undrawn(folder / "x.pdf") == boxes | {"\ue124"}


@pytest.mark.slow
def test_characters_that_one_face_of_libertine_has_blanks_for_are_printed_from_others(folder, monkeypatch):
    html = "<p>\u2123 \u211f \u2114 \u2125 \u2141 \u05d0\u05c7 <b><i>slanted</i></b></p>"
    css = 'html { font-family: "Linux Libertine O", "Noto Serif", serif }'
    write_pdf(lay_out(html, css, folder, (), "x.pdf"), folder / "x.pdf")
    assert undrawn(folder / "x.pdf") == frozenset()
    monkeypatch.setenv("FONTCONFIG_FILE", "fonts.conf")
    lay_out(html, css, folder, (), "x.pdf")
    assert os.environ["FONTCONFIG_FILE"] == "fonts.conf"


@pytest.mark.slow
def test_nothing_is_missing_from_a_pdf_that_has_all_its_letters(folder):
    write_pdf(lay_out("<p>Plain words, “quoted” – Ōhira Шевард 中曽根</p>", "", folder, (), "x.pdf"), folder / "x.pdf")
    assert undrawn(folder / "x.pdf") == frozenset()
    with pikepdf.open(folder / "x.pdf") as pdf:
        assert any(o.get("/Subtype") == Name.Type0 for o in pdf.objects if isinstance(o, pikepdf.Dictionary))


@pytest.mark.slow
def test_the_name_of_a_family_may_hold_an_apostrophe(folder):
    write_font(folder / "fonts" / "a.ttf", "O'Quill & Sons", LETTERS + "0123456789")
    faces = typefaces(folder)[0]
    html = "<html lang=en><head><title>A book</title></head>\n<body><p>Words</p></body>\n</html>\n"
    book = Book(html, f'html {{ font-family: "{faces[0].name}" }}', folder, (), "x.pdf", fonts=faces)
    published = Publication(Record("A book", "en", datetime(2001, 2, 3, tzinfo=UTC)), "archive")
    with typesetter(folder / "shelf", 1) as setter:
        laid = setter.lay_out(book)
        setter.write(laid, book, folder / "x.pdf", lambda page: page + 1, published)
    assert laid.findings == ()
    with pikepdf.open(folder / "x.pdf") as pdf:
        names = [str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
    assert names
    assert all("Quill" in name for name in names)
