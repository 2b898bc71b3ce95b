"""Registers: entries in the order of an index, names as an index prints them."""

import pytest

PERSON = '<person xml:id="{0}"><persName>{1}</persName></person>'
WESTERN = "<forename>{}</forename> <surname>{}</surname>"
EASTERN = "<surname>{}</surname> <forename>{}</forename>"


def persons(document, *names):
    entries = "".join(PERSON.format(f"p{i}", n) for i, n in enumerate(names))
    return document("<p/>", register=f"<listPerson>{entries}</listPerson>").persons


def test_the_index_goes_by_letters_without_accents_and_by_surname(document):
    names = ["Öz", "Zola", "Ōhira", "Abe", "Ohno", "<forename>Aage</forename> <surname>Bohr</surname>", "ōe", "Đilas"]
    found = [p.filed for p in persons(document, *names)]
    assert found.index("Abe") < found.index("Bohr, Aage") < found.index("ōe") < found.index("Ōhira")
    assert found.index("Ōhira") < found.index("Ohno") < found.index("Öz") < found.index("Zola")


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        (WESTERN.format("Mikhail", "Gorbachev"), "Gorbachev, Mikhail"),
        (EASTERN.format("Abe", "Shintarō"), "Abe Shintarō"),
        ("Plato", "Plato"),
        ("<roleName>Dr</roleName> " + WESTERN.format("Anna", "Berg"), "Berg, Dr Anna"),
        ("<surname>Stalin</surname>", "Stalin"),
        ("<forename>\n Mikhail</forename>\n <surname>Gorbachev</surname>", "Gorbachev, Mikhail"),
        (WESTERN.format("Anna", "Berg") + ", Jr", "Berg, Jr, Anna"),
    ],
)
def test_a_name_is_filed_by_surname_and_in_local_order(document, name, filed):
    (person,) = persons(document, name)
    assert person.filed == filed


def test_a_forename_that_holds_the_surname_is_not_cut(document):
    (person,) = persons(document, WESTERN.format("Annabella", "Anna"))
    assert person.filed == "Anna, Annabella"


def test_several_forms_keep_their_languages_and_the_first_heads_the_entry(document):
    forms = '<persName xml:lang="ja-Latn">Abe</persName><persName xml:lang="ja">安倍</persName>'
    (person,) = document("<p/>", register=f'<listPerson><person xml:id="a">{forms}</person></listPerson>').persons
    assert [(n.text, n.language) for n in person.names] == [("Abe", "ja-Latn"), ("安倍", "ja")]
    assert person.name.text == "Abe"


def test_an_entry_without_name_or_identifier_is_none(document):
    register = '<listPerson><person xml:id="a"/><person><persName>B</persName></person></listPerson>'
    assert document("<p/>", register=register).persons == ()


def test_a_category_gives_its_code_meaning_and_authority(document):
    taxonomy = (
        "<encodingDesc><classDecl><taxonomy><bibl>Order 1</bibl>"
        '<category xml:id="x1"><catDesc><term>X1</term>: <gloss>sources</gloss></catDesc></category>'
        '<category xml:id="x2"><catDesc>methods</catDesc></category>'
        '<category xml:id="x3"><catDesc><term>X3</term>: names</catDesc></category>'
        '<category xml:id="x4"><catDesc>x4: places</catDesc></category></taxonomy></classDecl></encodingDesc>'
    )
    found = document("<p/>", header=taxonomy).categories
    assert (found["x1"].label, found["x1"].meaning, found["x1"].authority) == ("X1", "sources", "Order 1")
    assert (found["x2"].label, found["x2"].meaning) == ("x2", "methods")
    assert (found["x3"].label, found["x3"].meaning) == ("X3", "names"), "a colon is between them, and of neither"
    assert (found["x4"].label, found["x4"].meaning) == ("x4", "places")


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ('<char xml:id="x"><localProp name="Name" value="HOOK"/><mapping>ſ</mapping></char>', "ſ"),
        ('<glyph xml:id="x"><localProp name="Name" value="LIGATURE CT"/></glyph>', "[LIGATURE CT]"),
        ('<char xml:id="x"><unicodeProp name="Name" value="HOOK"/><mapping/></char>', "[HOOK]"),
        ('<glyph xml:id="x"/>', ""),
    ],
)
def test_a_character_is_called_what_it_is_mapped_to_else_by_its_name(document, declared, name):
    header = f"<encodingDesc><charDecl>{declared}</charDecl></encodingDesc>"
    assert document("<p/>", header=header).names["x"] == name


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ('<handNote xml:id="x" scribe="#abe">A hasty hand</handNote>', "abe"),
        ('<handNote xml:id="x">A hasty hand</handNote>', "A hasty hand"),
    ],
)
def test_a_hand_is_called_by_its_scribe_else_as_it_is_described(document, declared, name):
    header = f"<profileDesc><handNotes>{declared}</handNotes></profileDesc>"
    assert document("<p/>", header=header).names["x"] == name


def test_a_role_of_a_cast_list_has_a_name(document):
    cast = '<castList><castItem xml:id="x"><role xml:id="y">King</role>, of the isles</castItem></castList>'
    names = document(cast).names
    assert (names["x"], names["y"]) == ("King", "King")
