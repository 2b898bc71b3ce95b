"""Emphasis, scraps of HTML, escapes and line ends in the text of a node."""

import pytest

BODY = "//tei:body//tei:p"


@pytest.mark.parametrize(
    ("text", "xpath", "expected"),
    [
        ("**a b** c", "//tei:hi[@rend='bold']", ["a b"]),
        ("*a* and _b_", "//tei:hi[@rend='italic']", ["a", "b"]),
        ("***a***", "//tei:hi[@rend='bold italic']", ["a"]),
        ("*a **b** c*", "//tei:hi[@rend='italic']", ["a b c"]),
        ("*a **b** c*", "//tei:hi/tei:hi", ["b"]),
        ("<i>xi</i> and <B>b</B>", "//tei:hi", ["xi", "b"]),
        ("x<sup>2</sup>", "//tei:hi[@rend='superscript']", ["2"]),
        ("a snake_case_name", BODY, ["a snake_case_name"]),
        ("2 * 3 * 4", BODY, ["2 * 3 * 4"]),
        ("*open", BODY, ["*open"]),
        ("**open *x*", BODY, ["**open x"]),
        ("<i>open", BODY, ["<i>open"]),
        ("a < b > c", BODY, ["a < b > c"]),
        ("\\*a\\* \\[b\\]", BODY, ["*a* [b]"]),
        ("C:\\temp", BODY, ["C:\\temp"]),
        ("R&amp;D", BODY, ["R&D"]),
        ("see <http://x.org/a_b_c>", "//tei:ref/@target", ["http://x.org/a_b_c"]),
        ("see <http://x.org/a_b_c>", "//tei:ref", ["http://x.org/a_b_c"]),
        ("[a](b.html) ![c](d.png)", BODY, ["[a](b.html) ![c](d.png)"]),
    ],
)
def test_marks_in(encoded, text, xpath, expected):
    assert encoded(text).find(xpath) == expected


@pytest.mark.parametrize("text", ["a  \nb", "a\\\nb", "a<br>b", "a<br/>\nb"])
def test_a_line_end_that_counts_is_an_lb(encoded, text):
    made = encoded(text)
    assert len(made.find("//tei:p/tei:lb")) == 1
    assert made.find("//tei:p/text()[1]")[0].strip() == "a"


def test_emphasis_is_cut_where_it_crosses_other_emphasis(encoded):
    made = encoded("<i>a *b</i> c* d")
    assert made.find("//tei:hi") == ["a b", "b", "c"]
    assert made.find(BODY) == ["a b c d"]


@pytest.mark.parametrize(
    "text",
    [
        "1. " * 200 + "deep",
        "- 1. " * 100 + "deep",
        "<i>a " * 500 + "deep" + "</i> b" * 500,
        "(a) one two (b) " * 500 + "deep",
        "Contents\n\n" + "".join(" " * n + f"Pier {n} .... {n}\n" for n in range(300)),
    ],
    ids=["numbers", "numbers in bullets", "emphasis", "enumerations", "contents"],
)
def test_what_is_nested_without_end_comes_out_whole(encoded, text):
    root = encoded(text).root  # words that were lost would be told
    assert max(len(list(element.iterancestors())) for element in root.iter()) < 150
