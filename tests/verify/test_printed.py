"""The text of a PDF is followed from the page to its foot and on; what is not printed is found out."""

import pikepdf
import pytest
import weasyprint
from lxml import etree

from teipress.verify.expected import Expected, Run
from teipress.verify.fidelity import fold
from teipress.verify.printed import follow, read_printed

TEXT = ("The conference met in the early spring", "A note of some length on the conference", "and parted in the fall.")


def account(runs, printed):
    """The account of a text whose runs are these, in a book whose pages hold `printed`."""
    element = etree.Element("p")
    (found,) = follow({("document", "t"): Expected([Run(run, element) for run in runs])}, fold(printed))
    return found


def lost(runs, printed):
    found = account(runs, printed)
    assert found.expected - found.found == sum(len(loss.text) for loss in found.missing)
    return [loss.text for loss in found.missing]


def test_text_in_reading_order_is_all_there():
    assert lost(TEXT, "\n".join(TEXT)) == []


def test_a_note_at_the_foot_of_the_page_is_found_there():
    assert lost(TEXT, f"{TEXT[0]}1 {TEXT[2]}\n1 {TEXT[1]}") == []


def test_heads_and_folios_between_two_halves_of_a_sentence_do_no_harm():
    assert lost(TEXT, f"{TEXT[0]} {TEXT[1]} and par\n12 The Talks\nThe Talks 13\nted in the fall.") == []


@pytest.mark.parametrize("mark", ["\u2010\n", "\x02", "\ufffe"])
def test_a_hyphen_of_the_layout_at_the_end_of_a_line_is_no_text(mark):
    assert lost(TEXT, "\n".join(TEXT).replace("conference", f"confer{mark}ence")) == []


def test_a_hyphen_of_the_source_at_the_end_of_a_line_is_one():
    runs = ("A post-war settlement of the question",)
    assert lost(runs, "A post\x02war settlement of the question") == []
    assert lost(runs, "A postwar settlement of the question") == ["-"]


def test_a_run_that_is_not_printed_is_lost():
    assert lost(TEXT, f"{TEXT[0]} {TEXT[2]}") == ["Anoteofsomelengthontheconference"]


def test_a_word_in_the_middle_that_is_not_printed_is_lost():
    assert "".join(lost(TEXT, "\n".join(TEXT).replace("early spring", "spring"))) == "early"


def test_a_character_that_is_printed_once_does_not_serve_twice():
    assert account(("A settlement at last. ", "A settlement at last. "), "A settlement at last.").found == 18


def test_a_word_that_a_mark_of_the_book_interrupts_is_all_there():
    runs = ("The party ", "reposuerunt", " their arms.")
    assert lost(runs, "The party repos⟨uerun⟩t their arms.") == []


def test_a_word_is_not_put_together_from_other_pages():
    far = "Something else altogether. " * 60
    runs = ("The party ", "reposuerunt", " their arms.")
    assert "".join(lost(runs, f"The party their arms. {far} repos, uerun, t")) == "reposuerunt"


def test_nothing_printed_is_all_lost():
    found = account(TEXT, "")
    assert found.found == 0


def test_text_from_right_to_left_counts_even_if_it_is_read_back_in_another_order():
    assert lost(("שלום עולם",), "םלוע םולש") == []
    assert lost(("שלום עולם",), "םלוע") != []


def test_brackets_that_are_read_back_mirrored_are_there():
    runs = ("The conference (1985) met", "שלום (12.5) עולם")
    assert lost(runs, "The conference )1985( met\n םלוע )12.5( םולש") == []
    assert lost(runs, "The conference )1985 met\n םלוע )12.5( םולש") != []


def test_single_letters_are_not_taken_out_of_what_is_found_whole():
    element = etree.Element("p")
    texts = {("document", str(n)): Expected([Run(t, element)]) for n, t in enumerate(("as ) does (", "Made (2026)."))}
    accounts = follow(texts, fold("as ( does ) \n Made )2026(."))
    assert [loss.text for account in accounts for loss in account.missing] == []


def test_brackets_that_the_book_adds_do_not_part_a_word():
    runs = ("contribuc", "i", "onib", "us", " et honorac", "i", "onib", "us")
    assert lost(runs, "contribuc(i)onib(us) et honorac(i)onib(us)") == []
    assert lost(runs, "contribuc(i)onib(us) et honorac(i)onib") != []


@pytest.mark.slow
def test_latin_words_of_a_book_from_right_to_left_are_read_in_their_order(tmp_path):
    path = tmp_path / "a.pdf"
    html = '<html dir="rtl"><body><p>حقائق</p><p dir="ltr">Nine lines, of 4 words.</p></body></html>'
    weasyprint.HTML(string=html).write_pdf(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=pikepdf.Name.R2L)
        pdf.save(path)
    assert "Ninelines,of4words." in read_printed(path)
