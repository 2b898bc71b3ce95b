"""A book for a printing house, looked at as its prepress does: every drawing, every image, every box of every page."""

import io
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pikepdf
import pypdfium2
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from pikepdf import Name
from PIL import Image

from teipress.config import settings_for
from teipress.package.pdf import lay_out, write_pdf
from teipress.package.prepress import prepress
from teipress.pipeline import build
from teipress.press import Press
from teipress.verify.printed import read_printed

pytestmark = pytest.mark.slow

MM = 72 / 25.4
HEADER = """<teiHeader><fileDesc>
<titleStmt><title>Accounts of a mill</title><editor>Ida Quillon</editor></titleStmt>
<publicationStmt><publisher>Amber Press</publisher><idno type="ISBN">978-3-16-148410-0</idno></publicationStmt>
<sourceDesc><bibl>A ledger.</bibl></sourceDesc></fileDesc>
<encodingDesc><tagsDecl><rendition xml:id="red" scheme="css">color: #c01020; background: #eeeeee</rendition>
<rendition xml:id="pale" scheme="css">color: #bbbbbb; border: 1px solid #00aa00</rendition></tagsDecl></encodingDesc>
<profileDesc><abstract><p>{abstract}</p></abstract></profileDesc></teiHeader>"""
BODY = """<pb n="1"/><div><head>Flour</head><p>Plain, <hi rendition="#red">red</hi>, <hi rendition="#pale">pale</hi>,
<damage>worn</damage>, <del>struck</del>.<note>In ink.</note> See <ref target="#second">below</ref>.</p>
<p>One had <gap reason="redacted" unit="line" quantity="1"/> to say.</p>
<figure><graphic url="photo.jpg" width="31.75mm"/></figure><figure><graphic url="lines.png" width="17mm"/></figure>
<figure><graphic url="seen-through.png" width="3.2cm"/></figure><figure><graphic url="drawing.svg"/></figure></div>
<div xml:id="second"><head>Wheat</head><p>{text}</p></div>"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40"><defs>
<linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>
<rect width="20" height="40" fill="url(#g)"/><circle cx="30" cy="20" r="8" fill="#0a0" stroke="#aaa" opacity="0.5"/>
<text x="22" y="38" font-size="6" fill="#888">A</text></svg>"""


def write_images(folder):
    colours = Image.frombytes("RGB", (120, 90), bytes(n * n % 251 for n in range(120 * 90 * 3)))
    colours.save(folder / "photo.jpg")
    colours.convert("RGBA").save(folder / "seen-through.png")
    lines = Image.new("1", (64, 64), 1)
    for i in range(64):
        lines.putpixel((i, i), 0)
    lines.save(folder / "lines.png")
    (folder / "drawing.svg").write_text(DRAWING, "utf-8")


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    """``press("bleed = …")`` builds a small book with these settings and says where, and what was found."""

    def make(settings="", text="The bell rang.", abstract="What is left of the books.", profile=b""):
        folder = tmp_path_factory.mktemp("book")
        write_images(folder)
        (folder / "our-press.icc").write_bytes(profile)
        body = f"<text><body>{BODY.format(text=text)}</body></text>"
        tei = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{HEADER.format(abstract=abstract)}{body}</TEI>'
        (folder / "edition.xml").write_text(tei, "utf-8")
        toml = f'name = "mill"\nformats = ["pdf"]\n[pdf]\nprofile = "print"\n[press]\n{settings}'
        (folder / "edition.toml").write_text(toml, "utf-8")
        report = build(settings_for(folder), folder / "out", ("pdf",))
        return folder / "out" / "pdf", report.findings

    return make


@pytest.fixture(scope="module")
def book(press):
    return press()


def drawings(pdf):
    """The pages of a PDF and everything else that holds instructions for drawing."""
    yield from pdf.pages
    for made in pdf.objects:
        if isinstance(made, pikepdf.Stream) and (made.get("/Subtype") == Name.Form or made.get("/PatternType") == 1):
            yield made


def inks(pdf):
    """The inks (operator and operands) that type is set in, and those of everything else; and every operator."""
    of_type, others, operators = Counter(), Counter(), Counter()
    for drawing in drawings(pdf):
        fill, stack, in_type = ("g", (0,)), [], False
        for operands, operator in pikepdf.parse_content_stream(drawing):
            name = str(operator)
            operators[name] += 1
            if name in ("g", "k", "rg", "sc", "scn"):
                fill = name, tuple(map(str, operands))
            elif name == "q":
                stack.append(fill)
            elif name == "Q":
                fill = stack.pop() if stack else fill
            elif name in ("BT", "ET"):
                in_type = name == "BT"
            elif name in ("Tj", "TJ"):
                assert in_type
                of_type[fill] += 1
            elif name in ("f", "f*", "B", "b"):
                others[fill] += 1
            elif name in ("K", "G"):
                others[name, tuple(map(str, operands))] += 1
    return of_type, others, operators


def black(*parts):
    return ("k", tuple(map(str, parts)))


@pytest.mark.parametrize("name", ["mill.pdf", "mill-cover.pdf"])
def test_type_is_black_and_nothing_else(book, name):
    with pikepdf.open(book[0] / name) as pdf:
        of_type, others, operators = inks(pdf)
    white = {black(0, 0, 0, 0)}
    assert of_type[black(0, 0, 0, 1)] > 5
    assert set(of_type) <= {black(0, 0, 0, 1)} | white
    assert {i[1][:3] for i in others if i[0] in "kK" and len(i[1]) == 4} == {("0", "0", "0")}
    assert set(operators) & {"rg", "RG", "sc", "SC"} == set()


def test_areas_are_tints_of_black(book):
    with pikepdf.open(book[0] / "mill.pdf") as pdf:
        _, others, _ = inks(pdf)
    assert black(0, 0, 0, "0.565") in others  # the ground of what is damaged
    assert ("K", ("0", "0", "0", "0.333")) in others  # #aaa in the drawing


@pytest.mark.parametrize("name", ["mill.pdf", "mill-cover.pdf"])
def test_nothing_is_in_the_colours_of_a_screen(book, name):
    with pikepdf.open(book[0] / name) as pdf:
        for made in pdf.objects:
            values = made.stream_dict if isinstance(made, pikepdf.Stream) else made
            assert "DeviceRGB" not in repr(values)
            assert "ICCBased" not in repr(values)


def images(pdf):
    return [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == Name.Image]


def test_images_are_grey_and_line_art_has_one_bit(book):
    with pikepdf.open(book[0] / "mill.pdf") as pdf:
        found = {(int(i.Width), int(i.BitsPerComponent), "/SMask" in i) for i in images(pdf)}
        assert {str(i.ColorSpace) for i in images(pdf)} == {"/DeviceGray"}
        assert found >= {(120, 8, False), (120, 8, True), (64, 1, False)}
        (lines,) = (i for i in images(pdf) if i.BitsPerComponent == 1)
        shown = pikepdf.PdfImage(lines).as_pil_image().convert("1")
    assert [shown.getpixel((i, i)) for i in range(64)] == [0] * 64
    assert shown.histogram()[0] == 64


def test_every_page_has_its_boxes_and_marks(book):
    with pikepdf.open(book[0] / "mill.pdf") as pdf:
        assert len(pdf.pages) > 6
        for page in pdf.pages:
            trim, bleed, media = ([float(n) for n in page.obj[k]] for k in ("/TrimBox", "/BleedBox", "/MediaBox"))
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([156 * MM, 234 * MM], abs=0.01)
            assert [trim[0] - bleed[0], bleed[3] - trim[3]] == pytest.approx([3 * MM] * 2, abs=0.01)
            assert [bleed[0] - media[0], media[3] - bleed[3]] == pytest.approx([9 * MM] * 2, abs=0.01)
            lines = [i for i in pikepdf.parse_content_stream(page) if str(i.operator) == "S"]
            assert len(lines) >= 8
            assert "/Annots" not in page.obj
            assert "/CropBox" not in page.obj


def test_marks_are_of_every_plate_and_keep_out_of_the_bleed(book):
    with pypdfium2.PdfDocument(book[0] / "mill.pdf") as pdf:
        picture = pdf[1].render(scale=4).to_pil().convert("L")  # a blank page
    unit = 4 * MM  # pixels in a millimetre; trim begins at 12 mm, bleed at 9
    inner = picture.crop((int(9 * unit) + 2, int(9 * unit) + 2, int(171 * unit) - 2, int(249 * unit) - 2))
    assert inner.getextrema() == (255, 255)
    for x, y in ((12, 5), (168, 5), (12, 253), (168, 253), (5, 12), (5, 246), (175, 12), (175, 246)):
        around = picture.crop((int(x * unit) - 3, int(y * unit) - 3, int(x * unit) + 4, int(y * unit) + 4))
        assert around.getextrema()[0] < 160, f"no mark at {x}, {y} mm"
    with pikepdf.open(book[0] / "mill.pdf") as pdf:
        assert list(pdf.pages[1].Resources.ColorSpace["/Marks"])[:2] == [Name.Separation, Name.All]


def test_without_marks_the_sheet_is_the_bleed(press):
    folder, _ = press('marks = false\nbleed = "5mm"\n')
    with pikepdf.open(folder / "mill.pdf") as pdf:
        for page in pdf.pages:
            assert page.obj.MediaBox == page.obj.BleedBox
            assert float(page.obj.TrimBox[0]) - float(page.obj.MediaBox[0]) == pytest.approx(5 * MM, abs=0.01)


def test_a_turned_page_is_as_large_as_the_others(press):
    row = "<row>" + "".join(f"<cell>number {n} of many</cell>" for n in range(14)) + "</row>"
    folder, _ = press(text=f"A table.</p><table>{row * 3}</table><p>The end.")
    with pikepdf.open(folder / "mill.pdf") as pdf:
        sizes = {tuple(round(float(n)) for n in page.obj.MediaBox[2:]) for page in pdf.pages}
    assert len(sizes) == 1
    assert "number13ofmany" in read_printed(folder / "mill.pdf")


def outlines(program):
    """How many glyphs of a font are drawn."""
    with TTFont(io.BytesIO(program)) as font:
        glyphs = font.getGlyphSet()
        pens = [BoundsPen(glyphs) for _ in glyphs]
        for pen, name in zip(pens, glyphs, strict=True):
            glyphs[name].draw(pen)
    return sum(1 for pen in pens if pen.bounds)


@pytest.mark.parametrize("profile", ["print", "archive"])
def test_all_fonts_are_embedded_subset_and_can_be_read(book, tmp_path, profile):
    folder = book[0]
    if profile != "print":
        build(replace(settings_for(folder.parent.parent), profile=profile), tmp_path / "out", ("pdf",))
        folder = tmp_path / "out" / "pdf"
    for path in folder.glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == Name.Font]
            assert {str(f.Subtype) for f in fonts} <= {"/Type0", "/CIDFontType0", "/CIDFontType2"}
            for font in (f for f in fonts if f.Subtype == Name.Type0):
                descriptor = font.DescendantFonts[0].FontDescriptor
                program = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
                assert str(font.BaseFont)[7] == "+", "the mark of a subset"
                characters = re.findall(rb"<\w+> <\w+>", font.ToUnicode.read_bytes())
                assert len(characters) > 1
                assert outlines(program.read_bytes()) <= 2 * len(characters), "no more than is used"


def test_images_are_told_with_their_place_and_how_large_they_may_be(book):
    found = [f for f in book[1] if f.code == "O011"]
    assert {f.message.split()[0]: f.severity.value for f in found} == {
        "photo.jpg": "warning",
        "seen-through.png": "warning",
        "lines.png": "warning",
    }
    (photo,) = (f for f in found if f.message.startswith("photo"))
    assert "has 96 pixels to the inch, 32 mm wide" in photo.message
    assert photo.hint.startswith("print it at most 10 mm wide")
    assert Path(photo.file).name == "edition.xml"
    assert photo.line > 5
    assert [f.message.split()[0] for f in book[1] if f.code == "O012"] == ["photo.jpg", "seen-through.png"]


def test_images_of_every_kind_are_measured_and_turned_to_ink(tmp_path):
    red = Image.frombytes("RGB", (60, 40), b"\xc8\x1e\x1e" * 30 * 40 + b"\xff\xfa\xff" * 30 * 40)
    turned = Image.Exif()
    turned[0x0112] = 6
    red.convert("CMYK").save(tmp_path / "cmyk.jpg")
    red.save(tmp_path / "exif.jpg", exif=turned)
    Image.new("I;16", (60, 40), 40_000).save(tmp_path / "fine-greys.png")
    red.convert("P").save(tmp_path / "palette.gif")
    red.save(tmp_path / "seen.webp")
    names = sorted(p.name for p in tmp_path.iterdir())
    html = "".join(f'<p><img src="images/{name}" style="width: 10mm"></p>' for name in names)
    layout = lay_out(html, "", tmp_path, tuple(map(PurePosixPath, names)), "x.pdf")
    assert layout.findings == ()
    found = {p.path.name: (p.pixels, p.coloured, round(p.resolution)) for p in layout.pictures}
    assert found == {
        "cmyk.jpg": ((60, 40), True, 152),
        "exif.jpg": ((40, 60), True, 102),
        "fine-greys.png": ((60, 40), False, 152),
        "palette.gif": ((60, 40), True, 152),
        "seen.webp": ((60, 40), True, 152),
    }
    write_pdf(layout, tmp_path / "x.pdf")
    assert prepress(tmp_path / "x.pdf", Press(marks=False)) == []
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        pictures = [pikepdf.PdfImage(i).as_pil_image() for i in images(pdf)]
    assert {picture.mode for picture in pictures} == {"L"}
    means = [picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) for picture in pictures]
    assert all(150 < mean < 180 for mean in means), means


def test_an_image_that_cannot_be_read_is_told_and_stays(tmp_path):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    image = pdf.make_stream(b"short", Type=Name.XObject, Subtype=Name.Image, Width=9, Height=9)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    page.add_resource(image, Name.XObject)
    page.obj.TrimBox = page.obj.MediaBox
    pdf.save(tmp_path / "x.pdf")
    (found,) = prepress(tmp_path / "x.pdf", Press())
    assert (found.code, found.file) == ("O012", "x.pdf")
    assert "9 × 9 pixels stays" in found.message


def test_one_colour_may_be_declared(press):
    folder, _ = press("rubric = [0, 90, 80, 20]\n")
    with pikepdf.open(folder / "mill.pdf") as pdf:
        of_type, _, _ = inks(pdf)
    assert set(of_type) == {black(0, 0, 0, 1), black(0, 0, 0, 0), black(0, "0.9", "0.8", "0.2")}


def test_the_cover_is_one_sheet(book):
    with pikepdf.open(book[0] / "mill.pdf") as pdf:
        pages = len(pdf.pages)
    with pikepdf.open(book[0] / "mill-cover.pdf") as pdf:
        (page,) = pdf.pages
        trim = [float(n) for n in page.obj.TrimBox]
        folds = [i for i in pikepdf.parse_content_stream(page) if str(i.operator) == "S"][-4:]
    spine = round((pages + 1) // 2 * 0.1 + 0.6, 1)
    assert trim[2] - trim[0] == pytest.approx((2 * 156 + spine) * MM, abs=0.1)
    assert trim[3] - trim[1] == pytest.approx(234 * MM, abs=0.01)
    assert len(folds) == 4
    text = read_printed(book[0] / "mill-cover.pdf")
    for words in ("Accountsofamill", "IdaQuillon", "AmberPress", "Whatisleftofthebooks", "ISBN978-3-16-148410-0"):
        assert words in text


def test_an_abstract_that_is_too_long_is_set_small_or_left_out_and_that_is_told(press):
    folder, findings = press(abstract="It is long. " * 230)
    assert "Itislong" in read_printed(folder / "mill-cover.pdf")
    assert not [f for f in findings if f.code == "O013"]
    folder, findings = press(abstract="It is long. " * 600)
    assert "Itislong" not in read_printed(folder / "mill-cover.pdf")
    assert [f.file for f in findings if f.code == "O013"] == ["mill-cover.pdf"]


def test_the_same_book_gives_the_same_bytes(book, press):
    again, _ = press()
    for name in ("mill.pdf", "mill-cover.pdf"):
        assert (again / name).read_bytes() == (book[0] / name).read_bytes()


def test_nothing_of_it_is_there_for_readers_on_a_screen(press, tmp_path):
    folder, _ = press()
    source = folder.parent.parent
    report = build(settings_for(source / "edition.xml"), tmp_path / "out", ("pdf",))
    assert sorted(p.name for p in (tmp_path / "out" / "pdf").glob("*.pdf")) == ["edition.pdf"]
    assert not [f for f in report.findings if f.code in ("O011", "O012")]


def test_what_is_withheld_is_on_no_page_and_on_no_cover(project, tmp_path):
    folder = tmp_path / "restricted"
    shutil.copytree(project / "tests" / "editions" / "restricted", folder)
    source = (folder / "report.xml").read_text("utf-8")
    abstract = '<profileDesc><abstract><p>Open <seg ana="#restricted">CANARY</seg></p></abstract></profileDesc>'
    source = source.replace("<revisionDesc>", f"{abstract}<revisionDesc>", 1)
    (folder / "report.xml").write_text(source, "utf-8")
    toml = (folder / "edition.toml").read_text("utf-8")
    (folder / "edition.toml").write_text(f'{toml}\n[pdf]\nprofile = "print"\n', "utf-8")
    settings = settings_for(folder)
    for audience, there in (("public", False), ("archivists", True)):
        build(settings, tmp_path / audience, ("pdf",), audience)
        for name in ("restricted.pdf", "restricted-cover.pdf"):
            path = tmp_path / audience / "pdf" / name
            assert ("CANARY" in read_printed(path)) is there
            with pikepdf.open(path) as pdf:
                assert there or "CANARY" not in repr(pdf.docinfo) + repr(list(pdf.objects))


def profile():
    """The head of a profile of a press, which is all that the output intent of a file without images needs."""
    head = bytearray(128)
    head[12:16], head[16:20], head[20:24], head[36:40] = b"prtr", b"CMYK", b"Lab ", b"acsp"
    return bytes(head)


def test_with_the_profile_of_the_press_it_is_pdf_x(press):
    folder, _ = press('icc = "our-press.icc"\n', profile=profile())
    for name, title in (("mill.pdf", "Accounts of a mill"), ("mill-cover.pdf", "Accounts of a mill")):
        with pikepdf.open(folder / name) as pdf:
            (intent,) = pdf.Root.OutputIntents
            assert (intent.S, str(intent.OutputConditionIdentifier)) == (Name.GTS_PDFX, "our-press")
            assert intent.DestOutputProfile.read_bytes() == profile()
            with pdf.open_metadata() as metadata:
                assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
                assert metadata["dc:title"] == title
                assert metadata["pdf:Trapped"] == "False"
            assert pdf.docinfo["/Trapped"] == Name("/False")
