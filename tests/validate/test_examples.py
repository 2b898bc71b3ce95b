"""Each folder of tests/findings is named after a code: its bad.xml has that fault and no other, its good.xml none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from teipress.config import Settings
from teipress.findings import CODES, Finding
from teipress.read import read
from teipress.validate import validate

EXAMPLES = Path(__file__).resolve().parent.parent / "findings"
FOLDERS = sorted(p.name for p in EXAMPLES.iterdir() if p.is_dir())


@cache
def findings(path: Path) -> list[Finding]:
    """What is found in a file, read as an edition that declares the rules of teipress, or the schema beside it."""
    source, found = read(path)
    schema = "schema.rng" if (path.parent / "schema.rng").is_file() else "teipress"
    return found + validate(source, Settings("example", path.parent, path, schema=schema, declared=True))


@pytest.mark.parametrize("code", FOLDERS)
def test_the_bad_example_has_the_fault_of_its_folder_and_no_other(code: str) -> None:
    path = EXAMPLES / code / "bad.xml"
    (found,) = findings(path)
    assert (found.code, found.severity, Path(found.file)) == (code, CODES[code].severity, path)
    assert 0 < found.line <= len(path.read_text("utf-8").splitlines())
    assert found.message == " ".join(found.message.split())


@pytest.mark.parametrize("code", FOLDERS)
def test_the_good_example_has_no_fault(code: str) -> None:
    assert findings(EXAMPLES / code / "good.xml") == []


@pytest.mark.parametrize("code", FOLDERS)
def test_the_fault_is_told_at_a_line_where_the_two_examples_differ(code: str) -> None:
    bad, good = (EXAMPLES / code / name for name in ("bad.xml", "good.xml"))
    (found,) = findings(bad)
    changed = set(bad.read_text("utf-8").splitlines()) - set(good.read_text("utf-8").splitlines())
    assert changed == set() or bad.read_text("utf-8").splitlines()[found.line - 1] in changed


def test_the_grammar_and_every_rule_of_the_shipped_constraints_have_an_example(project: Path) -> None:
    rules = re.findall(r'<(?:assert|report)\s+id="(\w+)', (project / "schema" / "teipress.sch").read_text("utf-8"))
    grammar = {code for code in CODES if code.startswith("G")} - {"G002"}  # that one is about the schema
    assert set(FOLDERS) >= {*grammar, *rules}


def test_a_name_that_points_to_nobody_is_told_with_whom_it_may_mean() -> None:
    (found,) = findings(EXAMPLES / "R001" / "bad.xml")
    assert str(found) == (
        f'{EXAMPLES / "R001" / "bad.xml"}:{found.line}: error R001 persName/@ref "#nakasone" points to nothing '
        '(did you mean "#nakasone-yasuhiro"?)'
    )
