"""The files of an EPUB: what their parts are, what the package says of them, how large they are, what leads there."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree
from PIL import Image

from teipress.config import settings_for
from teipress.edition import Agent
from teipress.errors import Stopped
from teipress.package.fonts import lending
from teipress.phrases import Phrases
from teipress.pipeline import build
from teipress.render import epub as epub_files
from teipress.render import registers, split
from teipress.render.accessible import Content, content
from teipress.render.epub import render_epub
from teipress.render.jacket import HEIGHT, SPACING, WIDTH, jacket
from teipress.render.registers import volumes
from teipress.render.semantics import read_semantics
from teipress.vocabulary import load_vocabulary

OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
OPS = "{http://www.idpf.org/2007/ops}"
XHTML = {"h": "http://www.w3.org/1999/xhtml"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture
def epub(made):
    """``epub("<p>…</p>")`` renders a publication: file name → text; keywords are as those of `made`."""

    def render(body="<p>x</p>", source="", title=True, **rest):
        if source:
            rest["more"] = f"<sourceDesc>{source}</sourceDesc>"
        found = made(body, **rest)
        vocabulary = load_vocabulary(found.settings.templates)
        files = render_epub(found.edition, found.settings, vocabulary, datetime(2001, 1, 1, tzinfo=UTC))
        return {f.path.name: f.text for f in files}

    return render


def tree(text):
    return etree.fromstring(text.encode())


def stated(files, prop):
    """The values of a property of the package."""
    return [
        e.text for e in tree(files["package.opf"]).iterfind(".//o:meta[@property]", OPF) if e.get("property") == prop
    ]


def typed(files, name="t.xhtml"):
    """What is said of the parts of a page: type, role and label of each, but for pages, notes and their calls."""
    of_notes = ("pagebreak", "noteref", "footnotes", "footnote")
    found = [e for e in tree(files[name]).iter() if e.get(f"{OPS}type") and e.get(f"{OPS}type") not in of_notes]
    return [(e.get(f"{OPS}type"), e.get("role"), e.get("aria-label")) for e in found]


def links(files, kind):
    """What a part of the navigation document leads to: label → address."""
    (nav,) = (n for n in tree(files["nav.xhtml"]).iterfind(".//h:nav", XHTML) if n.get(f"{OPS}type") == kind)
    return {"".join(a.itertext()): a.get("href") for a in nav.iterfind(".//h:a", XHTML)}


# What the parts are


def test_parts_of_a_text_are_what_their_types_say(epub):
    files = epub(
        text="""<front><titlePage><docTitle><titlePart>T</titlePart></docTitle></titlePage>
        <div type="Vorwort"><head>Before</head><p>x</p></div></front>
        <body><div type="chapter"><head>One <note>not in a name</note></head><epigraph><p>y</p></epigraph></div></body>
        <back><div type="other Bibliography"><p>z</p></div></back>"""
    )
    assert typed(files) == [
        ("bodymatter", None, None),  # the page has all three
        ("frontmatter", None, None),
        ("titlepage", None, None),
        ("preface", "doc-preface", "Before"),
        ("bodymatter", None, None),
        ("chapter", "doc-chapter", "One"),
        ("epigraph", "doc-epigraph", None),
        ("backmatter", None, None),
        ("bibliography", "doc-bibliography", None),
    ]


def test_a_text_without_types_is_a_chapter_and_its_pages_are_the_matter_that_they_are_in(epub):
    part = "<div xml:id='{0}'><head>{0}</head><p>" + "x " * 300 + "</p></div>"
    files = epub(
        text=f"<front>{part.format('f')}</front><body>{part.format('b')}{part.format('c')}</body>"
        f"<back>{part.format('k')}</back>",
        split="division",
    )
    pages = [typed(files, name) for name in ("t.xhtml", "t-b.xhtml", "t-c.xhtml", "t-k.xhtml")]
    assert [page[0][0] for page in pages] == ["frontmatter", "bodymatter", "bodymatter", "backmatter"]
    assert [[t for t, *_ in page[1:]] for page in pages] == [[], ["chapter"], ["chapter"], []]


def test_an_edition_says_by_its_own_table_what_its_types_mean(epub, tmp_path):
    own = tmp_path / "templates" / "epub"
    own.mkdir(parents=True)
    (own / "semantics.toml").write_text('[chapter]\nelements = ["lg"]\ndiv = ["Cantica"]\nrole = "doc-chapter"\n')
    files = epub('<div type="cantica"><lg><l>x</l></lg></div>')
    assert typed(files) == [("bodymatter", None, None), *[("chapter", "doc-chapter", None)] * 2]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[", "cannot be used"),
        ("chapter = 1", '"chapter" is no table'),
        ("[chapter]\nroles = ['x']", 'unknown key "roles"'),
        ("[chapter]\nrole = ['x']", 'a "role" of the wrong kind'),
        ("[chapter]\ndiv = [1]", 'a "div" of the wrong kind'),
    ],
)
def test_a_table_that_cannot_be_used_is_a_finding(table, said):
    with pytest.raises(Stopped) as stopped:
        read_semantics(table)
    assert [f.code for f in stopped.value.findings] == ["V004"]
    assert said in stopped.value.findings[0].message


def test_the_table_that_is_shipped_names_types_and_roles_that_there_are(project):
    table = read_semantics((project / "templates/epub/semantics.toml").read_text("utf-8"))
    for meaning in {*table.elements.values(), *table.words.values()}:
        assert meaning.role in ("", f"doc-{meaning.type}")


# Pages of the source


PAGES = '<p><pb n="1"/>a<pb n="2" ed="other"/>b<pb n="i"/>c<pb/>d</p>'


def test_only_pages_that_the_list_leads_to_are_page_breaks(epub):
    files = epub(PAGES)
    marks = {e.get("aria-label"): e for e in tree(files["t.xhtml"]).iter() if e.get("role") == "doc-pagebreak"}
    assert list(marks) == ["1", "i", "page without number"]
    assert all(e.get(f"{OPS}type") == "pagebreak" for e in marks.values())
    assert list(links(files, "page-list")) == ["1", "i", "[unnumbered]"]
    assert {f"t.xhtml#{e.get('id')}" for e in marks.values()} == set(links(files, "page-list").values())
    assert "other 2" in files["t.xhtml"], "that page is marked for the eye"


def test_space_around_the_number_of_a_page_is_none_of_it(epub):
    assert list(links(epub('<pb n=" 7"/><p>x</p>'), "page-list")) == ["7"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("<bibl>A book. <idno type='ISBN'>978-3-16-148410-0</idno></bibl>", "urn:isbn:9783161484100"),
        ("<bibl>A book. <idno type='isbn'>3-16-148410-X</idno></bibl>", "urn:isbn:9783161484100"),
        ("<bibl>A book, <idno type='ISBN'>978-3-16-148410-1</idno></bibl>", "A book, 978-3-16-148410-1"),
        ("<p>A  book.</p>", "A book."),
        (
            "<biblStruct><monogr><author>A. Writer</author><title>A book.</title><imprint><pubPlace>Here</pubPlace>"
            "<date>1901</date></imprint></monogr></biblStruct>",
            "A. Writer. A book. Here, 1901",
        ),
        (
            "<msDesc><msIdentifier><repository>A house</repository><idno>MS 1</idno><altIdentifier><idno>2</idno>"
            "</altIdentifier></msIdentifier><msContents><msItem><title>Poems</title></msItem></msContents></msDesc>",
            "A house, MS 1: Poems",
        ),
        ("<bibl>A book.</bibl><bibl>Its reprint.</bibl>", "A book. Its reprint."),
        ("", "The Text"),
        (f"<p>{'word ' * 99}</p>", f"{'word ' * 59}word …"),
    ],
)
def test_the_source_of_the_pages_is_named(epub, source, name):
    files = epub(PAGES, source)
    assert stated(files, "pageBreakSource") == [name]
    assert [e.text for e in tree(files["package.opf"]).iterfind(".//dc:source", OPF)] == [name]


def test_without_pages_there_is_no_source_of_them(epub):
    files = epub("<p>x</p>", "<p>A book.</p>")
    assert stated(files, "pageBreakSource") == []
    assert [e.text for e in tree(files["package.opf"]).iterfind(".//dc:source", OPF)] == ["A book."]
    assert "page-list" not in files["nav.xhtml"]


PEOPLE = """<author><persName xml:lang="en">Ada Example</persName><persName xml:lang="ja">エイダ</persName></author>
<editor><surname>Smith</surname>, <forename>Bo</forename></editor><editor role="translator">Cy Third</editor>
<respStmt><resp ref="http://id.loc.gov/vocabulary/relators/trc">typed</resp><name>Cy Third</name></respStmt>"""
STATED = """<publicationStmt><publisher>A press <ref>https://press.example</ref></publisher>
<idno type="DOI">10.1234/text</idno><idno type="ISBN-print">978-3-16-148410-0</idno></publicationStmt>
<seriesStmt><title>Coasts</title><biblScope unit="volume">4</biblScope></seriesStmt>"""


def test_a_package_names_people_numbers_and_series_as_catalogues_do(epub):
    package = tree(epub(people=PEOPLE, more=STATED)["package.opf"])
    refined = {}
    for meta in package.iterfind(".//o:meta[@refines]", OPF):
        refined.setdefault(meta.get("refines"), []).append((meta.get("property"), meta.text))
    told = [
        (etree.QName(e).localname, e.text, refined[f"#{e.get('id')}"])
        for name in ("creator", "contributor")
        for e in package.iterfind(f".//dc:{name}", OPF)
    ]
    assert told == [
        ("creator", "Ada Example", [("role", "aut")]),
        ("contributor", "Bo Smith", [("role", "edt"), ("file-as", "Smith, Bo")]),
        ("contributor", "Cy Third", [("role", "trl"), ("role", "trc")]),
    ]
    numbers = [e.text for e in package.iterfind(".//dc:identifier", OPF)]
    assert numbers[1:] == ["https://doi.org/10.1234/text"], "the number of the printed book is that of another one"
    assert refined["#series"] == [("collection-type", "series"), ("group-position", "4")]


def test_what_states_its_language_states_it_for_both_kinds_of_readers(epub):
    """XHTML has two attributes for it; reading systems go by either."""
    register = '<listPerson><person xml:id="p"><persName xml:lang="fi">Aino</persName></person></listPerson>'
    entry = '<listPerson><person xml:id="q"><persName xml:lang="fi">Bo</persName></person></listPerson>'
    files = epub(f'<p xml:lang="sv"><ref target="#p">x</ref></p>{entry}', register=register)
    stating = [e for name in files if name.endswith("xhtml") for e in tree(files[name]).iter() if e.get("lang")]
    assert {e.get("lang") for e in stating} == {"en", "sv", "fi"}
    assert [e.get("lang") for e in stating] == [e.get(LANG) for e in stating]
    assert any(e.get("class") == "headword" for e in stating)


def test_languages_are_those_of_the_text_else_those_that_the_header_names(made):
    usage = '</fileDesc><profileDesc><langUsage><language ident="la"/></langUsage></profileDesc><fileDesc>'
    latin = made(more=usage).edition
    assert epub_files.languages(made().edition) == ["und"]
    assert epub_files.languages(latin) == ["la"]
    assert epub_files.languages(replace(latin, language="sv")) == ["sv"]


# What is said of it is so


@pytest.mark.parametrize(
    ("body", "there", "missing"),
    [
        (PAGES, {"pageBreakMarkers", "pageNavigation"}, {"index", "MathML", "alternativeText"}),
        ("<p>x<note>y</note></p>", {"ARIA", "displayTransformability"}, {"pageBreakMarkers", "pageNavigation"}),
        ('<p style="color: red">x</p>', {"tableOfContents", "readingOrder"}, {"displayTransformability"}),
        (
            '<p><formula><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></formula></p>',
            {"MathML"},
            {"pageBreakMarkers"},
        ),
        ('<div type="index"><p>x</p></div>', {"index"}, {"MathML"}),
    ],
)
def test_features_are_those_that_are_there(epub, body, there, missing):
    features = set(stated(epub(body), "schema:accessibilityFeature"))
    assert there <= features
    assert not missing & features


@pytest.mark.parametrize(
    ("page", "sufficient", "alternatives", "hazard", "said"),
    [
        ("<p>x</p>", ["textual"], False, "none", "All of this publication is text."),
        ('<img src="a.png" alt="A hill"/>', ["textual", "textual,visual"], True, "none", "Every image is described"),
        ('<img src="a.png" alt=""/>', ["textual,visual"], False, "none", "1 image is not described in words."),
        ('<img src="a.png" alt="image" data-undescribed=""/>', ["textual,visual"], False, "none", "1 image is not"),
        ('<img alt="A" src="a.png"/><img src="b.gif"/>', ["textual,visual"], False, "unknown", "1 image is not"),
        ('<img alt=" " src="a.png"/>' * 2, ["textual,visual"], False, "none", "2 images are not described in words."),
    ],
)
def test_images_count_as_text_if_each_of_them_is_described(page, sufficient, alternatives, hazard, said):
    found = content([page], "")
    assert list(found.modes) == (["textual", "visual"] if "img" in page else ["textual"])
    assert list(found.sufficient) == sufficient
    assert ("alternativeText" in found.features) == alternatives
    assert found.hazard == hazard
    assert said in found.summary(Phrases())


def test_the_summary_says_what_is_there_and_claims_nothing():
    everything = Content(1, 1, False, *[True] * 8, leading=True)
    whole, least = everything.summary(Phrases()), Content().summary(Phrases())
    for words in ("page of the source", "to each note", "withholds", "MathML", "Indexes"):
        assert words in whole
        assert words not in least
    assert whole.endswith(last := "Conformance to a standard of accessibility is not claimed.")
    assert least.endswith(last)
    assert " " not in everything.summary(Phrases("ja")).replace(" MathML ", ""), "Japanese has none between sentences"
    assert everything.summary(Phrases("de")).startswith("Jedes Bild ist in Worten beschrieben.")


def test_an_index_that_the_source_prints_is_not_said_to_lead_to_places(epub):
    printed = '<div type="index"><p>Abe, 3<note>Really 4.</note></p></div>'
    linked = '<div type="index"><p>Abe, <ref target="#p">3</ref></p></div><p xml:id="p">x</p>'
    said = "Indexes lead to the places in the text."
    assert said not in stated(epub(printed), "schema:accessibilitySummary")[0]
    assert said in stated(epub(linked), "schema:accessibilitySummary")[0]


def test_no_catalogue_has_letters_that_fonts_lack(project):
    """A word of the interface shall not be what makes an EPUB take a font along."""
    for path in sorted((project / "templates/locale").glob("*.po")):
        assert lending(path.read_text("utf-8")) == (), path.name


def test_nobody_certifies_what_nobody_has_looked_at(epub):
    package = epub(PAGES)["package.opf"]
    assert "conformsTo" not in package
    assert "certifi" not in package


# Notes, apparatus, redactions


def test_a_note_is_a_link_there_and_back_and_what_reading_systems_pop_up(epub):
    page = tree(epub("<p>x<note>y</note></p>")["t.xhtml"])
    (call,) = page.iterfind(".//h:a[@class='noteref']", XHTML)
    (note,) = page.iterfind(".//h:aside", XHTML)
    assert (call.get(f"{OPS}type"), call.get("role")) == ("noteref", "doc-noteref")
    assert (note.get(f"{OPS}type"), note.get("role")) == ("footnote", "doc-footnote")
    assert call.get("href") == f"#{note.get('id')}"
    (back,) = (a for a in note.iterfind("h:a", XHTML) if a.get("role") == "doc-backlink")
    assert back.get("href") == f"#{call.get('id')}"
    assert note.get("hidden") is None, "who has no pop-ups reads it at the end"


def test_the_text_leads_to_an_entry_that_stands_in_a_list_and_the_entry_back(epub):
    files = epub(
        """<p>a <anchor xml:id="b"/>word<anchor xml:id="e"/> and more</p>
        <listApp><app xml:id="x" from="#b" to="#e"><lem>word</lem><rdg>ward</rdg></app></listApp>"""
    )
    page = tree(files["t.xhtml"])
    (call,) = page.iterfind(".//h:a[@class='noteref']", XHTML)
    assert (call.get("href"), call.get("aria-label"), call.getparent().get("id")) == ("#x", "Apparatus", "e")
    (entry,) = (e for e in page.iter() if e.get("id") == "x")
    assert "#b" in {a.get("href") for a in entry.iterfind(".//h:a", XHTML)}


def test_an_image_that_nobody_has_described_is_told_to_be_there(epub, tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "hill.png")
    files = epub('<figure><graphic url="hill.png"/></figure>')
    assert 'alt="image without a description" data-undescribed=""' in files["t.xhtml"]
    assert stated(files, "schema:accessModeSufficient") == ["textual,visual"]
    assert 'href="images/hill.png"' in files["package.opf"]


# Landmarks


def test_landmarks_lead_to_what_books_have_in_common(epub):
    files = epub(
        text="""<front><div type="preface"><head>Before</head><p>x</p></div></front><body><p>y</p>
        <div type="index"><head>Words</head><p>z</p></div><div type="index"><head>More</head><p>z</p></div></body>""",
        register='<listPerson><person xml:id="a"><persName>Ada</persName></person></listPerson>',
    )
    assert links(files, "landmarks") == {
        "Cover": "cover.xhtml",
        "Title page": "title.xhtml",
        "Contents": "#toc",
        "Text": "t.xhtml",
        "Before": "t.xhtml#part-1",
        "Words": "t.xhtml#part-2",
        "Index of persons": "persons.xhtml",
    }


# Files of a sensible size


@pytest.fixture
def small_files(monkeypatch):
    """Files may be a tenth as large, so that a test takes a tenth of the time."""
    monkeypatch.setattr(epub_files, "LARGEST", 30_000)
    monkeypatch.setattr(split, "LONG", 12_000)
    monkeypatch.setattr(registers, "FILLED", 24_000)


def paragraphs(count, mark=""):
    page = f'<pb n="{mark}{{0}}"/>'
    return "".join(f"{page.format(n) if n % 20 == 0 else ''}<p>p{n} {'word ' * 60}</p>" for n in range(count))


@pytest.mark.usefixtures("small_files")
def test_a_long_division_becomes_files_of_a_sensible_size_and_nothing_is_lost(epub):
    last = '<p>See <ref target="#all">all</ref>.</p>'
    files = epub(f'<div xml:id="all" rend="red"><head>All</head>{paragraphs(300)}{last}</div>')
    texts = [name for name in files if re.fullmatch(r"t(-.*)?\.xhtml", name)]
    assert len(texts) > 3
    assert all(len(files[name].encode()) <= 30_000 for name in texts)
    pages = sorted((tree(files[name]) for name in texts), key=part)
    bodies = ["".join(page.find(".//h:div[@class='body']", XHTML).itertext()) for page in pages]
    assert re.findall(r"p(\d+) word", " ".join(bodies)) == [str(n) for n in range(300)]
    everywhere = [e.get("id") for page in pages for e in page.iter() if e.get("id")]
    assert everywhere.count("all") == 1, "what is opened again keeps its name where it begins"
    assert [len(page.findall(".//h:section[@class='div r-red']", XHTML)) for page in pages] == [1] * len(pages)
    assert any('href="t.xhtml#all"' in files[name] for name in texts[1:])
    assert set(links(files, "page-list")) == {str(n) for n in range(0, 300, 20)}
    spine = [e.get("idref") for e in tree(files["package.opf"]).iterfind(".//o:itemref", OPF)]
    assert {f"text-{name.removesuffix('.xhtml')}" for name in texts} <= set(spine)


def part(page):
    return int(page.find(".//h:section[@data-part]", XHTML).get("data-part"))


@pytest.mark.usefixtures("small_files")
def test_a_paragraph_is_never_cut(epub):
    files = epub(f"<p>{'word ' * 8_000}</p>")
    assert len(files["t.xhtml"].encode()) > 30_000
    assert not [name for name in files if name.startswith("t-")]


def test_a_file_that_is_small_enough_stays_whole(epub):
    assert [name for name in epub(paragraphs(100)) if re.match(r"t(-.*)?\.xhtml", name)] == ["t.xhtml"]


@pytest.mark.usefixtures("small_files")
def test_an_index_that_is_long_begins_new_files_with_letters(made):
    names = "".join(f'<person xml:id="p{n}"><persName>{"ABCDÉ"[n % 5]}{n}</persName></person>' for n in range(200))
    edition = made(register=f"<listPerson>{names}</listPerson>").edition
    parts = volumes("persons", edition.persons)
    assert parts[0][:2] == ("persons", "")
    assert len(parts) > 2
    assert [p.id for _, _, part in parts for p in part] == [p.id for p in edition.persons]
    assert all(part[0].letter == letter for _, letter, part in parts[1:])
    assert len({stem for stem, _, _ in parts}) == len(parts)
    assert volumes("persons", ()) == []


@pytest.mark.usefixtures("small_files")
def test_links_lead_to_the_file_of_an_index_that_has_the_entry(write_edition, tmp_path):
    people = "".join(f'<person xml:id="p{n}"><persName>{"ABC"[n % 3]}{n}</persName></person>' for n in range(150))
    letter = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><teiHeader/><text><body><p>'
        '<persName ref="#p3">An A</persName> and <persName ref="#p2">a C</persName></p></body></text></TEI>'
    )
    register = f"<standOff><listPerson>{people}</listPerson></standOff>"
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>{register}'
    other = letter.replace('"t"', '"u"')
    folder = write_edition({"edition.xml": f"{corpus}{letter}{other}</teiCorpus>"}, "")
    report = build(settings_for(folder), tmp_path / "out", ("epub",))
    assert [f for f in report.findings if f.code in ("L001", "L002", "F001", "E001")] == []
    made = {path.name: path.read_text("utf-8") for path in (tmp_path / "out/epub/tiny/EPUB").glob("*.xhtml")}
    assert 'href="persons.xhtml#p3"' in made["t.xhtml"]
    assert 'href="persons--c.xhtml#p2"' in made["t.xhtml"]
    assert 'id="p2"' in made["persons--c.xhtml"]
    assert "Index of persons (C)" in made["nav.xhtml"]


# Links that last


def test_links_into_one_chapter_stay_when_another_changes(epub):
    second = (
        f'<div xml:id="two"><head>Two</head>{paragraphs(1_500, mark="b")}</div><div><head>Three</head><p>x</p></div>'
    )
    short, long = (
        epub(f'<div xml:id="one"><head>One</head>{paragraphs(count, mark="a")}</div>{second}') for count in (90, 130)
    )
    before, after = links(short, "page-list"), links(long, "page-list")
    assert before.keys() < after.keys()
    assert {label: href for label, href in after.items() if label.startswith("b")} == {
        label: href for label, href in before.items() if label.startswith("b")
    }
    assert len({href.partition("#")[0] for label, href in before.items() if label.startswith("b")}) > 1
    contents = links(short, "toc"), links(long, "toc")
    assert contents[0] == contents[1]


def test_a_text_without_author_and_date_has_no_empty_line_for_them(epub):
    assert "byline" not in epub()["t.xhtml"]
    assert '<p class="byline">Ada Example' in epub(people="<author>Ada Example</author>")["t.xhtml"]


# The cover


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Short",
        "A title that goes on and on about what it is the title of, " * 4,
        "DONAUDAMPFSCHIFFFAHRTSGESELLSCHAFTSKAPITÄN" * 2,
        "日本とソビエト連邦の外交文書集、一九五六年から一九七二年まで",
        "مجلة الحقائق في العلوم والآداب",
        "x" * 3_000,
    ],
)
def test_whatever_the_title_is_the_cover_has_room_for_it(made, title):
    edition = made().edition
    described = replace(edition.description, publisher=title, agents=(Agent(title),) if title else ())
    header = replace(edition.header, title=title, subtitle=title)
    edition = replace(edition, header=header, description=described)
    found = jacket(edition)
    lines = [*found.authors, *found.title, *found.subtitle, *found.publisher]
    assert found.title[0].text
    assert all(0 < line.y < HEIGHT - 100 for line in lines)
    assert [line.y for line in lines] == sorted(line.y for line in lines)
    assert found.title[-1].y < found.rule < (found.subtitle[0].y if found.subtitle else HEIGHT)
    wide = 1.0 if "日" in title else 0.5
    assert all(len(line.text) * line.size * wide <= WIDTH - 200 for line in lines)
    assert all(len(line.text) * (line.size * wide + SPACING) <= WIDTH - 200 for line in found.publisher)
    words = "".join("".join(line.text for line in found.title).split())
    assert words == "".join((title or "t").split()) or words.endswith("…")


def test_cover_and_title_page_bear_each_author_once_and_the_cover_no_address(epub):
    files = epub(people=PEOPLE, more=STATED)
    words = [e.text for e in tree(files["cover.svg"]).iter("{http://www.w3.org/2000/svg}text")]
    shown = [e.text for e in tree(files["title.xhtml"]).iterfind(".//h:p", XHTML) if e.get("class") == "editors"]
    assert shown == ["Ada Example", "Edited by Bo Smith, Cy Third"]
    assert words == ["Ada Example", "The Text", "A press"]


def test_the_cover_is_told_to_those_who_do_not_see_it(epub):
    files = epub()
    assert 'aria-label="The Text"' in files["cover.xhtml"]
    assert "<title>The Text</title>" in files["cover.svg"]
