"""Settle: marks between rows, items and paragraphs move to the nearest place that can show them."""

import pytest
from lxml import etree

from teipress import tei
from teipress.model.settle import settle


def settled(xml):
    """The tree without its namespace, as one string."""
    root = etree.fromstring(f'<body xmlns="{tei.TEI}">{xml}</body>')
    before = tei.text(root)
    settle(root)
    assert tei.text(root) == before, "settling moves marks, never text"
    return "".join(etree.tostring(e, encoding="unicode").replace(f' xmlns="{tei.TEI}"', "") for e in root)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a</p><pb/><p>b</p>", "<p>a</p><p><pb/>b</p>"),
        ("<p>a</p>\n<pb/>\n<p>b</p>", "<p>a</p>\n\n<p><pb/>b</p>"),
        ("<list><item>a</item><pb/><item>b</item></list>", "<list><item>a</item><item><pb/>b</item></list>"),
        ("<list><item>a</item><pb/></list>", "<list><item>a<pb/></item></list>"),
        ("<list><label>1</label><pb/><item>b</item></list>", "<list><label>1</label><item><pb/>b</item></list>"),
        ("<table><pb/><row><cell>a</cell></row></table>", "<table><row><cell><pb/>a</cell></row></table>"),
        ("<table><row><cell>a</cell><pb/></row></table>", "<table><row><cell>a<pb/></cell></row></table>"),
        ("<table><row><cell>a</cell></row><pb/></table>", "<table><row><cell>a<pb/></cell></row></table>"),
        ("<list><pb n='1'/><pb n='2'/><item>a</item></list>", '<list><item><pb n="1"/><pb n="2"/>a</item></list>'),
        ("<pb n='1'/><pb n='2'/><p>a</p>", '<p><pb n="1"/><pb n="2"/>a</p>'),
        ("<head>a</head><note>n</note><note>m</note><p>b</p>", "<head>a<note>n</note><note>m</note></head><p>b</p>"),
        (
            "<list><item>a</item><note>n</note><item>b</item></list>",
            "<list><item>a</item><item><note>n</note>b</item></list>",
        ),
    ],
)
def test_a_mark_moves_into_the_place_that_follows_it_or_the_last_before_it(before, after):
    assert settled(before) == after


@pytest.mark.parametrize(
    "unmoved",
    [
        "<p>a<pb/>b</p>",
        "<p>a</p><pb/>",
        "<pb/>text<p>b</p>",
        "<p>a</p>text<note>n</note>",
        '<p>a</p><note place="margin">n</note>',
        "<list><pb/></list>",
    ],
)
def test_a_mark_that_can_be_shown_where_it_is_stays(unmoved):
    assert settled(unmoved) == unmoved


@pytest.mark.parametrize(
    "container",
    [
        "<list><item>a</item>{}<item>b</item></list>",
        "<table><head>h</head>{}<row><cell>a</cell></row></table>",
        "<table>{}<head>h</head><row><cell>a</cell></row></table>",
        "<list>{}<head>h</head><item>a</item></list>",
        "<list>{}<label>h</label><item>a</item></list>",
    ],
)
def test_a_mark_keeps_its_place_in_the_order_of_the_text(container):
    """What came before a page break comes before it still, and what came after it after it."""

    def halves(root):
        everything = list(root.iter(etree.Element))
        at = next(i for i, e in enumerate(everything) if tei.local(e) == "pb")
        own = ["".join(s for s in tei.content(e) if isinstance(s, str)).strip() for e in everything]
        # text of an element that holds the mark at its very start stands behind the mark
        holders = set(everything[at].iterancestors())
        return [t for e, t in zip(everything[:at], own, strict=False) if t and e not in holders]

    root = etree.fromstring(f'<body xmlns="{tei.TEI}">{container.format("<pb/>")}</body>')
    expected = halves(root)
    settle(root)
    assert halves(root) == expected


def test_a_table_that_holds_nothing_but_marks_loses_none():
    assert settled("<table><pb/><pb/></table>").count("<pb/>") == 2
