"""PREMIS: valid, complete, and every link in it leads to something in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from teipress.deposit.check.schemas import Schemas
from teipress.deposit.holding import Deposit, Event
from teipress.deposit.premis import PREMIS, premis
from teipress.edition import Description

P = {"p": PREMIS, "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
Make = Callable[..., Deposit]


def read(deposit: Deposit) -> etree._Element:
    return etree.fromstring(premis(deposit))


def entity(root: etree._Element, path: str) -> etree._Element:
    (found,) = root.xpath("p:object[p:originalName=$path]", namespaces=P, path=path)
    return found


def texts(element: etree._Element, path: str) -> list[str]:
    return [e.text for e in element.iterfind(path, P)]


def test_it_is_valid(deposit: Deposit, schemas: Schemas) -> None:
    root = read(deposit)
    assert root.get("version") == "3.0"
    assert schemas.faults(root) == []


def test_an_edition_that_states_nothing_is_valid_as_well(make_deposit: Make, schemas: Schemas) -> None:
    bare = make_deposit(description=Description("", ""), events=(), records={})
    assert schemas.faults(read(bare)) == []
    assert read(bare).find("p:rights", P) is None


def test_the_schema_sees_what_is_wrong(deposit: Deposit, schemas: Schemas) -> None:
    root = read(deposit)
    root.find(".//p:size", P).text = "large"
    ((line, message),) = schemas.faults(root)
    assert line
    assert "'large' is not a valid value" in message


def test_every_link_leads_to_an_entity(deposit: Deposit) -> None:
    root = read(deposit)
    for kind, linked in {
        "object": ("linkingObjectIdentifier", "relatedObjectIdentifier"),
        "event": ("linkingEventIdentifier",),
        "agent": ("linkingAgentIdentifier",),
        "rightsStatement": ("linkingRightsStatementIdentifier",),
    }.items():
        known = texts(root, f".//p:{kind}Identifier/p:{kind}IdentifierValue")
        assert known
        assert len(set(known)) == len(known)
        for name in linked:
            assert set(texts(root, f".//p:{name}/p:{name}Value")) <= set(known), name


def test_every_file_has_both_sums_its_size_and_its_format(deposit: Deposit) -> None:
    root = read(deposit)
    for holding in deposit.holdings:
        content = holding.data.read_bytes()
        found = entity(root, holding.path.as_posix())
        assert texts(found, ".//p:messageDigestAlgorithm") == ["SHA-256", "SHA-512"]
        digests = [hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()]
        assert texts(found, ".//p:messageDigest") == digests
        assert texts(found, ".//p:size") == [str(len(content))]
        assert len(texts(found, ".//p:formatName")) == 1


@pytest.mark.parametrize(
    ("path", "name", "version", "puid"),
    [
        ("tei/published/first.xml", "TEI P5 XML - Single Text File", [], ["fmt/1476"]),
        ("pdf/letters.pdf", "Acrobat PDF/A - Portable Document Format", ["2a"], ["fmt/476"]),
        ("epub/letters.epub", "EPUB", ["3"], ["fmt/483"]),
        ("schema/rules.rng", "Extensible Markup Language", ["1.0"], ["fmt/101"]),
        ("settings/edition.toml", "application/toml", [], []),
    ],
)
def test_a_format_is_told_by_the_registry_of_archives(
    deposit: Deposit, path: str, name: str, version: list[str], puid: list[str]
) -> None:
    found = entity(read(deposit), path)
    assert texts(found, ".//p:formatName") == [name]
    assert texts(found, ".//p:formatVersion") == version
    assert texts(found, ".//p:formatRegistryKey") == puid


@pytest.mark.parametrize(
    ("content", "puid"),
    [
        ("<?xml version='1.0'?><!-- <TEI> --><?x <TEI ?><teiCorpus xmlns='u'/>", "fmt/1477"),
        ("<!DOCTYPE TEI [<!ENTITY a 'b'>]><t:TEI xmlns:t='u'/>", "fmt/1476"),
        ("<TEIX/>", "fmt/101"),
        ("no XML at all", "fmt/101"),
    ],
)
def test_tei_is_told_by_its_root(make_deposit: Make, content: str, puid: str) -> None:
    deposit = make_deposit()
    one = next(h for h in deposit.holdings if h.path.name == "second.xml")
    one.data.write_text(content, "utf-8")
    assert texts(entity(read(deposit), one.path.as_posix()), ".//p:formatRegistryKey") == [puid]


def test_what_was_built_says_of_which_texts(deposit: Deposit) -> None:
    sources = texts(entity(read(deposit), "pdf/letters.pdf"), ".//p:relatedObjectIdentifierValue")
    assert sources == ["urn:x-letters", *(f"urn:x-letters#tei/published/{n}.xml" for n in ("first", "second"))]
    assert texts(entity(read(deposit), "README.txt"), ".//p:relatedObjectIdentifierValue") == ["urn:x-letters"]


def test_events_say_what_was_done_by_which_program_and_with_what_outcome(deposit: Deposit) -> None:
    root = read(deposit)
    events = root.findall("p:event", P)
    assert [texts(e, "p:eventType") for e in events] == [[e.kind] for e in deposit.events]
    assert [texts(e, ".//p:eventOutcome") for e in events] == [["success"], ["fail"], *[["success"]] * 3]
    assert texts(events[1], ".//p:eventOutcomeDetailNote") == ["2 findings: a < b"]
    assert {e.text for e in root.iterfind(".//p:eventDateTime", P)} == {"2001-02-03T04:05:06Z"}
    known = [e.find("p:eventType", P).get("valueURI", "").rpartition("/")[2] for e in events]
    assert known == ["cre", "val", "fix", "mes", ""]  # the last is a term that the Library of Congress has not
    agents = root.findall("p:agent", P)
    assert [texts(a, "p:agentName") + texts(a, "p:agentVersion") for a in agents] == [
        ["teipress", "1.2"],
        ["lxml", "6.1.3"],
        ["weasyprint", "70.0"],
    ]
    assert texts(agents[0], ".//p:linkingEventIdentifierValue") == ["event-1", "event-3", "event-4"]


def test_rights_are_told_of_the_edition_and_of_documents_that_differ(deposit: Deposit) -> None:
    statements = read(deposit).findall("p:rights/p:rightsStatement", P)
    assert [texts(s, "p:rightsBasis") for s in statements] == [["license"], ["other"]]
    assert texts(statements[0], ".//p:licenseTerms") == ["Free for any use"]
    assert texts(statements[0], ".//p:linkingObjectIdentifierValue") == ["urn:x-letters"]
    assert texts(statements[1], ".//p:otherRightsBasis") == ["restricted"]
    assert texts(statements[1], ".//p:linkingObjectIdentifierValue") == ["urn:x-letters#tei/published/second.xml"]


def test_the_order_of_the_holdings_does_not_change_a_byte(deposit: Deposit) -> None:
    assert premis(deposit) == premis(replace(deposit, holdings=deposit.holdings[::-1]))


def test_programs_without_a_version_are_named_whole(make_deposit: Make, schemas: Schemas) -> None:
    root = read(make_deposit(events=(Event("creation", "Jinja"), Event("creation", "a tool of ours"))))
    assert texts(root, "p:agent/p:agentName") == ["Jinja", "a tool of ours"]
    assert texts(root, "p:agent/p:agentVersion") == []
    assert schemas.faults(root) == []


def test_a_path_of_any_letters_has_an_identifier(deposit: Deposit, tmp_path: Path) -> None:
    found = entity(read(deposit), "site/the site & all.zip")
    assert texts(found, ".//p:objectIdentifierValue") == ["urn:x-letters#site/the%20site%20%26%20all.zip"]
