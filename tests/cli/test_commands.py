"""The other commands, and what the program says of itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from teipress import __version__, pipeline
from teipress.cli import _COMMANDS, main
from teipress.errors import ToolError
from teipress.scripts import SCRIPTS

Run = Callable[..., Result]
WriteTei = Callable[..., Path]
WriteEdition = Callable[..., Path]

BAD = '<p><ref target="#nowhere">x</ref></p>'


# The program itself


def test_help_names_every_command_and_every_command_has_help(run: Run) -> None:
    assert [c for c in _COMMANDS if c not in run("--help").output] == []
    for command in _COMMANDS:
        result = run(command, "--help")
        assert (result.exit_code, f"{command} " in result.output) == (0, True)


def test_the_version_is_that_of_the_package(run: Run) -> None:
    assert run("--version").output == f"teipress, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], 'there is no command "biuld"; did you mean "build"?'),
        (["frobnicate"], "commands are build, deposit, doctor, encode, explain, transcript"),
        (["build", "--frobnicate"], "--frobnicate"),
        (["validate"], "PATHS"),
        (["verify"], "OUTPUT"),
        (["build", "a", "b"], "unexpected extra argument"),
    ],
)
def test_a_wrong_call_has_status_2_and_says_what_is_wrong(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_asking_for_help_loads_nothing_that_is_slow(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom teipress.cli import main\n"
        "CliRunner().invoke(main, ['--help'])\n"
        "print([m for m in ('lxml', 'jinja2', 'weasyprint', 'rich', 'fontTools') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"


# validate


def test_a_clean_file_has_status_0(run: Run, write_tei: WriteTei) -> None:
    result = run("validate", write_tei())
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no findings" in result.stdout


def test_warnings_alone_have_status_0(run: Run, write_tei: WriteTei) -> None:
    result = run("validate", write_tei(BAD))
    assert result.exit_code == 0
    assert "text.xml:11: warning R002 ref/@target" in result.stderr.replace("\n", " ")


def test_an_edition_with_errors_has_status_1(run: Run, write_edition: WriteEdition) -> None:
    folder = write_edition()
    text = (folder / "second.xml").read_text("utf-8")
    (folder / "second.xml").write_text(text.replace("#secret", "#sercet"), "utf-8")
    result = run("validate", folder)
    assert result.exit_code == 1
    assert result.stderr.startswith("tiny/second.xml:11: error R003 ")
    assert 'did you mean "#secret"?' in result.stderr
    assert result.stdout.endswith("1 error\n")


def test_of_several_paths_all_findings_are_told(run: Run, write_tei: WriteTei) -> None:
    paths = [write_tei(BAD, "a.xml"), write_tei("<p>x</p>", "b.xml"), write_tei(BAD, "c.xml")]
    result = run("validate", *paths)
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["a.xml", "c.xml"]
    assert result.stdout.endswith(": 2 warnings\n")


def test_a_path_that_cannot_be_read_does_not_hide_the_others(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    (tmp_path / "broken.xml").write_text("<TEI>", "utf-8")
    result = run("validate", "broken.xml", write_tei(BAD, "a.xml"))
    assert result.exit_code == 1
    assert [line.split(": ")[1][:12] for line in result.stderr.splitlines()] == ["error X001 p", "warning R002"]


def test_a_missing_path_is_one_line_with_status_2(run: Run) -> None:
    result = run("validate", "missing.xml")
    assert (result.exit_code, result.output) == (2, "teipress: missing.xml: there is no such file; check the path\n")


def test_a_file_of_an_edition_is_validated_with_the_whole_and_only_its_own_findings_are_told(
    run: Run, write_edition: WriteEdition
) -> None:
    folder = write_edition()
    for name in ("first.xml", "second.xml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace('"#ada"', '"#adda"'), "utf-8")
    result = run("validate", folder / "first.xml")
    assert result.exit_code == 1
    assert {line.split(":")[0] for line in result.stderr.splitlines()} == {"tiny/first.xml"}
    assert "error R001" in result.stderr


def test_several_paths_of_one_edition_are_validated_once(
    run: Run, write_edition: WriteEdition, write_tei: WriteTei, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_edition()
    for name in ("first.xml", "second.xml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace('"#ada"', '"#adda"'), "utf-8")
    checked: list[str] = []
    check = pipeline.check_only
    monkeypatch.setattr(pipeline, "check_only", lambda s, *more: (checked.append(s.source.name), check(s, *more))[1])
    files = run("validate", folder / "first.xml", "tiny/second.xml", write_tei(BAD, "tiny/stray.xml"), write_tei())
    assert checked == ["edition.xml", "stray.xml", "text.xml"]
    told = [line.split(":")[0].rpartition("/")[2] for line in files.stderr.splitlines() if "01 " in line]
    assert told == ["first.xml", "second.xml"]
    whole = run("validate", folder, folder / "first.xml", "tiny/edition.toml")
    assert checked == ["edition.xml", "stray.xml", "text.xml", "edition.xml"]
    assert whole.stdout.endswith(": 2 errors\n")


def test_a_broken_file_of_an_edition_is_told_of_whichever_way_it_is_asked(
    run: Run, write_edition: WriteEdition
) -> None:
    folder = write_edition({"first.xml": "<TEI>\n</wrong>"})
    for path in (folder, folder / "first.xml"):
        result = run("validate", path)
        assert result.exit_code == 1
        assert "tiny/first.xml:2: error X001" in result.stderr


def test_a_file_beside_an_edition_that_does_not_include_it_is_validated_on_its_own(
    run: Run, write_edition: WriteEdition, write_tei: WriteTei
) -> None:
    write_edition()
    stray = write_tei(BAD, "tiny/stray.xml")
    assert "R002" in run("validate", stray).stderr
    stray.write_text("<TEI>", "utf-8")
    assert run("validate", stray).exit_code == 1


def test_a_fault_of_the_schema_itself_is_told_for_a_single_file_too(run: Run, write_edition: WriteEdition) -> None:
    folder = write_edition({"own.rng": "<grammar/>"}, '[validate]\nschema = "own.rng"\n')
    result = run("validate", folder / "first.xml")
    assert result.exit_code == 1
    assert "error G002" in result.stderr


def test_validating_quietly_prints_findings_only(run: Run, write_tei: WriteTei) -> None:
    assert run("validate", "-q", write_tei()).output == ""


# verify


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build has made of a small file."""
    folder = tmp_path_factory.mktemp("built")
    text = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>x</p></body></text></TEI>'
    (folder / "text.xml").write_text(text, "utf-8")
    arguments = ["build", str(folder / "text.xml"), "-o", str(folder / "o"), "-f", "html", "-f", "epub", "-q"]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    return folder / "o"


@pytest.fixture
def output(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "o"))


def test_a_good_output_verifies(run: Run, output: Path) -> None:
    result = run("verify", output)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "no findings" in result.stdout


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda o: (o / "html" / "index.html").write_text("<p>", "utf-8"), "html/index.html: error E002 has changed"),
        (lambda o: (o / "html" / "index.html").unlink(), "html/index.html: error E002"),
        (lambda o: (o / "html" / "new.html").write_text("<p>", "utf-8"), "html/new.html: error E002"),
        (lambda o: (o / "epub" / "text.epub").write_bytes(b"PK"), "epub/text.epub: error E001"),
        (lambda o: (o / "manifest.json").write_text("{}", "utf-8"), "manifest.json: error E002"),
        (lambda o: (o / "manifest.json").write_text("[1", "utf-8"), "manifest.json: error E002"),
    ],
    ids=["changed", "lost", "added", "broken EPUB", "empty manifest", "broken manifest"],
)
def test_a_damaged_output_has_status_1(run: Run, output: Path, damage: Callable[[Path], object], said: str) -> None:
    damage(output)
    result = run("verify", output)
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize("path", [".", "missing", "text.xml"])
def test_what_is_no_output_is_one_line_with_status_2(run: Run, write_tei: WriteTei, path: str) -> None:
    write_tei()
    result = run("verify", path)
    assert result.exit_code == 2
    assert result.output == f"teipress: {path}: has no manifest.json; name the folder that a build has made\n"


# doctor


def stand_in(monkeypatch: pytest.MonkeyPatch, *, pango: bool, fonts: bool, viewer: bool = True) -> None:
    """Make this machine have Pango and fonts, or not, and what shows images of pages."""

    def engine() -> SimpleNamespace:
        if not pango:
            raise ToolError("install libpango")
        return SimpleNamespace(__version__="70.0")

    monkeypatch.setattr("teipress.package.pdf.engine", engine)
    monkeypatch.setattr("teipress.package.openseadragon.find", lambda: Path("here") if viewer else None)
    monkeypatch.setattr("teipress.render.iiif.available", lambda: viewer)
    monkeypatch.setattr("teipress.package.fonts.installed", lambda family: fonts)
    monkeypatch.setattr("teipress.package.fonts.without_font", lambda letters: [])


def test_a_machine_that_has_everything_has_status_0(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, pango=True, fonts=True)
    result = run("doctor")
    assert (result.exit_code, {line.split()[0] for line in result.output.splitlines()}) == (0, {"ok"})


@pytest.mark.parametrize(
    ("pango", "fonts", "remedies"),
    [
        (False, True, ["libpango"]),
        (True, False, ["fonts-linuxlibertine", "fonts-noto-cjk"]),
        (False, False, ["libpango", "fonts-linuxlibertine", "fonts-noto-cjk"]),
    ],
    ids=["no Pango", "no fonts", "nothing"],
)
def test_a_machine_that_lacks_something_is_told_how_to_get_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, pango: bool, fonts: bool, remedies: list[str]
) -> None:
    stand_in(monkeypatch, pango=pango, fonts=fonts)
    result = run("doctor")
    missing = [line for line in result.output.splitlines() if line.startswith("missing ")]
    assert result.exit_code == 2
    assert [line for remedy, line in zip(remedies, missing, strict=True) if remedy not in line] == []


def test_what_shows_images_of_pages_may_be_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, pango=True, fonts=True, viewer=False)
    result = run("doctor")
    viewer, manifests = (line for line in result.output.splitlines() if line.startswith("none "))
    assert "npm pack openseadragon@" in viewer
    assert viewer.endswith("/share/teipress/openseadragon")
    assert "teipress[iiif]" in manifests
    assert result.exit_code == 0


def test_scripts_that_no_font_here_has_are_told_and_are_no_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, pango=True, fonts=True)
    monkeypatch.setattr("teipress.package.fonts.without_font", lambda letters: ["\u0f40", "\u0710"])
    result = run("doctor")
    lines = [line for line in result.output.splitlines() if line.startswith("none ")]
    assert [line.split(": ")[1].split(" ")[0] for line in lines] == ["Syriac", "Tibetan"]
    assert all(line.endswith("install fonts-noto-core (Debian, Ubuntu)") for line in lines)
    assert result.exit_code == 0


def test_every_family_of_the_book_is_told_with_what_it_prints(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, pango=True, fonts=True)
    monkeypatch.setattr("teipress.package.fonts.place_of", lambda family: "/usr/share/fonts/here")
    result = run("doctor")
    assert [s.family for s in SCRIPTS if f"{s.family}: {s.name} in the PDF, in /usr" not in result.output] == []


@pytest.mark.parametrize(("text", "status"), [("Plain.", 0), ("Odd \ue123.", 2)])
def test_the_fonts_of_an_edition_are_told(
    run: Run, write_tei: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, text: str, status: int
) -> None:
    everywhere = [(0x20, 0x24F), (0x2010, 0x2040)]
    for module in ("fonts", "usage"):
        monkeypatch.setattr(f"teipress.package.{module}.coverage", lambda pattern: everywhere)
        monkeypatch.setattr(f"teipress.package.{module}.installed", lambda family: family == SCRIPTS[0].family)
    result = run("doctor", write_tei(f"<p>{text}</p>"))
    assert f"{SCRIPTS[0].family}: " in result.output
    assert ("U+E123: no font here has them" in result.output) is (status == 2)
    assert result.exit_code == status


def test_the_fonts_of_an_edition_that_is_not_there(run: Run) -> None:
    result = run("doctor", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no such file" in result.stderr


@pytest.mark.slow
def test_doctor_knows_this_machine(run: Run) -> None:
    result = run("doctor")
    lines = result.output.splitlines()
    assert {line.split()[0] for line in lines} <= {"ok", "missing", "none"}
    assert result.exit_code == (2 if any(line.startswith("missing") for line in lines) else 0)
    assert "WeasyPrint" in result.output
