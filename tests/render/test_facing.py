"""Facing pages: what a plan makes of two documents, page by page."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.model import model
from teipress.read import read
from teipress.render.print import render_print, render_strips
from teipress.spreads import Plan, Side, Stop
from teipress.vocabulary import load_vocabulary

MOMENT = datetime(2001, 2, 3, tzinfo=UTC)
HEADER = "<teiHeader><fileDesc><titleStmt><title>{}</title></titleStmt></fileDesc></teiHeader>"
LONG = " ".join(f"w{n}" for n in range(100))
TEXT = f'<div xml:id="d"><head>One</head><p xml:id="p">{LONG}</p><p xml:id="q">Short.<note>Noted.</note></p></div>'
REST = '<p>Loose.</p><p corresp="#q">Breve.</p></div>'
OTHER = f'<div corresp="#d"><head>Uno</head><p corresp="#p">{LONG.replace("w", "v")}</p>{REST}'


@pytest.fixture
def edition(tmp_path):
    bodies = (("text", TEXT), ("other", OTHER))
    texts = (
        f'<TEI xml:id="{name}">{HEADER.format(name)}<text><body>{body}</body></text></TEI>' for name, body in bodies
    )
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{HEADER.format("Both")}{"".join(texts)}</teiCorpus>'
    (tmp_path / "edition.xml").write_text(corpus, "utf-8")
    (tmp_path / "edition.toml").write_text("[pdf]\nfacing = true\n", "utf-8")
    settings = settings_for(tmp_path)
    return model(read(settings.source, Path(settings.folder))[0], settings), settings, load_vocabulary()


def pages(edition, *spreads):
    """The markup of each page, if the plan has these spreads."""
    ((pair, _, _),) = render_strips(*edition)
    stops = [tuple(Stop(n * 10.0, 0, part.grain.row, lined=True) for n, part in enumerate(s)) for s in pair.sides]
    sides = Side(stops[0], 9999), Side(stops[1], 9999)
    ends = len(stops[0]), len(stops[1])
    cuts = [(0, 0), *spreads, ends]
    both = tuple(((a[0], b[0]), (a[1], b[1])) for a, b in pairwise(cuts))
    plans = {pair.name: Plan(sides, 100, 0, both)}
    html = render_print(*edition, {}, MOMENT, {}, plans=plans).html
    return re.findall(r'<div class="facing-page (verso|recto)" id="([^"]*)">(.*?)<div class="facing-end"', html, re.S)


def words(markup):
    return re.sub(r"<[^>]*>", " ", markup).split()


def test_all_of_both_is_measured_each_part_by_its_name(edition):
    ((pair, html, css),) = render_strips(*edition)
    assert pair.name == "text+other"
    names = re.findall(r'data-at="(\d-\d+)"', html)
    assert names == [f"{side}-{n}" for side in range(2) for n in range(len(pair.sides[side]))]
    assert words(html.partition("<body>")[2]).count("w50") == 1
    assert "@page strip" in css


def test_left_and_right_pages_take_turns(edition):
    found = pages(edition, (20, 30), (60, 70))
    assert [(side, name) for side, name, _ in found] == [
        (side, f"book-{slug}-{n}") for n in (1, 2, 3) for side, slug in (("verso", "text"), ("recto", "other"))
    ]
    assert [words(markup)[0] for _, _, markup in found] == ["One", "Uno", "w19", "v29", "w59", "v69"]
    left = [word for side, _, markup in found if side == "verso" for word in words(markup)]
    assert left == ["One", *LONG.split(), "Short.", "Noted."]


def test_a_paragraph_that_goes_on_says_so_and_keeps_its_identifier_where_it_begins(edition):
    markups = [markup for _, _, markup in pages(edition, (20, 20))]
    assert re.search(r'<p id="p" class="p" data-cut="on">', markups[0])
    assert re.search(r'<p class="p" data-cut="first again">', markups[2])
    assert "".join(markups).count('id="p"') == 1
    assert "".join(markups).count('id="d"') == 1


def test_a_page_may_be_empty(edition):
    found = pages(edition, (102, 50))
    assert words(found[2][2]) == []
    assert words(found[3][2])[0] == "v49"


def test_a_paragraph_that_follows_one_on_the_page_before_is_indented(edition):
    markups = [markup for _, _, markup in pages(edition, (101, 101))]
    assert 'data-cut="first next"' in markups[2]


def test_nothing_is_printed_twice_and_the_contents_name_both(edition):
    ((pair, _, _),) = render_strips(*edition)
    whole = tuple((0, len(side)) for side in pair.sides)
    sides = tuple(Side(tuple(Stop(0, 0, p.grain.row) for p in s), 9) for s in pair.sides)
    html = render_print(*edition, {}, MOMENT, {}, plans={pair.name: Plan(sides, 9, 0, (whole,))}).html
    assert html.count("Breve.") == 1
    assert html.index('href="#start-text"') < html.index('href="#start-other"') < html.index('id="start-text"')
