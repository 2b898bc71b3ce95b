"""Exemption codes: every spelling is read, what only looks like one is not, and the taxonomy is one that TEI allows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from teipress import tei
from teipress.encode.released.exemptions import known, taxonomies, tokens


def read(text: str) -> list[tuple[str, str]]:
    """What is found in a text, with the identifier of the code or, in angle brackets, the kind."""
    return [(text[t.start : t.end], t.code.id if t.code else f"<{t.kind}>") for t in tokens(text)]


@pytest.mark.parametrize(
    ("spelling", "identifier"),
    [
        ("25X1", "x25X1"),
        ("25X9", "x25X9"),
        ("50X1-HUM", "x50X1-HUM"),
        ("50X1 - HUM", "x50X1-HUM"),
        ("50X2-WMD", "x50X2-WMD"),
        ("50X6", "x50X6"),
        ("75X", "x75X"),
        ("75X1", "x75X1"),
        ("3.3(b)(1)", "eo-3.3b1"),
        ("EO 13526 3.3(b)(1)>25Yrs", "eo-3.3b1"),
        ("E.O. 12958, Sec. 3.4 (b)(6)", "eo-3.4b6"),
        ("1.4(c)", "eo-1.4c"),
        ("1.4 (H)", "eo-1.4h"),
        ("1.5(g)", "eo-1.5g"),
        ("1.3(a)(10)", "eo-1.3a10"),
        ("EO 13526 3.5(c)", "eo-3.5c"),
        ("(b)(1)", "foia-b1"),
        ("(b) (3)", "foia-b3"),
        ("(B)(5)", "foia-b5"),
        ("b(3)", "foia-b3"),
        ("b1", "foia-b1"),
        ("(b6)", "foia-b6"),
        ("FOIA b6", "foia-b6"),
        ("FOIAb3b", "foia-b3"),
        ("FOIAB3B1", "foia-b3"),
        ("(b)(3)(n)", "foia-b3"),
        ("(b)(7)", "foia-b7"),
        ("(b)(7)(C)", "foia-b7C"),
        ("(b) (7) (E)", "foia-b7E"),
        ("b7D", "foia-b7D"),
        ("b(7)(A)", "foia-b7A"),
        ("STATINTL", "cia-STATINTL"),
        ("STATSPEC", "cia-STATSPEC"),
        ("STAT", "cia-STAT"),
    ],
)
def test_a_code_is_read_in_its_spellings(spelling: str, identifier: str) -> None:
    assert read(f"a, {spelling}; z") == [(spelling, identifier)]


@pytest.mark.parametrize("text", ["25X12", "25Xl", "25XI", "25X1A9A", "STATI NTL", "50X3-WMD", "EO 12958 6.2(c)", "X1"])
def test_what_is_nearly_a_code_is_told_apart(text: str) -> None:
    assert read(text) == [(text, "<suspect>")]


@pytest.mark.parametrize(
    "text",
    [
        "552(b)(1)",
        "(b)(1)(A)",
        "1.4(c)(2)",
        "b10",
        "ab1",
        "11.4(c)",
        "25x1",
        "25 x 1",
        "STATUS",
        "stat",
        "(a)(1)",
        "B1",
    ],
)
def test_what_is_no_code_is_left(text: str) -> None:
    assert read(text) == []


def test_codes_that_touch_are_read_one_by_one() -> None:
    assert [i for _, i in read("(b)(1)(b)(3) (b)(7)(C),b6/b7C")] == "foia-b1 foia-b3 foia-b7C foia-b6 foia-b7C".split()


@pytest.mark.parametrize("text", ["NOFORN", "NO FOREIGN DISSEM", "EYES ONLY", "REL TO USA, GBR AND CAN", "EXDIS"])
def test_caveats_are_no_exemptions(text: str) -> None:
    assert read(text) == [(text, "<caveat>")]


def test_illegib_says_how_a_page_looks_and_withholds_nothing() -> None:
    assert read("ILLEGIB") == [("ILLEGIB", "<condition>")]


def test_only_codes_that_can_be_nothing_else_are_plain() -> None:
    plain = {t.code.id for t in tokens("25X1 50X1-HUM 75X STATINTL STAT (b)(1) 1.4(c) 3.3(b)(1)") if t.plain and t.code}
    assert plain == {"x25X1", "x50X1-HUM", "x75X", "cia-STATINTL"}


def test_every_code_has_an_identifier_of_its_own_and_a_meaning() -> None:
    codes = known()
    assert len(codes) == 94
    assert [i for i in codes if not re.fullmatch(r"[A-Za-z][\w.-]*", i)] == []
    assert [c.id for c in codes.values() if not c.meaning or "{" in c.meaning + c.label + "".join(c.sections)] == []
    assert [c.label for c in codes.values() if [i for _, i in read(c.label)] != [c.id]] == []


def test_the_taxonomy_names_the_orders_with_section_and_date() -> None:
    (taxonomy,) = taxonomies(["#x25X1"], "memo-exemptions")
    assert taxonomy.get(tei.XML_ID) == "memo-exemptions"
    said = tei.line_of_text(tei.child(taxonomy, "bibl"))
    assert (
        "Executive Order 13526, Classified National Security Information, section 3.3(b)(1), 29 December 2009" in said
    )
    assert "Executive Order 12958, Classified National Security Information, section 3.4(b)(1), 17 April 1995." in said
    (category,) = tei.elements(taxonomy, "category")
    assert category.get(tei.XML_ID) == "x25X1"
    assert tei.line_of_text(tei.child(category, "catDesc", "term")) == "25X1"


def test_each_family_has_a_taxonomy_with_the_codes_used_and_no_others() -> None:
    found = taxonomies(["foia-b3", "#x25X6", "#x25X1", "x25X6", "cia-STAT"], "x")
    assert [t.get(tei.XML_ID) for t in found] == ["x", "x-2", "x-3"]
    used = [[c.get(tei.XML_ID) for c in tei.elements(t, "category")] for t in found]
    assert used == [["x25X1", "x25X6"], ["foia-b3"], ["cia-STAT"]]
    assert "sections 3.3(b)(1) and 3.3(b)(6)" in tei.line_of_text(found[0])


def test_no_code_has_no_taxonomy_and_an_unknown_one_is_an_error() -> None:
    assert taxonomies([]) == []
    with pytest.raises(KeyError, match="x25X0"):
        taxonomies(["#x25X0"])


def test_the_taxonomies_of_all_codes_are_valid(project: Path) -> None:
    grammar = etree.parse(project / "schema" / "teipress.rng").getroot()
    rng = "{http://relaxng.org/ns/structure/1.0}"
    start = next(grammar.iter(f"{rng}start"))
    start[:] = [etree.fromstring(f'<ref xmlns="{rng[1:-1]}" name="classDecl"/>')]
    declared = etree.Element(tei.tei("classDecl"))
    declared.extend(taxonomies(known()))
    schema = etree.RelaxNG(grammar)
    assert schema.validate(declared), schema.error_log
