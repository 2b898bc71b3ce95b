"""The text of a block → dates with their calendar form: days and months, in the languages of the project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from teipress.encode.nodes import Flow, Span
from teipress.encode.structure.labels import number

_RULE = "dates"

_NAMES = (
    "January|Jan February|Feb March|Mar April|Apr May June|Jun July|Jul August|Aug September|Sept|Sep October|Oct"
    " November|Nov December|Dec",
    "Januar|Jänner|Jan Februar|Feb März|Mrz April|Apr Mai Juni|Jun Juli|Jul August|Aug September|Sept|Sep Oktober|Okt"
    " November|Nov Dezember|Dez",
    "janvier|janv février|févr mars avril|avr mai juin juillet|juil août septembre|sept octobre|oct novembre|nov"
    " décembre|déc",
    "января|январь|январе февраля|февраль|феврале марта|март|марте апреля|апрель|апреле мая|май|мае июня|июнь|июне"
    " июля|июль|июле августа|август|августе сентября|сентябрь|сентябре октября|октябрь|октябре ноября|ноябрь|ноябре"
    " декабря|декабрь|декабре",
)
_MONTHS = {
    form: month
    for names in _NAMES
    for month, forms in enumerate(names.split(), 1)
    for name in forms.split("|")
    for form in (name, name.capitalize(), name.upper())
}
_SHORT = 4  # letters of an abbreviation, which may have a full stop; that after a whole name ends a sentence
_ERAS = {"明治": (1868, 45), "大正": (1912, 15), "昭和": (1926, 64), "平成": (1989, 31), "令和": (2019, 99)}
_GREGORIAN = 1873  # the first year of the Gregorian calendar in Japan: an earlier month is not one of ours

_FORMS = "|".join(f"{m}\\.?" if len(m) <= _SHORT else m for m in sorted(_MONTHS, key=lambda name: (-len(name), name)))
_MONTH = rf"(?P<month>{_FORMS})(?!\w)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?P<year>1\d{3}|20\d\d)(?![\w]|[,.]\d)"
_KANJI = "[元一二三四五六七八九十]"
_NUMERAL = rf"(?:\d{{1,2}}|{_KANJI}{{1,3}})"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.,/–-]){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"(?<!\w){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"(?<!\w){_MONTH},?\s+{_YEAR}",
        r"(?<![\w.,/-])(?P<year>1\d{3}|20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])",
        r"(?<![\w.,/-])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>1\d{3}|20\d\d)(?![\w.-]\w)",
        rf"(?<!\d)(?P<year>\d{{4}})\s?年\s?(?P<month>{_NUMERAL})\s?月(?:\s?(?P<day>{_NUMERAL})\s?日)?",
        rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<year>{_NUMERAL})\s?年\s?(?P<month>{_NUMERAL})\s?月"
        rf"(?:\s?(?P<day>{_NUMERAL})\s?日)?",
    )
)


def dates(flow: Flow) -> Iterator[Span]:
    """Full dates and months with their year; never a day that no calendar has, nor a year by itself.

    A docDate has its date already.
    """
    if flow.node.name == "docDate":  # says its date itself
        return
    taken: set[int] = set()  # also by what is no date: "31 June 1985" has no June 1985 in it
    for found in (m for pattern in _PATTERNS for m in pattern.finditer(flow.text)):
        when = _when(found)
        if when and taken.isdisjoint(range(*found.span())):
            yield Span(*flow.range(*found.span()), "date", (("when", when),), by=_RULE, cert="high")
        taken.update(range(*found.span()))


def with_dates(spans: Iterable[Span], found: Iterable[Span]) -> list[Span]:
    """The spans and the dates that were found; the one on a title page becomes the whole date, day and month too."""
    kept, dated = list(spans), list(found)
    for titled in [s for s in kept if s.name == "docDate"]:
        whole = next((s for s in dated if s.start < titled.end and titled.start < s.end), None)
        if whole:
            dated.remove(whole)
            kept.remove(titled)
            start, end = min(whole.start, titled.start), max(whole.end, titled.end)
            kept.append(replace(titled, start=start, end=end, attributes=whole.attributes))
    return kept + dated


def _when(found: re.Match[str]) -> str:
    """The calendar form (XML Schema ``date`` or ``gYearMonth``), or nothing if there is no such day."""
    parts = found.groupdict()
    year = _era(parts["era"], _count(parts["year"])) if "era" in parts else _count(parts["year"])
    month = _MONTHS.get(parts["month"].rstrip(".")) or _count(parts["month"])
    day = _count(parts["day"]) if parts.get("day") else 0
    try:
        full = date(year, month, day or 1).isoformat()
    except ValueError:
        return ""
    return full if day else full[:7]


def _count(numeral: str) -> int:
    return 1 if numeral == "元" else number(numeral)


def _era(era: str, year: int) -> int:
    """The year of an era → that of our calendar; 0 if the era was shorter or its months are of another calendar."""
    first, years = _ERAS[era]
    found = first + year - 1
    return found if 0 < year <= years and found >= _GREGORIAN else 0
