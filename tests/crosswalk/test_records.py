"""Every record is valid by its own schema, or by what reads it elsewhere; and a broken one is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from datacite import schema45
from lxml import etree

import corpora
from crosswalk.described import FULL, modelled
from crosswalk.judges import MODS, ONIX, faults, same_xml
from teipress.crosswalk import CROSSWALKS, records
from teipress.crosswalk.wanted import FORMATS, left_out
from teipress.edition import Agent, Description, Subject

SOME = 20  # files of the corpora that are judged with every run


@pytest.fixture(scope="module", autouse=True)
def schemas(require_schema: Callable[[str], Path]) -> None:
    """The schemas of MODS and ONIX; without them everything is skipped, or fails where tools are due."""
    for name in (MODS, ONIX):
        require_schema(name)


def judged(path: Path) -> list[str]:
    """What is wrong with the records of a file, or of an edition; each part is judged by itself as well."""
    whole = modelled(path).description
    described = [whole, *whole.parts]
    return [
        f"{path.name}: {name}: {fault}"
        for d in described
        for name, record in records(d).items()
        for fault in faults(name, record)
    ]


def test_a_header_that_says_everything_has_every_record_and_each_is_valid(full: Description) -> None:
    assert records(full).keys() == CROSSWALKS.keys()
    assert judged(FULL) == []


def test_the_records_of_the_default_edition_are_valid(project: Path) -> None:
    assert judged(project / "tei" / "japan-ussr") == []


def test_the_records_of_the_small_editions_are_valid(project: Path) -> None:
    editions = sorted(p.parent for p in (project / "tests" / "editions").glob("*/edition.toml"))
    assert editions
    assert [fault for edition in editions for fault in judged(edition)] == []


def headed() -> list[Path]:
    """The files of the corpora that have a header, and are XML."""
    return [p for p in corpora.files() if p.name not in corpora.REFUSED and b"teiHeader" in p.read_bytes()]


def test_the_records_of_real_headers_are_valid(require_data: Callable[[str], Path]) -> None:
    require_data(corpora.VARIABLE)
    every = headed()
    assert [fault for path in every[:: max(1, len(every) // SOME)] for fault in judged(path)] == []


@pytest.mark.slow
def test_the_records_of_all_real_headers_are_valid(require_data: Callable[[str], Path]) -> None:
    require_data(corpora.VARIABLE)
    every = headed()
    assert len(every) > SOME
    assert [fault for path in every for fault in judged(path)] == []


def test_a_description_of_which_nothing_is_known_has_no_record_that_is_invalid() -> None:
    made = records(Description("urn:uuid:9c1f7c2e-3b0a-5d0e-8f2a-0d8f3d1a2b3c", ""))
    assert [f for name, record in made.items() for f in faults(name, record)] == []
    assert made.keys() == {"dc.xml", "dcterms.xml"}


def test_characters_that_xml_sets_apart_are_words_like_any_other(full: Description) -> None:
    odd = 'Ä <b>&amp; "x" ]]>'
    strange = replace(full, title=odd, abstract=odd, publisher=odd, subjects=(Subject(odd),), agents=(Agent(odd),))
    assert [f for name, record in records(strange).items() for f in faults(name, record)] == []
    assert etree.fromstring(records(strange)["dc.xml"])[0].text == f"{odd}: {full.subtitle}"


def test_datacite_writes_the_same_xml_from_the_json(full: Description) -> None:
    made = records(full)
    assert same_xml(made["datacite.xml"], schema45.tostring(json.loads(made["datacite.json"])).encode())
    assert not same_xml(made["datacite.xml"], made["datacite.xml"].replace(b"10.5555/", b"10.5556/"))


BROKEN = {
    "csl.json": (b'"publisher":', b'"printer":'),
    "datacite.json": (b'"publicationYear": "2024"', b'"publicationYear": "2024-05"'),
    "dc.xml": (b"dc:creator>", b"dc:author>"),
    "dcterms.xml": (b">2024-05-06<", b">6 May 2024<"),
    "marc.xml": (b'tag="245"', b'tag="24"'),
    "mods.xml": (b"typeOfResource>", b"kindOfResource>"),
    "onix.xml": (b"<ProductForm>EA", b"<ProductForm>E7"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_not_valid(full: Description, name: str) -> None:
    record = records(full)[name]
    there, instead = BROKEN[name]
    assert there in record
    assert faults(name, record.replace(there, instead)) != []


@pytest.mark.parametrize("number", ["9780306406151", "12"])
def test_a_wrong_isbn_is_no_product(full: Description, number: str) -> None:
    wrong = replace(full, numbers=(("ISBN", number),))
    assert "onix.xml" not in records(wrong)
    assert b'<subfield code="z">' in records(wrong)["marc.xml"]


def test_marc_that_says_what_it_cannot_is_noticed(full: Description) -> None:
    record = records(full)["marc.xml"]
    assert faults("marc.xml", record.replace(b'tag="245" ind1="1"', b'tag="245" ind1="7"')) != []
    assert faults("marc.xml", re.sub(rb"(tag=\"008\">.{35})eng", rb"\1qqq", record)) != []


def test_what_is_left_out_is_told_and_nothing_else(bare: Callable[..., Description], full: Description) -> None:
    """A record that is not there is one of those whose lack is told."""
    for described in (bare(), bare(title=""), bare(date="2024"), bare(date="2024-05-06", publisher="P"), full):
        told = {name for f in left_out(described) for name in FORMATS if re.search(rf"(?<!\S){name}\b", f.message)}
        assert CROSSWALKS.keys() - records(described).keys() == told


def test_the_same_header_makes_the_same_bytes() -> None:
    assert records(modelled(FULL).description) == records(modelled(FULL).description)
