"""``teipress validate``: what a PATH may be, which schema counts, what edition.toml rules, what changed since."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
WriteTei = Callable[..., Path]
WriteEdition = Callable[..., Path]

BAD = '<p><ref target="#nowhere">x</ref></p>'
P_ONLY = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">
<!-- TEI Edition: P5 Version 4.9.0a. -->
<start><element><name>TEI</name><ref name="any"/></element></start>
<define name="any"><zeroOrMore><choice><text/><attribute><anyName/></attribute>
<element><anyName><except><name>wrong</name></except></anyName><ref name="any"/></element>
</choice></zeroOrMore></define>
</grammar>"""


def report(result: Result) -> dict[str, Any]:
    """What a run with ``--format json`` has printed."""
    return dict(json.loads(result.stdout))


def codes(result: Result) -> list[tuple[str, str]]:
    return [(f["code"], f["file"]) for f in report(result)["findings"] if f["code"] != "C002"]


# the schema


@pytest.fixture
def rng(tmp_path: Path) -> Path:
    """A grammar that forbids nothing but <wrong>."""
    (tmp_path / "own.rng").write_text(P_ONLY, "utf-8")
    return tmp_path / "own.rng"


def test_a_schema_that_is_asked_for_is_told_with_its_release_and_what_breaks_it_is_an_error(
    run: Run, write_tei: WriteTei, rng: Path
) -> None:
    result = run("validate", "--schema", "own.rng", write_tei("<p><wrong/></p>"))
    assert result.exit_code == 1
    assert "text.xml:11: error G003" in result.stderr
    assert result.stdout.startswith("schema: own.rng, made from TEI P5 Version 4.9.0a (--schema)\n")
    assert run("validate", "--schema", "own.rng", write_tei()).exit_code == 0


def test_what_breaks_a_schema_that_the_file_names_is_an_error(run: Run, write_tei: WriteTei, rng: Path) -> None:
    path = write_tei("<p><wrong/></p>")
    assert run("validate", path).exit_code == 0
    text = path.read_text("utf-8")
    path.write_text(text.replace("<TEI", '<?xml-model href="own.rng"?>\n<TEI', 1), "utf-8")
    assert run("validate", path).exit_code == 1


def test_a_file_that_names_no_schema_is_checked_against_ours_and_warned(run: Run, write_tei: WriteTei) -> None:
    result = run("validate", write_tei("<p><wrong/></p>"))
    assert result.exit_code == 0
    assert "warning G003" in result.stderr
    assert "schema: teipress.rng of teipress (the file names none" in result.stdout


@pytest.mark.parametrize(
    ("schema", "body", "status"),
    [
        ("own.rng", "<p/>", 0),
        ("own.rng", BAD, 0),
        ("own.rng", "<p><wrong/></p>", 1),
        ("own.rng", "<p>", 1),
        ("broken.rng", "<p/>", 2),
        ("missing.rng", "<p/>", 2),
    ],
    ids=["valid", "other findings do not count", "invalid", "not XML", "the schema is broken", "no such schema"],
)
def test_the_grammar_alone_has_a_status_for_each_verdict(
    run: Run, write_tei: WriteTei, rng: Path, schema: str, body: str, status: int
) -> None:
    (rng.parent / "broken.rng").write_text("<grammar/>", "utf-8")
    result = run("validate", "--grammar-only", "--schema", schema, write_tei(body))
    assert result.exit_code == status
    assert "R002" not in result.output


def test_the_grammar_alone_judges_what_is_not_tei_too(run: Run, tmp_path: Path) -> None:
    grammar = '<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>'
    for name, text in (("a.rng", grammar), ("a.xml", "<a/>"), ("b.xml", "<b/>")):
        (tmp_path / name).write_text(text, "utf-8")
    assert run("validate", "--grammar-only", "--schema", "a.rng", "a.xml").exit_code == 0
    result = run("validate", "--grammar-only", "--schema", "a.rng", "b.xml")
    assert (result.exit_code, result.stderr.startswith("b.xml:1: error G0")) == (1, True)


def test_the_grammar_alone_is_not_softened_by_what_edition_toml_ignores(run: Run, write_edition: WriteEdition) -> None:
    toml = '[validate]\nschema = "teipress"\n[[validate.ignore]]\ncode = "G003"\nreason = "x"\n'
    folder = write_edition(toml=toml)
    text = (folder / "first.xml").read_text("utf-8")
    (folder / "first.xml").write_text(text.replace("<head>News</head>", "<head>News</head><wrong/>"), "utf-8")
    assert run("validate", folder).exit_code == 0
    assert run("validate", "--grammar-only", folder).exit_code == 1


# rulings


def test_what_an_edition_ignores_is_counted(run: Run, write_edition: WriteEdition) -> None:
    toml = (
        '[validate]\nschema = "teipress"\n[[validate.ignore]]\ncode = "R003"\nfile = "second.xml"\nreason = "later"\n'
        '[validate.severity]\nR002 = { severity = "error", reason = "we deposit" }\n'
    )
    folder = write_edition(toml=toml)
    text = (folder / "second.xml").read_text("utf-8")
    (folder / "second.xml").write_text(text.replace("#secret", "#sercet"), "utf-8")
    result = run("validate", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("tiny: no findings, 1 ignored\n")
    (folder / "second.xml").write_text(text, "utf-8")
    result = run("validate", folder)
    assert "tiny/edition.toml:3: warning C001 an ignore matches no finding: R003 in second.xml" in result.stderr


def test_an_ignore_without_a_reason_has_status_2(run: Run, write_edition: WriteEdition) -> None:
    result = run("validate", write_edition(toml='[[validate.ignore]]\ncode = "R003"\n'))
    assert result.exit_code == 2
    assert "R003 has no reason" in result.stderr


# paths


def test_a_folder_means_every_edition_and_every_tei_file_below_it(
    run: Run, write_tei: WriteTei, write_edition: WriteEdition, tmp_path: Path
) -> None:
    write_tei(BAD, "texts/b/late.xml")
    write_tei(BAD, "texts/early.xml")
    write_tei(BAD, "texts/.hidden/no.xml")
    (tmp_path / "texts/build.xml").write_text("<project/>", "utf-8")
    (tmp_path / "texts/old.xml").write_text("<TEI.2/>", "utf-8")
    write_edition(name="texts/tiny")
    result = run("validate", "texts", "--format", "json")
    assert codes(result) == [("R002", "texts/b/late.xml"), ("R002", "texts/early.xml"), ("X002", "texts/old.xml")]
    assert report(result)["summary"]["passed_over"] == 1
    assert run("validate", "texts").stdout.endswith("; 1 XML file passed over: not TEI\n")


def test_a_file_of_a_folder_that_another_includes_is_checked_with_that_one(run: Run, write_tei: WriteTei) -> None:
    write_tei('<p xml:id="here"/><xi:include href="part.xml"/>', "texts/whole.xml")
    part = write_tei("", "texts/part.xml")
    part.write_text('<div xmlns="http://www.tei-c.org/ns/1.0"><p><ref target="#here">x</ref></p></div>', "utf-8")
    assert "R002" not in run("validate", "texts").stderr
    assert "R002" in run("validate", "texts/part.xml").stderr


def test_files_that_include_each_other_are_not_lost(run: Run, write_tei: WriteTei) -> None:
    write_tei(BAD + '<xi:include href="b.xml"/>', "texts/a.xml")
    write_tei('<xi:include href="a.xml"/>', "texts/b.xml")
    write_tei('<!-- <xi:include href="d.xml"/> -->', "texts/c.xml")
    write_tei(BAD, "texts/d.xml")
    found = [c for c in codes(run("validate", "texts", "--format", "json")) if c[0] == "R002"]
    assert found == [("R002", "texts/a.xml"), ("R002", "texts/d.xml")]


def test_a_pattern_in_quotation_marks_is_understood(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    for name in ("letters/a.xml", "letters/b.xml", "letters/deep/c.xml", "other.xml"):
        write_tei(BAD, name)
    assert [f for _, f in codes(run("validate", "letters/*.xml", "--format", "json"))] == [
        "letters/a.xml",
        "letters/b.xml",
    ]
    assert len(codes(run("validate", "**/*.xml", "--format", "json"))) == 4
    assert len(codes(run("validate", tmp_path / "letters" / "[ab].xml", "--format", "json"))) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["empty"], "empty: there is neither an edition.toml nor an XML file in this folder or below it"),
        (["foreign"], "foreign: 1 XML file, and none is TEI; check the path"),
        (["no/*.xml"], "no/*.xml: no file fits this pattern"),
        (["text.xml", "--format", "sarfi"], 'unknown format "sarfi"; did you mean "sarif"?'),
        (["text.xml", "--format", "x"], "formats are text, json, github, gitlab, sarif, junit"),
        (["text.xml", "--jobs", "0"], "0"),
        (["text.xml", "--schema", "missing.rng"], "--schema missing.rng: there is no such file"),
    ],
)
def test_a_call_that_means_nothing_has_status_2(
    run: Run, write_tei: WriteTei, tmp_path: Path, arguments: list[str], said: str
) -> None:
    write_tei()
    (tmp_path / "empty").mkdir()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "pom.xml").write_text("<project/>", "utf-8")
    result = run("validate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_many_processes_say_what_one_says(run: Run, write_tei: WriteTei) -> None:
    for n in range(4):
        write_tei(BAD.replace("nowhere", f"n{n}"), f"texts/{n}.xml")
    one, many = (run("validate", "texts", "--jobs", n) for n in (1, 2))
    assert (one.exit_code, one.stdout, one.stderr) == (many.exit_code, many.stdout, many.stderr)
    assert one.stderr.count("R002") == 4


# what changed


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., None]:
    """``git("commit", …)`` in the folder of the test, which is a repository."""

    def call(*arguments: str) -> None:
        names = ["-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *names, *arguments], cwd=tmp_path, check=True, capture_output=True)

    call("init", "-q")
    return call


def test_what_changed_and_what_depends_on_it_is_validated(
    run: Run, write_tei: WriteTei, write_edition: WriteEdition, git: Callable[..., None], tmp_path: Path
) -> None:
    def changed() -> list[str]:
        result = run("validate", ".", "--changed-since", "HEAD", "--format", "json")
        assert result.exit_code == 0
        return sorted(str(Path(f).relative_to(".")) for f in report(result)["files"])

    write_tei('<p><persName ref="../persons.xml#ada">A</persName></p>', "texts/points.xml")
    write_tei('<p><persName ref="../persons#ada">A</persName></p>', "texts/short.xml")
    write_tei('<xi:include href="part.xml"/>', "texts/includes.xml")
    write_tei("<p/>", "texts/part.xml")
    write_tei("<p/>", "texts/alone.xml")
    write_tei("<p/>", "persons.xml")
    write_edition()
    git("add", ".")
    git("commit", "-qm", "all")
    assert changed() == []
    write_tei("<p>x</p>", "persons.xml")
    assert changed() == ["persons.xml", "texts/points.xml", "texts/short.xml"]
    git("commit", "-qam", "persons")
    write_tei("<p>x</p>", "texts/part.xml")
    assert changed() == ["texts/includes.xml", "texts/part.xml"]
    git("commit", "-qam", "part")
    (tmp_path / "tiny" / "picture.png").write_bytes(b"")  # not in git yet
    assert changed() == ["tiny/edition.xml", "tiny/first.xml", "tiny/second.xml"]
    git("add", ".")
    git("commit", "-qm", "picture")
    (tmp_path / "persons.xml").unlink()
    assert changed() == ["texts/points.xml", "texts/short.xml"]


def test_when_the_schema_changed_all_is_validated(
    run: Run, write_tei: WriteTei, git: Callable[..., None], rng: Path
) -> None:
    write_tei("<p/>", "texts/alone.xml")
    git("add", ".")
    git("commit", "-qm", "all")
    rng.write_text(P_ONLY + "\n", "utf-8")
    result = run("validate", "texts", "--schema", rng, "--changed-since", "HEAD", "--format", "json")
    assert report(result)["files"] == ["texts/alone.xml"]
    result = run("validate", "texts", "--changed-since", "HEAD")
    assert (result.exit_code, result.stdout) == (0, "texts: nothing changed since HEAD\n")


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "HEAD; touch x", "", "HEAD^{tree}"])
def test_a_revision_that_is_none_has_status_2(
    run: Run, write_tei: WriteTei, git: Callable[..., None], revision: str, tmp_path: Path
) -> None:
    write_tei()
    git("add", ".")
    git("commit", "-qm", "all")
    result = run("validate", "text.xml", f"--changed-since={revision}")
    assert result.exit_code == 2
    assert f'knows no revision "{revision}"' in result.stderr
    assert not (tmp_path / "x").exists()


def test_outside_of_a_repository_nothing_can_have_changed(
    run: Run, write_tei: WriteTei, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    result = run("validate", write_tei(), "--changed-since", "HEAD")
    assert result.exit_code == 2
    assert "is in no git repository" in result.stderr


def test_without_git_its_lack_is_told(run: Run, write_tei: WriteTei, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_tei()
    monkeypatch.setenv("PATH", "")
    result = run("validate", path, "--changed-since", "HEAD")
    assert (result.exit_code, "git is not installed" in result.stderr) == (2, True)
