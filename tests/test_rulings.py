"""What edition.toml rules about findings: ignores and severities, each with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.errors import UsageError
from teipress.findings import Finding, Severity, finding
from teipress.rulings import Rulings

Write = Callable[[str], Path]

BOTH = """\
[[validate.ignore]]
code = "P001"
file = "letters/*.xml"
reason = "the binder's order"

[[validate.ignore]]
code = "R002"
message = "#lost"
line = 7
reason = "the register is yet to come"

[validate.severity]
R002 = { severity = "error", reason = "we deposit" }
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(toml: str) -> Path:
        (tmp_path / "edition.xml").write_text("", "utf-8")
        (tmp_path / "edition.toml").write_text(toml, "utf-8")
        return tmp_path

    return write


def apply(folder: Path, *findings: Finding, whole: bool = True) -> tuple[list[str], int]:
    told, ignored = settings_for(folder).rulings.apply(findings, whole)
    return [f"{f.code} {f.severity.value} {f.line}" for f in told], ignored


def test_what_is_ignored_is_counted_and_the_rest_is_told_with_the_severity_that_is_wanted(write: Write) -> None:
    folder = write(BOTH)
    one, memo = str(folder / "letters" / "one.xml"), str(folder / "memo.xml")
    findings = [
        finding("P001", "x", one, 3),
        finding("P001", "x", memo, 4),
        finding("R002", '"#lost" points to nothing', memo, 7),
        finding("R002", '"#lost" points to nothing', memo, 8),
        finding("R002", '"#other" points to nothing', memo, 7),
    ]
    assert apply(folder, *findings) == (["P001 error 4", "R002 error 8", "R002 error 7"], 2)


def test_an_ignore_that_matches_nothing_is_told_with_its_line(write: Write) -> None:
    folder = write(BOTH)
    told, _ = settings_for(folder).rulings.apply([finding("P001", "x", str(folder / "letters/a.xml"), 1)])
    (unused,) = told
    assert (unused.code, unused.file, unused.line) == ("C001", str(folder / "edition.toml"), 6)
    assert 'R002, line 7, with "#lost" in its message' in unused.message
    assert apply(folder, whole=False) == ([], 0)


def test_an_edition_without_rulings_changes_nothing() -> None:
    found = finding("P001", "x", "a.xml", 1)
    assert Rulings().apply([found]) == ([found], 0)


def test_the_line_of_an_ignore_is_left_out_where_it_cannot_be_known(write: Write) -> None:
    folder = write('validate.ignore = [{ code = "P001", reason = "x" }]')
    assert apply(folder) == (["C001 warning 0"], 0)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[[validate.ignore]]\ncode = "P001"', "edition.toml:1: [[validate.ignore]]: P001 has no reason; add reason ="),
        ('[[validate.ignore]]\ncode = "P001"\nreason = " "', "P001 has no reason"),
        ('[[validate.ignore]]\nreason = "x"', "names no code"),
        ('[[validate.ignore]]\ncode = "P01"\nreason = "x"', 'there is no finding "P01"; did you mean "P001"?'),
        ('[[validate.ignore]]\ncode = "F001"\nreason = "x"', "F001 is found by a build, and not by validation"),
        ('[[validate.ignore]]\ncod = "P001"', 'unknown setting "cod"; did you mean "code"?'),
        ("[[validate.ignore]]\nplace = 3", 'unknown setting "place"'),
        ('[[validate.ignore]]\ncode = "P001"\nline = "3"\nreason = "x"', '"line" must be a number'),
        ('[[validate.ignore]]\ncode = "P001"\nline = true\nreason = "x"', '"line" must be a number'),
        ('[[validate.ignore]]\ncode = 1\nreason = "x"', '"code" must be a text'),
        ('[validate]\nignore = "P001"', "ignores are tables of their own"),
        ('[validate]\nignore = ["P001"]', "ignores are tables of their own"),
        ('[validate.ignore]\ncode = "P001"', "ignores are tables of their own"),
        ('[validate.severity]\nR002 = "error"', "gives each code a severity and a reason"),
        ('[validate.severity]\nR002 = { severity = "error" }', "R002 has no reason"),
        ('[validate.severity]\nR002 = { severity = "fatal", reason = "x" }', '"error", "warning", "note"'),
        ('[validate.severity]\nR002 = { severity = "off", reason = "x" }', "ignore it, with [[validate.ignore]]"),
        ('[validate.severity]\nR02 = { severity = "note", reason = "x" }', 'did you mean "R002"?'),
        ('[validate]\nseverity = "error"', "[validate.severity] is a table"),
    ],
)
def test_a_ruling_that_is_wrong_is_refused_in_one_line(write: Write, toml: str, said: str) -> None:
    folder = write(toml)
    with pytest.raises(UsageError) as caught:
        settings_for(folder)
    message = str(caught.value)
    assert said in message
    assert "\n" not in message
    assert message.startswith(str(folder / "edition.toml"))


def test_a_severity_may_be_lowered_as_well(write: Write) -> None:
    folder = write('[validate.severity]\nP001 = { severity = "note", reason = "a scrapbook" }')
    told, _ = settings_for(folder).rulings.apply([finding("P001", "x")])
    assert [f.severity for f in told] == [Severity.NOTE]
