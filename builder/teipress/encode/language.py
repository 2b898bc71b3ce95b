"""The characters of a transcription → the language that most of it is in, where the profile does not say."""

from __future__ import annotations

import re
from collections import Counter

NAMES = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "la": "Latin",
    "ru": "Russian",
    "uk": "Ukrainian",
    "zh": "Chinese",
    "und": "Undetermined",
}

JOINING = frozenset(
    "a an and as at by for from in into is of on or than that the their to was were which who will with would "
    "der die das des dem den ein eine einer im in mit nach oder und von zu zum zur "
    "de des du et la le les par pour que qui un une в и к на не о от по с что".split()
)  # words that no sentence ends with
_COMMON = {
    "de": "der die das und nicht mit von den dem ist ein eine wird auf",
    "en": "the and of to in that is was for with by not which",
    "es": "el los las que del por una con para es",
    "fr": "le les des que et dans une pour est sur qui du",
    "it": "il gli che della di per una con sono nel",
}
_WORDS = {word: tag for tag, words in _COMMON.items() for word in words.split()}
_KANA, _HAN = re.compile("[\u3040-\u30ff]"), re.compile("[\u4e00-\u9fff]")
_HANGUL, _CYRILLIC = re.compile("[\uac00-\ud7af]"), re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")


def language(text: str) -> str:
    """A language tag by the script and the commonest words; ``und`` where nothing decides."""
    counts = {
        name: len(p.findall(text)) for name, p in (("ja", _KANA), ("zh", _HAN), ("ko", _HANGUL), ("ru", _CYRILLIC))
    }
    latin = len(_LATIN.findall(text))
    if counts["ja"] + counts["zh"] > latin / 3:
        return "ja" if counts["ja"] > counts["zh"] / 20 else "zh"
    if counts["ko"] > latin / 3:
        return "ko"
    if counts["ru"] > latin:
        return "uk" if len(re.findall("[іїєґ]", text)) > counts["ru"] / 50 else "ru"
    found = Counter(_WORDS[word] for word in re.findall(r"[^\W\d_]+", text.lower()) if word in _WORDS)
    return found.most_common(1)[0][0] if found and found.most_common(1)[0][1] > 2 else "und"


def named(tag: str) -> str:
    """What a language tag means, in English, for `langUsage`."""
    name = NAMES.get(tag.split("-")[0], tag)
    return f"{name}, romanised" if tag.endswith("-Latn") else name
