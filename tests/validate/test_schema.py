"""Which schema a file is checked against, and what is said where one that it names cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.config import Settings, settings_for
from teipress.errors import UsageError
from teipress.read import read
from teipress.resources import resource
from teipress.validate.schema import Schema, choose, release

WriteTei = Callable[..., Path]
WriteEdition = Callable[..., Path]

GRAMMAR = '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><text/></start></grammar>'
RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"


@pytest.fixture
def chosen(tmp_path: Path, write_tei: WriteTei, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Schema]:
    """``chosen('href="own.rng"', …)`` is the schema of a file texts/text.xml with such xml-model instructions."""
    monkeypatch.chdir(tmp_path)
    for name in ("texts/own.rng", "texts/own.sch", "texts/old.rnc", "texts/both.rnc", "texts/both.rng", "top.rng"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GRAMMAR, "utf-8")
    (tmp_path.parent / "outside.rng").write_text(GRAMMAR, "utf-8")

    def choose_for(*models: str, asked: str = "", schema: str = "") -> Schema:
        path = write_tei(name="texts/text.xml")
        text = path.read_text("utf-8")
        path.write_text(text.replace("<TEI", "".join(f"<?xml-model {m}?>\n" for m in models) + "<TEI", 1), "utf-8")
        source, _ = read(path)
        return choose(source, Settings("text", path.parent, path, schema=schema, declared=bool(schema)), asked)

    return choose_for


def name(path: Path | None) -> str:
    return path.name if path else ""


def test_what_is_asked_for_counts_before_all_else(chosen: Callable[..., Schema]) -> None:
    schema = chosen(f'href="own.rng" schematypens="{RNG}"', asked="top.rng", schema="teipress")
    assert (name(schema.grammar), schema.reason, schema.guess) == ("top.rng", "--schema", False)


def test_then_what_the_file_names(chosen: Callable[..., Schema]) -> None:
    schema = chosen(f'href="own.rng" schematypens="{RNG}"', f'href="own.sch" schematypens="{SCH}"', schema="teipress")
    assert (name(schema.grammar), [p.name for p in schema.constraints]) == ("own.rng", ["own.sch"])
    assert schema.reason == "xml-model"


def test_then_what_edition_toml_names_and_last_our_own(chosen: Callable[..., Schema]) -> None:
    declared = chosen(schema="own.rng")
    assert (name(declared.grammar), [p.name for p in declared.constraints]) == ("own.rng", ["own.sch"])
    ours = chosen()
    assert (ours.grammar, ours.guess) == (resource("schema") / "teipress.rng", True)


@pytest.mark.parametrize(
    ("model", "grammar"),
    [
        ('href="own.rng"', "own.rng"),
        ("href='own.rng' type='application/xml'", "own.rng"),
        (f'type="application/xml"\n  schematypens="{RNG}"\n  href="own.rng"', "own.rng"),
        ('href="both.rnc" type="application/relax-ng-compact-syntax"', "both.rng"),
        ('href="../top.rng"', "top.rng"),
        ('href="../../schema/teipress.rng"', "teipress.rng"),
        ('href="https://localhost/schema/teipress.rng"', "teipress.rng"),
    ],
    ids=["by its name", "quotes", "lines", "compact, XML beside it", "above, below here", "ours", "ours, remote"],
)
def test_a_file_may_name_its_schema_in_many_ways(chosen: Callable[..., Schema], model: str, grammar: str) -> None:
    schema = chosen(model)
    assert (name(schema.grammar), schema.reason, schema.findings) == (grammar, "xml-model", ())


@pytest.mark.parametrize(
    ("model", "code", "said"),
    [
        ('href="https://localhost/tei_all.rng"', "C002", "https://localhost/tei_all.rng is not fetched"),
        ('href="file:///etc/x.rng"', "C002", "is not fetched"),
        ('href="../../outside.rng"', "C002", "lies outside"),
        ('href="/etc/passwd" schematypens="http://relaxng.org/ns/structure/1.0"', "C002", "lies outside"),
        ('href="missing.rng"', "C003", "missing.rng does not exist"),
        ('href="old.rnc"', "C002", "is not in the XML syntax"),
        ('href="http://[x.rng"', "C002", "is no address"),
    ],
)
def test_a_schema_that_cannot_be_used_is_told_of_with_what_is_used_instead(
    chosen: Callable[..., Schema], model: str, code: str, said: str
) -> None:
    schema = chosen(model, model)
    (found,) = schema.findings
    assert (found.code, found.line, Path(found.file).name) == (code, 2, "text.xml")
    assert said in found.message
    assert found.message.endswith("; teipress.rng of teipress is used instead")
    assert schema.guess


@pytest.mark.parametrize("model", ["", 'title="x"', 'href="x.dtd"', 'href="own.rng" schematypens="http://w3.org/xsd"'])
def test_an_instruction_that_names_no_grammar_is_passed_over(chosen: Callable[..., Schema], model: str) -> None:
    schema = chosen(model)
    assert (schema.guess, schema.findings) == (True, ())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("missing.rng", "there is no such file; name a RELAX NG file"),
        ("texts/onw.rng", 'did you mean "own.rng"?'),
        ("teipres", 'did you mean "teipress"?'),
        ("https://localhost/x.rng", "nothing is fetched; download it"),
        ("texts/old.rnc", "compact syntax; teipress reads the XML syntax, so convert it"),
        ("texts/own.sch", "is no RELAX NG grammar"),
        ("texts", "there is no such file"),
    ],
)
def test_a_schema_that_is_asked_for_in_vain_is_an_error(chosen: Callable[..., Schema], asked: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        chosen(asked=asked)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!--\nTEI Edition: P5 Version 4.9.0a. Last updated on 21st October 2024\n--><grammar/>", "P5 Version 4.9.0a"),
        ("<!-- TEI Edition: P5\nVersion 3.6.0. Last updated --><grammar/>", "P5 Version 3.6.0"),
        ("<grammar/>", ""),
    ],
)
def test_the_tei_release_is_what_the_grammar_says(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "x.rng").write_text(text, "utf-8")
    assert release(tmp_path / "x.rng") == expected


def test_the_release_of_teis_own_grammar_is_known(require_data: Callable[[str], Path]) -> None:
    assert release(require_data("TEIPRESS_TEI_P5") / "tei_all.rng").startswith("P5 Version 4.")


def test_an_edition_is_checked_against_what_its_main_file_names(write_edition: WriteEdition, tmp_path: Path) -> None:
    folder = write_edition({"own.rng": GRAMMAR})
    main = folder / "edition.xml"
    main.write_text(main.read_text("utf-8").replace("<teiCorpus", '<?xml-model href="own.rng"?><teiCorpus', 1), "utf-8")
    settings = settings_for(folder)
    assert name(choose(read(settings.source, folder)[0], settings).grammar) == "own.rng"


@pytest.mark.parametrize(
    ("body", "grammar"),
    [("<p><para/></p>", "teipress.rng"), ("<p><street/></p>", ""), ('<p><x xmlns="urn:x"/></p>', "teipress.rng")],
    ids=["not TEI's", "TEI's, not ours", "another namespace"],
)
def test_where_nobody_names_a_schema_ours_counts_if_it_knows_the_elements(
    write_tei: WriteTei, body: str, grammar: str
) -> None:
    path = write_tei(body)
    source, settings = read(path)[0], Settings("text", path.parent, path)
    schema = choose(source, settings)
    assert (name(schema.grammar), schema.guess) == (grammar, True)
    assert [f.code for f in schema.findings] == ([] if grammar else ["C004"])
    assert name(choose(source, settings, in_any_case=True).grammar) == "teipress.rng"


def test_what_no_grammar_is_checked_for_is_said(write_tei: WriteTei) -> None:
    path = write_tei("<p><street/><forest/><tree/><w/></p>")
    (found,) = choose(read(path)[0], Settings("text", path.parent, path)).findings
    assert found.message == (
        "no grammar is checked: the file names none, and the rules of teipress leave out "
        "<forest>, <street>, <tree> and 1 more, which it has"
    )
