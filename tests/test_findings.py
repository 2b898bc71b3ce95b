"""Findings: how they read, what they suggest, and that the table of codes is the whole truth."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from teipress.findings import CODES, Finding, Severity, did_you_mean, finding, softened, suggestions

CODE = re.compile(r"[A-Z]\d{3}")


def test_a_finding_reads_as_one_line_with_place_severity_code_cause_and_remedy() -> None:
    found = Finding(
        "R001",
        Severity.ERROR,
        'persName/@ref "#nakasone" points to nothing',
        "tei/japan-ussr/memo.xml",
        112,
        did_you_mean("nakasone", ["kimura-hiroshi", "nakasone-yasuhiro"], "#{}"),
    )
    assert str(found) == (
        'tei/japan-ussr/memo.xml:112: error R001 persName/@ref "#nakasone" points to nothing '
        '(did you mean "#nakasone-yasuhiro"?)'
    )


@pytest.mark.parametrize(
    ("file", "line", "hint", "expected"),
    [
        ("", 0, "", "warning P004 no statement"),
        ("a.xml", 0, "", "a.xml: warning P004 no statement"),
        ("a.xml", 3, "", "a.xml:3: warning P004 no statement"),
        ("", 0, "add one", "warning P004 no statement (add one)"),
    ],
    ids=["no place", "a file", "a file and a line", "a remedy"],
)
def test_what_a_finding_does_not_know_it_leaves_out(file: str, line: int, hint: str, expected: str) -> None:
    assert str(finding("P004", "no statement", file, line, hint)) == expected


def test_a_finding_has_the_severity_of_its_code() -> None:
    assert {code: finding(code, "x").severity for code in CODES} == {c: entry.severity for c, entry in CODES.items()}


def test_a_code_that_is_not_in_the_table_cannot_be_used() -> None:
    with pytest.raises(KeyError):
        finding("Z999", "x")


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("htm", ["html", "epub"], 'did you mean "html"?'),
        ("epbu", ["html", "epub"], 'did you mean "epub"?'),
        ("nakasone", ["nakano", "nakasone-yasuhiro"], 'did you mean "nakasone-yasuhiro"?'),
        ("yasuhiro", ["nakasone-yasuhiro", "kimura"], 'did you mean "nakasone-yasuhiro"?'),
        ("NAKASONE", ["nakasone-yasuhiro"], 'did you mean "nakasone-yasuhiro"?'),
        ("docx", ["html", "epub"], ""),
        ("", ["html"], ""),
    ],
    ids=["cut off", "twisted", "first part", "last part", "capitals", "nothing like it", "no word"],
)
def test_the_closest_known_word_is_suggested_and_none_that_is_far_off(
    word: str, known: list[str], expected: str
) -> None:
    assert did_you_mean(word, known) == expected


def test_a_suggestion_does_not_depend_on_the_order_of_the_known_words() -> None:
    known = ["kimura-a", "kimura-b", "kimura-c", "kimura-d"]
    assert suggestions("kimura", known) == suggestions("kimura", known[::-1]) == known[:3]


def test_softening_turns_errors_into_warnings_and_changes_nothing_else() -> None:
    findings = [finding("R001", "a", "f.xml", 1, "h"), finding("P004", "b"), Finding("G001", Severity.NOTE, "c")]
    soft = softened(findings)
    assert [f.severity for f in soft] == [Severity.WARNING, Severity.WARNING, Severity.NOTE]
    assert [(f.code, f.message, f.file, f.line, f.hint) for f in soft] == [
        (f.code, f.message, f.file, f.line, f.hint) for f in findings
    ]


def used_codes(project: Path) -> set[str]:
    """Every text of the program that is a code and nothing else, and every identifier of an assertion."""
    codes = set(re.findall(r'\bid="([A-Z]\d{3})', (project / "schema" / "teipress.sch").read_text("utf-8")))
    for path in (project / "builder").rglob("*.py"):
        if path.name != "findings.py":
            texts = (n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant))
            codes |= {t for t in texts if isinstance(t, str) and CODE.fullmatch(t)}
    return codes


def test_every_code_in_use_is_in_the_table_and_every_code_of_the_table_in_use(project: Path) -> None:
    assert used_codes(project) == set(CODES)


def test_every_code_has_a_letter_for_its_kind_and_a_title_of_its_own() -> None:
    assert [c for c in CODES if not CODE.fullmatch(c)] == []
    assert len({entry.title for entry in CODES.values()}) == len(CODES)
