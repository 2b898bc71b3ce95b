"""A language → what an edition says to its readers in it: phrases, dates, lists, numbers.

The phrases stand in English in templates and code. Translations are gettext catalogues, templates/locale/LANGUAGE.po,
read as they are; an edition's own templates folder may bring others, which win phrase by phrase. Dates, lists and
numbers go by Unicode's locale data, as Babel has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import tokenize_pattern
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from teipress.errors import UsageError
from teipress.resources import resource

FOLDER = "locale"
ENGLISH = "en"
_LOCALES = {ENGLISH: "en_GB"}  # whose dates begin with the day
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ISO_DATE = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")  # year, month, day
_TIME = re.compile(r"(?<=-\d\d)T\d\d:[\d:.Z+-]*$")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_MARKED = re.compile(r"%(?:%|\((\w+)\)s)?")  # a per cent, a placeholder, or neither
_PLURALS = re.compile(rb"nplurals\s*=\s*0*\d{2}")  # no language has ten, and a parser makes a list of as many


def phrase(message: str) -> str:
    """Marks a phrase that is translated later, where it is shown."""
    return message


def plural(one: str, many: str) -> tuple[str, str]:
    """Marks a phrase with a plural that is translated later; English forms."""
    return one, many


class Phrases:
    """What is said to readers, in one language."""

    def __init__(self, language: str = ENGLISH, own: Path | None = None) -> None:
        """`language` is one of `languages(own)`; `own` the edition's templates folder.

        Raises:
            UsageError: a catalogue of the edition is no catalogue, or its placeholders are not those of the phrase.
        """
        self.language = language
        self._locale = _locale(language)
        self.rtl = self._locale.text_direction == "rtl"
        found = [_shipped(path) for path in _catalogues(resource("templates"), language)]
        found += [_translations(path) for path in _catalogues(own, language)]
        self._translations: NullTranslations = NullTranslations()
        for translations in found:  # the last wins, and what it does not know is asked of those before
            translations.add_fallback(self._translations)
            self._translations = translations

    @property
    def english(self) -> bool:
        """Whether phrases are said as they stand in templates and code; an edition's own en.po may change them."""
        return not isinstance(self._translations, Translations)

    def gettext(self, message: str, **values: Any) -> str:
        """A phrase with its placeholders filled; what no catalogue knows stays English."""
        return _filled(self._translations.gettext(message) if message else "", values)

    def ngettext(self, one: str, many: str, number: int, **values: Any) -> str:
        """A phrase in the form that goes with a number."""
        return _filled(self._translations.ngettext(one, many, number), values)

    def pgettext(self, context: str, message: str, **values: Any) -> str:
        """A phrase that English uses for several things; `context` says for which."""
        return _filled(str(self._translations.pgettext(context, message)), values)

    def npgettext(self, context: str, one: str, many: str, number: int, **values: Any) -> str:
        """A phrase for one of several things in the form that goes with a number."""
        return _filled(str(self._translations.npgettext(context, one, many, number)), values)

    def date(self, value: str) -> str:
        """``1985-07-17`` → ``17 July 1985``, ``17. Juli 1985``, ``1985年7月17日``; what is no ISO date stays as it is.

        The year is printed as it stands, that of antiquity as well; a time of day is not.
        """
        match = ISO_DATE.fullmatch(_TIME.sub("", value))
        month = int(match[2]) if match and match[2] else 1
        if match is None or not 1 <= month <= 12:
            return value
        skeletons = self._locale.datetime_skeletons
        pattern = self._locale.date_formats["long"] if match[3] else skeletons["yMMMM" if match[2] else "y"]
        return "".join(self._field(*token, match=match, month=month) for token in tokenize_pattern(pattern.pattern))

    def _field(self, kind: str, said: Any, match: re.Match[str], month: int) -> str:
        """A piece of a pattern for dates: what stands in it, or what a field (name, length) stands for."""
        if kind != "field":
            return str(said)
        name, length = said
        if name in "ML":
            return str(self._locale.months["format"]["wide"][month]) if length > 2 else str(month)
        day = str(int(match[3] or 0))
        first = day == "1" and self._locale.language == "fr"  # "1er janvier", which the data do not know
        return {"y": match[1], "d": "1er" if first else day}.get(name, "")

    def listed(self, items: Sequence[str]) -> str:
        """``A``, ``A and B``, ``A, B, and C``; ``A, B und C``; ``A、B、C``."""
        # English as the Chicago Manual has it, with a comma before "and"
        return format_list(items, locale=ENGLISH if self.language == ENGLISH else self._locale)

    def joined(self, items: Iterable[str]) -> str:
        """``A, B, C``; ``A、B、C``: one after the other, without an "and"."""
        between: str = self._locale.list_patterns["standard"]["middle"].replace("{0}", "").replace("{1}", "")
        return between.join(items)

    def number(self, value: int) -> str:
        """``1,234``, ``1.234``, ``1 234``."""
        return format_decimal(value, locale=self._locale)


def languages(own: Path | None = None) -> tuple[str, ...]:
    """The languages that an interface can be in: English and those of the catalogues."""
    folders = [root / FOLDER for root in (resource("templates"), own) if root]
    found = {p.stem for folder in folders for p in folder.glob("*.po") if _LANGUAGE.fullmatch(p.stem) and p.is_file()}
    return (ENGLISH, *sorted(found - {ENGLISH}))


def language_for(tag: str, own: Path | None = None) -> str:
    """The language of an interface for a text in some language (BCP 47): that one if there is a catalogue of it."""
    known = languages(own)
    return next((t for t in (tag, tag.split("-")[0].lower()) if t in known), ENGLISH)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):  # a language that Unicode has no data of
        return Locale.parse(_LOCALES[ENGLISH])


def _catalogues(root: Path | None, language: str) -> Iterator[Path]:
    """The catalogues of a templates folder for a language: of German before that of Austria."""
    for name in dict.fromkeys((language.split("-")[0], language)) if root else ():
        if root and (path := root / FOLDER / f"{name}.po").is_file():
            yield path


def _translations(path: Path) -> NullTranslations:
    """A catalogue, ready to ask. What is marked fuzzy counts as not translated."""
    try:
        content = path.read_bytes()
        if _PLURALS.search(content):
            raise ValueError("nplurals is too many")
        catalog = read_po(BytesIO(content), abort_invalid=True)
        for message in catalog:
            _check(path, message.id, message.string, message.lineno or 0)
        compiled = BytesIO()
        write_mo(compiled, _sound(catalog))
        compiled.seek(0)
        return Translations(compiled)
    except PoFileError as error:
        raise UsageError(f"{path}:{error.lineno}: this is no catalogue: {error.args[0]}; mend the line") from None
    except (ValueError, LookupError) as error:  # also a character set that nobody knows
        raise UsageError(f"{path}: this is no catalogue: {error}; save it as UTF-8 in gettext's form") from None


_shipped = cache(_translations)


def _sound(catalog: Catalog) -> Catalog:
    """A catalogue that is written in UTF-8, whatever it was read from, and with its head, which tools leave fuzzy."""
    catalog.charset, catalog.fuzzy = "utf-8", False
    return catalog


def _check(path: Path, message: object, translated: object, line: int) -> None:
    """Raises UsageError unless a translation can be filled with what its phrase is."""
    ids = [message] if isinstance(message, str) else list(message) if isinstance(message, (list, tuple)) else []
    if not any(ids):
        return
    values = {name: "" for text in ids for name in _PLACEHOLDER.findall(str(text))}
    for text in [translated] if isinstance(translated, str) else translated if isinstance(translated, tuple) else ():
        if not all(found[0] == "%%" or found[1] in values for found in _MARKED.finditer(text)):
            names = ", ".join(f"%({name})s" for name in values) or "no placeholders"
            wrong = f'"{text}" has a placeholder that "{ids[0]}" has not'
            raise UsageError(f"{path}:{line}: {wrong}; there may be {names}, and %% for a per cent")


def _filled(text: str, values: dict[str, Any]) -> str:
    return text % values if values else text
