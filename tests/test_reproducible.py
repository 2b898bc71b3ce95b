"""The same sources give the same bytes, whoever builds them, where, when, and how often.

Each build is a process of its own. A second one differs from the first in all that must not matter: the folders and
how long their paths are, the dates of the files and the order in which a folder lists them, the clock, the time zone,
the language, the user's home, the umask, the order of sets, the number of processes.
"""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from trees import damages, differences, tree

FORMATS = ("html", "epub", "pdf")
FILES = {
    "edition.toml": """\
name = "everything"
formats = ["html", "epub", "pdf"]

[html]
url = "https://example.org/everything/"
parallel = [["voyage", "voyage-ja"]]

[access.public]
withhold = ["#closed"]
""",
    "edition.xml": """\
<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>A little of everything</title><editor>The test editors</editor></titleStmt>
      <publicationStmt><publisher>The test press</publisher><date when="2001-02-03">3 February 2001</date>
        <availability><p>Free for any use.</p></availability></publicationStmt>
      <sourceDesc>
        <p>Written for a test.</p>
        <listWit><witness xml:id="wA"><abbr type="siglum">A</abbr> the log</witness>
          <witness xml:id="wB"><abbr type="siglum">B</abbr> a copy of it</witness></listWit>
      </sourceDesc>
    </fileDesc>
    <encodingDesc>
      <variantEncoding method="parallel-segmentation" location="internal"/>
      <classDecl><taxonomy>
        <category xml:id="closed"><catDesc>closed: not for every reader</catDesc></category>
        <category xml:id="harbours"><catDesc>harbours: what others say of theirs</catDesc></category>
      </taxonomy></classDecl>
    </encodingDesc>
    <revisionDesc>
      <change when="2002-03-04">Corrected.</change><change when="2001-05-06">Encoded.</change>
    </revisionDesc>
  </teiHeader>
  <standOff>
    <listPerson>
      <person xml:id="ida"><persName><forename>İda</forename> <surname>Işık</surname></persName>
        <idno type="VIAF">12345</idno></person>
      <person xml:id="ito"><persName xml:lang="ja">伊藤</persName><persName xml:lang="en">Itō</persName></person>
      <person xml:id="zoe"><persName>Zoë Ångström</persName></person>
    </listPerson>
    <listPlace><place xml:id="izmir"><placeName>İzmir</placeName></place></listPlace>
  </standOff>
  <xi:include href="voyage.xml"/>
  <xi:include href="voyage-ja.xml"/>
</teiCorpus>
""",
    "voyage.xml": """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="voyage" xml:lang="en">
  <teiHeader><fileDesc>
    <titleStmt><title>The voyage</title></titleStmt>
    <publicationStmt><p>Unpublished.</p></publicationStmt><sourceDesc><p>Written for a test.</p></sourceDesc>
  </fileDesc></teiHeader>
  <text><body>
    <div xml:id="out"><head>Out</head>
      <pb n="1"/><p xml:id="v1" corresp="#j1"><persName ref="#ida">İda Işık</persName> left
        <placeName ref="#izmir">İzmir</placeName> with <persName ref="#zoe">Zoë</persName>; the bill says 直航 in a hand
        that nobody knows.<note>In pencil, and later.</note></p>
      <p xml:id="v2" corresp="#j2">At <app><lem wit="#wA">dusk</lem><rdg wit="#wB">dawn</rdg></app> they met
        <gap reason="withheld" resp="#ida" ana="#harbours" unit="line" quantity="1"/> and
        <seg ana="#closed">what is closed</seg> <ref target="#back">came back</ref>.</p>
      <figure><graphic url="scans/mast.png"/><figDesc>A mast.</figDesc></figure>
    </div>
    <div xml:id="back"><head>Back</head>
      <pb n="2"/><p><persName ref="#ito">Itō</persName> wrote <date when="1899-12-31">on New Year's Eve</date> of
        <term>ballast</term>, <term>Ärmelkanal</term> and <term>zinc</term>.</p>
      <lg><l n="1">No <app><lem wit="#wA #wB">wind</lem><rdg wit="#wB">wine</rdg></app> at all,</l><l n="2">no call.</l>
      </lg>
    </div>
  </body></text>
</TEI>
""",
    "voyage-ja.xml": """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="voyage-ja" xml:lang="ja">
  <teiHeader><fileDesc>
    <titleStmt><title>航海</title></titleStmt>
    <publicationStmt><p>Unpublished.</p></publicationStmt><sourceDesc><p>Written for a test.</p></sourceDesc>
  </fileDesc></teiHeader>
  <text><body><div><head>出港</head><pb n="1"/>
    <p xml:id="j1">直ちに港を出た。</p><p xml:id="j2">夕方に<persName ref="#ito">伊藤</persName>と会った。</p>
  </div></body></text>
</TEI>
""",
}
# What another machine does otherwise without being asked: its folders list their files backwards, and it is 2031.
ELSEWHERE = """\
import datetime, os, time

listdir, scandir, now = os.listdir, os.scandir, time.time


class Backwards:
    def __init__(self, *where):
        with scandir(*where) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self):
        return self.entries

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    close = __exit__


class Date(datetime.date):
    @classmethod
    def today(cls):
        return cls(2031, 7, 8)


class Moment(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return cls.fromtimestamp(time.time(), zone)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)


os.listdir = lambda *where: sorted(listdir(*where), reverse=True)
os.scandir = Backwards
time.time = lambda: now() + 5 * 365 * 86400
time.time_ns = lambda: int(time.time() * 1e9)
localtime, gmtime = time.localtime, time.gmtime
time.localtime = lambda seconds=None: localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: gmtime(time.time() if seconds is None else seconds)
datetime.date, datetime.datetime = Date, Moment
"""


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def everything(tmp_path, project):
    """A small edition that has a bit of all that is published."""
    folder = tmp_path / "everything"
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "scans").mkdir()
    shutil.copyfile(project / "tests/editions/page-images/scans/leaf-1.png", folder / "scans/mast.png")
    return folder


def copied(edition, folder, backwards=False):
    """A copy of an edition: `backwards`, its last file first, all of them as old as computers."""
    for path in sorted((p for p in edition.rglob("*") if p.is_file()), reverse=backwards):
        target = folder / edition.name / path.relative_to(edition)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        if backwards:
            os.utime(target, (1, 1))
    return folder


def built(folder, name, formats=FORMATS, jobs=1, umask=0o022, **surroundings):
    """Build an edition in a folder, in surroundings that differ from those of this process as told; where it is."""
    options = [o for f in formats for o in ("-f", f)]
    command = [sys.executable, "-m", "teipress", "build", name, "-o", "out", "-q", "-j", str(jobs), *options]
    environment = {**os.environ, **surroundings}
    done = subprocess.run(command, cwd=folder, env=environment, umask=umask, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert damages(folder / "out") == []
    return folder / "out"


def here(tmp_path, edition, formats=FORMATS):
    return built(copied(edition, tmp_path / "a"), edition.name, formats, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="0")


def elsewhere(tmp_path, edition, formats=FORMATS, **surroundings):
    folder = copied(
        edition, tmp_path / "a very long name of a folder, ō, too" / ("and one in it " * 5).strip(), backwards=True
    )
    home, locales, clock = folder / "home", folder / "locales", folder / "clock"
    for new in (home, locales, clock):
        new.mkdir()
    (clock / "sitecustomize.py").write_text(ELSEWHERE, encoding="utf-8")
    # where the system cannot make a locale, its name has to do: libraries read that, too
    subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", locales / "tr_TR.UTF-8"], capture_output=True)
    others = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANGUAGE": "ja:zh",
        "PANGO_LANGUAGE": "zh-cn",
        "LOCPATH": str(locales),
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(clock), *sys.path])),
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home),
        "TMPDIR": str(home),
        "USER": "somebody",
        "COLUMNS": "40",
    }
    return built(folder, edition.name, formats, 4, 0o077, **others | surroundings)


def test_a_comparison_says_which_file_differs_and_where():
    one, other = {"a": b"same", "b": b"x" * 60 + b"1" + b"y" * 60, "c": b""}, {"a": b"same", "b": b"x" * 60 + b"2"}
    first, second = differences(one, other)
    assert first == f"b from byte 60 on: {b'x' * 40 + b'1' + b'y' * 39!r} / {b'x' * 40 + b'2'!r}"
    assert second == "c is only in the first"


def test_the_other_surroundings_are_others(tmp_path):
    """What is to be shown is shown only if the other clock and the other order are those that a program sees."""
    (tmp_path / "sitecustomize.py").write_text(ELSEWHERE, encoding="utf-8")
    (tmp_path / "b").touch()
    said = "import os, pathlib, datetime as d; print(os.listdir(), next(pathlib.Path().iterdir()), d.date.today().year)"
    said += "; print(d.datetime.now().year, d.datetime.now(d.UTC).year, __import__('time').strftime('%Y'))"
    command = [sys.executable, "-c", said]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    shown = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True).stdout.split()
    assert shown[:3] == ["['sitecustomize.py',", "'b']", "sitecustomize.py"]
    assert all(int(year) >= 2031 for year in shown[3:6]), shown


def test_a_site_and_an_epub_are_the_same_elsewhere(tmp_path, everything):
    formats = ("html", "epub")
    assert differences(tree(here(tmp_path, everything, formats)), tree(elsewhere(tmp_path, everything, formats))) == []


def dates(out):
    """What an EPUB and a PDF say of when they were made: as XML Schema and as PDF writes it."""
    package = (out / "epub/everything/EPUB/package.opf").read_text(encoding="utf-8")
    with pikepdf.open(out / "pdf/everything.pdf") as pdf:
        stated = {str(pdf.docinfo[key]) for key in ("/CreationDate", "/ModDate") if key in pdf.docinfo}
    return set(re.findall(r'"dcterms:modified">([^<]*)', package)), stated


@pytest.mark.slow
def test_all_three_formats_are_the_same_elsewhere_and_again(tmp_path, everything):
    first = tree(here(tmp_path, everything))
    assert {"epub/everything.epub", "pdf/everything.pdf", "html/index.html"} <= first.keys()
    other = elsewhere(tmp_path, everything)
    assert differences(first, tree(other)) == []
    assert dates(other) == ({"2002-03-04T00:00:00Z"}, {"D:20020304000000Z"}), "the last change, and never today"
    again = built(tmp_path / "a", everything.name, jobs=2)
    assert differences(first, tree(again)) == [], "once more in the same place, with what is kept beside the output"


@pytest.mark.slow
def test_a_given_moment_is_that_moment_everywhere(tmp_path, everything):
    out = elsewhere(tmp_path, everything, ("epub", "pdf"), SOURCE_DATE_EPOCH="981173106")
    assert dates(out) == ({"2001-02-03T04:05:06Z"}, {"D:20010203040506Z"})


@pytest.mark.slow
def test_the_first_edition_is_the_same_elsewhere(tmp_path, default_edition):
    assert differences(tree(here(tmp_path, default_edition)), tree(elsewhere(tmp_path, default_edition))) == []


@pytest.mark.parametrize(("umask", "folders", "files"), [(0o022, 0o755, 0o644), (0o077, 0o700, 0o600)])
def test_who_may_read_it_is_for_the_umask_to_say_and_the_same_for_every_file(
    tmp_path, write_edition, umask, folders, files
):
    out = built(write_edition().parent, "tiny", ("html", "epub"), umask=umask)
    modes = {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in (out, *out.rglob("*"))}
    assert modes == {(True, folders), (False, files)}


def test_a_folder_keeps_the_rights_that_it_had(tmp_path, write_edition):
    folder = write_edition().parent
    built(folder, "tiny", ("html",)).chmod(0o2750)
    assert stat.S_IMODE(built(folder, "tiny", ("html",)).stat().st_mode) == 0o2750
    assert Path(folder / "out").is_dir()
