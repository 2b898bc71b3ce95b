"""What an entry of the apparatus in print begins with: the lines of its place."""

from dataclasses import dataclass

import pytest
from lxml import etree

from teipress import tei
from teipress.edition import Document, Header, Variation
from teipress.render.keys import UNKNOWN, keys


@dataclass(frozen=True)
class At:
    first: tuple[int, int]
    last: tuple[int, int]
    nth: int = 0


def document(markup):
    root = etree.fromstring(f'<body xmlns="http://www.tei-c.org/ns/1.0">{markup}</body>')
    places = [Variation(e.get(tei.XML_ID), e) for e in tei.elements(root, "app")]
    return Document("t", Header("T"), "la", (root,), variations=tuple(places))


PROSE = '<p><app xml:id="a"><lem>x</lem></app> <app xml:id="b"><lem>y</lem></app></p>'


def told(markup, spots=None):
    found = keys(document(markup), spots or {}, str)
    return {i: (k.reference, k.same) for i, k in found.keys.items()}, found.counted


@pytest.mark.parametrize(
    ("first", "last", "reference"),
    [((3, 12), (3, 12), "12"), ((3, 12), (3, 13), "12f."), ((3, 12), (3, 14), "12–14"), ((3, 38), (4, 2), "38–4,2")],
)
def test_a_reference_names_its_lines(first, last, reference):
    assert told(PROSE, {"a": At(first, last)})[0]["a"] == (reference, False)


def test_before_the_first_layout_there_is_room_for_a_number():
    assert told(PROSE) == ({"a": (UNKNOWN, False), "b": (UNKNOWN, False)}, True)


def test_the_same_line_is_not_named_twice_but_that_of_another_page_is():
    here = At((0, 7), (0, 7))
    assert told(PROSE, {"a": here, "b": here})[0]["b"] == ("7", True)
    assert told(PROSE, {"a": here, "b": At((1, 7), (1, 7))})[0]["b"] == ("7", False)


def test_what_stands_in_no_numbered_line_has_no_reference():
    assert told(PROSE, {"a": At((0, 7), (0, 7))})[0]["b"] == ("", False)


def test_verses_are_cited_by_the_numbers_that_they_have():
    verse = '<l n="4"><app xml:id="a"><lem>x</lem></app></l><l n="5a"><app xml:id="b"><lem>y</lem></app></l>'
    assert told(verse) == ({"a": ("4", False), "b": ("5a", False)}, False)
    assert (
        told('<app xml:id="a"><lem><l n="4">x</l><l n="6">y</l></lem><rdg><l n="9"/></rdg></app>')[0]["a"][0] == "4–6"
    )


def test_a_place_inside_of_another_is_printed_before_it():
    inner = '<app xml:id="b"><lem>y</lem></app>'
    verse = f'<l n="4"><app xml:id="a"><lem>x {inner}</lem></app> <app xml:id="c"><lem>z</lem></app></l>'
    assert told(verse)[0] == {"b": ("4", False), "a": ("4", True), "c": ("4", True)}


def test_a_few_verses_in_prose_are_counted_like_its_other_lines():
    assert told(PROSE + '<l n="4"><app xml:id="c"><lem>x</lem></app></l>')[1] is True
