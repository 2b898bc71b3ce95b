"""ISBNs: their check digits, in both forms, however they are written."""

import pytest

from teipress.isbn import ean, is_valid, written


@pytest.mark.parametrize(
    "number",
    ["978-3-16-148410-0", "9783161484100", "3-16-148410-X", "3 16 148410 x", "ISBN-13: 978-3-16-148410-0",
     "978\u20113\u201116\u2011148410\u20110", "979-10-90636-07-1", "0-306-40615-2", "urn:isbn:9780306406157"],
)  # fmt: skip
def test_what_is_one(number):
    assert is_valid(number)


@pytest.mark.parametrize(
    "number",
    ["978-3-16-148410-1", "3-16-148410-0", "978-3-16-148410", "977-3-16-148410-0", "", "ISBN", "97831614841oo",
     "X-16-148410-3", "978316148410X"],
)  # fmt: skip
def test_what_is_none(number):
    assert not is_valid(number)


def test_one_of_ten_digits_is_a_product_number_as_well():
    assert ean("3-16-148410-X") == ean("978-3-16-148410-0") == "9783161484100"


def test_it_is_printed_as_it_stands_without_the_word():
    assert written("ISBN 978-3-16-148410-0") == "978-3-16-148410-0"
