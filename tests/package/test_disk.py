"""What disks and file systems can do, and what is told where they cannot."""

import ctypes
import errno
from types import SimpleNamespace

import pytest

from teipress.package import disk
from teipress.package.disk import exchange, flush, locked


@pytest.fixture
def folders(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    return tmp_path / "one", tmp_path / "other"


def names(folder):
    return [p.name for p in folder.iterdir()]


def test_two_folders_change_places(folders):
    one, other = folders
    if not exchange(one, other):
        pytest.skip("this file system lets no folders change places")
    assert (names(one), names(other)) == (["other"], ["one"])


def test_a_folder_alone_stays_where_it_is(folders, tmp_path):
    assert not exchange(folders[0], tmp_path / "nowhere")
    assert not exchange(tmp_path / "nowhere", folders[0])
    assert names(folders[0]) == ["one"]


def test_where_folders_cannot_change_places_nothing_happens(folders, monkeypatch):
    monkeypatch.setattr(disk, "_library", SimpleNamespace)
    assert not exchange(*folders)
    assert names(folders[0]) == ["one"]


def test_what_is_written_is_brought_to_the_disk(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    flush(tmp_path)
    monkeypatch.setattr(disk, "_library", SimpleNamespace)  # without syncfs
    flush(tmp_path)


def test_what_cannot_be_brought_to_the_disk_is_told(tmp_path, monkeypatch):
    def fail(place):
        ctypes.set_errno(errno.ENOSPC)
        return -1

    monkeypatch.setattr(disk, "_library", lambda: SimpleNamespace(syncfs=fail))
    with pytest.raises(OSError, match="No space left") as caught:
        flush(tmp_path)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(tmp_path))


def test_a_lock_is_for_one(tmp_path):
    with locked(tmp_path / "lock") as first, locked(tmp_path / "lock") as second:
        assert (first, second) == (True, False)
    with locked(tmp_path / "lock") as again:
        assert again


def test_a_lock_that_was_taken_away_meanwhile_is_none(tmp_path, monkeypatch):
    def take_away(file, operation):
        (tmp_path / "lock").unlink()

    monkeypatch.setattr("teipress.package.disk.fcntl.flock", take_away)
    with locked(tmp_path / "lock") as free:
        assert free is False


def test_a_file_system_without_locks_says_so(tmp_path, monkeypatch):
    def refuse(file, operation):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("teipress.package.disk.fcntl.flock", refuse)
    with locked(tmp_path / "lock") as free:
        assert free is None


def test_a_lock_in_a_folder_that_is_not_there_is_not_to_be_had(tmp_path):
    with locked(tmp_path / "nowhere/lock") as free:
        assert free is False
