"""Blocks: Markdown's, without losing what Markdown would take away."""

from __future__ import annotations

import re

import pytest

from teipress.encode.nodes import Node
from teipress.encode.structure.blocks import blocks


def outline(text: str) -> list[object]:
    """The names of nodes with their texts, nested."""

    def told(node: Node) -> object:
        own = " / ".join(text[start:end] for start, end in node.lines)
        return (node.name, own, *map(told, node.children)) if node.children else (node.name, own)

    return [told(node) for node in blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n\ntext\nmore\n", [("head", "One"), ("p", "text / more")]),
        ("## Two ##\n", [("head", "Two")]),
        ("a\n---\nb", [("p", "a"), ("rule", ""), ("p", "b")]),
        ("a\n===\n", [("p", "a / ===")]),
        ("one\ftwo", [("p", "one"), ("feed", ""), ("p", "two")]),
        ("- a\n- b\n  c\n", [("list", "", ("item", "a"), ("item", "b / c"))]),
        ("1. a\n2. b\n", [("list", "", ("label", "1."), ("item", "a"), ("label", "2."), ("item", "b"))]),
        ("1. Aims\n\ntext", [("p", "1. Aims"), ("p", "text")]),
        ("1985. A year", [("p", "1985. A year")]),
        ("- a\n  - b\n", [("list", "", ("item", "a", ("list", "", ("item", "b"))))]),
        ("- a\n\n  b\n", [("list", "", ("item", "", ("p", "a"), ("p", "b")))]),
        ("> q\n> r\n", [("quote", "", ("p", "q / r"))]),
        ("    indented\n", [("p", "indented")]),
        ("```\ncode\n```\n", [("p", "``` / code / ```")]),
        ("[1]: note\n", [("p", "[1]: note")]),
        ("<div>\nx\n</div>", [("p", "<div> / x / </div>")]),
        ("- \n\n*\n", [("p", "-"), ("p", "*")]),
        (
            "| a | b |\n|---|:-:|\n| c \\| d | |\n",
            [("table", "", ("row", "", ("cell", "a"), ("cell", "b")), ("row", "", ("cell", "c \\| d"), ("cell", "")))],
        ),
    ],
)
def test_blocks_of(text: str, expected: list[object]) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "> > deep\n> - x\n>   1. y\n>      z\n",
        "1. - both\n   - of\n2. them\n",
        "- " * 120 + "deep\n",
        ">" * 300 + " deep",
        "| a |\n|---|\n| b | c |\n\ntext | text\n",
        "# \n#no\n####### seven\n",
        "\\# a\n\n* * *\n\n+ 5 dB\n",
        "a\n\n\n\tb\n \u3000c\n",
    ],
)
def test_no_letter_gets_lost_and_none_comes_twice(text: str) -> None:
    found = [i for node in blocks(text) for n in node.walk() for start, end in n.lines for i in range(start, end)]
    assert len(found) == len(set(found))
    assert {m.start() for m in re.finditer(r"\w", text)} <= set(found)
