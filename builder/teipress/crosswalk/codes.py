"""What a description says in words → the codes that catalogues want: of languages, dates and titles.

Every function answers with nothing where there is no code: none is guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable

from teipress.languages import BIBLIOGRAPHIC
from teipress.phrases import ISO_DATE

# those of ISO 639-2 that have no two letters
_OTHERS = frozenset(
    "ace ach ada ady afh ain akk ale alt ang anp apa arc arn arp arw ast awa bal ban bas bej bem bho bik bin bla bra "
    "bua bug byn cad car ceb chb chg chk chm chn cho chp chr chy cop crh csb dak dar del den dgr din doi dsb dua dum "
    "dyu efi egy eka elx enm ewo fan fat fil fon frm fro frr frs fur gaa gay gba gez gil gmh goh gon gor got grb grc "
    "gsw gwi hai haw hil hit hmn hsb hup iba ilo inh jbo jpr jrb kaa kab kac kam kaw kbd kha kho kmb kok kos kpe krc "
    "krl kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man mas mdf mdr men mga mic min mnc "
    "mni moh mos mus mwl mwr myv nap nds new nia niu nog non nso nwc nym nyn nyo nzi osa ota pag pal pam pap pau peo "
    "phn pon pro raj rap rar rom rup sad sah sam sas sat scn sco sel sga shn sid sma smj smn sms snk sog srn srr suk "
    "sus sux syc syr tem ter tet tig tiv tkl tlh tli tmh tog tpi tsi tum tvl tyv udm uga umb vai vot wal war was xal "
    "yao yap zap zbl zen zun zza".split()
)
_ARTICLES = {
    "en": "the a an",
    "de": "der die das ein eine",
    "fr": "le la les l' l’ un une",
    "es": "el la los las un una",
    "it": "il lo la i gli le l' l’ un uno una un' un’",
    "pt": "o a os as um uma",
    "nl": "de het een 't ’t",
    "sv": "den det de en ett",
    "da": "den det de en et",
    "hu": "a az",
    "yi": "דער די דאָס דאס אַ אַן",
}
_YEAR = re.compile(r"(?<![\d.-])(\d{4})(?!\d)")
_TIME = re.compile(r"T[\d:.]+(Z|[+-]\d\d:?\d\d)?$")


def language_code(tag: str) -> str:
    """The code of ISO 639-2 (bibliographic) for a language tag (BCP 47)."""
    primary = tag.split("-")[0].lower()
    return BIBLIOGRAPHIC.get(primary, primary if primary in _OTHERS else "")


def language_codes(tags: Iterable[str]) -> tuple[str, ...]:
    """The codes of ISO 639-2 for language tags, each once."""
    return tuple(dict.fromkeys(code for tag in tags if (code := language_code(tag))))


def day(date: str) -> str:
    """A date as year, month and day as far as ISO 8601 states them, without the time; of any other form nothing.

    Nor of a day or a month that no calendar has.
    """
    cut = _TIME.sub("", date)
    return cut if ISO_DATE.fullmatch(cut) and _is_dated(*map(int, cut.lstrip("-").split("-"))) else ""


def _is_dated(year: int, month: int = 1, day: int = 1) -> bool:
    """Whether there is such a day, in a calendar that repeats itself after 400 years."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000 + year % 400, month)[1]


def years(date: str) -> tuple[str, ...]:
    """The years that a date names: one, or the first and the last of a span; of years before Christ none."""
    found = _YEAR.findall(re.sub(r"(?<=\d{4})\s*[-–/]\s*(?=\d{4}(?!\d))", " ", day(date)[:4] or date))
    return tuple(found) if len(found) < 3 else ()


def year(date: str) -> str:
    """The one year that a date names, if it names one alone."""
    found = years(date)
    return found[0] if len(found) == 1 else ""


def latest(dates: Iterable[str]) -> str:
    """The latest of the dates that state a whole day; empty if none does."""
    return max((found for date in dates if len(found := day(date)) == len("2000-01-01")), default="")


def nonfiling(title: str, language: str) -> int:
    """How many characters of a title a catalogue does not file by: an article in its language, and the space behind."""
    word, space, _ = title.partition(" ")
    articles = _ARTICLES.get(language.split("-")[0].lower(), "").split()
    if space and word.lower() in articles:
        return len(word) + 1
    return next((len(a) for a in articles if a.endswith(("'", "’")) and title.lower().startswith(a)), 0)
