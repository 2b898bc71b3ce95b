"""The whole model: which documents an edition has, and that the tree it is made from stays as it was."""

from dataclasses import replace

import pytest
from lxml import etree

from teipress import tei
from teipress.config import Settings
from teipress.model import model

REGISTER = '<standOff><listPerson><person xml:id="a"><persName>Abe</persName></person></listPerson></standOff>'
TEXT = "<text><body><p>{}</p></body></text>"


def texts(found):
    return [" ".join(tei.text(part) for part in d.body).strip() for d in found.documents]


def test_the_tree_that_was_read_is_not_changed(source):
    found = source(
        '<TEI><teiHeader/><text><body><p><seg ana="#secret">x</seg><!-- c --></p><pb n="1"/><p xml:id="1">a'
        '<graphic url="lost.png"/></p><list><item>a</item><pb/><item>b</item></list></body></text></TEI>'
    )
    before = etree.tostring(found.root)
    settings = Settings("test", found.folder, found.path, withhold={"public": ("#secret",)})
    model(found, settings)
    model(found, replace(settings, withhold={}))
    assert etree.tostring(found.root) == before


def test_a_corpus_in_a_corpus_gives_all_its_texts_in_their_order(edition):
    inner = f"<teiCorpus><teiHeader/><TEI><teiHeader/>{TEXT.format('b')}</TEI></teiCorpus>"
    xml = f"<teiCorpus><teiHeader/><TEI><teiHeader/>{TEXT.format('a')}</TEI>{inner}</teiCorpus>"
    found = edition(xml)
    assert texts(found) == ["a", "b"]
    assert len({d.slug for d in found.documents}) == 2


def test_a_register_beside_the_texts_is_no_text(edition):
    register = f"<TEI><teiHeader/>{REGISTER}</TEI>"
    found = edition(f"<teiCorpus><teiHeader/>{register}<TEI><teiHeader/>{TEXT.format('a')}</TEI></teiCorpus>")
    assert texts(found) == ["a"]
    assert [p.id for p in found.persons] == ["a"]


def test_a_lone_register_is_a_document(edition):
    found = edition(f"<TEI><teiHeader/>{REGISTER}</TEI>")
    assert len(found.documents) == 1
    assert [p.id for p in found.persons] == ["a"]


def test_a_file_that_is_only_a_header_is_a_document_with_its_title(edition):
    header = "<teiHeader><fileDesc><titleStmt><title>Only this</title></titleStmt></fileDesc></teiHeader>"
    found = edition(f"<TEI>{header}</TEI>")
    assert [d.title for d in found.documents] == ["Only this"]
    assert texts(found) == [""]


@pytest.mark.parametrize(
    "root",
    ["<text><body><p>a</p></body></text>", "<div><p>a</p></div>", "<surface><zone><line>a</line></zone></surface>"],
)
def test_a_file_whose_root_is_a_part_of_tei_is_a_document(edition, root):
    assert texts(edition(root)) == ["a"]


def test_documents_of_the_same_name_get_names_of_their_own(edition):
    one = f"<TEI><teiHeader/>{TEXT.format('x')}</TEI>"
    found = edition(f"<teiCorpus><teiHeader/>{one * 3}</teiCorpus>")
    assert len({d.slug for d in found.documents}) == 3


@pytest.mark.parametrize(
    "name", ["index", "persons", "places", "redactions", "about", "style", "nav", "title", "cover"]
)
def test_a_document_does_not_take_the_place_of_a_page_that_the_edition_needs(tmp_path, edition, name):
    """A document called ``persons`` would overwrite persons.html."""
    from teipress.render.site import render_site
    from teipress.vocabulary import load_vocabulary

    text = '<text><body><p>canary <gap reason="redacted"/></p></body></text>'
    found = edition(f'<teiCorpus><teiHeader/>{REGISTER}<TEI xml:id="{name}"><teiHeader/>{text}</TEI></teiCorpus>')
    files = render_site(found, Settings("test", tmp_path, tmp_path), load_vocabulary())
    paths = [f.path for f in files]
    assert len(set(paths)) == len(paths)
    assert any("canary" in f.text for f in files)


def test_images_of_the_text_are_listed_once_and_those_outside_are_not(tmp_path, document):
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path.parent / "outside.png").write_bytes(b"x")
    urls = [
        "a.png",
        "a.png",
        "../outside.png",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://example.org/a.png",
        "lost.png",
    ]
    graphics = "".join(f'<figure><graphic url="{u}"/></figure>' for u in urls)
    found = document(graphics)
    assert [path.as_posix() for path in found.images] == ["a.png"]


def test_the_language_of_an_edition_is_that_of_its_root_or_else_of_its_text(edition):
    assert edition(f'<TEI xml:lang="de"><teiHeader/>{TEXT.format("x")}</TEI>').language == "de"
    inner = f'<TEI xml:lang="ja"><teiHeader/>{TEXT.format("x")}</TEI>'
    assert edition(f"<teiCorpus><teiHeader/>{inner}</teiCorpus>").language == "ja"
