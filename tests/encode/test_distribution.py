"""Distribution lists: copies, persons, offices; where the list begins and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.encode.nodes import Node, Span
from teipress.encode.profile import Profile, Region
from teipress.encode.released.distribution import distribution
from teipress.encode.released.furniture import furniture

ALL = Profile()


def blocks(text: str) -> list[Node]:
    """A block for every stretch of lines between blank ones; a line "<pb>" is a page break."""
    made: list[Node] = []
    at, blank = 0, True
    for line in text.split("\n"):
        if line == "<pb>":
            made.append(Node("pb"))
        elif line.strip():
            if blank:
                made.append(Node("p"))
            made[-1].lines.append((at, at + len(line.rstrip())))
        blank = not line.strip() or line == "<pb>"
        at += len(line) + 1
    return made


def read(text: str, profile: Profile = ALL) -> tuple[list[Node], list[Span]]:
    return distribution(furniture(blocks(text), text, profile), text, profile)


def division(text: str, profile: Profile = ALL) -> Node:
    (found,) = [n for n in read(text, profile)[0] if n.name == "div"]
    return found


def items(text: str, profile: Profile = ALL) -> list[str]:
    """The items of the only list, their lines joined by a stroke."""
    (found,) = [n for n in division(text, profile).children if n.name == "list"]
    return ["|".join(text[a:b] for a, b in item.lines) for item in found.children]


def spans(text: str) -> list[tuple[str, str]]:
    return [(s.name, " ".join(text[s.start : s.end].split())) for s in read(text)[1]]


LIST = """Distribution: On Fish in the Harbour,
Second Part

25X1

Original - HB/NA

1 - A. Lee, Office of Fish and
Salt

25X1

5 - HB/NAD/CB

HB/NAD/[redacted]

(3 May 1951)

25X1

It rained."""


def test_a_distribution_list_has_a_head_stamps_items_and_a_drafting_symbol() -> None:
    nodes = read(LIST)[0]
    assert [n.name for n in nodes] == ["div", "p"]
    head, stamps, found, drafting = nodes[0].children
    assert nodes[0].attributes == found.attributes == {"type": "distribution"}
    assert [LIST[a:b] for a, b in head.lines] == ["Distribution: On Fish in the Harbour,", "Second Part"]
    assert (stamps.name, stamps.attributes) == ("ab", {"type": "stamps"})
    assert [LIST[a:b] for a, b in drafting.lines] == ["HB/NAD/[redacted]", "(3 May 1951)", "25X1"]
    assert (drafting.attributes, drafting.lineated) == ({"type": "drafting"}, True)
    assert items(LIST) == ["Original - HB/NA", "1 - A. Lee, Office of Fish and|Salt|25X1", "5 - HB/NAD/CB"]


def test_no_line_gets_lost_or_changes_its_place() -> None:
    nodes = read(LIST)[0]
    assert [line for n in nodes for inner in n.walk() for line in inner.lines] == [
        line for n in blocks(LIST) for line in n.lines
    ]


def test_numbers_and_offices_are_marked_and_names_are_left_to_the_register() -> None:
    assert spans(LIST) == [
        ("num", "Original"),
        ("orgName", "HB/NA"),
        ("num", "1"),
        ("orgName", "Office of Fish and Salt"),
        ("num", "5"),
        ("orgName", "HB/NAD/CB"),
    ]
    found = [dict(s.attributes) for s in read(LIST)[1] if s.name == "num"]
    assert found == [{"type": "copies"}, {"type": "copies", "value": "1"}, {"type": "copies", "value": "5"}]
    assert {(s.by, s.cert) for s in read(LIST)[1]} == {("distribution", "high"), ("distribution", "medium")}


@pytest.mark.parametrize(
    ("item", "office"),
    [
        ("1 - A. Lee", ""),
        ("1 - The Honorable Ann Lee, Ministry of Salt", "Ministry of Salt"),
        ("1 - Ann Lee, Jr., Ministry of Salt", "Ministry of Salt"),
        ("1 - C/HB/NAD", "C/HB/NAD"),
        ("1 - DDI", "DDI"),
        ("1 - Executive Director", "Executive Director"),
        ("1 - [redacted]", ""),
        ("1 - [redacted] Fish Board", "Fish Board"),
        ("1 - (b)(6) Fish Board", "Fish Board"),
        ("1 - Ann Lee [redacted]", ""),
        ("1 – 外務省", "外務省"),
        ("1 – 田中様", ""),
        ("Экз. 1 – Отдел Азии", "Отдел Азии"),
        ("2 - Referat 3", "Referat 3"),
    ],
)
def test_the_office_stands_behind_the_name_or_alone(item: str, office: str) -> None:
    assert [said for name, said in spans(f"Distribution:\n{item}") if name == "orgName"] == [office][: bool(office)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Distribution:\n1 - A. Lee\n2 - B. Long,\nSalt Office", ["1 - A. Lee", "2 - B. Long,|Salt Office"]),
        ("DISTRIBUTION\n\nOrig & 1 - DDA\n\n1 cy - DDS", ["Orig & 1 - DDA", "1 cy - DDS"]),
        ("Distribution: 1 - A. Lee", ["1 - A. Lee"]),
        ("Distribution:\nCopy 3 of 10: A. Lee\nCopy 4 of 10: DDS", ["Copy 3 of 10: A. Lee", "Copy 4 of 10: DDS"]),
        ("**Distribution:**\n\n**1** - A. Lee", ["**1** - A. Lee"]),
        ("cc: A. Lee\nB. Long", ["A. Lee", "B. Long"]),
        ("Copies to: A. Lee, Salt Office", ["A. Lee, Salt Office"]),
        ("Verteiler:\nReferat 3\nHerr Maier", ["Referat 3", "Herr Maier"]),
        ("配布先：\n1 - 外務省\n2 - 大蔵省", ["1 - 外務省", "2 - 大蔵省"]),
        ("Рассылка:\nЭкз. 1 - Отдел Азии", ["Экз. 1 - Отдел Азии"]),
        ("Distribution:\n1 - A. Lee\n\n<pb>\n\n1 - B. Long", ["1 - A. Lee", "", "1 - B. Long"]),
        ("Distribution:\n1 - A. Lee\n\n1. The First Chapter", ["1 - A. Lee"]),
        ("Distribution:\n1 - A. Lee\n\nIt rained.", ["1 - A. Lee"]),
    ],
)
def test_lists_of_many_kinds_are_read(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Distribution: it is well known that fish\nswim far.",
        "Distribution of fish\n\n1 - Herring",
        "A list:\n1 - Herring\n2 - Cod",
        "The distribution:\n1 - Herring",
        "Distribution:",
        "Distribution:\n\nIt rained.",
        f"Distribution:\n\n1. {'It rained. ' * 12}",
    ],
)
def test_what_is_no_list_is_left(text: str) -> None:
    nodes, found = read(text)
    assert nodes == blocks(text)
    assert found == []


def test_a_list_that_markdown_marks_is_taken_as_it_is() -> None:
    text = "Distribution:\nA. Lee\nDDS"
    marked = Node("list", children=[Node("item", [(14, 20)]), Node("item", [(21, 24)])])
    nodes, found = distribution([Node("p", [(0, 13)]), marked], text, ALL)
    assert [n.name for n in nodes] == ["div"]
    assert nodes[0].children[-1].children == marked.children
    assert [text[s.start : s.end] for s in found] == ["DDS"]


def test_a_region_of_the_profile_says_where_the_list_is() -> None:
    text = "It rained.\n\nThese got it\n\n1 - A. Lee\n\nB. Long, Salt Office\n\nIt rained."
    profile = Profile(regions=(Region(3, 7, "distribution"),), off=frozenset({"distribution"}))
    assert items(text, profile) == ["1 - A. Lee", "B. Long, Salt Office"]
    assert [n.name for n in read(text, profile)[0]] == ["p", "div", "p"]


def test_the_rule_can_be_turned_off() -> None:
    assert all(n.name != "div" for n in read(LIST, Profile(off=frozenset({"distribution"})))[0])


def test_the_memorandum_went_out_to_thirty_six_recipients(require_data: Callable[[str], Path]) -> None:
    (source,) = require_data("TEIPRESS_SOURCES").glob("003_*.txt")
    text = source.read_text("utf-8")
    head, stamps, found, drafting = division(text).children
    assert [len(n.lines) for n in (head, stamps, drafting)] == [2, 1, 3]
    assert len(found.children) == 36
    names = [s for s in read(text)[1] if s.name == "num"]
    assert (len(names), sum(int(dict(s.attributes).get("value", 0)) for s in names)) == (36, 39)
    assert sum(s.name == "orgName" for s in read(text)[1]) == 35
