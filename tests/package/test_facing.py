"""Facing pages, read back from the PDF by somebody who knows nothing of how they were made."""

import csv
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from teipress.config import settings_for
from teipress.errors import Stopped
from teipress.pipeline import build
from teipress.render.facing import Facing

pytestmark = pytest.mark.slow

EDITIONS = Path(__file__).parents[1] / "editions"
SIZES = [
    30,
    12,
    25,
    60,
    8,
    650,
    40,
    15,
    90,
    22,
    6,
    33,
    70,
    18,
    28,
    55,
    11,
    140,
    26,
    35,
    9,
    48,
    20,
    16,
    80,
    30,
    24,
    13,
    45,
]
LONGEST = SIZES.index(max(SIZES))
VERSES = 40
CONSONANTS, VOWELS = "bdklmnrt", "aeio"


class Author:
    """Writes two texts of words that stand in neither of them twice."""

    def __init__(self):
        self.random = random.Random(11)
        self.written = 0

    def word(self, first):
        self.written += 1
        number, syllables = self.written, []
        for _ in range(3):
            number, syllable = divmod(number, 32)
            syllables.append(CONSONANTS[syllable % 8] + VOWELS[syllable // 8])
        return first + "".join(syllables)

    def words(self, size, first):
        return " ".join(self.word(first) for _ in range(size))

    def paragraph(self, size, first, number):
        """A paragraph that begins with its number, with a note to each fiftieth word."""
        words = [f"{first}{number}", *(self.word(first) for _ in range(size))]
        for place in range(7, size, 50):
            note = self.words(self.random.randint(3, 25), f"n{first}")
            words[place] = f"{words[place]}<note>{note}</note>"
        return " ".join(words)


def document(name, language, title, body):
    return f"""<TEI xml:id="{name}" xml:lang="{language}"><teiHeader><fileDesc>
<titleStmt><title>{title}</title></titleStmt>
<publicationStmt><p>Written for tests.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>
<text><body>{body}</body></text></TEI>"""


def corpus(*documents):
    return f"""<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>
<title>The harbour book</title><editor>The test editors</editor></titleStmt>
<publicationStmt><publisher>The test press</publisher><date when="2001-02-03"/>
<availability><licence target="https://example.org/free">Free for any use.</licence></availability></publicationStmt>
<sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>{"".join(documents)}</teiCorpus>"""


def long_book():
    """29 paragraphs and a poem, and their translation, which is longer or shorter."""
    author = Author()
    text, translation = [], []
    for number, size in enumerate(SIZES):
        other = int(size * author.random.uniform(0.7, 1.4))
        text.append(f'<p xml:id="p{number}">{author.paragraph(size, "v", number)}</p>')
        translation.append(f'<p corresp="#p{number}">{author.paragraph(other, "r", number)}</p>')
    for verse in range(1, VERSES + 1):
        words = author.words(12 if verse % 10 == 0 else 4, "r")
        opening, closing = ("<lg>" if verse % 8 == 1 else ""), ("</lg>" if verse % 8 == 0 else "")
        text.append(f'{opening}<l n="{verse}" xml:id="l{verse}">vl{verse} {author.words(4, "v")}</l>{closing}')
        translation.append(f'{opening}<l n="{verse}" corresp="#l{verse}">rl{verse} {words}</l>{closing}')
    return corpus(
        document("liber", "la", "Liber portus", "".join(text)),
        document("book", "en", "The book of the harbour", "".join(translation)),
    )


def printed(folder, edition, settings):
    (folder / "edition.xml").write_text(edition, encoding="utf-8")
    (folder / "edition.toml").write_text(f'name = "book"\nformats = ["pdf"]\n[pdf]\n{settings}', encoding="utf-8")
    report = build(settings_for(folder), folder / "out", ("pdf",))
    assert all(account.found == account.expected for account in report.accounts)
    return report, pages(folder / "out" / "pdf" / "book.pdf")


def pages(path):
    """The words of each page, those that are divided at the end of a line joined again."""
    pdf = pypdfium2.PdfDocument(path)
    texts = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    whole = [re.sub("(-|\u2010|\ufffe|\x02)(\r?\n)?", "", text) for text in texts]
    return [[re.sub(r"(?<=[a-z]{7})\d+$", "", word) for word in re.findall(r"\w+", text)] for text in whole]


def height_of(page, word):
    """How high above the foot of a page a word stands, in points."""
    text = page.get_textpage()
    index, _ = text.search(word, match_whole_word=True).get_next()
    return text.get_charbox(index)[1]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    report, found = printed(folder, long_book(), "facing = true")
    assert [str(f) for f in report.findings if f.code[0] in "FO"] == []
    return folder, found


def page_of(found, word):
    (page,) = [number for number, words in enumerate(found) if word in words]
    return page


def test_each_pair_begins_on_one_spread_the_text_on_the_left(book):
    _, found = book
    names = [str(number) for number in range(len(SIZES))] + [f"l{verse}" for verse in range(1, VERSES + 1)]
    for name in names:
        left = page_of(found, f"v{name}")
        assert left % 2 == 1, name  # counted from 0; the first page is one on the right
        assert page_of(found, f"r{name}") == left + 1, name


def test_every_word_is_printed_once_on_its_own_side(book):
    folder, found = book
    tei = (folder / "edition.xml").read_text("utf-8")
    ours = re.findall(r"\bn?[vr](?:[bdklmnrt][aeio]){3}\b", tei)
    counted = Counter(word for words in found for word in words)
    assert {word: counted[word] for word in ours} == dict.fromkeys(ours, 1)
    assert all(page_of(found, word) % 2 == (1 if "v" in word[:2] else 0) for word in ours[::7])


def test_the_long_passage_stays_in_step(book):
    folder, found = book
    tei = (folder / "edition.xml").read_text("utf-8")
    both = re.findall(rf'(?:xml:id="|corresp="#)p{LONGEST}">(.*?)</p>', tei)
    words = [re.sub(r"<note>.*?</note>", "", text).split() for text in both]
    spreads = [[(page_of(found, word) - 1) // 2 for word in side] for side in words]
    shares = range(5, 100, 5)
    ahead = [spreads[0][len(words[0]) * n // 100] - spreads[1][len(words[1]) * n // 100] for n in shares]
    assert spreads[0][-1] - spreads[0][0] >= 1
    assert all(abs(a) <= 1 for a in ahead)
    assert sum(a == 0 for a in ahead) >= 0.8 * len(ahead)


def test_notes_stand_on_the_page_that_calls_them(book):
    folder, found = book
    tei = (folder / "edition.xml").read_text("utf-8")
    calls = re.findall(r"(\w+)<note>(\w+) [^<]*?(\w+)</note>", tei)
    assert len(calls) > 30
    assert all(page_of(found, a) == page_of(found, b) == page_of(found, c) for a, b, c in calls)


def test_verses_stand_beside_their_translation_at_the_same_height(book):
    folder, found = book
    pdf = pypdfium2.PdfDocument(folder / "out" / "pdf" / "book.pdf")
    for verse in range(1, VERSES + 1):
        left = page_of(found, f"vl{verse}")
        heights = height_of(pdf[left], f"vl{verse}"), height_of(pdf[left + 1], f"rl{verse}")
        assert abs(heights[0] - heights[1]) < 1, verse


def test_each_side_has_its_own_running_head_and_folios_run_through(book):
    _, found = book
    first, last = page_of(found, "v0"), page_of(found, f"rl{VERSES}")
    for folio, words in enumerate(found[first : last + 1], 2):
        head = "Liber portus".split() if folio % 2 == 0 else "The book of the harbour".split()
        assert sorted(words[-len(head) - 1 :]) == sorted([str(folio), *head])


def test_the_contents_name_both_on_one_page(book):
    _, found = book
    contents = next(words for words in found if "Contents" in words)
    assert re.search(r"Liber portus 1 The book of the harbour", " ".join(contents))
    opening = found[page_of(found, "v0") - 1]
    assert opening == "Liber portus The book of the harbour 1".split()


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """The edition of the parallel views in print: a song and a notebook facing, and a text that nothing faces."""
    folder = tmp_path_factory.mktemp("several")
    shutil.copy(EDITIONS / "side-by-side" / "edition.xml", folder)
    edition = (folder / "edition.xml").read_text("utf-8")
    return folder, *printed(folder, edition, 'facing = [["song", "song-en"], ["notebook-de", "notebook"]]')


def test_pairs_that_are_named_face_each_other_and_the_rest_is_printed_as_usual(several):
    _, report, found = several
    assert [str(f) for f in report.findings if f.code[0] in "FO"] == []
    for left, right in (("Fährmann", "ferryman"), ("Pflock", "peg"), ("Steg", "pier"), ("beginnt", "begins")):
        assert page_of(found, left) % 2 == 1
        assert page_of(found, right) == page_of(found, left) + 1


def test_pages_of_the_source_are_told_with_the_page_that_they_stand_on(several):
    folder, _, found = several
    rows = csv.DictReader((folder / "out" / "pdf" / "book-pages.csv").read_text("utf-8").splitlines())
    where = {(row["document"], row["page"]): int(row["pdf_page"]) - 1 for row in rows}
    assert where["notebook-de", "1"] == page_of(found, "beginnt")
    assert where["notebook", "3"] == page_of(found, "begins")


def apparatus():
    author = Author()
    places = [
        f'{author.word("v")} <app><lem wit="#A">{author.word("v")}</lem><rdg wit="#B">{author.word("v")}</rdg></app>'
        for _ in range(60)
    ]
    text = f'<p xml:id="p">{" ".join(places)}</p>'
    witnesses = "<listWit><witness xml:id='A'>One book</witness><witness xml:id='B'>Another</witness></listWit>"
    method = '<encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc>'
    original = document("liber", "la", "Liber", text).replace("<p>None.</p>", witnesses)
    rows = "".join(f"<row><cell>{author.word('r')}</cell></row>" for _ in range(70))
    translation = f'<p corresp="#p">{author.words(70, "r")}</p><table>{rows}</table><p>{author.words(9, "r")}</p>'
    return corpus(original.replace("</fileDesc>", f"</fileDesc>{method}"), document("book", "en", "Book", translation))


def test_lines_are_numbered_on_the_left_where_the_apparatus_is_and_what_does_not_fit_is_told(tmp_path):
    report, found = printed(tmp_path, apparatus(), 'facing = true\nlines = "through"')
    assert [f.code for f in report.findings if f.code[0] in "FO"] == ["O015"]
    left = page_of(found, next(w for words in found for w in words if re.fullmatch("v[a-z]{6}", w)))
    assert {"5", "10"} <= set(found[left])
    assert not {"5", "10"} & set(found[left + 1])
    assert page_of(found, re.findall(r"<rdg[^>]*>(\w+)", (tmp_path / "edition.xml").read_text())[0]) == left


def test_a_page_that_is_lost_is_told(tmp_path, monkeypatch):
    whole = Facing.leaves
    monkeypatch.setattr(Facing, "leaves", lambda self, plan: whole(self, plan)[:-1])
    edition = corpus(
        document("liber", "la", "Liber", '<p xml:id="p">Vox prima.</p>'),
        document("book", "en", "Book", '<p corresp="#p">The missing voice of somebody.</p>'),
    )
    with pytest.raises((Stopped, AssertionError)):
        printed(tmp_path, edition, "facing = true")
