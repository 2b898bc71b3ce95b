"""Two documents side by side: how they are cut and aligned, and what their pages show."""

import re
from pathlib import Path

import pytest
from lxml import etree, html

from teipress import tei
from teipress.config import settings_for
from teipress.errors import Stopped, UsageError
from teipress.model import model
from teipress.pipeline import build
from teipress.read import read
from teipress.render.alignment import atoms, nest, rows

EDITIONS = Path(__file__).parents[1] / "editions"


def tree(body):
    return etree.fromstring(f'<body xmlns="{tei.TEI}">{body}</body>')


def opens(element):
    return tei.local(element) in ("body", "div", "lg", "p")


def cut(body, *names):
    """The atoms of a body, tied at elements with @n in `names`: the text of each."""
    root = tree(body)
    tied = [e for e in tei.elements(root) if e.get("n") in names]
    found = atoms([root], tied, opens)
    return ["".join(p if isinstance(p, str) else tei.text(p) for _, p in a.pieces).strip() for a in found]


def aligned(first, second, reach=False):
    """Rows of two bodies whose elements of the same @n belong together, as text of both sides."""
    roots = tree(first), tree(second)
    names = [{e.get("n"): e for e in tei.elements(root) if e.get("n")} for root in roots]
    links = [(names[0][n], e) for key, e in names[1].items() for n in key.split("+") if n in names[0]]
    sides = [atoms([root], [link[i] for link in links], opens) for i, root in enumerate(roots)]

    def text(side):
        return " ".join(
            "".join(p if isinstance(p, str) else tei.text(p) for _, p in atom.pieces).strip() for atom in side
        )

    return [(text(r.first), text(r.second), r.aligned) for r in rows(*sides, links, reach)]


def test_a_document_is_cut_where_something_tied_begins():
    body = '<div><head>h</head><p n="1">one</p><p>two</p><lg><l n="2">three</l><l>four</l></lg></div>'
    assert cut(body, "1", "2") == ["h", "one", "two", "three", "four"]
    assert cut(body, "1") == ["h", "one", "two", "threefour"]


def test_a_paragraph_is_cut_at_its_segments_and_what_is_loose_goes_with_the_one_before():
    assert cut('<p>a <seg n="1">b</seg> c <seg n="2">d</seg>.</p>', "1", "2") == ["a b c", "d."]


def test_breaks_between_blocks_go_with_what_follows_and_the_last_with_what_is_before():
    root = tree('<p n="1">one</p><pb/><p n="2">two</p><pb/>')
    found = atoms([root], [e for e in root if e.get("n")], opens)
    assert [[tei.local(p) for _, p in a.pieces] for a in found] == [["p"], ["pb", "p", "pb"]]


def test_a_tied_container_that_is_cut_itself_is_tied_where_it_begins():
    first = '<div n="d"><head>h</head><p n="1">one</p></div>'
    second = '<div n="d"><head>k</head><p n="1">uno</p></div>'
    assert aligned(first, second) == [("h", "k", True), ("one", "uno", True)]


def test_what_is_between_stays_on_its_own_side_in_order():
    found = aligned('<p n="1">a</p><p>b</p><p n="2">c</p>', '<p>x</p><p n="1">y</p><p n="2">z</p><p>end</p>')
    assert found == [("", "x", False), ("a", "y", True), ("b", "", False), ("c", "z", True), ("", "end", False)]


def test_one_may_belong_to_several():
    assert aligned('<p n="1">a</p><p n="2">b</p>', '<p n="1+2">x</p>') == [("a b", "x", True)]


def test_of_ties_that_cross_as_many_are_kept_as_can_stand_in_order():
    found = aligned('<p n="1">a</p><p n="2">b</p><p n="3">c</p>', '<p n="2">b</p><p n="3">c</p><p n="1">a</p>')
    assert found == [("a", "", False), ("b", "b", True), ("c", "c", True), ("", "a", False)]


def test_pages_reach_to_the_next():
    found = aligned('<p><pb n="1"/>a</p><p>b</p><p><pb n="2"/>c</p>', '<p><pb n="1"/>x <pb n="2"/>y</p><p>z</p>', True)
    assert found == [("a b", "x", True), ("c", "y z", True)]


def test_what_is_around_pieces_is_opened_again_with_these_parts_only():
    root = tree('<div><p>one <seg n="1">two</seg></p><p>three</p></div>')
    found = atoms([root], [e for e in tei.elements(root) if e.get("n")], opens)
    tops, kept = nest(found[0].pieces)
    assert tops == [root]
    assert [tei.local(e) for e in kept[root]] == ["div"]
    assert [p if isinstance(p, str) else tei.local(p) for p in kept[root[0][0]]] == ["one ", "seg"]


# The edition


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("side-by-side") / "out"
    return build(settings_for(EDITIONS / "side-by-side"), out, ["html"]), out / "html"


def page(folder, name):
    return html.fromstring((folder / name).read_text("utf-8"))


def cells(root):
    """The rows of a page, each as the text of both sides."""
    found = []
    for row in root.cssselect(".sides > .row"):
        sides = [" ".join(b.text_content().split()) for b in row.cssselect("[data-parallel]")]
        if sides:
            found.append(tuple(sides))
    return found


def test_each_column_is_proven(built):
    report, _ = built
    assert [str(f) for f in report.findings] == []
    accounts = {a.name: a for a in report.accounts if a.kind == "parallel"}
    assert set(accounts) == {
        *("song+song-en song", "song+song-en song-en", "song+song-ar song", "song+song-ar song-ar"),
        *("notebook+notebook-de notebook", "notebook+notebook-de notebook-de"),
    }
    assert all(a.expected == a.found > 0 for a in accounts.values())


def test_blocks_that_correspond_stand_in_one_row(built):
    found = cells(page(built[1], "parallel-song-song-en.html"))
    assert ("Abends", "In the evening") in found
    assert ("Der Fährmann zählt die Lichter", "The ferryman counts the lights") in found
    assert ("und was er zählt, wird leichter,", "") in found
    assert ("eh er die Kette sacht", "before he lifts the chain, gently,") in found


def test_what_stands_in_another_order_leads_to_what_corresponds(built):
    root = page(built[1], "parallel-song-song-en.html")
    links = [a.get("href") for a in root.cssselect(".elsewhere a")]
    assert "song.html#s3" in links
    assert any(href.startswith("song-en.html#") for href in links)


def test_links_of_type_alignment_tie_as_well(built):
    root = page(built[1], "parallel-song-song-ar.html")
    assert ("Der Fährmann zählt die Lichter", "يعدّ صاحب المعدّية الأضواء") in cells(root)
    arabic = root.cssselect('[data-parallel="song+song-ar song-ar"]')[0]
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")


def test_pages_of_the_same_label_stand_in_one_row(built):
    assert cells(page(built[1], "parallel-notebook-notebook-de.html")) == [
        ("1The first page begins a sentence that", "1Die erste Seite beginnt einen Satz, der auf der zweiten"),
        (
            "2ends on the second. There was rain.A second paragraph, on the second page.",
            "2endet. Es regnete.2aEin Blatt, das nur hier liegt.",
        ),
        ("3The third page has one line.", "3Die dritte Seite hat eine Zeile."),
    ]


def test_identifiers_stay_on_the_reading_pages(built):
    root = page(built[1], "parallel-song-song-en.html")
    assert {i for i in root.xpath("//@id") if "note" not in i} == {"main"}
    assert re.search(r'id="s1"', (built[1] / "song.html").read_text("utf-8"))
    pages = page(built[1], "parallel-notebook-notebook-de.html").cssselect("a.pb")
    assert pages[0].get("href") == "notebook.html#notebook-page-1"


def test_notes_are_called_and_told_on_the_same_page(built):
    root = page(built[1], "parallel-song-song-en.html")
    called = [a.get("href").lstrip("#") for a in root.cssselect("a.noteref")]
    assert len(called) == 2
    assert all(root.get_element_by_id(i) is not None for i in called)


def test_reading_pages_lead_there_and_so_does_the_navigation(built):
    links = [a.get("href") for a in page(built[1], "song-en.html").cssselect(".compared a")]
    assert links == ["parallel-song-song-en.html"]
    assert len(page(built[1], "song.html").cssselect(".compared a")) == 2
    assert "parallel.html" in page(built[1], "index.html").xpath("//header//nav/a/@href")
    assert len(page(built[1], "parallel.html").cssselect(".comparisons li")) == 3


def test_words_are_not_counted_twice(built):
    words = page(built[1], "words.html").text_content()
    assert "Fährmann" in words
    assert not [h for h in page(built[1], "words.html").xpath("//a/@href") if h.startswith("parallel-")]


def test_a_word_that_a_column_loses_is_found(built, tmp_path, monkeypatch):
    from teipress.render import parallel

    whole = parallel.nest
    monkeypatch.setattr(parallel, "nest", lambda pieces: whole([p for p in pieces if p[1] != pieces[-1][1]]))
    with pytest.raises(Stopped) as stopped:
        build(settings_for(EDITIONS / "side-by-side"), tmp_path / "out", ["html"])
    assert "F001" in {f.code for f in stopped.value.findings}


def test_a_long_document_is_divided_like_its_reading_pages(tmp_path):
    folder = copied(tmp_path, '[html]\nsplit = "division"\n')
    path = folder / "edition.xml"
    text = path.read_text("utf-8").replace("Abends</head>", f"Abends</head><p>{'Viel Text. ' * 60}</p>")
    path.write_text(text.replace("nur im Deutschen.", "nur im Deutschen. " * 40), "utf-8")
    report = build(settings_for(folder), tmp_path / "out", ["html"])
    assert not report.failed
    assert sorted(p.name for p in (tmp_path / "out/html").glob("parallel-song-song-en*")) == [
        "parallel-song-song-en.html",
        "parallel-song-song-en~2.html",
    ]
    links = {
        p.name: page(p.parent, p.name).cssselect(".compared a")[0].get("href")
        for p in (tmp_path / "out/html").glob("song-[!ea]*.html")
    }
    assert set(links.values()) == {"parallel-song-song-en~2.html"}


def copied(tmp_path, toml):
    folder = tmp_path / "edition"
    folder.mkdir()
    (folder / "edition.xml").write_bytes((EDITIONS / "side-by-side" / "edition.xml").read_bytes())
    (folder / "edition.toml").write_text('name = "x"\nformats = ["html"]\n' + toml, "utf-8")
    return folder


def test_what_is_withheld_is_in_no_column(tmp_path):
    folder = copied(tmp_path, '[access.public]\nwithhold = ["#closed"]\n')
    path = folder / "edition.xml"
    text = path.read_text("utf-8").replace('<l n="2" xml:id="s2">', '<l n="2" xml:id="s2" ana="#closed">CANARY ')
    text = text.replace(
        "<encodingDesc>", '<encodingDesc><classDecl><taxonomy><category xml:id="closed"/></taxonomy></classDecl>'
    )
    path.write_text(text, "utf-8")
    report = build(settings_for(folder), tmp_path / "out", ["html"])
    assert not report.failed
    found = cells(page(tmp_path / "out/html", "parallel-song-song-en.html"))
    assert ("Der Fährmann zählt die Lichter", "The ferryman counts the lights") in found
    assert [p.name for p in (tmp_path / "out").rglob("*") if p.is_file() and b"CANARY" in p.read_bytes()] == []


def parallels(tmp_path, toml):
    settings = settings_for(copied(tmp_path, toml))
    return [(p.name, p.by_page) for p in model(read(settings.source, settings.folder)[0], settings).parallels]


def test_an_edition_may_turn_it_off_and_name_the_sides(tmp_path):
    assert parallels(tmp_path, "[html]\nparallel = false\n") == []


def test_a_named_pair_stands_in_the_order_that_it_is_named_in(tmp_path):
    found = parallels(tmp_path, '[html]\nparallel = [["song-en", "song"]]\n')
    assert found == [("song+song-ar", False), ("song-en+song", False)]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('[["song", "sing-en"]]', 'names "sing-en", which is no document of the edition; did you mean'),
        ('[["song", "song"]]', 'names "song" twice'),
        ('[["song-en", "notebook"]]', "neither blocks that correspond nor pages"),
        ('["song", "song-en"]', "must be a list of pairs"),
        ('"song"', "must be a list of pairs"),
        ("true", "must be a list of pairs"),
    ],
)
def test_a_pair_that_cannot_be_is_told(tmp_path, value, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        parallels(tmp_path, f"[html]\nparallel = {value}\n")
