"""vocabulary.toml: the first rule that fits wins, an edition's own rules win over ours, and no slip stays silent."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from teipress import tei
from teipress.errors import Stopped
from teipress.findings import Finding
from teipress.rules import ANY, Rule
from teipress.tei import Element
from teipress.vocabulary import Vocabulary, load_vocabulary, missing_rules

Load = Callable[[str], Vocabulary]
OUTPUTS = ("html", "epub", "pdf")


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Lays an edition's own vocabulary over the shipped one."""

    def load(toml: str) -> Vocabulary:
        (tmp_path / "vocabulary.toml").write_text(toml, "utf-8")
        return load_vocabulary(tmp_path)

    return load


def complaints(load: Load, toml: str) -> list[Finding]:
    with pytest.raises(Stopped) as caught:
        load(toml)
    return list(caught.value.findings)


def parse(xml: str) -> Element:
    return etree.fromstring(xml.replace(">", f' xmlns="{tei.TEI}">', 1))


def chosen(vocabulary: Vocabulary, element: Element, output: str = "html") -> Rule:
    """The rule that an element gets: the first candidate that fits."""
    return next(r for r in vocabulary.candidates(str(element.tag), output) if r.when is None or r.when(element))


def test_the_shipped_vocabulary_is_sound_and_has_a_rule_for_any_element() -> None:
    vocabulary = load_vocabulary()
    assert vocabulary.candidates("{urn:x}unheard-of", "html")
    assert chosen(vocabulary, parse("<p>x</p>")).behaviour == "paragraph"


@pytest.mark.parametrize("output", ["html", "epub", "pdf"])
def test_no_shipped_rule_leaves_an_element_without_a_way_to_be_shown(output: str) -> None:
    vocabulary = load_vocabulary()
    for tag in (tag for tag in vocabulary._rules if not tag.startswith("@")):
        candidates = vocabulary.candidates(tag, output)
        assert candidates, f"{tag} has no rule for {output}"
        assert candidates[-1].when is None, f"{tag} may find no rule for {output}"


def test_the_first_rule_that_fits_wins(load: Load) -> None:
    vocabulary = load("""hi = [
      { when = "@rend = 'none'", behaviour = "omit" },
      { when = "@rend", behaviour = "inline", class = "marked" },
      { behaviour = "block" },
    ]""")
    assert chosen(vocabulary, parse('<hi rend="none">x</hi>')).behaviour == "omit"
    assert chosen(vocabulary, parse('<hi rend="bold">x</hi>')).css == "marked"
    assert chosen(vocabulary, parse("<hi>x</hi>")).behaviour == "block"


def test_an_element_that_fits_no_rule_is_shown_all_the_same(load: Load) -> None:
    vocabulary = load("""hi = [{ when = "@rend", behaviour = "omit" }]""")
    assert chosen(vocabulary, parse("<hi>x</hi>")).behaviour == "inline"


def test_a_rule_may_be_for_some_outputs_only(load: Load) -> None:
    vocabulary = load("""hi = [{ behaviour = "block", formats = ["pdf"] }, { behaviour = "omit" }]""")
    assert chosen(vocabulary, parse("<hi>x</hi>"), "pdf").behaviour == "block"
    assert chosen(vocabulary, parse("<hi>x</hi>"), "html").behaviour == "omit"


def test_a_rule_may_be_for_one_form_of_the_text_only(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.toml").write_text("""
      hi = [{ forms = ["diplomatic"], behaviour = "block" }, { behaviour = "omit" }]
      del = [{ forms = ["diplomatic"], behaviour = "block" }]
    """)
    both = [load_vocabulary(tmp_path, form) for form in ("reading", "diplomatic")]
    assert [chosen(v, parse("<hi>x</hi>")).behaviour for v in both] == ["omit", "block"]
    assert [chosen(v, parse("<del>x</del>")).behaviour for v in both] == ["inline", "block"]


def test_own_rules_take_the_place_of_all_shipped_ones_for_that_element_only(load: Load) -> None:
    shipped, own = load_vocabulary(), load("""head = [{ behaviour = "omit" }]""")
    assert len(shipped.candidates(tei.tei("head"), "html")) > 1
    assert [r.behaviour for r in own.candidates(tei.tei("head"), "html")] == ["omit"]
    assert len(own.candidates(tei.tei("list"), "html")) == len(shipped.candidates(tei.tei("list"), "html"))


def test_every_word_of_a_rule_arrives(load: Load) -> None:
    vocabulary = load("""[[hi]]
      behaviour = "link"
      tag = "b"
      class = "c"
      before = "["
      after = "]"
      formats = ["html"]
      template = "t.html"
      params = { number = "count(tei:seg)", word = "string(@n)" }
    """)
    (rule,) = vocabulary.candidates(tei.tei("hi"), "html")
    assert (rule.element, rule.behaviour, rule.tag, rule.css, rule.before, rule.after, rule.template, rule.formats) == (
        "hi", "link", "b", "c", "[", "]", "t.html", {"html"},
    )  # fmt: skip
    element = parse('<hi n="7"><seg/><seg/></hi>')
    assert {name: value(element) for name, value in rule.params.items()} == {"number": 2.0, "word": "7"}


def test_rules_for_an_attribute_come_before_those_of_an_element(load: Load) -> None:
    vocabulary = load("""
      "@rend" = [{ when = "@rend = 'no'", behaviour = "omit" }, { when = "@rend = 'b'", behaviour = "block" }]
      hi = [{ behaviour = "link" }]
    """)
    shown = {words: vocabulary.rule(parse(f"<hi {words}>x</hi>"), "html").behaviour for words in
             ('rend="no"', 'rend="b"', 'rend="x"', 'type="no"')}  # fmt: skip
    assert list(shown.values()) == ["omit", "block", "link", "link"]


def test_rules_may_be_for_elements_of_other_namespaces_and_for_any(load: Load) -> None:
    vocabulary = load("""
      "m:math" = [{ behaviour = "block" }]
      "*" = [{ behaviour = "omit" }]
    """)
    assert chosen(vocabulary, etree.Element(f"{{{tei.MATHML}}}math")).behaviour == "block"
    assert chosen(vocabulary, etree.Element("math")).behaviour == "omit"
    assert vocabulary.candidates(ANY, "html")[0].behaviour == "omit"


@pytest.mark.parametrize(
    ("condition", "fits", "unfit"),
    [
        ("@n", "<hi n=''>x</hi>", "<hi>x</hi>"),
        ("@n='1' or @rend='i'", "<hi rend='i'>x</hi>", "<hi type='i'>x</hi>"),
        ("@n[. > 4]", "<hi n='5'>x</hi>", "<hi n='4'>x</hi>"),
        ("@n and not(@rend)", "<hi n='1'>x</hi>", "<hi n='1' rend='i'>x</hi>"),
        ("@n = '1' or not(@n)", "<hi>x</hi>", "<hi n='2'>x</hi>"),
        ("@n or tei:seg", "<hi><seg/></hi>", "<hi>x</hi>"),
        ("@n and (@rend or not(@type))", "<hi n='1'>x</hi>", "<hi type='i'>x</hi>"),
        ("@n = '1' = false()", "<hi>x</hi>", "<hi n='1'>x</hi>"),
        ("@n | tei:seg", "<hi><seg/></hi>", "<hi>x</hi>"),
        ("@n != '1'", "<hi n='2'>x</hi>", "<hi>x</hi>"),
        ("@xml:id", "<hi xml:id='a'>x</hi>", "<hi>x</hi>"),
        ("@n='a or @b'", "<hi n='a or @b'>x</hi>", "<hi b='1'>x</hi>"),
    ],
)
def test_a_condition_on_attributes_says_what_xpath_says(load: Load, condition: str, fits: str, unfit: str) -> None:
    vocabulary = load(f"""hi = [{{ when = "{condition}", behaviour = "block" }}, {{ behaviour = "inline" }}]""")
    assert vocabulary.rule(parse(fits), "html").behaviour == "block"
    assert vocabulary.rule(parse(unfit), "html").behaviour == "inline"


BROKEN = {
    "no TOML": ("\n\nhi = ]", "V004", 3, "not TOML"),
    "a broken condition": ('\nhi = [{ when = "@rend =" }]', "V002", 2, '"@rend ="'),
    "a broken parameter": ('\nhi = [{ params = { n = "count(" } }]', "V002", 2, '"count("'),
    "an unknown prefix in a condition": ('\nhi = [{ when = "no:x" }]', "V002", 2, '"no:x"'),
    "an unknown function in a condition": ("\nhi = [{ when = \"matches(., 'x')\" }]", "V002", 2, "matches"),
    "an unknown behaviour": ('\nhi = [{ behaviour = "inlin" }]', "V003", 2, 'did you mean "inline"?'),
    "a behaviour like no other": ('\nhi = [{ behaviour = "42" }]', "V003", 2, "behaviours are alternate, anchor,"),
    "an unknown word": ('\nhi = [{ behavior = "inline" }]', "V004", 2, 'did you mean "behaviour"?'),
    "an unknown format": ('\nhi = [{ formats = ["docx"] }]', "V004", 2, "formats are epub, html, pdf"),
    "an unknown prefix": ('\n"no:hi" = [{ behaviour = "inline" }]', "V004", 2, '"no:hi"'),
    "a text apart from an apparatus": ('\nhi = [{ params = { text = "*" } }]', "V004", 2, '"default"'),
    "no list": ('\nhi = { behaviour = "inline" }', "V004", 2, 'write hi = [{ behaviour = "inline" }]'),
    "an empty list": ("\nhi = []", "V004", 2, "hi"),
    "a list of texts": ('\nhi = ["inline"]', "V004", 2, "hi"),
    "a condition that is a number": ("\nhi = [{ when = 1 }]", "V004", 2, "when"),
    "a behaviour that is a list": ('\nhi = [{ behaviour = ["inline"] }]', "V004", 2, "inline"),
    "a tag that is a number": ("\nhi = [{ tag = 1 }]", "V004", 2, "tag"),
    "parameters that are a text": ('\nhi = [{ params = "x" }]', "V004", 2, "params"),
    "a parameter that is a number": ("\nhi = [{ params = { n = 1 } }]", "V004", 2, "n"),
    "formats that are a text": ('\nhi = [{ formats = "html" }]', "V004", 2, "formats"),
    "an unknown form": ('\nhi = [{ forms = ["normal"] }]', "V004", 2, "forms are diplomatic, reading"),
    "formats that are numbers": ("\nhi = [{ formats = [1] }]", "V004", 2, "formats"),
}


@pytest.mark.parametrize("slip", BROKEN)
def test_a_slip_in_a_rule_is_a_finding_with_the_line_of_the_rule(load: Load, tmp_path: Path, slip: str) -> None:
    toml, code, line, said = BROKEN[slip]
    found = complaints(load, toml)
    assert [(f.code, f.file, f.line) for f in found] == [(code, str(tmp_path / "vocabulary.toml"), line)]
    assert said in str(found[0])
    assert "\n" not in str(found[0])


def test_all_slips_are_told_together(load: Load) -> None:
    found = complaints(load, 'hi = [{ behaviour = "inlin" }, { when = "]" }]\nseg = [{ behavior = "inline" }]')
    assert sorted((f.code, f.line) for f in found) == [("V002", 1), ("V003", 1), ("V004", 2)]


def test_a_table_header_is_a_line_of_a_rule_as_well(load: Load) -> None:
    (found,) = complaints(load, '# own\n\n[[hi]]\nbehaviour = "inlin"\n')
    assert (found.code, found.line) == ("V003", 3)


def test_a_condition_that_fails_only_on_a_text_is_no_crash(load: Load) -> None:
    (found,) = complaints(load, 'hi = [{ when = "$unknown" }]')
    assert found.code == "V002"


def test_a_prefix_that_was_mistyped_is_suggested(load: Load) -> None:
    (found,) = complaints(load, '"te:hi" = [{ behaviour = "inline" }]')
    assert found.hint == 'did you mean "tei"?'


def test_an_element_without_a_rule_is_told_once_at_its_first_place() -> None:
    first, second = parse("<p>\n<unheard/>\n<unheard/></p>"), parse("<p>\n\n\n<unheard/><unseen/></p>")
    for number, root in enumerate((first, second)):
        tei.set_file(root, f"{number}.xml")
    found = missing_rules(load_vocabulary(), [first, second])
    assert [(f.code, f.file, f.line) for f in found] == [("V001", "0.xml", 2), ("V001", "1.xml", 4)]
    assert "<unheard>" in found[0].message
    assert "<unseen>" in found[1].message


def test_comments_and_instructions_need_no_rule() -> None:
    assert missing_rules(load_vocabulary(), [parse("<p><!--x--><?x y?>z</p>")]) == []


def test_every_element_of_tei_p5_has_a_rule_and_none_drops_text() -> None:
    folder = os.environ.get("TEIPRESS_TEI_P5")
    if not folder:
        pytest.skip("set TEIPRESS_TEI_P5 to the folder of the TEI P5 specifications")
    vocabulary = load_vocabulary()
    root = etree.parse(Path(folder) / "p5subset.xml").getroot()
    names = [spec.get("ident", "") for spec in tei.elements(root, "elementSpec")]
    assert len(names) > 500
    assert [name for name in names if tei.tei(name) not in vocabulary._rules] == []
    last = [(name, vocabulary.candidates(tei.tei(name), output)[-1]) for name in names for output in OUTPUTS]
    assert [name for name, rule in last if rule.behaviour == "omit"] == []


def test_a_condition_may_ask_how_broad_a_table_is(load: Load) -> None:
    vocabulary = load("""table = [{ when = "teipress:breadth() > 5", behaviour = "block" }, { behaviour = "table" }]""")
    broad, narrow = (parse(f"<table><row><cell>{word}</cell></row></table>") for word in ("Constantinople", "Ur"))
    assert [vocabulary.rule(table, "html").behaviour for table in (broad, narrow)] == ["block", "table"]
