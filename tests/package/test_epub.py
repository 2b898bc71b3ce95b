"""The container: media type first and plain, the same bytes every time."""

import os
import zipfile
from datetime import UTC, datetime

import pytest

from teipress.package.epub import pack

MOMENT = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    unpacked = tmp_path / "unpacked"
    for name, text in {"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>", "EPUB/b.xhtml": "b" * 999,
                       "EPUB/a.xhtml": "a" * 999, "AAA.txt": "first by name"}.items():  # fmt: skip
        path = unpacked / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return unpacked


def test_the_media_type_comes_first_and_is_not_compressed(folder, tmp_path):
    pack(folder, tmp_path / "x.epub", MOMENT)
    data = (tmp_path / "x.epub").read_bytes()
    assert data[30:58] == b"mimetypeapplication/epub+zip", "a reader finds it at a fixed place (OCF 4.3)"


def test_every_file_is_packed_once(folder, tmp_path):
    pack(folder, tmp_path / "x.epub", MOMENT)
    with zipfile.ZipFile(tmp_path / "x.epub") as archive:
        packed = {n: archive.read(n) for n in archive.namelist()}
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(packed)
    assert packed == {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_files_give_the_same_bytes_whenever_and_however_they_were_made(folder, tmp_path):
    pack(folder, tmp_path / "one.epub", MOMENT)
    for number, path in enumerate(sorted(folder.rglob("*"))):
        os.utime(path, (number * 1000, number * 1000))
        path.chmod(0o700)
    pack(folder, tmp_path / "two.epub", MOMENT)
    assert (tmp_path / "one.epub").read_bytes() == (tmp_path / "two.epub").read_bytes()


def test_the_date_is_the_one_that_is_given(folder, tmp_path):
    pack(folder, tmp_path / "x.epub", MOMENT)
    with zipfile.ZipFile(tmp_path / "x.epub") as archive:
        assert {i.date_time for i in archive.infolist()} == {(2001, 2, 3, 4, 5, 6)}


@pytest.mark.parametrize("year", [1970, 1979])
def test_a_date_before_zip_files_could_name_one_does_no_harm(folder, tmp_path, year):
    pack(folder, tmp_path / "x.epub", MOMENT.replace(year=year))
    with zipfile.ZipFile(tmp_path / "x.epub") as archive:
        assert archive.testzip() is None
