"""Pages: what shows that one ends, and what is made of the sentence that it cuts."""

import pytest

LONG = "The inspectors came back from the northern harbours with a report that nobody wanted to read, and"
WHOLE = "The inspectors came back from the northern harbours with a report that nobody wanted to read."


def pages(made):
    return made.find("//tei:pb/@n")


def test_without_any_sign_of_a_page_there_is_no_break(encoded):
    assert pages(encoded(f"{WHOLE}\n\n{WHOLE}\n")) == []


def test_a_blank_line_that_cuts_a_sentence_is_an_inferred_break_inside_one_paragraph(encoded):
    made = encoded(f"{LONG}\n\nthe rest of it was burnt.\n\n{WHOLE}\n")
    assert len(made.find("//tei:p")) == 2
    assert made.find("//tei:p[1]/tei:pb/@n") == ["[2]"]
    assert made.find("//tei:p[1]/tei:pb/@cert") == ["medium"]
    assert made.find("//tei:p[1]/tei:pb/@resp") == ["#t-encoder"]
    assert pages(made) == ["[1]", "[2]"]


@pytest.mark.parametrize(
    "text",
    [
        f"{WHOLE}\n\nthe rest",  # a sentence that is whole
        f"{LONG}\n\nThe rest of it was burnt.".replace(", and", ", it says"),  # a new one, perhaps
        "Short line\n\nthe rest of it was burnt.",
        f"{LONG}:\n\nthe rest",
        f"{LONG}\n\n## The rest",
    ],
)
def test_what_cuts_no_sentence(encoded, text):
    assert pages(encoded(text)) == []


def test_a_rule_that_cuts_a_sentence_is_a_break_and_another_one_is_a_rule(encoded):
    made = encoded(f"{LONG}\n\n---\n\nthe rest.\n\n---\n\n{WHOLE}\n")
    assert made.find("//tei:p[1]/tei:pb/@rend") == ["rule"]
    assert len(made.find("//tei:milestone[@rend = 'rule']")) == 1


def test_a_rule_switched_off_leaves_the_paragraphs_alone(encoded):
    made = encoded(f"{LONG}\n\nthe rest.\n", off=frozenset({"cut-sentences"}))
    assert len(made.find("//tei:p")) == 2
    assert made.find("/tei:TEI//tei:encodingDesc//tei:p[@n = 'off']") == ["Rules that were off: cut-sentences."]


def test_form_feeds_part_pages_and_join_sentences(encoded):
    made = encoded(f"{LONG}\fthe rest.\f{WHOLE}")
    assert len(made.find("//tei:p")) == 2
    assert made.find("//tei:pb/@rend") == ["feed", "feed"]
    assert pages(made) == ["[1]", "[2]", "[3]"]


def test_page_numbers_at_the_foot_number_the_pages_before_them(encoded):
    made = encoded(f"{LONG}\n\n12\n\nthe rest.\n\n{WHOLE}\n\n- 13 -\n\n{WHOLE}\n\n14\n")
    assert made.find("//tei:fw[@type = 'pageNum']") == ["12", "- 13 -", "14"]
    assert pages(made)[:3] == ["12", "13", "14"]
    assert len(made.find("//tei:p[1]/tei:fw")) == 1


def test_page_numbers_at_the_head_number_the_pages_behind_them(encoded):
    made = encoded(f"7\n\n{LONG}\n\n8\n\nthe rest.\n")
    assert pages(made) == ["7", "8"]


def test_roman_numbers_count(encoded):
    made = encoded(f"{WHOLE}\n\niv\n\n{WHOLE}\n\nv\n")
    assert made.find("//tei:fw/@n") == ["iv", "v"]


@pytest.mark.parametrize("line", ["1985", "civil", "12 men", "1.", "mix"])
def test_a_lone_line_that_is_no_page_number(encoded, line):
    assert encoded(f"{WHOLE}\n\n{line}\n\n{WHOLE}\n").find("//tei:fw") == []


def test_a_line_that_comes_back_beside_page_ends_is_a_running_head(encoded):
    made = encoded(f"HARBOUR REPORT\n\n{LONG}\fHARBOUR REPORT 2\n\nthe rest.\fHARBOUR REPORT 3\n\n{WHOLE}")
    assert made.find("//tei:fw[@type = 'header']") == ["HARBOUR REPORT", "HARBOUR REPORT 2", "HARBOUR REPORT 3"]
    assert len(made.find("//tei:p")) == 2


def test_a_profile_sets_a_page_between_paragraphs_and_inside_one(encoded):
    from teipress.encode.profile import PageAnchor

    text = f"{WHOLE}\n\n{WHOLE}\nand on\n"
    assert pages(encoded(text, pages=(PageAnchor(3, "[9]"),))) == ["[8]", "[9]"]
    inside = encoded(text, pages=(PageAnchor(4, "ii", "high"),))
    assert inside.find("//tei:p[2]/tei:pb/@n") == ["ii"]
    assert inside.find("//tei:p[2]/tei:pb/@cert") == ["high"]


def test_a_profile_names_a_page_that_was_inferred(encoded):
    from teipress.encode.profile import PageAnchor

    made = encoded(f"{LONG}\n\nthe rest.\n", pages=(PageAnchor(3, "[5]", "high"),))
    assert made.find("//tei:p/tei:pb/@n") == ["[5]"]
    assert len(made.find("//tei:pb")) == 2


def test_a_sentence_cut_in_japanese(encoded):
    first = "会議は午後三時に始まり、外務大臣は北方の漁場について長い説明を行った後、次の点を"
    made = encoded(f"{first}\n\n強調した。\n", language="ja")
    assert len(made.find("//tei:p")) == 1
