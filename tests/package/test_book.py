"""The printed book, read back from the PDF by position: sizes, folios, chapters, heads, and what its indexes say."""

import random
import re

import pypdfium2
import pytest
from pypdfium2 import raw

from teipress.config import settings_for
from teipress.pipeline import build

pytestmark = pytest.mark.slow

HEADER = """<teiHeader><fileDesc><titleStmt><title>The Tide Play</title><title type="sub">With an index</title>
<author><persName><forename>Ada</forename> <surname>Quill</surname></persName></author><editor>Bela Marsh</editor>
</titleStmt><publicationStmt><publisher>Harbour Press</publisher><pubPlace>Port Amber</pubPlace>
<date when="2024">2024</date><idno type="ISBN">978-0-306-40615-7</idno></publicationStmt><sourceDesc><listPerson>
<person xml:id="ada"><persName><surname>Keeper</surname>, <forename>Ada</forename></persName></person>
<person xml:id="ned"><persName><surname>Sailor</surname>, <forename>Ned</forename></persName></person></listPerson>
</sourceDesc></fileDesc><profileDesc><textClass><keywords><term>Tides</term></keywords></textClass></profileDesc>
</teiHeader>"""
FRONT = """<front><div type="dedication"><p>To the keepers of lamps</p></div>
<div type="abbreviations"><head>Abbreviations</head><list><item>HL, Harbour Log</item></list></div></front>"""
TOML = """name = "tide"
formats = ["pdf"]
[pdf]
size = "A5"
heads = "pages"
lines = "page"
concordance = true
"""
SYLLABLES = "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro ta te ti to".split()
BODY = 13  # CSS pixels of the type of this book, rounded
SMALLEST = 1  # that of words on a bar that is too short for them
LOW, HIGH = 70, 542  # points: above and below these stand heads and folios
REFERENCE = re.compile(r"(\d+)\.(\d+)(?:–(?:(\d+)\.)?(\d+))?")


class Play:
    """A play of three acts whose words are the same in every run; persons are named by words like no others."""

    def __init__(self):
        self.random = random.Random(11)
        self.pages = 40

    def words(self, number):
        return " ".join("".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in range(number))

    def speech(self):
        who = self.random.choice(("ada", "ned"))
        named = f'<persName ref="#{who}">{who.upper()}</persName>'
        self.pages += 1
        page = f'<pb n="{self.pages}"/>' if self.random.random() < 0.3 else ""
        gap = '<gap reason="redacted" unit="words" quantity="2"/>' if self.random.random() < 0.1 else ""
        return (
            f"<sp><speaker>{self.words(1)}</speaker><p>{self.words(20)} {named} {gap} {self.words(30)}</p>{page}</sp>"
        )

    def act(self, number):
        speeches = "".join(self.speech() for _ in range(16))
        return f'<div type="act"><head>Act {number}</head>{speeches}</div>'


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tide")
    play = Play()
    acts = "".join(play.act(number) for number in (1, 2, 3))
    tei = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="la">{HEADER}<text>{FRONT}<body>{acts}</body></text></TEI>'
    )
    (folder / "edition.xml").write_text(tei, encoding="utf-8")
    (folder / "edition.toml").write_text(TOML, encoding="utf-8")
    report = build(settings_for(folder), folder / "out", ("pdf",))
    assert [str(f) for f in report.findings if f.severity == "error" or f.code in ("O002", "O003")] == []
    return [Sheet(page) for page in pypdfium2.PdfDocument(folder / "out" / "pdf" / "tide.pdf")]


class Sheet:
    """A page as it is printed: its size, and lines of characters by their height."""

    def __init__(self, page):
        self.size = tuple(round(length / 72 * 25.4) for length in page.get_size())
        text = page.get_textpage()
        self.characters = []
        for i in range(text.count_chars()):
            left, bottom, _, _ = text.get_charbox(i, loose=True)
            size = round(raw.FPDFText_GetFontSize(text, i))
            self.characters.append((text.get_text_range(i, 1), size, left, bottom))
        self.text = text.get_text_range()

    def lines(self, wanted):
        """The text of the lines of characters for which `wanted(size, height)` holds, the highest first."""
        found = {}
        for character, size, left, bottom in self.characters:
            if character.strip() and wanted(size, bottom):
                key = next((h for h in found if abs(h - bottom) < 3), bottom)
                found.setdefault(key, []).append((left, character))
        return ["".join(c for _, c in sorted(found[key])) for key in sorted(found, reverse=True)]

    @property
    def body(self):
        """The lines of the text."""
        return self.lines(lambda size, height: size == BODY)

    @property
    def folio(self):
        """The number at the head or the foot of the page, outside or in the middle; "" if none."""
        edge = sorted((left, c) for c, size, left, height in self.characters if not LOW < height < HIGH and c.strip())
        parts = [""]
        for (before, _), (left, character) in zip([(0, ""), *edge], edge, strict=False):
            if left - before > 15:
                parts.append("")
            parts[-1] += character
        return next((part for part in (parts[-1], *parts) if re.fullmatch("[ivx]+|[0-9]+", part)), "")


def numbered(book):
    """The pages with a folio in arabic numbers."""
    return {int(sheet.folio): sheet for sheet in book if sheet.folio.isdigit()}


def starts(book, title):
    """The index of the page that begins with a title in large type."""
    large = [s.lines(lambda size, height: size > 16) for s in book]
    (found,) = [i for i, lines in enumerate(large) if lines == [title.replace(" ", "")]]
    return found


def cited(book, name):
    """The pages and lines that the index gives for a name."""
    text = " ".join(book[starts(book, "Index of persons")].text.split())
    entry = re.search(rf"{name} ([\d., –]+)", text)[1]
    for page, line, end, last in REFERENCE.findall(entry):
        assert not end, "no name of this text is parted by the end of a page"
        yield from ((int(page), n) for n in range(int(line), int(last or line) + 1))


def test_every_page_has_the_size_that_is_asked_for(book):
    assert {sheet.size for sheet in book} == {(148, 210)}


def test_front_matter_comes_in_its_order_and_inscriptions_have_no_folio(book):
    texts = [" ".join(sheet.text.split()) for sheet in book[:8]]
    assert texts[0] == "The Tide Play"
    assert texts[1] == texts[5] == ""
    assert texts[2].startswith("The Tide Play With an index Ada Quill")
    assert "ISBN 978-0-306-40615-7" in texts[3]
    assert "Quill, Ada The Tide Play : With an index / Ada Quill ; Edited by Bela Marsh." in texts[3]
    assert "1. Tides." in texts[3]
    assert texts[4] == "To the keepers of lamps"
    assert texts[6].startswith("Contents")
    assert "Harbour Log" in texts[7]
    assert [sheet.folio for sheet in book[:8]] == ["", "", "", "", "", "", "vii", "viii"]


def test_arabic_folios_begin_with_the_text_and_agree_with_the_sheets(book):
    first = starts(book, "Act 1") - 2
    assert book[first].text.split()[:3] == ["The", "Tide", "Play"]
    assert [sheet.folio for sheet in book[:first]].count("1") == 0
    for number, sheet in enumerate(book[first:-2], 1):  # the colophon's leaf has none
        assert sheet.folio in ("", str(number))
        assert bool(sheet.folio) == bool(sheet.text.strip())


@pytest.mark.parametrize("title", ["Act 1", "Act 2", "Act 3", "Pages of the source", "Index of persons"])
def test_chapters_and_appendices_begin_on_a_page_to_the_right_with_the_folio_at_its_foot(book, title):
    page = starts(book, title)
    assert page % 2 == 0
    heights = [bottom for _, size, _, bottom in book[page].characters if size < BODY]
    assert max(heights) < HIGH
    assert book[page].folio


def test_the_contents_name_the_pages_that_the_chapters_stand_on(book):
    listed = dict(re.findall(r"(Act \d|Abbreviations|Index of persons)[ .]+([ivx\d]+)", book[6].text))
    assert listed.pop("Abbreviations") == "viii"
    assert listed == {
        title: book[starts(book, title)].folio for title in ("Act 1", "Act 2", "Act 3", "Index of persons")
    }


def test_heads_have_the_author_to_the_left_and_the_section_to_the_right(book):
    first = starts(book, "Act 2")
    left, right = (book[first + n].lines(lambda size, height: height > HIGH)[0] for n in (1, 2))
    assert re.fullmatch(r"\d+AdaQuill\[\d+(–\d+)?\]", left)
    assert re.fullmatch(r"\[\d+(–\d+)?\]Act2\d+", right)


def test_the_range_at_the_head_is_that_of_the_numbers_in_the_margin(book):
    open_page = ""
    for sheet in book[starts(book, "Act 1") : starts(book, "Pages of the source")]:
        margin = [
            n
            for n in sheet.lines(lambda size, height: size < BODY and LOW < height < HIGH)
            for n in re.findall(r"\d\d", n)
        ]
        here = [n for n in margin if int(n) > 40]
        head = re.search(r"\[(\d+)(?:–(\d+))?\]", "".join(sheet.lines(lambda size, height: height > HIGH)))
        if head:
            assert (head[1], head[2] or head[1]) == (open_page or here[0], here[-1] if here else open_page)
        open_page = here[-1] if here else open_page


@pytest.mark.parametrize(("name", "word"), [("Keeper, Ada", "ADA"), ("Sailor, Ned", "NED")])
def test_the_index_cites_the_lines_in_which_a_person_is_named_and_no_others(book, name, word):
    there = {(folio, n) for folio, s in numbered(book).items() for n, line in enumerate(s.body, 1) if word in line}
    found = list(cited(book, name))
    assert len(there) > 15
    assert set(found) == there
    assert len(found) == len(there)


def test_redactions_are_listed_with_page_and_line(book):
    there = set()
    for folio, sheet in numbered(book).items():
        lines = sheet.lines(lambda size, height: size in (SMALLEST, BODY) and LOW < height < HIGH)
        there |= {f"{folio}.{number}" for number, line in enumerate(lines, 1) if "redacted" in line}
    text = " ".join(book[starts(book, "Redactions")].text.split())
    assert set(re.findall(r"\d+\.\d+", text)) == there != set()


def test_the_concordance_leads_from_pages_of_the_source_to_those_of_the_book(book):
    text = " ".join(book[starts(book, "Pages of the source")].text.split())
    pairs = re.findall(r"(\d+)[ .]+(\d+)", text.split("this book.")[1].rsplit(" ", 1)[0])
    assert len(pairs) > 5
    for source, page in pairs:
        margin = numbered(book)[int(page)].lines(lambda size, height: size < BODY and LOW < height < HIGH)
        assert any(source in line for line in margin)


def test_the_last_page_says_how_the_book_was_made(book):
    text = " ".join(book[-2].text.split())
    assert text == (
        "Set in Linux Libertine, 9.75 on 12.54 points, for a page of 148 × 210 mm. "
        "Made by teipress from the TEI file edition.xml in its state of 2024."
    )
    assert len(book) % 2 == 0
    assert not book[-1].text.strip()
