"""A book from right to left, as it is printed: read back with the place of each word."""

import pypdfium2
import pytest

from teipress.config import settings_for
from teipress.pipeline import build
from teipress.verify.printed import read_printed

pytestmark = pytest.mark.slow

TEXT = """<div xml:lang="he"><head>פרק ראשון</head>
<p>שורה ראשונה עם מספר 1948 (ועוד) ומילה <foreign xml:lang="de">Bahnhof</foreign> בתוכה.</p>
<p>פסקה שנייה &#xE123;.</p>
<table><row><cell>ימין</cell><cell>שמאל</cell></row></table></div>"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The report of the build, and the words of the first page of the text with their left and right ends."""
    folder = tmp_path_factory.mktemp("book")
    path = folder / "t.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>ספר</title></titleStmt>'
        f"</fileDesc></teiHeader><text><body>{TEXT}</body></text></TEI>",
        encoding="utf-8",
    )
    report = build(settings_for(path), folder / "out", ["pdf"])
    with pypdfium2.PdfDocument(folder / "out" / "pdf" / "t.pdf") as document:
        page = next(p for p in document if "Bahnhof" in p.get_textpage().get_text_range())
        text = page.get_textpage()
        places = [(text.get_text_range(i, 1), text.get_charbox(i)) for i in range(text.count_chars())]
        return report, page.get_width(), places


def ends(book, word):
    """The left and right end of a word, in points from the left edge of the page."""
    _, _, places = book
    letters = "".join(letter or " " for letter, _ in places)
    start = letters.index(word)
    boxes = [box for _, box in places[start : start + len(word)]]
    return min(b[0] for b in boxes), max(b[2] for b in boxes)


def test_a_paragraph_begins_at_the_right_margin_and_the_next_with_an_indent(book):
    _, width, _ = book
    first, second = ends(book, "שורה")[1], ends(book, "פסקה")[1]
    assert width - 80 < first < width
    assert 8 < first - second < 20


def test_numbers_and_words_of_another_script_keep_their_order(book):
    assert ends(book, "מספר")[0] > ends(book, "1948")[1]
    assert ends(book, "ומילה")[0] > ends(book, "Bahnhof")[1]
    assert ends(book, "Bahnhof")[0] > ends(book, "בתוכה")[1]


def test_the_first_column_of_a_table_is_on_the_right(book):
    assert ends(book, "ימין")[0] > ends(book, "שמאל")[1]


def test_nothing_is_lost_and_the_character_without_a_font_is_told(book):
    report, _, _ = book
    assert [f.code for f in report.findings] == ["U001", "O001"]
    assert "U+E123" in report.findings[1].message


def test_words_of_another_script_are_read_back_as_they_stand(tmp_path):
    words = "An edition from open shelves (CC-BY 4.0, https://example.org/by/4.0/), at A&amp;B in three volumes."
    path = tmp_path / "t.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>ספר</title></titleStmt>'
        f"<publicationStmt><availability><p>{words}</p></availability></publicationStmt>"
        f"</fileDesc></teiHeader><text><body>{TEXT}</body></text></TEI>",
        encoding="utf-8",
    )
    report = build(settings_for(path), tmp_path / "out", ["pdf"])
    assert [f.message for f in report.findings if f.code == "F001"] == []
    assert "fromopenshelves" in read_printed(tmp_path / "out" / "pdf" / "t.pdf")
