"""Images of pages on a site: where they are listed, what is only linked to, and what leads to them."""

import re

import pytest
from PIL import Image

from teipress.render.site import render_site
from teipress.vocabulary import load_vocabulary

BODY = '<div xml:id="a"><head>A</head><p><pb n="1" facs="1.png"/>one <pb n="2"/>two</p></div>'
PANE = re.compile(r"<aside class=\"facsimiles[^\"]*\".*?</aside>", re.S)


@pytest.fixture
def drawn(tmp_path):
    Image.new("L", (30, 40)).save(tmp_path / "1.png")
    Image.new("L", (60, 40)).save(tmp_path / "a b.png")
    return tmp_path


def pane(page):
    found = PANE.search(page)
    return found[0] if found else ""


def test_an_image_of_the_edition_stands_beside_the_text_with_its_size(drawn, site):
    files = site(BODY)
    found = pane(files["t.html"])
    assert '<li id="facs-page-1">' in found
    assert '<img loading="lazy" src="images/1.png" width="30" height="40"' in found
    assert 'alt="Image of page 1"' in found
    assert found.count("<li") == 1
    assert 'class="facs-mark" href="#facs-page-1" aria-label="Image of page 1" data-generated=""' in files["t.html"]
    assert files["t.html"].count('class="facs-mark"') == 1
    assert "facsimile.js" in files
    assert 'src="facsimile.js" defer' in files["t.html"]


def test_a_text_without_images_has_nothing_of_all_this(site):
    files = site('<p><pb n="1"/>x</p>')
    assert "facsimile.js" not in files
    assert "facs-mark" not in files["t.html"]
    assert pane(files["t.html"]) == ""


def test_an_address_may_have_characters_that_a_link_cannot(drawn, site):
    assert 'src="images/a%20b.png"' in pane(site('<p><pb n="1" facs="a%20b.png"/>x</p>')["t.html"])


def test_what_is_elsewhere_is_only_linked_to(site):
    body = '<p><pb n="5" facs="https://e.org/i/x/full/max/0/default.jpg https://far.example/5.jpg"/>x</p>'
    found = pane(site(body)["t.html"])
    assert "<img" not in found
    assert 'data-source="https://e.org/i/x/info.json"' in found
    assert 'data-source="https://far.example/5.jpg"' in found
    assert "Image of page 5 (at e.org)" in found
    assert re.findall(r'src="[^"]*"', found) == []


def test_an_address_that_no_link_may_lead_to_is_no_image(site):
    page = site('<p><pb n="1" facs="https://999.1.1.1/x.jpg"/>x</p>')["t.html"]
    assert (pane(page), "facs-mark" in page) == ("", False)


def test_the_page_that_runs_on_is_on_the_next_page_of_the_site(drawn, site):
    long = "<p>" + "word " * 200 + "</p>"
    body = (
        f'<div xml:id="a"><head>A</head><p><pb n="1" facs="1.png"/>x</p>{long}</div>'
        f'<div xml:id="b"><head>B</head>{long}<p><pb n="2" facs="a%20b.png"/>y</p></div>'
    )
    files = site(body, split="division")
    assert re.findall(r'<li id="facs-(.*?)"', files["t-b.html"]) == ["page-1", "page-2"]
    assert '<a href="t.html#page-1">Page 1</a>' in pane(files["t-b.html"])
    assert re.findall(r'<li id="facs-(.*?)"', files["t.html"]) == ["page-1"]


def test_an_identifier_of_the_source_does_not_clash_with_that_of_an_image(drawn, site):
    page = site('<p><pb n="1" xml:id="p" facs="1.png"/>x <seg xml:id="facs-p">y</seg></p>')["t.html"]
    assert len(re.findall(r'id="facs-p"', page)) == 1


def test_the_second_form_of_a_site_uses_the_images_of_the_first(drawn, made):
    found = made(BODY)
    vocabulary = load_vocabulary(None)
    files = render_site(found.edition, found.settings, vocabulary, inner=True, viewer="openseadragon/x.js")
    page = pane(next(f.text for f in files if f.path.name == "t.html"))
    assert 'src="../images/1.png"' in page
    assert 'data-viewer="../openseadragon/x.js"' in page


def test_a_list_of_images_alone_is_not_printed_before_the_text(drawn, site):
    listed = '<facsimile><surface xml:id="s"><graphic url="1.png"/></surface></facsimile>'
    body = '<p><pb n="1" facs="#s"/>x</p>'
    assert "surface" not in site(body, register=f"</standOff>{listed}<standOff>")["t.html"]
    told = listed.replace("</surface>", "<desc>A blot.</desc></surface>")
    assert "A blot." in site(body, register=f"</standOff>{told}<standOff>")["t.html"]
    assert "images/1.png" in site("<p>x</p>", register=f"</standOff>{listed}<standOff>")["t.html"]
