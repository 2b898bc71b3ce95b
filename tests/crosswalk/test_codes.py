"""The codes that catalogues want for what a header says in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from teipress.crosswalk import codes, records
from teipress.crosswalk.facts import people, scheme
from teipress.crosswalk.marc import fixed_length
from teipress.edition import Agent, Description
from teipress.languages import TWO_LETTERS
from teipress.licences import creative_commons


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "eng"), ("de-AT", "ger"), ("ja-Latn", "jpn"), ("grc", "grc"), ("syr", "syr"), ("qqq", ""), ("und", "")],
)
def test_languages_have_the_bibliographic_codes(tag: str, code: str) -> None:
    assert codes.language_code(tag) == code


def test_every_language_of_two_letters_has_a_code_of_its_own() -> None:
    withdrawn = {"in", "iw", "ja", "ji", "jw", "mo", "sh"}  # what they are called today has one
    known = {tag: codes.language_code(tag) for tag in TWO_LETTERS - withdrawn}
    assert [tag for tag, code in known.items() if len(code) != 3] == []
    assert len({*known.values()}) == len(known)


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("2024-05-06", ("2024",)),
        ("2022-01-07T15:32:25Z", ("2022",)),
        ("May 2005", ("2005",)),
        ("2013-2016", ("2013", "2016")),
        ("1999–2001", ("1999", "2001")),
        ("An⁰ D. 1616.", ("1616",)),
        ("-0300", ()),
        ("c. 90", ()),
        ("", ()),
    ],
)
def test_years_are_those_that_a_date_names(date: str, years: tuple[str, ...]) -> None:
    assert codes.years(date) == years


@pytest.mark.parametrize(
    ("title", "language", "length"),
    [
        ("The Tide", "en", 4),
        ("L'étoile", "fr", 2),
        ("L’étoile", "fr", 2),
        ("Les îles", "fr", 4),
        ("Der Mann", "de", 4),
        ("Die", "de", 0),
        ("The Tide", "la", 0),
        ("Thetis", "en", 0),
        ("Az ember", "hu-HU", 3),
    ],
)
def test_no_catalogue_files_by_an_article(title: str, language: str, length: int) -> None:
    assert codes.nonfiling(title, language) == length


@pytest.mark.parametrize(
    ("url", "name", "spdx"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("http://creativecommons.org/licenses/by/4.0/deed.de", "CC BY 4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/3.0", "CC BY-NC-ND 3.0", "CC-BY-NC-ND-3.0"),
        ("http://creativecommons.org/licenses/by-sa/2.5/si/", "CC BY-SA 2.5 SI", ""),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0", "CC0-1.0"),
    ],
)
def test_a_creative_commons_licence_is_known_by_its_address(url: str, name: str, spdx: str) -> None:
    licence = creative_commons(url)
    assert licence is not None
    assert (licence.name, licence.spdx) == (name, spdx)


@pytest.mark.parametrize("url", ["", "https://example.org/licenses/by/4.0/", "https://creativecommons.org/about"])
def test_no_other_licence_is(url: str) -> None:
    assert creative_commons(url) is None


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("lcsh", "lcsh"),
        ("http://id.loc.gov/authorities/subjects", "lcsh"),
        ("https://d-nb.info/gnd/", "gnd"),
        ("DDC", "ddc"),
        ("typus", ""),
        ("", ""),
    ],
)
def test_a_vocabulary_is_known_by_its_name_or_its_address(stated: str, code: str) -> None:
    assert scheme(stated) == code


@pytest.mark.parametrize(
    ("date", "language", "expected"),
    [
        ("2024-05-06", "en", "240506s2024    xx |||||o|||||||| ||eng d"),
        ("2013-2016", "sa", "000000m20132016xx |||||o|||||||| ||san d"),
        ("", "qqq", "000000nuuuuuuuuxx |||||o|||||||| ||und d"),
        ("2021-02-29", "en", "000000s2021    xx |||||o|||||||| ||eng d"),
        ("-0044-03-15", "la", "000000nuuuuuuuuxx |||||o|||||||| ||lat d"),
    ],
)
def test_the_fixed_field_of_marc_has_forty_characters(
    bare: Callable[..., Description], date: str, language: str, expected: str
) -> None:
    assert fixed_length(bare(date=date, languages=(language,))) == expected
    assert len(expected) == 40


def test_who_did_several_things_is_one_and_the_same(bare: Callable[..., Description]) -> None:
    cy, numbered = Agent("Cy Reed", role="mrk"), Agent("Cy Reed", role="pfr", identifiers=(("GND", "1"),))
    assert people(bare(agents=(cy, numbered))) == {numbered: ("mrk", "pfr")}


@pytest.mark.parametrize(
    ("status", "licence", "told"),
    [
        ("free", "", True),
        ("restricted", "", True),
        ("restricted", "https://creativecommons.org/licenses/by-nc/4.0/", False),
        ("restricted", "https://opendatacommons.org/licenses/by/1-0/", False),
        ("unknown", "", False),
        ("", "", False),
    ],
)
def test_what_a_licence_opens_is_not_called_closed_and_nothing_is_called_open_unsaid(
    status: str, licence: str, told: bool, bare: Callable[..., Description]
) -> None:
    made = records(bare(status=status, licence_url=licence, rights="Ask first."))
    assert (b'tag="506"' in made["marc.xml"]) == told
    assert (b"restriction on access" in made["mods.xml"]) == (told or status == "unknown")


@pytest.mark.parametrize(
    ("date", "known"),
    [
        ("2020-02-29", "2020-02-29"),
        ("2020-02-29T23:59:59+09:00", "2020-02-29"),
        ("-0043-02-29", ""),
        ("-0044-03-15", "-0044-03-15"),
        ("2021-02-29", ""),
        ("2020-13", ""),
        ("9999-99-99", ""),
        ("0000", "0000"),
    ],
)
def test_a_day_that_no_calendar_has_is_none(date: str, known: str) -> None:
    assert codes.day(date) == known


def test_a_name_of_which_nothing_is_known_is_said_to_be_no_forename(bare: Callable[..., Description]) -> None:
    doe, fund = Agent("Jane Doe"), Agent("Fog Fund", role="fnd")
    agents = (doe, fund, Agent("Cy", role="edt", identifiers=(("GND", "1"),)), Agent("A Body", role="pbl", body=True))
    record = records(bare(agents=agents, date="2020-01-02T03:04:05Z"))["marc.xml"].decode()
    assert re.findall(r'tag="([17]\d\d)" ind1="(.)"', record) == [
        ("100", "0"),
        ("700", "0"),
        ("710", "2"),
        ("720", " "),
    ]
    assert '<subfield code="c">2020-01-02</subfield>' in record
