"""A transcription → its words, with the marks of Markdown that TEI carries as structure set aside.

This is what “without losing a letter” is measured by, and it knows nothing of the encoder. A word is what stands
between white space. Marks are few and named here; whatever else stands in the text has to come back as it was, in
its place. A mark may come back or not; nothing may come back that was not there.

Marks are: asterisks and underscores around words; `#`, `-`, `*`, `+` and `>` before the text of a line; lines of three
or more `-`, `*`, `_` or `=` and nothing else; the tags i, b, u, sup, sub and br; a backslash before punctuation or at
the end of a line; angle brackets around an address; three dots or more before the page number that ends a line; fences;
the rows of signs and the strokes that make a table. A character reference counts as the character that it stands for.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_SHIELD = 0xF0000  # an escaped character is moved to a private plane, where no mark is looked for
_PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ESCAPE = re.compile(rf"\\([{_PUNCTUATION}])")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"</?(?:i|b|u|sup|sub)>", re.IGNORECASE)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"<(?:https?|ftp|mailto):[^\s<>]+>")
_PREFIX = re.compile(r"[ \t\u3000]*(?:>|[-*+](?=[ \t]+\S)|#{1,6}(?=[ \t]+\S))")
_HARD_BREAK = re.compile(r"\\[ \t]*$")
_CLOSING_HASHES = re.compile(r"(?<=[ \t])#{1,6}[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})")
_PAGE = re.compile(
    r"[\s*(\[（［]*(?:<i>)?(?:[ivxlcdm]+|[A-Z]?-?\d+|[一二三四五六七八九十百〇]+)(?:</i>)?[\s*)\]）］]*$", re.IGNORECASE
)
_LEADERS = ".…·・･"
_DOTS = re.compile(rf"[{_LEADERS}]{{3,}}|…{{2,}}")
_RULES = frozenset("-*_=")
_RUN = re.compile(r"\*+|_+")
_WORD = re.compile(r"\S+")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between white space, as it is (`raw`) and without marks (`text`, empty if there is nothing else)."""

    raw: str
    text: str
    line: int

    def is_mark(self) -> bool:
        """Whether nothing of it is text, so that it need not come back."""
        return not self.text

    def matches(self, other: Word) -> bool:
        """Whether both are the same word. Where one side has marks, it is enough that one reading agrees."""
        return bool({self.raw, self.text} & {other.raw, other.text} - {""})


def words(text: str) -> list[Word]:
    """All words of a transcription in order, marks among them."""
    shielded = _shield(text.replace("\r\n", "\n").replace("\f", "\n"))
    spaced = _space_out(_BREAK.sub(" ", shielded))
    hidden = _marks(spaced)
    found, start = [], 0
    for number, line in enumerate(spaced.split("\n"), 1):
        found += [_word(m[0], hidden[start + m.start() : start + m.end()], number) for m in _WORD.finditer(line)]
        start += len(line) + 1
    return found


def difference(before: Sequence[Word], after: Sequence[Word]) -> str:
    """Where two sequences part, in words for a reader; empty if all words are in both, in the same order."""
    reached = _skip_marks({0}, after)
    furthest = 0
    for number, word in enumerate(before):
        furthest = max(reached)
        found = {j + 1 for j in reached if j < len(after) and word.matches(after[j])}
        reached = _skip_marks(found | (reached if word.is_mark() else set()), after)
        if not reached:
            return _told(before, number, after, furthest)
    return "" if len(after) in reached else _told(before, len(before), after, max(reached))


def _told(before: Sequence[Word], i: int, after: Sequence[Word], j: int) -> str:
    line = before[min(i, len(before) - 1)].line if before else 0
    come, gone = (
        " ".join(w.raw for w in s[max(k - 4, 0) : k + 5]) or "(the end)" for s, k in ((after, j), (before, i))
    )
    return f"line {line}: there was “{gone}”, there is “{come}”"


def _skip_marks(places: set[int], among: Sequence[Word]) -> set[int]:
    """These places, and those behind the marks that follow them."""
    reached = set(places)
    for place in places:
        while place < len(among) and among[place].is_mark():
            place += 1  # noqa: PLW2901
            reached.add(place)
    return reached


def _word(raw: str, hidden: bytearray, line: int) -> Word:
    kept = "".join(c for c, mark in zip(raw, hidden, strict=True) if not mark)
    return Word(_unshield(raw), _unshield(kept), line)


def _shield(text: str) -> str:
    """Escapes and references as the characters that they stand for, out of reach of all that looks for marks."""

    def moved(characters: str) -> str:
        return "".join(c if c.isspace() or ord(c) > 0xFFFF else chr(ord(c) + _SHIELD) for c in characters)

    def referred(match: re.Match[str]) -> str:
        character = html.unescape(match[0])
        return match[0] if character == match[0] else moved(character)

    return _REFERENCE.sub(referred, _ESCAPE.sub(lambda m: moved(m[1]), text))


def _unshield(text: str) -> str:
    return "".join(chr(ord(c) - _SHIELD) if _SHIELD <= ord(c) <= _SHIELD + 0xFFFF else c for c in text)


def _space_out(text: str) -> str:
    """White space around leaders and the strokes of tables, so that they are words of their own."""
    lines = text.split("\n")
    for number in _rows_of_tables(lines):
        lines[number] = lines[number].replace("|", " | ")
    return "\n".join(_with_leaders_apart(line) for line in lines)


def _leaders(line: str) -> tuple[int, int]:
    """Where the leaders of a line stand; an empty range if it has none."""
    page = _PAGE.search(line, max(len(line) - 40, 0))
    if page is None:
        return 0, 0
    end = page.start()
    start = len(line[:end].rstrip(_LEADERS + " \t\u3000"))
    while start < end and line[start].isspace():
        start += 1
    dots = sum(2 if c == "…" else 1 for c in line[start:end] if c in _LEADERS)
    return (start, end) if dots >= 3 else (0, 0)


def _with_leaders_apart(line: str) -> str:
    """Dots in a row are apart from the words around them, wherever they stand: lines may be joined on the way back."""
    start, end = _leaders(line)
    apart = f"{line[:start]} {line[start:end]} {line[end:]}" if end > start else line
    return _DOTS.sub(lambda m: f" {m[0]} ", apart)


def _marks(text: str) -> bytearray:
    """For each character whether it is a mark."""
    hidden = bytearray(len(text))
    lines = text.split("\n")
    tables = set(_rows_of_tables(lines))
    start = 0
    for number, line in enumerate(lines):
        for a, b in (*_marks_of_line(line), *(_strokes(line) if number in tables else ())):
            hidden[start + a : start + b] = b"\1" * (b - a)
        start += len(line) + 1
    for match in _TAG.finditer(text):
        hidden[match.start() : match.end()] = b"\1" * len(match[0])
    for match in _ADDRESS.finditer(text):
        hidden[match.start()] = hidden[match.end() - 1] = 1
    for place in _emphasis(text, hidden):
        hidden[place] = 1
    return hidden


def _marks_of_line(line: str) -> Iterator[tuple[int, int]]:
    if _is_rule(line):
        yield 0, len(line)
        return
    if fence := _FENCE.match(line):
        yield fence.span()
    if slash := _HARD_BREAK.search(line):
        yield slash.span()
    place = 0
    while prefix := _PREFIX.match(line, place):
        yield prefix.span()
        place = prefix.end()
    if line[:place].endswith("#") and (closing := _CLOSING_HASHES.search(line, place)):
        yield closing.span()
    if (leaders := _leaders(line)) != (0, 0):
        yield leaders


def _is_rule(line: str) -> bool:
    signs = "".join(line.split())
    return len(signs) >= 3 and signs[0] in _RULES and set(signs) == {signs[0]}


def _is_row_of_signs(line: str) -> bool:
    return set(line) <= set("|-: \t") and "|" in line and "-" in line


def _rows_of_tables(lines: Sequence[str]) -> Iterator[int]:
    """The numbers of lines that are rows of a table: one above a row of signs, that row, and those that go on."""
    inside = False
    for number, line in enumerate(lines):
        if "|" not in line:
            inside = False
        elif not inside and number and "|" in lines[number - 1] and _is_row_of_signs(line):
            inside = True
            yield number - 1
        if inside:
            yield number


def _strokes(line: str) -> Iterator[tuple[int, int]]:
    if _is_row_of_signs(line):
        yield 0, len(line)
    else:
        yield from (m.span() for m in re.finditer(r"\|", line))


def _emphasis(text: str, hidden: bytearray) -> Iterator[int]:
    """The asterisks and underscores that stand around words, by CommonMark 6.2, block by block.

    Stricter in one point: a sign with a letter or digit on the outer side of both ends (5*3*2) is none.
    """
    runs = [m for m in _RUN.finditer(text) if not hidden[m.start()]]
    blocks = [m.end() for m in _BLANK.finditer(text)]
    for _, members in groupby(runs, lambda m: bisect.bisect(blocks, m.start())):
        yield from _pairs(text, list(members))


def _pairs(text: str, runs: list[re.Match[str]]) -> Iterator[int]:
    open_runs: list[tuple[re.Match[str], int, int]] = []  # a run, and which part of it is still unpaired
    for run in runs:
        first, last = run.start(), run.end()
        while _can_close(text, run) and first < last:
            place = next((k for k in reversed(range(len(open_runs))) if _fit(text, open_runs[k][0], run)), None)
            if place is None:
                break
            opener, a, b = open_runs[place]
            size = min(b - a, last - first)
            yield from range(b - size, b)
            yield from range(first, first + size)
            first += size
            del open_runs[place:]
            if b - size > a:
                open_runs.append((opener, a, b - size))
        if first < last and _can_open(text, run):
            open_runs.append((run, first, last))


def _fit(text: str, opener: re.Match[str], closer: re.Match[str]) -> bool:
    outer = _at(text, opener.start() - 1).isalnum() and _at(text, closer.end()).isalnum()
    return opener[0][0] == closer[0][0] and not outer


def _at(text: str, place: int) -> str:
    return text[place] if 0 <= place < len(text) else " "


def _is_sign(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _can_open(text: str, run: re.Match[str]) -> bool:
    before, after = _at(text, run.start() - 1), _at(text, run.end())
    left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    return left and (run[0][0] == "*" or not before.isalnum())


def _can_close(text: str, run: re.Match[str]) -> bool:
    before, after = _at(text, run.start() - 1), _at(text, run.end())
    right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    return right and (run[0][0] == "*" or not after.isalnum())
