"""Whatever happens to a build, the last good output is whole, nothing is left half-written, and the next build works.

Real builds, each a process, that are killed, run out of disk, may not write, or meet another. What is on the disk then
is judged by the manifest alone (`trees.damages`).
"""

import ctypes
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from trees import damages, differences, tree

KILLS = 50
PRINTED = 6  # of them, those of builds that print
SEED = 8
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
READING = ("html", "epub")
DEADLY = frozenset({signal.SIGTERM, signal.SIGINT})
SET_BOUNDING, OVERRIDE = 24, (1, 2)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


# Without fc-list no fonts are found: cutting them down takes longer than all the rest of a site.
QUICK = {**os.environ, "PATH": ""}


def command(edition, out, formats, jobs=2):
    options = [o for f in formats for o in ("-f", f)]
    return [sys.executable, "-m", "teipress", "build", str(edition), "-o", str(out), "-j", str(jobs), *options]


def heedful():
    """Let signals end a process, although whoever runs the tests may have them ignored, as nohup does."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def begun(edition, out, formats=READING, **how):
    """A build that runs, and has said that it reads: what comes before is the start of Python."""
    made, pipe = command(edition, out, formats), subprocess.PIPE
    how = {"preexec_fn": heedful, **how}
    process = subprocess.Popen(made, stdout=pipe, stderr=pipe, start_new_session=True, env=QUICK, **how)
    assert process.stderr is not None
    assert process.stderr.readline().startswith(b"Reading")
    return process


def finished(edition, out, formats=READING, env=QUICK, **how):
    return subprocess.run(command(edition, out, formats), capture_output=True, text=True, env=env, **how)


def beside(out):
    """What lies beside an output but what is kept for the next build."""
    return sorted(p.name for p in out.parent.iterdir() if p.name not in (out.name, f".{out.name}.parts"))


def living(group):
    """The processes of a group that are not dead; those that nobody has asked about are."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of, *_ = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(of) == group and state != "Z":
            found.append(int(stat.parent.name))
    return found


def soon(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.fixture
def place(tmp_path):
    """A folder in which nothing is but outputs."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def edition(write_tei):
    """A tiny edition of one document, for time is short: what it says changes with each build."""
    body = '<pb n="1"/><div><head>News</head><p>She writes.<note>In pencil.</note></p></div>'
    folder = write_tei(body, "tiny/first.xml", attributes='xml:id="first" xml:lang="en"').parent
    (folder / "edition.toml").write_text('name = "tiny"\nsource = "first.xml"\n', "utf-8")
    return folder


def revised(edition, number):
    """Another state of the edition, which shows in its output."""
    path = edition / "first.xml"
    path.write_text(re.sub(r"writes\d*\.", f"writes{number}.", path.read_text("utf-8")), "utf-8")


def state(out):
    """Which state of the edition an output shows, in whatever format."""
    pages = [p for p in (out / "html/first.html", out / "epub/tiny/EPUB/first.xhtml") if p.is_file()]
    (shown,) = {int(n or 0) for p in pages for n in re.findall(r"She writes(\d*)\.", p.read_text("utf-8"))}
    return shown


# Killed


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_a_whole_output(edition, place):
    """At 50 moments that chance has spread over the whole of a build, by three signals."""
    chance, out = random.Random(SEED), place / "out"
    taken = {formats: timed(edition, out, formats) for formats in (("html", "pdf"), ("html",), ("epub",))}
    assert damages(out) == []
    last, ends = 0, []
    for kill in range(1, KILLS + 1):
        formats = ("html", "pdf") if kill <= PRINTED else (("html",), ("epub",))[kill % 2]
        number = chance.choice(SIGNALS)
        revised(edition, kill)
        process = begun(edition, out, formats)
        time.sleep(chance.random() * taken[formats])
        os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
        _, said = process.communicate(timeout=30)
        ends.append(process.returncode)
        assert soon(lambda group=process.pid: not living(group)), f"kill {kill}: something goes on"
        assert damages(out) == [], f"kill {kill}"
        assert b"Traceback" not in said or number is signal.SIGKILL, said.decode()
        if process.returncode in (0, 128 + number) and number in DEADLY:
            assert beside(out) == [], f"kill {kill}"
        assert len(beside(out)) <= 1, "a build clears away what the one before has left"
        assert state(out) in (last, kill), f"kill {kill}: neither the last output nor the new one"
        assert state(out) == kill or process.returncode != 0
        last = state(out)
    assert {-signal.SIGKILL, 128 + signal.SIGTERM, 128 + signal.SIGINT} <= set(ends)
    done = finished(edition, out)
    assert done.returncode == 0, done.stderr
    assert (damages(out), beside(out), state(out)) == ([], [], KILLS)


def timed(edition, out, formats):
    """How many seconds a build takes from when it reads."""
    process = begun(edition, out, formats)
    start = time.monotonic()
    process.communicate()
    assert process.returncode == 0
    return time.monotonic() - start


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_a_build_with_one_line(edition, place, number, status):
    process = begun(edition, place / "out")
    assert soon(lambda: any(place.iterdir()))
    process.send_signal(number)
    out, said = process.communicate(timeout=30)
    assert (process.returncode, out) == (status, b"")
    assert said.splitlines()[-1] == b"teipress: stopped; nothing is left half-written"
    assert list(place.iterdir()) == []


def test_a_build_that_is_not_to_hear_of_the_end_of_a_terminal_does_not(edition, place):
    process = begun(edition, place / "out", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=30)
    assert process.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_processes_of_a_large_book_end_with_its_build(default_edition, place, number):
    process = begun(default_edition, place / "out", ("pdf",))
    assert soon(lambda: len(living(process.pid)) > 3, 30), "this one, two that lay out, and one that looks after them"
    time.sleep(1)
    os.killpg(process.pid, number) if number is signal.SIGINT else process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert soon(lambda: not living(process.pid)), "something goes on"
    assert b"Traceback" not in said
    assert process.returncode == (-number if number is signal.SIGKILL else 128 + number)
    assert beside(place / "out") == [] or number is signal.SIGKILL


# A full disk


@contextmanager
def disk(folder, kilobytes):
    """A disk of a size, mounted at a folder; skips where nobody may mount one."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=755", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("mounting a small disk takes rights that are not given here; the limit for a file is tested")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def size(folder):
    """What the files of a folder take on a disk that keeps them in pieces of 4 kilobytes, in kilobytes."""
    return sum(4 * -(-len(data) // 4096) for data in tree(folder).values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formats", "shares"), [(READING, (0.02, 0.5, 0.9)), (("pdf",), (0.1, 0.6))], ids=["site and EPUB", "PDF"]
)
def test_a_full_disk_leaves_the_last_output_and_is_told_in_one_line(edition, place, formats, shares):
    """`shares` are parts of what the new output needs beside the old one."""
    assert finished(edition, place / "out", formats).returncode == 0
    needed = size(place / "out")
    for share in shares:
        with disk(place / "disk", round(needed * (1 + share))) as small:
            out = small / "out"
            subprocess.run(["cp", "-r", place / "out", out], check=True)
            before = tree(out)
            done = finished(edition, out, formats)
            assert done.returncode == 2, f"{share} of what is needed was enough"
            assert "Traceback" not in done.stderr
            assert done.stderr.splitlines()[-1] == (
                f"teipress: {out}: no space left on the disk; free some or name another folder with -o"
            )
            assert differences(before, tree(out)) == []
            assert sorted(p.name for p in small.iterdir()) == ["out"], "nothing may keep a disk full"
    with disk(place / "disk", needed * 3 + 200) as large:
        assert finished(edition, large / "out", formats).returncode == 0
        assert damages(large / "out") == []


@pytest.mark.parametrize("limit", [1_000, 6_000])
def test_a_file_that_may_not_be_so_large_leaves_the_last_output(edition, place, limit):
    """The same without a disk of its own: the system refuses to write on."""
    out = place / "out"
    assert finished(edition, out).returncode == 0
    before = tree(out)
    done = finished(edition, out, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"teipress: {out}: cannot be written: File too large; name another folder with -o"
    )
    assert differences(before, tree(out)) == []
    assert beside(out) == []


def test_a_folder_for_temporary_files_need_not_be_there(edition, place):
    done = finished(edition, place / "out", env=QUICK | {"TMPDIR": str(place / "nowhere")})
    assert done.returncode == 0, done.stderr


# A folder that may not be written to


def unprivileged():
    """Take from a process what makes rights of no account for root; of others nothing has to be taken."""
    if os.geteuid() == 0:
        library = ctypes.CDLL(None, use_errno=True)
        for capability in OVERRIDE:
            if library.prctl(SET_BOUNDING, capability, 0, 0, 0) != 0:
                os._exit(99)


def refused(edition, out):
    """Build without any right to override rights; what is said."""
    done = finished(edition, out, preexec_fn=unprivileged)
    if done.returncode == 99:
        pytest.skip("root cannot be kept from writing here")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize("first", [True, False], ids=["first build", "another build"])
def test_a_folder_that_may_not_be_written_to_is_told_before_anything_is_done(edition, place, first):
    out = place / "out"
    if not first:
        assert finished(edition, out).returncode == 0
    before = tree(place)
    place.chmod(0o555)
    try:
        said = refused(edition, out)
    finally:
        place.chmod(0o755)
    assert said == f"teipress: {out}: cannot be written: {place} is read-only; name another folder with -o"
    assert differences(before, tree(place)) == []


def test_an_output_that_is_made_read_only_stays(edition, place):
    out = place / "out"
    assert finished(edition, out).returncode == 0
    before = tree(out)
    out.chmod(0o555)
    said = refused(edition, out)
    out.chmod(0o755)
    assert said == f"teipress: {out}: cannot be written: {out} is read-only; name another folder with -o"
    assert differences(before, tree(out)) == []


def test_folders_in_an_output_that_are_read_only_do_not_stay_beside_the_next(edition, place):
    out = place / "out"
    assert finished(edition, out).returncode == 0
    (out / "html").chmod(0o555)
    done = finished(edition, out, preexec_fn=unprivileged)
    assert done.returncode in (0, 99), done.stderr
    assert (damages(out), beside(out)) == ([], [])


def test_a_disk_that_is_read_only_is_told_and_one_that_is_the_output_is_refused(edition, place):
    with disk(place / "disk", 1000) as whole:
        done = finished(edition, whole)
        assert f"teipress: {whole}: a disk or volume is mounted here" in done.stderr
        subprocess.run(["mount", "-o", "remount,ro", whole], check=True)
        done = finished(edition, whole / "out")
        assert done.returncode == 2
        assert f"teipress: {whole / 'out'}: cannot be written: {whole} is read-only" in done.stderr


# Two at once


@pytest.mark.slow
@pytest.mark.parametrize(("formats", "times"), [(READING, 2), (("pdf",), 1)], ids=["site and EPUB", "PDF"])
def test_two_builds_at_once_both_end_well_and_one_of_them_stays(edition, place, formats, times):
    out = place / "out"
    for again in range(times):
        both = [begun(edition, out, formats) for _ in range(2)]
        said = [process.communicate(timeout=60)[1].decode() for process in both]
        assert [process.returncode for process in both] == [0, 0], (again, said)
        assert (damages(out), beside(out)) == ([], [])
    alone = place / "alone"
    assert finished(edition, alone, formats).returncode == 0
    assert differences(tree(alone), tree(out)) == []
