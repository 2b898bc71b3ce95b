"""Headings and the divisions that they open."""

import pytest

PROSE = "Three boats were seen off the cape that morning, and none of them came back before the evening tide."


def tree(made):
    """Headings, each with the depth of its division."""
    found = []
    for head in made.root.iter("{http://www.tei-c.org/ns/1.0}head"):
        depth = sum(1 for _ in head.iterancestors("{http://www.tei-c.org/ns/1.0}div"))
        found.append((depth, "".join(head.itertext())))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\nx\n\n## B\n\ny\n\n# C\n", [(1, "A"), (2, "B"), (1, "C")]),
        (
            "## I. A\n\n### 1. B\n\n## 2. C\n\n#### (1) D\n\n## II. E\n",
            [(1, "I. A"), (2, "1. B"), (2, "2. C"), (3, "(1) D"), (1, "II. E")],
        ),
        ("## A. x\n\n## B. y\n\n## C. z\n", [(1, "A. x"), (1, "B. y"), (1, "C. z")]),
        ("# 1. x\n\n# Annex A\n\n# Annex B\n", [(1, "1. x"), (1, "Annex A"), (1, "Annex B")]),
        ("## Part One\n\n## Chapter 1\n\n## Part Two\n", [(1, "Part One"), (2, "Chapter 1"), (1, "Part Two")]),
    ],
)
def test_headings_nest_by_their_numbering_first(encoded, text, expected):
    assert tree(encoded(text)) == expected


def test_a_division_says_its_number(encoded):
    made = encoded("## I. A\n\n### 1. B\n\n# Annex C\n")
    assert made.find("//tei:div/@n") == ["I", "1", "C"]
    assert made.find("//tei:div/@type") == ["section", "section", "annex"]


@pytest.mark.parametrize("line", ["Summary", "FINDINGS AND REMARKS", "3. The third boat", "**Tides**", "(2) Nets"])
def test_a_short_line_before_prose_is_a_heading(encoded, line):
    made = encoded(f"{PROSE}\n\n{line}\n\n{PROSE}\n")
    assert len(made.find("//tei:head")) == 1
    assert made.find("//tei:head/@resp") == ["#t-encoder"]
    assert made.find("//tei:head/@cert")[0] in ("medium", "low")


@pytest.mark.parametrize("line", ["Dear Ned,", "They went home.", "and so on", PROSE, "to: the board; the crew"])
def test_a_line_that_is_no_heading(encoded, line):
    assert encoded(f"{PROSE}\n\n{line}\n\n{PROSE}\n").find("//tei:head") == []


def test_text_behind_a_division_gets_one_of_its_own(encoded):
    made = encoded(f"# A\n\n{PROSE}\n")
    assert made.find("//tei:body/tei:div/tei:p") == [PROSE]
