"""References of a printed index: pages, and lines where these are numbered."""

from functools import partial

import pytest

from teipress.edition import Spot
from teipress.render.labels import folio
from teipress.render.locations import Places


def references(*spots, pages=()):
    """The references to some lines, as (page, line, last page, last line) or (page, line), and to some pages."""
    found = {f"s{i}": Spot(s[:2], s[2:] or s[:2]) for i, s in enumerate(spots)}
    page_of = {f"p{i}": page - 1 for i, page in enumerate(pages)}
    places = Places(
        page_of, {k: Spot(*((p - 1, n) for p, n in (s.first, s.last))) for k, s in found.items()}, partial(folio, 0)
    )
    return [x.label for x in places.locations([*found, *page_of, "nowhere"])]


@pytest.mark.parametrize(
    ("spots", "expected"),
    [
        ([(12, 5)], ["12.5"]),
        ([(12, 5), (12, 5)], ["12.5"]),
        ([(12, 7), (12, 5)], ["12.5", "12.7"]),
        ([(12, 5), (12, 6)], ["12.5", "12.6"]),
        ([(12, 5), (12, 6), (12, 7)], ["12.5–7"]),
        ([(12, 5, 12, 6)], ["12.5–6"]),
        ([(12, 5, 12, 6), (12, 6)], ["12.5–6"]),
        ([(12, 38, 13, 2)], ["12.38–13.2"]),
        ([(12, 38, 13, 2), (13, 2, 13, 3)], ["12.38–13.3"]),
        ([(12, 38), (13, 1), (13, 2)], ["12.38", "13.1", "13.2"]),
    ],
)
def test_lines_are_cited_once_in_order_and_in_ranges(spots, expected):
    assert references(*spots) == expected


def test_a_page_of_which_lines_are_cited_is_not_cited_again():
    assert references((12, 5), (14, 1, 15, 2), pages=(12, 13, 15)) == ["12.5", "13", "14.1–15.2"]


def test_pages_in_a_row_are_a_range():
    assert references(pages=(3, 1, 2, 9)) == ["1–3", "9"]
