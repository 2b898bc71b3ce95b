"""A language: its phrases, dates, lists and numbers; an edition's own catalogues, and what is wrong with one."""

from pathlib import Path

import pytest

from teipress.errors import UsageError
from teipress.phrases import Phrases, language_for, languages

HEAD = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def own(tmp_path: Path):
    """``own("es", 'msgid "a" …')`` writes a catalogue of an edition and gives its templates folder."""

    def write(language: str, text: str, head: str | None = None) -> Path:
        folder = tmp_path / "templates" / "locale"
        folder.mkdir(parents=True, exist_ok=True)
        written = (HEAD.format(language) if head is None else head) + text
        (folder / f"{language}.po").write_text(written, "utf-8")
        return tmp_path / "templates"

    return write


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["17 July 1985", "July 1985", "1985", "1 January 0987", "15 March -0043"]),
        ("de", ["17. Juli 1985", "Juli 1985", "1985", "1. Januar 0987", "15. März -0043"]),
        ("fr", ["17 juillet 1985", "juillet 1985", "1985", "1er janvier 0987", "15 mars -0043"]),
        ("ja", ["1985年7月17日", "1985年7月", "1985年", "0987年1月1日", "-0043年3月15日"]),
    ],
)
def test_dates(language, expected):
    phrases = Phrases(language)
    dates = ("1985-07-17", "1985-07", "1985", "0987-01-01", "-0043-03-15")
    assert [phrases.date(date) for date in dates] == expected
    for no_date in ("", "1985-13", "1985-00-01", "about 1900", "85", "1985-02-30x"):
        assert phrases.date(no_date) == no_date
    assert phrases.date("1985-07-17T15:32:25Z") == expected[0]  # a time of day is not printed
    assert phrases.date("1985-02-31")  # what no calendar has is printed as it stands


@pytest.mark.parametrize(
    ("language", "listed", "joined", "number"),
    [
        ("en", "A, B, and C", "A, B, C", "12,345"),
        ("de", "A, B und C", "A, B, C", "12.345"),
        ("fr", "A, B et C", "A, B, C", "12\u202f345"),
        ("ja", "A、B、C", "A、B、C", "12,345"),
    ],
)
def test_lists_and_numbers(language, listed, joined, number):
    phrases = Phrases(language)
    assert phrases.listed(["A", "B", "C"]) == listed
    assert phrases.listed(["A"]) == phrases.joined(["A"]) == "A"
    assert phrases.listed([]) == phrases.joined([]) == ""
    assert phrases.joined(["A", "B", "C"]) == joined
    assert phrases.number(12345) == number


def test_plurals_go_by_the_rules_of_the_language():
    forms = "%(amount)s line", "%(amount)s lines"
    said = {n: [Phrases(n).ngettext(*forms, number, amount=number) for number in (0, 1, 2)] for n in ("de", "fr", "ja")}
    assert said["de"] == ["0 Zeilen", "1 Zeile", "2 Zeilen"]
    assert said["fr"] == ["0 ligne", "1 ligne", "2 lignes"]
    assert said["ja"] == ["0行", "1行", "2行"]


def test_an_edition_may_bring_another_language(own):
    templates = own("es", 'msgid "Contents"\nmsgstr "Índice"\n')
    assert languages(templates) == ("en", "de", "es", "fr", "ja")
    phrases = Phrases("es", templates)
    assert (phrases.gettext("Contents"), phrases.gettext("Persons")) == ("Índice", "Persons")
    assert phrases.date("1985-07-17") == "17 de julio de 1985"


def test_an_edition_may_change_single_phrases(own):
    templates = own("de", 'msgid "Contents"\nmsgstr "Verzeichnis"\n')
    phrases = Phrases("de", templates)
    assert (phrases.gettext("Contents"), phrases.gettext("Persons")) == ("Verzeichnis", "Personen")
    assert Phrases("de").gettext("Contents") == "Inhalt"


def test_a_variety_of_a_language_adds_to_it(own):
    templates = own("de-AT", 'msgid "Persons"\nmsgstr "Leute"\n')
    phrases = Phrases("de-AT", templates)
    assert (phrases.gettext("Persons"), phrases.gettext("Places")) == ("Leute", "Orte")
    assert phrases.date("1985-01-17") == "17. Jänner 1985"


def test_english_can_be_changed_as_well(own):
    templates = own("en", 'msgid "Contents"\nmsgstr "Table of contents"\n')
    assert Phrases("en", templates).gettext("Contents") == "Table of contents"


def test_a_language_that_runs_from_right_to_left(own):
    assert Phrases("ar", own("ar", "")).rtl
    assert not Phrases("de").rtl


def test_a_language_that_unicode_does_not_know_has_english_dates(own):
    assert Phrases("qqx", own("qqx", "")).date("1985-07-17") == "17 July 1985"


def test_what_is_fuzzy_is_not_said_but_a_fuzzy_head_does_not_matter(own):
    head = "#, fuzzy\n" + HEAD.format("es")
    templates = own("es", 'msgid "Contents"\nmsgstr "Índice"\n\n#, fuzzy\nmsgid "Persons"\nmsgstr "Lugares"\n', head)
    phrases = Phrases("es", templates)
    assert (phrases.gettext("Contents"), phrases.gettext("Persons")) == ("Índice", "Persons")


def test_the_empty_phrase_is_not_the_head_of_the_catalogue():
    assert Phrases("de").gettext("") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('msgid "Page %(number)s"\nmsgstr "Página %(numero)s"\n', "has a placeholder"),
        ('msgid "Contents"\nmsgstr "100 % de todo"\n', "has a placeholder"),
        ('msgid "Page %(number)s"\nmsgstr "%(number)999999999s"\n', "has a placeholder"),
        ('msgid "Page %(number)s"\nmsgstr "%(number)d"\n', "has a placeholder"),
        ("Índice\n", "no catalogue"),
    ],
)
def test_a_broken_catalogue_is_told_with_its_place(own, text, said):
    with pytest.raises(UsageError, match=r"es\.po") as raised:
        Phrases("es", own("es", text))
    assert said in str(raised.value)


@pytest.mark.parametrize("line", ["Content-Type: text/plain; charset=klingon", "Plural-Forms: nplurals=99999999999"])
def test_a_head_that_makes_no_sense_is_told(own, line):
    head = f'msgid ""\nmsgstr ""\n"{line}\\n"\n\n'
    with pytest.raises(UsageError, match=r"es\.po: this is no catalogue"):
        Phrases("es", own("es", 'msgid "One"\nmsgid_plural "Many"\nmsgstr[0] "Uno"\n', head))


def test_a_folder_is_no_catalogue(own):
    templates = own("es", "")
    (templates / "locale" / "qq.po").mkdir()
    assert "es" in languages(templates)
    assert "qq" not in languages(templates)


def test_a_catalogue_that_is_no_text_is_told(own, tmp_path):
    templates = own("es", "")
    (templates / "locale" / "es.po").write_bytes(
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\xff'
    )
    with pytest.raises(UsageError, match=r"es\.po"):
        Phrases("es", templates)


@pytest.mark.parametrize(("tag", "language"), [("de", "de"), ("de-AT", "de"), ("DE", "de"), ("la", "en"), ("", "en")])
def test_the_language_for_a_text(tag, language):
    assert language_for(tag) == language
