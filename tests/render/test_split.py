"""Splitting: a long text on several pages, with nothing lost, doubled or out of order."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from teipress import tei
from teipress.config import Settings
from teipress.model import model
from teipress.read import read
from teipress.render.site import render_site
from teipress.render.split import LONG, leaves
from teipress.vocabulary import load_vocabulary

PARAGRAPH = "<p>{} " + "Lorem ipsum dolor sit amet. " * 40 + "</p>"


def chapter(name, parts="", paragraphs=1):
    return f"<div xml:id='{name}'><head>Chapter {name}</head>{PARAGRAPH.format(name) * paragraphs}{parts}</div>"


BODIES = {
    "chapters": "".join(chapter(f"c{n}") for n in range(5)),
    "an introduction before the first": "<p>Before all.</p>" + chapter("a") + chapter("b"),
    "text between chapters": chapter("a") + "<p>Between them.</p>" + chapter("b") + "<p>After all.</p>",
    "page breaks between chapters": f'<pb n="1"/>{chapter("a")}<pb n="2"/>{chapter("b")}<pb n="3"/>',
    "chapters in parts": f"<div xml:id='part'><head>Part</head>{chapter('a')}{chapter('b')}</div>{chapter('c')}",
    "parts without a heading": f"<div>{chapter('a')}{chapter('b')}</div><div>{chapter('c')}</div>",
    "very long chapters": chapter("a", chapter("a1", "", 60) + chapter("a2", "", 60)) + chapter("b", "", 120),
    "stray text between": f"{chapter('a')}stray words{chapter('b')}",
    "short chapters": "".join(f"<div xml:id='s{n}'><head>Short {n}</head><p>One.</p></div>" for n in range(4)),
    "a chapter called like a page": chapter("persons") + chapter("index"),
    "notes": f"{chapter('a', '<p>x<note>one</note></p>')}{chapter('b', '<p>y<note>two</note></p>')}",
}


def whole(document):
    return "".join(tei.text(part) for part in document.body)


def words(texts):
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("split", ["auto", "never", "division"])
def test_the_leaves_hold_all_of_the_text_in_its_order(made, body, split):
    document = made(body).edition.documents[0]
    found = leaves(document, split)
    shown = [tei.text(e) for leaf in found for e in leaf.elements]
    assert words(shown).replace(" ", "") == words([whole(document)]).replace(" ", "")


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_the_outline_of_every_page_begins_at_the_top_and_skips_no_level(site, body):
    for page in (text for name, text in site(body, split="division").items() if name.endswith(".html")):
        outline = [int(level) for level in re.findall("<h([1-6])[ >]", page)]
        assert outline[:1] == [1]
        assert all(below <= above + 1 for above, below in pairwise(outline)), outline


def test_a_page_says_in_which_parts_it_stands(site):
    page = site(BODIES["very long chapters"], split="division")["t-a2.html"]
    trail = page[page.index('class="trail"') : page.index('aria-current="page">Chapter a2')]
    assert re.findall(r'<a href="([^"]+)">([^<]+)<', trail) == [("t.html", "The Text"), ("t.html#a", "Chapter a")]


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_everything_that_links_lead_to_is_there_once(made, site, body):
    document = made(body).edition.documents[0]
    pages = site(body, split="division").values()
    found = Counter(i for page in pages for i in re.findall(r'<[^>]* id="([^"]+)"', page))
    linked = [*(p.id for p in document.pages), *(n.id for n in document.notes), *(d.id for d in document.all_divisions)]
    assert {i: found[i] for i in linked} == dict.fromkeys(linked, 1)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_every_leaf_has_a_file_of_its_own(made, body):
    stems = [leaf.stem for leaf in leaves(made(body).edition.documents[0], "division")]
    assert len(set(stems)) == len(stems)
    assert all(re.fullmatch(r"[\w.-]+", stem) for stem in stems)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_no_page_of_a_split_site_overwrites_another(site, made, body):
    found = made(body, split="division")
    files = render_site(found.edition, found.settings, load_vocabulary())
    assert [p for p, n in Counter(f.path for f in files).items() if n > 1] == []


def test_a_leaf_is_called_after_the_first_division_in_it(made):
    found = leaves(made(BODIES["chapters"]).edition.documents[0], "division")
    assert [leaf.title for leaf in found] == ["The Text", "Chapter c1", "Chapter c2", "Chapter c3", "Chapter c4"]
    assert [leaf.first for leaf in found] == [True, False, False, False, False]


def test_a_short_text_is_one_page_and_a_long_one_is_not(made):
    short = made(chapter("a")).edition.documents[0]
    long = made(chapter("a", "", 80) + chapter("b", "", 80)).edition.documents[0]
    assert len(whole(long)) > LONG
    assert len(leaves(short)) == 1
    assert len(leaves(long)) == 2
    assert len(leaves(long, "never")) == 1


def test_a_page_break_before_a_chapter_is_on_the_page_of_that_chapter(made):
    found = leaves(made(BODIES["page breaks between chapters"]).edition.documents[0], "division")
    labels = [[e.get("n") for part in leaf.elements for e in tei.elements(part, "pb")] for leaf in found]
    assert labels == [["1"], ["2", "3"]]


def test_links_between_the_pages_of_a_split_text_lead_there(site):
    body = chapter("a", '<p><ref target="#b">to b</ref></p>') + chapter("b", '<p><ref target="#a">to a</ref></p>')
    pages = site(body, split="division")
    second = next(name for name, text in pages.items() if 'id="b"' in text)
    first = next(name for name, text in pages.items() if 'id="a"' in text)
    assert first != second
    assert f'href="{second}#b"' in pages[first]
    assert f'href="{first}#a"' in pages[second]


def test_the_pages_of_a_split_text_lead_on_and_back(site):
    pages = site(BODIES["chapters"], split="division")
    order = ["t.html"]
    while following := re.search(r'rel="next" href="([^"]+)"', pages[order[-1]]):
        order.append(following[1])
    assert len(order) == 5
    assert all(f'rel="prev" href="{before}"' in pages[after] for before, after in pairwise(order))


def test_the_default_edition_split_by_division_loses_no_identifier(request):
    folder = request.config.rootpath / "tei" / "japan-ussr"
    settings = Settings("x", folder, folder / "edition.xml")
    edition = model(read(settings.source, folder)[0], settings)
    for document in edition.documents:
        found = leaves(document, "division")
        assert words(tei.text(e) for leaf in found for e in leaf.elements).replace(" ", "") == whole(document).replace(
            " ", ""
        ).replace("\n", "")
