"""The index of terms: what index elements hold, with entries below entries."""

import pytest

from teipress.config import Settings
from teipress.model import model
from teipress.read import read


@pytest.fixture
def terms(tmp_path):
    def of(body):
        path = tmp_path / "t.xml"
        tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{}</body></text></TEI>'
        path.write_text(tei.format(body), encoding="utf-8")
        edition = model(read(path, tmp_path)[0], Settings("t", tmp_path, path))
        return [(*t.under, t.name.text, len(t.mentions)) for t in edition.terms]

    return of


def entry(*words):
    inside = entry(*words[1:]) if len(words) > 1 else ""
    return f"<index><term>{words[0]}</term>{inside}</index>"


def test_an_index_element_makes_an_entry_even_if_it_is_the_only_one(terms):
    assert terms(f"<p>x{entry('Lamps')}</p>") == [("Lamps", 1)]


def test_a_term_in_an_index_in_an_index_is_an_entry_below_and_only_the_innermost_is_referred_to(terms):
    body = f"<p>{entry('Tides', 'flood')}{entry('Tides', 'ebb')}{entry('Tides')}{entry('Tides', 'ebb', 'slow')}</p>"
    assert terms(body) == [("Tides", 1), ("Tides", "ebb", 1), ("Tides", "ebb", "slow", 1), ("Tides", "flood", 1)]


def test_the_same_words_below_different_entries_are_different_entries(terms):
    body = f"<p>{entry('Tides', 'high')}{entry('Walls', 'high')}{entry('Tides', 'High')}</p>"
    assert terms(body) == [("Tides", "high", 2), ("Walls", "high", 1)]


def test_an_entry_is_sorted_by_its_key(terms):
    body = f"<p><index><term sortKey='wall'>The Wall</term></index>{entry('Sand')}{entry('Yard')}</p>"
    assert terms(body) == [("Sand", 1), ("The Wall", 1), ("Yard", 1)]
