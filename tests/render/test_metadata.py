"""What pages tell machines in their heads, and the files by which a site is found and followed."""

import json
import re
from html.parser import HTMLParser

import pytest
from lxml import etree

from teipress.config import settings_for
from teipress.model import model
from teipress.read import read
from teipress.render.site import render_site
from teipress.vocabulary import load_vocabulary

DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{name}" xml:lang="en"><teiHeader>
<fileDesc><titleStmt><title>{title}</title>
<author><persName><forename>Ada</forename> <surname>Os</surname></persName></author></titleStmt>
<publicationStmt><publisher>Press</publisher><date when="2001-02-03"/></publicationStmt>
<sourceDesc><bibl><date when="1850"/></bibl></sourceDesc></fileDesc>
<profileDesc><abstract><p>About {title}.</p></abstract></profileDesc><revisionDesc>{changes}</revisionDesc></teiHeader>
<text><body><div><head>H</head><p>x</p></div></body></text></TEI>"""
CORPUS = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>Letters</title><editor><orgName>The Society</orgName></editor></titleStmt>
<publicationStmt><p>No date.</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader>
{documents}</teiCorpus>"""
CHANGES = (
    '<change when="2002-03-04">New &amp; better.</change><change when="2001">Early.</change><change>Once.</change>'
)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


class Head(HTMLParser):
    """The names and links of a page, and its JSON-LD."""

    def __init__(self, page):
        super().__init__()
        self.names, self.links, self.linked, self._in_script = {}, {}, "", False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "meta" and (name := found.get("name") or found.get("property")):
            self.names.setdefault(name, []).append(found["content"])
        if tag == "link":
            self.links[found["rel"]] = found["href"]
        self._in_script = tag == "script" and found.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self._in_script:
            self.linked += data

    def handle_endtag(self, tag):
        self._in_script = False


@pytest.fixture
def letters(tmp_path):
    """``letters(url)`` renders an edition of two letters: path → text."""

    def render(url="", title="One </script> & <two>"):
        escaped = title.replace("&", "&amp;").replace("<", "&lt;")
        one = DOCUMENT.format(name="one", title=escaped, changes=CHANGES)
        two = DOCUMENT.format(name="two", title="Two", changes="")
        path = tmp_path / "edition.xml"
        path.write_text(CORPUS.format(documents=one + two), encoding="utf-8")
        (tmp_path / "edition.toml").write_text(f'[html]\nurl = "{url}"\n' if url else "", encoding="utf-8")
        settings = settings_for(tmp_path)
        edition = model(read(path, tmp_path)[0], settings)
        return {f.path.as_posix(): f.text for f in render_site(edition, settings, load_vocabulary())}

    return render


def test_what_managers_of_references_read(letters):
    head = Head(letters()["two.html"])
    assert head.names["citation_title"] == ["Two"] == head.names["DC.title"]
    assert head.names["citation_author"] == ["Os, Ada"] == head.names["DC.creator"]
    assert head.names["citation_editor"] == ["The Society"] == head.names["DC.contributor"]
    assert head.names["citation_publication_date"] == ["2001/02/03"]
    assert head.names["citation_inbook_title"] == ["Letters"]
    assert head.names["og:title"] == ["Two"]
    assert head.names["og:type"] == ["article"]
    assert head.names["og:description"] == ["About Two."] == head.names["description"]


def test_linked_data_of_the_edition_and_its_documents(letters):
    files = letters("https://example.org/x")
    start = json.loads(Head(files["index.html"]).linked)
    assert (start["@type"], start["name"], start["url"]) == ("Collection", "Letters", "https://example.org/x/")
    assert [part["name"] for part in start["hasPart"]] == ["One </script> & <two>", "Two"]
    assert start["editor"] == [{"@type": "Organization", "name": "The Society"}]
    one = json.loads(Head(files["one.html"]).linked)
    assert one["author"] == [{"@type": "Person", "name": "Ada Os", "familyName": "Os", "givenName": "Ada"}]
    assert one["dateCreated"] == "1850"
    assert one["isPartOf"]["name"] == "Letters"


def test_without_an_address_nothing_is_absolute(letters):
    files = letters()
    assert not {"sitemap.xml", "robots.txt"} & files.keys()
    for name, text in files.items():
        addresses = re.findall(r'(?:href|src|content)="(https?:[^"]*)"', text)
        assert addresses == [], name
    assert "canonical" not in Head(files["one.html"]).links


def test_addresses_where_one_is_known(letters):
    files = letters("https://example.org/x")
    assert Head(files["index.html"]).links["canonical"] == "https://example.org/x/"
    assert Head(files["one.html"]).links["canonical"] == "https://example.org/x/one.html"
    tree = etree.fromstring(files["sitemap.xml"].encode())
    places = [e.text for e in tree.iter("{*}loc")]
    pages = {"https://example.org/x/" + name for name in files if name.endswith(".html")}
    assert set(places) == {p.replace("index.html", "") for p in pages if not p.endswith("404.html")}
    assert len(places) == len(set(places))
    assert "https://example.org/x/sitemap.xml" in files["robots.txt"]


def test_the_feed_has_the_changes_that_state_their_day(letters):
    tree = etree.fromstring(letters()["feed.xml"].encode())
    (entry,) = tree.findall("a:entry", ATOM)
    assert entry.findtext("a:summary", namespaces=ATOM) == "New & better."
    assert entry.findtext("a:updated", namespaces=ATOM) == "2002-03-04T00:00:00Z"
    assert entry.find("a:link", ATOM).get("href") == "one.html"
    assert tree.findtext("a:updated", namespaces=ATOM) == "2002-03-04T00:00:00Z"
    assert tree.findtext("a:author/a:name", namespaces=ATOM) == "The Society"
    assert Head(letters()["two.html"]).links["alternate"] == "feed.xml"


def test_no_feed_without_dated_changes(site):
    files = site()
    assert "feed.xml" not in files
    assert "feed.xml" not in files["t.html"]


@pytest.mark.parametrize(
    ("url", "home"), [("", "index.html"), ("https://example.org/x", "https://example.org/x/index.html")]
)
def test_the_page_for_what_is_not_there_needs_no_other_file(letters, url, home):
    page = letters(url)["404.html"]
    assert re.findall(r'(?:href|src)="([^"]*)"', page) == [home]


def test_a_document_called_404_leaves_that_page_alone(tmp_path):
    path = tmp_path / "404.xml"
    path.write_text(DOCUMENT.format(name="x", title="x", changes="").replace(' xml:id="x"', ""), encoding="utf-8")
    assert [d.slug for d in model(read(path, tmp_path)[0], settings_for(path)).documents] == ["404-2"]


def test_a_long_abstract_is_cut_between_words(letters):
    description = Head(letters(title="word " * 100)["one.html"]).names["description"][0]
    assert len(description) <= 301 and description.endswith("word…")
