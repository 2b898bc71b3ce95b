"""What the engine's tests share: schemas and documents as strings, and the checks that other engines make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from teipress.tei import Element
from teipress.validate.relaxng.schema import Schema, load_schema
from teipress.validate.relaxng.validator import Fault, Validator

Faults = Callable[[Schema, str], list[Fault]]
Load = Callable[[str], Schema]


@pytest.fixture(autouse=True)
def no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads what another one left in the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A function: the text of a schema (whose default namespace is RELAX NG) → the schema."""

    def load_text(text: str) -> Schema:
        path = tmp_path / "schema.rng"
        path.write_text(text.replace(">", ' xmlns="http://relaxng.org/ns/structure/1.0">', 1), "utf-8")
        return load_schema(path)

    return load_text


def faults_of(schema: Schema, root: Element) -> list[Fault]:
    """The faults of a tree, with no guess at what a misspelt name was meant to be."""
    return Validator(schema.start, schema.known, lambda name, names: "").validate(root)


@pytest.fixture
def faults() -> Faults:
    """A function: a schema and the text of a document → its faults."""
    return lambda schema, text: faults_of(schema, etree.fromstring(text))
