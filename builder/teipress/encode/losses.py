"""A transcription and the document made of it → whether every word is still there, in its order."""

from __future__ import annotations

import re

from teipress.encode.transcript import transcript
from teipress.encode.transcription import Transcription
from teipress.errors import Stopped
from teipress.findings import finding
from teipress.tei import Element

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"</?[a-z]{1,6}[ \t]*/?>|(?<=&)amp;", re.I)


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
    return _WORD.findall(_TAG.sub(" ", text))


def _nth_word(source: Transcription, number: int) -> int:
    """The line of the word number `number`, from 0."""
    words = list(_WORD.finditer(_TAG.sub(lambda m: " " * len(m[0]), source.text)))
    return source.line_of(words[number].start()) if number < len(words) else source.lines
