"""Fonts for the site: a subset that has every character of the pages that the font has, the same every time."""

import shutil

import pytest
from fontTools.ttLib import TTFont

from teipress.package import fonts
from teipress.package.fonts import available, embed, without_font
from teipress.scripts import SCRIPTS

pytestmark = pytest.mark.slow

TEXT = "Ōhira Masayoshi, Shevardnadze, Шеварднадзе, ﬁ – “quoted” 1985"


@pytest.fixture(scope="module")
def faces(require_tool):
    require_tool("fc-list")
    found = available()
    if not found:
        pytest.skip("the fonts of the site are not installed")
    return found[:1]


def characters(path):
    with TTFont(path) as font:
        return set(font.getBestCmap())


def test_a_subset_has_every_character_that_the_whole_font_has(faces, tmp_path):
    embed(faces, TEXT, tmp_path)
    for face in faces:
        has = characters(tmp_path / face.path)
        could = characters(face.source)
        assert {ord(c) for c in TEXT} & could <= has
        assert len(has) < len(could) / 5, "it is a subset"


def test_letters_that_a_reader_may_search_for_are_there_in_any_case(faces, tmp_path):
    embed(faces, "", tmp_path)
    assert set(map(ord, "azAZ09.,")) <= characters(tmp_path / faces[0].path)


def test_the_same_text_gives_the_same_bytes(faces, tmp_path):
    embed(faces, TEXT, tmp_path / "one")
    embed(faces, TEXT, tmp_path / "two")
    for face in faces:
        assert (tmp_path / "one" / face.path).read_bytes() == (tmp_path / "two" / face.path).read_bytes()


def test_a_machine_without_fontconfig_has_no_faces_and_no_error(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("fc-list") is None
    assert available() == ()


def test_a_machine_without_fontconfig_is_not_said_to_lack_a_character(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert without_font("a\u0378") == []


def test_characters_that_no_font_has_are_named(monkeypatch):
    monkeypatch.setattr(fonts, "_fc_list", lambda *arguments: ["20-7e a0-ff", "100 5d0-5ea"])
    assert without_font("aé\u0100\u05d0\u0627\ue000\u0378") == ["\u0378", "\u0627", "\ue000"]


def test_what_leaves_no_mark_on_paper_needs_no_font(monkeypatch):
    monkeypatch.setattr(fonts, "_fc_list", lambda *arguments: ["20-7e"])
    assert without_font("a\n\u00a0\u00ad\u200d\u200f\u2028\ufe0f\U000e0101\u034f\ufeff") == []


def test_this_machine_has_every_script_that_the_book_names_a_font_for(require_tool):
    require_tool("fc-list")
    assert without_font(s.letter for s in SCRIPTS) == []
    assert [s.family for s in SCRIPTS if not fonts.installed(s.family)] == []


def test_the_set_up_of_the_tests_installs_every_font_that_the_book_names(project):
    setup = (project / ".ci" / "setup").read_text("utf-8")
    assert [s.package for s in SCRIPTS if f"need {s.package} " not in setup] == []
