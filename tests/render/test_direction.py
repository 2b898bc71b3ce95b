"""Direction: a page runs as most of its letters do; what runs the other way on it says so."""

import re
from datetime import UTC, datetime

import pytest

from teipress.render.epub import render_epub
from teipress.render.print import render_print
from teipress.vocabulary import load_vocabulary

ARABIC = "<p>نص عربي قصير كتب للتجربة</p>"
ENGLISH = "<p>A short text in English (for trying out).</p>"
TAGS = re.compile(r"<(html|article|section|div|p)\b([^>]*)>")


def stated(page, *names):
    """Language and direction of the first of these elements that states any."""
    found = {}
    for name, attributes in TAGS.findall(page):
        said = dict(re.findall(r'\b(?<!:)(lang|dir)="([^"]*)"', attributes))
        if name in names and said:
            found.setdefault(name, said)
    return [found.get(name) for name in names]


def moment():
    return datetime(2000, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "page"),
    [
        (f"<body xml:lang='ar'>{ARABIC}</body>", "rtl"),
        (f"<body>{ARABIC}</body>", "rtl"),
        (f"<body><div xml:lang='ar'>{ARABIC}</div></body>", "rtl"),
        (f"<front xml:lang='en'>{ENGLISH}</front><body xml:lang='ar'>{ARABIC * 9}</body>", "rtl"),
        (f"<body xml:lang='en'>{ENGLISH * 9}<div xml:lang='ar'>{ARABIC}</div></body>", None),
        ("<body xml:lang='ar'><p>salam</p></body>", None),
        ("<body><p>12–13</p></body>", None),
        (f"<body>{ENGLISH}</body>", None),
    ],
)
def test_the_page_runs_as_most_of_its_letters_do(site, text, page):
    (html,) = stated(site(text=text)["t.html"], "html")
    assert html.get("dir") == page


def test_the_start_page_runs_as_the_header_does(site):
    pages = site(text=f"<body xml:lang='ar'>{ARABIC}</body>")
    assert stated(pages["t.html"], "html")[0]["dir"] == "rtl"
    assert "dir" not in stated(pages["index.html"], "html")[0]


def test_text_of_no_language_on_a_page_that_runs_the_other_way(site):
    page = site(text=f"<front>{ENGLISH}</front><body xml:lang='ar'>{ARABIC * 9}</body>")["t.html"]
    html, article, paragraph = stated(page, "html", "article", "p")
    assert html["dir"] == "rtl"
    assert article["dir"] == "ltr"
    assert '<div id="part-1" class="body" lang="ar" dir="rtl">' in page or 'class="body" lang="ar" dir="rtl"' in page
    assert paragraph is None or paragraph.get("dir") == "auto"


def test_a_leaf_out_of_a_container_states_the_language_of_that(site):
    chapters = "".join(f"<div xml:id='d{n}'><head>باب</head>{ARABIC * 30}</div>" for n in range(3))
    pages = site(text=f"<body xml:lang='ar'>{chapters}</body>", split="division")
    leaves = [page for page in pages.values() if "<article" in page]
    assert len(leaves) == 3
    assert [stated(page, "html", "article") for page in leaves] == [[{"lang": "en", "dir": "rtl"}, {"lang": "ar"}]] * 3


@pytest.mark.parametrize(("language", "turned"), [("ar", True), ("en", False)])
def test_the_pages_of_an_epub_turn_the_other_way(made, language, turned):
    text = ARABIC if turned else ENGLISH
    found = made(text=f"<body xml:lang='{language}'>{text}</body>")
    files = {f.path.name: f.text for f in render_epub(found.edition, found.settings, load_vocabulary(), moment())}
    assert ('<spine toc="ncx" page-progression-direction="rtl">' in files["package.opf"]) == turned
    assert (stated(files["t.xhtml"], "html")[0].get("dir") == "rtl") == turned


@pytest.mark.parametrize(("body", "direction"), [(ARABIC, "rtl"), (ENGLISH, None)])
def test_the_book_runs_as_most_of_its_texts_do(made, body, direction):
    found = made(body)
    book = render_print(found.edition, found.settings, load_vocabulary(), {}, moment())
    assert stated(book.html, "html")[0].get("dir") == direction


def test_a_long_text_with_many_words_of_another_language_costs_no_more_for_each(made, monkeypatch):
    from teipress.render import walker

    asked = []
    monkeypatch.setattr(walker.tei, "string", lambda element: asked.append(element) or "")
    found = made(text="<body xml:lang='la'>" + "<p>x <foreign xml:lang='el'>y</foreign></p>" * 50 + "</body>")
    render_print(found.edition, found.settings, load_vocabulary(), {}, moment())
    assert len(asked) < 2 * 50
