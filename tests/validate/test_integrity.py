"""Rules of integrity: what they tell once, how they read what people write, and where they are silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.findings import Finding, Severity, finding
from teipress.read import read
from teipress.validate.integrity import check_integrity
from teipress.validate.integrity.pages import Number, number

Found = Callable[..., list[Finding]]


@pytest.fixture
def found(write_tei: Callable[..., Path]) -> Found:
    """The findings of integrity on a text; `attributes`, `standoff` and so on as in `write_tei`."""
    return lambda body, **parts: check_integrity(read(write_tei(body, **parts))[0])


def told(findings: list[Finding]) -> list[str]:
    return [f.code for f in findings]


def pages(labels: str, attributes: str = "") -> str:
    return "<p>" + "\n".join(f'<pb n="{label}" {attributes}/>x' for label in labels.split()) + "</p>"


def test_nothing_is_an_error(found: Found) -> None:
    findings = found('<p xml:id="a"/><p xml:id="a"/>' + pages("1 2 3 4 5 6 7 9 10"))
    assert {f.code: f.severity for f in findings} == {"R004": Severity.WARNING, "P001": Severity.WARNING}


# Pages


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("12", Number("arabic", 12)),
        ("[12]", Number("arabic", 12)),
        ("p. 12", Number("arabic", 12)),
        ("S. 12", Number("arabic", 12)),
        ("xiv", Number("roman", 14)),
        ("MCMXCIX", Number("roman", 1999)),
        ("12r", Number("folio", 24)),
        ("fol. 12v", Number("folio", 25)),
        ("31-r", Number("folio", 62)),
        ("1ra", Number("folio and column", 4)),
        ("1vb", Number("folio and column", 7)),
        ("plate", None),
        ("12a", None),
        ("iiv", None),
        ("", None),
    ],
)
def test_a_label_is_read_as_it_is_meant(label: str, expected: Number | None) -> None:
    assert number(label) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("1 2 3 4 5 6 7 9 10 11", ["P001"]),
        ("1 2 3 4 5 6 7 7 8 9", ["P005"]),
        ("1 2 3 4 5 6 7 6 7 8", ["P006"]),
        ("1 2 3 4 5 6 71 8 9 10 11 12", ["P006"]),
        ("1 2 3 4 5 6 7 viii 9 10", ["P007"]),
        ("1 2 3 4 5 6 7 8 9 l0 11", ["P007"]),
        ("i ii iii iv v vi 1 2 3 4 5 6 7", []),
        ("1 2 3 4 5 6 7 1 2 3 4 5 6 7", []),
        ("1r 1v 2r 2v 3r 3v 4r 4v 1r 1v", []),
        ("1r 2r 3r 4r 5r 6r 7r", []),
        ("1 2 3 4 5 6 plate 7 8", []),
        ("1 2 7 9", []),
        ("3 9 12 40 41 60 77 80", []),
        ("9 8 7 6 5 4 3 2 1", []),
    ],
)
def test_an_exception_is_told_where_nearly_all_is_regular(found: Found, labels: str, expected: list[str]) -> None:
    assert told(found(pages(labels))) == expected


def test_two_streams_are_counted_apart(found: Found) -> None:
    both = " ".join(f'<pb n="{n}" ed="a"/><pb n="{n + 100}" ed="b"/>' for n in range(1, 9))
    assert found(f"<p>{both}</p>") == []


def test_of_many_holes_in_a_sequence_the_first_is_told_with_how_many_follow(found: Found) -> None:
    labels = " ".join(str(n) for n in range(1, 60) if n % 10)
    (finding,) = found(pages(labels))
    assert finding.message == 'page "11" follows page "9"; the same happens 4 times after it'


# Pointers into other files


def test_a_pointer_into_another_file_is_followed_inside_the_folder_only(found: Found, tmp_path: Path) -> None:
    (tmp_path / "persons.xml").write_text('<TEI><person xml:id="ada"/></TEI>', "utf-8")
    (tmp_path / "all.xml").write_text('<TEI><xi:include href="persons.xml"/></TEI>', "utf-8")
    refs = "persons.xml#ada persons.xml#adda lost.xml#a lost.xml#b ../out.xml#c http://localhost/x.xml#d all.xml#x"
    missing, lost = sorted(found(f'<p><ref target="{refs}"/></p>'), key=lambda f: f.code)
    assert (missing.code, missing.hint) == ("R002", 'did you mean "persons.xml#ada"?')
    assert (lost.code, lost.message) == ("R007", "ref points to lost.xml, which is not there (it stands 2 times)")


def test_a_pointer_that_a_rule_has_reported_is_not_reported_again(write_tei: Callable[..., Path]) -> None:
    (path := write_tei('<p><persName ref="persons.xml#adda">x</persName></p>')).with_name("persons.xml").write_text(
        "<x/>"
    )
    (found,) = check_integrity(read(path)[0])
    assert found.code == "R002"
    reported = finding("R001", 'persName/@ref "persons.xml#adda" points to nothing', found.file, found.line)
    assert check_integrity(read(path)[0], [reported]) == []


def test_many_missing_files_are_one_finding(found: Found) -> None:
    (finding,) = found("".join(f'<p><ref target="{n}.xml"/></p>' for n in range(5)))
    assert finding.message.startswith("pointers lead to 5 files that are not there, the first of them 0.xml")


# Names


LISTS = "<standOff><listPerson>{}</listPerson></standOff>"


def test_a_register_that_is_mostly_for_other_files_is_left_alone(found: Found) -> None:
    persons = "".join(f'<person xml:id="p{n}"><persName>Name {n}</persName></person>' for n in range(3))
    assert found('<p><persName ref="#p0">x</persName></p>', standoff=LISTS.format(persons)) == []


def test_a_name_that_two_bear_is_told_with_both(found: Found) -> None:
    dates = '<birth when="18{0}0"/>'
    persons = "".join(
        f'<person xml:id="p{n}"><persName>Ito Hiroshi</persName>{dates.format(n)}</person>' for n in (1, 2)
    )
    body = '<p><persName ref="#p1">x</persName> <persName ref="#p2">y</persName> <persName>Ito  Hiroshi</persName></p>'
    (finding,) = found(body, standoff=LISTS.format(persons))
    assert (finding.code, "#p1 or #p2" in finding.hint) == ("N003", True)


# The header


def test_all_that_a_header_lacks_is_one_finding_with_the_place_of_each(write_tei: Callable[..., Path]) -> None:
    path = write_tei()
    path.write_text(path.read_text("utf-8").replace("Unpublished.", "To be had from us."), "utf-8")
    (finding,) = check_integrity(read(path)[0])
    facts = "author or editor, publisher, date of publication, licence, language"
    assert (finding.code, finding.message) == ("H001", f"the header does not state: {facts}")
    assert 'in publicationStmt, <date when="YYYY-MM-DD">' in finding.hint


# Languages


@pytest.mark.parametrize("tag", ["en", "grc", "he-Hebr", "zh-Hant-TW", "de-1996", "x-private", "mul", "en-x-old", ""])
def test_a_good_tag_is_no_finding(found: Found, tag: str) -> None:
    assert found(f'<p><foreign xml:lang="{tag}">x</foreign></p>') == []


@pytest.mark.parametrize(
    ("tag", "meant"), [("eng", "en"), ("en_US", "en-US"), ("jp", "ja"), ("german", "de"), ("ger-Latf", "de-Latf")]
)
def test_of_a_bad_tag_the_good_one_is_told(found: Found, tag: str, meant: str) -> None:
    (finding,) = found(f'<p><foreign xml:lang="{tag}">x</foreign></p>')
    assert (finding.code, finding.hint) == ("T002", f'write "{meant}"')


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en", "прощай, оружие", ["T003"]),
        ("el", "menin aeide thea", ["T003"]),
        ("el-Latn", "menin aeide thea", []),
        ("sr", "zbogom oruzje moje", []),
        ("ru", "OK", []),
        ("en", "He said прощай, оружие to them all, and more besides", []),
    ],
)
def test_a_script_that_is_not_the_language_s_is_told(found: Found, tag: str, text: str, expected: list[str]) -> None:
    assert told(found(f'<p xml:lang="{tag}">{text}</p>')) == expected


def test_a_text_in_another_language_inside_does_not_count(found: Found) -> None:
    assert found('<p xml:lang="en">a <foreign xml:lang="ru">прощай, оружие</foreign></p>') == []


# Characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("caf\xe9 cafe\u0301", ["U002"]),
        ("cafe\u0301 cafe\u0301", []),
        ("10 \u03bcm, \u0397\u039c\u03a3, Xам", []),
        ("may\u00adbe", ["U004"]),
        ("می\u200cخواهم", []),
        ("tout \u00e0 l\u2019heure", []),
        ("\ufffd", ["U005"]),
        ("it\u00e2\u20ac\u2122s", ["U005"]),
    ],
)
def test_characters(found: Found, text: str, expected: list[str]) -> None:
    assert told(found(f"<p>{text}</p>")) == expected


# Words in brackets


@pytest.mark.parametrize(
    ("words", "gap"),
    [
        ("[<hi>name not declassified</hi>]", '<gap reason="redacted" unit="name" quantity="1"/>'),
        ("[<hi>3 lines of source text not\n  declassified.</hi>]", '<gap reason="redacted" unit="line" quantity="3"/>'),
        ("[less than 1 line not declassified]", '<gap reason="redacted" unit="line" atMost="1"/>'),
        ("[2½ lines not declassified]", '<gap reason="redacted" unit="line" quantity="2.5"/>'),
        ("[1-1/2 pages withheld]", '<gap reason="redacted" unit="page" quantity="1.5"/>'),
        ("[4 names not declassified]", '<gap reason="redacted" unit="name" quantity="4"/>'),
        ("[names not declassified]", '<gap reason="redacted" unit="name"/>'),
        ("[name and title not declassified]", '<gap reason="redacted"/>'),
        ("[about two leaves torn out]", '<gap reason="lost" unit="leaf" quantity="2" precision="low"/>'),
        ("[Redacted]", '<gap reason="redacted"/>'),
        ("[illegible]", '<gap reason="illegible"/>'),
        ("[…]", '<gap reason="omitted"/>'),
    ],
)
def test_words_that_say_that_text_is_not_there_are_spelt_out_as_a_gap(found: Found, words: str, gap: str) -> None:
    (finding,) = found(f"<p>He met {words}.</p>")
    assert (finding.code, finding.hint) == ("T001", f"as TEI: {gap}")


@pytest.mark.parametrize(
    "body",
    ["<p>[12] and [sic]</p>", "<p><quote>He […] went</quote></p>", "<p><gap><desc>[illegible]</desc></gap></p>"],
)
def test_other_brackets_are_left_alone(found: Found, body: str) -> None:
    assert found(body) == []


def test_a_wording_is_told_once_with_how_often_it_stands(found: Found) -> None:
    (finding,) = found("<p>[redacted] [Redacted.]\n [redacted]</p>")
    assert "(it stands 3 times)" in finding.message


def test_many_words_with_lookalikes_are_one_finding(found: Found) -> None:
    words = " ".join(f"w{chr(97 + n)}rd\u0435" for n in range(25))
    (finding,) = found(f"<p>{words}</p>")
    assert "stand in 25 Latin words: wardе, wbrdе, wcrdе, wdrdе, werdе and 20 more" in finding.message


def test_words_of_two_cells_are_not_taken_for_one(found: Found) -> None:
    assert found("<table><row><cell>Lord</cell><cell>\u0425</cell></row></table>") == []


def test_what_windows_made_of_utf_8_is_told_once(found: Found) -> None:
    (finding,) = found("<p>Fran\xc3\xa7ois, Ren\xc3\xa9 and Ren\xc3\xa9</p>")
    assert (finding.code, "(it stands 3 times)" in finding.message) == ("U005", True)
