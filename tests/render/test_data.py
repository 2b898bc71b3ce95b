"""Documents as data: the TEI that was read, its text as lines, and JSON."""

import json

import pytest
from lxml import etree

from teipress.config import settings_for
from teipress.model import model
from teipress.read import read
from teipress.render.citation import citations
from teipress.render.data import data_files, public_copy, tei_source
from teipress.render.plain import plain_lines
from teipress.vocabulary import load_vocabulary

BODY = """<pb n="1"/><div xml:id="d"><head>One<note>A <hi>note</hi>.</note></head>
<p>Words <choice><sic>brokken</sic><corr>broken</corr></choice> over<lb break="no"/>flow
  and <pb n="[2]"/>on<lb/>and on <gap reason="illegible" quantity="2" unit="chars"/>.</p>
<div xml:id="e"><head>Two</head><list><item>a</item><item>b</item></list>
<table><row><cell>x</cell><cell>y</cell></row></table>
<p rend="hidden">unseen</p>
<p>By <persName ref="#ada">Ada</persName>, <gap reason="redacted"/></p></div><p>Last.</p></div>"""
PERSON = '<listPerson><person xml:id="ada"><persName>Ada</persName></person></listPerson>'


@pytest.fixture
def files(made):
    found = made(BODY, register=PERSON)
    cited = citations(found.edition, {"t": "t.html"})
    return {f.path.as_posix(): f.text for f in data_files(found.edition, load_vocabulary(), cited)}


def test_plain_text_has_a_line_for_each_block(files):
    assert files["data/t.txt"].splitlines() == [
        "[p. 1]",
        "One[1]",
        "[1] A note.",
        "Words broken overflow and [p. 2] on and on [2 chars illegible].",
        "Two",
        "a",
        "b",
        "x | y",
        "By Ada, [redacted]",
        "Last.",
    ]


def test_json_has_the_text_of_each_division(files):
    data = json.loads(files["data/t.json"])
    (one,) = data["divisions"]
    (two,) = one["divisions"]
    assert data["text"] == ["[p. 1]"]
    assert one["title"] == "One" and one["text"][-1] == "Last." and "Two" not in one["text"]
    assert two["id"] == "e" and two["level"] == 2 and two["text"][0] == "Two"
    assert [p["label"] for p in data["pages"]] == ["1", "[2]"]
    assert [(p["id"], p["pages"]) for p in data["persons"]] == [("ada", ["[2]"])]
    assert [r["page"] for r in data["redactions"]] == ["[2]"]


def test_the_tei_is_what_was_read(files):
    root = etree.fromstring(files["data/t.xml"].encode())
    assert "file-read" not in files["data/t.xml"]
    assert "".join(root.itertext()).count("unseen") == 1
    assert [e.get("n") for e in root.iter("{*}pb")] == ["1", "[2]"]
    assert root.find(".//{*}note").attrib == {}


def test_comments_instructions_and_entities(tmp_path):
    path = tmp_path / "t.xml"
    path.write_text(
        '<!DOCTYPE TEI [<!ENTITY who "nobody">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><?pi x?><text><body>'
        "<p>a<!-- secret -->b &who;</p></body></text></TEI>",
        encoding="utf-8",
    )
    root = read(path, tmp_path)[0].root
    written = tei_source(root, "en")
    assert "secret" not in written and "<?pi" not in written
    assert "ab &amp;who;" in written
    assert 'xml:lang="en"' in written
    assert "secret" in etree.tostring(root, encoding="unicode")
    assert public_copy(root) is not root


def test_the_whole_edition_has_a_file_of_its_own(write_edition):
    folder = write_edition()
    settings = settings_for(folder)
    edition = model(read(settings.source, folder)[0], settings)
    cited = citations(edition, {"first": "first.html", "second": "second.html"})
    files = {f.path.name: f.text for f in data_files(edition, load_vocabulary(), cited)}
    assert "Two letters" in files["tiny.xml"] and "Ada Example" in files["tiny.xml"]
    assert "Ada Example" not in files["first.xml"]
    assert len(list(etree.fromstring(files["tiny.xml"].encode()).iter("{*}TEI"))) == 2


def test_what_stands_in_a_cut_word_stays_in_it(made):
    found = made('<p>over<pb n="3" break="no"/>flow <note place="inline">aside</note> end</p>')
    texts = [line.text for line in plain_lines(found.edition.documents[0], load_vocabulary())]
    assert texts[0].startswith("over[p. 3]flow")
