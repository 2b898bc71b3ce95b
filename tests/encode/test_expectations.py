"""The expectations themselves: their XPath compiles, their lines exist, and every case has some."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import etree

from teipress.tei import NAMESPACES

FOLDER = Path(__file__).parent / "transcriptions"
NAMES = [path.stem for path in sorted(FOLDER.glob("*.md"))]
KEYS = {"expect", "findings", "unsuspected", "silent"}


def test_every_file_belongs_to_a_case() -> None:
    known = {f"{name}{suffix}" for name in NAMES for suffix in (".md", ".toml", ".expect.toml")} | {"register.xml"}
    assert {path.name for path in FOLDER.iterdir()} <= known


def test_the_register_is_valid(grammar: etree.RelaxNG) -> None:
    assert grammar.validate(etree.parse(FOLDER / "register.xml")), grammar.error_log


@pytest.mark.parametrize("name", NAMES)
def test_expectations_can_be_asked(name: str) -> None:
    expected = tomllib.loads((FOLDER / f"{name}.expect.toml").read_text("utf-8"))
    assert set(expected) <= KEYS
    assert expected["expect"]
    for xpath in expected["expect"]:
        etree.XPath(xpath, namespaces=NAMESPACES)
    lines = (FOLDER / f"{name}.md").read_text("utf-8").count("\n")
    for kind in ("findings", "unsuspected"):
        for numbers in expected.get(kind, {}).values():
            assert all(1 <= number <= lines for number in numbers)
