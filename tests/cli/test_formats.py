"""The formats that a validation is reported in: what each prints, whole, and that it keeps to its host's rules."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from lxml import etree

from teipress import __version__
from teipress.cli.formats import FORMATS, Outcome, fingerprints, render
from teipress.cli.formats.excerpt import Excerpt, excerpt
from teipress.cli.formats.text import drawn, show
from teipress.findings import CODES, Finding, Severity, finding
from teipress.validate.schema import Schema

Run = Callable[..., Result]
WriteTei = Callable[..., Path]

LINES = """\
<TEI>
 <p>See <ref target="#nowhere">here</ref>.</p>
 <p rend="x"
    n="1">
</TEI>
"""


@pytest.fixture
def outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """An error, a warning and a note about "my text.xml", and a file without a finding."""
    monkeypatch.chdir(tmp_path)
    for variable in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "my text.xml").write_text(LINES, "utf-8")
    findings = (
        finding("R001", 'ref/@target "#nowhere" points to nobody', "my text.xml", 2, 'did you mean "#here"?'),
        finding("R002", "50 % | <b>", "my text.xml", 3),
        finding("C002", "no schema"),
    )
    schema = Schema(Path("own.rng"), (), "own.rng", "P5 Version 4.9.0a", "--schema")
    return Outcome(findings, ("my text.xml", "good.xml"), ((schema, 2),), 3, 1)


def many(count: int, **changes: Any) -> Outcome:
    """As many errors, each with a message of its own."""
    return Outcome(tuple(Finding("R001", Severity.ERROR, f"m{n}", "a.xml", n + 1) for n in range(count)), **changes)


# json


def test_json_has_everything(outcome: Outcome) -> None:
    assert json.loads(render(outcome, "json")) == {
        "version": 1,
        "generator": f"teipress {__version__}",
        "summary": {"errors": 1, "warnings": 1, "notes": 1, "ignored": 3, "files": 2, "passed_over": 1},
        "files": ["my text.xml", "good.xml"],
        "schemas": [{"name": "own.rng", "tei_release": "P5 Version 4.9.0a", "reason": "--schema", "files": 2}],
        "findings": [
            {
                "code": "R001",
                "title": CODES["R001"].title,
                "severity": "error",
                "file": "my text.xml",
                "line": 2,
                "message": 'ref/@target "#nowhere" points to nobody',
                "hint": 'did you mean "#here"?',
            },
            {
                "code": "R002",
                "title": CODES["R002"].title,
                "severity": "warning",
                "file": "my text.xml",
                "line": 3,
                "message": "50 % | <b>",
                "hint": "",
            },
            {
                "code": "C002",
                "title": CODES["C002"].title,
                "severity": "note",
                "file": "",
                "line": 0,
                "message": "no schema",
                "hint": "",
            },
        ],
    }


# github


def test_github_gets_a_command_for_each_finding(outcome: Outcome) -> None:
    assert render(outcome, "github").splitlines() == [
        "::error file=my text.xml,line=2,title=R001 a name points to nobody in the register::"
        'ref/@target "#nowhere" points to nobody (did you mean "#here"?)',
        "::warning file=my text.xml,line=3,title=R002 a pointer leads nowhere::50 %25 | <b>",
        "::notice title=C002 a schema that a file names%2C and that is not used::no schema",
        "teipress: 1 error, 1 warning, 1 note, 3 ignored, 2 XML files read",
    ]


def test_github_gets_no_more_annotations_than_it_shows_and_the_rest_in_a_group() -> None:
    lines = render(many(25), "github").splitlines()
    assert sum(line.startswith("::error ") for line in lines) == 10
    start = lines.index("::group::15 more than GitHub shows as annotations")
    assert lines[start + 2] == "a.xml:11: error R001 m10"
    assert lines[start + 18 :][:1] == ["::endgroup::"]


def test_github_tells_the_same_of_a_file_once() -> None:
    found = Outcome(tuple(finding("R002", "x", "a.xml", n) for n in range(1, 31)))
    first, _ = render(found, "github").splitlines()
    assert first.endswith("::x; also in line " + ", ".join(str(n) for n in range(2, 31)))


def test_what_a_file_says_is_no_command_for_github() -> None:
    evil = tuple(finding("R002", f"{n}\n::error::x\r%0A", "a,b:c.xml", 1) for n in range(12))
    lines = render(Outcome(evil), "github").splitlines()
    assert lines[0].startswith("::warning file=a%2Cb%3Ac.xml,line=1,title=R002 a pointer leads nowhere::0%0A::error")
    stop = next(n for n, line in enumerate(lines) if line.startswith("::stop-commands::"))
    token = lines[stop].removeprefix("::stop-commands::")
    assert lines.index(f"::{token}::") == stop + 3
    assert [line for line in lines if line.startswith("::error")] == []


def test_github_gets_a_summary_and_counts(outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    render(outcome, "github")
    assert (tmp_path / "output").read_text("utf-8") == "count=3\nerrors=1\n"
    assert (tmp_path / "summary.md").read_text("utf-8") == (
        "## teipress validate\n\n1 error, 1 warning, 1 note, 3 ignored, 2 XML files read\n\n"
        "- own.rng (--schema, made from TEI P5 Version 4.9.0a): 2 XML files\n\n"
        "| code | meaning | findings |\n| --- | --- | ---: |\n"
        f"| C002 | {CODES['C002'].title} | 1 |\n| R001 | {CODES['R001'].title} | 1 |\n"
        f"| R002 | {CODES['R002'].title} | 1 |\n\n"
        "| place | severity | code | finding |\n| --- | --- | --- | --- |\n"
        '| my text.xml:2 | error | R001 | ref/&#64;target "&#35;nowhere" points to nobody'
        ' (did you mean "&#35;here"?) |\n'
        "| my text.xml:3 | warning | R002 | 50 % &#124; &#60;b&#62; |\n"
        "|  | note | C002 | no schema |\n\n"
    )
    render(many(300), "github")
    assert "… and 100 more, in the log." in (tmp_path / "summary.md").read_text("utf-8")


# gitlab, and fingerprints


def test_gitlab_gets_a_list_of_violations(outcome: Outcome) -> None:
    violations = json.loads(render(outcome, "gitlab"))
    assert [v.pop("fingerprint") for v in violations] == [f for _, f in fingerprints(outcome)]
    assert violations == [
        {
            "description": 'ref/@target "#nowhere" points to nobody (did you mean "#here"?)',
            "check_name": "R001",
            "severity": "major",
            "location": {"path": "my text.xml", "lines": {"begin": 2}},
        },
        {
            "description": "50 % | <b>",
            "check_name": "R002",
            "severity": "minor",
            "location": {"path": "my text.xml", "lines": {"begin": 3}},
        },
        {
            "description": "no schema",
            "check_name": "C002",
            "severity": "info",
            "location": {"path": ".", "lines": {"begin": 1}},
        },
    ]


def test_a_fingerprint_outlives_lines_that_move(outcome: Outcome, tmp_path: Path) -> None:
    first, before = next(fingerprints(outcome))
    (tmp_path / "my text.xml").write_text("\n\n" + LINES.replace(" <p>See", "   <p>See"), "utf-8")
    moved = Finding(first.code, first.severity, first.message, first.file, 4)
    ((_, after),) = fingerprints(Outcome((moved,)))
    assert before == after
    (tmp_path / "my text.xml").write_text("\n\n" + LINES.replace("See", "Look"), "utf-8")
    assert next(fingerprints(Outcome((moved,))))[1] != before


def test_findings_that_are_alike_have_fingerprints_of_their_own() -> None:
    found = [f for _, f in fingerprints(Outcome((finding("R002", "x", "a.xml", 1),) * 3))]
    assert len(set(found)) == 3


# sarif


def required(value: dict[str, Any], keys: str, optional: str = "") -> dict[str, Any]:
    """The value, which has all of the keys that SARIF requires and no other than SARIF knows (those we write)."""
    assert set(keys.split()) <= value.keys() <= set(f"{keys} {optional}".split())
    return value


def check_sarif(log: dict[str, Any]) -> list[dict[str, Any]]:
    """Hold a log to the rules of the SARIF 2.1.0 schema for all that we write; the results."""
    required(log, "version runs", "$schema")
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    required(run, "tool", "results columnKind")
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = required(required(run["tool"], "driver")["driver"], "name", "semanticVersion rules")
    for rule in driver["rules"]:
        required(rule, "id", "shortDescription help defaultConfiguration")
        required(rule["shortDescription"], "text")
        assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for result in run["results"]:
        required(result, "message", "ruleId ruleIndex level locations partialFingerprints")
        assert required(result["message"], "text")["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(isinstance(mark, str) for mark in result["partialFingerprints"].values())
        for location in result.get("locations", []):
            check_place(required(location, "physicalLocation")["physicalLocation"])
    return list(run["results"])


def check_place(place: dict[str, Any]) -> None:
    required(place, "artifactLocation", "region")
    address = required(place["artifactLocation"], "uri", "uriBaseId")
    assert re.fullmatch(r"[A-Za-z0-9._~/%:-]+", address["uri"])  # a URI reference, by RFC 3986
    for value in required(place.get("region", {}), "", "startLine startColumn endColumn").values():
        assert value >= 1


def test_sarif_keeps_to_its_schema_and_knows_the_place(outcome: Outcome) -> None:
    first, second, third = check_sarif(json.loads(render(outcome, "sarif")))
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20text.xml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 22, "endColumn": 30},
    }
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 3, "endColumn": 4}
    assert "locations" not in third
    assert [r["level"] for r in (first, second, third)] == ["error", "warning", "note"]


def test_sarif_of_nothing_and_of_a_file_elsewhere_keeps_to_its_schema(tmp_path: Path, outcome: Outcome) -> None:
    assert check_sarif(json.loads(render(Outcome(), "sarif"))) == []
    other = Outcome((finding("R002", "x", "/elsewhere/ä.xml", 7),))
    (result,) = check_sarif(json.loads(render(other, "sarif")))
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///elsewhere/%C3%A4.xml"},
        "region": {"startLine": 7},
    }


# junit

JUNIT = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="testsuites">
<attribute name="name"/><attribute name="tests"/><attribute name="failures"/><attribute name="time"/>
<zeroOrMore><element name="testsuite"><attribute name="name"/><attribute name="tests"/><attribute name="failures"/>
<attribute name="errors"/><attribute name="skipped"/><attribute name="time"/>
<oneOrMore><element name="testcase"><attribute name="name"/><attribute name="classname"/><attribute name="time"/>
<optional><choice>
<element name="failure"><attribute name="message"/><attribute name="type"/><text/></element>
<element name="system-out"><text/></element>
</choice></optional></element></oneOrMore></element></zeroOrMore></element></start></grammar>"""


def test_junit_has_a_suite_for_each_file_and_a_failure_for_each_error(outcome: Outcome) -> None:
    root = etree.fromstring(render(outcome, "junit").encode())
    etree.RelaxNG(etree.fromstring(JUNIT)).assertValid(root)
    assert (root.get("tests"), root.get("failures")) == ("4", "1")
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in root] == [
        ("my text.xml", "2", "1"),
        ("good.xml", "1", "0"),
        ("teipress", "1", "0"),
    ]
    (failure,) = root.iter("failure")
    assert failure.get("message") == 'ref/@target "#nowhere" points to nobody'
    assert failure.text == str(outcome.findings[0])


def test_junit_has_no_character_that_xml_cannot_hold() -> None:
    found = Outcome((Finding("R001", Severity.ERROR, "a\x00\x1b\x9bb", "a\x07.xml", 1),), ("a\x07.xml",))
    root = etree.fromstring(render(found, "junit").encode())
    assert root[0][0][0].get("message") == "a\ufffd\ufffd\ufffdb"


# text


def test_a_terminal_shows_the_line_with_a_mark_below_the_place(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    show(outcome.findings)
    assert capsys.readouterr().err == (
        'my text.xml:2: error R001 ref/@target "#nowhere" points to nobody\n'
        ' 2 │ <p>See <ref target="#nowhere">here</ref>.</p>\n'
        "   │                     ^^^^^^^^\n"
        '   = did you mean "#here"?\n\n'
        'my text.xml:3: warning R002 50 % | <b>\n 3 │ <p rend="x"\n   │  ^\n\n'
        "note C002 no schema\n\n"
    )


def test_colour_is_for_terminals_and_for_those_who_want_it(
    outcome: Outcome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    show(outcome.findings)
    assert "\x1b[1;31m" in capsys.readouterr().err
    monkeypatch.setenv("NO_COLOR", "1")
    show(outcome.findings)
    assert "31m" not in capsys.readouterr().err


def test_of_many_findings_of_a_code_a_terminal_shows_the_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    show(many(25).findings)
    said = capsys.readouterr().err
    assert said.endswith("… and 5 more R001\n--all shows every one\n")
    assert said.count("error R001") == 20
    show(many(25).findings, everything=True)
    assert capsys.readouterr().err.count("error R001") == 25


@pytest.mark.parametrize(
    ("message", "line", "number", "marked"),
    [
        ('"#nowhere" points to nothing', 2, 2, "#nowhere"),
        ("<ref> is not allowed here", 2, 2, "ref"),
        ("ref/@target has no value", 2, 2, "target"),
        ("Invalid attribute rend for element p", 3, 3, "rend"),
        ("Invalid attribute n for element p", 4, 4, "n"),
        ("Element p is not allowed here", 4, 3, "p"),
        ("nothing that is on the line", 2, 2, "p"),
        ("<div> is not there", 5, 5, ""),
    ],
)
def test_the_mark_stands_under_what_the_message_is_about(
    outcome: Outcome, message: str, line: int, number: int, marked: str
) -> None:
    shown = excerpt(finding("G001", message, "my text.xml", line))
    assert shown is not None
    assert (shown.number, shown.text[shown.start : shown.end]) == (number, marked)


@pytest.mark.parametrize("place", [("my text.xml", 0), ("my text.xml", 99), ("missing.xml", 1), ("", 1)])
def test_where_there_is_no_line_none_is_shown(outcome: Outcome, place: tuple[str, int]) -> None:
    assert excerpt(finding("G001", "x", *place)) is None


@pytest.mark.parametrize(
    ("text", "marked", "line", "mark"),
    [
        ("\t<p/>", "p", "<p/>", " ^"),
        ("日本 <gap/>", "gap", "日本 <gap/>", "      ^^^"),
        ("سلام <gap/>", "gap", "سلام <gap/>", ""),
        ("a\x1b[31m<p/>", "p", "a\ufffd[31m<p/>", "       ^"),
        ("x" * 100 + "<p/>" + "y" * 100, "p", "… " + "x" * 23 + "<p/>" + "y" * 9 + " …", " " * 26 + "^"),
    ],
    ids=["a tab", "wide letters", "from right to left", "an escape", "a long line"],
)
def test_a_line_is_drawn_as_a_terminal_can_show_it(text: str, marked: str, line: str, mark: str) -> None:
    start = text.index(f"<{marked}") + 1
    assert drawn(Excerpt(1, text, start, start + len(marked)), 40) == (line, mark)


# all of them


@pytest.mark.parametrize("name", FORMATS)
def test_the_exit_status_does_not_depend_on_the_format(
    run: Run, write_tei: WriteTei, outcome: Outcome, name: str
) -> None:
    good, bad = write_tei(), write_tei("<p>", "bad.xml")
    assert run("validate", "--format", name, good).exit_code == 0
    result = run("validate", "--format", name, bad)
    assert result.exit_code == 1
    assert name == "text" or result.stderr == ""
