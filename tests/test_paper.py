"""The page of a book: margins in the classical order, lines that can be read, whole lines in the height of the text."""

import re

import pytest

from teipress.paper import SIZES, paper, trim

CUSTOM = ("105mm x 148mm", "120mm x 190mm", "170mm x 240mm", "200mm x 200mm", "6.14in x 9.21in")


@pytest.mark.parametrize("size", [*SIZES, *CUSTOM])
def test_margins_grow_from_the_inner_one_to_the_lower_and_keep_room_for_what_stands_in_them(size):
    page = paper(size)
    assert page.inner < page.top < page.outer < page.bottom
    assert page.inner >= 12
    assert page.outer >= 15  # a number of a page of the source


@pytest.mark.parametrize("size", [*SIZES, *CUSTOM])
def test_a_page_holds_whole_lines_of_a_length_that_is_read_with_ease(size):
    page = paper(size)
    assert page.text == pytest.approx(page.lines * page.leading * 25.4 / 72, abs=0.05)
    assert 52 <= page.measure / (page.type * 0.47 * 25.4 / 72) <= 75
    assert page.measure + page.inner + page.outer == pytest.approx(page.width)


def test_the_two_ways_of_naming_a_size_mean_the_same_page():
    assert paper("156mm x 234mm") == paper("royal octavo") == paper("15.6cm × 23.4cm")
    assert trim("6in x 9in") == trim("6x9") == (152.4, 228.6)


def test_points_and_millimetres_are_scaled_and_nothing_else_is():
    page = paper("A4")
    css = "p { margin: 7mm -10.5pt; top: .5pt; left: 2cm; width: 50%; color: #8a8mm0; content: 'x3pt' } .p2mm { }"
    found = page.scaled(css)
    assert "margin: 8mm -12pt; top: 0.571pt; left: 2cm; width: 50%" in found
    assert ".p2mm" in found
    assert "'x3pt'" in found
    assert paper("royal octavo").scaled(css) == re.sub(r" \.5pt", " 0.5pt", css)


@pytest.mark.parametrize("size", ["", "A3", "156mm", "156 x 234", "-156mm x 234mm", "1mm x 2mm x 3mm", "156px x 234px"])
def test_what_is_no_size_is_told_with_a_right_example(size):
    with pytest.raises(ValueError, match="156mm x 234mm"):
        trim(size)


@pytest.mark.parametrize(
    ("size", "said"), [("50mm x 80mm", "from 105"), ("300mm x 420mm", "to 250"), ("9in x 6in", "higher")]
)
def test_a_size_that_no_book_has_is_refused(size, said):
    with pytest.raises(ValueError, match=said):
        trim(size)
