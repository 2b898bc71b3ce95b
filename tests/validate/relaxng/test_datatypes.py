"""Datatypes: which strings are values, and which of them are the same value."""

from __future__ import annotations

import pytest

from teipress.validate.relaxng.datatypes import XSD, DatatypeError, datatype

NAMESPACES = {"tei": "http://www.tei-c.org/ns/1.0"}.get

GOOD_AND_BAD = {
    "boolean": (["true", " 0 "], ["yes", "TRUE", ""]),
    "decimal": (["1", "-1.50", ".5", "5."], ["1e3", "", "1,5"]),
    "integer": (["-7", "+7", "007"], ["7.0", "seven"]),
    "nonNegativeInteger": (["0", "+3"], ["-1"]),
    "byte": (["127", "-128"], ["128"]),
    "unsignedShort": (["65535"], ["65536", "-1"]),
    "double": (["1e3", "INF", "-INF", "NaN", ".5E-2"], ["inf", "1e", "+NaN"]),
    "date": (["2001-02-28", "2000-02-29", "-0044-03-15", "2001-01-01+02:00", "12001-01-01Z"],
             ["2001-02-29", "2001-13-01", "2001-1-1", "0000-01-01", "2001-01-01+15:00", "02001-01-01"]),
    "dateTime": (["2001-01-01T24:00:00", "2001-01-01T12:00:00.5Z"], ["2001-01-01T24:00:01", "2001-01-01"]),
    "time": (["12:30:00"], ["12:30", "25:00:00"]),
    "gYear": (["2001", "-0100"], ["01", "0000"]),
    "gYearMonth": (["2001-12"], ["2001-13"]),
    "gMonthDay": (["--02-29"], ["--02-30", "02-29"]),
    "gDay": (["---31"], ["---32"]),
    "gMonth": (["--12"], ["--13", "--1"]),
    "duration": (["P1Y", "-P1DT2H", "PT0.5S"], ["P", "PT", "P1S", "1Y"]),
    "anyURI": (["", "#x", "a b", "http://x/#y", "../ä"], ["a#b#c", "%zz", ":x", "1:x"]),
    "language": (["en", "x-mine", "zh-Hant-TW"], ["en_US", "abcdefghi", ""]),
    "NCName": (["a", "ā.1"], ["1a", "a:b", "", "\u0e35"]),
    "Name": (["a:b"], ["-a"]),
    "NMTOKEN": (["-1"], ["a b"]),
    "NMTOKENS": (["a b"], [""]),
    "QName": (["tei:p", "p"], ["no:p", "a:b:c"]),
    "hexBinary": (["0fB7", ""], ["0f7"]),
    "base64Binary": (["AQID", "AQ=="], ["A"]),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD_AND_BAD)
def test_a_type_allows_its_values_and_no_others(name: str) -> None:
    good, bad = GOOD_AND_BAD[name]
    kind = datatype(XSD, name)
    assert [text for text in good if not kind.allows(text, NAMESPACES)] == []
    assert [text for text in bad if kind.allows(text, NAMESPACES)] == []


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("decimal", "1.0", "1", True),
        ("integer", "007", "7", True),
        ("boolean", "1", "true", True),
        ("token", " a  b ", "a b", True),
        ("string", "a ", "a", False),
        ("double", "1e1", "10", True),
        ("dateTime", "2001-01-01T12:00:00Z", "2001-01-01T13:00:00+01:00", True),
        ("date", "2001-01-01", "2001-01-01Z", False),
        ("hexBinary", "AF", "af", True),
        ("QName", "tei:p", "p", False),
    ],
)
def test_two_spellings_of_a_value_are_one(name: str, one: str, other: str, same: bool) -> None:
    kind = datatype(XSD, name)
    assert (kind.value(one, NAMESPACES) == kind.value(other, NAMESPACES)) == same


@pytest.mark.parametrize(
    ("name", "params", "good", "bad"),
    [
        ("string", [("length", "2")], "ab", "abc"),
        ("token", [("minLength", "2"), ("maxLength", "3")], " ab ", "abcd"),
        ("NMTOKENS", [("length", "2")], "a b", "a"),
        ("hexBinary", [("length", "2")], "0a0b", "0a"),
        ("integer", [("minInclusive", "1"), ("maxExclusive", "3")], "2", "3"),
        ("date", [("minInclusive", "2001-01-01")], "2001-01-02", "2000-12-31"),
        ("decimal", [("totalDigits", "3"), ("fractionDigits", "1")], "12.5", "1.25"),
        ("token", [("pattern", r"\S+")], "a\u00a0b", "a b"),
        ("token", [("pattern", r"[^\p{C}\p{Z}]+")], "ab", "a\u00a0b"),
        ("token", [("pattern", r"\i\c*")], "_a1", "1a"),
        ("token", [("pattern", r"[a-z-[aeiou]]+")], "bcd", "abc"),
        ("token", [("pattern", r"a.b")], "a-b", "ab"),
        ("token", [("pattern", "a$b^c")], "a$b^c", "abc"),
    ],
)
def test_facets(name: str, params: list[tuple[str, str]], good: str, bad: str) -> None:
    kind = datatype(XSD, name, tuple(params))
    assert kind.allows(good, NAMESPACES)
    assert not kind.allows(bad, NAMESPACES)


@pytest.mark.parametrize(
    ("library", "name", "params"),
    [
        (XSD, "text", ()),
        ("urn:other", "string", ()),
        ("", "integer", ()),
        ("", "string", (("length", "1"),)),
        (XSD, "string", (("size", "1"),)),
        (XSD, "string", (("length", "one"),)),
        (XSD, "string", (("minInclusive", "a"),)),
        (XSD, "integer", (("minInclusive", "a"),)),
        (XSD, "integer", (("length", "1"),)),
        (XSD, "string", (("totalDigits", "1"),)),
        (XSD, "token", (("pattern", "["),)),
        (XSD, "token", (("pattern", r"\p{Nowhere}"),)),
    ],
)
def test_a_type_or_a_facet_that_there_is_not_is_refused(
    library: str, name: str, params: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(DatatypeError):
        datatype(library, name, params)
