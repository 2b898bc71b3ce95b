"""Bags, DSpace items, OCFL objects and transfer folders: what is in them, and that independent checkers take them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from teipress.deposit import WRITERS, bagit, dnb, ocfl, saf
from teipress.deposit.holding import Deposit, Holding, Role
from teipress.edition import Agent, Description, Subject
from teipress.errors import UsageError
from validators import bag_faults, ocfl_faults

SAID = Description(
    "urn:uuid:0e30c3d1-3e52-5a8d-8ad1-3b1e33c2a86e",
    "Letters from a lighthouse",
    subtitle="A small edition",
    agents=(
        Agent("Ada Example", "Example", "Ada", role="edt", identifiers=(("ORCID", "0000-0002-1825-0097"),)),
        Agent("The keepers", body=True),
    ),
    publisher="The test press",
    date="2001-02-03",
    languages=("en", "de"),
    subjects=(Subject("Lighthouses"),),
    abstract="Of fog.",
    numbers=(("ISBN", "978-3-16-148410-0"), ("DOI", "10.5555/fog")),
    licence="For any use",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    original="1899",
)
FILES = {
    "README.txt": (Role.README, b"Read me.\n"),
    "tei/deposited/one.xml": (Role.DEPOSITED, b"<TEI/>\n"),
    "tei/published/one.xml": (Role.PUBLISHED, b"<TEI>fog</TEI>\n"),
    "epub/letters.epub": (Role.EPUB, b"no EPUB\n"),
    "pdf/letters-pages.csv": (Role.PDF, b"1,1\n"),
    "pdf/letters.pdf": (Role.PDF, b"no PDF\n"),
    "reports/build.json": (Role.REPORT, b"{}\n"),
    "reports/again.json": (Role.REPORT, b"{}\n"),
}
Pack = Callable[..., Deposit]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """``pack()`` makes a small deposit; `files` are its own, `fields` replace what it says."""

    def make(files: Mapping[str, tuple[Role, bytes]] = FILES, **fields: object) -> Deposit:
        holdings = []
        for n, (path, (role, content)) in enumerate(files.items()):
            data = tmp_path / "data" / f"{n}-{hashlib.sha256(content).hexdigest()[:8]}"
            data.parent.mkdir(exist_ok=True)
            data.write_bytes(content)
            sums = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
            holdings.append(Holding(PurePosixPath(path), role, "text/plain", data, len(content), *sums))
        facts = {"moment": datetime(2001, 2, 3, tzinfo=UTC), "generator": "teipress 1.2"}
        records = {"dc.xml": b"<dc/>", dnb.RECORD: b"<record/>"}
        return replace(Deposit("letters", SAID, tuple(holdings), (), records, **facts), **fields)

    return make


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def spoil(path: Path, how: str) -> None:
    """A damage: one bit turned, the file away, another beside it, or called otherwise."""
    content = path.read_bytes()
    if how == "flipped":
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    elif how == "missing":
        path.unlink()
    elif how == "extra":
        path.with_name("extra.txt").write_bytes(b"Who are you?")
    else:
        path.rename(path.with_name("renamed.xml"))


DAMAGES = ["flipped", "missing", "extra", "renamed"]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_package_is_the_same_each_time(kind: str, pack: Pack, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        WRITERS[kind](pack(), tmp_path / name)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


# BagIt


def test_a_bag_is_taken_by_bagit_python(pack: Pack, tmp_path: Path, require_module: Callable[[str], None]) -> None:
    require_module("bagit")
    bagit.write(pack(), tmp_path / "bag")
    assert bag_faults(tmp_path / "bag") == []
    info = (tmp_path / "bag/bag-info.txt").read_text("utf-8").splitlines()
    assert "Bagging-Date: 2001-02-03" in info
    assert "External-Identifier: DOI 10.5555/fog" in info
    assert f"Payload-Oxum: {sum(len(c) for _, c in FILES.values())}.{len(FILES)}" in info
    assert (tmp_path / "bag/bagit.txt").read_text("utf-8").startswith("BagIt-Version: 1.0\n")


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", ["data/tei/published/one.xml", "bag-info.txt", "manifest-sha512.txt"])
def test_a_damaged_bag_is_refused(
    file: str, damage: str, pack: Pack, tmp_path: Path, require_module: Callable[[str], None]
) -> None:
    require_module("bagit")
    bagit.write(pack(), tmp_path / "bag")
    if damage == "extra" and not file.startswith("data/"):
        return  # a bag may have any tag files beside those that it lists (RFC 8493, 2.2.4)
    spoil(tmp_path / "bag" / file, damage)
    assert bag_faults(tmp_path / "bag") != []


def test_a_manifest_encodes_line_ends_and_per_cent_signs_and_nothing_else(pack: Pack, tmp_path: Path) -> None:
    assert bagit.encoded("data/50%\r\nof é #.xml") == "data/50%25%0D%0Aof é #.xml"
    bagit.write(pack({"tei/a\nb.xml": (Role.DEPOSITED, b"x")}), tmp_path / "bag")
    assert (tmp_path / "bag/data/tei/a\nb.xml").read_bytes() == b"x"
    assert bag_faults(tmp_path / "bag") == []


def test_what_an_edition_says_cannot_add_a_line_to_the_bag_s_information(pack: Pack, tmp_path: Path) -> None:
    said = replace(SAID, title="Fog\nBagging-Date: 1666-09-02", publisher="")
    bagit.write(pack(description=said), tmp_path / "bag")
    lines = (tmp_path / "bag/bag-info.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith(("Bagging-Date", "Source"))] == ["Bagging-Date: 2001-02-03"]


# OCFL


def version(pack: Pack, root: Path, **changed: bytes) -> None:
    files = dict(FILES)
    if changed:
        files["tei/published/one.xml"] = (Role.PUBLISHED, changed["text"])
    ocfl.write(pack(files), root)


def test_an_ocfl_object_is_taken_by_ocfl_py_and_gets_versions(
    pack: Pack, tmp_path: Path, require_module: Callable[[str], None]
) -> None:
    require_module("ocfl")
    root = tmp_path / "root"
    version(pack, root)
    assert ocfl_faults(root) == []
    version(pack, root, text=b"<TEI>fog and rain</TEI>\n")
    assert ocfl_faults(root) == []
    place = root / ocfl.object_path(SAID.identifier)
    inventory = json.loads((place / "inventory.json").read_bytes())
    assert inventory["head"] == "v2"
    assert inventory["versions"]["v2"]["user"]["address"] == "https://orcid.org/0000-0002-1825-0097"
    assert list(tree(place / "v2/content")) == ["tei/published/one.xml"]  # the rest is in v1 already
    assert len(list((place / "v1/content/reports").iterdir())) == 1  # two files with the same content
    version(pack, root)  # as it was: all of its content is there
    assert ocfl_faults(root) == []
    assert not (place / "v3/content").exists()


def test_an_object_goes_on_when_the_edition_gets_another_identifier(pack: Pack, tmp_path: Path) -> None:
    version(pack, tmp_path / "root")
    said = replace(SAID, title="Letters from two lighthouses", identifier="urn:uuid:another")
    ocfl.write(pack(description=said), tmp_path / "root")  # and the same files: no version
    ocfl.write(pack({"README.txt": (Role.README, b"Two.")}, description=said), tmp_path / "root")
    inventory = json.loads((tmp_path / "root" / ocfl.object_path(SAID.identifier) / "inventory.json").read_bytes())
    assert (inventory["head"], inventory["id"]) == ("v2", SAID.identifier)
    assert ocfl_faults(tmp_path / "root") == []


def test_a_deposit_that_says_the_same_adds_no_version(pack: Pack, tmp_path: Path) -> None:
    version(pack, tmp_path / "root")
    before = tree(tmp_path / "root")
    version(pack, tmp_path / "root")
    assert tree(tmp_path / "root") == before


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", ["v1/content/tei/published/one.xml", "inventory.json", "v1/inventory.json"])
def test_a_damaged_ocfl_object_is_refused(
    file: str, damage: str, pack: Pack, tmp_path: Path, require_module: Callable[[str], None]
) -> None:
    require_module("ocfl")
    version(pack, tmp_path / "root")
    version(pack, tmp_path / "root", text=b"<TEI>rain</TEI>\n")
    spoil(tmp_path / "root" / ocfl.object_path(SAID.identifier) / file, damage)
    assert ocfl_faults(tmp_path / "root") != []


def test_a_damaged_ocfl_object_is_not_continued(pack: Pack, tmp_path: Path) -> None:
    version(pack, tmp_path / "root")
    inventory = tmp_path / "root" / ocfl.object_path(SAID.identifier) / "inventory.json"
    inventory.write_bytes(inventory.read_bytes().replace(b"letters", b"ladders"))
    with pytest.raises(UsageError, match="is damaged"):
        version(pack, tmp_path / "root", text=b"other")


def test_the_path_of_an_object_is_that_of_the_layout_extension() -> None:
    # the two examples of extension 0003 with its default parameters, tuples of 3
    assert ocfl.object_path("object-01") == Path("3c0/ff4/240/object-01")
    assert ocfl.object_path("..hor/rib:le-$id") == Path("487/326/d8c/%2e%2ehor%2frib%3ale-%24id")


# DSpace


def test_an_item_of_dspace_lists_its_files_and_says_what_it_is(pack: Pack, tmp_path: Path) -> None:
    saf.write(pack(), tmp_path / "saf")
    item = tmp_path / "saf/item_000"
    lines = [line.split("\t") for line in (item / "contents").read_text("utf-8").splitlines()]
    assert lines[0] == ["letters.pdf", "bundle:ORIGINAL", "description:PDF (pdf/letters.pdf)", "primary:true"]
    assert lines[1] == ["letters-pages.csv", "bundle:ORIGINAL", "description:Beside the PDF (pdf/letters-pages.csv)"]
    assert {name for name, *_ in lines} | {"contents", "dublin_core.xml", "metadata_dcterms.xml"} == set(tree(item))
    assert {"one.xml", "tei-deposited-one.xml"} <= {name for name, *_ in lines}
    assert (item / "one.xml").read_bytes() == FILES["tei/published/one.xml"][1]
    values = {
        ".".join((v.get("element"), v.get("qualifier"))): v.text
        for v in etree.parse(item / "dublin_core.xml").getroot()
    }
    assert values["title.none"] == "Letters from a lighthouse: A small edition"
    assert (values["contributor.editor"], values["contributor.author"]) == ("Example, Ada", "The keepers")
    assert (values["date.issued"], values["identifier.isbn"]) == ("2001-02-03", "978-3-16-148410-0")
    assert values["identifier.uri"] == "https://doi.org/10.5555/fog"
    terms = etree.parse(item / "metadata_dcterms.xml").getroot()
    assert (terms.get("schema"), [v.text for v in terms]) == ("dcterms", [SAID.licence_url, "1899"])


def test_names_that_a_list_of_contents_cannot_hold_are_changed(pack: Pack, tmp_path: Path) -> None:
    odd = {f"tei/{n}/a\tb\nc.xml": (Role.DEPOSITED, bytes([n])) for n in range(3)}
    saf.write(pack(odd), tmp_path / "saf")
    names = [line.split("\t")[0] for line in (tmp_path / "saf/item_000/contents").read_text("utf-8").splitlines()]
    assert names == ["a-b-c.xml", "tei-1-a-b-c.xml", "tei-2-a-b-c.xml"]
    assert all((tmp_path / "saf/item_000" / name).is_file() for name in names)


def test_what_is_not_for_the_public_is_closed_on_import(pack: Pack, tmp_path: Path) -> None:
    saf.write(pack(public=False), tmp_path / "saf")
    lines = (tmp_path / "saf/item_000/contents").read_text("utf-8").splitlines()
    assert all("\tpermissions:-r 'Administrator'\t" in line for line in lines)


# DNB


def test_a_transfer_folder_has_one_publication_and_its_record(pack: Pack, tmp_path: Path) -> None:
    dnb.write(pack(), tmp_path / "dnb")
    files = tree(tmp_path / "dnb")
    assert set(files) == {
        "letters.sha256",
        "letters.sha512",
        "letters/catalogue_md.xml",
        "letters/content/letters.pdf",
    }
    for line in files["letters.sha512"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha512(files[name]).hexdigest() == digest


def test_without_a_pdf_the_epub_is_transferred_and_without_both_nothing(pack: Pack, tmp_path: Path) -> None:
    files = {name: held for name, held in FILES.items() if held[0] is not Role.PDF}
    dnb.write(pack(files), tmp_path / "epub")
    assert (tmp_path / "epub/letters/content/letters.epub").is_file()
    del files["epub/letters.epub"]
    with pytest.raises(UsageError, match="-f pdf"):
        dnb.write(pack(files), tmp_path / "nothing")
