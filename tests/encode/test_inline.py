"""Enumerations inside a sentence, and words of other languages."""

from __future__ import annotations

import pytest

from teipress.encode.inline.enumerations import foreign, inline_lists
from teipress.encode.nodes import Flow, Node, Span


def flow(text: str, name: str = "p") -> Flow:
    return Flow(Node(name, [(0, len(text))]), text, tuple(range(len(text))))


def items(text: str) -> list[str]:
    """Every list as one string, with bars between its labels and items."""
    found = sorted(inline_lists(flow(text)), key=lambda s: (s.start, -s.end))
    lists = [s for s in found if s.name == "list"]
    return ["|".join(text[slice(*s.range)] for s in found if s.name != "list" and inside(s, one)) for one in lists]


def inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The pier needs (i) new planks; (ii) a lamp; and (iii) a keeper, i.e. one who stays. Then it is done.",
            ["(i)|new planks;|(ii)|a lamp; and|(iii)|a keeper, i.e. one who stays."],
        ),
        (
            "Why? (1) It is old. (2) It is wet. (3) It leans. Nobody paid.",
            ["(1)|It is old.|(2)|It is wet.|(3)|It leans."],
        ),
        ("They want (a) more rope, (b) less rain.", ["(a)|more rope,|(b)|less rain."]),
        (
            "Nötig sind: a) neue Planken, b) eine Lampe und c) ein Wärter.",
            ["a)|neue Planken,|b)|eine Lampe und|c)|ein Wärter."],
        ),
        ("Нужно: 1) чинить мост; 2) купить лампу. Потом отдых.", ["1)|чинить мост;|2)|купить лампу."]),
        ("灯台には（1）新しい灯り、（2）番人が要る。以上。", ["（1）|新しい灯り、|（2）|番人が要る。"]),
        ('It had (i) a "lamp" and\n(ii) a bell.5 Later it had none.', ['(i)|a "lamp" and|(ii)|a bell.']),
    ],
    ids=["clauses", "sentences", "letters", "German", "Russian", "Japanese", "a note follows"],
)
def test_an_enumeration_ends_with_its_sentence(text: str, expected: list[str]) -> None:
    assert items(text) == expected


def test_where_items_are_of_several_sentences_the_last_goes_to_the_end() -> None:
    text = "Why? (i) It is old. Very old. (ii) It is wet. Nobody paid for it."
    assert items(text) == ["(i)|It is old. Very old.|(ii)|It is wet. Nobody paid for it."]
    assert [s.cert for s in inline_lists(flow(text)) if s.name == "list"] == ["low"]


def test_a_list_holds_nothing_but_labels_items_and_space() -> None:
    text = "So (i) a red boat; (ii) a green boat; and (iii) no boat at all. Good."
    found = list(inline_lists(flow(text)))
    whole = next(s for s in found if s.name == "list")
    covered = {i for s in found if s.name != "list" for i in range(*s.range)}
    assert whole.attributes == (("type", "inline"), ("rend", "inline"))
    assert (whole.by, whole.cert) == ("inline-lists", "high")
    assert "".join(text[i] for i in range(*whole.range) if i not in covered).strip() == ""


def test_a_list_may_stand_in_an_item_of_another() -> None:
    text = "We need (1) boats that (a) float well and (b) go far; (2) a crew."
    spans = [s.range for s in inline_lists(flow(text))]
    assert not [(a, b) for a in spans for b in spans if a[0] < b[0] < a[1] < b[1]], "none crosses another"
    assert items(text) == [
        "(1)|boats that (a) float well and (b) go far;|(a)|float well and|(b)|go far;|(2)|a crew.",
        "(a)|float well and|(b)|go far;",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A lone (1) is no list.",
        "It was said (2) and then (3) again and again.",
        "First (i) one thing, (iii) another thing.",
        "See sections (a) and (b) above.",
        "He said so.(1) She did not.(2)",
        "The exemption (b)(1) and the exemption (b)(3) were used.",
        "He said so (1). She did not (2).",
        "They spoke (in a boat) of rope (in a box).",
    ],
    ids=["one", "not from the start", "a gap", "cited", "calls of notes", "codes", "references", "brackets"],
)
def test_what_is_no_enumeration(text: str) -> None:
    assert items(text) == []


def test_words_that_the_profile_lists_are_foreign_whole_and_in_any_case() -> None:
    text = "Todai policy: todais, a todai;\nthe ne  plus\nultra and mor’ye; 灯台守."
    words = {"todai": "ja-Latn", "ne plus ultra": "la", "mor'ye": "ru-Latn", "灯台": "ja"}
    assert [(text[slice(*s.range)], s.attributes[0]) for s in foreign(flow(text), words)] == [
        ("Todai", ("xml:lang", "ja-Latn")),
        ("todai", ("xml:lang", "ja-Latn")),
        ("ne  plus\nultra", ("xml:lang", "la")),
        ("mor’ye", ("xml:lang", "ru-Latn")),
        ("灯台", ("xml:lang", "ja")),
    ]
    assert list(foreign(flow(text), {})) == []
