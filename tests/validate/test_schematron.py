"""The engine for constraints: what ISO Schematron says of patterns, rules, variables and messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.findings import Finding, Severity
from teipress.read import read
from teipress.validate.schematron import check_constraints

Check = Callable[[str, str], list[Finding]]

SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt">
<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>{}</schema>"""


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """``check(body, rules)``: what some rules find in a small text."""

    def check(body: str, rules: str) -> list[Finding]:
        constraints = tmp_path / "rules.sch"
        constraints.write_text(SCHEMA.format(rules), "utf-8")
        text = tmp_path / "text.xml"
        text.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>{body}</text></TEI>', "utf-8")
        source, _ = read(text)
        return check_constraints(source, constraints)

    return check


def pattern(rules: str) -> str:
    return f"<pattern>{rules}</pattern>"


def test_an_assertion_that_fails_and_a_report_that_holds_are_findings(check: Check) -> None:
    rules = """<rule context="tei:p">
      <assert test="@n">no n</assert><assert test="true()">never</assert>
      <report test="@n">an n</report><report test="false()">never</report>
    </rule>"""
    assert [f.message for f in check('<p n="1"/><p/>', pattern(rules))] == ["an n", "no n"]


def test_a_finding_has_the_line_and_the_file_of_its_node(check: Check) -> None:
    (found,) = check("\n\n<p/>", pattern('<rule context="tei:p"><assert test="@n">x</assert></rule>'))
    text = Path(found.file).read_text("utf-8")
    assert Path(found.file).name == "text.xml"
    assert "<p/>" in text.splitlines()[found.line - 1]


def test_within_a_pattern_only_the_first_rule_that_fits_a_node_counts(check: Check) -> None:
    rules = """<rule context="tei:p[@n]"><assert test="false()">first</assert></rule>
      <rule context="tei:p"><assert test="false()">second</assert></rule>
      <rule context="tei:*[self::tei:p or self::tei:ab]"><assert test="false()">third</assert></rule>"""
    found = check('<p n="1"/><p/><ab/>', pattern(rules))
    assert sorted(f.message for f in found) == ["first", "second", "third"]


def test_a_rule_that_finds_nothing_wrong_still_keeps_the_later_ones_away(check: Check) -> None:
    rules = """<rule context="tei:p"><assert test="true()">x</assert></rule>
      <rule context="tei:p"><assert test="false()">y</assert></rule>"""
    assert check("<p/>", pattern(rules)) == []


def test_every_pattern_looks_at_a_node_anew(check: Check) -> None:
    rule = '<rule context="tei:p"><assert test="false()">x</assert></rule>'
    assert len(check("<p/>", pattern(rule) + pattern(rule))) == 2


def test_a_context_may_be_absolute_or_a_union(check: Check) -> None:
    rules = '<rule context="/tei:TEI/tei:text | tei:ab|tei:p"><assert test="false()"><name/></assert></rule>'
    assert [f.message for f in check("<p/><ab/>", pattern(rules))] == ["text", "p", "ab"]


def test_a_bar_inside_a_predicate_or_a_string_divides_no_context(check: Check) -> None:
    rules = '<rule context="tei:p[tei:hi|tei:seg]"><assert test="false()">x</assert></rule>'
    assert [f.message for f in check("<p><hi/></p><p/>", pattern(rules))] == ["x"]


def test_variables_of_schema_pattern_and_rule_build_on_each_other(check: Check) -> None:
    rules = """<let name="one" value="count(//tei:p)"/>
      <pattern><let name="two" value="$one + 1"/>
        <rule context="tei:p"><let name="three" value="$two + @n"/>
          <assert test="false()"><value-of select="concat($one, ' ', $two, ' ', $three)"/></assert>
        </rule></pattern>"""
    assert [f.message for f in check('<p n="10"/><p n="20"/>', rules)] == ["2 3 13", "2 3 23"]


def test_an_inner_variable_hides_an_outer_one_only_inside(check: Check) -> None:
    rules = """<let name="x" value="'outer'"/>
      <pattern><let name="x" value="'inner'"/>
        <rule context="tei:p"><assert test="false()"><value-of select="$x"/></assert></rule></pattern>
      <pattern><rule context="tei:p"><assert test="false()"><value-of select="$x"/></assert></rule></pattern>"""
    assert [f.message for f in check("<p/>", rules)] == ["inner", "outer"]


def test_a_variable_may_hold_nodes(check: Check) -> None:
    rule = """<rule context="tei:p"><report test="$marked[@n = '2'] and @n = '1'">one of two</report></rule>"""
    rules = '<let name="marked" value="//tei:p[@n]"/>' + pattern(rule)
    assert [f.message for f in check('<p n="1"/><p n="2"/>', rules)] == ["one of two"]
    assert check('<p n="1"/>', rules) == []


def test_a_message_shows_values_names_and_its_own_markup_as_one_line(check: Check) -> None:
    rules = """<rule context="tei:p"><assert test="false()">In <name/> number
      "<value-of select="@n"/>" has <emph>far</emph> <value-of select="count(*)"/> parts</assert></rule>"""
    assert [f.message for f in check('<p n="7"><hi/></p>', pattern(rules))] == ['In p number "7" has far 1 parts']


@pytest.mark.parametrize(
    ("attributes", "code", "severity"),
    [
        ('id="R001"', "R001", Severity.ERROR),
        ('id="P004"', "P004", Severity.WARNING),
        ('id="R001.names"', "R001", Severity.ERROR),
        ('id="R001" role="warning"', "R001", Severity.WARNING),
        ('id="R001" role="Warn"', "R001", Severity.WARNING),
        ('id="P004" role="error"', "P004", Severity.ERROR),
        ('id="R001" role="info"', "R001", Severity.NOTE),
        ('id="somebody-elses"', "S001", Severity.ERROR),
        ("", "S001", Severity.ERROR),
    ],
)
def test_the_identifier_is_the_code_and_the_role_the_severity(
    check: Check, attributes: str, code: str, severity: Severity
) -> None:
    rules = f'<rule context="tei:p"><assert {attributes} test="false()">x</assert></rule>'
    assert [(f.code, f.severity) for f in check("<p/>", pattern(rules))] == [(code, severity)]


@pytest.mark.parametrize(
    "rules",
    [
        pattern('<rule context="tei:p["><assert test="false()">x</assert></rule>'),
        pattern('<rule context="tei:p"><assert test="@n = ">x</assert></rule>'),
        pattern('<rule context="tei:p"><assert test="true()"><value-of select="@"/></assert></rule>'),
        pattern('<rule context="tei:p"><assert test="$unknown">x</assert></rule>'),
        pattern('<rule context="no:p"><assert test="false()">x</assert></rule>'),
        pattern('<rule context="tei:p"><assert test="matches(., \'x\')">x</assert></rule>'),
        '<let name="x" value="]"/>',
        "<pattern>",
    ],
    ids=["context", "test", "message", "variable", "prefix", "function of XPath 2", "value of a variable", "not XML"],
)
def test_rules_that_are_broken_are_one_finding_that_names_their_file(check: Check, rules: str) -> None:
    (found,) = check("<p/>", rules)
    assert (found.code, Path(found.file).name) == ("G002", "rules.sch")


def test_a_broken_test_is_found_even_if_no_node_comes_to_it(check: Check) -> None:
    rules = pattern('<rule context="tei:lg"><assert test="@n = ">x</assert></rule>')
    assert [f.code for f in check("<p/>", rules)] == ["G002"]


def test_a_missing_context_is_a_broken_rule(check: Check) -> None:
    assert [f.code for f in check("<p/>", pattern('<rule><assert test="false()">x</assert></rule>'))] == ["G002"]


def test_foreign_namespaces_can_be_given_a_prefix(check: Check) -> None:
    rules = '<ns prefix="x" uri="urn:x"/>' + pattern('<rule context="x:p"><assert test="false()">x</assert></rule>')
    assert len(check('<p/><y:p xmlns:y="urn:x"/>', rules)) == 1
