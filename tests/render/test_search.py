"""What a search finds: passages read from the finished pages, and the index of their words."""

import re
from pathlib import PurePosixPath

import pytest

from teipress.config import settings_for
from teipress.edition import Document, Edition, Header, Mention, Name, Page, Passage, Person, TextFile
from teipress.pipeline import build
from teipress.render.search.passages import passages
from teipress.render.search.words import index_of_words, stop_words

HEADER = Header("The log: of a lighthouse", source_date="1931-05-01")


def page(inside, path="log.html"):
    body = f'<nav>Contents</nav><article data-document="log" lang="en">{inside}</article>'
    return TextFile(PurePosixPath(path), f'<html lang="en"><body>{body}</body></html>')


def found(*inside, pages=(), persons=()):
    document = Document("log", HEADER, "en", (), pages=tuple(Page(f"p{n}", n, "log") for n in pages))
    edition = Edition("log", None, HEADER, "en", (document,), persons=persons)
    return passages([page(text, f"log-{n}.html") for n, text in enumerate(inside)], edition)


def test_a_passage_is_a_page_of_the_source_and_leads_to_it():
    first, second = found(
        '<p><a id="p1" data-generated="">1</a>One<a id="p2" data-generated="">2</a> two.</p>', pages="12"
    )
    assert (first.address, first.reference, first.text) == ("log-0.html#p1", "1", "One")
    assert (second.address, second.reference, second.text) == ("log-0.html#p2", "2", "two.")
    assert {(p.document, p.date, p.language) for p in (first, second)} == {("The log", "1931", "en")}


def test_a_page_that_goes_on_in_the_next_leaf_keeps_its_number():
    _, second = found('<p><a id="p1"></a>One</p>', "<p>goes on.</p>", pages="1")
    assert (second.address, second.reference, second.text) == ("log-1.html", "1", "goes on.")


def test_what_is_generated_or_unseen_is_not_found():
    (only,) = found('<h1 data-generated="">Title</h1><p>Seen.<span hidden="">Hidden.</span></p><style>p {}</style>')
    assert (only.text, only.reference) == ("Seen.", "§ 1")


def test_a_note_belongs_to_the_passage_that_calls_it_and_cuts_no_phrase():
    (only,) = found(
        '<p>The lamp<a class="noteref" href="#n1" data-generated="">1</a> burned.</p>'
        '<ol data-generated=""><li id="n1" data-note=""><a data-generated="">1</a><div>Paraffin.</div></li></ol>'
    )
    assert only.text == "The lamp burned. Paraffin."


def test_blocks_are_apart_and_inline_elements_are_not():
    (only,) = found("<ul><li>one</li><li>two</li></ul><p>light<b>house</b><br>keeper</p>")
    assert only.text == "one two lighthouse keeper"


def test_a_passage_knows_who_is_named_in_it():
    ada = Person("ada", "person", (Name("Ada Example"),), "Example, Ada", "example", (Mention("m1", "log", None),))
    first, second = found('<p><a id="p1"></a><a id="m1">Ada</a><a id="p2"></a>sings.</p>', pages="12", persons=(ada,))
    assert (first.persons, second.persons) == (("Example, Ada",), ())


def test_the_language_of_most_of_it_is_the_language_of_a_passage():
    (only,) = found('<p>He wrote <span lang="ja-Jpan">灯台の光を見た夜のことを忘れない</span>.</p>')
    assert only.language == "ja"


def words(text, language="en"):
    passage = Passage("log.html", "p1", "The log", "1", 1, language, text, True)
    return {w.text: s.letter for s in index_of_words([passage]) for w in s.words}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The keeper, the Keeper’s lamp", "en", {"keeper": "K", "Keeper’s": "K", "lamp": "L"}),
        ("Étude and Übung", "en", {"Étude": "E", "Übung": "U"}),
        ("in 1931 and a well-known x", "en", {"1931": "0–9", "well-known": "W"}),
        ("и маяк в море", "ru", {"маяк": "М", "море": "М"}),
        ("灯台守は、ランプを消した。", "ja", {"灯台守": "漢", "ランプ": "ア", "消": "漢"}),
        ("灯塔很高", "zh", {"灯": "漢", "塔": "漢", "很": "漢", "高": "漢"}),
        ("שָׁלוֹם", "he", {"שָׁלוֹם": "ש"}),
    ],
    ids=["English", "accents", "numbers and hyphens", "Russian", "Japanese", "Chinese", "Hebrew with points"],
)
def test_the_words_of_a_language(text, language, expected):
    assert words(text, language) == expected


def test_a_word_leads_to_each_passage_once_and_documents_stay_apart():
    places = [Passage("a.html", f"p{n}", d, str(n), n, "en", "lamp lamp", True) for d in "AB" for n in (1, 2)]
    ((word,),) = (s.words for s in index_of_words(places))
    assert [(f.document, [p.anchor for p in f.passages]) for f in word.found] == [
        ("A", ["p1", "p2"]),
        ("B", ["p1", "p2"]),
    ]


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "la", "nl", "ru"])
def test_the_words_left_out_are_folded_and_stand_once(language):
    assert {w for w in stop_words(language) if w != w.casefold()} == set()
    assert 50 < len(stop_words(language)) < 130


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("teipress.package.fonts.available", tuple)


def test_a_long_index_is_a_page_for_each_letter(write_edition, tmp_path, quick, monkeypatch):
    monkeypatch.setattr("teipress.render.search.pages.WHOLE", 3)
    build(settings_for(write_edition()), tmp_path / "out", ("html",))
    names = {p.name for p in (tmp_path / "out/html").glob("words*")}
    assert {"words.html", "words-n.html", "words-k.html"} <= names
    letters = re.findall(r'href="(words-[^"]+)"', (tmp_path / "out/html/words.html").read_text("utf-8"))
    assert set(letters) == names - {"words.html"}


def test_search_can_be_switched_off_and_a_lone_file_has_none(write_edition, write_tei, tmp_path, quick):
    folder = write_edition(toml='formats = ["html"]\n[html]\nsearch = false\n')
    build(settings_for(folder), tmp_path / "off", ("html",))
    build(settings_for(write_tei()), tmp_path / "lone", ("html",))
    for out in ("off", "lone"):
        assert [p.name for p in (tmp_path / out / "html").iterdir() if re.match("search|words|pagefind", p.name)] == []


def test_without_the_engine_the_index_of_words_is_left_and_a_note_says_so(write_edition, tmp_path, quick, monkeypatch):
    monkeypatch.setattr("teipress.package.pagefind.available", lambda: False)
    report = build(settings_for(write_edition()), tmp_path / "out", ("html",))
    assert [f.code for f in report.findings] == ["O004"]
    search = (tmp_path / "out/html/search.html").read_text("utf-8")
    assert "<form" not in search
    assert "words.html#letter-k" in search
