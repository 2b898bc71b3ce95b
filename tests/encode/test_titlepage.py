"""Title pages, letterheads, imprints: from regions of a profile, and where the words themselves are plain."""

from __future__ import annotations

from typing import Any

import pytest

from teipress.encode.nodes import MARK, Node
from teipress.encode.profile import Profile, Region
from teipress.encode.structure.blocks import blocks
from teipress.encode.structure.leafparts import leaf_part, letterhead_part
from teipress.encode.structure.lines import Made
from teipress.encode.structure.titlepage import title_pages

LEAVES = """\
ROPE STUDIES No. 4

**KNOTS OR SPLICES?
A HISTORY OF
ROPE**

CLARA EXAMPLE

ROPEWALK PRESS

Brennholm, 1997

KNOTS OR SPLICES?
A HISTORY OF
ROPE

ROPE STUDIES No. 4

KNOTS OR SPLICES?
A HISTORY OF
ROPE

CLARA EXAMPLE

ROPEWALK PRESS

Brennholm, 1997

On Spelling

Names are spelt as the people who bear them spell them, and where two spellings are in use the shorter one is taken.
"""

PAPER = """\
DRAFT: NOT TO BE QUOTED
WITHOUT THE AUTHOR

NUMBER 12

KNOTS AND SPLICES

by Clara Example

Institute of Rope
Brennholm

Prepared for the Conference
on Cordage, Nebelfurt,
March 2, 1984.

The first knot was tied by somebody who needed both hands for something else, and it has held until the present day.
"""

LETTERHEAD = """\
Board of Coastal Survey

Brennholm 12, Tel. 345

**OFFICE OF LAMPS**

17 July 1985

Lamps: What Could Be Done

The lamps are old, and the keepers are older; both have been told so more than once in the course of the year.
"""


def shown(node: Node, text: str) -> Any:
    """A node as its name with its type, and its lines or what is in it."""
    kind = node.attributes.get("type")
    name = f"{node.name}:{kind}" if kind else node.name
    return {name: [shown(c, text) for c in node.children] or " / ".join(text[a:b] for a, b in node.lines)}


def found(text: str, *regions: Region, off: frozenset[str] = frozenset()) -> tuple[list[Any], Made]:
    made = title_pages(blocks(text), text, Profile(regions=regions, off=off))
    return [shown(n, text) for n in made.nodes], made


def test_a_title_that_comes_back_makes_cover_half_title_and_title_page() -> None:
    leaf = [
        {"titlePart:series": "ROPE STUDIES No. 4"},
        {"docTitle": [{"titlePart:main": "KNOTS OR SPLICES?"}, {"titlePart:sub": "A HISTORY OF / ROPE"}]},
        {"docAuthor": "CLARA EXAMPLE"},
        {"docImprint": "ROPEWALK PRESS / Brennholm, 1997"},
    ]
    nodes, made = found(LEAVES)
    assert nodes[:3] == [{"titlePage:cover": leaf}, {"titlePage:half-title": leaf[1:2]}, {"titlePage:main": leaf}]
    assert nodes[3] == {"p": "On Spelling"}
    assert [(LEAVES[slice(*s.range)], s.attributes) for s in made.spans if s.name == "docDate"] == [
        ("1997", (("when", "1997"),))
    ] * 2
    bold = [n for n in made.nodes[0].walk() if n.attributes.get("rend") == "bold"]
    assert len(bold) == 2, "the asterisks around both parts are marks, and each part is bold"


def test_a_paper_has_its_state_its_number_and_where_its_author_works() -> None:
    nodes, made = found(PAPER)
    assert nodes[0] == {
        "titlePage": [
            {"docEdition": "DRAFT: NOT TO BE QUOTED / WITHOUT THE AUTHOR"},
            {"titlePart:number": "NUMBER 12"},
            {"docTitle": [{"titlePart:main": "KNOTS AND SPLICES"}]},
            {"byline": "by Clara Example"},
            {"byline": "Institute of Rope / Brennholm"},
            {"docImprint": "Prepared for the Conference / on Cordage, Nebelfurt, / March 2, 1984."},
        ]
    }
    assert [PAPER[slice(*s.range)] for s in made.spans if s.name == "docAuthor"] == ["Clara Example"]
    assert all(n.lineated == (len(n.lines) > 1) for n in made.nodes[0].walk())


def test_a_letterhead_keeps_its_order_and_what_is_stamped_in_it() -> None:
    at = LETTERHEAD.index("\n\n**OFFICE")
    nodes = [*blocks(LETTERHEAD)]
    nodes.insert(2, Node("ab", [(at, at)], {"type": "stamps"}))
    made = title_pages(nodes, LETTERHEAD, Profile())
    assert shown(made.nodes[0], LETTERHEAD) == {
        "div:letterhead": [
            {"ab:institution": "Board of Coastal Survey"},
            {"ab:address": "Brennholm 12, Tel. 345"},
            {"ab:stamps": ""},
            {"ab:office": "OFFICE OF LAMPS"},
            {"ab:date": "17 July 1985"},
        ]
    }
    assert made.nodes[1].name == "p"


def test_regions_of_a_profile_are_what_it_says() -> None:
    regions = (Region(1, 5, "letterhead"), Region(7, 9, "title-page", "main"), Region(11, 11, "imprint"))
    nodes, _ = found(LETTERHEAD, *regions)
    assert [next(iter(n)) for n in nodes] == ["div:letterhead", "titlePage:main", "div:imprint"]
    assert nodes[1]["titlePage:main"] == [
        {"docDate": "17 July 1985"},
        {"docTitle": [{"titlePart:main": "Lamps: What Could Be Done"}]},
    ]


def test_a_division_that_the_profile_names_has_the_blocks_as_they_are() -> None:
    nodes, _ = found(LEAVES, Region(28, 31, "front", "names"))
    assert nodes[-1]["div:names"][0] == {"head": "On Spelling"}
    assert list(nodes[-1]["div:names"][1]) == ["p"]


def test_a_break_inside_a_leaf_stays_there_and_stamps_become_parts() -> None:
    at = PAPER.index("\n\nby Clara")
    nodes = [Node("pb", at=at), Node("ab", [(PAPER.index("NUMBER"), PAPER.index("NUMBER") + 9)], {"type": "stamps"})]
    made = title_pages([*nodes, *blocks(PAPER)], PAPER, Profile(regions=(Region(1, 14, "title-page"),)))
    names = [n.name for n in made.nodes[0].children]
    assert names[:5] == ["docEdition", "titlePart", "docTitle", "pb", "byline"]
    assert "type" not in made.nodes[0].children[1].attributes


@pytest.mark.parametrize(
    "text",
    [
        "Port Amber, 9 November 1943\n\nDear Clara,\n\nThe ferry came in with the post.\n\nClara Example\n",
        "MEMORANDUM FOR: The Director\n\nFROM: Board of Coastal Survey\n\nOFFICE OF LAMPS\n\nNUMBER 7\n",
        "# A Title\n\nIntroduction\n\nThe first knot was tied by somebody who needed both hands for something else.\n",
        "One line.\n",
        "Contents\n\nHarbours 1\nLights 9\n",
    ],
    ids=["a letter", "a memorandum", "a heading", "a line", "contents"],
)
def test_what_is_neither_stays_as_it_is(text: str) -> None:
    nodes, made = found(text)
    assert nodes == [shown(n, text) for n in blocks(text)]
    assert made.spans == []


def test_the_rules_can_be_turned_off() -> None:
    assert {n.name for n in found(LEAVES, off=frozenset({"title-page"}))[1].nodes} == {"p"}
    assert {n.name for n in found(LETTERHEAD, off=frozenset({"letterhead"}))[1].nodes} == {"p"}


def test_every_character_is_in_a_line_or_a_mark() -> None:
    for text in (LEAVES, PAPER, LETTERHEAD):
        made = found(text)[1]
        kept = {i for node in made.nodes for n in node.walk() for a, b in n.lines for i in range(a, b)}
        kept |= {i for s in made.spans if s.name == MARK for i in range(*s.range)}
        assert {c for i, c in enumerate(text) if i not in kept and not c.isspace()} <= {"*"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("No. 180", "number"),
        ("Schriftenreihe Seile, Nr. 3", "series"),
        ("第12号", "number"),
        ("Second edition, revised", "docEdition"),
        ("von Ludwig Example", "byline"),
        ("17. Juli 1985", "docDate"),
        ("Seile und Knoten", ""),
    ],
)
def test_kinds_of_blocks_on_a_leaf(line: str, kind: str) -> None:
    assert leaf_part(line, titled=False, authored=False) == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Ministerium für Seile", "office"), ("外務省", "office"), ("12 Rope Walk", ""), ("10115 Brennholm", "address")],
)
def test_kinds_of_blocks_in_a_letterhead(line: str, kind: str) -> None:
    assert letterhead_part(line) == kind


@pytest.mark.parametrize("title", ["**HARBOUR NOTES", "HARBOUR** NOTES", "<b>HARBOUR NOTES", "HARBOUR NOTES</i>"])
def test_a_mark_without_another_end_is_text(encoded, title):
    text = f"{title}\n\nBRENNHOLM 1951\n\n{'The lamps were lit at dusk and went out at dawn, as they should. ' * 4}\n"
    made = encoded(text, regions=(Region(1, 3, "title-page"),))
    assert title in made.find("//tei:titlePage")[0]
