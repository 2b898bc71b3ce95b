"""Messages: what is wrong in the terms of the document, and what would mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.read import read
from teipress.resources import resource
from teipress.validate.grammar import check_grammar

WriteTei = Callable[..., Path]

SAID = {
    "<p><persname>x</persname></p>": "there is no element <persname>; it stands in <p> (did you mean <persName>?)",
    "<p><item>x</item></p>": "<item> cannot stand in <p> (put it into <list>)",
    "<p>a</p><head>b</head>": "<head> cannot stand after <p> in <body> (<body> may hold it, but not in this place; ",
    "<p xml:idd='a'>x</p>": '<p> has no attribute xml:idd (did you mean "xml:id"?)',
    "<p><date when='soon'>x</date></p>": 'when="soon" on <date> is no value that it can have (expected: ',
    "<p><gap reason='lost' unit='lins'/></p>": 'unit="lins" on <gap> is no value that it can have '
    '(did you mean "line"?)',
    "<p><gap/></p>": "<gap> needs the attribute reason",
    "<list>x<item>y</item></list>": '<list> cannot hold text, but holds "x" (put it into <item>',
    "<list/>": "<list> is empty: <item> is missing (<item>: ",
}


def told(path: Path) -> list[str]:
    source, _ = read(path)
    return [f"{f.message} ({f.hint})" for f in check_grammar(source, resource("schema") / "teipress.rng")]


@pytest.mark.parametrize("body", SAID)
def test_a_message_says_what_is_wrong_and_what_would_do(write_tei: WriteTei, body: str) -> None:
    (said,) = told(write_tei(body))
    assert said.startswith(SAID[body])
    assert "http" not in said
    assert "{" not in said


def test_a_list_of_names_has_an_end(write_tei: WriteTei) -> None:
    (said,) = told(write_tei("<div><head>a</head><p>x</p><head>b</head></div>"))
    assert len(said) < 250
    assert "others" in said


def test_an_element_that_comes_too_early_and_what_should_come_first_are_one_fault(write_tei: WriteTei) -> None:
    path = write_tei()
    source = path.read_text("utf-8")
    first, second = (
        "<publicationStmt><p>Unpublished.</p></publicationStmt>",
        "<sourceDesc><p>Written for a test.</p></sourceDesc>",
    )
    assert first in source
    assert second in source
    path.write_text(source.replace(first, "#").replace(second, first).replace("#", second), "utf-8")
    (said,) = told(path)
    assert said.startswith("<sourceDesc> stands too early in <fileDesc>: <publicationStmt> (line ")


def test_each_of_forty_planted_mistakes_is_told_once_at_its_line(require_data: Callable[[str], Path]) -> None:
    path = Path(__file__).with_name("planted.xml")
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    planted = [(code, number) for number, line in lines for code in re.findall(r"\d+ ([GR]\d{3})\b", line)]
    assert len(planted) == 40
    source, _ = read(path)
    found = check_grammar(source, require_data("TEIPRESS_TEI_P5") / "tei_all.rng")
    assert [(f.code, f.line) for f in found] == planted
