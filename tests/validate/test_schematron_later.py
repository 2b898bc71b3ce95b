"""Schematron with XPath 2.0 and later, rules in grammars, inclusions, phases, and rules that are not trusted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.findings import Finding, Severity
from teipress.read import read
from teipress.validate.schematron import check_constraints

SCH = 'xmlns="http://purl.oclc.org/dsdl/schematron"'
NS = '<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>'
GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron">
<sch:ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>{}</grammar>"""

Check = Callable[..., list[Finding]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """``check(body, rules, binding="xslt2", phase="", **attributes)``: what some rules find in a small text."""

    def check(body: str, rules: str, binding: str = "xslt2", phase: str = "", attributes: str = "") -> list[Finding]:
        schema = tmp_path / "rules.sch"
        schema.write_text(f'<schema {SCH} queryBinding="{binding}" {attributes}>{NS}{rules}</schema>', "utf-8")
        return checked(tmp_path, body, schema, phase)

    return check


def checked(folder: Path, body: str, schema: Path, phase: str = "") -> list[Finding]:
    text = folder / "text.xml"
    text.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>{body}</text></TEI>', "utf-8")
    source, _ = read(text)
    return check_constraints(source, schema, phase)


def pattern(rules: str, attributes: str = "") -> str:
    return f"<pattern {attributes}>{rules}</pattern>"


def rule(context: str, test: str, message: str = "x", kind: str = "assert") -> str:
    return pattern(f'<rule context="{context}"><{kind} test="{test}">{message}</{kind}></rule>')


def messages(found: list[Finding]) -> list[str]:
    assert {f.code for f in found} <= {"S001"}, found
    return [f.message for f in found]


@pytest.mark.parametrize("binding", ["xslt2", "xslt3", "xpath2", "XPath3"])
@pytest.mark.parametrize(
    ("test", "good", "bad"),
    [
        ("matches(@n, '^[0-9]+$')", '<p n="12"/>', '<p n="a"/>'),
        ("every $x in tokenize(@n, ' ') satisfies starts-with($x, '#')", '<p n="#a #b"/>', '<p n="#a b"/>'),
        ("some $x in tei:hi satisfies $x/@n = '1'", '<p><hi n="2"/><hi n="1"/></p>', "<p><hi/></p>"),
        ("if (@n) then @n = ('a', 'b') else true()", '<p n="b"/>', '<p n="c"/>'),
        ("count(for $x in tei:hi return $x/@n) eq 2", '<p><hi n="1"/><hi n="1"/></p>', '<p><hi n="1"/></p>'),
        ("@n eq 'a'", '<p n="a"/>', "<p/>"),
        ("@n castable as xs:date", '<p n="2001-02-03"/>', '<p n="2001-02-30"/>'),
        ("count(distinct-values(tei:hi/@n)) = count(tei:hi)",
         '<p><hi n="1"/><hi n="2"/></p>', '<p><hi n="1"/><hi n="1"/></p>'),
        ("tei:hi << tei:seg", "<p><hi/><seg/></p>", "<p><seg/><hi/></p>"),
        ("not(tei:hi except tei:hi[@n])", '<p><hi n="1"/></p>', "<p><hi/></p>"),
        ("tei:hi/string-length() = 2", "<p><hi>ab</hi></p>", "<p><hi>a</hi></p>"),
        ("@n > '10'", '<p n="9"/>', '<p n="1"/>'),  # strings, where XPath 1.0 would compare numbers
        ("not(//tei:p[@n = current()/@n][2])", '<p n="1"/><p n="2"/>', '<p n="1"/><p n="1"/>'),
    ],
)  # fmt: skip
def test_later_xpath_is_understood(check: Check, binding: str, test: str, good: str, bad: str) -> None:
    escaped = rule("tei:p", test.replace("<", "&lt;"))
    assert check(good, escaped, binding) == []
    assert set(messages(check(bad, escaped, binding))) == {"x"}


def test_current_is_the_node_of_the_rule_in_xpath_1_as_well(check: Check) -> None:
    rules = rule("tei:p", "not(//tei:p[@n = current()/@n][2])")
    assert messages(check('<p n="1"/><p n="1"/><p n="2"/>', rules, "xslt")) == ["x", "x"]


def test_values_of_a_sequence_are_set_apart_by_spaces(check: Check) -> None:
    rules = rule("tei:p", "false()", "<value-of select='tei:hi/@n'/>; <value-of select='1 to 3'/>")
    assert messages(check('<p><hi n="a"/><hi n="b"/></p>', rules)) == ["a b; 1 2 3"]


@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_a_context_may_be_an_attribute_a_text_or_the_document(check: Check, binding: str) -> None:
    body = '\n<p n="7">some\n<hi>text</hi></p>'
    attribute = rule("tei:p/@n", ". = '8'", "<name/> of <name path='..'/> is <value-of select='.'/>")
    (found,) = check(body, attribute, binding)
    assert (found.message, found.line) == ("n of p is 7", 2)
    (found,) = check(body, rule("tei:hi/text()", "string-length(.) > 9"), binding)
    assert found.line == 3
    (found,) = check(body, rule("/", "tei:TEI/tei:teiHeader"), binding)
    assert found.line == 1
    assert check(body, rule("/", "tei:TEI/tei:text"), binding) == []


@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_variables_may_hold_attributes_and_start_at_the_document(check: Check, binding: str) -> None:
    rules = """<let name="all" value="//@n"/><let name="root" value="tei:TEI"/>
      <pattern><let name="three" value="count($all)"/>
      <rule context="tei:p"><let name="own" value="@n"/>
      <report test="$own and $three = 3 and $root/tei:text">n is <value-of select="$own"/></report></rule></pattern>"""
    assert messages(check('<p n="1"/><p n="2"/><p/><ab n="3"/>', rules, binding)) == ["n is 1", "n is 2"]


def test_a_context_with_parentheses_or_later_operators(check: Check) -> None:
    assert messages(check("<p><hi/></p><ab><hi/></ab><hi/>", rule("(tei:p|tei:ab)/tei:hi", "false()"))) == ["x", "x"]
    assert messages(check('<p n="a"/><p n="b"/>', rule("tei:p[@n eq 'a']", "false()"))) == ["x"]
    assert messages(check("<p/><ab/>", rule("tei:p union tei:ab", "false()"))) == ["x", "x"]


def test_the_first_rule_that_fits_counts_whichever_engine_finds_it(check: Check) -> None:
    rules = """<rule context="tei:p[matches(@n, '1')]"><assert test="false()">first</assert></rule>
      <rule context="tei:p"><assert test="false()">second</assert></rule>"""
    assert sorted(messages(check('<p n="1"/><p n="2"/>', pattern(rules)))) == ["first", "second"]


# Abstract patterns and rules, inclusions


def test_an_abstract_pattern_is_made_with_its_parameters(check: Check) -> None:
    rules = """<pattern abstract="true" id="needs"><rule context="$what">
        <assert test="$part and not($particle)"><name/> needs <value-of select="'$part'"/></assert></rule></pattern>
      <pattern is-a="needs" id="one"><param name="what" value="tei:p"/><param name="part" value="tei:hi"/>
        <param name="particle" value="tei:seg"/></pattern>
      <pattern is-a="needs" id="two"><param name="what" value="tei:ab"/><param name="part" value="@n"/>
        <param name="particle" value="@x"/></pattern>"""
    assert messages(check("<p/><ab/><p><hi/></p><p><hi/><seg/></p>", rules)) == [
        "p needs tei:hi", "p needs tei:hi", "ab needs @n"
    ]  # fmt: skip


def test_a_rule_has_the_assertions_and_variables_of_those_it_extends(check: Check) -> None:
    rules = """<rule abstract="true" id="base"><let name="n" value="@n"/><assert test="$n">no n</assert></rule>
      <rule context="tei:p"><extends rule="base"/><assert test="$n = '1'">not 1</assert></rule>"""
    assert messages(check('<p/><p n="2"/>', pattern(rules))) == ["no n", "not 1", "not 1"]


def test_what_is_extended_or_made_after_must_be_there(check: Check) -> None:
    rules = pattern('<rule context="tei:p"><extends rule="no"/></rule>') + '<pattern is-a="none"/>'
    assert [f.code for f in check("<p/>", rules)] == ["G002", "G002"]


def test_a_rule_that_extends_itself_is_broken(check: Check) -> None:
    rules = '<rule abstract="true" id="a"><extends rule="a"/></rule><rule context="tei:p"><extends rule="a"/></rule>'
    assert [f.code for f in check("<p/>", pattern(rules))] == ["G002"]


def test_parts_are_included_from_the_schemas_folder_and_tell_their_own_place(check: Check, tmp_path: Path) -> None:
    part = f'<pattern {SCH}>\n<rule context="tei:p">\n<assert test="matches(">x</assert></rule></pattern>'
    (tmp_path / "part.sch").write_text(part, "utf-8")
    (found,) = check("<p/>", '<include href="part.sch"/>')
    assert (found.code, Path(found.file).name, found.line) == ("G002", "part.sch", 3)


@pytest.mark.parametrize("address", ["../secret.sch", "/etc/passwd", "https://example.org/x.sch", "missing.sch"])
def test_nothing_is_included_from_elsewhere(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    failing = rule("tei:p", "false()").replace("<pattern", f"<pattern {SCH}")
    (tmp_path / "secret.sch").write_text(failing, "utf-8")
    schema = folder / "rules.sch"
    schema.write_text(f'<schema {SCH}>{NS}<include href="{address}"/></schema>', "utf-8")
    assert [f.code for f in checked(tmp_path, "<p/>", schema)] == ["G002"]


def test_an_inclusion_that_includes_itself_ends(check: Check, tmp_path: Path) -> None:
    (tmp_path / "part.sch").write_text(f'<pattern {SCH}><include href="part.sch"/></pattern>', "utf-8")
    assert check("<p/>", '<include href="part.sch"/>') == []


# Messages, roles, phases


def test_diagnostics_and_see_are_the_hint(check: Check) -> None:
    rules = (
        pattern("""<rule context="tei:p"><assert id="p-n" test="@n" diagnostics="why how" see="https://example.org/n">
      no n</assert></rule>""")
        + """<diagnostics><diagnostic id="how">write <emph>n</emph></diagnostic>
      <diagnostic id="why"><name/> is counted</diagnostic></diagnostics>"""
    )
    (found,) = check("<p/>", rules)
    assert found.hint == 'p is counted; write n; see https://example.org/n; rule "p-n"'


def test_an_assertion_without_an_identifier_is_known_by_its_pattern(check: Check) -> None:
    rules = pattern('<rule context="tei:p"><assert test="@n">x</assert></rule>', 'id="counted"')
    assert [f.hint for f in check("<p/>", rules)] == ['rule "counted"']


@pytest.mark.parametrize(
    ("attributes", "severity"),
    [
        ('role="fatal"', Severity.ERROR),
        ('role="Warning"', Severity.WARNING),
        ('flag="warn"', Severity.WARNING),
        ('role="information"', Severity.NOTE),
        ('role="something"', Severity.ERROR),
        ("", Severity.ERROR),
    ],
)
def test_roles_and_flags_are_severities(check: Check, attributes: str, severity: Severity) -> None:
    one = f'<rule context="tei:p"><assert test="@n" {attributes}>x</assert></rule>'
    whole = f'<rule context="tei:p" {attributes}><assert test="@n">x</assert></rule>'
    assert [f.severity for f in check("<p/>", pattern(one) + pattern(whole))] == [severity, severity]


@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
def test_a_subject_is_where_a_finding_stands(check: Check, binding: str) -> None:
    rules = pattern('<rule context="tei:p"><assert test="false()" subject="tei:hi[2]">x</assert></rule>')
    (found,) = check("<p><hi/>\n<hi/></p>", rules, binding)
    assert found.line == 2


PHASES = """<phase id="draft"><active pattern="a"/><let name="least" value="1"/></phase>
  <phase id="final"><active pattern="a"/><active pattern="b"/><let name="least" value="2"/></phase>""" + "".join(
    f'<pattern id="{name}"><rule context="tei:p"><assert test="{test}">{name}</assert></rule></pattern>'
    for name, test in (("a", "count(tei:hi) >= $least"), ("b", "false()"))
)


def test_a_phase_has_its_own_patterns_and_variables(check: Check) -> None:
    assert check("<p><hi/></p>", PHASES, phase="draft") == []
    assert messages(check("<p><hi/></p>", PHASES, phase="final")) == ["a", "b"]
    assert messages(check("<p><hi/></p>", PHASES, attributes='defaultPhase="final"')) == ["a", "b"]
    assert check("<p><hi/></p>", PHASES, attributes='defaultPhase="draft"') == []


def test_all_patterns_are_checked_in_the_phase_of_all(check: Check) -> None:
    rules = pattern('<rule context="tei:p"><assert test="@n">x</assert></rule>', 'id="a"') + '<phase id="none"/>'
    assert len(check("<p/>", rules, phase="#ALL", attributes='defaultPhase="none"')) == 1
    assert check("<p/>", rules, attributes='defaultPhase="none"') == []


def test_a_phase_that_is_not_there_is_told_and_all_is_checked(check: Check) -> None:
    found = check("<p/>", rule("tei:p", "@n") + '<phase id="draft"/>', phase="finel")
    assert [f.code for f in found] == ["G002", "S001"]
    assert "draft" in found[0].hint


# Broken and hostile rules


@pytest.mark.parametrize("binding", ["xslt", "xslt2"])
@pytest.mark.parametrize("broken", ["@n = ", "$unknown", "no:p", "no-such-function(.)", "1 +* 2", "'open"])
def test_a_broken_expression_is_one_finding_with_its_line_and_the_others_are_checked(
    check: Check, broken: str, binding: str
) -> None:
    rules = pattern(f"""<rule context="tei:p">\n<assert test="{broken}">x</assert>
      <assert test="@n">no n</assert></rule>""")
    found = check("<p/><p/>", rules, binding)
    assert [f.code for f in found] == ["G002", "S001", "S001"]
    assert (Path(found[0].file).name, found[0].line) == ("rules.sch", 2)
    assert broken.strip() in found[0].message


def test_a_value_that_a_test_cannot_bear_is_told_once_with_its_place(check: Check) -> None:
    found = check('<p n="x"/>\n<p n="y"/><p n="3"/>', rule("tei:p", "xs:integer(@n) gt 4"))
    assert [f.code for f in found] == ["G002", "S001"]
    assert found[0].hint.endswith("text.xml:1")


def test_a_broken_variable_is_told_once_and_what_uses_it_is_left_out(check: Check) -> None:
    rules = '<let name="x" value="]"/>' + rule("tei:p", "$x") + rule("tei:p", "@n", "no n")
    assert [f.code for f in check("<p/>", rules)] == ["G002", "S001"]


def test_an_unknown_query_binding_is_told(check: Check) -> None:
    assert [f.code for f in check('<p n="1"/>', rule("tei:p", "matches(@n, '1')"), "stx")] == ["G002"]


@pytest.mark.parametrize(
    "call",
    [
        "doc('{}')",
        "fn:doc('{}')",
        "doc-available('{}')",
        "document('{}')",
        "collection('{}')",
        "uri-collection('{}')",
        "unparsed-text('{}')",
        "unparsed-text-lines('{}')",
        "unparsed-text-available('{}')",
        "unparsed-text#1('{}')",
        "Q{{http://www.w3.org/2005/xpath-functions}}unparsed-text('{}')",
        "function-lookup(xs:QName('fn:unparsed-text'), 1)('{}')",
        "json-doc('{}')",
        "parse-xml(concat('&lt;!DOCTYPE a [&lt;!ENTITY e SYSTEM &quot;', '{}', '&quot;>]>&lt;a>&amp;e;&lt;/a>'))",
        "environment-variable('{}')",
        "transform(map{{'stylesheet-location': '{}'}})",
        "load-xquery-module('{}')",
    ],
)
@pytest.mark.parametrize("binding", ["xslt", "xslt3"])
def test_rules_read_no_file_no_address_and_no_environment(
    check: Check, tmp_path: Path, call: str, binding: str
) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret>told</secret>", "utf-8")
    shown = f'<value-of select="{call.format(secret.as_uri())}"/>'
    rules = rule("tei:p", call.format(secret.as_uri())) + rule("tei:p", "false()", shown)
    found = check("<p/>", rules, binding)
    assert [f.code for f in found] == ["G002", "G002", "S001"]
    assert "told" not in str(found)


def test_an_entity_of_a_schema_is_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("told", "utf-8")
    schema = tmp_path / "rules.sch"
    schema.write_text(
        f'<!DOCTYPE schema [<!ENTITY e SYSTEM "secret.txt">]><schema {SCH}>{NS}{rule("tei:p", "@n", "x &e;")}</schema>',
        "utf-8",
    )
    assert "told" not in str(checked(tmp_path, "<p/>", schema))


# Rules in a grammar


def test_rules_are_found_anywhere_in_a_grammar_and_are_of_later_xpath(tmp_path: Path) -> None:
    embedded = """<define name="p"><element name="p"><sch:pattern id="one"><sch:rule context="tei:p">
      <sch:assert test="matches(@n, '1')">one</sch:assert></sch:rule></sch:pattern><text/></element></define>
      <sch:pattern><sch:rule context="tei:p"><sch:report test="@n eq '2'">two</sch:report></sch:rule></sch:pattern>
      <define name="q"><sch:rule context="tei:p"><sch:assert test="false()">bare</sch:assert></sch:rule>
      <empty/></define>"""
    schema = tmp_path / "own.rng"
    schema.write_text(GRAMMAR.format(embedded), "utf-8")
    assert messages(checked(tmp_path, '<p n="2"/>', schema)) == ["one", "two", "bare"]


def test_a_grammar_that_is_included_brings_its_rules(tmp_path: Path) -> None:
    one = '<sch:pattern><sch:rule context="tei:p"><sch:assert test="@n">no n</sch:assert></sch:rule></sch:pattern>'
    (tmp_path / "base.rng").write_text(GRAMMAR.format(one + '<include href="own.rng"/>'), "utf-8")
    (tmp_path / "own.rng").write_text(GRAMMAR.format('<include href="base.rng"/>'), "utf-8")
    assert messages(checked(tmp_path, "<p/>", tmp_path / "own.rng")) == ["no n"]


def test_a_grammar_without_rules_or_that_is_none_finds_nothing(tmp_path: Path) -> None:
    for text in (GRAMMAR.format("<start><empty/></start>"), "start = empty"):
        (tmp_path / "own.rng").write_text(text, "utf-8")
        assert checked(tmp_path, "<p/>", tmp_path / "own.rng") == []


def test_elementpath_is_loaded_only_for_a_rule_that_needs_it_and_whose_elements_occur(tmp_path: Path) -> None:
    rules = rule("tei:lg", "matches(@n, '1')") + rule("tei:p[@n eq '1']", "count(tei:hi) gt 0")
    (tmp_path / "rules.sch").write_text(f'<schema {SCH} queryBinding="xslt2">{NS}{rules}</schema>', "utf-8")
    (tmp_path / "text.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p n="1"/></TEI>', "utf-8")
    script = """import sys; from pathlib import Path; from teipress.read import read
from teipress.validate.schematron import check_constraints
source, _ = read(Path("text.xml"))
print(len(check_constraints(source, Path("rules.sch"))), "elementpath" in sys.modules)"""
    result = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["1", "False"]


@pytest.mark.slow
def test_all_rules_of_tei_are_understood(tmp_path: Path, require_data: Callable[[str], Path]) -> None:
    """Two mistakes that TEI's own rules know, and nothing broken, whatever the elements are."""
    from teipress.validate.schematron.engines import Elementpath
    from teipress.validate.schematron.reading import read_schema
    from teipress.validate.schematron.xpath import anywhere, with_current

    grammar = require_data("TEIPRESS_TEI_P5") / "tei_all.rng"
    assert len(checked(tmp_path, '<list type="gloss"><item/></list><ptr target="a" cRef="b"/>', grammar)) == 2
    schema = read_schema(grammar)
    rules = [rule for pattern in schema.patterns for rule in pattern.rules]
    engine = Elementpath(schema.namespaces, later=True)
    expressions = {e.text for rule in rules for e, _ in rule.expressions()} | {anywhere(r.context.text) for r in rules}
    for expression in expressions:
        engine._parser.parse(with_current(expression))
    assert len(expressions) > 150
