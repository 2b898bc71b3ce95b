"""The record of a deposit, and what two of them say of what changed between."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from teipress.deposit.holding import Holding, Role
from teipress.deposit.record import RECORD, Change, Record, changes, compared, find, load, serialise, state
from teipress.errors import UsageError

TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>{title}</title></teiHeader>'
    "<text><p {attributes}>{text}</p></text></TEI>"
)


def of(slug: str = "one", title: str = "One", text: str = "Fog.", attributes: str = 'n="1" rend="x"', **more: str):
    root = etree.fromstring(TEI.format(title=more.get("stated", title), text=text, attributes=attributes))
    return state(slug, title, root)


def record(*documents, files: dict[str, str] | None = None) -> Record:
    return Record("letters", "public", "2001-02-03T00:00:00+00:00", "teipress 1.2", documents, files or {})


def test_what_changed_is_told_document_by_document() -> None:
    old = record(of(), of("two", "Two"), of("three", "Three"), of("four", "Four"), of("gone", "Gone"))
    new = record(
        of(),
        of("two", "Two", text="Rain."),
        of("three", "Three", stated="Tree"),
        of("four", "Four", text="Hail.", stated="For"),
        of("new", "New"),
    )
    assert changes(old, new) == (
        Change("two", "Two", "text"),
        Change("three", "Three", "header"),
        Change("four", "Four", "header and text"),
        Change("new", "New", "new"),
        Change("gone", "Gone", "gone"),
    )


def test_a_document_that_only_has_another_identifier_is_neither_new_nor_gone() -> None:
    old, new = record(of(), of("two", "Two"), of("three", "Two")), record(of(), of("deux", "Two"), of("drei", text="X"))
    assert changes(old, new) == (
        Change("deux", "Two", "renamed"),
        Change("drei", "One", "new"),
        Change("two", "Two", "gone"),
    )


def test_files_that_changed_are_told_after_the_documents() -> None:
    old, new = record(files={"a": "1", "b": "1", "c": "1"}), record(files={"a": "1", "b": "2", "d": "1"})
    assert changes(old, new) == (Change("", "b", "changed"), Change("", "c", "gone"), Change("", "d", "new"))


@pytest.mark.parametrize(
    "same",
    [
        of(attributes='rend="x"  n="1"'),
        of(text="Fog.<!-- of a kind -->"),
        of(attributes='n="&#49;" rend="x"'),
    ],
    ids=["the order of attributes", "a comment", "a reference to a character"],
)
def test_what_says_the_same_has_not_changed(same) -> None:
    assert same == of()


def test_lines_that_are_broken_elsewhere_have_not_changed_and_words_have() -> None:
    assert of(text="Fog and\n      rain.") == of(text="Fog and rain.")
    assert of(text="Fogand rain.") != of(text="Fog and rain.")


def held(path: str, role: Role) -> Holding:
    return Holding(PurePosixPath(path), role, "text/plain", Path("x"), 3, "sum-of-" + path, "longer-sum", "one")


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    holdings = [held("tei/published/one.xml", Role.PUBLISHED), held("README.txt", Role.README)]
    written = replace(
        record(of(), files=compared(holdings)), since="2000-01-01", changes=(Change("one", "One", "text"),)
    )
    (tmp_path / RECORD).write_bytes(serialise(written, holdings))
    assert load(tmp_path / RECORD) == written
    assert written.files == {"tei/published/one.xml": "sum-of-tei/published/one.xml"}
    listed = json.loads((tmp_path / RECORD).read_bytes())["files"]
    assert [f["path"] for f in listed] == ["README.txt", "tei/published/one.xml"]
    assert listed[1]["document"] == "one"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"version": 1}', b"[" * 9999, b'{"version": 1, "files": [3]}', b"\xff"]
)
def test_what_is_no_record_is_one_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / RECORD).write_bytes(content)
    with pytest.raises(UsageError, match="is no record of a deposit"):
        load(tmp_path / RECORD)


@pytest.mark.parametrize(
    "part",
    [
        {"changes": [{"document": "", "title": "x", "what": "exploded"}]},
        {"changes": [{"document": "", "title": "x", "what": []}]},
        {"documents": [{"id": "x"}]},
        {"files": [{"path": "x", "sha256": "y", "role": "z"}]},
        {"files": {"a": 1}},
        {"moment": "\x1b[2J"},
        {"since": "yesterday"},
        {"since": []},
    ],
)
def test_a_record_that_says_what_none_can_is_none(part: dict[str, object], tmp_path: Path) -> None:
    said = {"version": 1, "name": "x", "audience": "public", "moment": "2001-02-03", "generator": "", "since": ""}
    said |= {"documents": [], "files": [], "changes": [], **part}
    (tmp_path / RECORD).write_text(json.dumps(said), "utf-8")
    with pytest.raises(UsageError, match="is no record of a deposit"):
        load(tmp_path / RECORD)


def test_a_record_of_a_later_teipress_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / RECORD).write_bytes(b'{"version": 2}')
    with pytest.raises(UsageError, match="newer teipress"):
        load(tmp_path / RECORD)


def test_the_record_is_found_in_any_package_and_of_versions_in_the_last(tmp_path: Path) -> None:
    for place in ("ocfl/abc/v2/content", "ocfl/abc/v10/content", "ocfl/abc/v9/content"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / RECORD).touch()
    assert find(tmp_path) == tmp_path / "ocfl/abc/v10/content" / RECORD
    (tmp_path / RECORD).touch()
    assert find(tmp_path) == tmp_path / RECORD
    with pytest.raises(UsageError, match="holds no deposit"):
        find(tmp_path / "nowhere")
