"""Furniture of released documents: what it is told by, and that it never swallows a sentence."""

from __future__ import annotations

import pytest

from teipress.encode.nodes import Node, flow
from teipress.encode.profile import Profile
from teipress.encode.released.furniture import furniture, furniture_line, marks
from teipress.encode.released.redactions import codes

ALL = Profile()


def blocks(text: str, name: str = "p") -> list[Node]:
    """A block for every stretch of lines between blank ones."""
    made: list[Node] = []
    at, blank = 0, True
    for line in text.split("\n"):
        if line.strip():
            if blank:
                made.append(Node(name))
            made[-1].lines.append((at, at + len(line)))
        blank = not line.strip()
        at += len(line) + 1
    return made


def shown(text: str, profile: Profile = ALL, name: str = "p") -> list[tuple[str, ...]]:
    """Name and type of each block, then its lines."""
    found = furniture(blocks(text, name), text, profile)
    return [(n.name, n.attributes.get("type", ""), *(text[a:b] for a, b in n.lines)) for n in found]


def marked(text: str) -> list[tuple[str, str, str]]:
    found = [s for n in furniture(blocks(text), text, ALL) for s in marks(flow(text, n), ALL)]
    return [(text[s.start : s.end], s.name, dict(s.attributes)["type"]) for s in found]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("25X1", "stamps"),
        ("(b)(1), (b)(3)", "stamps"),
        ("SECRET", "classification"),
        ("**TOP SECRET**", "classification"),
        ("SECRET//NOFORN", "classification"),
        ("TOP SECRET//SI/TK//NOFORN", "classification"),
        ("TOP SECRET UMBRA", "classification"),
        ("CONFIDENTIAL - EYES ONLY", "classification"),
        ("S E C R E T", "classification"),
        ("NOFORN/ORCON", "classification"),
        ("SECRET 25X1", "classification"),
        ("СОВЕРШЕННО СЕКРЕТНО", "classification"),
        ("VS - NUR FÜR DEN DIENSTGEBRAUCH", "classification"),
        ("極秘", "classification"),
        ("CIA-RDP85B00236R000100170009-7", "docnumber"),
        ("CIA-RDP79-00927A002200070001-1", "docnumber"),
        ("C05422703", "docnumber"),
        ("EA M 85-10135", "docnumber"),
        ("SOV 84-10056X", "docnumber"),
        ("NIE 11-3/8-85", "docnumber"),
        ("OCI No. 1684/59", "docnumber"),
        ("Copy No. 14", "docnumber"),
        ("DUP OF C05422703 RIP", "marking"),
        ("Approved for Release: 2010/05/12 C02462959", "release"),
        ("Approved For Release 2002/02/14 : CIA-RDP85B00236R000100170009-7", "release"),
        ("Declassified in Part - Sanitized Copy Approved for Release 2012/03/01 :", "release"),
        ("Sanitized Copy", "release"),
        ("DECLASSIFIED", "release"),
        ("Authority NND 785021", "release"),
    ],
)
def test_a_line_of_furniture_is_told_by_what_it_says(line: str, kind: str) -> None:
    text = f"\n{line}\n"
    assert furniture_line(text, 1, 1 + len(line)) == kind


@pytest.mark.parametrize(
    "line",
    [
        "",
        "---",
        "Secret",
        "SECRET HARBOURS OF THE NORTH",
        "The fish was approved for release in May by the cook",
        "approved for release by the cook",
        "USSR 85-86",
        "NATO 1949-1999",
        "Chapter 3",
        "Declassified papers tell little of the cook.",
        "No. 5",
        "25X1 was stamped on it",
    ],
)
def test_other_lines_are_text(line: str) -> None:
    assert furniture_line(line, 0, len(line)) == ""
    assert shown(line) in ([], [("p", "", line)]) or line == "Secret"


def test_a_paragraph_of_furniture_becomes_a_block_of_its_type() -> None:
    assert shown("SECRET\n\nIt rained.\n\n25X1\n\nDUP OF C05422703 RIP") == [
        ("ab", "classification", "SECRET"),
        ("p", "", "It rained."),
        ("ab", "stamps", "25X1"),
        ("ab", "marking", "DUP OF C05422703 RIP"),
    ]


def test_lines_of_different_kinds_make_a_block_each() -> None:
    assert shown("SECRET\nNOFORN\nEA M 85-10135\n25X1") == [
        ("ab", "classification", "SECRET", "NOFORN"),
        ("ab", "docnumber", "EA M 85-10135"),
        ("ab", "stamps", "25X1"),
    ]


def test_furniture_at_the_edges_of_a_paragraph_is_taken_out_of_it_and_stamps_are_not() -> None:
    assert shown("TOP SECRET\nIt rained,\nSECRET\nand rained.\n25X1\nC05422703") == [
        ("ab", "classification", "TOP SECRET"),
        ("p", "", "It rained,", "SECRET", "and rained.", "25X1"),
        ("ab", "docnumber", "C05422703"),
    ]
    assert shown("It rained.\n25X1") == [("p", "", "It rained.", "25X1")]


def test_a_level_in_small_letters_counts_only_where_it_stands_alone() -> None:
    assert shown("Secret\n\nSecret\nharbours") == [("ab", "classification", "Secret"), ("p", "", "Secret", "harbours")]


def test_a_heading_is_furniture_if_all_of_it_is() -> None:
    assert shown("SECRET", name="head") == [("ab", "classification", "SECRET")]
    assert shown("SECRET\nHarbours", name="head") == [("head", "", "SECRET", "Harbours")]


def test_other_blocks_and_every_line_are_kept() -> None:
    text = "SECRET\n\nIt rained.\nSECRET\n\n25X1\nC05422703\nIt rained."
    nodes = [*blocks(text), Node("list", children=[Node("item", [(0, 6)])])]
    found = furniture(nodes, text, ALL)
    assert found[-1] is nodes[-1]
    assert [line for n in found[:-1] for line in n.lines] == [line for n in nodes[:-1] for line in n.lines]


@pytest.mark.parametrize(
    ("rule", "line"), [("control-numbers", "C05422703"), ("classification", "SECRET"), ("exemption-codes", "25X1")]
)
def test_each_rule_can_be_turned_off(rule: str, line: str) -> None:
    assert shown(line)[0][0] == "ab"
    assert shown(line, Profile(off=frozenset({rule}))) == [("p", "", line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**TOP SECRET**", [("TOP SECRET", "stamp", "classification")]),
        ("SECRET//NOFORN", [("SECRET//NOFORN", "stamp", "classification")]),
        ("SECRET  25X1", [("SECRET", "stamp", "classification")]),
        ("Secret", [("Secret", "stamp", "classification")]),
        ("DUP OF C05422703 RIP", [("C05422703", "idno", "release")]),
        ("EA M 85-10135", [("EA M 85-10135", "idno", "publication")]),
        ("Copy No. 14", [("Copy No. 14", "idno", "copy")]),
        ("CIA-RDP85B00236R000100170009-7", [("CIA-RDP85B00236R000100170009-7", "idno", "ESDN")]),
        (
            "Approved For Release 2002/02/14 : CIA-RDP85B00236R000100170009-7",
            [("CIA-RDP85B00236R000100170009-7", "idno", "ESDN")],
        ),
        ("Sanitized Copy", []),
        ("It rained on C05422703.", []),
        ("It rained,\nSECRET\nand rained.", [("SECRET", "stamp", "classification")]),
    ],
)
def test_numbers_and_classification_are_marked_inside_it(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert marked(line) == expected


def test_a_code_beside_a_release_note_or_a_classification_is_a_stamp_of_its_own() -> None:
    for text in ("Approved for Release: 2012/12/04 EO 13526 3.5(c)", "SECRET (b)(1)"):
        (node,) = furniture(blocks(text), text, ALL)
        assert [text[s.start : s.end] for s in codes(flow(text, node), ALL)] == [
            text[text.index("EO") :] if "EO" in text else "(b)(1)"
        ]
