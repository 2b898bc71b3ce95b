"""Letters: who wrote to whom, as a page and as CMIF."""

import pytest
from lxml import etree
from lxml.html import fromstring

from teipress.config import Settings
from teipress.model import model
from teipress.read import read
from teipress.render.site import render_site
from teipress.vocabulary import load_vocabulary

URL = "https://example.org/"
TEI = {"t": "http://www.tei-c.org/ns/1.0"}
LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}"><teiHeader>
<fileDesc><titleStmt><title>Letter {id}</title></titleStmt></fileDesc><profileDesc><correspDesc>
<correspAction type="{one}"><persName ref="#bob">Bob</persName><placeName>Port Amber</placeName><date when="{date}"/>
</correspAction><correspAction type="{other}"><persName ref="#eve">Eve</persName></correspAction>
<note>canary</note></correspDesc></profileDesc></teiHeader><text><body><p>x</p></body></text></TEI>"""
CORPUS = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Letters</title>
</titleStmt><publicationStmt><publisher>P</publisher><date when="2001"/></publicationStmt></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="bob" sameAs="https://viaf.org/viaf/7"><persName>Bob</persName></person>
<person xml:id="eve"><persName>Eve</persName></person></listPerson></standOff>{letters}</teiCorpus>"""


@pytest.fixture
def files(tmp_path):
    def make(**settings):
        letters = LETTER.format(id="a", one="sent", other="received", date="1902-01-02")
        letters += LETTER.format(id="b", one="received", other="sent", date="1901")
        path = tmp_path / "letters.xml"
        path.write_text(CORPUS.format(letters=letters), encoding="utf-8")
        found = Settings("t", tmp_path, path, **settings)
        edition = model(read(path, tmp_path)[0], found)
        return {f.path.name: f.text for f in render_site(edition, found, load_vocabulary())}

    return make


def test_letters_between_two_persons_stand_together_by_date(files):
    page = fromstring(files()["letters.html"])
    assert page.xpath("//main//h2/text()") == ["Bob – Eve"]
    rows = [[c.text_content() for c in row] for row in page.xpath("//tbody/tr")]
    assert rows == [
        ["1901", "Eve", "Bob, Port Amber", "Letter b"],
        ["2 January 1902", "Bob, Port Amber", "Eve", "Letter a"],
    ]
    assert page.xpath("//tbody//a/@href") == ["b.html", "a.html"]


def test_cmif_has_addresses_of_authorities_and_of_the_letters(files):
    root = etree.fromstring(files(url=URL)["cmif.xml"].encode())
    assert root.xpath("//t:correspDesc/@ref", namespaces=TEI) == [f"{URL}b.html", f"{URL}a.html"]
    sent = root.xpath("//t:correspDesc[2]/t:correspAction[@type='sent']", namespaces=TEI)[0]
    assert [(etree.QName(e).localname, dict(e.attrib), e.text) for e in sent] == [
        ("persName", {"ref": "https://viaf.org/viaf/7"}, "Bob"),
        ("placeName", {}, "Port Amber"),
        ("date", {"when": "1902-01-02"}, None),
    ]
    assert root.xpath("//t:persName[.='Eve']/@ref", namespaces=TEI) == []
    assert "canary" not in files(url=URL)["cmif.xml"]


def test_without_an_address_there_is_no_cmif(files):
    assert "cmif.xml" not in files()
    assert "cmif.xml" not in files()["letters.html"]
