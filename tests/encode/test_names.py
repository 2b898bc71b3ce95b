from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

import pytest

from encode.registers import named, register, told
from teipress.encode.names.recognition import unknown_ids, without_doubles
from teipress.encode.names.register import Register
from teipress.encode.names.unregistered import entries
from teipress.encode.nodes import Span
from teipress.encode.profile import Profile


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return register(tmp_path_factory.mktemp("names"))


CASES = {
    # whole names
    "both orders": (
        "Shintaro Moriyama wrote, and Moriyama Shintarō signed.",
        ["persName #moriyama-shintaro high: Shintaro Moriyama", "persName #moriyama-shintaro high: Moriyama Shintarō"],
    ),
    "romanisations": (
        "we met Yurii Karlov, Yuri Karlov and Yuriy Karlov here",
        [f"persName #karlov-yurii high: {n} Karlov" for n in ("Yurii", "Yuri", "Yuriy")],
    ),
    "capitals": ("MORIYAMA SHINTARO", ["persName #moriyama-shintaro high: MORIYAMA SHINTARO"]),
    "a line end": ("there was Yuriy\nKarlov", ["persName #karlov-yurii high: Yuriy|Karlov"]),
    "a hyphen at a line end": ("there was Mori-\nyama", ["persName #moriyama-shintaro medium: Mori-|yama"]),
    "a possessive": ("it is Karlov’s, not Otto von Berg's", [
        "persName #karlov-yurii medium: Karlov", "persName #berg-otto high: Otto von Berg"]),
    "apostrophes": ("with Sean O'Neill’s aid", ["persName #oneill-sean high: Sean O'Neill"]),
    "family name, forename": ("see Karlov, Yuriy: his part", ["persName #karlov-yurii high: Karlov, Yuriy"]),
    "a list of names": ("met Smith, Paula Jones and others", ["persName - low: Smith", "persName - low: Paula Jones"]),
    # initials
    "initials": ("Then G. and Y. S. Karlov came", ["persName #karlov-yurii medium: Y. S. Karlov"]),
    "initials of two letters": ("then Yu. Karlov came", ["persName #karlov-yurii medium: Yu. Karlov"]),
    "initials behind": ("then Karlov, Y. S., came", ["persName #karlov-yurii medium: Karlov, Y. S."]),
    "a middle initial": ("there Michael B. Smith came", ["persName #smith-michael high: Michael B. Smith"]),
    "initials decide": ("there P. Smith came", ["persName #smith-paula low: P. Smith"]),
    "initials of another": ("there J. Karlov came", ["persName - low: J. Karlov"]),
    # titles
    "an office": ("with Foreign Minister Karlov there", [
        "persName #karlov-yurii high: Foreign Minister Karlov", "roleName - : Foreign Minister"]),
    "an office with its domain": ("with Secretary of State Hope there", [
        "persName #hope-margaret high: Secretary of State Hope", "roleName - : Secretary of State"]),
    "no nationality in a title": ("with Ruritanian Premier Karlov there", [
        "persName #karlov-yurii high: Premier Karlov", "roleName - : Premier"]),
    "an article of courtesy": ("1 - The Honorable Michael Smith", [
        "persName #smith-michael high: The Honorable Michael Smith", "roleName - : The Honorable"]),
    "no other article": ("with the President Karlov there", [
        "persName #karlov-yurii high: President Karlov", "roleName - : President"]),
    "an office far off": ("the Minister, Karlov, there", ["persName #karlov-yurii medium: Karlov"]),
    "an adverb is no office": ("but in general Karlov was there", ["persName #karlov-yurii medium: Karlov"]),
    "an honorific behind": ("so Moriyama-san said", [
        "persName #moriyama-shintaro high: Moriyama-san", "roleName - : san"]),
    # surnames
    "elsewhere in full": ("Yuriy Karlov came. Karlov went.", [
        "persName #karlov-yurii high: Yuriy Karlov", "persName #karlov-yurii high: Karlov"]),
    "one of two in full": ("Paula Smith came. Smith went.", [
        "persName #smith-paula high: Paula Smith", "persName #smith-paula medium: Smith"]),
    "the office decides": ("with Ambassador Smith there", [
        "persName #smith-michael medium: Ambassador Smith", "roleName - : Ambassador"]),
    "an ordinary word": ("Hope springs. Martin is a bird.", []),
    "an ordinary word inside a sentence": ("we saw Hope there", ["persName #hope-margaret medium: Hope"]),
    "an ordinary word with a title": ("Mrs. Hope sat", [
        "persName #hope-margaret high: Mrs. Hope", "roleName - : Mrs."]),
    "an ordinary word in small letters": ("there was hope", []),
    "another forename": ("then Nancy Karlov came", ["persName - low: Nancy Karlov"]),
    "another forename behind": ("then Moriyama Takeo came", ["persName - low: Moriyama Takeo"]),
    "a thing called after somebody": ("in Karlov Street and the Karlov Institute", []),
    "a noun behind": ("so the Karlov Doctrine held", ["persName #karlov-yurii medium: Karlov"]),
    "in a compound": ("the post-Karlov years", ["persName #karlov-yurii medium: Karlov"]),
    "with a particle": ("so von Berg and Berg said", [
        "persName #berg-otto medium: von Berg", "persName #berg-otto medium: Berg"]),
    # Cyrillic
    "Russian cases": ("Речь Карлова и ответ Юрию Карлову", [
        "persName #karlov-yurii high: Карлова", "persName #karlov-yurii high: Юрию Карлову"]),
    "Russian initials": ("Письмо Ю. С. Карлову", ["persName #karlov-yurii medium: Ю. С. Карлову"]),
    "Russian titles": ("встреча с министром иностранных дел Карловым и г-ном Карловым", [
        "persName #karlov-yurii high: министром иностранных дел Карловым", "roleName - : министром иностранных дел",
        "persName #karlov-yurii high: г-ном Карловым", "roleName - : г-ном"]),
    "a patronymic": ("с Юрием Семеновичем Карловым", ["persName #karlov-yurii high: Юрием Семеновичем Карловым"]),
    # kanji
    "kanji": ("昨日、森山慎太郎は周岚と会った", [
        "persName #moriyama-shintaro high: 森山慎太郎", "persName #zhou-lan high: 周岚"]),
    "kanji with an office": ("森山委員長は", ["persName #moriyama-shintaro high: 森山委員長", "roleName - : 委員長"]),
    "kanji with a title": ("森山首相は", ["persName #moriyama-shintaro high: 森山首相", "roleName - : 首相"]),
    "one sign alone": ("周は一周した", []),
    "a piece of a word": ("森山林業と大森山", []),
    "a place in kanji": ("全田で全田人が", ["placeName #zenda high: 全田"]),
    "a stranger in kanji": ("両氏は", []),
    # places and bodies
    "the longest": ("at Strelsau University in Strelsau", [
        "orgName #uni high: Strelsau University", "placeName #strelsau high: Strelsau"]),
    "bodies of a place": ("the Strelsau Branch, Strelsau State Police, the Bank of Zenda and the Sea of Zenda", []),
    "two words": ("on the North\nCoast of Zenda", [
        "placeName #north-coast high: North|Coast", "placeName #zenda high: Zenda"]),
    "halves": ("in Strelsau-Zenda talks", ["placeName #strelsau high: Strelsau", "placeName #zenda high: Zenda"]),
    "adjectives": ("in Ruritanian talks", []),
    "a comma and full stops": ("at Hentzau, D.R. and Hentzau", [
        "placeName #capital high: Hentzau, D.R.", "placeName #capital high: Hentzau"]),
    "acronyms": ("in RU and R.U., but not ru", ["placeName #ru high: RU", "placeName #ru high: R.U."]),
    "symbols of offices": ("to ORZ/ZENDA/2 and ORZ Production Office", []),
    "a body beside a slash": ("the Institute/ORZ series", ["orgName #orz high: ORZ"]),
    "not the author": ("read Walter Zenda there", ["persName - low: Walter Zenda"]),
    # in no register
    "a title and a name": ("we asked Dr. Ilse Kranz there", ["persName - low: Dr. Ilse Kranz", "roleName - : Dr."]),
    "a title and a surname": ("we asked Ambassador Kranz there", [
        "persName - low: Ambassador Kranz", "roleName - : Ambassador"]),
    "two initials": ("we asked I. B. Kranz there", ["persName - low: I. B. Kranz"]),
    "a middle initial of a stranger": ("we asked Ilse B. Kranz there", ["persName - low: Ilse B. Kranz"]),
    "a usual forename": ("we asked Walter Kranz there", ["persName - low: Walter Kranz"]),
    "again by surname": ("we asked Walter Kranz there, and Kranz left", [
        "persName - low: Walter Kranz", "persName - low: Kranz"]),
    "a list of distribution": ("1 - Ilse Kranz, Office of Tests\n1 - Executive Director\n2 - Analytic Support", [
        "persName - low: Ilse Kranz"]),
    "lines of a letter": ("From: Ilse Kranz\nTo: Office of Tests\nby Ada Kranz", [
        "persName - low: Ilse Kranz", "persName - low: Ada Kranz"]),
    "a Russian stranger": ("Письмо И. П. Кранца", ["persName - low: И. П. Кранца"]),
    "headings": ("Peace and Friendship Treaty\nThe Eastern Lowlands Question\nA. Background\nWar in May", []),
    "acronyms with full stops": ("the U.S. Navy, E.O. Orders, in Changing U.S. Policy", []),
    "bodies": ("General Assembly, General Motors, Prime Minister Office, Captain General", []),
    "months": ("Secretary March", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_a_name(known: Register, case: str) -> None:
    text, expected = CASES[case]
    assert told(text, named(text, known)) == expected


def test_a_courtesy_in_kanji_makes_a_stranger(known: Register) -> None:
    text = "「山田太郎氏」と両氏は"
    assert told(text, named(text, known))[0] == "persName - low: 山田太郎氏"
    assert len(named(text, known).unregistered) == 1


def test_several_bearers_are_told_once_with_their_identifiers(known: Register) -> None:
    found = named("we saw Smith.\n\nAgain it was Smith there.", known)
    (finding,) = found.findings
    assert (finding.code, finding.line, finding.file) == ("D002", 1, "letter.txt")
    assert "Michael B. Smith (smith-michael) or Paula Smith (smith-paula)" in finding.message
    assert "lines 1, 3" in finding.message
    assert all(not s.attributes for s in found.spans)


def test_somebody_of_the_name_in_no_register_makes_a_surname_ambiguous(known: Register) -> None:
    found = named("then Nancy Karlov came, and Karlov spoke", known)
    assert [f.code for f in found.findings] == ["D002", "D003"]
    assert "Nancy Karlov, who is in no register" in found.findings[0].message


def test_a_profile_names_persons(known: Register) -> None:
    names = {"Otti-Yura": ("berg-otto", "karlov-yurii"), "Smith": ("smith-paula",), "Grim": ("zenda",)}
    text = "the Otti-Yura pact; Mr. Smith, M. Smith and Smith in Grim"
    found = named(text, known, Profile(names=names))
    assert told(text, found) == [
        "rs #berg-otto #karlov-yurii high: Otti-Yura",
        "persName #smith-paula high: Mr. Smith",
        "roleName - : Mr.",
        "persName - low: M. Smith",
        "persName #smith-paula high: Smith",
        "placeName #zenda high: Grim",
    ]
    assert dict(found.spans[0].attributes)["type"] == "person"


def test_identifiers_that_no_register_has(known: Register) -> None:
    profile = Profile(names={"X": ("nobody", "zenda"), "Y": ("nobody", "none")})
    assert unknown_ids(profile, known) == ("nobody", "none")
    assert not named("then X came", known, profile).spans


def test_ordinary_words_of_a_profile_are_no_names(known: Register) -> None:
    profile = Profile(ordinary=frozenset({"Zenda", "Kranz", "Hope", "全田"}))
    assert not named("so Zenda and Dr. Kranz and 全田 there in Hope", known, profile).spans
    assert len(named("so Zenda and Dr. Kranz and 全田 there in Hope", known).spans) == 5
    text = "then Margaret Hope and Commissioner Hope met"
    assert [s.name for s in named(text, known, profile).spans] == ["persName", "persName", "roleName"]


@pytest.mark.parametrize(
    ("rule", "gone"),
    [("persons", "persName"), ("places", "placeName"), ("organisations", "orgName"), ("unregistered-names", None)],
)
def test_each_rule_can_be_turned_off(known: Register, rule: str, gone: str | None) -> None:
    text = "we saw Karlov of ORZ in Zenda with Walter Kranz"
    found = named(text, known, Profile(off=frozenset({rule})))
    assert rule not in {s.by for s in found.spans}
    assert len(found.spans) == 3
    assert gone is None or gone not in {s.name for s in found.spans if s.by != "unregistered-names"}
    assert bool(found.unregistered) is (rule != "unregistered-names")


def span(text: str, part: str, name: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part), name)


def test_no_name_stands_in_a_redaction_or_date(known: Register) -> None:
    text = "so Karlov and Zenda"
    taken = (span(text, "Karlov and", "gap"), span(text, "Zenda", "date"))
    assert not named(text, known, taken=taken).spans


def test_no_name_crosses_another_element(known: Register) -> None:
    text = "the novel by Karlov Zenda, and Minister Karlov there"
    taken = (span(text, "by Kar", "title"), span(text, "and Minister", "title"), span(text, "Zenda", "title"))
    assert told(text, named(text, known, taken=taken)) == [
        "placeName #zenda high: Zenda",
        "persName #karlov-yurii medium: Karlov",
    ]


def test_emphasis_is_no_barrier(known: Register) -> None:
    text = "so **Yuriy** Karlov and Minister *Karlov* and *Karlov*"
    found = named(text, known, taken=(span(text, "Yuriy", "hi"), span(text, "Minister *Kar", "hi")))
    assert [text[slice(*s.range)] for s in found.spans if s.name == "persName"] == [
        "Yuriy** Karlov",
        "Minister *Karlov",
        "Karlov",
    ]


def test_spans_are_in_order_and_none_crosses_another(known: Register) -> None:
    text = "\n\n".join(str(case[0]) for case in CASES.values())
    found = named(text, known).spans
    assert len(found) > 80
    for one, two in itertools.pairwise(found):
        assert one.start <= two.start
        assert two.end <= one.end or two.start >= one.end


def test_a_title_in_emphasis_inside_a_name_is_not_marked(known: Register) -> None:
    text = "so *Minister Y.* Karlov and *Minister* Karlov and *Minister Karlov*"
    taken = (Span(4, 15, "hi"), Span(29, 37, "hi"), Span(51, 66, "hi"))
    found = [text[slice(*s.range)] for s in named(text, known, taken=taken).spans if s.name == "roleName"]
    assert found == ["Minister", "Minister"]


def test_a_guess_at_a_body_gives_way_to_the_register(known: Register) -> None:
    text = "so Zenda and ORZ and Zenda House"
    taken = [span(text, "Zenda", "orgName"), span(text, "ORZ", "orgName"), span(text, "Zenda House", "orgName")]
    found = named(text, known, taken=tuple(taken)).spans
    assert [s.name for s in found] == ["placeName", "orgName", "placeName"]
    assert without_doubles(taken, found) == taken[2:]


def test_a_noun_with_a_capital_is_no_forename_where_all_nouns_have_one(known: Register) -> None:
    text = "es ist nicht das Jahr, und der Parteichef Karlov und die Sprecherin Nancy Karlov sind da"
    assert told(text, named(text, known)) == ["persName - low: Karlov", "persName - low: Nancy Karlov"]


def test_lines_that_the_source_ends_do_not_make_one_name(known: Register) -> None:
    text = "we saw Walter\nKranz"
    assert told(text, named(text, known)) == ["persName - low: Walter|Kranz"]
    assert not named(text, known, lineated=True).spans


def test_who_signs_is_a_person(known: Register) -> None:
    assert told("Ilse Kranz", named("Ilse Kranz", known, name="signed")) == ["persName - low: Ilse Kranz"]
    assert not named("Ilse Kranz", known).spans


def test_entries_are_ready_to_paste(known: Register) -> None:
    text = "1 - Paula Kranz, Office of R&D\n1 - John Hope, Tests\n\nwe saw Dr. Kranz and J. Q. Smith\n\n"
    text += "then Zhou Enlai came"
    people = named(text, known).unregistered
    assert [p.id for p in people] == ["kranz-paula", "hope-john", "smith-j-q", "zhou-enlai"]
    assert people[0].lines == [1, 4]
    root = ElementTree.fromstring(f"<listPerson>{entries(people)}</listPerson>")
    assert [p.findtext("occupation") for p in root] == ["Office of R&D", "Tests", None, None]
    assert "".join(root[3].find("persName").itertext()) == "Zhou Enlai"
    assert "<!-- 2 mentions: line 1, 4 -->" in entries(people)


def test_identifiers_of_entries_are_not_those_of_the_register(tmp_path: Path) -> None:
    known = register(tmp_path, '<listPlace><place xml:id="kranz-ilse"><placeName>K</placeName></place></listPlace>')
    assert [p.id for p in named("asked Dr. Ilse Kranz", known).unregistered] == ["kranz-ilse-2"]


def test_names_that_are_not_in_words(tmp_path: Path) -> None:
    body = '<listPlace><place xml:id="a"><placeName>42</placeName><placeName/></place></listPlace>'
    assert not named("42 and 7, …", register(tmp_path, body)).spans
