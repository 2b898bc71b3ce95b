"""The text of a block → findings on what looks like an error of the OCR. Few and worth a look; nothing is corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from teipress.encode.nodes import Flow
from teipress.encode.transcription import Transcription
from teipress.findings import Finding, finding

_DIGIT = re.compile(
    r"(?<![\w.,#/@&=-])(?:[lIO]\d{1,3}|0(?!x)[a-z]+|1(?!st|th|er|re|am|pm|km|mm|cm|kg|mg|kt|hr)[a-z]{2,}"
    r"|[A-Za-z]*[a-z]\d[a-z]+|[A-Za-z]*[a-z]0|[A-Z]{2,}[01][A-Z]{2,}|\d{1,4}[OolI]\d{1,4})(?![\w@/])"
)
_SCRIPTS = re.compile(r"\w{0,30}(?:[A-Za-zÀ-ɏ][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-zÀ-ɏ]|[A-Za-z]{2}[α-ω]|[α-ω][A-Za-z]{2})\w{0,30}")
_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{2,})\s{1,5}(\1)(?![\w-])", re.IGNORECASE)
_MAY_DOUBLE = frozenset("had that is was very long bye ha die der das sie nous vous так очень еле чуть".split())
_LOOSE = re.compile(r"(?<!\w)[^\W_]+[ \t]+([,.;:!?)\]])(?![^\s”’\"')\]])(?![ \t]?\.)")
_FRENCH = frozenset(";:!?")  # which have a space before them there
_CODE = re.compile(
    r"\b(?:S ?T ?A ?T ?I ?N ?T ?L|S ?T ?A ?T ?S ?P ?E ?C|25 ?[Xx] ?[1-9lI]|2S ?X ?1|5[0O] ?X ?[1lI][ -]?HUM|ILLEGIB)\b"
)
_CLEAN = re.compile(r"STATINTL|STATSPEC|25X[1-9]|50X1-HUM|ILLEGIB")
_PROSE = {"p", "quote", "note", "item"}
_LABEL = re.compile(r"(?<![^\s;:,.])\w{1,4}\)")  # "a)" never had an opening bracket
_INCHES = re.compile(r'\d"')
_PAIRS = {")": "(", "]": "[", "”": "“", "」": "「", "』": "『"}

Found = tuple[int, str]  # the character that it begins with, and what is odd there


def suspects(flow: Flow, source: Transcription, language: str = "") -> Iterator[Finding]:
    """What an editor should compare with the page: notes D001, each with its line."""
    checks: tuple[Callable[[str], Iterator[Found]], ...] = (_digits, _scripts, _doubled, _codes)
    found = [f for check in checks for f in check(flow.text)]
    found += _loose(flow.text, _FRENCH if language.startswith("fr") else frozenset())
    found += _unclosed(flow.text) if flow.node.name in _PROSE else ()
    for place, message in sorted(found):
        line = source.line_of(flow.offsets[place])
        yield finding("D001", message, source.name, line, "compare it with the page; the encoder changes nothing")


def _digits(text: str) -> Iterator[Found]:
    for m in _DIGIT.finditer(text):
        yield m.start(), f'"{m[0]}" has a digit where one expects a letter, or a letter for a digit'


def _scripts(text: str) -> Iterator[Found]:
    for m in _SCRIPTS.finditer(text):
        yield m.start(), f'"{m[0]}" has letters of two scripts'


def _doubled(text: str) -> Iterator[Found]:
    for m in _DOUBLED.finditer(text):
        is_name = m[1].istitle() and m[2].istitle()
        if m[1].lower() not in _MAY_DOUBLE and not is_name:
            yield m.start(), f'"{m[1]}" stands twice in a row'


def _loose(text: str, usual: frozenset[str]) -> Iterator[Found]:
    for m in _LOOSE.finditer(text):
        if m[1] not in usual:
            yield m.start(), f'"{" ".join(m[0].split())}" has a space before its last sign'


def _codes(text: str) -> Iterator[Found]:
    """Exemption codes that the OCR broke, and those that came into a line of prose."""
    for m in _CODE.finditer(text):
        clean = _CLEAN.fullmatch(m[0])
        before, after = text[max(0, m.start() - 2) : m.start()], text[m.end() : m.end() + 2]
        if not clean:
            yield m.start(), f'"{m[0]}" may be an exemption code that was not read well'
        elif re.fullmatch(r"[a-zа-я,] ", before) and re.fullmatch(r" [a-zа-я]", after):
            yield m.start(), f'"{m[0]}" stands in the middle of a line, and may belong to the margin'


def _unclosed(text: str) -> Iterator[Found]:
    """Brackets and quotation marks without their partners; a quotation that goes on in the next paragraph is none."""
    labels = {m.end() - 1 for m in _LABEL.finditer(text)}
    opened: dict[str, list[int]] = {sign: [] for sign in _PAIRS.values()}
    for i, c in enumerate(text):
        if c in opened:
            opened[c].append(i)
        elif c in _PAIRS and opened[_PAIRS[c]]:
            opened[_PAIRS[c]].pop()
        elif c in _PAIRS and i not in labels:
            yield i, f"{c} closes what nothing opens"
    for sign, places in opened.items():
        yield from ((i, f"{sign} is not closed in its paragraph") for i in places if i or sign not in "“「『")
    if text.count('"') % 2 and text.find('"') > 0 and not _INCHES.search(text):
        yield text.rfind('"'), 'an odd number of " in the paragraph'
