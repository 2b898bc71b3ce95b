"""``teipress encode`` and ``teipress transcript`` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from teipress.cli import main

LETTER = """Port Amber, 17 July 1985

Dear Ned,

The boats came in with nothing but [redacted] and a dog.

25X1

The dog is yours.
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.txt").write_text(LETTER, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_transcription_becomes_tei_and_comes_back(here: Path) -> None:
    made = run("encode", "letter.txt")
    assert made.exit_code == 0, made.output
    assert (here / "letter.xml").read_text("utf-8").startswith('<?xml version="1.0" encoding="UTF-8"?>\n<?teipress')
    assert "letter.xml:" in made.stderr
    assert "1 gap" in made.stderr
    back = run("transcript", "letter.xml")
    assert back.exit_code == 0
    assert back.stdout.split() == LETTER.split()


def test_what_is_encoded_validates_and_builds(here: Path) -> None:
    run("encode", "letter.txt")
    assert run("validate", "letter.xml").exit_code == 0
    built = run("build", "letter.xml", "-o", "out", "-f", "html", "-q")
    assert built.exit_code == 0, built.output
    assert run("verify", "out", "--source", "letter.xml").exit_code == 0


def test_the_same_transcription_gives_the_same_bytes(here: Path) -> None:
    run("encode", "letter.txt", "-o", "a.xml")
    run("encode", "letter.txt", "-o", "b.xml")
    assert (here / "a.xml").read_bytes() == (here / "b.xml").read_bytes()


def test_an_output_is_never_overwritten_unasked_and_an_edited_one_never_at_all(here: Path) -> None:
    run("encode", "letter.txt")
    first = (here / "letter.xml").read_text("utf-8")
    (here / "letter.txt").write_text(LETTER.replace("dog", "goat"), "utf-8")
    refused = run("encode", "letter.txt")
    assert refused.exit_code == 2
    assert "letter.xml: the file is there already; --force encodes it anew" in refused.stderr
    assert (here / "letter.xml").read_text("utf-8") == first
    assert run("encode", "letter.txt", "--force").exit_code == 0
    edited = (here / "letter.xml").read_text("utf-8").replace("Dear Ned", "Dear Kit")
    (here / "letter.xml").write_text(edited, "utf-8")
    (here / "letter.txt").write_text(LETTER, "utf-8")
    beside = run("encode", "letter.txt", "--force")
    assert beside.exit_code == 0
    assert "letter.xml: kept, because somebody has changed it; the new encoding is letter.new.xml" in beside.stderr
    assert (here / "letter.xml").read_text("utf-8") == edited
    assert (here / "letter.new.xml").read_text("utf-8") == first
    changed = [line for line in (here / "letter.diff").read_text("utf-8").splitlines() if line.startswith("+ ")]
    assert any("Dear Ned" in line for line in changed)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty; there is nothing to encode"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "this is no text: byte 0x1A"),
        (b"Caf\xe9 \x96 closed\n", "letter.txt:1: not UTF-8: byte 0xE9 at column 4; it may be cp1252"),
    ],
)
def test_what_is_no_transcription_is_refused(here: Path, content: bytes, message: str) -> None:
    (here / "letter.txt").write_bytes(content)
    refused = run("encode", "letter.txt")
    assert refused.exit_code == 2
    assert message in refused.stderr
    assert not (here / "letter.xml").exists()


def test_an_encoding_can_be_named(here: Path) -> None:
    (here / "letter.txt").write_bytes("Café – closed\n".encode("cp1252"))
    assert run("encode", "letter.txt", "--encoding", "cp1252").exit_code == 0
    assert "Café – closed" in (here / "letter.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ('[[pages]]\nline = 99\nn = "[2]"', 'page "[2]" begins at line 99, but letter.txt has 9 lines'),
        ('[names]\n"Ned" = ["ned-quillon"]', '"ned-quillon"'),
        ('registers = ["none.xml"]', "none.xml"),
        ('sha256 = "00"', "another state of"),
    ],
)
def test_a_profile_that_does_not_fit_is_told(here: Path, profile: str, message: str) -> None:
    (here / "letter.toml").write_text(profile, "utf-8")
    told = run("encode", "letter.txt", "--profile", "letter.toml")
    assert message in told.stderr
    assert told.exit_code == (0 if "sha256" in profile else 2)


def test_files_that_are_not_there(here: Path) -> None:
    for arguments in (("encode", "none.txt"), ("encode", "letter.txt", "-p", "none.toml"), ("transcript", "none.xml")):
        told = run(*arguments)
        assert told.exit_code == 2
        assert "none." in told.stderr


def test_a_transcript_is_not_written_over_anything(here: Path) -> None:
    run("encode", "letter.txt")
    refused = run("transcript", "letter.xml", "-o", "letter.txt")
    assert refused.exit_code == 2
    assert (here / "letter.txt").read_text("utf-8") == LETTER
    assert run("transcript", "letter.xml", "-o", "letter.txt", "--force").exit_code == 0
    assert (here / "letter.txt").read_text("utf-8").split() == LETTER.split()


def test_the_rules_are_listed(here: Path) -> None:
    listed = run("encode", "--rules")
    assert listed.exit_code == 0
    assert "cut-sentences" in listed.stdout


def test_an_editors_additions_are_no_part_of_the_transcript(here: Path) -> None:
    run("encode", "letter.txt")
    text = (here / "letter.xml").read_text("utf-8")
    corrected = text.replace(
        "a dog.", 'a <choice><sic>dog</sic><corr>log</corr></choice>.<note type="editorial">So.</note>'
    )
    (here / "letter.xml").write_text(corrected, "utf-8")
    assert run("transcript", "letter.xml").stdout.split() == LETTER.split()
