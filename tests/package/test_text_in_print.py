"""The text in print, read back from the PDF by position: bars, verse, drama, tables, figures, labels in the margin."""

import struct
import zlib
from ctypes import c_uint
from itertools import pairwise

import pypdfium2
import pytest
from pypdfium2 import raw

from teipress.config import settings_for
from teipress.package.pdf import lay_out, write_pdf
from teipress.pipeline import build

pytestmark = pytest.mark.slow

HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}"><teiHeader><fileDesc>
<titleStmt><title>The ferry</title></titleStmt><publicationStmt><p>Written for tests.</p></publicationStmt>
<sourceDesc><p>Nobody's.</p></sourceDesc></fileDesc><encodingDesc><classDecl><taxonomy>
<category xml:id="k1"><catDesc><term>K1</term> <gloss>names of clerks</gloss></catDesc></category>
<category xml:id="secret"><catDesc>secret: not for all</catDesc></category></taxonomy></classDecl></encodingDesc>
</teiHeader><text><body>"""
TAIL = "</body></text></TEI>"
WORDS = "The lamps along the quay were lit one after another and nobody in the long room by the water spoke. "
INK = (29, 27, 24)


def printed(folder, body, settings="", language="en"):
    """The path of a text's PDF, which is whole: the build proves it."""
    folder.mkdir(exist_ok=True)
    (folder / "edition.xml").write_text(HEAD.format(language=language) + body + TAIL, encoding="utf-8")
    (folder / "edition.toml").write_text(f'name = "ferry"\nformats = ["pdf"]\n{settings}', encoding="utf-8")
    report = build(settings_for(folder), folder / "out", ("pdf",))
    assert [str(f) for f in report.findings if f.code[0] in "FO"] == []
    return folder / "out" / "pdf" / "ferry.pdf"


def lines(page):
    """The lines of a page from the top: left edge and text; what differs by less than half a line is one."""
    text = page.get_textpage()
    rows = {}
    for i in range(text.count_chars()):
        left, bottom, *_ = text.get_charbox(i, loose=True)
        if text.get_text_range(i, 1).strip():
            key = next((y for y in rows if abs(y - bottom) < 5), bottom)
            rows.setdefault(key, []).append((left, text.get_text_range(i, 1)))
    ordered = [sorted(rows[y]) for y in sorted(rows, reverse=True)]
    return [(row[0][0], "".join(c for _, c in row)) for row in ordered]


def find(document, words):
    """Page and box (left, bottom, right, top) of the first place of some words."""
    for page in document:
        text = page.get_textpage()
        if found := text.search(words, match_case=True).get_next():
            boxes = [text.get_charbox(found[0] + n) for n in range(found[1])]
            return page, (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[0][3])
    raise AssertionError(f"{words} is not printed")


def bars(page):
    """The black boxes of a page from its top: left, bottom, right and top in points."""
    found = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
        raw.FPDFPageObj_GetFillColor(path, red, green, blue, alpha)
        left, bottom, right, top = path.get_bounds()
        if (red.value, green.value, blue.value) == INK and top - bottom > 6:
            found.append((left, bottom, right, top))
    return sorted(found, key=lambda box: (-round(box[1]), box[0]))


def widths(boxes):
    return [round(right - left, 1) for left, _, right, _ in boxes]


def gap(quantity=0, unit=""):
    amount = f'quantity="{quantity}" unit="{unit}"' if quantity else ""
    return f'<gap reason="redacted" ana="#k1" {amount}/>'


def test_bars_are_as_wide_as_what_is_published(tmp_path):
    three, eight, unknown = gap(3, "words"), gap(8, "words"), gap()
    body = "".join(f"<p>On {g} it went.</p>" for g in (three, eight, three, unknown, unknown))
    body += f"<p>{gap(2, 'lines')}</p><p>{WORDS}{gap(40, 'words')} {WORDS}</p>"
    document = pypdfium2.PdfDocument(printed(tmp_path / "a", body))
    page, _ = find(document, "it went")
    found = bars(page)
    a, b, c, d, e, full, other = widths(found)[:7]
    assert d == e < a == c < b < full == other
    measure = full
    assert 290 < measure < 325
    broken = widths(found)[7:]
    assert len(broken) >= 2, "forty words do not stand on one line"
    assert sum(broken) == pytest.approx(a / 3 * 40, rel=0.02)
    text = page.get_textpage().get_text_range().replace("\r\n", " ")
    assert text.count("[3 words redacted]") == 2 or text.count("[3 words redacted, K1]") == 2
    assert "[2 lines redacted, K1]" in text
    assert "[redacted, K1]" in text
    assert "K1" in text.partition("[3 words")[2][:30]


def test_what_is_hidden_leaves_no_trace_not_even_its_length(tmp_path):
    settings = '[access.public]\nwithhold = ["#secret"]\n'
    hidden = ("No", "A name that is far longer than the other, and a second line of it for good measure")
    made = []
    for number, words in enumerate(hidden):
        body = f'<p>{WORDS}<persName ana="#secret">{words}</persName> came.</p><p ana="#secret">{words * 9}</p>'
        path = printed(tmp_path / str(number), body + f"<p>{WORDS}</p>", settings)
        made.append(path.read_bytes())
    assert made[0] == made[1]
    document = pypdfium2.PdfDocument(path)
    page, _ = find(document, "came")
    found = [right - left for left, _, right, _ in bars(page)]
    assert max(found) - min(found) < 0.2


def test_tables_repeat_their_heads_and_figures_end_in_line(tmp_path):
    head = '<row role="label"><cell>Harbour</cell><cell>Tons</cell></row>'
    rows = "".join(f"<row><cell>Pier {n}</cell><cell>{n * n * 37}</cell></row>" for n in range(1, 70))
    wide = "".join(f"<cell>quayside{n:02}</cell>" for n in range(9))
    body = f"<p>{WORDS}</p><table><head>All piers</head>{head}{rows}</table><table><row>{wide}</row></table>"
    document = pypdfium2.PdfDocument(printed(tmp_path / "a", body))
    pages = [page for page in document if "Pier" in page.get_textpage().get_text_range()]
    assert len(pages) >= 2
    for page in pages:
        assert page.get_textpage().get_text_range().count("Tons") == 1
    assert sum("All piers" in page.get_textpage().get_text_range() for page in pages) == 1
    ends = {round(find(document, str(37 * n * n))[1][2]) for n in (1, 6, 16)}
    assert len(ends) == 1, "figures of two and of four places end at one edge"
    turned, _ = find(document, "quayside08")
    assert turned.get_width() > turned.get_height()


def test_verse_hangs_and_a_shared_line_goes_on_where_it_stopped(tmp_path):
    long = "I count the lamps along the farther shore that in the dark begin one at a time to burn."
    body = f"""<div><sp><speaker>Widow</speaker><l>Short is this line</l><l>{long}</l>
    <l part="I">So sit with me.</l></sp>
    <sp><speaker>Ferryman</speaker><l part="F">And hear the water.</l></sp>
    <sp><speaker>Clerk</speaker><stage>aside</stage><p>{WORDS}</p></sp></div>"""
    document = pypdfium2.PdfDocument(printed(tmp_path / "a", body))
    page, short = find(document, "Short is")
    rows = lines(page)
    start = next(n for n, (_, text) in enumerate(rows) if text.startswith("Icountthe"))
    assert rows[start][0] == pytest.approx(short[0], abs=1)
    assert rows[start + 1][0] - rows[start][0] == pytest.approx(20, abs=2), "7 mm"
    first, then = find(document, "So sit with me.")[1], find(document, "And hear the water")[1]
    assert then[0] - first[2] == pytest.approx(0, abs=14)
    assert any(text.startswith(("Clerkaside", "clerkaside", "Clerk")) and "Thelamps" in text for _, text in rows)
    at = {name: find(document, words)[1] for name, words in (("speaker", "Widow"), ("line", "Short is"))}
    assert 10 < at["speaker"][1] - at["line"][1] < 20, "a name stands above verse"


def test_labels_in_the_margin_do_not_lie_on_each_other(tmp_path):
    broken = 'quay <pb n="12"/>and <pb n="13"/>the <pb n="14" ed="B"/>long <note place="margin">nota bene</note>room'
    document = pypdfium2.PdfDocument(printed(tmp_path / "a", f'<pb n="11"/><p>{WORDS}{broken}. {WORDS}</p>'))
    page, _ = find(document, "quay")
    text_right = max(find(document, words)[1][2] for words in ("another", "nobody", "spoke"))
    places = []
    for label in ("12", "13", "14", "nota"):
        _, (left, bottom, _, top) = find(document, label)
        assert left > text_right, f"{label} stands in the margin"
        places.append((bottom, top))
    for (above, _), (_, below) in pairwise(places):
        assert below <= above + 0.5
    strokes = [path.get_bounds() for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])]
    upright = [b for b in strokes if b[2] - b[0] < 1.5 and 6 < b[3] - b[1] < 16]
    assert len(upright) == 3, "one for each page that begins in the line, none for the first"


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * width) * height))
    return b"\x89PNG\r\n\x1a\n" + header + data + chunk(b"IEND", b"")


def test_a_picture_is_no_larger_than_it_can_be_printed_and_stays_with_its_caption(tmp_path):
    (tmp_path / "a").mkdir()
    for name, size in (("small", (300, 150)), ("tall", (900, 2400)), ("broad", (4000, 400))):
        (tmp_path / "a" / f"{name}.png").write_bytes(png(*size))
    figure = '<figure><graphic url="{}.png"{}/><head>Figure of the {}</head></figure>'
    body = f"<p>{WORDS * 8}</p>" + figure.format("small", "", "small") + figure.format("tall", "", "tall")
    body += figure.format("broad", "", "broad") + figure.format("small", ' width="3cm"', "third")
    document = pypdfium2.PdfDocument(printed(tmp_path / "a", body))
    sizes = {}
    for name in ("small", "tall", "broad", "third"):
        page, caption = find(document, f"Figure of the {name}")
        pictures = [o.get_bounds() for o in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])]
        above = min((p for p in pictures if p[1] >= caption[1]), key=lambda p: p[1] - caption[3])
        assert above[1] - caption[3] < 20, "the caption is below its picture"
        sizes[name] = above[2] - above[0], above[3] - above[1]
    assert sizes["small"] == pytest.approx((72, 36), abs=1), "300 points a inch"
    assert sizes["third"][0] == pytest.approx(3 / 2.54 * 72, abs=1)
    assert sizes["broad"][0] < 325
    assert sizes["tall"][1] <= 140 / 25.4 * 72 + 1


def test_punctuation_hangs_and_latin_is_hyphenated(tmp_path):
    latin = "Lucernae per ripam accendebantur neque quisquam in conclavi loquebatur, dum ianitor innumerabiles arcas "
    document = pypdfium2.PdfDocument(printed(tmp_path / "a", f"<p>{latin * 6}</p>", language="la"))
    page, _ = find(document, "Lucernae")
    text = page.get_textpage()
    ends = {}
    for i in range(text.count_chars()):
        _, bottom, right, _ = text.get_charbox(i, loose=True)
        if text.get_text_range(i, 1).strip():
            key = round(bottom)
            ends[key] = max(ends.get(key, (0, "")), (right, text.get_text_range(i, 1)))
    edge = max(right for right, _ in ends.values())
    rows = [end for end in ends.values() if end[0] > edge - 8]  # but the last
    hyphens = [right for right, character in rows if not character.isalnum()]
    letters = [right for right, character in rows if character.isalpha()]
    assert hyphens
    assert letters
    assert max(letters) - min(letters) < 0.5
    assert 0.5 < min(hyphens) - max(letters) < 3


def test_a_line_is_full_where_the_space_before_a_phrase_alone_does_not_fit(tmp_path):
    text = "harder to handle for politicians and officials in <i>Tokyo</i>; the alliance with the <i>United States</i>"
    style = "@page {{ size: {}pt 99pt; margin: 0 }} body {{ margin: 0; font: 10.5pt 'Linux Libertine O' }}"
    style += "i {{ font-style: normal }}"
    for measure in range(319, 325):
        layout = lay_out(f"<p>{text} would stand</p>", style.format(measure), tmp_path, (), "x.pdf")
        write_pdf(layout, tmp_path / "x.pdf")
        read = pypdfium2.PdfDocument(tmp_path / "x.pdf")[0].get_textpage().get_text_range()
        assert "Tokyo; the alliance with" in read.split("\r\n")[0], measure
