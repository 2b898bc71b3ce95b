"""Images of pages in the model: their sizes, what is no illustration any more, and what access takes away."""

import pytest
from lxml import etree
from PIL import Image

from teipress import tei
from teipress.config import Settings
from teipress.model import model, visible
from teipress.model.access import withhold
from teipress.model.facsimiles import size_of
from teipress.read import read

FACSIMILE = """<facsimile>
<surface xml:id="s1"><graphic url="1.png"/></surface>
<surface xml:id="s2"><graphic url="2.png"/><zone xml:id="z"/></surface>
<surface xml:id="again"><graphic url="2.png"/></surface>
<surface xml:id="s3"><graphic url="3.png"/></surface>
</facsimile>"""


@pytest.fixture
def drawn(tmp_path):
    for number in (1, 2, 3, 4):
        Image.new("L", (30, 40 + number)).save(tmp_path / f"{number}.png")
    return tmp_path


def source_of(folder, write_tei, body, standoff=FACSIMILE):
    path = write_tei(body, standoff=standoff)
    text = path.read_text("utf-8").replace("</teiHeader>", '<encodingDesc><classDecl><taxonomy><category xml:id="shut">'
                                           "</category></taxonomy></classDecl></encodingDesc></teiHeader>")  # fmt: skip
    path.write_text(text, "utf-8")
    settings = Settings("t", folder, path, declared=True, withhold={"public": ("#shut",)})
    return read(path, folder)[0], settings


def pages(found):
    return {p.label: [f.path.as_posix() if f.path else f.url for f in p.facsimiles] for p in found.documents[0].pages}


def test_pages_have_images_with_sizes(drawn, write_tei):
    source, settings = source_of(drawn, write_tei, '<p><pb n="1" facs="#s1 2.png"/>a<pb n="2"/>b</p>')
    first, second = model(source, settings).documents[0].pages
    assert [(str(f.path), f.width, f.height) for f in first.facsimiles] == [("1.png", 30, 41), ("2.png", 30, 42)]
    assert second.facsimiles == ()


def test_an_image_that_is_shown_on_its_side_has_the_size_that_is_seen(tmp_path):
    exif = Image.Exif()
    exif[274] = 6
    Image.new("L", (30, 40)).save(tmp_path / "turned.jpg", exif=exif)
    assert size_of(tmp_path / "turned.jpg") == (40, 30)
    (tmp_path / "none.png").write_bytes(b"no image")
    assert size_of(tmp_path / "none.png") == (0, 0)


def test_images_of_pages_are_no_illustrations(drawn, write_tei):
    body = '<p><pb n="1" facs="#s1"/><figure><graphic url="4.png"/></figure></p>'
    found = model(*source_of(drawn, write_tei, body))
    assert [str(p) for p in found.images] == ["4.png"]
    assert [str(p) for p in found.facsimiles] == ["1.png"]
    without = model(*source_of(drawn, write_tei, "<p>x</p>"))
    assert [str(p) for p in without.images] == ["1.png", "2.png", "3.png"]


def test_two_documents_may_use_the_same_identifiers(drawn, tmp_path):
    one = '<TEI><teiHeader/><facsimile><surface xml:id="s"><graphic url="{0}.png"/></surface></facsimile><text><body>'
    one += '<p><pb n="1" facs="#s"/>x</p></body></text></TEI>'
    corpus = f'<teiCorpus xmlns="{tei.TEI}"><teiHeader/>{one.format(1)}{one.format(2)}</teiCorpus>'
    (tmp_path / "c.xml").write_text(corpus, "utf-8")
    found = model(read(tmp_path / "c.xml")[0], Settings("c", tmp_path, tmp_path / "c.xml"))
    assert [str(p.facsimiles[0].path) for d in found.documents for p in d.pages] == ["1.png", "2.png"]


SEG = '<seg ana="#shut">x</seg>'


@pytest.mark.parametrize(
    ("body", "kept", "hidden"),
    [
        # a word is withheld: the image of its page would show it, on whatever page the image is, whatever describes it
        (f'<p><pb n="1" facs="#s1"/>a<pb n="2" facs="#s2"/>{SEG}</p>', {"1": ["1.png"], "2": []}, "2.png"),
        (f'<p><pb n="1" facs="#again"/>a<pb n="2" facs="#z"/>{SEG}</p>', {"1": [], "2": []}, "2.png"),
        (f'<p><pb n="1" facs="2.png 1.png"/>a<pb n="2" facs="#s2"/>{SEG}</p>', {"1": ["1.png"], "2": []}, "2.png"),
        # pages that are withheld whole, and the one that goes on before them
        ('<p><pb n="1" facs="1.png"/>a</p><p><pb n="2" facs="2.png"/>b</p><p ana="#shut"><pb n="3" facs="#s3"/>x</p>',
         {"1": ["1.png"], "2": []}, "3.png"),
        # two sequences run at once
        (f'<p><pb n="1" ed="A" facs="1.png"/><pb n="9" ed="B" facs="3.png"/>a{SEG}'
         '<pb n="2" ed="A" facs="2.png"/>b</p>', {"1": [], "9": [], "2": ["2.png"]}, "1.png"),
        # also where an apparatus tells them apart, and until a break that is everybody's
        (f'<p><pb n="1" edRef="#a" facs="1.png"/><pb n="9" edRef="#b" facs="3.png"/>a{SEG}'
         '<pb n="2" edRef="#a" facs="2.png"/>b</p>', {"1": [], "9": [], "2": ["2.png"]}, "1.png"),
        ('<p><app><lem wit="#a"><pb n="1" facs="1.png"/></lem><rdg wit="#b"><pb n="9" facs="3.png"/></rdg></app>'
         f'a{SEG}<pb n="2" facs="2.png"/>b</p>', {"1": [], "9": [], "2": ["2.png"]}, "1.png"),
        (f'<p><app><lem wit="#a"><pb n="1" facs="1.png"/></lem></app>a<pb n="2" facs="2.png"/>{SEG}</p>',
         {"1": ["1.png"], "2": []}, "2.png"),
        # the image is that of a column, of a gathering
        (f'<p><pb n="1"/><gb/><cb facs="1.png"/>a<lb/>{SEG}<cb facs="2.png"/>b</p>', {"1": []}, "1.png"),
        (f'<p><gb facs="1.png"/><pb n="1"/><milestone unit="x"/>a{SEG}</p>', {"1": []}, "1.png"),
        # the page names its surface otherwise than by @facs
        (f'<p><pb n="1" facs="1.png"/>a<pb n="2" corresp="#s2"/>{SEG}</p>', {"1": ["1.png"], "2": []}, "2.png"),
        # a part of an image is named as no page could show it; the image is that of a figure, too
        (f'<p><pb n="1" facs="1.png#xywh=0,0,9,9"/>{SEG}<pb n="2" facs="1.png"/>b</p>', {"1": [], "2": []}, "1.png"),
        (f'<p><pb n="1" facs="https://e.org/1.png#xywh=0,0,9,9"/>{SEG}<pb n="2" facs="https://e.org/1.png"/>b</p>',
         {"1": [], "2": []}, "e.org"),
        (f'<p><pb n="1" facs="1.png"/>{SEG}</p><figure><graphic url="./1.png"/></figure>', {"1": []}, "1.png"),
        # a link ties the page to its surface
        (f'<p><pb n="1" xml:id="one"/>{SEG}<link target="#one #s1"/></p>', {"1": []}, "1.png"),
        # only a page break, with the image of what comes after it
        ('<p><pb n="1" facs="1.png"/>a</p><p>b<pb n="2" facs="2.png" ana="#shut"/>c</p>', {"1": ["1.png"]}, "2.png"),
        # the same image elsewhere, at another size
        ('<p><pb n="1" facs="https://e.org/i/a/full/100,/0/default.jpg"/>a</p>'
         f'<p><pb n="2" facs="https://e.org/i/a/info.json"/>{SEG}</p>', {"1": [], "2": []}, "/i/a"),
    ],
)  # fmt: skip
def test_what_shows_something_withheld_is_gone(drawn, write_tei, body, kept, hidden):
    source, settings = source_of(drawn, write_tei, body)
    seen = visible(source, settings).root
    assert pages(model(source, settings)) == kept
    assert not any(hidden in value for e in tei.elements(seen) for _, value in tei.attributes(e))


def test_a_surface_that_is_withheld_takes_its_image_along(drawn, write_tei):
    hidden = FACSIMILE.replace('xml:id="s1"', 'xml:id="s1" ana="#shut"')
    source, settings = source_of(drawn, write_tei, '<p><pb n="1" facs="#s1"/>a<pb n="2" facs="#s2"/>b</p>', hidden)
    assert pages(model(source, settings)) == {"1": [], "2": ["2.png"]}
    assert "1.png" not in {g.get("url") for g in tei.elements(visible(source, settings).root, "graphic")}
    assert [str(p) for p in model(source, settings).facsimiles] == ["2.png"]


@pytest.mark.parametrize("tie", ["start", "corresp"])
def test_a_surface_that_names_its_page_goes_with_what_is_withheld_on_it(drawn, write_tei, tie):
    tied = f'<facsimile><surface {tie}="#two"><graphic url="2.png"/></surface><graphic url="1.png"/></facsimile>'
    body = f'<p><pb n="1"/>a<pb n="2" xml:id="two"/>{SEG}</p>'
    source, settings = source_of(drawn, write_tei, body, tied)
    assert [g.get("url") for g in tei.elements(visible(source, settings).root, "graphic")] == ["1.png"]


def test_a_surface_names_a_page_of_its_own_document(drawn, write_tei):
    """Identifiers count document by document: that of another page may be the same."""
    source, settings = source_of(drawn, write_tei, f'<p><pb n="1" xml:id="one"/>{SEG}</p>')
    tied = '<facsimile><surface start="#one"><graphic url="2.png"/></surface></facsimile>'
    other = etree.fromstring(f'<TEI xmlns="{tei.TEI}">{tied}<text><pb xml:id="one"/></text></TEI>')
    corpus = etree.Element(tei.tei("teiCorpus"))
    corpus.extend([source.root, other])
    withhold(corpus, ["#shut"], settings.folder)
    assert "2.png" in {g.get("url") for g in tei.elements(other, "graphic")}


def test_a_surface_that_holds_the_text_stays_and_loses_its_images(drawn, write_tei):
    text = '<sourceDoc><surface><graphic url="1.png"/><line>a <seg ana="#shut">b</seg></line></surface></sourceDoc>'
    source, settings = source_of(drawn, write_tei, "<p>x</p>", text)
    root = visible(source, settings).root
    assert [tei.line_of_text(line) for line in tei.elements(root, "line")] == ["a"]
    assert list(tei.elements(root, "graphic")) == []


def test_nothing_withheld_leaves_all_images(drawn, write_tei):
    source, settings = source_of(drawn, write_tei, '<p><pb n="1" facs="#s1"/>a</p>')
    assert pages(model(source, settings)) == {"1": ["1.png"]}
    assert len(list(tei.elements(visible(source, settings).root, "graphic"))) == 4
