"""Dates, numerals, folios, ranges and languages as readers see them."""

from functools import partial

import pytest

from teipress.edition import Document, Header, Mention, Name, Page, Person
from teipress.edition import Edition as EditionNoun
from teipress.languages import html_language
from teipress.numerals import roman, roman_value
from teipress.phrases import Phrases
from teipress.render.book import ended, lower_article, year
from teipress.render.labels import folio, folios
from teipress.render.language import mostly_right_to_left, right_to_left
from teipress.render.locations import Places
from teipress.render.registers import index


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1985-07-17", "17 July 1985"),
        ("1985-07", "July 1985"),
        ("1985", "1985"),
        ("1985-12-01", "1 December 1985"),
        ("-0043-03-15", "15 March -0043"),
        ("1985-13-01", "1985-13-01"),
        ("1985-00-01", "1985-00-01"),
        ("spring 1985", "spring 1985"),
        ("1985/86", "1985/86"),
        ("", ""),
    ],
)
def test_a_date_in_words(value, words):
    assert Phrases().date(value) == words


@pytest.mark.parametrize(
    ("value", "found"), [("1985-07-17", "1985"), ("1985", "1985"), ("c. 1985", "c. 1985"), ("", "")]
)
def test_the_year_of_a_date(value, found):
    assert year(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("The Press", "the Press"),
        ("A. Smith", "A. Smith"),
        ("Theodor", "Theodor"),
        ("Anna", "Anna"),
        ("Press", "Press"),
    ],
)
def test_only_an_article_loses_its_capital_within_a_sentence(value, found):
    assert lower_article(value) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [("A", "A."), ("A.", "A."), ("A?", "A?"), ("(A.)", "(A.)"), ("(A)", "(A)."), ("“A!”", "“A!”"), ("書。", "書。")],
)
def test_a_statement_has_one_full_stop(value, found):
    assert ended(value) == found


@pytest.mark.parametrize(
    ("number", "letters"),
    [
        (1, "i"),
        (3, "iii"),
        (4, "iv"),
        (9, "ix"),
        (14, "xiv"),
        (40, "xl"),
        (49, "xlix"),
        (90, "xc"),
        (400, "cd"),
        (1994, "mcmxciv"),
        (3999, "mmmcmxcix"),
    ],
)
def test_roman_numerals(number, letters):
    assert roman(number) == letters


def test_roman_numerals_read_back_are_the_number():
    assert [roman_value(roman(number)) for number in range(1, 4000)] == list(range(1, 4000))
    assert roman_value("XIV") == 14


@pytest.mark.parametrize("word", ["", "iiii", "vx", "civil", "x1", "ic"])
def test_what_is_no_roman_numeral_has_no_value(word):
    assert roman_value(word) == 0


def test_folios_are_roman_before_the_text_and_arabic_from_its_first_page_on():
    labels = folios({"half-title": 0, "contents": 4, "start": 6, "end": 8}, "start")
    assert labels == {"half-title": "i", "contents": "v", "start": "1", "end": "3"}


def test_before_the_first_layout_there_are_no_folios():
    assert folios({}, "start") == {}


def printed(pages):
    """The references of a person named on these printed pages, of which the first twelve have roman numbers."""
    mentions = tuple(Mention(f"m{i}", "d", None) for i in range(len(pages)))
    person = Person("p", "person", (Name("P"),), "P", "p", mentions=mentions)
    document = Document("d", Header("D"), "en", ())
    edition = EditionNoun("e", None, Header("E"), "en", (document,), (person,))
    page_of = {f"m{i}": int(page) + 11 if page.isdigit() else roman_value(page) - 1 for i, page in enumerate(pages)}
    places = Places(page_of, {}, partial(folio, 12))
    (letter,) = index(edition, edition.persons, places.locations)
    (entry,) = letter.entries
    return [x.label for o in entry.occurrences for x in o.locations]


@pytest.mark.parametrize(
    ("pages", "references"),
    [
        (["12", "13", "14"], ["12–14"]),
        (["12", "13"], ["12", "13"]),
        (["12", "12", "13", "13", "14"], ["12–14"]),
        (["1", "3", "4", "5", "9"], ["1", "3–5", "9"]),
        (["9", "10", "11"], ["9–11"]),
        (["x", "xi", "xii"], ["x–xii"]),
        (["xi", "xii", "1"], ["xi", "xii", "1"]),
        (["xii", "1", "2", "3"], ["xii", "1–3"]),
        (["5"], ["5"]),
        ([], []),
    ],
)
def test_three_pages_in_a_row_become_a_range(pages, references):
    assert printed(pages) == references


def test_pages_of_an_index_come_in_their_order_even_if_notes_are_read_later():
    assert printed(["3", "1", "2"]) == ["1–3"]


def test_references_to_the_source_stay_single_because_its_labels_are_no_numbers():
    pages = [Page(f"p{n}", str(n), "d") for n in (12, 13, 14)]
    mentions = tuple(Mention(f"m{p.id}", "d", p) for p in pages)
    person = Person("p", "person", (Name("P"),), "P", "p", mentions=mentions)
    edition = EditionNoun("e", None, Header("E"), "en", (Document("d", Header("D"), "en", ()),), (person,))
    (letter,) = index(edition, edition.persons)
    assert [x.label for x in letter.entries[0].occurrences[0].locations] == ["12", "13", "14"]


@pytest.mark.parametrize("language", ["ar", "he", "fa-IR", "AR-EG", "az-Arab", "pa-arab-PK", "yi"])
def test_scripts_from_right_to_left(language):
    assert right_to_left(language)


@pytest.mark.parametrize("language", ["en", "ja", "ar-Latn", "he-Latn-IL", "ru", "", "arn", "hex"])
def test_scripts_from_left_to_right(language):
    assert not right_to_left(language)


@pytest.mark.parametrize(
    ("language", "text", "leftward"),
    [
        ("ar", "كتاب A", True),
        ("ar", "kitāb", False),
        ("ar", "12–13", True),
        ("ar-Latn", "كتاب", False),
        ("az", "آذربایجان", True),
        ("az", "Azərbaycan آذربایجان", False),
        ("en", "12–13", False),
        ("tmr", "אמר רבא", True),
    ],
)
def test_letters_decide_where_all_of_them_run_against_the_language(language, text, leftward):
    assert right_to_left(language, text) == leftward


@pytest.mark.parametrize(
    ("text", "language", "leftward"),
    [
        ("word " + "كلمة كلمة", "en", True),
        ("words and words " + "كلمة", "ar", False),
        ("", "ar", True),
        ("1, 2", "he", True),
        ("", "", False),
        ("front " * 9_000 + "كلمة كلمة " * 9_000, "", True),
    ],
)
def test_a_page_runs_as_most_of_its_letters_do(text, language, leftward):
    assert mostly_right_to_left(text, language) == leftward


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("slv", "sl"),
        ("kaz", "kk"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("mri", "mi"),
        ("hin-Latn", "hi-Latn"),
        ("el-grc", "grc"),
        ("sr-Cryl", "sr"),
        ("sr-Cyrl", "sr-Cyrl"),
        ("ja-Latn", "ja-Latn"),
        ("en_GB", "en-GB"),
        ("syc-Syrj", "syc-Syrj"),
        ("la-x-medieval", "la-x-medieval"),
        ("unknown tongue", "und-x-unknown-tongue"),
        ("mp", "und-x-mp"),
        ("qaa-x-own", "qaa-x-own"),
        ("en-US-GB", "en-US"),
        ("en-UK", "en-GB"),
        ("en-999", "en"),
        ("zh-Hant-TW-x-a", "zh-Hant-TW"),
        ("zh-TW-Hant", "zh-TW"),
        ("en-x-", "en"),
        ("en-Latn-x-abcdefghijk", "en-Latn-x-abcdefgh"),
        ("x-own", "x-own"),
        ("x-", ""),
        ("x-a", "und"),
        ("i-klingon", "und-x-klingon"),
        ("a-b-c", "und"),
        ("--", ""),
        ("", ""),
    ],
)
def test_a_language_is_told_by_a_tag_that_html_knows(written, tag):
    assert html_language(written) == tag
