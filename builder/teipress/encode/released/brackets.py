"""Words in brackets → the gap that they stand for, if they say that text is withheld, missing or cannot be read."""

from __future__ import annotations

import re

from teipress.encode.released.exemptions import tokens
from teipress.encode.released.extents import ABROAD, extent, measured_abroad

Attributes = tuple[tuple[str, str], ...]

BRACKETS = re.compile(
    r"[\[［〔【]([^\[\]［］〔〕【】]{1,160})[\]］〕】]|（((?:以下|一部)?(?:不開示|非公開)|黒塗り|墨塗り)）"
)

_STATED = "not (?:yet )?declassified|not released|declassification denied|not (?:included|printed|transcribed)"
_DONE = "redacted|redaction|deleted|deletion|saniti[sz]ed|excised|excision|withheld|censored|expunged|blacked[ -]out"
_CUT = "cut(?: out)?|removed|struck out|inked out|blotted out|obliterated|omitted"
_UNREAD = "illegible|unclear|unreadable|not legible|indecipherable|undecipherable"
_SAID = re.compile(
    rf"(?P<what>[^:;]*?)\s*\b(?:(?P<stated>{_STATED})|(?P<done>{_DONE})|(?P<cut>{_CUT})|(?P<unread>{_UNREAD}))\b"
    r"(?P<more>(?:\s*[.,:;/(–—-]|\s+(?:in|by|from|for|under|at|on|because|as)\b|\s+[\W\d]).*|\s+[a-z]+)?",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(rf"\b(?:{_STATED}|{_DONE})\b|^\s*(?:{_CUT})\s*$", re.IGNORECASE)
_NOUNS = frozenset(
    "text name names line lines word words passage passages paragraph paragraphs page pages sentence sentences portion "
    "portions section sections part parts material information document documents title signature address place date "
    "number numbers the a an one here of source and letters leaf leaves remainder rest entire whole handwriting".split()
)
_ELSEWHERE = {
    "redacted": (
        "geschwärzt|schwärzung|zensiert|vom zensor gestrichen|von der zensur gestrichen|caviardé|censuré|testado|"
        "tachado|censurado|oscurato|censurato|изъято|вымарано|засекречено|изъято цензурой|вымарано цензурой|"
        "вырезано цензурой|вычеркнуто цензурой|"
        "黒塗り|墨塗り|不開示|以下不開示|一部不開示|非公開|以下非公開|一部非公開|伏字|検閲削除"
    ),
    "illegible": "unleserlich|illisible|illeggibile|ilegible|неразборчиво|нрзб|нрзб.|判読不能|判読不可",
}
_ABROAD = sorted("|".join(_ELSEWHERE.values()).split("|"), key=len, reverse=True)
_FOREIGN = re.compile(
    rf"(?:(?:passage|mots?|ligne|stelle|zeile|место|слово|абзац)\s+|(?P<before>{ABROAD})\s+)?"
    rf"(?P<word>{'|'.join(map(re.escape, _ABROAD))})e?s?"
    rf"(?:\s+(?P<after>{ABROAD}))?",
    re.IGNORECASE,
)
_REASONS = {word: reason for reason, words in _ELSEWHERE.items() for word in words.split("|")}


def withheld(said: str) -> tuple[str, Attributes] | None:
    """What stands between two brackets → the rule that understands it and the attributes of its gap.

    None if the words say anything else. A code inside the brackets is the gap's own (@ana).
    """
    said = " ".join(said.split())
    if (foreign := _FOREIGN.fullmatch(said)) and (reason := _REASONS.get(foreign["word"].casefold())):
        measures = measured_abroad(foreign["before"] or foreign["after"] or "")
        return "redaction-prose" if measures else "redaction-brackets", (("reason", reason), *measures)
    words = _SAID.fullmatch(said)
    if words is None or not _of_text(words):
        return None
    measures = extent(words["what"].strip())
    rule = "redaction-prose" if words["stated"] or measures else "redaction-brackets"
    return rule, (("reason", _reason(words)), *measures, *_coded(said))


def doubtful(said: str) -> bool:
    """Whether what stands between two brackets has a word for withholding, and yet is not understood."""
    return withheld(said) is None and bool(_DOUBTFUL.search(said))


def _of_text(words: re.Match[str]) -> bool:
    """Whether it is text that is missing, and not something else that somebody withheld or cut."""
    what, more = words["what"].lower().strip(), (words["more"] or "").strip(" .")
    if words["stated"]:
        return True
    if not (bool(extent(what)) or all(word.strip(",.()") in _NOUNS for word in what.split())):
        return False
    if words["unread"] or more.isalpha():  # "[unclear: Smith]" is a reading, "[illegible signature]" a gap
        return not more or more.lower() in _NOUNS
    return not words["cut"] or bool(what) or "censor" in more.lower()


def _reason(words: re.Match[str]) -> str:
    if words["unread"]:
        return "illegible"
    said = (words["stated"] or words["cut"] or "").lower()
    return "omitted" if said.endswith(("included", "printed", "transcribed", "omitted")) else "redacted"


def _coded(said: str) -> Attributes:
    pointers = dict.fromkeys(f"#{t.code.id}" for t in tokens(said) if t.code)
    return (("ana", " ".join(pointers)),) if pointers else ()
