"""Help on findings: a page for every code, and no dead ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from teipress.findings import CODES
from teipress.resources import resource

Run = Callable[..., Result]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(run: Run, code: str) -> None:
    result = run("explain", code)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{code}  {CODES[code].severity}: {CODES[code].title}\n\n")
    assert len(result.stdout.split()) > 20
    assert max(map(len, result.stdout.splitlines())) <= 120


def test_no_page_is_about_a_code_of_another_kind() -> None:
    names = [p.name for p in resource("help").iterdir()]
    assert [n for n in names if len(n) != len("R001.md") or not n.endswith(".md")] == []


def test_without_a_code_all_are_listed(run: Run) -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(CODES)


def test_small_letters_will_do(run: Run) -> None:
    assert run("explain", "r001").stdout == run("explain", "R001").stdout


def test_a_finding_of_validation_can_be_ruled_on(run: Run) -> None:
    assert 'code = "R001"' in run("explain", "R001").stdout


@pytest.mark.parametrize("code", ["F001", "M001", "K001", "B010"])
def test_one_of_a_build_a_deposit_or_its_check_cannot(run: Run, code: str) -> None:
    assert "validate.ignore" not in run("explain", code).stdout


@pytest.mark.parametrize(("code", "said"), [("R0001", 'did you mean "R001"?'), ("x", "alone lists all codes")])
def test_an_unknown_code_has_status_2_and_a_hint(run: Run, code: str, said: str) -> None:
    result = run("explain", code)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
