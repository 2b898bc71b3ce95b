"""A transcription and the document made of it → whether every word is still there, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from teipress.encode.transcript import transcript
from teipress.encode.transcription import Transcription
from teipress.errors import Stopped
from teipress.findings import finding
from teipress.tei import Element

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"<br[ \t]*/?>", re.I)
_MARK = re.compile(r"</?[a-z]{1,6}[ \t]*/?>|(?<=&)amp;|[*_\\]", re.I)  # may stand inside a word, and parts none


def check_nothing_lost(source: Transcription, root: Element) -> None:
    """Compare the words of both; tags count as marks, not as words.

    Raises:
        Stopped: they differ; the finding (D005) has the line of the first word that would be lost, added or moved.
    """
    wanted = _words(source.text)
    found = _words(transcript(root))
    if wanted == found:
        return
    k = next((i for i, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b), min(len(wanted), len(found)))
    place = _nth_word(source, k)
    message = f'the words "{" ".join(wanted[k : k + 6])}" would not come out as they stand'
    hint = "turn the rule off that reads them wrongly, and report this as an error of the encoder"
    raise Stopped([finding("D005", message, source.name, place, hint)])


def _words(text: str) -> list[str]:
    return [word for word, _ in _placed(text)]


def _nth_word(source: Transcription, number: int) -> int:
    """The line of the word number `number`, from 0."""
    words = list(_placed(source.text))
    return words[number][1] if number < len(words) else source.lines


def _placed(text: str) -> Iterator[tuple[str, int]]:
    """The words of a text without marks, with their lines; no mark reaches over the end of a line."""
    for number, line in enumerate(text.split("\n"), 1):
        plain = _MARK.sub("", _BREAK.sub(" ", line))
        yield from ((word, number) for word in _WORD.findall(plain))
