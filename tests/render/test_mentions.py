"""Registers: every mention with the words around it, and what a name in the text says of whom it names."""

import re

import pytest
from lxml.html import fromstring

from teipress.render.mentions import OPEN, QUOTED

REGISTER = """<listPerson><person xml:id="abe"><persName><surname>Abe</surname> <forename>Shintarō</forename></persName>
<birth when="1924"/><death when="1991"/><occupation>Foreign minister</occupation></person></listPerson>"""
NAME = '<persName ref="#abe">Abe</persName>'


def words(site, body, **rest):
    page = fromstring(site(body, register=REGISTER, **rest)["persons.html"])
    return [e.text_content() for e in page.xpath("//span[@class='words']")]


@pytest.mark.parametrize(
    ("body", "around"),
    [
        (f"<p>We saw {NAME} there.</p>", "We saw Abe there."),
        (f"<p>We\n  saw<lb/>{NAME}<pb n='2'/>, <hi>as</hi> ever.</p>", "We saw Abe, as ever."),
        (f"<p>{NAME} took <gap reason='redacted'/> home.</p>", "Abe took […] home."),
        (f"<p>a<note>canary</note> {NAME}</p>", "a Abe"),
        (f"<p>x<note>of {NAME}</note></p>", "of Abe"),
        (f"<p><choice><sic>teh</sic><corr>the</corr></choice> {NAME}</p>", "the Abe"),
        (f"<p><app><lem>one</lem><rdg>two</rdg></app> {NAME}</p>", "one Abe"),
        (f"<p><seg rend='hidden'>canary</seg>a {NAME}</p>", "a Abe"),
        (f"<list><item>canary</item><item>a {NAME}</item></list>", "a Abe"),
        (f"<p>Abe and {NAME} and Abe</p>", "Abe and Abe and Abe"),
    ],
)
def test_the_words_around_a_name_are_those_that_the_text_shows(site, body, around):
    assert words(site, body) == [around]


def test_the_name_itself_is_marked(site):
    page = site(f"<p>Abe and {NAME} and Abe</p>", register=REGISTER)["persons.html"]
    assert "Abe and <b>Abe</b> and Abe" in page


@pytest.mark.parametrize("filling", ["many words " * 40, "字" * 400])
def test_a_long_paragraph_is_cut_at_words_where_there_are_any(site, filling):
    (line,) = words(site, f"<p>{filling} {NAME} {filling}</p>")
    assert len(line) < 150
    assert line.startswith("…\N{NO-BREAK SPACE}")
    assert line.endswith("\N{NO-BREAK SPACE}…")
    assert "many words" in line or "字字" in line


def test_many_mentions_are_folded_and_very_many_are_not_quoted(site):
    body = "".join(f'<pb n="{n}"/><p>{NAME} {n}</p>' for n in range(QUOTED + 5))
    page = fromstring(site(body, register=REGISTER)["persons.html"])
    assert len(page.xpath("//dd/ul/li")) == OPEN
    assert len(page.xpath("//dd/details/ul/li")) == QUOTED - OPEN
    assert len(page.xpath("//dd/details/p/a")) == 5
    assert page.xpath("//dd/details/summary/text()") == [f"{QUOTED + 5 - OPEN} more"]


def test_a_name_says_once_a_page_who_is_meant(site):
    page = site(f"<p>{NAME} and {NAME}</p>", register=REGISTER)["t.html"]
    assert re.findall(r'<a[^>]* title="([^"]+)"', page) == ["Abe Shintarō (1924–1991): Foreign minister"]
