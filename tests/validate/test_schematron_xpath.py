"""XPath as text: what can be left to the faster engine, and what a context needs."""

from __future__ import annotations

import pytest

from teipress.validate.schematron.xpath import branches, is_rooted, needed, plain, selects_elements, with_current

NAMESPACES = {"tei": "urn:tei"}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("@n", "@ n"),
        ("@n eq 'a'", "@ n = 'a'"),
        ("count(tei:p) gt 1", "count ( tei:p ) > 1"),
        ("not(ancestor::tei:l) and tei:p[2]", "not ( ancestor :: tei:l ) and tei:p [ 2 ]"),
        ("contains(normalize-space(@to),' ')", "contains ( normalize-space ( @ to ) , ' ' )"),
        ("*[self::tei:p | self::tei:ab]", "* [ self :: tei:p | self :: tei:ab ]"),
        ("tei:and/tei:div = $x", "tei:and / tei:div = $x"),
    ],
)
def test_what_means_the_same_in_xpath_1_is_said_in_it(expression: str, expected: str) -> None:
    assert plain(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "@n > 5", "@n = 5", "@n > @m", "@n = true()", "@n + 1", "2 * @n", "@a div 2", "-1", "1 to 3", "()",
        "('a', 'b')", "@n = ('a', 'b')", "matches(@n, 'x')", "if (@n) then 1 else 2", "for $x in tei:p return $x",
        "$x eq @n", "some $x in tei:p satisfies $x", "tei:p/string()", "tei:p/(tei:a|tei:b)", "*:p", "a except b",
        "a << b", "a is b", "/", "'it''s'", "a || b", "a ! b", "map { 'a': 1 }", "(: comment :) @n", "$x + 1",
        "count(a) = count(b)", "count(a) eq 1 + 1", "Q{urn:x}p", "a instance of xs:string", "element(p)",
        "tei:p/name()", "lower-case(@n)", "",
    ],
)  # fmt: skip
def test_what_does_not_for_certain_is_left_to_the_other_engine(expression: str) -> None:
    assert plain(expression) is None


def test_the_text_of_several_nodes_is_another_in_xpath_1() -> None:
    assert plain("tei:p", as_text=True) is None
    assert plain("concat(tei:p, 'a')", as_text=True) is not None
    assert plain("concat(@a, @b) | name(.)", as_text=True) is None


def test_current_is_replaced_but_not_in_a_string_or_a_name() -> None:
    text = "current()/@n = 'current()' and my:current() and xcurrent()"
    assert with_current(text) == "$teipress.current/@n = 'current()' and my:current() and xcurrent()"


def test_a_union_is_divided_at_its_top_level_only() -> None:
    assert branches("tei:p[a|b] | (c|d)/e union tei:x['|']") == ("tei:p[a|b]", "(c|d)/e", "tei:x['|']")


@pytest.mark.parametrize(
    ("branch", "expected"),
    [
        ("tei:p[tei:hi]", {"{urn:tei}p"}),
        ("tei:p//tei:hi/@n", {"{urn:tei}p", "{urn:tei}hi"}),
        ("tei:*[@n]", set()),
        ("p", {"p"}),
        ("ancestor::tei:p/text()", {"{urn:tei}p"}),
        ("tei:p except tei:ab", None),
        ("attribute::n", None),
        ("no:p", None),
    ],
)
def test_a_context_needs_the_elements_that_it_names_outside_its_conditions(
    branch: str, expected: set[str] | None
) -> None:
    assert needed(branch, NAMESPACES) == (None if expected is None else frozenset(expected))


@pytest.mark.parametrize(
    ("branch", "expected"),
    [("tei:p", True), ("tei:p[@n]", True), ("tei:p/comment()", True), ("@n", False), ("tei:p/text()", False),
     ("attribute::n", False), ("(tei:a|tei:b)/tei:c", False), ("/", False), ("node()", False), ("", False)],
)  # fmt: skip
def test_some_contexts_end_in_what_is_no_element(branch: str, expected: bool) -> None:
    assert selects_elements(branch) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("//tei:p[@n]", True), ("count(/tei:TEI/tei:text)", True), ("$x/tei:p", True), ("'a'", True), ("tei:TEI", False),
     ("//a | b", False), ("@n", False), (".", False), ("count(*)", False), ("//a and not(b)", False)],
)  # fmt: skip
def test_some_expressions_mean_the_same_from_any_node(expression: str, expected: bool) -> None:
    assert is_rooted(expression) is expected
