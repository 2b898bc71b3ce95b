"""Survey: pages, notes, redactions and mentions, each with the page it stands on."""

import pytest

from teipress import tei

CODES = (
    "<encodingDesc><classDecl><taxonomy>"
    '<category xml:id="x1"><catDesc><term>X1</term></catDesc></category>'
    '<category xml:id="x2"><catDesc><term>X2</term></catDesc></category>'
    "</taxonomy></classDecl></encodingDesc>"
)
ABE = (
    '<listPerson><person xml:id="abe"><persName>Abe</persName></person>'
    '<person xml:id="bohr"><persName>Bohr</persName></person>'
    '<org xml:id="cia"><orgName>Agency</orgName></org></listPerson>'
)


def test_every_page_break_is_a_page_whatever_its_label(document):
    pages = (
        document('<pb n="1"/><p/><pb/><p/><pb n="1"/><p/><pb n="[3]"/><p/><pb n="4" cert="low"/>').documents[0].pages
    )
    assert [p.label for p in pages] == ["1", "", "1", "[3]", "4"]
    assert [p.inferred for p in pages] == [False, False, False, True, True]
    assert len({p.id for p in pages}) == 5


def test_of_several_streams_the_chosen_one_counts_for_references(document):
    body = '<pb n="1" ed="#print"/><p>a</p><pb n="17r" ed="#ms"/><p><persName ref="#abe">A</persName></p>'
    labels = []
    for streams in ((), ("#print",), ("ms",)):
        (abe,) = (p for p in document(body, ABE, streams=streams).persons if p.id == "abe")
        labels.append(abe.mentions[0].page.label)
    assert labels == ["1", "1", "17r"]
    found = document(body, ABE, streams=("print",)).documents[0]
    assert [(p.label, p.secondary) for p in found.pages] == [("1", False), ("17r", True)]
    assert [p.label for p in found.page_list] == ["1"]


def test_without_a_choice_references_go_by_the_longest_stream(document):
    body = '<pb n="1" ed="a"/><pb n="i" ed="b"/><p/><pb n="ii" ed="b"/>'
    assert [p.label for p in document(body).documents[0].page_list] == ["i", "ii"]
    assert [p.label for p in document(body, streams=("c",)).documents[0].page_list] == ["i", "ii"]
    assert [p.label for p in document('<pb n="1"/><pb n="2"/>').documents[0].page_list] == ["1", "2"]


def test_a_mention_knows_its_page_document_and_division(document):
    body = '<div><head>Talks</head><pb n="7"/><p>Mr <persName ref="#abe">Abe</persName></p></div>'
    found = document(body, ABE)
    (mention,) = next(p for p in found.persons if p.id == "abe").mentions
    assert (mention.page.label, mention.division, mention.document) == ("7", "Talks", found.documents[0].slug)
    assert mention.id == next(tei.elements(found.documents[0].body[0], "persName")).get(tei.XML_ID)


@pytest.mark.parametrize(
    "mark",
    [
        '<rs ref="#abe">x</rs>',
        '<name key="#abe">x</name>',
        '<persName corresp="#abe">x</persName>',
        '<orgName ref="#abe">x</orgName>',
    ],
)
def test_whatever_points_into_the_register_is_a_mention(document, mark):
    found = document(f"<p>{mark}</p>", ABE)
    assert len(next(p for p in found.persons if p.id == "abe").mentions) == 1


def test_a_reference_to_two_persons_is_a_mention_of_both(document):
    found = document('<p><rs ref="#abe #bohr">both</rs></p>', ABE)
    assert {p.id: len(p.mentions) for p in found.persons if p.id != "cia"} == {"abe": 1, "bohr": 1}


def test_names_in_the_register_and_the_header_are_no_mentions(document):
    header = '<profileDesc><abstract><p><persName ref="#abe">Abe</persName></p></abstract></profileDesc>'
    register = ABE.replace(
        "<persName>Bohr</persName>", '<persName>Bohr</persName><note><persName ref="#abe">A</persName></note>'
    )
    found = document("<p>x</p>", register, header)
    assert [p.mentions for p in found.persons if p.id == "abe"] == [()]


def test_notes_are_numbered_through_and_a_label_of_the_source_wins(document):
    body = '<p>a<note>1</note><note n="*">2</note><note place="margin">no</note><note>3</note></p>'
    assert [n.label for n in document(body).documents[0].notes] == ["1", "*", "3"]


def test_a_gap_that_is_withheld_is_a_redaction_and_a_torn_corner_is_none(document):
    body = '<p><gap reason="redacted" resp="#cia" ana="#x1 #x2"/><gap reason="illegible"/><gap reason="withheld"/></p>'
    first, second = document(body, ABE, CODES).documents[0].redactions
    assert (first.authority, [c.id for c in first.codes]) == ("Agency", ["x1", "x2"])
    assert (first.number, second.number) == (1, 2)
    assert second.codes == ()


@pytest.mark.parametrize(
    ("attributes", "extent"),
    [
        ("", ""),
        ('unit="line" quantity="2"', "2 lines"),
        ('unit="line" quantity="1"', "1 line"),
        ('unit="words" quantity="3"', "3 words"),
        ('unit="line" atLeast="2"', "at least 2 lines"),
        ('unit="line" atLeast="2" atMost="4"', "2 to 4 lines"),
        ('unit="line" atMost="4"', "at most 4 lines"),
        ('unit="line"', ""),
        ('extent="half a page"', "half a page"),
    ],
)
def test_an_extent_claims_no_more_than_the_encoding(document, attributes, extent):
    (redaction,) = document(f'<p><gap reason="redacted" {attributes}/></p>').documents[0].redactions
    assert redaction.extent == extent


def test_a_stamp_tied_to_a_gap_gives_it_its_code_and_is_no_redaction_of_its_own(document):
    body = '<p><gap xml:id="g" reason="redacted"/><stamp corresp="#g" ana="#x1">X1</stamp></p>'
    (redaction,) = document(body, header=CODES).documents[0].redactions
    assert redaction.kind == "gap"
    assert [c.id for c in redaction.codes] == ["x1"]
    assert redaction.stamps == ("X1",)


def test_a_stamp_may_stand_before_its_gap(document):
    body = '<p><stamp corresp="#g" ana="#x1">X1</stamp><gap xml:id="g" reason="redacted"/></p>'
    (redaction,) = document(body, header=CODES).documents[0].redactions
    assert [c.id for c in redaction.codes] == ["x1"]


def test_a_stamp_for_two_gaps_gives_both_its_code(document):
    gaps = '<gap xml:id="g" reason="redacted"/> <gap xml:id="h" reason="redacted"/>'
    found = document(f'<p>{gaps}<stamp corresp="#g #h" ana="#x1">X1</stamp></p>', header=CODES)
    assert [[c.id for c in r.codes] for r in found.redactions] == [["x1"], ["x1"]]


def test_two_stamps_at_one_gap_give_it_both_codes(document):
    stamps = '<stamp corresp="#g" ana="#x1">X1</stamp><stamp corresp="#g" ana="#x2">X2</stamp>'
    (redaction,) = document(f'<p><gap xml:id="g" reason="redacted"/>{stamps}</p>', header=CODES).redactions
    assert [c.id for c in redaction.codes] == ["x1", "x2"]
    assert redaction.stamps == ("X1", "X2")


def test_a_stamp_that_no_gap_is_tied_to_is_a_redaction_of_its_own_kind(document):
    (redaction,) = document('<pb n="2"/><p><stamp ana="#x1">X1</stamp></p>', header=CODES).redactions
    assert (redaction.kind, redaction.extent, redaction.page.label) == ("stamp", "", "2")


def test_a_stamp_whose_gap_is_not_there_is_not_lost(document):
    (redaction,) = document('<p><stamp corresp="#nowhere" ana="#x1">X1</stamp></p>', header=CODES).redactions
    assert [c.id for c in redaction.codes] == ["x1"]


def test_a_stamp_without_a_code_is_only_text(document):
    assert document("<p><stamp>Seen</stamp></p>", header=CODES).redactions == ()


def test_a_division_that_has_ended_is_not_where_a_later_mention_stands(document):
    body = '<div><div><head>Inner</head><p/></div><p><persName ref="#abe">A</persName></p></div>'
    (abe,) = (p for p in document(body, ABE).persons if p.id == "abe")
    assert abe.mentions[0].division != "Inner"


def test_a_note_that_is_hidden_takes_no_number_and_white_space_is_none(document):
    hidden = '<p rend="hidden">a<note>b</note></p><p>c<note rend="small hidden">d</note></p>'
    found = document(f'<p>e<note n=" ">f</note></p>{hidden}<p>g<note>h</note><note n=" x ">i</note></p>')
    assert [note.label for note in found.documents[0].notes] == ["1", "2", "x"]
