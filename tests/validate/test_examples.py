"""Each folder of tests/findings is named after a code: its bad.xml has that fault and no other, its good.xml none."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from teipress.config import Settings
from teipress.findings import CODES, Finding
from teipress.read import read
from teipress.resources import resource
from teipress.validate import validate

EXAMPLES = Path(__file__).resolve().parent.parent / "findings"
FOLDERS = sorted(p.name for p in EXAMPLES.iterdir() if p.is_dir())


BY_GRAMMAR = {"R006", "W002", "W003"}  # what our grammar forbids, so that only files without it can have the finding


@cache
def findings(path: Path) -> list[Finding]:
    """What is found in a file, read as an edition that declares the rules of teipress, or the schema beside it."""
    source, found = read(path)
    beside = "schema.rng" if (path.parent / "schema.rng").is_file() else "teipress"
    schema = "" if path.parent.name in BY_GRAMMAR else beside
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


def blocks(code: str, heading: str) -> list[str]:
    """What stands in the example "Wrong" or "Right" of a page of help."""
    text = (resource("help") / f"{code}.md").read_text("utf-8")
    return re.findall(rf"^{heading}:\n\n((?:    .*\n)+)", text, re.MULTILINE)


@pytest.mark.parametrize("code", FOLDERS)
def test_what_help_calls_wrong_and_right_is_so(code: str) -> None:
    """Its examples are parts of bad.xml and good.xml, and of neither other."""
    bad, good = ("".join((EXAMPLES / code / n).read_text("utf-8").split()) for n in ("bad.xml", "good.xml"))
    wrong, right = (["".join(b.split()) for b in blocks(code, heading)] for heading in ("Wrong", "Right"))
    assert wrong + right
    assert [w for w in wrong if w not in bad or w in good] == []
    assert [r for r in right if r not in good or r in bad] == []


def test_a_name_that_points_to_nobody_is_told_with_whom_it_may_mean() -> None:
    (found,) = findings(EXAMPLES / "R001" / "bad.xml")
    assert str(found) == (
        f'{EXAMPLES / "R001" / "bad.xml"}:{found.line}: error R001 persName/@ref "#nakasone" points to nothing '
        '(did you mean "#nakasone-yasuhiro"?)'
    )
