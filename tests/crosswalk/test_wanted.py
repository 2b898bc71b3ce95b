"""What a library asks for and a header does not say: which receiver minds, where it is to be filled in, and no more.

Each folder of ``wanted`` is named after a code: to its bad.xml something is wanting, to its good.xml nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from crosswalk.described import FULL, HERE, modelled
from teipress.crosswalk import CROSSWALKS
from teipress.crosswalk.wanted import FORMATS, RECEIVERS, lacking, left_out
from teipress.edition import Description
from teipress.findings import CODES, Finding, Severity
from teipress.resources import resource

EXAMPLES = HERE / "wanted"
FOLDERS = sorted(p.name for p in EXAMPLES.iterdir() if p.is_dir())


def found(path: Path) -> list[Finding]:
    """What any receiver or format misses in a file."""
    edition = modelled(path)
    return [f for kind in (*RECEIVERS, *FORMATS) for f in lacking(edition.description, kind, edition)]


def test_every_code_of_what_is_wanted_has_an_example() -> None:
    assert {code for code in CODES if code.startswith("M")} == {*FOLDERS}


@pytest.mark.parametrize("code", FOLDERS)
def test_the_bad_example_lacks_what_its_folder_is_named_after_and_nothing_else(code: str) -> None:
    path = EXAMPLES / code / "bad.xml"
    findings = found(path)
    assert {f.code for f in findings} == {code}
    assert {Path(f.file) for f in findings} == {path}
    bad, good = ((EXAMPLES / code / name).read_text("utf-8").splitlines() for name in ("bad.xml", "good.xml"))
    path_wanted = {f.message.rpartition(": teiHeader/")[2].split("/")[-1] for f in findings}
    near = {*bad} - {*good}
    for f in findings:  # at the element itself, or at the closest one around it that is there
        assert bad[f.line - 1] in near or any(f"<{name}" in bad[f.line - 1] for name in ("titleStmt", *path_wanted))


@pytest.mark.parametrize("code", FOLDERS)
def test_the_good_example_lacks_nothing(code: str) -> None:
    assert [f for f in found(EXAMPLES / code / "good.xml") if f.code == code] == []


@pytest.mark.parametrize("code", FOLDERS)
def test_what_help_calls_wrong_and_right_is_so(code: str) -> None:
    page = (resource("help") / f"{code}.md").read_text("utf-8")
    bad, good = ("".join((EXAMPLES / code / n).read_text("utf-8").split()) for n in ("bad.xml", "good.xml"))
    (wrong,), (right,) = (re.findall(rf"^{h}:\n\n((?:    .*\n)+)", page, re.MULTILINE) for h in ("Wrong", "Right"))
    wrong, right = "".join(wrong.split()), "".join(right.split())
    assert (wrong in bad, wrong in good, right in good, right in bad) == (True, False, True, False)


def test_a_header_that_says_everything_lacks_nothing() -> None:
    assert found(FULL) == []


def test_a_receiver_says_what_it_refuses_a_deposit_without_and_where_it_belongs(tmp_path: Path) -> None:
    lines = [
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>',
        "<titleStmt><title>T</title></titleStmt>",
    ]
    lines += ["<publicationStmt><publisher>P</publisher></publicationStmt>", "</fileDesc></teiHeader><text/></TEI>"]
    path = tmp_path / "letters.xml"
    path.write_text("\n".join(lines), encoding="utf-8")
    edition = modelled(path)
    first, *others = lacking(edition.description, "dnb", edition)
    assert str(first) == (
        f"{path}:3: error M002 DNB wants a publication date: teiHeader/fileDesc/publicationStmt/date "
        '(write <date when="2026-11-21"/>)'
    )
    assert [(f.code, f.severity) for f in others] == [
        (code, Severity.WARNING) for code in ("M004", "M006", "M005", "M007")
    ]
    assert others[0].line == 1  # there is no profileDesc yet


@pytest.mark.parametrize(
    ("date", "missing"),
    [
        ("2024-05-06", ""),
        ("2024-05", "onix"),
        ("spring 2024", "onix"),
        ("2023-2024", "datacite onix"),
        ("", "datacite onix"),
    ],
)
def test_how_precise_a_date_has_to_be(
    bare: Callable[..., Description], full: Description, date: str, missing: str
) -> None:
    described = bare(date=date, publisher=full.publisher, numbers=full.numbers)
    (*notes,) = left_out(described)
    assert all(f.code == "M002" and f.severity is Severity.NOTE for f in notes)
    assert {name for name in ("datacite", "onix") if any(name in f.message for f in notes)} == {*missing.split()}


def test_one_fact_that_leaves_out_several_records_is_told_once(bare: Callable[..., Description]) -> None:
    (title, *_) = left_out(bare(title=""))
    told = "csl.json, datacite.json, datacite.xml, marc.xml, mods.xml and onix.xml want a title:"
    assert title.message.startswith(told)


def test_formats_are_those_that_there_are_records_of() -> None:
    assert FORMATS.keys() == CROSSWALKS.keys()


def test_a_receiver_that_nobody_knows_is_not_asked() -> None:
    with pytest.raises(KeyError):
        lacking(Description("urn:x", "T"), "zenodo")


def test_what_is_asked_for_reads_as_a_sentence(bare: Callable[..., Description]) -> None:
    told = [found.message for found in left_out(bare())]
    assert any(line.startswith("onix.xml wants a day of publication or of a revision: teiHeader/") for line in told)
