"""A passage → the mentions in it of names in scripts without spaces: kanji, kana, hangul.

Nothing separates a name from the words around it but the signs themselves, so a surname alone must have no kanji
beside it but those of a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from teipress.encode.names.forms import FULL, GIVEN, SURNAME, Index, identifiers
from teipress.encode.names.mentions import Mention
from teipress.encode.names.passages import Passage
from teipress.encode.names.titles import title_after

_NOT_A_PLACE = tuple("人 語 海 系 製 大学 新聞 銀行 放送 航空 大使館 総領事館 支部 本部 局 課".split())


def ideographic_mentions(passage: Passage, index: Index, ordinary: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """All mentions in kanji, kana or hangul, in order."""
    if index.ideographic is None:
        return
    for match in index.ideographic.finditer(passage.text):
        candidates = index.ideographs[match[0]]
        kind = min((c.kind for c in candidates), key=("person", "org", "place").index)
        chosen = [c for c in candidates if c.kind == kind]
        how = next((h for h in (GIVEN, FULL) if any(c.how == h for c in chosen)), SURNAME)
        ids = identifiers([c for c in chosen if c.how == how])
        title = title_after(passage.text, match.end()) if kind == "person" else None
        if match[0] in ordinary or not _stands_alone(passage.text, match.start(), match.end(), kind, how, title):
            continue
        end = title[1] if title else match.end()
        together = how == GIVEN and len(ids) > 1
        yield Mention(passage, match.start(), end, kind, how, ids, match[0], title, together=together)


def _stands_alone(text: str, start: int, end: int, kind: str, how: str, title: tuple[int, int] | None) -> bool:
    """Whether signs without spaces are the name, and not a piece of a longer word."""
    if kind == "place":
        return not text.startswith(_NOT_A_PLACE, end)
    if kind != "person" or how == GIVEN:
        return True
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if _is_katakana(text[start]):
        return not _is_katakana(before) and (title is not None or not _is_katakana(after))
    return how == FULL or (not _is_kanji(before) and (title is not None or not _is_kanji(after)))


def _is_kanji(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _is_katakana(character: str) -> bool:
    return "\u30a1" <= character <= "\u30ff"
