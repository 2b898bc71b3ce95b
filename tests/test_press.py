"""What edition.toml says to a press, and how large a cover is."""

import pytest

from teipress.config import settings_for
from teipress.errors import UsageError
from teipress.lengths import millimetres
from teipress.press import Press, runs_upward, sheet


@pytest.fixture
def write(tmp_path):
    def write(toml):
        (tmp_path / "edition.xml").write_text("", "utf-8")
        (tmp_path / "edition.toml").write_text(toml, "utf-8")
        return tmp_path

    return write


def test_every_setting_arrives(write):
    toml = (
        '[press]\nbleed = "0.25in"\nmarks = false\npaper = "90gsm"\nbinding = "hardback"\nspine = "up"\n'
        'images = "colour"\nrubric = [0, 90, 80, 20]\n[pdf]\nprofile = "print"\n'
    )
    settings = settings_for(write(toml))
    assert settings.pressed
    assert settings.press == Press(6.35, False, 0.1125, "hardback", "up", "colour", (0, 90, 80, 20))


def test_a_book_is_not_for_a_press_unless_it_says_so(write):
    assert not settings_for(write("[press]\nmarks = true\n")).pressed


@pytest.mark.parametrize("order", ['caliper = 0.2\npaper = "80gsm"', 'paper = "80gsm"\ncaliper = 0.2'])
def test_what_is_measured_counts_more_than_a_table(write, order):
    assert settings_for(write(f"[press]\n{order}\n")).press.caliper == 0.2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('blead = "3mm"', 'did you mean "bleed"?'),
        ("bleed = 3", "[press] bleed cannot be 3; it is a length"),
        ('bleed = "3em"', '[press] bleed cannot be "3em"; it is a length'),
        ('bleed = "3cm"', "at most 20 mm"),
        ('marks = "yes"', "it is true or false"),
        ('paper = "vellum"', 'one of "70gsm", "80gsm"'),
        ("paper = [1]", 'one of "70gsm", "80gsm"'),
        ("caliper = true", "[press] caliper cannot be true; it is the thickness of a leaf"),
        ("caliper = 9", "from 0.02 to 1"),
        ('binding = "spiral"', 'one of "paperback", "hardback"'),
        ("spine = 1", 'one of "down", "up"'),
        ("rubric = [0, 90, 80]", "percents of cyan"),
        ("rubric = [0, 90, 80, 101]", "percents of cyan"),
        ('icc = ""', "the name of a profile"),
        ('icc = "\\u0000"', "the name of a profile"),
        ('bleed = "\u0663mm"', "it is a length"),
        ('icc = "../press.icc"', "lies outside the edition's folder"),
        ('icc = "none.icc"', "cannot be read"),
        ('icc = "edition.toml"', "no profile of a press"),
    ],
)
def test_whatever_is_wrong_is_said_in_a_line(write, line, said):
    with pytest.raises(UsageError) as caught:
        settings_for(write(f"[press]\n{line}\n"))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lengths_are_millimetres():
    assert [round(millimetres(text), 2) for text in ("3mm", "1 in", "2.5cm", "72pt")] == [3, 25.4, 25, 25.4]


def test_the_cover_of_a_paperback():
    found = sheet(Press(), 156, 234, 301)  # 151 leaves of 0.1 mm, and twice a card of 0.3 mm
    assert (found.spine, found.height, found.width) == (15.7, 234, 2 * 156 + 15.7)
    assert found.folds == (156, 171.7)


def test_the_cover_of_a_bound_book():
    found = sheet(Press(binding="hardback", caliper=0.14), 152.4, 228.6, 300)
    assert found.spine == 26  # 150 leaves of 0.14 mm, and two boards of 2.5 mm
    assert found.width == pytest.approx(2 * (152.4 + 3 + 16) + 26)
    assert found.folds == pytest.approx((16, 171.4, 197.4, 352.8))


def test_a_thin_book_has_no_words_on_its_spine():
    assert [sheet(Press(), 148, 210, pages).has_words for pages in (100, 120)] == [False, True]


def test_words_on_a_spine_run_as_the_language_has_it():
    assert [runs_upward(Press(), language) for language in ("en", "de-AT", "fr", "ja")] == [False, True, True, False]
    assert runs_upward(Press(spine="up"), "en")
    assert not runs_upward(Press(spine="down"), "de")
