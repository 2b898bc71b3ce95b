"""The critical apparatus in print, read back from the PDF by somebody who knows nothing of how it was made."""

import random
import re
from collections import Counter
from itertools import pairwise

import pytest

from pressed import BODY, SYLLABLES, characters, press

pytestmark = pytest.mark.slow

ENTRY = re.compile(r"(?:(?P<number>\d+)(?P<following>f\.)?|\|)\s*(?P<lemma>lem[a-z]+) ?(?P<nth>\d)?\s*A\]")


class Words:
    """Words from syllables, the same in every run; each lemma of its own."""

    def __init__(self):
        self.random = random.Random(7)
        self.lemmas = 0

    def word(self):
        ends = self.random.choices(("", "n", "s", "r", "x"), k=4)
        parts = zip(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)), ends, strict=False)
        return "".join(map("".join, parts))

    def place(self):
        self.lemmas += 1
        name = "".join(SYLLABLES[int(d)] for d in f"{self.lemmas:04d}")
        rest = f'<rdg wit="#B">{self.word()}</rdg><rdg wit="#C">{self.word()} {self.word()}</rdg>'
        return f'<app><lem wit="#A">lem{name}</lem>{rest}</app>'

    def paragraph(self, size=100, share=0.08):
        words = [self.place() if self.random.random() < share else self.word() for _ in range(size)]
        return f"<p>{' '.join(words)}</p>"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """``printed(body)`` is the PDF of a text."""
    return lambda body, settings="": press(tmp_path_factory.mktemp("book"), body, settings)


def read(page):
    """The lines of the text by their height on the page, the highest first, and the foot as one string."""
    lines, small = {}, []
    for character, size, left, bottom, right in characters(page):
        if size in BODY and bottom > 0 and character.strip():
            lines.setdefault(round(bottom), []).append((left, character, right))
        elif size < BODY.start:
            small.append(character)
    ordered = {y: sorted(lines[y]) for y in sorted(lines, reverse=True)}
    return ordered, re.sub(r"\s+", " ", "".join(small).replace("\ufffe", "").replace("\x02", ""))


def margin(page, lines):
    """The numbers beside the lines of a page, by the number that the line has when they are counted."""
    left = min(line[0][0] for line in lines.values())
    right = max(line[-1][2] for line in lines.values())
    found = {}
    for character, size, start, bottom, end in characters(page):
        if character.isdigit() and size < BODY.start and (end < left or start > right):
            number, height = min(enumerate(lines, 1), key=lambda pair: abs(pair[1] - bottom))
            assert abs(height - bottom) < 4
            found[number] = found.get(number, "") + character
    return {line: int(number) for line, number in found.items()}


def numbers_by_position(lines):
    """Where each lemma begins, by counting the lines of a page; one that is cut in two is found by its beginning."""
    texts = ["".join(c for _, c, _ in line) for line in lines.values()]
    whole = "".join(texts)
    starts, place = [], 0
    for line in texts:
        starts.append(place)
        place += len(line)
    found = {}
    for match in re.finditer(r"lem(?:[bdklmnrt][aeio]){4}", whole.replace("-", "\x00").replace("\x00", "-")):
        found[match[0]] = sum(start <= match.start() for start in starts)
    return found


def entries(foot):
    """Number and lemma of each entry of a page; a bar stands for the number of the entry before."""
    number = 0
    for match in ENTRY.finditer(foot):
        number = int(match["number"] or number)
        yield match["lemma"], number, match["nth"]


def test_three_hundred_references_are_right_by_position_on_the_page(printed):
    words = Words()
    body = "".join(f"<div><head>{i}</head>{''.join(words.paragraph() for _ in range(7))}</div>" for i in "abcdefg")
    document = printed(body)
    told, wrong, seen, numbered = [], [], Counter(), 0
    for page in document:
        lines, foot = read(page)
        if places := list(entries(foot)):
            assert margin(page, lines) == {n: n for n in range(5, len(lines) + 1, 5)}
            numbered += len(lines) // 5
        places = numbers_by_position(lines)
        for lemma, number, _ in entries(foot):
            seen[lemma] += 1
            told.append(lemma)
            if places.get(lemma) not in (number, None):
                wrong.append((lemma, number, places.get(lemma)))
    assert words.lemmas >= 300
    assert len(seen) == words.lemmas, "an entry is lost"
    assert set(seen.values()) == {1}
    assert told == sorted(told, key=lambda lemma: [SYLLABLES.index(lemma[i : i + 2]) for i in range(3, 11, 2)])
    assert wrong == []
    assert numbered > 100


def test_verse_is_cited_by_its_own_numbers(printed):
    words = Words()
    verses = "".join(f'<l n="{n}">{words.word()} {words.place()} {words.word()}</l>' for n in range(101, 141))
    document = printed(f"<lg>{verses}</lg>")
    found = [entry for page in document for entry in entries(read(page)[1])]
    assert [number for _, number, _ in found] == list(range(101, 141))


def test_equal_words_of_a_line_are_told_apart(printed):
    again = '<app><lem wit="#A">lemma</lem><rdg wit="#B">nota</rdg></app>'
    document = printed(f"<p>lemma et lemma et {again} et lemma</p><p>una {again}</p>")
    found = [entry for page in document for entry in entries(read(page)[1])]
    assert found == [("lemma", 1, "3"), ("lemma", 2, None)]


def test_notes_stand_below_the_apparatus_and_sources_above_it_all_in_order(printed):
    words = Words()
    note = "<note>remark {n} on what is told here, which is long enough for two lines at the foot of a page.</note>"
    source = '<note type="source">source {n} of what is told here.</note>'
    body = "".join(words.paragraph()[:-4] + note.format(n=n) + source.format(n=n) + "</p>" for n in range(100, 140))
    remarks, sources = [], []
    for page in printed(body):
        foot = read(page)[1]
        first, last = foot.find("A]"), foot.rfind("A]")
        remarks += [int(m[1]) for m in re.finditer(r"remark (\d+) on", foot)]
        sources += [int(m[1]) for m in re.finditer(r"source (\d+) of", foot)]
        if first >= 0:
            assert all(m.start() > last for m in re.finditer(r"remark (\d+) on", foot))
            assert all(m.start() < first for m in re.finditer(r"source (\d+) of", foot))
    assert remarks == sources == list(range(100, 140))


@pytest.mark.parametrize("lines", ["through", "division"])
def test_numbers_run_on_as_the_edition_likes(printed, lines):
    words = Words()
    parts = "".join(f"<div><head>{i}</head>{words.paragraph(700)}</div>" for i in "ab")
    found = [number for page in printed(parts, f'[pdf]\nlines = "{lines}"') for _, number, _ in entries(read(page)[1])]
    drops = [i for i, (a, b) in enumerate(pairwise(found)) if b < a]
    assert len(drops) == (0 if lines == "through" else 1)
    assert max(found) > 60
