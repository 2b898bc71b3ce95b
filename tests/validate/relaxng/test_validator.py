"""Faults: one for each cause, at the element it is about, and then the next."""

from __future__ import annotations

import pytest

from teipress import tei
from validate.relaxng.conftest import Faults, Load

SCHEMA = """<grammar datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><ref name="letter"/></start>
<define name="letter"><element name="letter">
  <optional><attribute name="id"><data type="ID"/></attribute></optional>
  <element name="from"><text/></element><element name="to"><text/></element>
  <optional><element name="date"><attribute name="when"><data type="date"/></attribute></element></optional>
  <zeroOrMore><ref name="block"/></zeroOrMore></element></define>
<define name="block"><choice>
  <element name="p"><optional><attribute name="see"><data type="IDREF"/></attribute></optional>
    <zeroOrMore><choice><text/><element name="name"><text/></element></choice></zeroOrMore></element>
  <element name="list"><oneOrMore><element name="item"><text/></element></oneOrMore></element>
  <element name="count"><data type="integer"><param name="minInclusive">1</param></data></element>
  <ref name="letter"/></choice></define></grammar>"""

FAULTS = {
    "<from/><to/><p>x</p>": [],
    "<to/>": [("TOO_EARLY", "to")],
    "<to/><from/>": [("TOO_EARLY", "to")],
    "<from/>": [("UNFINISHED", "letter")],
    "<from/><to/><to/>": [("MISPLACED", "to")],
    "<from/><to/><to/><to/>": [("MISPLACED", "to")],
    "<from/><to/><item>x</item>": [("MISPLACED", "item")],
    "<from/><to/><wrong><p><list/></p></wrong>": [("UNKNOWN", "wrong"), ("MISPLACED", "list"), ("UNFINISHED", "list")],
    "<from/><to/><wrong/><wrong><list/></wrong>": [("UNKNOWN", "wrong"), ("UNFINISHED", "list")],
    "<from/><to/><list><p/></list>": [("MISPLACED", "p")],
    "<from/><to/><list/><list/>": [("UNFINISHED", "list"), ("UNFINISHED", "list")],
    "<from/>text<to/>more": [("TEXT", "letter")],
    "<from/><to/><date/>": [("NO_ATTRIBUTE", "date")],
    "<from/><to/><date when='soon'/>": [("VALUE", "date")],
    "<from/><to/><date when='2001-01-01' at='2'/>": [("ATTRIBUTE", "date")],
    "<from/><to/><count>0</count><count>many</count>": [("CONTENT", "count"), ("CONTENT", "count")],
    "<from/><to/><count><p/></count>": [("MISPLACED", "p")],
    "<from/><to/><letter id='a'><from/><to/></letter><letter id='a'><from/><to/></letter>": [("SAME_ID", "letter")],
    "<from/><to/><p see='b'/>": [("NO_ID", "p")],
    "<from/><to/><p>a<!-- c -->b<?c?>d</p>": [],
}


@pytest.mark.parametrize("body", FAULTS)
def test_each_cause_is_told_once_at_its_element(load: Load, faults: Faults, body: str) -> None:
    found = faults(load(SCHEMA), f"<letter>{body}</letter>")
    assert [(f.kind.name, tei.local(f.element)) for f in found] == FAULTS[body]


def test_a_root_that_is_none(load: Load, faults: Faults) -> None:
    assert [f.kind.name for f in faults(load(SCHEMA), "<p>x<list/></p>")] == ["ROOT", "MISPLACED", "UNFINISHED"]


def test_an_element_that_two_patterns_fit_is_right_if_it_is_right_by_one(load: Load, faults: Faults) -> None:
    schema = load(
        """<element name="x"><choice>
    <group><element name="a"><element name="b"><empty/></element></element><element name="c"><empty/></element></group>
    <group><element name="a"><attribute name="n"/></element><element name="d"><empty/></element></group>
    </choice></element>"""
    )
    assert faults(schema, "<x><a><b/></a><c/></x>") == []
    assert faults(schema, "<x><a n='1'/><d/></x>") == []
    assert [f.kind.name for f in faults(schema, "<x><a n='1'/><c/></x>")] == ["MISPLACED"]


def test_a_reference_that_two_patterns_ask_for_is_told_once(load: Load, faults: Faults) -> None:
    see = '<attribute name="see"><data type="IDREF"/></attribute>'
    schema = load(
        f"""<element name="x" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><choice>
    <group><element name="a">{see}</element><element name="c"><empty/></element></group>
    <group><element name="a">{see}</element><element name="d"><empty/></element></group></choice></element>"""
    )
    assert [f.kind.name for f in faults(schema, "<x><a see='nowhere'/><d/></x>")] == ["NO_ID"]


def test_a_document_as_deep_as_a_parser_lets_it_be(load: Load, faults: Faults) -> None:
    schema = load(
        '<grammar><start><ref name="a"/></start><define name="a"><element name="a"><optional><ref name="a"/></optional>'
        "</element></define></grammar>"
    )
    assert faults(schema, "<a>" * 250 + "</a>" * 250) == []


def test_only_what_a_document_touches_is_made(load: Load, faults: Faults) -> None:
    schema = load(SCHEMA)
    assert schema.known("item")
    assert not schema.known("nothing")
    assert schema.holders("item") == ["list"]
    assert schema.holders("p") == ["letter"]
