"""``teipress build``: what it makes, what it says, and that whatever goes wrong is one line and harms nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from teipress.cli import main

Run = Callable[..., Result]
WriteTei = Callable[..., Path]
WriteEdition = Callable[..., Path]

TOML = 'name = "tiny"\nformats = ["epub"]\n'  # no grammar to compile and no fonts to cut: fast


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes, and every folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build has made of a small file."""
    folder = tmp_path_factory.mktemp("built")
    text = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>The last good one.</p></body></text></TEI>'
    (folder / "text.xml").write_text(text, "utf-8")
    arguments = ["build", str(folder / "text.xml"), "-o", str(folder / "out"), "-f", "html", "-q"]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    return folder / "out"


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    """An output folder that holds the last good output."""
    return Path(shutil.copytree(built, tmp_path / "out"))


# What is built


def test_a_lone_file_is_built_without_configuration(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    result = run("build", write_tei("<p>Some words.</p>"), "-f", "html", "-o", "site")
    assert (result.exit_code, result.exception) == (0, None)
    assert "Some words." in "".join(p.read_text("utf-8") for p in (tmp_path / "site" / "html").glob("*.html"))
    assert "site/html/index.html" in result.stdout


def test_the_manifest_lists_every_file_and_the_report_the_findings(
    run: Run, write_tei: WriteTei, tmp_path: Path
) -> None:
    assert run("build", write_tei('<p><ref target="#x">y</ref></p>'), "-f", "html", "-o", "o").exit_code == 0
    manifest = json.loads((tmp_path / "o" / "manifest.json").read_text("utf-8"))
    files = {name: digest for name, digest in tree(tmp_path / "o").items() if digest != "folder"}
    del files["manifest.json"]
    assert {f["path"]: f["sha256"] for f in manifest["files"]} == files
    report = json.loads((tmp_path / "o" / "report.json").read_text("utf-8"))
    assert [f["code"] for f in report["findings"]] == ["R002"]


def test_an_edition_is_built_from_its_folder_into_the_output_folder_of_its_name(
    run: Run, write_edition: WriteEdition, tmp_path: Path
) -> None:
    result = run("build", write_edition(toml=TOML))
    assert result.exit_code == 0
    assert (tmp_path / "output" / "tiny" / "epub" / "tiny.epub").is_file()
    assert (tmp_path / "output" / "tiny" / "epub" / "tiny" / "mimetype").is_file()


def test_an_edition_in_the_current_folder_needs_no_argument(
    run: Run, write_edition: WriteEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_edition(toml=TOML)
    monkeypatch.chdir(folder)
    assert run("build", "-q").exit_code == 0
    assert (folder / "output" / "tiny" / "manifest.json").is_file()


@pytest.mark.slow  # cuts fonts
def test_the_site_of_an_edition_with_its_grammar_and_fonts(
    run: Run, write_edition: WriteEdition, tmp_path: Path
) -> None:
    result = run("build", write_edition())
    assert (result.exit_code, "no findings" in result.stdout) == (0, True)
    assert (tmp_path / "output" / "tiny" / "html" / "index.html").is_file()


def test_formats_on_the_command_line_take_the_place_of_those_in_the_settings(
    run: Run, write_tei: WriteTei, tmp_path: Path
) -> None:
    assert run("build", write_tei(), "-f", "epub", "-f", "html", "-f", "epub", "-o", "o", "-q").exit_code == 0
    assert sorted(p.name for p in (tmp_path / "o").iterdir()) == ["epub", "html", "manifest.json", "report.json"]


def test_a_new_build_takes_the_place_of_the_old_one_and_hidden_files_stay(
    run: Run, write_tei: WriteTei, out: Path, tmp_path: Path
) -> None:
    (out / ".gitignore").write_text("*", "utf-8")
    assert run("build", write_tei("<p>New.</p>"), "-f", "epub", "-o", out, "-q").exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == [".gitignore", "epub", "manifest.json", "report.json"]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_the_same_input_gives_the_same_bytes(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    path = write_tei()
    for name in ("a", "b"):
        assert run("build", path, "-f", "html", "-f", "epub", "-o", name, "-q").exit_code == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_a_lone_file_is_built_whatever_its_faults_and_they_are_told(run: Run, write_tei: WriteTei) -> None:
    result = run("build", write_tei('<p><ref target="#x">y</ref><unheard>z</unheard></p>'), "-f", "html", "-o", "o")
    assert result.exit_code == 0
    assert [line.split(": ")[1][:12] for line in result.stderr.splitlines() if ": warning " in line] == [
        "warning R002",
        "warning V001",
    ]
    assert "2 warnings" in result.stdout


# What is said


def test_progress_is_plain_lines_where_there_is_no_terminal(run: Run, write_tei: WriteTei) -> None:
    result = run("build", write_tei(), "-f", "html", "-o", "o")
    steps = result.stderr.splitlines()
    assert [s.split()[0] for s in steps] == ["Reading", "Validating", "Modelling", "Making", "Verifying"]
    assert "\x1b" not in result.output


def test_the_form_of_the_text_can_be_chosen_and_is_proven(run: Run, write_tei: WriteTei) -> None:
    path = write_tei("<p><choice><sic>recieve</sic><corr>receive</corr></choice></p>")
    for form, shown, kept in (("reading", "receive", "recieve"), ("diplomatic", "recieve", "receive")):
        run("build", path, "-f", "html", "-o", form, "--form", form)
        page = (Path(form) / "html/text.html").read_text(encoding="utf-8")
        assert f">{shown}</span>" in page
        assert f'title="{kept}"' in page
        assert run("verify", form, "--source", path, "--form", form).exit_code == 0
    other = run("verify", "diplomatic", "--source", path)
    assert other.exit_code == 1
    assert "F001" in other.output


def test_quiet_means_findings_only(run: Run, write_tei: WriteTei) -> None:
    assert run("build", write_tei(), "-f", "html", "-o", "o", "--quiet").output == ""
    result = run("build", write_tei('<p><ref target="#x">y</ref></p>'), "-f", "html", "-o", "o", "-q")
    assert len(result.output.splitlines()) == 1


def test_many_findings_of_a_kind_are_counted_unless_all_are_wanted(run: Run, write_tei: WriteTei) -> None:
    path = write_tei("".join(f'\n<p><ref target="#x{n}">y</ref></p>' for n in range(50)))
    few = run("build", path, "-f", "html", "-o", "o", "-q").stderr.splitlines()
    assert (len(few), few[-1]) == (21, "… and 30 more R002")
    assert len(run("build", path, "-f", "html", "-o", "o", "-q", "--all").stderr.splitlines()) == 50


# What goes wrong


def fails(result: Result, status: int, *said: str) -> None:
    """A command has failed with a status and with one line that says all that."""
    lines = [line for line in result.output.splitlines() if not line.endswith("; nothing was built")]
    assert len(lines) == 1, result.output
    assert [s for s in said if s not in lines[0]] == [], lines[0]
    assert "Traceback" not in result.output
    assert result.exit_code == status


FILES = {
    "not XML": ("text.xml", "Dear reader", 1, ["text.xml:1: error X001", "not XML"]),
    "not well-formed": ("text.xml", "<TEI>\n<p></TEI>", 1, ["text.xml:2: error X001"]),
    "empty": ("text.xml", "", 1, ["text.xml:1: error X001 the file is empty"]),
    "not TEI": ("page.html", "<html/>", 1, ["page.html:1: error X002", "<html>"]),
    "TEI P4": ("old.xml", "<TEI.2/>", 1, ["old.xml:1: error X002", "P4"]),
}


@pytest.mark.parametrize("fault", FILES)
def test_a_file_that_is_no_tei_is_one_line(run: Run, tmp_path: Path, out: Path, fault: str) -> None:
    name, text, status, said = FILES[fault]
    (tmp_path / name).write_text(text, "utf-8")
    before = tree(out)
    fails(run("build", name, "-o", out, "-q"), status, *said)
    assert tree(out) == before


CALLS = {
    "a missing file": (["build", "missing.xml"], ["missing.xml: there is no such file"]),
    "a folder that is no edition": (["build", "."], ["edition.toml: there is no such file"]),
    "an unknown format": (["build", "text.xml", "-f", "htm"], ['unknown format "htm"', 'did you mean "html"?']),
    "an unknown audience": (["build", "text.xml", "--access", "staff"], ['unknown audience "staff"', "public"]),
}


@pytest.mark.parametrize("fault", CALLS)
def test_wrong_use_is_one_line(run: Run, write_tei: WriteTei, out: Path, fault: str) -> None:
    arguments, said = CALLS[fault]
    write_tei()
    before = tree(out)
    fails(run(*arguments, "-o", out, "-q"), 2, "teipress: ", *said)
    assert tree(out) == before


SETTINGS = {
    "an unknown setting": (f'{TOML}colour = "red"', ["edition.toml: ", 'unknown setting "colour"']),
    "an unknown table": (f"{TOML}[htlm]\n", ["edition.toml: ", "[htlm]", "[html]"]),
    "an ill-typed setting": ("name = 1", ["edition.toml: ", '"name" must be a text']),
    "a source outside": ('source = "../x.xml"', ["edition.toml: ", "lies outside"]),
    "a missing source": ('source = "x.xml"', ["edition.toml: ", "there is no file x.xml"]),
    "no TOML": ("name", ["edition.toml: ", "not TOML"]),
    "a missing schema": (f'{TOML}[validate]\nschema = "x.rng"', ["edition.toml: ", "there is no file x.rng"]),
}


@pytest.mark.parametrize("fault", SETTINGS)
def test_a_wrong_setting_is_one_line(run: Run, write_edition: WriteEdition, out: Path, fault: str) -> None:
    toml, said = SETTINGS[fault]
    before = tree(out)
    fails(run("build", write_edition(toml=toml), "-o", out, "-q"), 2, "teipress: ", *said)
    assert tree(out) == before


TEMPLATES = {
    "an unknown value": ("epub/title.xhtml", "\n{{ nothing }}", "title.xhtml:2: error V005"),
    "an unknown attribute": ("epub/title.xhtml", "\n\n{{ edition.nothing }}", "title.xhtml:3: error V005"),
    "a syntax error": ("epub/title.xhtml", "\n{% if %}", "title.xhtml:2: error V005"),
    "a wrong type": ("epub/title.xhtml", "{{ 1 + 'a' }}", "title.xhtml:1: error V005"),
    "no number": ("epub/title.xhtml", "{{ 1 // 0 }}", "title.xhtml:1: error V005"),
    "an endless loop": ("epub/title.xhtml", "{% for n in range(10 ** 9) %}{% endfor %}", "title.xhtml:1: error V005"),
    "an unsafe attribute": ("epub/title.xhtml", "\n{{ ().__class__.__bases__ }}", "title.xhtml:2: error V005"),
    "an unknown filter": ("epub/title.xhtml", "\n{{ 1 | nothing }}", "title.xhtml:2: error V005"),
    "a missing part": ("epub/title.xhtml", "\n{% include 'nothing.html' %}", "title.xhtml:2: error V005"),
    "no UTF-8": ("epub/title.xhtml", b"\xff\xfe", "title.xhtml: error V005"),
    "a macro's unknown value": (
        "shared/behaviours.jinja",
        "{% macro paragraph(node, content) %}\n{{ nothing }}{% endmacro %}",
        "behaviours.jinja:2: error V005",
    ),
    "a macro without its parameters": (
        "shared/behaviours.jinja",
        "{% macro paragraph() %}x{% endmacro %}",
        "error V005",
    ),
    "a macro's syntax error": (
        "shared/behaviours.jinja",
        "\n{% macro paragraph( %}{% endmacro %}",
        "behaviours.jinja:2: error V005",
    ),
    "a rule's broken XPath": ("vocabulary.toml", '\np = [{ when = "]" }]', "vocabulary.toml:2: error V002"),
    "a rule's XPath 2": ("vocabulary.toml", "\np = [{ when = \"matches(., 'x')\" }]", "vocabulary.toml:2: error V002"),
    "a rule's prefix": ("vocabulary.toml", '\np = [{ when = "x:y" }]', "vocabulary.toml:2: error V002"),
    "an unknown behaviour": ("vocabulary.toml", '\np = [{ behaviour = "paragaph" }]', "vocabulary.toml:2: error V003"),
    "an ill-typed behaviour": ("vocabulary.toml", '\np = [{ behaviour = ["x"] }]', "vocabulary.toml:2: error V004"),
    "a rule's missing template": ("vocabulary.toml", '\np = [{ template = "x.html" }]', "x.html"),
    "no TOML": ("vocabulary.toml", "\np = ]", "vocabulary.toml:2: error V004"),
}


@pytest.mark.parametrize("fault", TEMPLATES)
def test_a_fault_in_an_own_template_is_one_line_that_names_its_place(
    run: Run, write_edition: WriteEdition, out: Path, fault: str
) -> None:
    name, text, said = TEMPLATES[fault]
    folder = write_edition({"templates/README": ""}, TOML)
    path = folder / "templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = tree(out)
    fails(run("build", folder, "-o", out, "-q"), 1, said)
    assert tree(out) == before


def test_own_templates_and_rules_that_are_sound_are_used(run: Run, write_edition: WriteEdition, out: Path) -> None:
    rule = 'p = [{ behaviour = "block", class = "our-class" }]'
    folder = write_edition({"templates/vocabulary.toml": rule, "templates/epub/style.css": "/* our style */"}, TOML)
    assert run("build", folder, "-o", out, "-q").exit_code == 0
    assert "our style" in "".join(p.read_text("utf-8") for p in out.rglob("*.css"))
    assert "our-class" in "".join(p.read_text("utf-8") for p in out.rglob("*.xhtml"))


def test_what_an_own_rule_omits_is_not_linked_to_either(run: Run, write_edition: WriteEdition, out: Path) -> None:
    own = {"templates/vocabulary.toml": 'p = [{ behaviour = "omit" }]'}  # with a name, a note and a redaction in it
    result = run("build", write_edition(own, TOML), "-o", out, "-q")
    assert (result.exit_code, result.stderr) == (0, "")


def test_an_edition_with_errors_is_not_built(run: Run, write_edition: WriteEdition, out: Path) -> None:
    rules = TOML + '[validate]\nschema = "teipress"\n'
    folder = write_edition(toml=rules)
    first = folder / "first.xml"
    first.write_text(first.read_text("utf-8").replace("#ada", "#adda"), "utf-8")
    before = tree(out)
    fails(run("build", folder, "-o", out, "-q"), 1, "first.xml:11: error R001", 'did you mean "#ada"?')
    assert tree(out) == before


@pytest.mark.parametrize("epoch", ["yesterday", "1.5", "9" * 30, "-" + "9" * 30])
def test_a_source_date_epoch_that_is_no_time_is_one_line(
    run: Run, write_tei: WriteTei, out: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = tree(out)
    fails(run("build", write_tei(), "-f", "epub", "-o", out, "-q"), 2, "SOURCE_DATE_EPOCH", epoch)
    assert tree(out) == before


@pytest.mark.parametrize("epoch", ["0", "-86400", "253402300799", "315532799"])
def test_a_source_date_epoch_of_any_age_builds_an_epub(
    run: Run, write_tei: WriteTei, out: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run("build", write_tei(), "-f", "epub", "-o", out, "-q").exit_code == 0


# Where it goes


def test_an_output_below_a_file_is_one_line(run: Run, write_tei: WriteTei) -> None:
    path = write_tei()
    fails(run("build", path, "-o", f"{path}/out", "-q"), 2, "teipress: ", "cannot be written")


def test_an_output_where_no_folder_can_be_is_one_line(run: Run, write_tei: WriteTei) -> None:
    fails(run("build", write_tei(), "-o", "/proc/teipress/out", "-q"), 2, "teipress: ", "cannot be written")


def test_a_site_and_an_epub_may_lie_below_a_folder_that_is_not_utf_8(
    run: Run, write_edition: WriteEdition, tmp_path: Path
) -> None:
    out = tmp_path / os.fsdecode(b"caf\xe9") / "out"
    assert run("build", write_edition(toml=TOML), "-f", "html", "-f", "epub", "-o", out, "-q").exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == ["epub", "html", "manifest.json", "report.json"]


def test_a_pdf_below_a_folder_that_is_not_utf_8_is_one_line(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    fails(run("build", write_tei(), "-f", "pdf", "-o", folder / "out", "-q"), 2, "teipress: ", "not UTF-8", "-o")
    assert list(folder.iterdir()) == []


def test_an_output_that_is_a_file_is_one_line_and_the_file_stays(run: Run, write_tei: WriteTei) -> None:
    path = write_tei()
    before = path.read_bytes()
    fails(run("build", path, "-o", path, "-q"), 2, "teipress: ", "this is a file")
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["letter.odt", "photographs/a.jpg"])
def test_a_folder_with_files_of_others_is_left_alone(run: Run, write_tei: WriteTei, out: Path, name: str) -> None:
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine", "utf-8")
    before = tree(out)
    fails(run("build", write_tei(), "-o", out, "-q"), 2, "teipress: ", Path(name).parts[0], "no build made")
    assert tree(out) == before


def test_the_folder_of_the_edition_itself_is_left_alone(run: Run, write_edition: WriteEdition) -> None:
    folder = write_edition(toml=TOML)
    before = tree(folder)
    fails(run("build", folder, "-o", folder, "-q"), 2, "no build made")
    assert tree(folder) == before


def test_a_folder_of_ones_own_that_is_named_like_an_output_is_left_alone(
    run: Run, write_tei: WriteTei, tmp_path: Path
) -> None:
    (tmp_path / "mine" / "html").mkdir(parents=True)
    (tmp_path / "mine" / "html" / "thesis.html").write_text("ten years of work", "utf-8")
    assert run("build", write_tei(), "-f", "epub", "-o", "mine", "-q").exit_code == 2
    assert (tmp_path / "mine" / "html" / "thesis.html").is_file()


def test_a_build_that_is_interrupted_leaves_the_last_good_output(
    run: Run, write_tei: WriteTei, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("teipress.pipeline.verify_folder", interrupt)
    before = tree(out)
    fails(run("build", write_tei(), "-f", "html", "-o", out, "-q"), 130, "stopped; nothing is left half-written")
    assert tree(out) == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_build_whose_output_fails_verification_leaves_the_last_good_output(
    run: Run, write_edition: WriteEdition, out: Path
) -> None:
    folder = write_edition({"templates/epub/title.xhtml": '<p><a href="nowhere.xhtml">x</a></p>'}, TOML)
    before = tree(out)
    result = run("build", folder, "-o", out, "-q")
    assert result.exit_code == 1
    assert "error L001" in result.stderr
    assert tree(out) == before


@pytest.mark.slow  # prints
def test_the_profile_on_the_command_line_goes_before_that_of_the_edition(
    run: Run, write_edition: WriteEdition, tmp_path: Path
) -> None:
    folder = write_edition({}, f'{TOML}\n[pdf]\nprofile = "source"\n')
    for options, claim in {(): b">3<", ("--pdf-profile", "archive"): b">2<", ("--pdf-profile", "print"): b""}.items():
        assert run("build", folder, "-o", tmp_path / "out", "-f", "pdf", "-q", *options).exit_code == 0
        (file,) = (p for p in (tmp_path / "out/pdf").glob("*.pdf") if not p.stem.endswith("-cover"))
        with pikepdf.open(file) as pdf:
            packet = pdf.Root.Metadata.read_bytes()
        assert (b"pdfaid:part" + claim in packet) if claim else (b":part" not in packet)


def test_a_profile_that_there_is_not_stops_a_build(run: Run, write_edition: WriteEdition) -> None:
    result = run("build", write_edition({}, TOML), "--pdf-profile", "x-4")
    assert result.exit_code == 2
    assert "'archive', 'source', 'print'" in result.stderr


# The real program


def test_the_program_ends_with_a_status_and_one_line_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "teipress", "build", "missing.xml"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "teipress: missing.xml: there is no such file; check the path\n"
