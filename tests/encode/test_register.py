from __future__ import annotations

from pathlib import Path

import pytest

from encode.registers import PERSONS, register, write
from teipress.encode.names.register import load_register
from teipress.errors import UsageError


def test_a_register_has_persons_places_and_bodies_with_their_forms(tmp_path: Path) -> None:
    found = register(tmp_path)
    assert found.entries["zenda"].kind == "place"
    assert found.entries["orz"].kind == "org"
    karlov = found.entries["karlov-yurii"]
    assert (karlov.kind, karlov.label) == ("person", "Yuriy Karlov")
    assert karlov.occupations == ("Foreign minister of Ruritania",)
    main, native = karlov.forms
    assert (main.surname, main.forenames, main.language) == ("Karlov", ("Yuriy",), "ru-Latn")
    assert (native.text, native.type, native.surname) == ("Юрий Семёнович Карлов", "native", "")
    assert found.entries["berg-otto"].forms[0].link == "von"


def test_titles_are_no_part_of_a_form(tmp_path: Path) -> None:
    name = "<persName><roleName>Sir</roleName> <forename>Ed</forename> <surname>Fox</surname> (<addName>Eddy</addName>)"
    found = register(tmp_path, f'<listPerson><person xml:id="fox">{name}</persName></person></listPerson>')
    form = found.entries["fox"].forms[0]
    assert (form.surname, form.forenames, form.nick) == ("Fox", ("Ed",), "Eddy")
    assert "Sir" not in form.text


def test_the_names_of_a_person_inside_another_belong_to_the_inner_one(tmp_path: Path) -> None:
    body = (
        '<listOrg><org xml:id="o"><orgName>O</orgName><listPerson><person xml:id="p"><persName>P Q</persName></person>'
    )
    found = register(tmp_path, body + "<note><orgName>X</orgName></note></listPerson></org></listOrg>")
    assert [f.text for f in found.entries["p"].forms] == ["P Q"]


def test_a_register_in_a_header_counts(tmp_path: Path) -> None:
    assert "smith-paula" in load_register([write(tmp_path / "r.xml", "<p/>", PERSONS)]).entries


def test_agents_and_codes(tmp_path: Path) -> None:
    found = register(tmp_path)
    assert {"ed1", "orz", "karlov-yurii"} <= found.agents
    assert "zenda" not in found.agents
    assert found.codes == {"9Z": "x9Z", "(q)(1)": "plain"}


def test_of_two_registers_the_first_counts(tmp_path: Path) -> None:
    one = '<listPlace><place xml:id="a"><placeName>{}</placeName></place></listPlace>'
    paths = [write(tmp_path / f"{n}.xml", one.format(n)) for n in ("First", "Second")]
    assert load_register(paths).entries["a"].label == "First"


def test_no_register_is_a_register_of_nobody() -> None:
    assert not load_register([]).entries


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<TEI><p></TEI>", "r.xml:1: the register is no XML"),
        ("", "the register is no XML: the file is empty"),
        ("<list/>", "the register is no TEI file"),
    ],
)
def test_a_broken_register_is_refused_with_its_path(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "r.xml"
    path.write_text(content)
    with pytest.raises(UsageError, match=said) as refused:
        load_register([path])
    assert str(path) in str(refused.value)


def test_a_missing_register_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nobody\.xml: cannot be read: .*check the path"):
        load_register([tmp_path / "nobody.xml"])


def test_entities_and_other_files_stay_closed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret")
    path = tmp_path / "r.xml"
    path.write_text(
        f'<!DOCTYPE TEI [<!ENTITY s SYSTEM "{secret}">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPlace>'
        '<place xml:id="a"><placeName>&s;</placeName></place></listPlace></standOff></TEI>'
    )
    assert load_register([path]).entries["a"].label == "&s;"
