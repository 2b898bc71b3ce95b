"""Tables of contents: every line with its number, title and page, nested by numbering and layout, and nothing lost."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from lxml import etree

from teipress.encode.nodes import LEADER, MARK, Node
from teipress.encode.profile import PageAnchor, Profile, Region
from teipress.encode.structure.contents import contents
from teipress.encode.structure.lines import Made
from teipress.tei import Element, elements, local, selected

REPORT = """\
Harbours of the Northern Isles

Contents

Page

Foreword ........................... iii
Overview . . . . . . . . . . . . . . 1
  Aims ............................. 2
  Limits of the Survey ............. 3

Events of 1977
  and Their Echo ................... 4

A. Harbours ........................ 5
B. Lighthouses ..................... 9
C. Ferries ......................... 12

Annex A: Tables .................... A-1

OVERVIEW

The keeper of the lighthouse counted ships.
"""

BOOK = """\
**CONTENTS**

Preface\t<i>ix</i>

PART ONE

HARBOURS

Chapter 1 OLD HARBOURS 1

1. Stone Piers 2
 - (1) Northern Piers 2
 - (2) Piers of the U.S. 4
2. Wooden Piers 6
3. A Chronicle: May 1976-June 1977 8

4. Repairs through Barter
("Fish for Rope") 10
5. Dues 12
6. Pilots 14
7. Tides 16

**Chapter 2 NEW HARBOURS:
A VIEW FROM SEA 21**

- 1. Cranes 22
- 2. Docks 25

**PART TWO
LIGHTS**

Chapter 3 THE FLOOD
(1953) 31

1. Lamps 33

CONCLUSIONS 40

Notes 43
"""


def outline(found: Made, text: str) -> list[str]:
    """Each item on a line, set in by its depth, its parts between bars."""
    rows: list[str] = []

    def walk(node: Node, depth: int) -> None:
        if node.name == "item":
            start, end = node.lines[0][0], node.lines[-1][1]
            parts = [s for s in found.spans if s.name not in (MARK, "pb") and start <= s.start and s.end <= end]
            rows.append("  " * depth + "|".join(" ".join(text[slice(*s.range)].split()) for s in parts))
        elif node.name in ("pb", "fw", "head"):
            rows.append("  " * depth + f"<{node.name}> {' '.join(text[a:b] for a, b in node.lines)}".rstrip())
        for child in node.children:
            walk(child, depth + (node.name == "item"))

    for node in found.nodes:
        if node.attributes.get("type") == "contents":
            walk(node, 0)
    return rows


def lost(found: Made, text: str) -> str:
    """What of the table is in no line and no mark of it, but for the signs of Markdown around the lines."""
    table = next(n for n in found.nodes if n.attributes.get("type") == "contents")
    kept = {i for n in table.walk() for a, b in n.lines for i in range(a, b)}
    kept |= {i for s in found.spans if s.name == MARK for i in range(s.start, s.end)}
    rest = "".join(" " if i in kept else text[i] for i in range(table.start, table.end))
    return "".join(re.sub(r"</?i>|[*#-]", "", rest).split())


def encoded(text: str, **profile: object) -> Made:
    return contents([], text, Profile(**profile))  # type: ignore[arg-type]


def test_a_report_is_nested_by_layout_and_its_leaders_are_kept_apart() -> None:
    assert outline(encoded(REPORT), REPORT) == [
        "<head> Contents",
        "<fw> Page",
        "Foreword|...........................|iii",
        "Overview|. . . . . . . . . . . . . .|1",
        "  Aims|.............................|2",
        "  Limits of the Survey|.............|3",
        "Events of 1977 and Their Echo|...................|4",
        "A.|Harbours|........................|5",
        "B.|Lighthouses|.....................|9",
        "C.|Ferries|.........................|12",
        "Annex A:|Tables|....................|A-1",
    ]


def test_a_book_is_nested_by_its_numbering_and_its_broken_lines_are_joined() -> None:
    assert outline(encoded(BOOK), BOOK) == [
        "<head> CONTENTS",
        "Preface|ix",
        "PART ONE|HARBOURS",
        "  Chapter 1|OLD HARBOURS|1",
        "    1.|Stone Piers|2",
        "      (1)|Northern Piers|2",
        "      (2)|Piers of the U.S.|4",
        "    2.|Wooden Piers|6",
        "    3.|A Chronicle: May 1976-June 1977|8",
        "    <pb>",
        '    4.|Repairs through Barter ("Fish for Rope")|10',
        "    5.|Dues|12",
        "    6.|Pilots|14",
        "    7.|Tides|16",
        "  Chapter 2|NEW HARBOURS: A VIEW FROM SEA|21",
        "    1.|Cranes|22",
        "    2.|Docks|25",
        "PART TWO|LIGHTS",
        "  Chapter 3|THE FLOOD (1953)|31",
        "    1.|Lamps|33",
        "CONCLUSIONS|40",
        "Notes|43",
    ]


@pytest.mark.parametrize("text", [REPORT, BOOK], ids=["report", "book"])
def test_every_character_of_a_table_is_in_a_line_or_a_mark(text: str) -> None:
    assert lost(encoded(text), text) == ""


def test_numbers_titles_and_pages_say_what_they_are() -> None:
    found = encoded(BOOK)
    shown = {(s.name, s.attributes, s.wording) for s in found.spans if s.name != MARK}
    assert not {s for s in found.spans if s.name == LEADER}
    assert shown == {
        ("num", (), False),
        ("title", (("level", "a"),), False),
        ("title", (("level", "a"), ("rend", "bold")), False),
        ("ref", (("type", "page"),), False),
        ("ref", (("type", "page"), ("rend", "italic")), False),
    }
    assert {s.name for s in encoded(REPORT).spans} >= {LEADER}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "目次\n\n"
            "第一部　海と灯台\n第1章　序論……1\n"
            "　第1節　灯台の歴史……3\n第2章　結論……12\n\n序論\n\n灯台は古い。\n",
            ["<head> 目次", "第一部|海と灯台", "  第1章|序論|……|1", "    第1節|灯台の歴史|……|3", "  第2章|結論|……|12"],
        ),
        (
            "# Оглавление\n\n"
            "Введение 3\nГлава 1. Маяки 5\nГлава 2. Корабли\nи гавани 17\n\n# Введение\n\nМаяк стоит.\n",
            ["<head> Оглавление", "Введение|3", "Глава 1.|Маяки|5", "Глава 2.|Корабли и гавани|17"],
        ),
        (
            "Inhaltsverzeichnis\n\n1 Häfen\t1\n1.1 Alte Häfen\t2\n1.2 Neue\t4\n2 Türme\t6\nAnhang\t9\n",
            ["<head> Inhaltsverzeichnis", "1|Häfen|1", "  1.1|Alte Häfen|2", "  1.2|Neue|4", "2|Türme|6", "Anhang|9"],
        ),
        (
            "**Contents**\n\nI. Harbours\n   a. Old\n   b. New\nII. Lights\n\nI. Harbours\n\nThere were many.\n",
            ["<head> Contents", "I.|Harbours", "  a.|Old", "  b.|New", "II.|Lights"],
        ),
        ("Contents\n\nForeword\nxi\nHarbours\n12\n", ["<head> Contents", "Foreword|xi", "Harbours|12"]),
    ],
    ids=["Japanese", "Russian", "bare numbers", "no pages", "pages on lines of their own"],
)
def test_other_tables(text: str, expected: list[str]) -> None:
    assert outline(encoded(text), text) == expected
    assert lost(encoded(text), text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Contents\n\nThe box held three ropes, a lamp and\na letter that nobody had read.\n",
        "Contents\n",
        "Inhalt\n\n12\n",
    ],
    ids=["prose", "nothing", "a number"],
)
def test_a_heading_without_entries_is_no_table(text: str) -> None:
    assert encoded(text) == ([], [])


def test_the_text_after_a_table_is_not_taken_in_even_if_its_lines_end_with_numbers() -> None:
    text = "Contents\n\nHarbours 1\nLights 9\n\nHarbours\n\n"
    text += "In the year of the storm, which was 1953\nthe pier had 2\nlamps.\n"
    assert outline(encoded(text), text) == ["<head> Contents", "Harbours|1", "Lights|9"]


def test_blocks_around_the_table_stay_and_those_it_is_made_of_go() -> None:
    text = "Before\n\nContents\nHarbours 1\n\nLights 9\n\nAfter\n"
    starts = [text.index(word) for word in ("Before", "Contents", "Lights", "After")]
    blocks = [
        Node("p", [(starts[0], starts[0] + 6)]),
        Node("p", [(starts[1], starts[1] + 8), (starts[1] + 9, starts[1] + 19)]),
        Node("p", [(starts[2], starts[2] + 8)]),
        Node("p", [(starts[3], starts[3] + 5)]),
    ]
    found = contents(blocks, text, Profile())
    assert [n.name for n in found.nodes] == ["p", "div", "p"]
    assert [found.nodes[0], found.nodes[2]] == [blocks[0], blocks[3]]


def test_a_block_that_goes_on_behind_the_table_keeps_the_rest() -> None:
    text = "Contents\nHarbours 1\nLights 9\nHarbours\n"
    block = Node("p", [(0, 8), (9, 19), (20, 28), (29, 37)])
    assert contents([block], text, Profile()).nodes[1] == Node("p", [(29, 37)])


def test_a_break_that_the_transcription_shows_stays_between_the_entries() -> None:
    start = BOOK.index("\n5. Dues")
    found = contents([Node("pb", [(start, start)], {"n": "v"})], BOOK, Profile())
    rows = outline(found, BOOK)
    assert rows[rows.index("    5.|Dues|12") - 1] == "    <pb>"


def test_a_page_of_the_profile_is_not_inferred_once_more() -> None:
    line = BOOK[: BOOK.index("4. Repairs")].count("\n") + 1
    assert "    <pb>" not in outline(encoded(BOOK, pages=(PageAnchor(line),)), BOOK)
    assert "    <pb>" not in outline(encoded(BOOK, off=frozenset({"cut-contents"})), BOOK)


def test_the_profile_says_where_a_table_is() -> None:
    text = "Plan\n\n# What is Where\n\nHarbours 1\nLights 9\nEnd\n"
    found = encoded(text, regions=(Region(3, 6, "contents"),))
    assert outline(found, text) == ["<head> What is Where", "Harbours|1", "Lights|9"]


def test_the_rule_can_be_turned_off() -> None:
    assert encoded(BOOK, off=frozenset({"contents"})) == ([], [])


@pytest.mark.skipif("TEIPRESS_SOURCES" not in os.environ, reason="needs the transcriptions")
def test_the_monograph_has_every_entry_with_its_page_and_the_pages_that_a_reader_found(project: Path) -> None:
    text = next(Path(os.environ["TEIPRESS_SOURCES"]).glob("000_*.txt")).read_text("utf-8")
    calendar = etree.parse(project / "tei" / "japan-ussr" / "monograph.xml").getroot()
    found = encoded(text)
    table = next(n for n in found.nodes if n.name == "div")
    assert lost(found, text) == ""
    assert [text[slice(*s.range)] for s in found.spans if s.name == "ref"] == [
        ref.text for ref in elements(calendar, "ref") if ref.get("type") == "page"
    ]
    division = selected(calendar, "//tei:div[@type='contents']")[0]
    assert shape(table) == tuple(shape_of(e) for e in division if local(e) in SHOWN)


SHOWN = ("head", "list", "item", "pb")


def shape(node: Node) -> object:
    """How items, lists and breaks are nested in a node."""
    return tuple((child.name, shape(child)) for child in node.children if child.name in SHOWN)


def shape_of(element: Element) -> object:
    """The same of an element."""
    return local(element), tuple(shape_of(e) for e in element if local(e) in SHOWN)
