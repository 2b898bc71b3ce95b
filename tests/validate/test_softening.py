"""A file that declares no rules is told its faults as warnings; an edition that does, as errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.config import Settings
from teipress.findings import CODES, Severity
from teipress.read import read
from teipress.validate import validate

WriteTei = Callable[..., Path]

FAULTS = """<p><persName ref="#nobody">x</persName></p>
<p><gap reason="redacted"/></p>
<p><wrong/></p>
<p><ref target="#nowhere">y</ref></p>"""
REGISTER = "<standOff><listPerson><person xml:id='ada'><persName>Ada</persName></person></listPerson></standOff>"


def severities(path: Path, *, schema: str, declared: bool) -> dict[str, Severity]:
    source, _ = read(path)
    found = validate(source, Settings("x", path.parent, path, schema=schema, declared=declared))
    return {f.code: f.severity for f in found}


def test_a_declared_edition_has_the_severities_of_the_table(write_tei: WriteTei) -> None:
    found = severities(write_tei(FAULTS, standoff=REGISTER), schema="teipress", declared=True)
    assert found.keys() == {"G003", "R001", "R002", "W001"}
    assert found == {code: CODES[code].severity for code in found}


def test_a_lone_file_has_the_same_findings_and_no_error(write_tei: WriteTei) -> None:
    path = write_tei(FAULTS, standoff=REGISTER)
    strict = severities(path, schema="teipress", declared=True)
    soft = severities(path, schema="teipress", declared=False)
    assert soft == dict.fromkeys(strict, Severity.WARNING)


def test_without_a_schema_what_holds_for_any_tei_is_checked_and_nothing_is_an_error(write_tei: WriteTei) -> None:
    expected = dict.fromkeys(("R002", "W001"), Severity.WARNING)
    assert severities(write_tei(FAULTS), schema="", declared=True) == expected


@pytest.mark.parametrize("attribute", ["ref", "target", "corresp", "ana", "resp", "wit", "next", "sameAs"])
def test_a_pointer_into_the_edition_must_lead_somewhere(write_tei: WriteTei, attribute: str) -> None:
    path = write_tei(f'\n<p xml:id="here"/>\n<seg {attribute}="#here #hear http://localhost/#x ../other.xml#y"/>')
    source, _ = read(path)
    (found,) = validate(source, Settings("x", path.parent, path))
    assert (found.code, found.file, found.line) == (
        "R002",
        str(path),
        source.root.xpath("//*[@xml:id]")[0].sourceline + 1,
    )
    assert f'seg/@{attribute} "#hear"' in found.message
    assert found.hint == 'did you mean "#here"?'


def test_a_pointer_that_a_rule_has_reported_is_not_reported_again(write_tei: WriteTei) -> None:
    path = write_tei('<p><persName ref="#nobody">x</persName></p>', standoff=REGISTER)
    source, _ = read(path)
    found = validate(source, Settings("x", path.parent, path, schema="teipress", declared=True))
    assert [f.code for f in found] == ["R001"]


def test_a_second_bad_pointer_on_the_same_line_is_reported_all_the_same(write_tei: WriteTei) -> None:
    path = write_tei('<p><persName ref="#nobody">x</persName> <ref target="#nowhere">y</ref></p>', standoff=REGISTER)
    source, _ = read(path)
    found = validate(source, Settings("x", path.parent, path, schema="teipress", declared=True))
    assert sorted(f.code for f in found) == ["R001", "R002"]


def test_findings_come_in_the_order_of_files_and_lines(write_tei: WriteTei) -> None:
    path = write_tei("\n".join(f'<p><ref target="#n{n}"/></p>' for n in range(12)))
    source, _ = read(path)
    found = validate(source, Settings("x", path.parent, path))
    assert [f.line for f in found] == sorted(f.line for f in found)
    assert len(found) == 12
