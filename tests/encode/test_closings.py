"""Quotations that are set in, and the ends of letters."""

from __future__ import annotations

from typing import Any

import pytest

from teipress.encode.nodes import Node
from teipress.encode.profile import Profile
from teipress.encode.structure.blocks import blocks
from teipress.encode.structure.closings import quotations, signatures

PROSE = """\
The keeper wrote to the board in the autumn, and what he wrote is
kept in a tin box with the other letters of that year."""
SET_IN = "    The lamp has gone out three times. I have lit it again\n    three times, and I have no matches left."


def shown(node: Node, text: str) -> Any:
    return {node.name: [shown(c, text) for c in node.children] or " / ".join(text[a:b] for a, b in node.lines)}


def quoted(text: str) -> list[str]:
    return [n.name for n in quotations(blocks(text), text, Profile())]


def closed(text: str, off: frozenset[str] = frozenset()) -> list[Any]:
    return [shown(n, text) for n in signatures(blocks(text), text, Profile(off=off))]


def test_a_paragraph_that_is_set_in_as_a_whole_is_a_quotation() -> None:
    text = f"{PROSE}\n\n{SET_IN}\n\n{SET_IN}\n\n{PROSE}\n"
    found = quotations(blocks(text), text, Profile())
    assert [n.name for n in found] == ["p", "quote", "p"]
    assert [n.name for n in found[1].children] == ["p", "p"]
    assert (found[1].by, found[1].cert) == ("quotations", "medium")


@pytest.mark.parametrize(
    "text",
    [
        f"{SET_IN}\n\n{PROSE}\n",
        f"{PROSE}\n\n    {PROSE}\n",
        f"{PROSE}\n\n     12 Rope Walk\n     Brennholm\n",
        f"    {PROSE.replace(chr(10), chr(10) + '    ')}\n\n{SET_IN}\n",
        f"{PROSE}\n\n        Centred above all that follows\n  the second line is longer than the first was before\n",
    ],
    ids=["the first", "first line only", "an address", "all is set in", "centred"],
)
def test_what_is_no_quotation(text: str) -> None:
    assert "quote" not in quoted(text)


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("Sincerely yours,", "Clara Example"),
        ("Respectfully submitted,", "C. E. Example, Ph.D."),
        ("With love from all of us,", "Clara"),
        ("Mit freundlichen Grüßen", "Ludwig von Example"),
        ("Im Auftrag", "Ludwig Example"),
        ("Veuillez agréer, Madame, l’expression de mes sentiments distingués.", "Solène Example"),
        ("С уважением,", "Л. Примерова"),
        ("敬具", "見本花子"),
        ("Sincerely,", "[redacted]"),
    ],
)
def test_a_formula_and_a_name_close_a_letter(formula: str, name: str) -> None:
    expected = {"closer": [{"salute": formula}, {"signed": name}]}
    assert closed(f"Dear Sir,\n\nIt rains.\n\n{formula}\n\n{name}\n")[-1] == expected
    assert closed(f"Dear Sir,\n\nIt rains.\n\n{formula}\n{name}\n")[-1] == expected


def test_the_office_under_the_name_belongs_to_the_signature() -> None:
    text = "It rains.\n\nSincerely,\n\nClara Example\nKeeper of Lamps\n"
    assert closed(text)[-1] == {"closer": [{"salute": "Sincerely,"}, {"signed": "Clara Example / Keeper of Lamps"}]}


@pytest.mark.parametrize("text", ["It rains.\n\n/s/ Clara Example\n", "It rains.\n\n/s/\nClara Example\n"])
def test_a_signature_without_a_formula(text: str) -> None:
    (signed,) = closed(text)[-1]["closer"]
    assert "Clara Example" in signed["signed"]


def test_a_signature_whose_name_is_a_block_of_its_own() -> None:
    assert closed("It rains.\n\n/s/\n\nClara Example\n")[-1] == {
        "closer": [{"salute": "/s/"}, {"signed": "Clara Example"}]
    }


def test_what_follows_in_the_division_is_a_postscript_or_a_trailer() -> None:
    text = "It rains.\n\nSincerely,\n\nClara Example\n\nP.S. It stopped.\n\nEnclosure: a map\n\n"
    text += "# Reply\n\nIt rains here.\n"
    assert [next(iter(n)) for n in closed(text)] == ["p", "closer", "postscript", "trailer", "head", "p"]


@pytest.mark.parametrize(
    "text",
    [
        f"Sincerely,\n\nClara Example\n\n{PROSE} {PROSE}\n",
        "Sincerely,\n\nthe rain goes on and nobody has signed this.\n",
        "Sincerely,\n",
        "He was sincerely sorry.\n\nClara Example\n",
        "Clara Example\n",
    ],
    ids=["more text", "no name", "nothing under it", "no formula", "a name alone"],
)
def test_what_is_no_closing(text: str) -> None:
    assert closed(text) == [shown(n, text) for n in blocks(text)]


def test_the_rules_can_be_turned_off() -> None:
    text = "It rains.\n\nSincerely,\n\nClara Example\n"
    assert [next(iter(n)) for n in closed(text, frozenset({"signatures"}))] == ["p", "p", "p"]
    text = f"{PROSE}\n\n{SET_IN}\n\n{PROSE}\n"
    assert {n.name for n in quotations(blocks(text), text, Profile(off=frozenset({"quotations"})))} == {"p"}
