"""The labels of a book's pages: its own numbers, or those of the pages of the source that stand on them."""

import pytest

from teipress.edition import Document, Edition, Header, Page
from teipress.render.labels import page_labels

# the book: two leaves of front matter, one document on pages 1 to 4, another on page 5, an appendix on page 6
PAGES = {"start-a": 2, "p1": 2, "p2": 3, "p3": 3, "p4": 5, "start-b": 6, "book-about": 7}


@pytest.fixture
def edition(tmp_path):
    pages = tuple(Page(i, label, "a") for i, label in {"p1": "12r", "p2": "12v", "p3": "", "p4": "13r"}.items())
    documents = (
        Document("a", Header("A"), "en", (), pages=(*pages, Page("q", "XX", "a", secondary=True))),
        Document("b", Header("B"), "en", ()),
    )
    return Edition("t", tmp_path, Header("T"), "en", documents)


def test_a_book_has_roman_numbers_before_its_text(edition):
    assert page_labels(edition, PAGES, 8, "start-a", source=False) == ["i", "ii", "1", "2", "3", "4", "5", "6"]


def test_pages_of_the_source_are_told_where_they_begin_and_go_on(edition):
    labels = page_labels(edition, PAGES | {"q": 2}, 8, "start-a", source=True)
    assert labels == ["i", "ii", "12r", "12r–12v", "12v", "12v–13r", "5", "6"]
