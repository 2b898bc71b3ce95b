"""The specification's own test suite (TEIPRESS_RELAXNG): every schema and every document has the right verdict."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from teipress.tei import Element
from teipress.validate.relaxng.schema import Schema, load_schema
from teipress.validate.relaxng.syntax import SchemaError
from validate.relaxng.conftest import faults_of


def cases() -> list[Any]:
    """The cases of the suite, named after their section and their place in it."""
    folder = os.environ.get("TEIPRESS_RELAXNG")
    if not folder:
        return [pytest.param(None, marks=pytest.mark.skip("TEIPRESS_RELAXNG is not set"), id="none")]
    suite = etree.parse(Path(folder) / "spectest.xml")
    return [pytest.param(c, id=f"{c.findtext('section')}-{n}") for n, c in enumerate(suite.iter("testCase"), 1)]


def content(element: Element) -> Element:
    """The element that stands in a part of a case, in a document of its own."""
    return etree.fromstring(etree.tostring(next(c for c in element if isinstance(c.tag, str)), encoding="utf-8",
                                           with_tail=False))  # fmt: skip


def files(element: Element, folder: str = "") -> Iterator[tuple[str, Element]]:
    """The files that a case has beside its schema."""
    for child in element:
        if child.tag == "resource":
            yield folder + child.get("name", ""), content(child)
        elif child.tag == "dir":
            yield from files(child, f"{folder}{child.get('name')}/")


def schema_of(case: Element, folder: Path) -> tuple[Schema | None, bool]:
    """The schema of a case, None if it is refused, and whether it should be taken."""
    part = next(c for c in case if c.tag in ("correct", "incorrect"))
    for name, root in [*files(case), ("schema.rng", content(part))]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(etree.tostring(root, encoding="utf-8"))
    try:
        return load_schema(folder / "schema.rng"), part.tag == "correct"
    except SchemaError:
        return None, part.tag == "correct"


@pytest.mark.parametrize("case", cases())
def test_a_case_of_the_specification(case: Element, tmp_path: Path) -> None:
    schema, correct = schema_of(case, tmp_path)
    assert (schema is not None) == correct
    for document in case.iterchildren("valid", "invalid"):
        assert schema is not None
        assert (faults_of(schema, content(document)) == []) == (document.tag == "valid"), etree.tostring(document)
