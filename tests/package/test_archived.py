"""A book with something of every kind, in both profiles that claim anything: veraPDF finds no fault with it."""

from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from teipress.config import settings_for
from teipress.pipeline import build
from validators import pdf_faults

pytestmark = pytest.mark.slow

BOOK = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">
<teiHeader><fileDesc>
  <titleStmt><title>A Book of Every Kind</title><author>Ann Author</author></titleStmt>
  <publicationStmt><publisher>The press</publisher><date>about 2001</date>
    <availability><licence target="https://example.org/l">Free.</licence></availability></publicationStmt>
  <sourceDesc><p>Made up.</p></sourceDesc></fileDesc></teiHeader>
<text><body>
  <pb n="12"/>
  <div><head>First<note n="1">A note to a heading.</note></head>
  <div><div><div><head>Three steps down</head>
    <p>Said <foreign xml:lang="de">auf Deutsch</foreign>, <hi rend="underline">underlined</hi>,
      <del rend="strikethrough">struck</del><note n="2">With a list: <list><item>one</item></list> in it.</note>,
      with <gap reason="redacted" unit="words" quantity="3"/>, the unknown letter \ue123 and 😀.</p>
    <p>Line<lb/>and line, <ref target="https://example.org/x">out <hi rend="italic">there</hi></ref>,
      <formula notation="mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi></math></formula>.</p>
    <table><head>Ragged</head><row role="label"><cell>a</cell><cell>b</cell><cell>c</cell></row>
      <row><cell>1</cell></row><row><cell rows="4">x</cell><cell cols="5">y</cell></row><row><cell/></row></table>
    <list><head>Heads</head><item>one<list><item>in it</item></list></item><item><p>two</p><p>halves</p></item></list>
    <list type="gloss"><label>A</label><item>is a</item></list>
    <figure><graphic url="clear.png"/><head>A caption</head></figure><p><graphic url="clear.png"/></p>
    <figure><graphic url="inks.jpg"/><figDesc>In four inks.</figDesc></figure>
    <quote><p>Quoted.</p></quote><lg><l n="5">A verse</l><l>and another</l></lg>
    <sp><speaker>Ann</speaker><p>Speaks.<stage>Exit.</stage></p></sp><eg>code</eg>
    <p>On <app><lem wit="#A">one</lem><rdg wit="#B">two</rdg></app> hand.</p>
  </div></div></div></div>
  <pb n="13"/><div><head>Second</head><p>More.</p></div>
</body></text></TEI>"""


def test_a_book_with_something_of_every_kind_is_fit_for_archives(tmp_path, write_edition, require_verapdf):
    require_verapdf()
    folder = write_edition({"edition.xml": BOOK}, 'source = "edition.xml"\n[pdf]\nlabels = "source"\n')
    Image.new("RGBA", (4, 4), (200, 20, 30, 128)).save(folder / "clear.png")
    Image.new("CMYK", (4, 4), (10, 20, 30, 40)).save(folder / "inks.jpg")
    made = []
    for profile, flavour in {"archive": "2a", "source": "3a"}.items():
        settings = replace(settings_for(folder), profile=profile, name=profile)
        build(settings, tmp_path / profile, ["pdf"])
        file = tmp_path / profile / f"pdf/{profile}.pdf"
        made += [(flavour, file), ("ua1", file)]
    assert [str(fault) for fault in pdf_faults(made)] == []
    with pikepdf.open(made[0][1]) as pdf:
        assert {page.label for page in pdf.pages} >= {"i", "12"}


def test_the_source_that_a_pdf_takes_along_has_nothing_that_is_withheld(tmp_path, project):
    settings = replace(settings_for(project / "tests/editions/restricted"), profile="source")
    for audience, seen in {"public": False, "archivists": True}.items():
        build(settings, tmp_path / audience, ["pdf"], audience)
        with pikepdf.open(tmp_path / audience / "pdf/restricted.pdf") as pdf:
            (spec,) = pdf.Root.AF
            source = spec.EF.F.read_bytes()
            assert source.startswith(b"<?xml") and b"Seen by <persName" in source
            assert (b"CANARY" in source) is seen
            streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Type") == "/Metadata"]
            assert not any(b"CANARY" in stream.read_bytes() for stream in streams) or seen
            assert ("CANARY" in str(pdf.docinfo.Author) if "/Author" in pdf.docinfo else False) is seen
