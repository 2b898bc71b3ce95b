"""Schemas: faults in them have a place, what they refer to must lie beside them, and the cache is not believed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from teipress.validate.relaxng.schema import load_schema
from teipress.validate.relaxng.syntax import SchemaError
from validate.relaxng.conftest import Load

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'

BROKEN = {
    "an unknown element": ('<element name="a">\n<elements/></element>', 2, "<elements> cannot stand in <element>"),
    "an unknown attribute": ('<element name="a" nam="b"><empty/></element>', 1, "no attribute nam"),
    "no name": ("<element><empty/></element>", 1, "needs a name"),
    "a reference to nothing": ('<grammar><start>\n<ref name="x"/></start></grammar>', 2, '"x" is not defined'),
    "a definition of itself": ('<grammar><start><ref name="x"/></start>\n<define name="x"><ref name="x"/></define>'
                               "</grammar>", 2, "defined by itself"),
    "two definitions": ('<grammar><start><ref name="x"/></start><define name="x"><empty/></define>\n<define name="x">'
                        "<empty/></define></grammar>", 2, "twice without combine"),
    "an unknown type": ('<element name="a">\n<data type="number"/></element>', 2, 'no type "number"'),
    "no start": ("<grammar></grammar>", 1, "no <start>"),
    "an attribute twice": ('<element name="a"><attribute name="b"/>\n<attribute name="b"/></element>', 2, "b is there"),
    "data beside elements": ('<element name="a"><data type="token"/><element name="b"><empty/></element></element>', 1,
                             "beside elements"),
    "text twice": ('<element name="a"><interleave><text/><text/></interleave></element>', 1, "both halves"),
    "a prefix of nothing": ('<element name="no:a"><empty/></element>', 1, 'prefix "no" is not declared'),
    "not well-formed": ("<element", 1, "not well-formed"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_in_a_schema_is_told_with_its_line(load: Load, fault: str) -> None:
    text, line, said = BROKEN[fault]
    with pytest.raises(SchemaError) as caught:
        load(text)
    assert said in caught.value.message
    assert (Path(caught.value.file).name, caught.value.line) == ("schema.rng", line)


@pytest.mark.parametrize("href", ["../outside.rng", "http://example.org/x.rng", "missing.rng", "schema.rng"])
def test_what_a_schema_refers_to_must_lie_beside_it(load: Load, tmp_path: Path, href: str) -> None:
    (tmp_path.parent / "outside.rng").write_text(f'<element {RNG} name="a"><empty/></element>')
    with pytest.raises(SchemaError):
        load(f'<grammar><start><externalRef href="{href}"/></start></grammar>')


def test_entities_and_the_network_stay_closed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    path = tmp_path / "schema.rng"
    path.write_text(
        '<!DOCTYPE element [<!ENTITY x SYSTEM "secret.txt"><!ENTITY y "b">]>\n'
        f'<element {RNG} name="a"><value>&x;&y;</value></element>'
    )
    try:
        value = next(iter(load_schema(path).root.itertext()))
    except SchemaError:
        return
    assert "secret" not in value


def test_a_sound_schema_is_remembered_and_a_changed_one_is_not(load: Load, tmp_path: Path) -> None:
    load('<element name="a"><data type="token" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">'
         '<param name="pattern">[a-c]+</param></data></element>')  # fmt: skip
    (note,) = (tmp_path / "cache").rglob("*.json")
    assert "[a-c]+" in json.loads(note.read_text("utf-8"))["expressions"]
    with pytest.raises(SchemaError):
        load('<element name="a"><attribute name="b"/><attribute name="b"/></element>')


@pytest.mark.parametrize(
    "written", ["", "[]", "{}", '{"files": 1, "expressions": {}}', '{"files": {"x": "y"}}', "\x00"]
)
def test_a_cache_that_holds_nonsense_is_none(load: Load, tmp_path: Path, written: str) -> None:
    text = '<element name="a"><empty/></element>'
    load(text)
    (note,) = (tmp_path / "cache").rglob("*.json")
    note.write_text(written, "utf-8")
    load(text)
    assert json.loads(note.read_text("utf-8"))["files"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_that_cannot_be_written_is_done_without(load: Load, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(mode=0o500)
    load('<element name="a"><empty/></element>')


def test_a_schema_in_several_files(tmp_path: Path, load: Load) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "base.rng").write_text(
        f'<grammar {RNG}><start><ref name="a"/></start><define name="a"><element name="a"><ref name="b"/></element>'
        '</define><define name="b"><notAllowed/></define></grammar>'
    )
    schema = load('<grammar><include href="parts/base.rng"><define name="b"><text/></define></include></grammar>')
    assert [p.names.tag for p in schema.known("a")] == ["a"]  # type: ignore[union-attr]
    assert len(json.loads(next((tmp_path / "cache").rglob("*.json")).read_text("utf-8"))["files"]) == 2
