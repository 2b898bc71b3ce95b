"""An edition's own templates and vocabulary: they win by name, they cannot reach out, and what fails is told."""

import pytest

from teipress.errors import Stopped
from teipress.findings import Severity
from teipress.rules import BEHAVIOURS


@pytest.fixture
def own(tmp_path):
    """``own("site/leaf.html", "…")`` writes a file of the edition's templates folder."""

    def write(name, text):
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def refusal(site, body="<p>x</p>"):
    with pytest.raises(Stopped) as caught:
        site(body)
    (finding,) = caught.value.findings
    return finding


def test_a_macro_of_the_edition_wins_and_the_others_stay(own, site):
    own("site/behaviours.jinja", "{% macro paragraph(node, content) %}<p data-own>{{ content }}</p>{% endmacro %}")
    page = site("<p>x <hi>y</hi></p>")["t.html"]
    assert "<p data-own>x <span" in page


def test_a_macro_for_all_formats_stands_in_shared_and_one_for_the_site_before_it(own, site):
    own("shared/behaviours.jinja", "{% macro paragraph(node, content) %}<p>SHARED{{ content }}</p>{% endmacro %}")
    assert "SHARED" in site()["t.html"]
    own("site/behaviours.jinja", "{% macro paragraph(node, content) %}<p>SITE{{ content }}</p>{% endmacro %}")
    page = site()["t.html"]
    assert "SITE" in page
    assert "SHARED" not in page


def test_a_template_of_the_edition_may_build_on_the_one_it_replaces_parts_of(own, site):
    own("site/about.html", '{% extends "page.html" %}{% block main %}OWN{% endblock %}')
    own("site/redactions.html", '{% extends "page.html" %}{% block main %}<main id="main">OWN</main>{% endblock %}')
    assert "OWN" in site('<p><gap reason="redacted"/></p>')["redactions.html"]


def test_a_style_sheet_of_the_edition_replaces_ours(own, site):
    own("site/style.css", "p { color: green }")
    assert site()["style.css"] == "p { color: green }"


def test_a_rule_of_the_edition_replaces_ours_for_that_element_only(own, site):
    own("vocabulary.toml", 'hi = [{ behaviour = "inline", tag = "mark" }]')
    page = site("<p><hi>x</hi> <emph>y</emph></p>")["t.html"]
    assert "<mark" in page
    assert "<em" in page


@pytest.mark.parametrize("behaviour", sorted(BEHAVIOURS - {"omit"}))
def test_a_rule_needs_no_parameters_whatever_its_behaviour(own, site, behaviour):
    own("vocabulary.toml", f'hi = [{{ behaviour = "{behaviour}" }}]')
    assert "after" in site("<p>x <hi>y</hi> after</p>")["t.html"]


def test_a_rule_may_drop_text_only_by_saying_so(own, site):
    own("vocabulary.toml", 'hi = [{ behaviour = "omit" }]')
    page = site("<p>kept <hi>canary</hi> and kept</p>")["t.html"]
    assert "canary" not in page
    assert "kept " in page
    assert " and kept" in page


def test_a_rule_with_a_template_of_its_own(own, site):
    own("vocabulary.toml", 'seal = [{ template = "seal.html", params = { place = "@place" } }]')
    own("site/seal.html", '<span class="own">{{ node.place }}: {{ content }}</span>')
    assert '<span class="own">left: x</span>' in site('<p><seal place="left">x</seal></p>')["t.html"]


def test_a_macro_that_asks_whether_there_is_content_gets_the_answer(own, site):
    macro = "{% macro inline(node, content) %}{% if content %}[{{ content }}]{% else %}[empty]{% endif %}{% endmacro %}"
    own("site/behaviours.jinja", macro)
    page = site("<p><hi>x</hi><hi/></p>")["t.html"]
    assert "[x][empty]" in page


def test_a_macro_that_changes_the_content_changes_it(own, site):
    own("site/behaviours.jinja", "{% macro inline(node, content) %}<b>{{ content|trim }}</b>{% endmacro %}")
    assert "<b>x</b>" in site("<p><hi> x </hi></p>")["t.html"]


def test_text_in_a_template_is_escaped_unless_it_is_markup(own, site):
    own("vocabulary.toml", 'seal = [{ template = "seal.html", params = { place = "@place" } }]')
    own("site/seal.html", "{{ node.place }}")
    page = site('<p><seal place="&lt;script>">x</seal></p>')["t.html"]
    assert "<script>" not in page


@pytest.mark.parametrize(
    "expression",
    [
        "().__class__.__bases__",
        "edition.__class__.__mro__",
        "''.__class__",
        "[].__class__.__base__.__subclasses__()",
        "cycler.__init__.__globals__",
        "edition.header.__init__.__globals__",
        "href.__globals__",
        "''|attr('__class__')",
        "'{0.__class__}'.format(edition)",
        "self.__init__",
    ],
)
def test_a_template_cannot_reach_into_python(own, site, expression):
    path = own("site/index.html", "\n\n{{ " + expression + " }}")
    finding = refusal(site)
    assert (finding.code, finding.severity) == ("V005", Severity.ERROR)
    assert (finding.file, finding.line) == (str(path), 3)


@pytest.mark.parametrize("expression", ["nobody", "edition.nothing", "documents[99].title", "title.nothing.more"])
def test_a_name_that_is_not_there_is_an_error_not_a_blank(own, site, expression):
    path = own("site/index.html", "\n{{ " + expression + " }}")
    finding = refusal(site)
    assert (finding.code, finding.file, finding.line) == ("V005", str(path), 2)


@pytest.mark.parametrize(
    "text", ["{% if %}", "{{ 1/0 }}", "{{ 'a' + 1 }}", "{% include 'nothing.html' %}", "{{ title|nofilter }}"]
)
def test_a_template_that_fails_is_told_with_its_place(own, site, text):
    path = own("site/index.html", "\n" + text)
    finding = refusal(site)
    assert finding.code == "V005"
    assert finding.file in (str(path), "nothing.html")


def test_a_macro_that_fails_is_told_with_its_place(own, site):
    path = own("site/behaviours.jinja", "\n{% macro paragraph(node, content) %}\n{{ node.nothing }}\n{% endmacro %}")
    finding = refusal(site)
    assert (finding.code, finding.file, finding.line) == ("V005", str(path), 3)


def test_a_template_of_a_rule_that_is_missing_is_told(own, site):
    own("vocabulary.toml", 'hi = [{ template = "seal.html" }]')
    finding = refusal(site, "<p><hi>x</hi></p>")
    assert finding.code == "V005"
    assert "seal.html" in str(finding)


def test_a_file_of_the_machine_is_no_template(own, site, tmp_path):
    (tmp_path / "secret.txt").write_text("canary", encoding="utf-8")
    own("site/index.html", "{% include '../../secret.txt' %}")
    assert "canary" not in str(refusal(site))


def test_templates_of_a_folder_that_declares_no_edition_are_not_run(own, site):
    own("site/style.css", "canary")
    assert site(declared=False)["style.css"] != "canary"
