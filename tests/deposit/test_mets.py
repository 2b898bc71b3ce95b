"""METS: valid, every file in it once, every reference in it resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from posixpath import join, normpath
from urllib.parse import unquote

from lxml import etree

from teipress.deposit.check.schemas import Schemas
from teipress.deposit.holding import Deposit
from teipress.deposit.mets import METS, XLINK, mets
from teipress.deposit.premis import PREMIS
from teipress.edition import Description

M = {"m": METS, "p": PREMIS}
Make = Callable[..., Deposit]


def read(deposit: Deposit, at: str = "metadata/mets.xml") -> etree._Element:
    return etree.fromstring(mets(deposit, PurePosixPath(at)))


def leads_to(root: etree._Element, at: str = "metadata/mets.xml") -> list[str]:
    found = [unquote(e.get(f"{{{XLINK}}}href")) for e in root.iterfind(".//m:FLocat", M)]
    return [normpath(join(at.rpartition("/")[0], path)) for path in found]


def test_it_is_valid_with_all_that_it_wraps(deposit: Deposit, schemas: Schemas) -> None:
    root = read(deposit)
    assert schemas.faults(root) == []
    root.find(".//p:size", M).text = "large"
    assert len(schemas.faults(root)) == 1


def test_an_edition_that_states_nothing_is_valid_as_well(make_deposit: Make, schemas: Schemas) -> None:
    assert schemas.faults(read(make_deposit(description=Description("", ""), events=(), records={}))) == []


def test_every_file_is_listed_once_and_found_from_where_the_list_lies(deposit: Deposit) -> None:
    paths = sorted(h.path.as_posix() for h in deposit.holdings)
    assert sorted(leads_to(read(deposit))) == paths
    assert sorted(leads_to(read(deposit, "mets.xml"), "mets.xml")) == paths


def test_files_are_grouped_by_their_roles_with_size_and_sum(deposit: Deposit) -> None:
    root = read(deposit)
    groups = {g.get("USE"): len(g) for g in root.iterfind(".//m:fileGrp", M)}
    assert groups["published"] == 2
    assert set(groups) == {h.role.value for h in deposit.holdings}
    told = {(f.get("SIZE"), f.get("CHECKSUM"), f.get("CHECKSUMTYPE")) for f in root.iterfind(".//m:file", M)}
    assert told == {(str(h.size), h.sha512, "SHA-512") for h in deposit.holdings}


def test_every_reference_leads_to_an_identifier_and_none_stands_twice(deposit: Deposit) -> None:
    root = read(deposit)
    known = [e.get("ID") for e in root.iter(etree.Element) if e.get("ID")]
    assert len(set(known)) == len(known)
    for name in ("ADMID", "DMDID", "FILEID"):
        used = {i for e in root.iter(etree.Element) for i in e.get(name, "").split()}
        assert used
        assert used <= set(known)
    for entry in root.iterfind(".//m:file", M):
        (described,) = root.xpath("//*[@ID=$name]//p:originalName", namespaces=M, name=entry.get("ADMID"))
        assert described.text == leads_to(entry)[0]


def test_the_structure_has_the_documents_with_their_own_files(deposit: Deposit) -> None:
    root = read(deposit)
    edition = root.find("m:structMap/m:div", M)
    assert (edition.get("TYPE"), edition.get("LABEL")) == ("edition", "Two letters & a card")
    documents = [d for d in edition if d.get("TYPE") == "document"]
    assert [d.get("LABEL") for d in documents] == ["The first letter", "The second letter"]
    assert [len(d) for d in documents] == [2, 1]
    assert [d.get("ADMID") for d in documents] == [None, "rights-2"]
    assert edition.get("ADMID").split()[:3] == ["tech-edition", "rights-1", "event-1"]
    assert len(edition.findall(".//m:fptr", M)) == len(deposit.holdings)


def test_records_that_others_know_are_in_it_whole(deposit: Deposit) -> None:
    mods = b"<mods xmlns='http://www.loc.gov/mods/v3'><titleInfo><title>Letters</title></titleInfo></mods>"
    root = read(replace(deposit, records={**deposit.records, "mods.xml": mods, "onix.xml": b"<ONIXMessage/>"}))
    wrapped = root.findall("m:dmdSec/m:mdWrap", M)
    assert [w.get("MDTYPE") for w in wrapped] == ["MODS", "DC"]
    assert "".join(wrapped[0].itertext()).strip() == "Letters"


def test_the_same_deposit_gives_the_same_bytes(deposit: Deposit) -> None:
    assert mets(deposit) == mets(replace(deposit, holdings=deposit.holdings[::-1]))
