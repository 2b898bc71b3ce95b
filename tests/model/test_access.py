"""Access: what an audience may not see is gone before any other stage looks."""

from io import StringIO

import pytest
from lxml import etree

from teipress import tei
from teipress.config import settings_for
from teipress.errors import TeipressError, UsageError
from teipress.model import visible
from teipress.model.access import withhold
from teipress.read import read

SECRET = "#restricted"


@pytest.fixture
def tree():
    def parse(xml):
        return etree.parse(StringIO(f'<TEI xmlns="{tei.TEI}">{xml}</TEI>')).getroot()

    return parse


def shown(edition):
    return "".join(tei.text(part) for document in edition.documents for part in document.body)


def written(root):
    return etree.tostring(root, encoding="unicode")


def test_a_withheld_phrase_is_replaced_by_a_gap_and_the_text_around_it_stays(tree):
    root = tree(f'<p>One <seg ana="{SECRET}">canary</seg> two</p>')
    withhold(root, [SECRET])
    (paragraph,) = root
    (gap,) = paragraph
    assert tei.local(gap) == "gap"
    assert gap.get("reason") == "withheld"
    assert tei.text(root) == "One  two"
    assert "canary" not in written(root)


@pytest.mark.parametrize("block", ["p", "div", "list", "table", "lg", "quote", "figure"])
def test_a_withheld_block_leaves_a_block_so_that_the_document_stays_well_built(tree, block):
    root = tree(f'<body><p>One</p><{block} ana="{SECRET}"><x>canary</x></{block}><p>Two</p></body>')
    withhold(root, [SECRET])
    assert [tei.local(e) for e in root[0]] == ["p", "p", "p"]
    assert [tei.local(e) for e in root[0][1]] == ["gap"]
    assert "canary" not in written(root)


@pytest.mark.parametrize(("outer", "part"), [("table", "row"), ("row", "cell"), ("list", "item"), ("lg", "l")])
def test_a_withheld_part_of_a_structure_keeps_its_place(tree, outer, part):
    """A table keeps its columns and rows, a list its numbers, a stanza its lines: the gap stands in a part."""
    inside = f'<{part}>One</{part}><{part} ana="{SECRET}">canary</{part}><{part}>Two</{part}>'
    root = tree(f"<{outer}>{inside}</{outer}>")
    withhold(root, [SECRET])
    assert "canary" not in written(root)
    assert [tei.local(e) for e in root[0]] == [part] * 3
    assert len(list(tei.elements(root[0][1], "gap"))) == 1


def test_nothing_that_an_element_says_of_itself_survives_it(tree):
    root = tree(f'<p><rs ref="#canary" n="canary" xml:id="canary" type="canary" ana="{SECRET}">x</rs></p>')
    withhold(root, [SECRET])
    assert "canary" not in written(root)


def test_comments_and_processing_instructions_go_because_they_may_quote_what_is_withheld(tree):
    root = tree("<p>One <!-- canary -->two<?editor canary?> three</p>")
    withhold(root, [SECRET])
    assert "canary" not in written(root)
    assert tei.text(root) == "One two three"


def test_an_entry_of_a_register_goes_without_a_gap(tree):
    root = tree(
        f'<standOff><listPerson><person ana="{SECRET}"><persName>canary</persName></person></listPerson></standOff>'
    )
    withhold(root, [SECRET])
    assert "canary" not in written(root)
    assert not list(tei.elements(root, "gap"))


def test_a_part_of_the_header_goes_without_a_gap(tree):
    root = tree(f'<teiHeader><p>One</p><p ana="{SECRET}">canary</p></teiHeader>')
    withhold(root, [SECRET])
    assert written(root).count("<p>") == 1
    assert not list(tei.elements(root, "gap"))


def test_one_of_several_categories_is_enough_and_a_similar_name_is_not(tree):
    root = tree('<p><seg ana="#open #restricted">canary</seg><seg ana="#restricted-not">kept</seg></p>')
    withhold(root, [SECRET])
    assert tei.text(root) == "kept"


def test_a_category_may_be_named_by_way_of_its_file(tree):
    root = tree('<p><seg ana="header.xml#restricted">canary</seg></p>')
    withhold(root, [SECRET])
    assert "canary" not in written(root)


def test_a_withheld_element_in_a_withheld_element_leaves_one_gap(tree):
    root = tree(f'<p><seg ana="{SECRET}">canary <seg ana="{SECRET}">canary</seg></seg> two</p>')
    withhold(root, [SECRET])
    assert len(list(tei.elements(root, "gap"))) == 1
    assert tei.text(root) == " two"


def test_the_gap_says_nothing_of_what_stood_there(tree):
    short, long = (tree(f'<p><seg ana="{SECRET}" n="{n}">{"canary " * n}</seg></p>') for n in (1, 500))
    withhold(short, [SECRET])
    withhold(long, [SECRET])
    assert written(short) == written(long)


def test_the_gap_keeps_no_category_but_those_that_it_is_withheld_for(tree):
    root = tree(f'<p><seg ana="#canary {SECRET} x.xml#canary">x</seg></p>')
    withhold(root, [SECRET])
    assert root[0][0].get("ana") == SECRET


@pytest.mark.parametrize(
    "pointer",
    ["#doe-jane", "x.xml#doe-jane", "psn:doe-jane", "short:jane", "#string-range(doe-jane,0,4)", "#range(a,doe-jane)"],
)
def test_no_pointer_names_what_is_gone(tree, pointer):
    """Whichever way it does: the identifier of a person may be a name."""
    prefix = '<prefixDef ident="short" matchPattern="(.*)" replacementPattern="#doe-$1"/>'
    person = f'<person xml:id="doe-jane" ana="{SECRET}"/>'
    root = tree(f'{prefix}{person}<p n=""><rs ref="{pointer} #other">she</rs></p>')
    withhold(root, [SECRET])
    assert "jane" not in written(root)
    assert "#other" in root[1][0].get("ref")
    assert root[1].get("n") == ""


def test_an_audience_without_limits_sees_everything(tree):
    root = tree(f'<p><!-- note --><seg ana="{SECRET}">seen</seg></p>')
    before = written(root)
    withhold(root, [])
    assert written(root) == before


def test_a_document_that_is_withheld_as_a_whole_is_not_published(edition):
    """The root of a lone file cannot be replaced by a gap, yet it is what the audience may not see."""
    xml = f'<TEI ana="{SECRET}"><teiHeader/><text><body><p>canary</p></body></text></TEI>'
    try:
        found = edition(xml, withhold={"public": (SECRET,)})
    except TeipressError as refusal:
        assert "canary" not in str(refusal)
    else:
        assert "canary" not in shown(found)


def test_what_one_audience_may_not_see_another_does(document):
    body = f'<p>One <seg ana="{SECRET}">canary</seg></p>'
    limits = {"public": (SECRET,), "archivists": ()}
    public = document(body, withhold=limits)
    inside = document(body, withhold=limits, audience="archivists")
    assert "canary" not in shown(public)
    assert "canary" in shown(inside)


def test_a_withheld_passage_is_listed_among_the_redactions(document):
    found = document(f'<p><seg ana="{SECRET}">x</seg></p>', withhold={"public": (SECRET,)})
    assert [r.kind for r in found.redactions] == ["gap"]


def test_a_category_that_nothing_is_stops_the_build(write_edition):
    folder = write_edition(toml='name = "tiny"\n[access.public]\nwithhold = ["#secrte"]\n')
    settings = settings_for(folder)
    source, _ = read(settings.source, settings.folder)
    with pytest.raises(
        UsageError, match=r'withholds "#secrte", which nothing in the edition is; did you mean "#secret"'
    ):
        visible(source, settings)


def test_a_category_that_is_named_without_its_mark_is_withheld_as_well():
    root = etree.fromstring(f'<text xmlns="{tei.TEI}"><p>a<seg ana="secret">b</seg></p></text>')
    assert withhold(root, ["#secret"])
    assert tei.text(root) == "a"


def test_the_start_of_a_stretch_cannot_be_withheld():
    root = etree.fromstring(f'<text xmlns="{tei.TEI}"><p><delSpan ana="#secret" spanTo="#x"/>b<anchor/></p></text>')
    with pytest.raises(UsageError, match="only the start of a stretch"):
        withhold(root, ["#secret"])
