"""Fonts for the site: a subset that has every character of the pages that the font has, the same every time."""

import shutil

import pytest
from fontTools.ttLib import TTFont

from teipress.package.fonts import available, embed

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
