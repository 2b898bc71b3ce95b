"""Notes at the foot or at the end, and their calls: both ends point at each other, and the words keep their order."""

from __future__ import annotations

import pytest

from teipress.encode.nodes import MARK
from teipress.encode.profile import Profile
from teipress.encode.structure.blocks import blocks
from teipress.encode.structure.footnotes import Noted, footnotes
from teipress.encode.transcription import Transcription


def encoded(text: str, **profile: object) -> Noted:
    return footnotes(blocks(text), Transcription(text, "a.txt"), Profile(id="t", **profile))  # type: ignore[arg-type]


def pairs(text: str) -> list[tuple[str, str, str, str]]:
    """For each note the word before its call, the call, its label, and its text without it."""
    made = encoded(text)
    calls = {dict(s.attributes)["target"]: s for s in made.spans if s.name == "ref"}
    found = []
    for node in (n for n in made.nodes if n.name == "note"):
        call = calls[f"#{node.attributes['xml:id']}"]
        assert node.attributes["corresp"] == f"#{dict(call.attributes)['xml:id']}"
        label = next(s for s in made.spans if s.name == "label" and node.start <= s.start < node.end)
        hidden = {i for s in made.spans if s.name == MARK for i in range(*s.range)}
        rest = "".join(text[i] for a, b in node.lines for i in range(max(a, label.end), b) if i not in hidden)
        before = text[: call.start].removesuffix("<sup>").removesuffix("[^").split()[-1]
        found.append((before, text[slice(*call.range)], text[slice(*label.range)], rest.removeprefix("</sup>").strip()))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The pier is of oak.1 It leans,2 a little.\n\n---\n\n1 So does the keeper.\n2 To the west.\n\nMore.\n",
            [("oak.", "1", "1", "So does the keeper."), ("leans,", "2", "2", "To the west.")],
        ),
        (
            "The pier is of oak.1 It leans,2 a little.\n\n---\n\n1. So does the keeper.\n2. To the west.\n",
            [("oak.", "1", "1.", "So does the keeper."), ("leans,", "2", "2.", "To the west.")],
        ),
        (
            "The pier<sup>3</sup> leans.\n\n<sup>3</sup> To the\nwest.\n",
            [("pier", "3", "3", "To thewest.")],
        ),
        ("The pier¹ leans.\n\n¹ To the west.\n", [("pier", "¹", "¹", "To the west.")]),
        ("The pier[1] leans.\n\n---\n\n[1] To the west.\n", [("pier", "[1]", "[1]", "To the west.")]),
        ("The pier[^a] leans.\n\n[^a]: To the west.\n", [("pier", "[^a]", "[^a]:", "To the west.")]),
        ("The pier* leans.\n\n---\n\n\\* To the west.\n", [("pier", "*", "*", "To the west.")]),
        ("The pier† leans.\n\n---\n\n† To the west.\n", [("pier", "†", "†", "To the west.")]),
        (
            'He said "no."1 She went.2\n\n## Rope\n\nAll.\n\n## Notes\n\n1. Twice.\n\n2. Home.\n',
            [('"no."', "1", "1.", "Twice."), ("went.", "2", "2.", "Home.")],
        ),
    ],
    ids=["plain", "a list", "raised", "small figures", "brackets", "Markdown", "asterisk", "dagger", "at the end"],
)
def test_notes_and_calls_point_at_each_other(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert pairs(text) == expected
    assert encoded(text).findings == []


def test_a_note_says_what_it_is_and_stays_where_it_stands() -> None:
    made = encoded("The pier is of oak.1\n\n---\n\n1 Of elm.\n\nMore.\n")
    assert [n.name for n in made.nodes] == ["p", "rule", "note", "p"]
    note = made.nodes[2]
    assert note.attributes == {
        "xml:id": "t-n1",
        "type": "authorial",
        "place": "bottom",
        "n": "1",
        "corresp": "#t-n1-call",
    }
    assert (note.by, note.cert) == ("footnotes", "medium")
    assert [n.start for n in made.nodes] == sorted(n.start for n in made.nodes)


def test_numbers_that_begin_again_on_every_page_have_calls_of_their_own_page() -> None:
    text = "Oak.1 Elm.2\n\n---\n\n1 A tree.\n2 Another.\n\nAsh.1 Fir.\n\n---\n\n1 A third.\n"
    assert [p[0] for p in pairs(text)] == ["Oak.", "Elm.", "Ash."]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Oak. Elm.2\n\n---\n\n1 A tree.\n2 Another.\n", "1"),
        ("Elm.2 Oak.1\n\n---\n\n1 A tree.\n2 Another.\n", "2"),
        ("Oak.\n\n<sup>1</sup> A tree.\n", "1"),
        ("Oak.\n\n## Notes\n\n1. A tree.\n\n2. Another.\n", "1, 2"),
    ],
    ids=["one is missing", "the order is another", "raised", "at the end"],
)
def test_a_group_with_a_note_that_nothing_calls_stays_and_is_told(text: str, labels: str) -> None:
    made = encoded(text)
    assert (made.nodes, made.spans) == (blocks(text), [])
    assert [f.code for f in made.findings] == ["D007"]
    assert f"the note {labels}, and" in made.findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        "There are two things.\n\n---\n\n1. Rope.\n2. Lamps.\n",
        "Oak.1 Elm.2\n\n1. A tree.\n2. Another.\n",
        "Oak [1] and elm [2].\n\nOf these [1] is the harder.\n",
        "Nothing at all.\n",
    ],
    ids=["a list behind a rule", "a list without a rule", "references", "nothing"],
)
def test_what_is_no_note(text: str) -> None:
    assert encoded(text) == (blocks(text), [], [])


def test_the_rule_can_be_turned_off() -> None:
    text = "Oak.1\n\n---\n\n1 A tree.\n"
    assert encoded(text, off=frozenset({"footnotes"})) == (blocks(text), [], [])
