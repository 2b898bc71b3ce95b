"""Notes that a page has no room for, read back from the PDF by somebody who does not know how it is made."""

import random
import re
from itertools import groupby, pairwise

import pytest

from pressed import BODY, SYLLABLES, characters, press

pytestmark = pytest.mark.slow

MILLIMETRE = 72 / 25.4
TOP, BOTTOM = 21 * MILLIMETRE, 27 * MILLIMETRE  # the margins of a page, in points
FOOT = range(11, 12)  # CSS pixels: the size of notes
SOURCE, ENTRY, COMMENT, NOTE = range(4)  # the bands from above to below
WORD = re.compile(r"(?<![a-z])[wxyz](?:[bdklmnrt][aeio]){4,6}(?![a-z])")  # of a note, by its band; no other word is one


class Book:
    """Makes a text in whose notes no word stands twice.

    `notes` are the words of each note, `calls` the word of the text that each is called behind, in the order of calls.
    """

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.known = set()
        self.notes, self.calls = [], []

    def word(self, initial):
        while (word := initial + "".join(self.random.choices(SYLLABLES, k=self.random.randint(4, 6)))) in self.known:
            pass
        self.known.add(word)
        return word

    def call(self, band, size, inside=" ".join):
        """The word of a call and its note, in which `inside` puts the words; in the text an entry's is its lemma."""
        words = [self.word("wxyz"[band]) for _ in range(size)]
        self.notes.append(words)
        self.calls.append(self.word("s"))
        if band == ENTRY:
            return f'<app><lem wit="#A">{self.calls[-1]}</lem><rdg wit="#B">{inside(words)}</rdg></app>'
        kind = {SOURCE: ' type="source"', COMMENT: ' type="commentary"', NOTE: ""}[band]
        return f"{self.calls[-1]}<note{kind}>{inside(words)}</note>"

    def paragraph(self, size, wanted=None):
        """A paragraph of so many words; `wanted` are the arguments of `call` by the place of the word."""
        wanted = wanted or {}
        return f"<p>{' '.join(self.call(*wanted[i]) if i in wanted else self.word('s') for i in range(size))}</p>"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    # in a language without hyphens: of two bands that go on, the ends of two words would stand between each other's
    return lambda body: press(tmp_path_factory.mktemp("book"), f'<div xml:lang="mis">{body}</div>')


def read(document):
    """The words of the text and those at the foot, with their pages, in the order of the pages."""
    text, foot = [], []
    for found, sizes in ((text, BODY), (foot, FOOT)):
        for number, page in enumerate(document):
            written = "".join(c for c, size, *_ in characters(page) if size in sizes or c.isspace())
            found += [(word, number) for word in written.split()]
    return text, foot


def prove(document, book):
    """Every word once and in order, each note from the page of its call on, the bands in order, nothing overlapping."""
    text, foot = read(document)
    page_of = {name: page for word, page in text for name in re.findall("[a-z]+", word)}
    owner = {word: note for note, words in enumerate(book.notes) for word in words}
    told, bands = {}, {}
    for word, page in ((word, page) for written, page in foot for word in WORD.findall(written)):
        told.setdefault(owner[word], []).append((word, page))
        bands.setdefault(page, []).append((word[0], owner[word]))
    assert {note: [word for word, _ in told[note]] for note in told} == dict(enumerate(book.notes))
    assert {note: told[note][0][1] for note in told} == {n: page_of[word] for n, word in enumerate(book.calls)}
    for words in told.values():
        pages = [page for page, _ in groupby(page for _, page in words)]
        assert pages == list(range(pages[0], pages[0] + len(pages)))
    for found in bands.values():
        assert found == sorted(found)
    for page in document:
        check_places(page)


def check_places(page):
    height = page.get_height()
    lines = {}
    for character, size, _, bottom, _ in characters(page):
        if character.strip() and (size in FOOT or size in BODY) and bottom > 0:
            lines.setdefault(round(bottom), set()).add(size)
    heights = sorted(lines)
    assert not heights or (heights[0] >= BOTTOM - 1 and heights[-1] <= height - TOP)
    assert [pair for pair in pairwise(heights) if 2 < pair[1] - pair[0] < 9] == []


def test_notes_go_on_and_no_word_is_lost_doubled_or_out_of_order(printed):
    book = Book(5)
    pick = book.random
    body = []
    for p in range(24):
        wanted = {i: (ENTRY, pick.randint(1, 4)) for i in pick.sample(range(80), 4)}
        wanted[20] = NOTE, pick.randint(5, 30)
        if p % 2:
            wanted[50] = NOTE, pick.randint(200, 1500 if p % 6 == 1 else 300)
        if p % 3 == 1:
            wanted[60] = pick.choice((COMMENT, SOURCE)), pick.randint(10, 250)
        if p % 10 == 5:
            wanted[70] = ENTRY, 200
        body.append(book.paragraph(90, wanted))
    prove(printed("".join(body)), book)


def parted(tag, around="", size=25):
    """Puts words into elements of some size each, and these into one around them."""

    def inside(words):
        parts = (" ".join(words[i : i + size]) for i in range(0, len(words), size))
        whole = "".join(f"<{tag}>{part}</{tag}>" for part in parts)
        return f"<{around}>{whole}</{around}>" if around else whole

    return inside


def in_rows(words):
    rows = (words[i : i + 3] for i in range(0, len(words), 3))
    cells = ("".join(f"<cell>{word}</cell>" for word in row) for row in rows)
    return f"<table>{''.join(f'<row>{row}</row>' for row in cells)}</table>"


def test_paragraphs_lists_verse_and_tables_go_on_as_well(printed):
    book = Book(6)
    kinds = (parted("p"), parted("item", "list"), parted("l", "lg", 5), in_rows)
    body = "".join(book.paragraph(80, {40: (NOTE, 300, inside)}) for inside in kinds)
    body += book.paragraph(60, {40: (ENTRY, 150, parted("p")), 45: (ENTRY, 3), 50: (ENTRY, 30, parted("item", "list"))})
    prove(printed(body), book)


def test_a_note_in_a_note_follows_it_and_the_next_chapter_waits_for_both(printed):
    book = Book(7)
    inner = book.word("z"), book.word("z")

    def with_inner(words):
        return " ".join(words[:5]) + f"<note>{' '.join(inner)}</note> " + " ".join(words[5:])

    document = printed(book.paragraph(200, {190: (NOTE, 600, with_inner)}))
    _, foot = read(document)
    told = [(word, page) for word, page in foot if WORD.fullmatch(word)]
    assert [word for word, _ in told] == [*book.notes[0], *inner]
    pages = ["".join(c for c, *_ in characters(page)) for page in document]
    about = next(number for number, text in enumerate(pages) if "About this edition" in text and "Contents" not in text)
    assert told[0][1] < told[-1][1] < about
    assert about % 2 == 0  # on the right, as any chapter
