"""The order of indexes."""

import pytest

from teipress.model.collation import collation, letter


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "Abe Ábel Abelard Öst Ostrow Zoe"),
        ("en", "Gorbachev,Mikhail Gorbachevskii"),
        ("de", "Mueller Mull Müller Mvz"),
        ("sv", "Ostrow Zorn Ångström Ärlig Öst"),
        ("da", "Zorn Ærø Ørsted Århus"),
        ("es", "Nuñez Nuño Nz Ñandú Oca"),
        ("cs", "Cerha Čapek Hus Chaloupka Ivan"),
        ("pl", "Lis Łoś Mak Zych Źdźbło Żak"),
        ("tr", "Hasan Ilgaz İnan Jale"),
        ("ru", "Ёлкин Ельцин Жуков"),
    ],
)
def test_names_stand_in_the_order_of_their_language(language, names):
    expected = names.split(" ")
    assert sorted(expected, key=collation(language)) == expected


def test_a_shorter_surname_comes_first():
    assert collation("en")("Roe, Zoe") < collation("en")("Roebuck, Ann")


@pytest.mark.parametrize(
    ("language", "name", "first"),
    [("en", "Ångström", "A"), ("sv", "Ångström", "Å"), ("cs", "Chaloupka", "Ch"), ("en", "Łoś", "Ł"), ("en", "", "")],
)
def test_a_name_is_filed_under_a_letter_of_its_language(language, name, first):
    assert letter(name, language) == first
