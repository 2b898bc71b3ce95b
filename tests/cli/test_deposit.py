"""``teipress deposit``: what goes into packages and what does not, and that whatever goes wrong is one line."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import conftest
from teipress.cli import main
from teipress.config import settings_for
from teipress.deposit import WRITERS
from validators import bag_faults, ocfl_faults

Run = Callable[..., Result]
WriteTei = Callable[..., Path]
WriteEdition = Callable[..., Path]

TOML = 'name = "tiny"\nformats = ["epub"]\n'  # no fonts to cut and no book to lay out: fast
HEADER = '<availability status="restricted">{0}</availability>'
ASIDE = ("-f", "epub", "-q")


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def streams(data: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """A file, and of a zip file all that is in it, at any depth."""
    yield name, data
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for entry in archive.namelist():
                yield f"{name}/{entry}", entry.encode()
                yield from streams(archive.read(entry), f"{name}/{entry}")


def holding(folder: Path, word: bytes) -> list[str]:
    """The files below a folder that hold a word, in their bytes or their names."""
    every = ((p.relative_to(folder).as_posix(), p) for p in folder.rglob("*"))
    told = [name for name, _ in every if word in name.encode()]
    for path in (p for p in folder.rglob("*") if p.is_file()):
        told += [name for name, data in streams(path.read_bytes(), path.name) if word in data]
    return told


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deposit of a tiny edition, in every kind of package that asks for no more than it states."""
    folder = tmp_path_factory.mktemp("packed")
    for path, text in {**conftest.EDITION_FILES, "edition.toml": TOML}.items():
        (folder / "tiny").mkdir(exist_ok=True)
        (folder / "tiny" / path).write_text(text, "utf-8")
    arguments = ["deposit", folder / "tiny", "--as", "bagit", "--as", "saf", "--as", "ocfl", "-o", folder / "out", "-q"]
    result = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def out(packed: Path, tmp_path: Path) -> Path:
    """The same deposit, to be changed."""
    shutil.copytree(packed / "tiny", tmp_path / "tiny")
    return Path(shutil.copytree(packed / "out", tmp_path / "out"))


# What is packed


def test_packages_are_taken_by_independent_checkers(packed: Path, require_module: Callable[[str], None]) -> None:
    require_module("bagit")
    require_module("ocfl")
    assert bag_faults(packed / "out/bagit") == []
    assert ocfl_faults(packed / "out/ocfl") == []


def test_a_bag_holds_all_that_belongs_to_an_edition(packed: Path) -> None:
    data = packed / "out/bagit/data"
    assert {
        "README.txt",
        "deposit.json",
        "epub/tiny.epub",
        "metadata/dc.xml",
        "reports/build.json",
        "reports/validation.json",
        "settings/edition.toml",
        "settings/teipress-templates.zip",
        "tei/deposited/edition.xml",
        "tei/deposited/first.xml",
        "tei/deposited/second.xml",
        "tei/published/first.xml",
        "tei/published/second.xml",
        "tei/published/tiny.xml",
    } <= set(tree(data))
    for name in ("edition.xml", "first.xml", "second.xml"):
        assert (data / "tei/deposited" / name).read_bytes() == (packed / "tiny" / name).read_bytes()
    assert (data / "deposit.json").read_bytes() == (packed / "out/deposit.json").read_bytes()


def test_the_record_has_the_sums_of_all_files_but_those_that_list_it(packed: Path) -> None:
    data = packed / "out/bagit/data"
    listed = {f["path"]: f["sha256"] for f in json.loads((data / "deposit.json").read_bytes())["files"]}
    listing = {"deposit.json", "metadata/premis.xml", "metadata/mets.xml"}
    assert listed == {name: digest for name, digest in tree(data).items() if name not in listing}


def test_nothing_in_a_package_names_a_place_on_this_machine(packed: Path) -> None:
    assert holding(packed / "out", str(packed).encode()) == []
    assert holding(packed / "out", str(conftest.PROJECT).encode()) == []


def test_the_readme_says_what_is_there(packed: Path) -> None:
    said = (packed / "out/bagit/data/README.txt").read_text("utf-8")
    assert said.startswith("Two letters\n===========\n")
    assert "  tei/published/first.xml  1 kB\n" in said
    assert "What is new" not in said
    assert max(map(len, said.splitlines())) <= 78


def test_a_readme_speaks_the_language_of_the_interface(run: Run, write_edition: WriteEdition, tmp_path: Path) -> None:
    edition = write_edition(toml=TOML + 'interface = "de"\n')
    assert run("deposit", edition, "--as", "bagit", "-o", "d", "-q").exit_code == 0
    assert "Was darin ist\n-------------\n" in (tmp_path / "d/bagit/data/README.txt").read_text("utf-8")


def test_an_edition_may_have_a_readme_of_its_own_words(run: Run, write_edition: WriteEdition, tmp_path: Path) -> None:
    edition = write_edition({"templates/deposit/README.txt": "Ours: {{ title }}\n"}, TOML)
    assert run("deposit", edition, "--as", "bagit", "-o", "d", "-q").exit_code == 0
    assert (tmp_path / "d/bagit/data/README.txt").read_text("utf-8") == "Ours: Two letters\n"
    (edition / "templates/deposit/README.txt").write_text("{{ nothing }}", "utf-8")
    result = run("deposit", edition, "--as", "bagit", "-o", "e")
    assert result.exit_code == 1
    assert "error V005" in result.stderr
    assert not (tmp_path / "e").exists()


def test_a_lone_file_is_deposited_with_what_it_is_read_from(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    path = write_tei("<p>Words.</p>", "letters/one.xml")
    (path.parent / "other.xml").write_text("<secret/>", "utf-8")
    result = run("deposit", path, "--as", "bagit", "-f", "epub", "-o", "d")
    assert result.exit_code == 0
    assert "  bagit  d/bagit  " in result.stdout
    assert sorted((tmp_path / "d/bagit/data/tei/deposited").iterdir()) == [
        tmp_path / "d/bagit/data/tei/deposited/one.xml"
    ]


def test_included_text_and_images_are_deposited_and_the_schema_that_was_used(
    run: Run, write_tei: WriteTei, tmp_path: Path
) -> None:
    body = '<p><xi:include href="note.txt" parse="text"/><graphic url="img/a.png"/></p>'
    path = write_tei(body, "e/one.xml")
    (path.parent / "note.txt").write_text("From a file.", "utf-8")
    (path.parent / "img").mkdir()
    shutil.copy(next(conftest.PROJECT.glob("tests/editions/**/*.png")), path.parent / "img/a.png")
    (path.parent / "edition.toml").write_text(
        'source = "one.xml"\nformats = ["epub"]\n[validate]\nschema = "teipress"\n'
    )
    assert run("deposit", path.parent, "--as", "bagit", "-o", "d", "-q").exit_code == 0
    data = tmp_path / "d/bagit/data"
    assert set(tree(data / "tei/deposited")) == {"one.xml", "note.txt", "img/a.png"}
    assert set(tree(data / "schema")) == {"teipress.rng", "teipress.sch"}


# What may not be packed


@pytest.fixture
def restricted(project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(project / "tests/editions/restricted", tmp_path / "restricted"))


def test_what_the_audience_may_not_see_is_in_no_package(run: Run, restricted: Path, tmp_path: Path) -> None:
    (restricted / "templates").mkdir()
    (restricted / "templates/CANARY.txt").write_text("CANARY", "utf-8")
    toml = restricted / "edition.toml"
    toml.write_text(f"# CANARY\n{toml.read_text('utf-8')}", "utf-8")
    kinds = [part for kind in WRITERS if kind != "dnb" for part in ("--as", kind)]
    result = run("deposit", restricted, *kinds, "-o", "d")
    assert result.exit_code == 0
    assert "K002" in result.stderr
    assert holding(tmp_path / "d", b"CANARY") == []
    readme = (tmp_path / "d/bagit/data/README.txt").read_text("utf-8")
    assert "What is not here" in readme
    assert not (tmp_path / "d/bagit/data/tei/deposited").exists()


def test_a_package_does_not_depend_on_what_is_withheld(run: Run, restricted: Path, tmp_path: Path) -> None:
    report, kinds = restricted / "report.xml", ["--as", "bagit", "--as", "eark", "-f", "epub", "-q"]
    assert run("deposit", restricted, *kinds, "-o", "a").exit_code == 0
    other = '<foreign>A longer thing</foreign> with <ref target="#nothing">a fault</ref> and an \N{ARABIC LETTER BEH}'
    text = report.read_text("utf-8").replace("CANARY in a paragraph", other).replace("CANARY in a cell", "")
    report.write_text(text, "utf-8")
    assert run("deposit", restricted, *kinds, "-o", "b").exit_code == 0
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_whether_what_is_withheld_is_valid_is_not_told(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    rng = """<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start>
      <define name="any"><element><anyName><except><name ns="http://www.tei-c.org/ns/1.0">quote</name></except></anyName>
      <zeroOrMore><choice><text/><attribute><anyName/></attribute><ref name="any"/></choice></zeroOrMore></element>
      </define></grammar>"""
    header = "<fileDesc><titleStmt><title>Two</title></titleStmt><publicationStmt><p/></publicationStmt></fileDesc>"
    opened = conftest.TEI_FILE.format(attributes=' xml:id="open"', title="Open", standoff="", body="<p>Open.</p>")
    path = write_tei()
    (path.parent / "own.rng").write_text(rng, "utf-8")
    for name, fault in (("a", ""), ("b", "<quote/>")):
        texts = [opened, closed("shut").replace("<p>CANARY", f"<p>{fault}CANARY")]
        inner = "".join(text[text.index("<TEI") :] for text in texts)
        corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{header}</teiHeader>{inner}</teiCorpus>'
        path.write_text(f'<?xml-model href="own.rng"?>{corpus}', "utf-8")
        assert run("deposit", path, "--as", "bagit", "--as", "eark", "-o", name, *ASIDE).exit_code == 0
    assert ("quote" in run("validate", path).output) and (tree(tmp_path / "a") == tree(tmp_path / "b"))


def test_an_audience_that_may_see_all_gets_all(run: Run, restricted: Path, tmp_path: Path) -> None:
    assert run("deposit", restricted, "--as", "bagit", "--access", "archivists", "-o", "d", *ASIDE).exit_code == 0
    data = tmp_path / "d/bagit/data"
    assert (data / "tei/deposited/report.xml").read_bytes() == (restricted / "report.xml").read_bytes()
    assert "It is not for everybody" in (data / "README.txt").read_text("utf-8")
    assert "Not for the public" in (tmp_path / "d/bagit/bag-info.txt").read_text("utf-8")


def test_a_misspelt_audience_gets_nothing(run: Run, restricted: Path, tmp_path: Path) -> None:
    result = run("deposit", restricted, "--as", "bagit", "--access", "archivist", "-o", "d")
    assert result.exit_code == 2
    assert 'unknown audience "archivist"' in result.stderr
    assert not (tmp_path / "d").exists()


def closed(text: str, rights: str = "<p>Ask.</p>") -> str:
    """The TEI of a document whose availability is restricted, and whose text has a canary in every part."""
    file = conftest.TEI_FILE.format(
        attributes=f' xml:id="{text}"', title=f"The {text} one", standoff="<standOff><note>CANARY</note></standOff>",
        body='<div xml:id="CANARY"><p>CANARY<note>CANARY</note></p></div>',
    )  # fmt: skip
    return file.replace("<p>Unpublished.</p>", f"<publisher>P</publisher>{HEADER.format(rights)}")


@pytest.fixture
def half(write_edition: WriteEdition) -> Path:
    """An edition of two documents of which one is restricted, and the other points into it."""
    first = conftest.EDITION_FILES["first.xml"].replace("writes.", 'writes <ref target="#CANARY">of it</ref>.')
    return write_edition({"second.xml": closed("second"), "first.xml": first}, TOML)


def test_the_text_of_a_restricted_document_is_in_no_package_for_the_public(
    run: Run, half: Path, tmp_path: Path
) -> None:
    result = run("deposit", half, "--as", "bagit", "--as", "saf", "-f", "html", "-f", "epub", "-o", "d")
    assert result.exit_code == 0, result.stderr
    assert "tiny/second.xml:6: warning K001 the availability of “The second one” is restricted" in result.stderr
    assert holding(tmp_path / "d", b"CANARY") == []
    data = tmp_path / "d/bagit/data"
    assert "<title>The second one</title>" in (data / "tei/published/second.xml").read_text("utf-8")
    assert '<gap reason="withheld"/>' in (data / "tei/published/second.xml").read_text("utf-8")
    assert "Ada" in (data / "tei/published/first.xml").read_text("utf-8")
    assert "The text of “The second one”" in " ".join((data / "README.txt").read_text("utf-8").split())


def test_a_restricted_document_is_packed_whole_where_that_is_asked_for(run: Run, half: Path, tmp_path: Path) -> None:
    result = run("deposit", half, "--as", "saf", "--restricted", "-o", "d", "-q")
    assert result.exit_code == 0
    assert "K00" not in result.stderr
    assert b"CANARY" in (tmp_path / "d/saf/item_000/second.xml").read_bytes()
    assert "permissions:-r 'Administrator'" in (tmp_path / "d/saf/item_000/contents").read_text("utf-8")


def test_a_public_licence_opens_what_is_called_restricted(run: Run, write_tei: WriteTei, tmp_path: Path) -> None:
    licence = '<licence target="https://creativecommons.org/licenses/by-nc/4.0/">Not to earn by.</licence>'
    path = write_tei()
    path.write_text(closed("text", licence), "utf-8")
    assert run("deposit", path, "--as", "bagit", "-o", "d", *ASIDE).exit_code == 0
    assert b"CANARY" in (tmp_path / "d/bagit/data/tei/deposited/text.xml").read_bytes()


def test_an_edition_that_is_restricted_altogether_is_not_packed_for_the_public(
    run: Run, write_tei: WriteTei, tmp_path: Path
) -> None:
    path = write_tei()
    path.write_text(closed("text"), "utf-8")
    result = run("deposit", path, "--as", "bagit", "-o", "d", *ASIDE)
    assert result.exit_code == 1
    assert "error K003" in result.stderr
    assert "nothing was packed" in result.stderr
    assert not (tmp_path / "d").exists()


def test_no_file_from_elsewhere_comes_in_by_a_link(run: Run, write_edition: WriteEdition, tmp_path: Path) -> None:
    edition = write_edition(toml=TOML)
    (tmp_path / "private.txt").write_text("CANARY", "utf-8")
    (edition / "templates").mkdir()
    (edition / "templates/own.css").write_text("p {}", "utf-8")
    (edition / "templates/linked.css").symlink_to(tmp_path / "private.txt")
    assert run("deposit", edition, "--as", "bagit", "-o", "d", "-q").exit_code == 0
    assert set(tree(tmp_path / "d/bagit/data/settings/templates")) == {"own.css"}
    assert holding(tmp_path / "d", b"CANARY") == []


# What is new


def test_a_deposit_of_the_same_edition_is_the_same(run: Run, out: Path, tmp_path: Path) -> None:
    before = tree(out)
    result = run("deposit", "tiny", "--as", "bagit", "--as", "saf", "--as", "ocfl", "-o", "out")
    assert result.exit_code == 0
    assert "since" not in result.stdout
    assert tree(out) == before


def test_a_deposit_of_a_changed_edition_says_what_changed(
    run: Run, out: Path, tmp_path: Path, require_module: Callable[[str], None]
) -> None:
    edition = tmp_path / "tiny"
    second = (edition / "second.xml").read_text("utf-8")
    (edition / "second.xml").write_text(second.replace("Nobody knows", "Somebody knows"), "utf-8")
    (edition / "third.xml").write_text(second.replace('xml:id="second"', 'xml:id="third"'), "utf-8")
    corpus = (edition / "edition.xml").read_text("utf-8")
    corpus = corpus.replace('<xi:include href="first.xml"/>', "").replace(
        "</teiCorpus>", '<xi:include href="third.xml"/></teiCorpus>'
    )
    (edition / "edition.xml").write_text(corpus, "utf-8")
    saf = tree(out / "saf")
    result = run("deposit", edition, "--as", "bagit", "--as", "ocfl", "-o", "out")
    assert result.exit_code == 0
    told = result.stdout.splitlines()
    assert "since the deposit of the edition of 2001-02-03:" in told
    assert [line for line in told if "letter:" in line] == [
        "  The second letter: text changed",
        "  The second letter: new",
        "  The first letter: gone",
    ]
    assert "  tei/deposited/second.xml: changed" in told
    said = (out / "bagit/data/README.txt").read_text("utf-8")
    assert "  The second letter: its text has changed\n" in said
    assert tree(out / "saf") == saf  # what was not asked for stays as it was
    require_module("bagit")
    require_module("ocfl")
    assert bag_faults(out / "bagit") == []
    assert ocfl_faults(out / "ocfl") == []
    inventory = json.loads(next(out.glob("ocfl/*/*/*/*/inventory.json")).read_bytes())
    assert inventory["head"] == "v2"
    again = tree(out)
    assert run("deposit", edition, "--as", "bagit", "--as", "ocfl", "-o", "out", "-q").exit_code == 0
    assert tree(out) == again  # what the last one told of changes stays told


def test_the_header_of_the_edition_is_told_of_like_that_of_a_document(run: Run, out: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "tiny/edition.xml"
    corpus.write_text(corpus.read_text("utf-8").replace("<titleStmt>", "<titleStmt><!-- -->", 1), "utf-8")
    assert "Two letters:" not in run("deposit", "tiny", "--as", "bagit", "-o", "out").stdout
    text = corpus.read_text("utf-8")
    corpus.write_text(text.replace("</title>", "</title><author>Ada</author>", 1), "utf-8")
    told = run("deposit", "tiny", "--as", "bagit", "-o", "out").stdout.splitlines()
    assert [line for line in told if "letter" in line] == ["  Two letters: header changed"]


def test_fonts_of_the_edition_are_not_passed_on_and_the_readme_says_so(
    run: Run, write_edition: WriteEdition, tmp_path: Path
) -> None:
    edition = write_edition({"fonts/mine.otf": "CANARY"}, TOML)
    assert run("deposit", edition, "--as", "bagit", "-o", "d", "-q").exit_code == 0
    assert holding(tmp_path / "d", b"CANARY") == []
    assert "Fonts and colour profiles" in (tmp_path / "d/bagit/data/README.txt").read_text("utf-8")


def test_what_changed_since_is_asked_of_any_package(run: Run, out: Path, tmp_path: Path) -> None:
    header = (tmp_path / "tiny/first.xml").read_text("utf-8").replace("Written for a test.", "Written for two.")
    (tmp_path / "tiny/first.xml").write_text(header, "utf-8")
    result = run("deposit", "tiny", "--as", "bagit", "--since", out / "ocfl", "-o", "new")
    assert result.exit_code == 0
    assert "  The first letter: header changed" in result.stdout.splitlines()


def test_a_deposit_is_the_same_in_another_folder_time_zone_and_locale(packed: Path, tmp_path: Path) -> None:
    place = tmp_path / "another place é"
    place.mkdir()
    shutil.copytree(packed / "tiny", place / "tiny")
    kinds = ["--as", "ocfl", "--as", "saf", "--as", "bagit"]
    command = [sys.executable, "-m", "teipress", "deposit", "tiny", "-o", "out", "-q", *kinds]
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run(command, cwd=place, env={**os.environ, **elsewhere}, check=True)
    assert tree(place / "out") == tree(packed / "out")


# What goes wrong


def test_what_a_receiver_demands_and_nobody_states_stops_a_deposit_before_anything_is_built(
    run: Run, write_edition: WriteEdition, tmp_path: Path
) -> None:
    corpus = conftest.EDITION_FILES["edition.xml"].replace('<date when="2001-02-03">3 February 2001</date>', "")
    result = run("deposit", write_edition({"edition.xml": corpus}, TOML), "--as", "dnb", "-o", "d")
    assert result.exit_code == 1
    place = "teiHeader/fileDesc/publicationStmt/date"
    assert f"tiny/edition.xml:6: error M002 DNB wants a publication date: {place}" in result.stderr
    assert "Making" not in result.stderr
    assert not (tmp_path / "d").exists()


def test_a_deposit_for_others_is_neither_replaced_nor_compared(
    run: Run, restricted: Path, half: Path, tmp_path: Path
) -> None:
    assert run("deposit", restricted, "--as", "ocfl", "--access", "archivists", "-o", "a", *ASIDE).exit_code == 0
    assert run("deposit", half, "--as", "ocfl", "--restricted", "-o", "b", "-q").exit_code == 0
    for edition, folder in ((restricted, "a"), (half, "b")):
        before = tree(tmp_path / folder)
        for arguments in (["-o", folder], ["-o", "new", "--since", folder]):
            result = run("deposit", edition, "--as", "ocfl", *arguments, *ASIDE)
            assert result.exit_code == 2
            assert 'and this one for "public"' in result.stderr
        assert tree(tmp_path / folder) == before


def test_what_is_withheld_by_now_is_not_told_by_what_is_gone(run: Run, out: Path, tmp_path: Path) -> None:
    (tmp_path / "tiny/edition.toml").write_text(TOML + '[access.public]\nwithhold = ["#secret"]\n', "utf-8")
    result = run("deposit", "tiny", "--as", "ocfl", "-o", "out", "-q")
    assert result.exit_code == 2
    assert "holds what is withheld by now" in result.stderr
    assert run("deposit", "tiny", "--as", "bagit", "-o", "new", "-q").exit_code == 0
    second = (tmp_path / "tiny/second.xml").read_text("utf-8")
    (tmp_path / "tiny/second.xml").write_text(second.replace("<TEI ", '<TEI ana="#secret" '), "utf-8")
    assert run("deposit", "tiny", "--as", "bagit", "-o", "new").exit_code == 0
    assert holding(tmp_path / "new", b"second letter") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tiny", "-o", "d"], "say what to pack with --as; kinds of packages are bagit, dnb"),
        (["tiny", "--as", "baggit", "-o", "d"], 'unknown kind of package "baggit"; did you mean "bagit"?'),
        (["tiny", "--as", "bagit"], "say where to with -o"),
        (["tiny", "--as", "bagit", "-o", "d", "-f", "pfd"], 'unknown format "pfd"; did you mean "pdf"?'),
        (["tiny", "--as", "dnb", "-f", "html", "-o", "d"], "the DNB takes a PDF or an EPUB"),
        (["nowhere", "--as", "bagit", "-o", "d"], "nowhere: there is no such file"),
        (["tiny", "--as", "bagit", "-o", "tiny/d"], "lies in the edition's folder"),
        (["tiny", "--as", "bagit", "-o", "tiny"], "lies in the edition's folder"),
        (["tiny", "--as", "bagit", "-o", "others"], "holds letter.txt, and no deposit"),
        (["tiny", "--as", "bagit", "-o", "others/letter.txt"], "this is a file"),
        (["tiny", "--as", "bagit", "-o", "d", "--since", "others"], "others: holds no deposit"),
        (["tiny", "--as", "bagit", "-o", "d", "--since", "nowhere"], "nowhere: holds no deposit"),
        (["tiny", "--as", "bagit", "-o", "d", "--schemas", "tiny"], "--schemas are for reading a package again"),
        (["--check", "tiny", "--as", "bagit"], "--check reads a package and packs nothing"),
        (["--check", "tiny", "--schemas", "nowhere"], "nowhere: holds no .xsd files"),
        (["--check", "tiny", "--schemas", "others"], "others: holds no .xsd files"),
    ],
)
def test_wrong_use_is_one_line_before_anything_is_built(
    arguments: list[str], said: str, run: Run, write_edition: WriteEdition, tmp_path: Path
) -> None:
    write_edition(toml=TOML)
    (tmp_path / "others").mkdir()
    (tmp_path / "others/letter.txt").write_text("mine", "utf-8")
    before = tree(tmp_path)
    result = run("deposit", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(tmp_path) == before


def test_the_folder_that_one_is_in_can_be_packed_into(
    run: Run, write_edition: WriteEdition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = write_edition(toml=TOML)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    result = run("deposit", edition, "--as", "bagit", "-o", ".")
    monkeypatch.chdir(tmp_path)
    assert (result.exit_code, "M008" in result.stderr) == (0, True)
    assert (tmp_path / "here/bagit/bagit.txt").is_file()


def test_the_deposit_of_another_edition_is_not_replaced(run: Run, out: Path, write_tei: WriteTei) -> None:
    before = tree(out)
    result = run("deposit", write_tei(), "--as", "bagit", "-o", out, *ASIDE)
    assert result.exit_code == 2
    assert 'holds a deposit of "tiny", not of "text"' in result.stderr
    assert tree(out) == before


def test_an_edition_with_errors_is_not_packed_and_the_last_deposit_stays(run: Run, out: Path, tmp_path: Path) -> None:
    before = tree(out)
    (tmp_path / "tiny/edition.toml").write_text(TOML + '[validate]\nschema = "teipress"\n', "utf-8")
    first = tmp_path / "tiny/first.xml"
    first.write_text(first.read_text("utf-8").replace('ref="#ada"', 'ref="#nobody"'), "utf-8")
    result = run("deposit", "tiny", "--as", "bagit", "-o", "out")
    assert result.exit_code == 1
    assert "error R001" in result.stderr
    assert "nothing was packed" in result.stderr
    assert tree(out) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_one_line(run: Run, write_edition: WriteEdition, tmp_path: Path) -> None:
    write_edition(toml=TOML)
    (tmp_path / "closed").mkdir(mode=0o500)
    result = run("deposit", "tiny", "--as", "bagit", "-o", "closed/d")
    assert result.exit_code == 2
    assert "closed/d: cannot be written" in result.stderr


def test_a_deposit_that_is_stopped_on_the_way_leaves_the_last_one(
    run: Run, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(out)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(WRITERS, "saf", full)
    result = run("deposit", "tiny", "--as", "bagit", "--as", "saf", "-o", "out")
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert tree(out) == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".out")] == []


def test_a_name_that_is_no_text_is_one_line(run: Run, write_edition: WriteEdition, tmp_path: Path) -> None:
    edition = write_edition(toml=TOML)
    (edition / "templates").mkdir()
    Path(os.fsdecode(os.fsencode(edition / "templates") + b"/\xff.css")).touch()
    result = run("deposit", edition, "--as", "bagit", "-o", "d")
    assert result.exit_code == 2
    assert "is not in UTF-8" in result.stderr
    assert not (tmp_path / "d").exists()


def test_settings_of_a_deposit_cannot_be_named_in_edition_toml(run: Run, write_edition: WriteEdition) -> None:
    result = run("deposit", write_edition(toml="closed = false\n" + TOML), "--as", "bagit", "-o", "d")
    assert result.exit_code == 2
    assert 'unknown setting "closed"' in result.stderr
    assert settings_for(write_edition(toml=TOML)).closed is False
