"""The text of a node → gaps where words are withheld or cannot be read, and the stamps that say why.

Nothing is guessed about what is missing: a gap has an extent only if words in brackets give one, and a code only if
it stands in the brackets themselves (`ties` finds the stamps beside it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from teipress.encode.language import JOINING
from teipress.encode.nodes import Flow, Span
from teipress.encode.profile import Profile
from teipress.encode.released import brackets
from teipress.encode.released.brackets import BRACKETS, Attributes
from teipress.encode.released.exemptions import Token, tokens
from teipress.encode.transcription import Transcription
from teipress.findings import Finding, finding

_WIDE = 6  # columns of white space that no typist leaves between words
_MARGIN = 3  # columns that set a stamp in the margin apart from the text

_LINE = re.compile(r"[^\n]+")
_BAR = re.compile(r"[█▇▉▓⬛◼■▬▮](?:[ \t]*[█▇▉▓⬛◼■▬▮])*")
_BLANK = re.compile(rf"[ \u00a0\u3000]{{{_WIDE},}}|_{{{_WIDE},}}|[ \u00a0]*\t[ \t\u00a0]*")
_BETWEEN = re.compile(r"[\s,;/&+·|*_]*(?:(?:and|AND)\s+)?")
_ASIDE = " \t\u00a0\u3000*_,;/|"
_CODES = ("exemption", "suspect", "condition")  # what a stamp line is made of; caveats are lines of classification


@dataclass(frozen=True, slots=True)
class _Gap:
    """A gap at the characters [start, end) of a flow."""

    start: int
    end: int
    by: str
    cert: str
    attributes: Attributes


def redactions(flow: Flow, profile: Profile) -> Iterator[Span]:
    """The gaps of a node, in order, none inside another; of the rules redaction-… that are on."""
    for gap in _gaps(flow.text, profile):
        yield Span(*flow.range(gap.start, gap.end), "gap", gap.attributes, gap.by, gap.cert, wording=True)


def codes(flow: Flow, profile: Profile) -> Iterator[Span]:
    """The stamps of a node, in order: exemption codes (with @ana if the code is known), caveats, marks of condition.

    A code that can be nothing else counts wherever it stands. The others count in a line of their own, beside a gap,
    in brackets and in the margin; elsewhere they are words about a law. Codes inside a gap are the gap's.
    """
    gaps = _gaps(flow.text, profile)
    hidden = {i for g in gaps for i in range(g.start, g.end)}
    furniture = flow.node.attributes.get("type") in ("release", "classification")
    edges = {g.start for g in gaps}, {g.end for g in gaps}
    for line in _LINE.finditer(flow.text):
        for cluster in _clusters(flow.text, *line.span()):
            apart = furniture or _stands_apart(flow.text, cluster, line.span(), edges)
            for token in cluster:
                if (apart or token.plain) and token.start not in hidden and (rule := _rule(token, flow, profile)):
                    yield _stamp(flow, token, rule)


def stamp_line(text: str, start: int, end: int) -> bool:
    """Whether the line [start, end) has nothing but exemption codes, and what may stand between such."""
    found = [t for t in tokens(text, start, end) if t.kind in _CODES]
    return bool(found) and _nothing_else(text, found, start, end)


def unread(transcription: Transcription, stamps: Iterable[Span]) -> list[Finding]:
    """D004 for each code that is none of the known ones, and for words in brackets that may stand for a gap.

    Each spelling is told once, with how often it stands. `stamps` are those that `codes` found.
    """
    text = transcription.text
    doubtful = [s.range for s in stamps if ("type", "exemption") in s.attributes and "ana" not in dict(s.attributes)]
    bracketed = [m.span() for m in BRACKETS.finditer(text) if brackets.doubtful(m[1] or m[2])]
    return [
        *_told(transcription, doubtful, "reads like an exemption code, but is none that is known", _AS_STAMP),
        *_told(transcription, bracketed, "may stand for text that is withheld", _AS_WORDS),
    ]


_AS_STAMP = "compare the page; it stays as it is, as a stamp without a category"
_AS_WORDS = "it stays text; make it a gap if it is one"


def _told(transcription: Transcription, places: list[tuple[int, int]], what: str, hint: str) -> Iterator[Finding]:
    spellings: dict[str, list[int]] = {}
    for start, end in places:
        spellings.setdefault(" ".join(transcription.text[start:end].split()), []).append(start)
    for said, starts in spellings.items():
        often = f" ({len(starts)} times)" if len(starts) > 1 else ""
        line = transcription.line_of(starts[0])
        yield finding("D004", f'"{said}"{often} {what}', transcription.name, line, hint)


# Gaps


def _gaps(text: str, profile: Profile) -> list[_Gap]:
    found = [g for g in (*_bracketed(text), *_bars(text), *_blanks(text)) if profile.has(g.by)]
    apart: list[_Gap] = []
    for gap in sorted(found, key=lambda g: (g.start, -g.end)):
        if not apart or gap.start >= apart[-1].end:
            apart.append(gap)
    return apart


def _bracketed(text: str) -> Iterator[_Gap]:
    for match in BRACKETS.finditer(text):
        if understood := brackets.withheld(match[1] or match[2]):
            rule, attributes = understood
            yield _Gap(*match.span(), rule, "high", attributes)


def _bars(text: str) -> Iterator[_Gap]:
    """Runs of squares. A single small one may be a bullet or the end of an article."""
    for match in _BAR.finditer(text):
        if match[0][0] in "█▇▉▓" or len(match[0].split()) > 1 or len(match[0]) > 1:
            yield _Gap(*match.span(), "redaction-blocks", "high", (("reason", "redacted"),))


def _blanks(text: str) -> Iterator[_Gap]:
    """Wide blanks between the words of a line that has an exemption code in it."""
    for line in _LINE.finditer(text):
        if any(t.kind == "exemption" for t in tokens(text, *line.span())):
            for start, end in _between_words(text, *line.span()):
                yield _Gap(start, end, "redaction-space", "medium", (("reason", "redacted"), ("rend", "space")))


def _between_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The wide blanks of a line with words on both sides; of two with only codes between them, the first.

    White space before a code at the end of the line is the margin's, unless the words before it break off in the
    middle of a sentence, and the next line begins another. A line drawn there was drawn over words.
    """
    blanks = [m for m in _BLANK.finditer(text, start, end) if len(m[0].expandtabs(8)) >= _WIDE]
    pending: re.Match[str] | None = None
    words_before = False
    for blank, (left, right) in zip([*blanks, None], _parts(blanks, start, end), strict=True):
        empty = not text[left:right].strip()
        coded = not empty and stamp_line(text, left, right)
        if pending and words_before and not empty and (not coded or pending[0][0] == "_"):
            yield _within(pending)
            pending = None
        words_before = words_before or not (empty or coded)
        pending = pending if pending and (empty or coded) else blank
    if pending and words_before and _breaks_off(text, start, pending.start()):
        yield _within(pending)


def _breaks_off(text: str, start: int, end: int) -> bool:
    """Whether the words of a line leave a sentence open that the next line does not carry on."""
    _, _, following = text[end:].partition("\n")
    said = text[start:end].split()
    opened = bool(said) and said[-1].casefold() in JOINING
    return opened and following[:1].isupper()


def _within(blank: re.Match[str]) -> tuple[int, int]:
    """A wide blank without the spaces that part the words on both sides from what stood between them."""
    start, end = blank.span()
    return (start, end) if blank[0][0] == "_" or end - start < 3 else (start + 1, end - 1)


def _parts(blanks: list[re.Match[str]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands before, between and behind the blanks of a line."""
    for blank in blanks:
        yield start, blank.start()
        start = blank.end()
    yield start, end


# Stamps


def _clusters(text: str, start: int, end: int) -> Iterator[list[Token]]:
    """The codes of a line, those together that stand side by side."""
    cluster: list[Token] = []
    for token in tokens(text, start, end):
        if cluster and not _BETWEEN.fullmatch(text, cluster[-1].end, token.start):
            yield cluster
            cluster = []
        cluster.append(token)
    if cluster:
        yield cluster


def _nothing_else(text: str, found: list[Token], start: int, end: int) -> bool:
    stops = [start, *(i for t in found for i in (t.start, t.end)), end]
    return all(_BETWEEN.fullmatch(text, a, b) for a, b in zip(stops[::2], stops[1::2], strict=True))


def _stands_apart(text: str, cluster: list[Token], line: tuple[int, int], edges: tuple[set[int], set[int]]) -> bool:
    """Whether codes stand alone in their line, beside a gap, in square brackets or in a margin."""
    starts, ends = edges
    left, right = cluster[0].start, cluster[-1].end
    while left > line[0] and left not in ends and text[left - 1] in _ASIDE:
        left -= 1
    while right < line[1] and right not in starts and text[right] in _ASIDE:
        right += 1
    if left in ends or right in starts or (left, right) == line:
        return True
    if text[left - 1 : left] in ("[", "［") and text[right : right + 1] in ("]", "］"):
        return True
    before, behind = cluster[0].start - left, right - cluster[-1].end
    return (left == line[0] and behind >= _MARGIN) or (right == line[1] and before >= _MARGIN)


def _rule(token: Token, flow: Flow, profile: Profile) -> str:
    """The rule that makes a stamp of a token, or nothing if it makes none here."""
    rule = "classification" if token.kind == "caveat" else "exemption-codes"
    whole = token.kind == "caveat" and flow.node.attributes.get("type") == "classification"
    return rule if profile.has(rule) and not whole else ""


def _stamp(flow: Flow, token: Token, rule: str) -> Span:
    kind = {"caveat": "classification", "condition": "declassification"}.get(token.kind, "exemption")
    attributes = (("type", kind),) + ((("ana", f"#{token.code.id}"),) if token.code else ())
    cert = "low" if token.kind == "suspect" else "high" if token.plain else "medium"
    return Span(*flow.range(token.start, token.end), "stamp", attributes, rule, cert)
