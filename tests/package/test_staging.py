"""Staging: the last good output stays until the new one is whole."""

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from teipress.edition import TextFile
from teipress.errors import UsageError
from teipress.package.staging import LOCK, check, clear, copy, shelf, staging, write


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def out(tmp_path):
    """An output folder with an older build in it."""
    folder = tmp_path / "out"
    (folder / "html").mkdir(parents=True)
    (folder / "html/index.html").write_text("old")
    (folder / "html/gone.html").write_text("old")
    (folder / "manifest.json").write_text("{}")
    return folder


def test_the_new_output_takes_the_place_of_the_old_as_a_whole(out):
    with staging(out) as stage:
        (stage / "html").mkdir()
        (stage / "html/index.html").write_text("new")
    assert tree(out) == {"html/index.html": b"new"}


def test_until_it_is_whole_the_old_one_stays_readable(out):
    with staging(out) as stage:
        (stage / "manifest.json").write_text("{}")
        assert (out / "html/index.html").read_text() == "old"
        assert stage.parent.parent == out.parent, "renaming works within one file system"


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, OSError])
def test_a_build_that_fails_leaves_the_old_output_and_nothing_beside_it(out, failure):
    before = tree(out)
    with pytest.raises((failure, UsageError)), staging(out) as stage:
        (stage / "manifest.json").write_text("{}")
        raise failure
    assert tree(out) == before
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_nothing_of_the_swap_is_left_behind(out):
    with staging(out):
        pass
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_a_folder_that_does_not_exist_is_made_with_its_parents(tmp_path):
    with staging(tmp_path / "a/b/out") as stage:
        (stage / "report.json").write_text("{}")
    assert tree(tmp_path / "a/b/out") == {"report.json": b"{}"}


def test_folders_that_only_have_the_names_of_a_build_are_not_taken_for_one(out):
    """Somebody's own ``html`` folder: without a manifest nothing says that a build made it."""
    (out / "manifest.json").unlink()
    before = tree(out)
    with pytest.raises(UsageError, match="html"), staging(out):
        pass
    assert tree(out) == before


@pytest.mark.parametrize("name", ["thesis.docx", "HTML", "html.bak", "src"])
def test_a_folder_that_holds_something_else_is_refused_and_untouched(out, name):
    (out / name).write_text("mine")
    before = tree(out)
    with pytest.raises(UsageError, match=name), staging(out):
        pass
    assert tree(out) == before


def test_files_with_a_dot_stay_where_they_are(out):
    (out / ".gitignore").write_text("*")
    (out / ".git").mkdir()
    (out / ".git/HEAD").write_text("ref")
    with staging(out) as stage:
        (stage / "report.json").write_text("{}")
    assert tree(out) == {".gitignore": b"*", ".git/HEAD": b"ref", "report.json": b"{}"}


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="file"):
        check(tmp_path / "out")


def test_a_place_that_cannot_be_written_to_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError) as caught, staging(tmp_path / "file/out"):
        pass
    assert "\n" not in str(caught.value)
    assert "-o" in str(caught.value)


def test_output_through_a_symbolic_link_goes_where_it_leads(out, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(out)
    with staging(link) as stage:
        (stage / "report.json").write_text("{}")
    assert link.is_symlink()
    assert tree(out) == {"report.json": b"{}"}


def test_the_working_folder_may_be_the_output(out, monkeypatch):
    monkeypatch.chdir(out.parent)
    with staging(out.relative_to(out.parent)) as stage:
        (stage / "report.json").write_text("{}")
    assert tree(out) == {"report.json": b"{}"}


def test_text_files_are_written_as_they_are(tmp_path):
    write(tmp_path, [TextFile(p, "Ōhira\nЯ\r\n") for p in [tmp_path.relative_to(tmp_path) / "a/b.html"]])
    assert (tmp_path / "a/b.html").read_bytes() == "Ōhira\nЯ\r\n".encode()


def test_images_are_copied_to_the_same_paths(tmp_path):
    source, target = tmp_path / "in", tmp_path / "out"
    (source / "img").mkdir(parents=True)
    (source / "img/a.png").write_bytes(b"x")
    (source / "secret.txt").write_bytes(b"x")
    copy(source, ((source / "img/a.png").relative_to(source),), target)
    assert tree(target) == {"img/a.png": b"x"}


@pytest.fixture
def stage(tmp_path):
    folder = tmp_path / ".out.a1b2.building/new"
    folder.mkdir(parents=True)
    return folder


def test_parts_are_kept_beside_the_output(stage):
    for there in (False, True):
        with shelf(stage, kept=True) as folder:
            assert folder == stage.parent.with_name(".out.parts")
            assert (folder / "part").exists() is there
            (folder / "part").write_text("x")


def test_two_builds_at_once_have_a_shelf_each(stage):
    other = stage.parent.with_name(".out.c3d4.building") / "new"
    other.mkdir(parents=True)
    with shelf(stage, kept=True) as one, shelf(other, kept=True) as two:
        assert (one, two) == (stage.parent.with_name(".out.parts"), other.with_name("parts"))
    assert [p.name for p in other.parent.iterdir()] == ["new"]


def test_where_nothing_is_kept_what_was_kept_goes(stage):
    with shelf(stage, kept=True) as kept:
        (kept / "part").write_text("what an edition withholds since then")
    with shelf(stage, kept=False) as folder:
        assert folder.parent == stage.parent
        assert not kept.exists()
    assert [p.name for p in stage.parent.iterdir()] == ["new"]


def test_parts_in_hand_are_left_alone(stage):
    other = stage.parent.with_name(".out.c3d4.building") / "new"
    other.mkdir(parents=True)
    with shelf(stage, kept=True) as kept, shelf(other, kept=False):
        assert kept.is_dir()


@pytest.mark.parametrize("broken", ["file", "lock", "link"])
def test_a_shelf_that_cannot_be_used_is_none(stage, broken):
    beside = stage.parent.with_name(".out.parts")
    if broken == "file":
        beside.write_text("x")
    elif broken == "lock":
        (beside / LOCK).mkdir(parents=True)
    else:
        beside.symlink_to(stage / "nowhere")
    with shelf(stage, kept=True) as folder:
        assert folder == stage.with_name("parts")
        assert folder.is_dir()


# Killed: a process of its own begins it again and again, and ends each time one step later


STEPS = '''\
import os, signal, sys
from pathlib import Path
from teipress.package import staging

out, swaps = Path(sys.argv[1]), sys.argv[2] == "swaps"
DISK = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "ctypes.call_function", "fcntl.flock")
if not swaps:
    staging.exchange = lambda one, other: False


def killed(last):
    """Whether a process that makes an output is killed before it has done so many things to the disk."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    left, real = [last], os.kill

    def watch(event, arguments):
        if event in DISK or event.startswith("ctypes"):
            left[0] -= 1
            if left[0] < 0:
                real(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    with staging.staging(out) as stage:
        (stage / "html").mkdir()
        (stage / "html/index.html").write_text("new")
        (stage / "manifest.json").write_text("{}")
    os._exit(0)


def tree():
    return sorted((p.relative_to(out).as_posix(), p.read_text()) for p in out.rglob("*") if p.is_file())


OLD = [(".gitignore", "*"), ("html/index.html", "old"), ("manifest.json", "{}")]
NEW = [(".gitignore", "*"), ("html/index.html", "new"), ("manifest.json", "{}")]
step, seen, gone = 0, set(), 0
while True:
    (out / "html").mkdir(parents=True, exist_ok=True)
    for name, text in OLD:
        (out / name).write_text(text)
    going_on = killed(step)
    gone += not out.exists()
    staging.clear(out)
    assert tree() in (OLD, NEW), (step, tree())
    assert sorted(p.name for p in out.parent.iterdir()) == ["out"], step
    seen.add(tree() == NEW)
    step += 1
    if not going_on:
        break
assert seen == {True, False}, seen
print(step, gone)
'''


@pytest.mark.parametrize("system", ["swaps", "renames"])
def test_killed_before_any_of_its_steps_it_leaves_the_old_or_the_new(tmp_path, system):
    """Where folders cannot change places, there is a moment without an output; clearing away what is left ends it."""
    command = [sys.executable, "-c", STEPS, str(tmp_path / "place/out"), system]
    (tmp_path / "place").mkdir()
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    steps, gone = map(int, done.stdout.split())
    assert steps > 25
    assert gone == 0 or system == "renames", "there was a moment without an output"
    assert gone > 0 or system == "swaps"


def test_what_a_living_build_makes_is_left_alone(tmp_path):
    out = tmp_path / "out"
    with staging(out) as stage:
        (stage / "manifest.json").write_text("{}")
        clear(out)
        with staging(out) as other:
            assert stage.is_dir()
            (other / "manifest.json").write_text("{ }")
        assert tree(out) == {"manifest.json": b"{ }"}
    assert tree(out) == {"manifest.json": b"{}"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "name", ["out.b.a1b2c3d4.building", "outer.a1b2c3d4.building", "out.a1b2c3d4.built", "out.parts"]
)
def test_what_builds_into_other_folders_leave_is_theirs(tmp_path, name):
    (tmp_path / f".{name}").mkdir()
    clear(tmp_path / "out")
    assert (tmp_path / f".{name}").is_dir()


@pytest.mark.parametrize("swaps", [True, False])
def test_another_build_that_is_faster_gives_way(out, monkeypatch, swaps):
    """Whoever ends last stays, and neither of them fails."""
    if not swaps:
        monkeypatch.setattr("teipress.package.staging.exchange", lambda one, other: False)
    with staging(out) as one:
        (one / "manifest.json").write_text("one")
        with staging(out) as other:
            (other / "manifest.json").write_text("other")
        assert tree(out) == {"manifest.json": b"other"}
    assert tree(out) == {"manifest.json": b"one"}


def test_an_output_that_another_build_has_just_put_there_is_replaced(out, monkeypatch):
    """Two builds that can only rename meet between the two steps of one of them."""
    rename, met = Path.rename, []

    def meanwhile(self, target):
        if self.name == "new" and not met:
            met.append(target)
            (target / "epub").mkdir(parents=True)
            (target / "manifest.json").write_text("faster")
        return rename(self, target)

    monkeypatch.setattr("teipress.package.staging.exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", meanwhile)
    with staging(out) as stage:
        (stage / "manifest.json").write_text("slower")
    assert met
    assert tree(out) == {"manifest.json": b"slower"}
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_temporary_files_lie_beside_the_output_and_go_with_the_build(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    monkeypatch.setattr("tempfile.tempdir", None)
    with staging(tmp_path / "out"):
        handle, name = tempfile.mkstemp()
        os.close(handle)
        assert tmp_path in Path(name).parents
        said = subprocess.run(["sh", "-c", "echo $TMPDIR"], capture_output=True, text=True).stdout
        assert Path(said.strip()) == Path(name).parent
    assert os.environ["TMPDIR"] == str(tmp_path / "nowhere")
    assert tempfile.tempdir is None
    assert not Path(name).exists()


def test_other_kinds_of_folders_say_what_is_theirs(tmp_path):
    out = tmp_path / "bag"
    (out / "data").mkdir(parents=True)
    (out / "bagit.txt").write_text("old")

    def bag(folder):
        return {"data", "bagit.txt"} if (folder / "bagit.txt").is_file() else ()

    with pytest.raises(UsageError, match=r"bagit\.txt"), staging(out):
        pass
    with staging(out, bag) as stage:
        (stage / "bagit.txt").write_text("new")
    assert tree(out) == {"bagit.txt": b"new"}
    (out / "mine").touch()
    with pytest.raises(UsageError, match="mine"), staging(out, bag):
        pass


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_no_space_is_told_as_such_and_what_was_kept_does_not_keep_the_disk_full(out, number):
    with (
        pytest.raises(UsageError, match="no space left on the disk; free some or name another folder with -o"),
        staging(out) as stage,
        shelf(stage, kept=True) as parts,
    ):
        (parts / "part").write_text("x" * 1000)
        raise OSError(number, os.strerror(number))
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_a_file_of_the_sources_that_cannot_be_read_is_not_blamed_on_the_output(out):
    with pytest.raises(UsageError) as caught, staging(out) as stage:
        copy(out.parent, ((out.parent / "lost.png").relative_to(out.parent),), stage)
    assert str(caught.value) == f"{out.parent / 'lost.png'}: No such file or directory"


def test_what_cannot_be_brought_to_the_disk_is_no_output(out, monkeypatch):
    def fail(folder):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(folder))

    monkeypatch.setattr("teipress.package.staging.flush", fail)
    before = tree(out)
    with pytest.raises(UsageError, match="cannot be written: Input/output error"), staging(out):
        pass
    assert tree(out) == before


def test_a_link_that_somebody_has_put_there_is_not_followed(tmp_path):
    (tmp_path / "theirs/old").mkdir(parents=True)
    (tmp_path / ".out.a1b2c3d4.building").symlink_to(tmp_path / "theirs")
    (tmp_path / "theirs").chmod(0o755)
    clear(tmp_path / "out")
    assert (tmp_path / "theirs/old").is_dir()
    assert not (tmp_path / "out").exists()


def test_what_another_user_has_put_there_is_left_alone(tmp_path, monkeypatch):
    left = tmp_path / ".out.a1b2c3d4.building"
    left.mkdir()
    monkeypatch.setattr("os.geteuid", lambda: 4711)
    clear(tmp_path / "out")
    assert left.is_dir()


def test_where_not_even_a_lock_can_be_made_nothing_is_left(tmp_path, monkeypatch):
    def full(self, *options, **more):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(UsageError, match="no space left"), staging(tmp_path / "out"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_itself_is_told(tmp_path):
    (tmp_path / "out").symlink_to(tmp_path / "out")
    with pytest.raises(UsageError) as caught, staging(tmp_path / "out"):
        pass
    assert "\n" not in str(caught.value)
