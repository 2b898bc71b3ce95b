"""The file of an encoding: never over anything that somebody has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from teipress import tei
from teipress.encode.output import save, serialise
from teipress.errors import UsageError


def content(words: str) -> bytes:
    body = tei.make("body", {}, [tei.make("p", {}, [words, tei.make("pb"), "x"])])
    return serialise(tei.make("TEI", {"xml:id": "t"}, [tei.make("text", {}, [body])]))


def test_blocks_stand_on_lines_of_their_own_and_text_is_not_touched() -> None:
    assert b"\n    <body>\n      <p>one two<pb/>x</p>\n    </body>\n" in content("one two")


def test_a_new_file_is_written(tmp_path: Path) -> None:
    saved = save(tmp_path / "sub" / "a.xml", content("one"))
    assert saved.path.read_bytes() == content("one")
    assert [p.name for p in saved.path.parent.iterdir()] == ["a.xml"]


def test_an_encoding_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    save(path, content("one"))
    with pytest.raises(UsageError, match=r"a.xml: the file is there already; --force"):
        save(path, content("two"))
    assert path.read_bytes() == content("one")
    save(path, content("two"), force=True)
    assert path.read_bytes() == content("two")


def test_the_same_encoding_again_is_no_error(tmp_path: Path) -> None:
    save(tmp_path / "a.xml", content("one"))
    assert save(tmp_path / "a.xml", content("one")).unchanged


@pytest.mark.parametrize("force", [True, False])
def test_what_an_editor_changed_is_kept_and_the_new_encoding_stands_beside_it(tmp_path: Path, force: bool) -> None:
    path = tmp_path / "a.xml"
    edited = content("one").replace(b"one", b"once")
    path.write_bytes(edited)
    saved = save(path, content("two"), force)
    assert path.read_bytes() == edited
    assert saved.kept == path
    assert saved.path.read_bytes() == content("two")
    diff = saved.diff.read_text("utf-8") if saved.diff else ""
    assert "-      <p>once<pb/>x</p>" in diff
    assert "+      <p>two<pb/>x</p>" in diff


def test_a_second_edited_file_is_not_overwritten_either(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<TEI/>")
    save(path, content("two"))
    (tmp_path / "a.new.xml").write_bytes(b"<TEI>mine</TEI>")
    with pytest.raises(UsageError, match=r"a.new.xml: this file was changed, too"):
        save(path, content("three"))


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be written"):
        save(tmp_path / "file" / "a.xml", content("one"))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(UsageError, match="no file"):
            save(path, b"<TEI/>")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "a.xml"
    link.symlink_to(tmp_path / "b.xml")
    save(link, b"<TEI/>")
    assert link.is_symlink()
    assert (tmp_path / "b.xml").read_bytes() == b"<TEI/>"
