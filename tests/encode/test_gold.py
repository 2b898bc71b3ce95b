"""The gold list has the documents of the edition, and names persons of its register only."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lxml import etree

from teipress.tei import XML_ID, elements

GOLD = tomllib.loads((Path(__file__).parent / "gold.toml").read_text("utf-8"))
DOCUMENTS = ("memo", "monograph", "paper")


def test_there_is_nothing_but_the_documents() -> None:
    assert set(GOLD) == {*DOCUMENTS, "unregistered", "no-persons"}
    assert set(GOLD["unregistered"]) == set(GOLD["no-persons"]) == set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_person_is_in_the_register(name: str, default_edition: Path) -> None:
    register = etree.parse(default_edition / "persons.xml").getroot()
    known = {person.get(XML_ID) for person in elements(register, "person")}
    assert set(GOLD[name]) <= known
    assert all(type(mentions) is int and mentions > 0 for mentions in GOLD[name].values())


def test_every_person_of_the_register_is_named_somewhere(default_edition: Path) -> None:
    register = etree.parse(default_edition / "persons.xml").getroot()
    assert {p.get(XML_ID) for p in elements(register, "person")} == {p for name in DOCUMENTS for p in GOLD[name]}
