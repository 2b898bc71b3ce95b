"""Gaps and stamps in a text: what is withheld, what cannot be read, and the codes that say why."""

from __future__ import annotations

from itertools import pairwise

import pytest

from teipress.encode.nodes import Flow, Node, Span, flow
from teipress.encode.profile import Profile
from teipress.encode.released.redactions import codes, redactions, stamp_line, unread
from teipress.encode.transcription import Transcription

ALL = Profile()


def flowing(text: str, **attributes: str) -> Flow:
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
    ends = [i for i, c in enumerate(text) if c == "\n"] + [len(text)]
    return flow(text, Node("p", list(zip(starts, ends, strict=True)), attributes))


def gaps(text: str, profile: Profile = ALL) -> list[tuple[str, dict[str, str], str]]:
    return [(text[s.start : s.end], dict(s.attributes), s.by) for s in redactions(flowing(text), profile)]


def stamps(text: str, profile: Profile = ALL, **attributes: str) -> list[tuple[str, str]]:
    """The characters of each stamp with what they point to, or their type."""
    found = codes(flowing(text, **attributes), profile)
    return [(text[s.start : s.end], dict(s.attributes).get("ana") or dict(s.attributes)["type"]) for s in found]


REDACTED = {"reason": "redacted"}


@pytest.mark.parametrize(
    "said",
    "[redacted] [REDACTED] [Deleted] [sanitized] [sanitised] [excised] [withheld] [blacked^out] [geschwärzt] [изъято] "
    "[вымарано] ［黒塗り］ [墨塗り] （以下不開示） 〔伏字〕 [name^redacted] [cut^by^censor] [passage^cut] "
    "[passage^cut^by^the^censor] [text^deleted] [redacted:^see^below] [withheld^in^full] "
    "[Deleted^by^the^censor] [redacted^text]".split(),
)
def test_words_for_withholding_in_brackets_are_gaps(said: str) -> None:
    said = said.replace("^", " ")
    assert gaps(f"They met {said} there.") == [(said, REDACTED, "redaction-brackets")]


@pytest.mark.parametrize(
    "said",
    [
        "[cut]",
        "[he withheld his consent]",
        "[a deleted scene]",
        "(deleted)",
        "[sic]",
        "[unclear: Smith]",
        "[1]",
        "redacted",
    ],
)
def test_other_words_in_brackets_are_left(said: str) -> None:
    assert gaps(f"They met {said} there.") == []


@pytest.mark.parametrize("said", ["[illegible]", "[unclear]", "[illegible word]", "[неразборчиво]", "〔判読不能〕"])
def test_what_cannot_be_read_is_no_redaction(said: str) -> None:
    assert gaps(f"They met {said} there.") == [(said, {"reason": "illegible"}, "redaction-brackets")]


@pytest.mark.parametrize(
    ("said", "attributes"),
    [
        ("[2½ lines not declassified]", {"unit": "line", "quantity": "2.5"}),
        ("[1 paragraph (4 lines) not declassified]", {"unit": "line", "quantity": "4"}),
        ("[less than 1 line not declassified]", {"unit": "line", "atMost": "1"}),
        ("[name not declassified]", {}),
        ("[Page 3 withheld in full]", {"unit": "page", "quantity": "1"}),
        ("[2 words redacted]", {"unit": "word", "quantity": "2"}),
        ("[1 name and 2 lines not declassified.]", {"extent": "1 name and 2 lines"}),
    ],
)
def test_a_note_on_what_was_not_declassified_gives_the_amount(said: str, attributes: dict[str, str]) -> None:
    assert gaps(f"They met {said} there.") == [(said, REDACTED | attributes, "redaction-prose")]


def test_what_an_editor_left_out_was_not_withheld() -> None:
    (gap,) = gaps("[24 pages not included]")
    assert gap[1] == {"reason": "omitted", "unit": "page", "quantity": "24"}


def test_a_note_may_run_over_the_end_of_a_line() -> None:
    assert gaps("x [2 lines\nnot declassified] y")[0][0] == "[2 lines\nnot declassified]"


def test_a_code_inside_the_brackets_is_the_gap_s_and_no_stamp() -> None:
    text = "They met [1 line redacted (b)(1) (b)(3)] there."
    assert gaps(text)[0][1]["ana"] == "#foia-b1 #foia-b3"
    assert stamps(text) == []


@pytest.mark.parametrize("bar", ["█", "████", "██ ███ █", "■■■", "■ ■", "▬▬▬▬", "⬛⬛", "▇▇"])
def test_a_run_of_squares_is_one_gap(bar: str) -> None:
    assert gaps(f"They met {bar} there.") == [(bar, REDACTED, "redaction-blocks")]


@pytest.mark.parametrize("text", ["■ First point", "The end. ■", "▬ a dash"])
def test_a_single_small_square_is_a_bullet(text: str) -> None:
    assert gaps(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("told us        this      25X1", 1),
        ("told        us        this      25X1", 2),
        ("told us          (b)(1)          that", 1),
        ("told us          (b)(1) that", 1),
        ("1 -          (b)(3) Fire Office", 1),
        ("Name: __________ (b)(6)", 1),
        ("told us in Rome          25X1", 0),
        ("25X1          told us", 0),
        ("told us        this", 0),
        ("told us     this      25X1", 0),
        ("told us\t\tthis      25X1", 1),
    ],
)
def test_a_wide_blank_between_words_is_a_gap_if_its_line_has_a_code(text: str, expected: int) -> None:
    found = gaps(text)
    assert [g[1:] for g in found] == [(REDACTED | {"rend": "space"}, "redaction-space")] * expected
    assert [g[0].strip(" \t_") for g in found] == [""] * expected


def test_gaps_come_in_order_and_none_inside_another() -> None:
    found = [s.range for s in redactions(flowing("█ [██ redacted] [redacted] ██"), ALL)]
    assert found == sorted(found)
    assert [b[0] >= a[1] for a, b in pairwise(found)] == [True] * (len(found) - 1)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("redaction-brackets", "[redacted]"),
        ("redaction-prose", "[1 line not declassified]"),
        ("redaction-blocks", "████"),
        ("redaction-space", "a        b   25X1"),
    ],
)
def test_each_rule_can_be_turned_off(rule: str, text: str) -> None:
    assert [g[2] for g in gaps(text)] == [rule]
    assert gaps(text, Profile(off=frozenset({rule}))) == []


def test_a_gap_stands_in_the_place_of_its_words_in_the_transcription() -> None:
    text = "**He met [redacted] there.**"
    marked = flow(text, Node("p", [(0, len(text))]), [Span(0, 2, ""), Span(26, 28, "")])
    (gap,) = redactions(marked, ALL)
    assert (text[gap.start : gap.end], gap.wording, gap.cert) == ("[redacted]", True, "high")


# Stamps


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25X1", ["#x25X1"]),
        ("(b)(1), (b)(3)", ["#foia-b1", "#foia-b3"]),
        ("25X1 and 25X6", ["#x25X1", "#x25X6"]),
        ("b1", ["#foia-b1"]),
        ("It rained.\n1.4(c)\nIt stopped.", ["#eo-1.4c"]),
        ("[redacted] (b)(1) went home", ["#foia-b1"]),
        ("He (b)(1), (b)(3) ████ went home", ["#foia-b1", "#foia-b3"]),
        ("[b(3)] went home", ["#foia-b3"]),
        ("1.4(c)      He went home", ["#eo-1.4c"]),
        ("He went home   (b)(6)", ["#foia-b6"]),
        ("He went 25X1 home", ["#x25X1"]),
        ("told us          (b)(1) that", ["#foia-b1"]),
        ("25Xl", ["exemption"]),
        ("25X1A9A", ["exemption"]),
        ("ILLEGIB", ["declassification"]),
        ("NOFORN", ["classification"]),
    ],
)
def test_a_code_that_stands_apart_is_a_stamp(text: str, expected: list[str]) -> None:
    assert [to for _, to in stamps(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Section 1.4(c) of the Act",
        "(b)(1) The office shall be closed.",
        "He lives at b1, Rose Lane",
        "the STAT office",
        "a NODIS cable",
        "under (b)(3) and (b)(6) of the law",
        "grid X1 on the map",
    ],
)
def test_a_code_inside_a_sentence_is_a_word_about_a_law(text: str) -> None:
    assert stamps(text) == []


def test_a_stamp_says_how_sure_it_is() -> None:
    found = list(codes(flowing("25X1\n(b)(1)\n25Xl"), ALL))
    assert [(s.name, s.by, s.cert) for s in found] == [
        ("stamp", "exemption-codes", "high"),
        ("stamp", "exemption-codes", "medium"),
        ("stamp", "exemption-codes", "low"),
    ]


def test_the_rules_for_stamps_can_be_turned_off() -> None:
    assert stamps("25X1\nNOFORN", Profile(off=frozenset({"exemption-codes"}))) == [("NOFORN", "classification")]
    assert stamps("25X1\nNOFORN", Profile(off=frozenset({"classification"}))) == [("25X1", "#x25X1")]


def test_a_caveat_in_a_line_of_classification_is_part_of_that_stamp() -> None:
    assert stamps("NOFORN", type="classification") == []


@pytest.mark.parametrize(
    "line", ["25X1", " 25X1  ", "**25X1**", "25X1, 25X6", "(b)(1)/(b)(3)", "25Xl", "ILLEGIB", "STAT"]
)
def test_a_line_of_codes_is_a_stamp_line(line: str) -> None:
    text = f"He went\n{line}\nhome"
    assert stamp_line(text, 8, 8 + len(line))


@pytest.mark.parametrize("line", ["", "   ", "25X1 a", "[redacted]", "NOFORN", "1 25X1", ", /", "(b)(1) The law"])
def test_a_line_with_anything_else_is_none(line: str) -> None:
    text = f"25X1\n{line}\n25X1"
    assert not stamp_line(text, 5, 5 + len(line))


def test_what_is_not_understood_is_told_once_with_its_line() -> None:
    text = "A\n25Xl\n25X1\n25Xl\n[the cook withheld the salt]\n[cut]\n[redacted]"
    found = unread(Transcription(text, "x.txt"), codes(flowing(text), ALL))
    assert [(f.code, f.file, f.line) for f in found] == [("D004", "x.txt", n) for n in (2, 5, 6)]
    assert '"25Xl" (2 times)' in found[0].message
