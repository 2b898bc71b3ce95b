"""Staging: the last good output stays until the new one is whole."""

import pytest

from teipress.edition import TextFile
from teipress.errors import UsageError
from teipress.package.staging import LOCK, check, copy, shelf, staging, write


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
