"""Every character is accounted for; and a template, a rule or an artifact that loses one is found out."""

from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.errors import Stopped
from teipress.pipeline import build, prove
from teipress.verify.shown import read_pages

BODY = """
<div><head>Talks<note>A note in a heading.</note></head>
<p>One <hi rend="italic">loud</hi> word,<note>A note<note>and one in it</note>.</note> and <pb n="2"/>another.</p>
<list><item>first</item><item>second <gap reason="illegible"/></item></list>
<p>It was <choice><sic>teh</sic><corr>the</corr></choice> end.</p></div>
"""
EDITION = 'name = "tiny"\nsource = "text.xml"\n'


@pytest.fixture
def edition(tmp_path):
    """An edition of one text; keywords are files of its own templates folder."""

    def write(**templates: str) -> Path:
        folder = tmp_path / "edition"
        folder.mkdir(exist_ok=True)
        header = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
        text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t">{header}<text><body>{BODY}</body></text></TEI>'
        (folder / "text.xml").write_text(text, encoding="utf-8")
        (folder / "edition.toml").write_text(EDITION, encoding="utf-8")
        for name, content in templates.items():
            path = folder / "templates" / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return folder

    return write


@pytest.fixture(autouse=True)
def no_fonts(monkeypatch):
    monkeypatch.setattr("teipress.package.fonts.available", tuple)


def make(folder, formats=("html", "epub")):
    return build(settings_for(folder), folder.parent / "out", formats)


def findings(folder):
    """The fidelity findings of a build that stops because of them."""
    with pytest.raises(Stopped) as stopped:
        make(folder)
    return [f for f in stopped.value.findings if f.code.startswith("F")]


def test_a_faithful_build_accounts_for_every_character(edition):
    report = make(edition())
    accounts = [a for a in report.accounts if a.kind == "document"]
    assert [a.artifact for a in accounts] == ["html", "epub"]
    for account in accounts:
        assert account.found == account.expected > 80
        assert account.unchosen == {"choice": 3}


def test_a_template_that_loses_a_text_is_found_out(edition):
    lost = findings(edition(site__behaviours_jinja="{% macro listItem(node, content) %}<li></li>{% endmacro %}"))
    assert {f.code for f in lost} == {"F001"}
    assert any('"first"' in f.message and "html" in f.message for f in lost)
    assert all(f.line for f in lost if '"' in f.message)


def test_a_template_that_loses_an_empty_element_is_found_out(edition):
    lost = findings(edition(site__behaviours_jinja="{% macro page(node, content) %}{% endmacro %}"))
    assert [f.message for f in lost] == ["html shows 0 of 1 pb of document t"]


def test_a_template_that_adds_a_word_is_found_out(edition):
    own = "{% macro paragraph(node, content) %}<p>{{ content }} indeed</p>{% endmacro %}"
    assert {f.code for f in findings(edition(epub__behaviours_jinja=own))} == {"F002"}


def test_a_rule_that_loses_a_text_is_found_out(edition):
    own = {"vocabulary_toml": 'hi = [{ template = "silent.jinja" }]', "shared__silent_jinja": "<i></i>"}
    lost = findings(edition(**own))
    assert {f.code for f in lost} == {"F001"}
    assert all('"loud"' in f.message for f in lost)


def test_what_a_rule_omits_on_purpose_is_reported_and_no_loss(edition):
    report = make(edition(vocabulary_toml='hi = [{ behaviour = "omit" }]'))
    assert [a.omitted for a in report.accounts if a.kind == "document"] == [{"hi": 4}, {"hi": 4}]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("first", "fist", "F001"),
        ("first", "firrst", "F002"),
        ("and one in it", "", "F001"),
        (">first<", "><", "F001"),
        ('class="gap"', 'class="gone"', "F001"),
        ("A note in a heading.", 'A note <span data-generated="">in</span> a heading.', "F001"),
    ],
    ids=["a letter lost", "a letter added", "a note in a note", "an item", "a gap", "text passed off as generated"],
)
def test_an_artifact_that_was_damaged_is_found_out(edition, before, after, code):
    folder = edition()
    make(folder)
    page = folder.parent / "out" / "html" / "t.html"
    text = page.read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, after), encoding="utf-8")
    found = prove(folder.parent / "out", settings_for(folder))
    assert code in {f.code for f in found}


def test_text_in_another_order_is_found_out(edition):
    folder = edition()
    make(folder)
    page = folder.parent / "out" / "html" / "t.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("first", "@").replace("second", "first").replace("@", "second"), encoding="utf-8")
    assert {"F001", "F002"} <= {f.code for f in prove(folder.parent / "out", settings_for(folder))}


def test_an_intact_output_is_proven_again(edition):
    folder = edition()
    make(folder)
    assert prove(folder.parent / "out", settings_for(folder)) == []


UNSEEN = ('<p hidden="">{}</p>', '<p style="Display : none">{}</p>', '<p style="visibility:hidden">{}</p>',
          "<template><p>{}</p></template>", '<p><script type="text/plain">{}</script></p>',
          "<noscript><p>{}</p></noscript>")  # fmt: skip


@pytest.mark.parametrize("markup", UNSEEN)
def test_what_a_browser_does_not_show_is_lost(tmp_path, markup):
    (tmp_path / "page.html").write_text(
        f'<html><body><article data-document="d">{markup.format("words")}</article></body></html>'
    )
    assert read_pages(tmp_path)["document", "d"].text.strip() == ""


@pytest.mark.parametrize(
    "body",
    [
        '<p><egXML xmlns="http://www.tei-c.org/ns/Examples"><gap reason="redacted"/><pb n="1"/><p rend="hidden">x</p>'
        "</egXML></p>",
        '<p><egXML xmlns="http://www.tei-c.org/ns/Examples"><choice xmlns="http://www.tei-c.org/ns/1.0"><sic>a</sic>'
        "<corr>b</corr></choice></egXML></p>",
        '<p><formula><math xmlns="http://www.w3.org/1998/Math/MathML"><mtext><choice xmlns="http://www.tei-c.org/ns/1.0">'
        "<sic>a</sic><corr>b</corr></choice></mtext></math></formula></p>",
    ],
)
def test_examples_and_formulas_are_proven_as_they_are_written(write_tei, tmp_path, body):
    report = build(settings_for(write_tei(body)), tmp_path / "out", ["html", "epub"])
    assert [f for f in report.findings if f.severity == "error"] == []
    assert all(a.found == a.expected for a in report.accounts)
