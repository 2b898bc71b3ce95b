"""Profiles: what they say, and every way of getting one wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from teipress.encode.profile import PageAnchor, Region, check_profile, identifier, load_profile
from teipress.encode.transcription import Transcription
from teipress.errors import UsageError


def written(folder: Path, text: str) -> Path:
    path = folder / "letter.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_profile_says_all_this(tmp_path: Path) -> None:
    profile = load_profile(
        written(
            tmp_path,
            """
            id = "letter"
            language = "en"
            registers = ["names.xml"]
            authority = "board"
            ordinary = ["Hope"]
            [rules]
            footnotes = false
            [names]
            "Ned-and-Kit" = ["ned", "kit"]
            [foreign]
            ja-Latn = ["jishu"]
            [[pages]]
            line = 3
            n = "[2]"
            [[regions]]
            lines = [1, 2]
            kind = "letterhead"
            [header]
            title = "A letter"
            """,
        )
    )
    assert (profile.id, profile.language, profile.authority) == ("letter", "en", "board")
    assert profile.registers == (tmp_path / "names.xml",)
    assert profile.pages == (PageAnchor(3, "[2]"),)
    assert profile.regions == (Region(1, 2, "letterhead"),)
    assert profile.names == {"Ned-and-Kit": ("ned", "kit")}
    assert profile.foreign == {"jishu": "ja-Latn"}
    assert not profile.has("footnotes")
    assert profile.has("contents")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id = ", "this is not TOML"),
        ('titel = "x"', 'unknown key "titel"'),
        ('id = "a b"', 'id = "a b" is no XML name'),
        ("id = 3", "id is 3; write a text"),
        ('registers = "a.xml"', "write a list of texts"),
        ('registers = ["../../elsewhere.xml"]', "lies outside"),
        ("[rules]\nfootnote = false", 'unknown key "footnote" in [rules]; did you mean "footnotes"?'),
        ('[rules]\nfootnotes = "no"', "write true or false"),
        ("[[pages]]\nline = 0", "a page has line = 0"),
        ("[[pages]]\nline = true", "a page has line = True"),
        ('[[pages]]\nline = 2\ncert = "sure"', "cert = 'sure'"),
        ("[pages]\nline = 2", "[[pages]]"),
        ('[[regions]]\nkind = "letter"\nlines = [1, 2]', "kind = 'letter'; kinds are title-page"),
        ('[[regions]]\nkind = "contents"\nlines = [3, 2]', "the contents has lines = [3, 2]"),
        ('[[regions]]\nkind = "contents"\nlines = 3', "the contents has lines = 3"),
        ('[header]\ncolour = "red"', 'unknown key "colour" in [header]'),
        ('[header]\ndate = "17 July"', 'date = "17 July" in [header]; write a date as 1985-07-17'),
        ('names = "x"', "write it as a table, [names]"),
        ('[names]\nNed = "ned"', "Ned is 'ned'; write a list"),
    ],
)
def test_a_wrong_profile_is_refused_with_a_remedy(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        load_profile(written(tmp_path, text))
    assert message in str(raised.value)
    assert "letter.toml" in str(raised.value)


def test_a_profile_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none.toml: cannot be read"):
        load_profile(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[pages]]\nline = 9\nn = "[2]"', 'page "[2]" begins at line 9, but t.md has 2 lines'),
        ("[[pages]]\nline = 3", "a page begins at line 3"),
        ('[[regions]]\nkind = "contents"\nlines = [1, 3]', "the contents takes lines 1 to 3"),
    ],
)
def test_a_page_or_region_that_the_transcription_does_not_have(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        check_profile(load_profile(written(tmp_path, text)), Transcription("a\nb\n", "t.md"))
    assert message in str(raised.value)


@pytest.mark.parametrize(("stem", "expected"), [("memo 1", "memo-1"), ("003_df", "t-003_df"), ("…", "t"), ("é", "é")])
def test_the_name_of_a_file_becomes_an_identifier(stem: str, expected: str) -> None:
    assert identifier(stem) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[header]\ntitle = "a\\u0000b"', r"U\+0000"),
        ('[[pages]]\nline = 1\nn = "\\u001b[31m"', r"U\+001B"),
        ('[header]\npublisher = "p"\nlicence = "free for all"', "licence"),
        ('language = "no such"', "no language tag"),
        ('[foreign]\n"x y" = ["Locks"]', "no language tag"),
        ('[[regions]]\nlines = [1, 1]\nkind = "front"\ntype = "a b"', "one word"),
        ('id = "a²"', "no XML name"),
    ],
)
def test_values_that_would_make_no_valid_tei_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=message):
        load_profile(path)
