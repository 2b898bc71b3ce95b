"""Transcriptions/NN-*.md, written for this test, and what the encoder should make of each: a new case is a new file.

`NN-name.toml` is the profile, if there is one. `NN-name.expect.toml` says what is expected:

    findings = { D001 = [1, 5] }       codes that must be told, with the lines
    unsuspected = { D001 = [7] }       lines of which a code must not be told
    silent = ["D002"]                  codes that must not be told at all
    [expect]                           XPath 1.0 on the TEI → the value
    "count(//tei:gap)" = 3
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from encode.folding import difference, words
from teipress.encode import encode
from teipress.encode.profile import Profile, load_profile
from teipress.encode.transcript import transcript
from teipress.encode.transcription import transcription
from teipress.tei import NAMESPACES, XML_ID, elements, pointers

FOLDER = Path(__file__).parent / "transcriptions"
POINTING = ("ref", "resp", "ana", "corresp", "target", "who", "ed")


@dataclass(frozen=True)
class Case:
    """A transcription, its profile, and what is expected of it."""

    name: str

    @property
    def content(self) -> bytes:
        return (FOLDER / f"{self.name}.md").read_bytes()

    @property
    def profile(self) -> Profile:
        path = FOLDER / f"{self.name}.toml"
        return load_profile(path) if path.exists() else Profile()

    @property
    def expected(self) -> dict[str, Any]:
        return tomllib.loads((FOLDER / f"{self.name}.expect.toml").read_text("utf-8"))


CASES = [Case(path.stem) for path in sorted(FOLDER.glob("*.md"))]


@cache
def encoded(case: Case) -> Any:
    return encode(transcription(case.content, f"{case.name}.md"), case.profile)


@cache
def parsed(case: Case) -> Any:
    """The TEI as it is read again: what could not be written would fail here."""
    return etree.fromstring(etree.tostring(encoded(case).root, encoding="utf-8"))


def told(case: Case, code: str) -> list[int]:
    return [f.line for f in encoded(case).findings if f.code == code]


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


def test_no_word_is_lost_added_or_moved(case: Case) -> None:
    before = case.content.decode()
    assert not difference(words(before), words(transcript(parsed(case))))


def test_the_tei_is_valid(case: Case, grammar: etree.RelaxNG) -> None:
    assert grammar.validate(parsed(case)), grammar.error_log


@pytest.mark.slow
def test_it_is_valid_tei_by_our_own_engine(case: Case, complaints: Callable[[Any], list[str]]) -> None:
    assert complaints(encoded(case).root) == []


def test_every_pointer_leads_to_something(case: Case) -> None:
    trees = [parsed(case), *(etree.parse(path).getroot() for path in case.profile.registers)]
    known = {element.get(XML_ID) for tree in trees for element in elements(tree)}
    for element in elements(parsed(case)):
        for attribute in POINTING:
            unknown = [p for p in pointers(element.get(attribute)) if p.startswith("#") and p[1:] not in known]
            assert not unknown, f"{element.tag}/@{attribute}"


def test_no_identifier_is_given_twice(case: Case) -> None:
    given = [element.get(XML_ID) for element in elements(parsed(case)) if element.get(XML_ID)]
    assert len(given) == len(set(given))


def test_ends_of_lines_make_no_difference(case: Case) -> None:
    other = encode(transcription(case.content.replace(b"\n", b"\r\n"), f"{case.name}.md"), case.profile)
    one, two = (tree.find(".//tei:text", NAMESPACES) for tree in (encoded(case).root, other.root))
    assert etree.tostring(one) == etree.tostring(two)


def test_the_encoder_makes_of_it_what_an_editor_would(case: Case) -> None:
    expected = case.expected["expect"]
    assert {xpath: parsed(case).xpath(xpath, namespaces=NAMESPACES) for xpath in expected} == expected


def test_what_the_editor_should_know_is_told(case: Case) -> None:
    expected = case.expected
    for code, lines in expected.get("findings", {}).items():
        assert not set(lines) - set(told(case, code)), code
    for code, lines in expected.get("unsuspected", {}).items():
        assert not set(lines) & set(told(case, code)), code
    for code in expected.get("silent", []):
        assert not told(case, code), code


def test_findings_name_a_line_of_the_transcription(case: Case) -> None:
    lines = case.content.decode().count("\n") + 1
    for finding in encoded(case).findings:
        assert finding.file == f"{case.name}.md"
        assert 1 <= finding.line <= lines
