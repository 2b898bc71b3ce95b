"""Identify: one identifier a target, unique over all documents, and every pointer finds its own."""

import re
from collections import Counter
from pathlib import Path

import pytest

from teipress import tei
from teipress.model.identify import Identifiers

NCNAME = re.compile(r"[A-Za-z_][\w.-]*\Z", re.ASCII)


def two(first, second):
    return (
        "<teiCorpus><teiHeader/>"
        f'<TEI xml:id="one"><teiHeader/><text><body>{first}</body></text></TEI>'
        f'<TEI xml:id="two"><teiHeader/><text><body>{second}</body></text></TEI></teiCorpus>'
    )


def identifiers(found):
    return [
        e.get(tei.XML_ID) for d in found.documents for part in d.body for e in tei.elements(part) if e.get(tei.XML_ID)
    ]


def test_identifiers_are_unique_over_documents_however_often_the_files_repeat_them(edition):
    body = '<div><pb n="1"/><p xml:id="a">x<note>n</note><gap/></p><p xml:id="a">y</p></div>'
    counts = Counter(identifiers(edition(two(body, body))))
    assert counts
    assert set(counts.values()) == {1}


def test_a_name_that_stands_once_stays_as_it_is_because_people_cite_it(edition):
    found = edition(two('<p xml:id="para.1-a">x</p>', "<p>y</p>"))
    assert "para.1-a" in identifiers(found)


def test_a_repeated_name_is_still_found_from_its_own_document(edition):
    found = edition(two('<p xml:id="a">x</p>', '<p xml:id="a">y</p>'))
    own = {d.slug: next(tei.elements(d.body[0], "p")).get(tei.XML_ID) for d in found.documents}
    assert own["one"] != own["two"]
    assert {slug: found.resolve(slug, "#a") for slug in own} == own


def test_a_repeated_name_with_its_file_is_found_from_another_document(tmp_path, edition):
    """``two.xml#a`` names the file, so the ``a`` of that file is meant, from wherever it is said."""
    for name in ("one", "two"):
        body = f'<teiHeader/><text><body><p xml:id="a">{name}</p></body></text>'
        text = f'<TEI xmlns="{tei.TEI}" xml:id="{name}">{body}</TEI>'
        (tmp_path / f"{name}.xml").write_text(text, encoding="utf-8")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}.xml"/>'
    found = edition(f"<teiCorpus><teiHeader/>{include.format('one')}{include.format('two')}</teiCorpus>")
    own = {d.slug: next(tei.elements(d.body[0], "p")).get(tei.XML_ID) for d in found.documents}
    assert found.resolve("one", "two.xml#a") == own["two"]


@pytest.mark.parametrize(
    "names",
    [
        ("main",),
        ("about",),
        ("about-one",),
        ("n1", "n1-call"),
        ("q", "q-entry"),
        ("q", "q-entry-call"),
        ("g", "entry-g"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_name_that_pages_use_themselves_is_renamed_and_still_found(edition, names, turned):
    kinds = {"n1": "note", "q": "app", "g": "gap"}
    order = reversed(names) if turned else names
    found = edition(two("".join(f'<{k} xml:id="{n}"/>' for n in order for k in [kinds.get(n, "seg")]), "<p/>"))
    own = identifiers(found)
    assert [i for i in own if i in ("main", "about-one", "book-persons")] == []
    assert not {p.format(i) for i in own for p in ("{}-call", "{}-entry", "{}-entry-call", "entry-{}")} & set(own)
    assert {found.resolve("one", f"#{n}") for n in names} <= set(own)


def test_a_note_without_a_name_gets_none_whose_call_has_a_namesake(edition):
    own = identifiers(edition(two('<p xml:id="one-note-1-call">x<note>y</note></p>', "<p/>")))
    assert "one-note-1-call" in own
    assert "one-note-1" not in own


def test_a_name_that_only_looks_like_one_of_a_page_stays(edition):
    assert "entry-a" in identifiers(edition(two('<seg xml:id="a"/><seg xml:id="entry-a"/>', "<p/>")))


@pytest.mark.parametrize("written", ["1a", "a b", "a:b", "é", "-x", ".", "日本", "a/b", "<"])
def test_a_name_that_is_none_is_mended_and_still_found(edition, written):
    attribute = written.replace("<", "&lt;")
    found = edition(two(f'<p xml:id="{attribute}">x</p>', "<p>y</p>"))
    mended = next(tei.elements(found.documents[0].body[0], "p")).get(tei.XML_ID)
    assert NCNAME.match(mended)
    if " " not in written:
        assert found.resolve("one", f"#{written}") == mended


def test_names_that_differ_only_where_they_are_mended_stay_apart(edition):
    found = edition(two('<p xml:id="a:b">x</p><p xml:id="a-b">y</p><p xml:id="a/b">z</p>', "<p/>"))
    paragraphs = list(tei.elements(found.documents[0].body[0], "p"))
    own = [p.get(tei.XML_ID) for p in paragraphs]
    assert len(set(own)) == 3
    assert [found.resolve("one", f"#{w}") for w in ("a:b", "a-b", "a/b")] == own


def test_a_given_name_is_not_taken_by_one_that_is_made_up(edition):
    found = edition('<TEI><teiHeader/><text><body><p><note>n</note></p><p xml:id="note-1">x</p></body></text></TEI>')
    assert [p.get(tei.XML_ID) for p in tei.elements(found.documents[0].body[0], "p")][1] == "note-1"
    assert found.documents[0].notes[0].id != "note-1"


def test_the_page_that_has_a_number_gets_the_identifier_of_that_number(document):
    (one, two_) = document('<pb/><p>a</p><pb n="1"/><p>b</p>').documents[0].pages
    assert two_.id.endswith("page-1")
    assert one.id != two_.id


def test_a_pointer_to_nothing_resolves_to_nothing(document):
    found = document('<p xml:id="a">x</p>')
    slug = found.documents[0].slug
    assert [found.resolve(slug, p) for p in ("#b", "a", "", "#", "https://example.org/#b")] == [""] * 5


def test_an_address_elsewhere_is_not_taken_for_one_of_ours(document):
    """``https://example.org/#a`` is somebody else's ``a``."""
    found = document('<p xml:id="a">x</p>')
    assert found.resolve(found.documents[0].slug, "https://example.org/page#a") == ""


def test_a_name_that_templates_use_is_kept_free():
    """Names that stand in a template as they are, and not in a file of its own as those of a table of contents do."""
    templates = Path(__file__).parents[2] / "templates"
    files = [p for p in templates.rglob("*") if p.suffix in (".html", ".jinja") and p.parent.name != "epub"]
    fixed = {name for p in files for name in re.findall(r'\bid="([^"{]+)"', p.read_text("utf-8"))}
    assert fixed
    assert {n for n in fixed if Identifiers().add("", n) == n} == set()


def test_paragraphs_of_the_text_are_numbered_in_its_order(edition):
    found = edition(
        "<TEI><teiHeader/><text><front><p>a</p></front><body><p>b<note><p>n</p></note></p><p xml:id='own'>c</p>"
        "<q><ab>d</ab></q></body></text></TEI>"
    )
    paragraphs = [e for part in found.documents[0].body for e in tei.elements(part, "p", "ab")]
    assert [(tei.text(e)[0], e.get(tei.XML_ID)) for e in paragraphs] == [
        ("a", "par-1"),
        ("b", "par-2"),
        ("n", None),
        ("c", "own"),
        ("d", "par-3"),
    ]


def test_a_line_of_verse_is_called_after_its_number(edition):
    found = edition("<TEI><teiHeader/><text><body><lg><l n='4'>a</l><l>b</l><l n='6'>c</l></lg></body></text></TEI>")
    lines = tei.elements(found.documents[0].body[0], "l")
    assert [e.get(tei.XML_ID) for e in lines] == ["line-4", None, "line-6"]
