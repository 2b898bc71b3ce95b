"""The README of a deposit: its lines, and what it leaves out where there is nothing to say."""

from __future__ import annotations

import pytest

from teipress.edition import Agent, Description
from teipress.phrases import Phrases
from teipress.render.readme import SAID, Contents, Listed, render_readme, width, wrapped

SAYS = Description("urn:x", "Of fog", agents=(Agent("Ada Example"),), publisher="The test press", date="2001-02-03")


@pytest.mark.parametrize(
    "text",
    [
        "one two three " * 30,
        "a-hyphenated-word/with/slashes " * 20,
        "一つの長い文、そして続く。" * 20,
        "TEIによる本文とSHA-256の値 " * 12,
    ],
)
def test_lines_have_78_columns_at_most_and_nothing_is_lost(text: str) -> None:
    lines = wrapped(text, 2).split("\n")
    assert len(lines) > 2
    assert all(width(line) <= 78 and line.startswith("  ") and line == line.rstrip() for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_word_that_is_longer_than_a_line_stays_whole_and_a_protected_space_ends_no_line() -> None:
    assert wrapped("so " + "x" * 90 + " it is").split("\n") == ["so", "x" * 90, "it is"]
    assert wrapped("mot " * 19 + "«\u00a0ici\u00a0»").split("\n")[1] == "«\u00a0ici\u00a0»"


@pytest.mark.parametrize("mark", "、。ーッょ々")
def test_no_line_of_japanese_begins_with_what_closes_a_clause_or_a_syllable(mark: str) -> None:
    for length in range(30, 50):
        assert not any(line[0] == mark for line in wrapped("字" * length + mark + "字" * 9).split("\n"))


def test_a_title_cannot_add_a_line() -> None:
    assert wrapped("Fog\n\nHow to check it\x1b[2J") == "Fog How to check it [2J"


def said(language: str = "en", **more: object) -> str:
    files = [Listed("pdf/fog.pdf", "3 kB", "pdf"), Listed("metadata/mets.xml", "", "metadata")]
    contents = Contents(files=files, record="deposit.json", programs=["teipress 1.2"], **more)
    return render_readme(SAYS, contents, Phrases(language))


def test_a_readme_has_no_heading_without_a_text() -> None:
    text = said()
    assert text.startswith("Of fog\n======\n\nAda Example\nThe test press, 3 February 2001\n\nIdentifier: urn:x\n")
    assert "\n  pdf/fog.pdf  3 kB\n" in text
    assert "\n  metadata/mets.xml\n" in text
    assert not [absent for absent in ("Licence", "not here", "new", "EPUB", "\n\n\n", "None") if absent in text]


def test_a_readme_says_where_its_paths_are_and_that_of_fonts_there_are_none() -> None:
    text = " ".join(said(equipped=True).split())
    assert "“teipress deposit --check DIR”, with the folder of the package for DIR" in text
    assert "those of a bag, below data/" in text
    assert "What is not here ---------------- Fonts and colour profiles" in text


@pytest.mark.parametrize(
    ("language", "told"), [("en", "… and 3 more, which deposit.json lists"), ("ja", "… ほか3件(deposit.jsonに記載)")]
)
def test_of_very_many_files_the_first_are_listed(language: str, told: str) -> None:
    files = [Listed(f"x/{n:02}.png", "1 kB", "deposited") for n in range(53)]
    contents = Contents(files=files, record="deposit.json", programs=["teipress 1.2"])
    text = render_readme(SAYS, contents, Phrases(language))
    assert f"\n  x/49.png  1 kB\n  {told}\n\n" in text
    assert "x/50.png" not in text


@pytest.mark.parametrize("language", ["en", "de", "fr", "ja"])
def test_all_that_a_readme_can_say_is_said_in_each_language(language: str) -> None:
    every = [Listed(f"x/{role}", "1 kB", role) for role in SAID]
    changes = [("T", what) for what in ("new", "gone", "renamed", "text", "header", "header and text", "changed")]
    more = {
        "withheld": True,
        "equipped": True,
        "restricted": ["A & B <c>"],
        "public": False,
        "since": "2000-01-02",
        "changes": changes,
    }
    contents = Contents(files=every, record="deposit.json", programs=["teipress 1.2"], **more)
    text = render_readme(SAYS, contents, Phrases(language))
    assert "A & B <c>" in text
    assert all(f"  x/{role}  1 kB\n" in text for role in SAID)
    assert all(width(line) <= 78 for line in text.splitlines())
    assert (text.count("\n  T") == len(changes)) and ("is gone" in text) == (language == "en")
