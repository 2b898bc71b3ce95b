"""Witnesses: what an apparatus cites, with the siglum that the TEI gives; and the words that it points to."""

import pytest

CITED = '<p><app><lem wit="#A">a</lem><rdg wit="#B C" source="#nobody">b</rdg></app></p>'


@pytest.mark.parametrize(
    ("witness", "siglum", "description"),
    [
        ('<witness xml:id="A"><abbr type="siglum">Am</abbr> A codex</witness>', "Am", "A codex"),
        ('<witness xml:id="A"><abbr type="siglum">A<hi rend="superscript">12</hi></abbr></witness>', "A¹²", ""),
        ('<witness xml:id="A" n="Ax">A codex<note>!</note></witness>', "Ax", "A codex"),
        ('<witness xml:id="A">A <abbr>MS</abbr> codex</witness>', "", "A codex"),
        ('<witness xml:id="A">Old<listWit><witness xml:id="A1"><abbr type="siglum">A1</abbr></witness></listWit>'
         "</witness>", "", "Old"),
        (f'<bibl xml:id="A">{"word " * 30}</bibl>', "", "word " * 19 + "word …"),
    ],
)  # fmt: skip
def test_a_witness_has_the_siglum_that_it_says_is_its_own(document, witness, siglum, description):
    found = document(CITED + f"<div>{witness}</div>").witnesses
    assert list(found) == ["A"]
    assert (found["A"].siglum, found["A"].description) == (siglum, description)


def test_a_witness_that_nothing_cites_is_none(document):
    assert document("<listWit><witness xml:id='A'>A</witness></listWit>").witnesses == {}


@pytest.mark.parametrize(
    ("app", "lemma"),
    [
        ('<app from="#w"><rdg>x</rdg></app>', "two words"),
        ('<app from="#w" to="#w"><rdg>x</rdg></app>', "two words"),
        ('<app from="#w" to="#v"><rdg>x</rdg></app>', "two words and more"),
        ('<app from="#v" to="#w"><rdg>x</rdg></app>', ""),
        ('<app from="#v"><rdg>x</rdg></app>', "to the end"),
        ('<app from="#w"><lem>own</lem></app>', ""),
        ('<app from="#gone"><rdg>x</rdg></app>', ""),
    ],
)
def test_an_entry_without_a_lemma_has_the_words_that_it_points_to(document, app, lemma):
    words = '<seg xml:id="w">two<note>!</note> <hi>words</hi></seg> and more<anchor xml:id="v"/> to <hi>the</hi> end'
    body = f"<p>{words}{app}</p>"
    (variation,) = document(body).documents[0].variations
    assert variation.lemma == lemma


def test_a_note_in_an_entry_has_no_number_and_one_in_a_lemma_has(document):
    body = "<p><app><lem>a<note>1</note></lem><note>x</note><rdg>b<hi><note>y</note></hi></rdg></app><note>2</note></p>"
    assert [(n.label, n.element.text) for n in document(body).documents[0].notes] == [("1", "1"), ("2", "2")]
