"""Divisions: the headings of a text as contents lists name them."""

import pytest


def outline(parts):
    return [(d.title, outline(d.parts)) for d in parts]


def test_divisions_stand_in_each_other_as_they_do_in_the_text(document):
    body = "<div><head>A</head><div><head>B</head></div></div><div><head>C</head></div>"
    found = document(body).documents[0]
    assert outline(found.divisions) == [("A", [("B", [])]), ("C", [])]
    assert [d.title for d in found.all_divisions] == ["A", "B", "C"]
    assert [d.level for d in found.all_divisions] == [1, 2, 1]


def test_a_division_without_a_heading_lends_its_place_to_those_in_it(document):
    body = "<div><div><head>A</head></div><div><div><head>B</head></div></div></div>"
    found = document(body).documents[0]
    assert outline(found.divisions) == [("A", []), ("B", [])]
    assert {d.level for d in found.divisions} == {1}


@pytest.mark.parametrize("inside", ["<note>x</note>", "<pb n='3'/>", "<lb/>", "<fw>x</fw>", "<stamp>x</stamp>"])
def test_notes_and_breaks_are_no_part_of_a_heading(document, inside):
    (division,) = document(f"<div><head>The {inside} talks</head></div>").documents[0].divisions
    assert division.title == "The talks"


def test_a_line_break_between_words_does_not_join_them(document):
    (division,) = document("<div><head>The<lb/>talks</head></div>").documents[0].divisions
    assert division.title == "The talks"


def test_a_second_heading_that_is_a_subtitle_belongs_to_the_first(document):
    (division,) = document('<div><head>Talks</head><head type="sub">In Moscow</head></div>').documents[0].divisions
    assert division.title == "Talks. In Moscow"


def test_numbered_divisions_count_as_well(document):
    found = document("<div1><head>A</head><div2><head>B</head></div2></div1>").documents[0]
    assert outline(found.divisions) == [("A", [("B", [])])]


def test_a_correction_in_a_heading_is_read_once(document):
    head = "<head>The <choice><sic>tlaks</sic><corr>talks</corr></choice></head>"
    (division,) = document(f"<div>{head}</div>").documents[0].divisions
    assert division.title == "The talks"


def test_front_body_and_back_all_count(edition):
    parts = "".join(f"<{p}><div><head>{p}</head></div></{p}>" for p in ("front", "body", "back"))
    found = edition(f"<TEI><teiHeader/><text>{parts}</text></TEI>")
    assert [d.title for d in found.documents[0].divisions] == ["front", "body", "back"]
