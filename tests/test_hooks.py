"""What other repositories use of this one calls the program as it is: the action, the hooks, the README's examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teipress.cli import _COMMANDS
from teipress.cli.formats import FORMATS
from teipress.cli.validate import validate

CALL = re.compile(r'teipress"? (validate)((?: +--?[\w-]+(?: \w+)?)*)')


@pytest.mark.parametrize(
    "name",
    ["action.yml", ".pre-commit-hooks.yaml", ".pre-commit-config.yaml", ".github/workflows/ci.yml", "README.md"],
)
def test_every_option_that_is_used_exists(project: Path, name: str) -> None:
    known = {option for parameter in validate.params for option in parameter.opts}
    text = (project / name).read_text("utf-8")
    calls = CALL.findall(text)
    options = {o for _, arguments in calls for o in re.findall(r"--?[\w-]+", arguments)}
    assert {command for command, _ in calls} <= set(_COMMANDS)
    assert options - known - {"--"} == set()
    assert set(re.findall(r"validate --format (\w+)", text)) <= set(FORMATS)


def test_both_lists_of_hooks_call_the_same(project: Path) -> None:
    ours = (project / ".pre-commit-config.yaml").read_text("utf-8")
    for line in ("id: teipress-validate", "teipress validate --quiet", "require_serial: true"):
        assert line in ours
        assert line in (project / ".pre-commit-hooks.yaml").read_text("utf-8")


def test_our_own_workflow_uses_our_action_with_inputs_that_it_has(project: Path) -> None:
    workflow = (project / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    used = workflow.split("- uses: ./\n")[1]
    inputs = (project / "action.yml").read_text("utf-8").split("inputs:")[1].split("outputs:")[0]
    assert set(re.findall(r"^ {10}(\w+):", used, re.M)) <= set(re.findall(r"^ {2}(\w+):", inputs, re.M))


def test_no_input_of_the_action_is_pasted_into_a_script(project: Path) -> None:
    scripts = re.findall(r"run: \|\n((?: {8}.*\n)+)", (project / "action.yml").read_text("utf-8"))
    assert len(scripts) == 2
    assert [s for s in scripts if "${{" in s] == []


def test_the_readme_names_every_format(project: Path) -> None:
    text = (project / "README.md").read_text("utf-8")
    assert [f for f in FORMATS if f"| `{f}` |" not in text] == []
