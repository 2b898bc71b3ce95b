"""Spans: what is struck out, added or damaged from one point to another is marked run by run."""

import pytest
from lxml import etree

from teipress import tei
from teipress.model.spans import mark_spans


def marked(xml):
    """The tree without its namespace, as one string."""
    root = etree.fromstring(f'<body xmlns="{tei.TEI}">{xml}</body>')
    before = tei.text(root)
    mark_spans(root)
    assert tei.text(root) == before, "the order of the text must not change"
    return "".join(etree.tostring(e, encoding="unicode").replace(f' xmlns="{tei.TEI}"', "") for e in root)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<p>a<delSpan spanTo="#e"/>b</p><p>c<anchor xml:id="e"/>d</p>',
            '<p>a<delSpan spanTo="#e"/><del>b</del></p><p><del>c</del><anchor xml:id="e"/>d</p>',
        ),
        (
            '<p><addSpan spanTo="#e" place="margin"/>a<hi>b</hi>c<anchor xml:id="e"/></p>',
            '<p><addSpan spanTo="#e" place="margin"/><add place="margin">a</add><hi><add place="margin">b</add></hi>'
            '<add place="margin">c</add><anchor xml:id="e"/></p>',
        ),
        (  # the end may be an element with text: the span reaches to its end
            '<p><damageSpan spanTo="#e"/>a<seg xml:id="e">b</seg>c</p>',
            '<p><damageSpan spanTo="#e"/><damage>a</damage><seg xml:id="e"><damage>b</damage></seg>c</p>',
        ),
        (  # what the editor says of a text is not struck out with it
            '<p><delSpan spanTo="#e"/>a<note>n<hi>o</hi></note>b<anchor xml:id="e"/></p>',
            '<p><delSpan spanTo="#e"/><del>a</del><note>n<hi>o</hi></note><del>b</del><anchor xml:id="e"/></p>',
        ),
        (  # two spans that overlap
            '<p><delSpan spanTo="#e"/>a<addSpan spanTo="#f"/>b<anchor xml:id="e"/>c<anchor xml:id="f"/>d</p>',
            '<p><delSpan spanTo="#e"/><del>a</del><addSpan spanTo="#f"/><del><add>b</add></del>'
            '<anchor xml:id="e"/><add>c</add><anchor xml:id="f"/>d</p>',
        ),
        (  # a comment parts two runs
            '<p><delSpan spanTo="#e"/>a<!--x-->b<anchor xml:id="e"/></p>',
            '<p><delSpan spanTo="#e"/><del>a</del><!--x--><del>b</del><anchor xml:id="e"/></p>',
        ),
        (  # space between blocks stays space
            '<p><delSpan spanTo="#e"/>a</p>\n<p>b<anchor xml:id="e"/></p>',
            '<p><delSpan spanTo="#e"/><del>a</del></p>\n<p><del>b</del><anchor xml:id="e"/></p>',
        ),
    ],
)
def test_every_run_of_text_between_the_two_points_is_marked(before, after):
    assert marked(before) == after


@pytest.mark.parametrize(
    "unmoved",
    [
        "<p>a<delSpan/>b</p>",
        '<p>a<delSpan spanTo="#nowhere"/>b</p>',
        '<p><anchor xml:id="e"/>a<delSpan spanTo="#e"/>b</p>',
        '<p>a<delSpan spanTo="other.xml#e"/>b<anchor xml:id="e"/></p>',
    ],
)
def test_a_span_that_leads_nowhere_stays_a_mark(unmoved):
    assert marked(unmoved) == unmoved


def test_the_words_of_a_span_are_found_from_its_document(document):
    edition = document('<p><delSpan spanTo="#e"/>gone<anchor xml:id="e"/></p>')
    (body,) = (part for part in edition.documents[0].body if tei.local(part) == "text")
    assert [tei.text(e) for e in tei.elements(body, "del")] == ["gone"]
