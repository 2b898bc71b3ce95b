"""Datatype libraries: the built-in one (RELAX NG specification, 6.2.10) and XML Schema Part 2.

A datatype says whether it allows a string, and what value it stands for, so that two spellings of one value are
equal. Facets are given as the schema writes them; one that is wrong raises `DatatypeError`.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeAlias

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

Context: TypeAlias = Callable[[str], str | None]
Param: TypeAlias = tuple[str, str]


class DatatypeError(ValueError):
    """A datatype or a facet that there is not."""


_SPACES = re.compile("[ \t\r\n]+")
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_REST = _START + "\\-.0-9\xb7\u0300-\u036f\u203f\u2040"
_NCNAME = f"[{_START}][{_REST}]*"
_NAME = f"[:{_START}][:{_REST}]*"
_NMTOKEN = f"[:{_REST}]+"
_LANGUAGE = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*"
_DECIMAL = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_INTEGER = r"[+-]?[0-9]+"
_FLOAT = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|INF|-INF|NaN"
_DURATION = r"(-)?P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
_YEAR, _MONTH, _DAY = r"(?P<y>-?(?:[1-9]\d{4,}|\d{4}))", r"(?P<m>\d\d)", r"(?P<d>\d\d)"
_TIME = r"(?P<h>\d\d):(?P<n>\d\d):(?P<s>\d\d(?:\.\d+)?)"
_MOMENTS = {
    name: pattern + r"(?P<z>Z|[+-]\d\d:\d\d)?"
    for name, pattern in {
        "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}",
        "date": f"{_YEAR}-{_MONTH}-{_DAY}",
        "time": _TIME,
        "gYearMonth": f"{_YEAR}-{_MONTH}",
        "gYear": _YEAR,
        "gMonthDay": f"--{_MONTH}-{_DAY}",
        "gDay": f"---{_DAY}",
        "gMonth": f"--{_MONTH}",
    }.items()
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern ready for use, made when it is first asked for: those of names take milliseconds."""
    return re.compile(pattern, re.ASCII)


def _whole(pattern: str, text: str) -> re.Match[str] | None:
    """The match of a whole string."""
    return _compiled(pattern).fullmatch(text)


def collapse(text: str) -> str:
    """White space folded to single spaces, none at the ends."""
    return _SPACES.sub(" ", text).strip(" ")


def is_ncname(text: str) -> bool:
    """Whether a string is a name without a colon.

    As in the editions of XML 1.0 that the datatypes refer to, and unlike its fifth, no combining mark begins a name.
    """
    return _whole(_NCNAME, text) is not None and unicodedata.category(text[0])[0] != "M"


def _text(text: str, context: Context) -> Hashable:
    return text


def _ncname(text: str, context: Context) -> Hashable:
    return text if is_ncname(text) else None


def _fullmatch(pattern: str) -> Callable[[str, Context], Hashable]:
    return lambda text, context: text if _whole(pattern, text) else None


def _boolean(text: str, context: Context) -> Hashable:
    return {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text)


def _decimal(text: str, context: Context) -> Hashable:
    return Decimal(text) if _whole(_DECIMAL, text) else None


def _integer(low: int | None, high: int | None) -> Callable[[str, Context], Hashable]:
    def value(text: str, context: Context) -> Hashable:
        if not _whole(_INTEGER, text):
            return None
        number = Decimal(text)
        return number if (low is None or low <= number) and (high is None or number <= high) else None

    return value


def _float(text: str, context: Context) -> Hashable:
    if not _whole(_FLOAT, text):
        return None
    return "NaN" if text == "NaN" else float(text)


def _qname(text: str, context: Context) -> Hashable:
    prefix, colon, name = text.rpartition(":")
    if not is_ncname(name) or (colon and not is_ncname(prefix)):
        return None
    namespace = context(prefix)
    return None if namespace is None and prefix else (namespace or "", name)


def _tokens(is_token: Callable[[str], object]) -> Callable[[str, Context], Hashable]:
    def value(text: str, context: Context) -> Hashable:
        parts = text.split(" ")
        return tuple(parts) if all(map(is_token, parts)) else None

    return value


def _duration(text: str, context: Context) -> Hashable:
    found = _whole(_DURATION, text)
    if found is None or not any(found.groups()[1:]):
        return None
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes = (int(found[i] or 0) for i in range(2, 7))
    seconds = Decimal(found[7] or 0) + 60 * (minutes + 60 * (hours + 24 * days))
    return sign * (12 * years + months), sign * seconds


def _moment(kind: str) -> Callable[[str, Context], Hashable]:
    pattern = _MOMENTS[kind]

    def value(text: str, context: Context) -> Hashable:
        found = _whole(pattern, text)
        return None if found is None else _point(found.groupdict())

    return value


def _point(parts: dict[str, Any]) -> Hashable:
    """A moment as numbers that compare, in UTC where it says a zone; None if there is no such one."""
    year, month, day = (int(parts.get(k) or default) for k, default in (("y", 1972), ("m", 1), ("d", 1)))
    if parts.get("y") and year == 0:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year if 1 <= year <= 9999 else 1972 + year % 400, month)[1]:
        return None
    hour, minute, second = int(parts.get("h") or 0), int(parts.get("n") or 0), Decimal(parts.get("s") or 0)
    if hour > 24 or minute > 59 or second >= 60 or (hour == 24 and (minute or second)):
        return None
    zone = parts.get("z")
    if zone is None:
        shift = 0
    elif (shift := _minutes(zone)) is None:  # type: ignore[assignment]
        return None
    return year, month, day, ((hour * 60 + minute - shift) * 60 + second), zone is not None


def _minutes(zone: str) -> int | None:
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _hex(text: str, context: Context) -> Hashable:
    return text.lower() if re.fullmatch("([0-9A-Fa-f]{2})*", text) else None


def _base64(text: str, context: Context) -> Hashable:
    try:
        return base64.b64decode(text.replace(" ", ""), validate=True)
    except (binascii.Error, ValueError):
        return None


def _uri(text: str, context: Context) -> Hashable:
    """What XSD 1.0 asks of anyURI after escaping: a scheme that is one, whole percent escapes, one fragment at most."""
    if text.count("#") > 1 or re.search("%(?![0-9A-Fa-f]{2})", text):
        return None
    scheme = re.match("[^:/?#]*:", text)
    return text if scheme is None or re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:.", text, re.DOTALL) else None


_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
_READERS: dict[str, Callable[[str, Context], Hashable]] = {
    "string": _text,
    "normalizedString": _text,
    "token": _text,
    "language": _fullmatch(_LANGUAGE),
    "Name": _fullmatch(_NAME),
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), _ncname),
    "NMTOKEN": _fullmatch(_NMTOKEN),
    "NMTOKENS": _tokens(lambda token: _whole(_NMTOKEN, token)),
    **{name: _tokens(is_ncname) for name in ("IDREFS", "ENTITIES")},
    "QName": _qname,
    "NOTATION": _qname,
    "boolean": _boolean,
    "decimal": _decimal,
    "float": _float,
    "double": _float,
    "integer": _integer(None, None),
    "nonPositiveInteger": _integer(None, 0),
    "negativeInteger": _integer(None, -1),
    "nonNegativeInteger": _integer(0, None),
    "positiveInteger": _integer(1, None),
    **{name: _integer(-(2 ** (n - 1)), 2 ** (n - 1) - 1) for name, n in _BITS.items()},
    **{f"unsigned{name.capitalize()}": _integer(0, 2**n - 1) for name, n in _BITS.items()},
    "duration": _duration,
    **{name: _moment(name) for name in _MOMENTS},
    "hexBinary": _hex,
    "base64Binary": _base64,
    "anyURI": _uri,
}
_SPACE: dict[str, Callable[[str], str]] = {
    "string": str,
    "normalizedString": lambda text: re.sub("[\t\r\n]", " ", text),
}
_LISTS = frozenset({"NMTOKENS", "IDREFS", "ENTITIES"})
_ORDERED = frozenset({"float", "double", "duration", "decimal", *_MOMENTS}) | {
    name for name in _READERS if "nteger" in name or name in _BITS or name.startswith("unsigned")
}
_DIGITS = frozenset({"decimal"}) | {n for n in _READERS if "nteger" in n or n in _BITS or n.startswith("unsigned")}
_FACETS = frozenset(
    "length minLength maxLength pattern minInclusive maxInclusive minExclusive maxExclusive totalDigits "
    "fractionDigits".split()
)


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype with its facets.

    `reads` turns a string whose white space is settled into a value, None if it is none; `tests` are the facets.
    """

    name: str
    library: str
    space: Callable[[str], str]
    reads: Callable[[str, Context], Hashable]
    tests: tuple[Callable[[str, Any], bool], ...] = ()
    params: tuple[Param, ...] = ()

    def value(self, text: str, context: Context) -> Hashable:
        """The value that a string stands for; None if the type does not allow it."""
        settled = self.space(text)
        value = self.reads(settled, context)
        return value if value is not None and all(test(settled, value) for test in self.tests) else None

    def allows(self, text: str, context: Context) -> bool:
        """Whether the type allows a string."""
        return self.value(text, context) is not None

    @property
    def id_type(self) -> str:
        """ID, IDREF or IDREFS for the types that tie a document together, else an empty string."""
        return self.name if self.library == XSD and self.name in ("ID", "IDREF", "IDREFS") else ""


@lru_cache(maxsize=4096)
def datatype(library: str, name: str, params: tuple[Param, ...] = ()) -> Datatype:
    """The datatype of a library with some facets.

    Raises:
        DatatypeError: there is no such library, type or facet, or a facet has a value that it cannot have.
    """
    if not library:
        if name not in ("string", "token"):
            raise DatatypeError(f'the built-in library has no type "{name}", only string and token')
        if params:
            raise DatatypeError(f'the built-in type "{name}" takes no parameters')
        return Datatype(name, library, str if name == "string" else collapse, _text)
    if library != XSD:
        raise DatatypeError(f'the datatype library "{library}" is not known; {XSD} is')
    if name not in _READERS:
        raise DatatypeError(f'XML Schema has no type "{name}"')
    space = _SPACE.get(name, collapse)
    patterns = [value for key, value in params if key == "pattern"]
    tests = [_test(name, key, value) for key, value in params if key != "pattern"]
    tests += [_pattern(value) for value in patterns]
    return Datatype(name, library, space, _READERS[name], tuple(tests), params)


def _test(name: str, facet: str, given: str) -> Callable[[str, Any], bool]:
    if facet not in _FACETS:
        raise DatatypeError(f'"{facet}" is no facet that RELAX NG takes')
    if facet.endswith(("clusive",)):
        return _bound(name, facet, given)
    if not re.fullmatch("[0-9]+", given.strip()):
        raise DatatypeError(f'the facet "{facet}" needs a number, not "{given}"')
    number = int(given)
    if facet.endswith("Digits"):
        if name not in _DIGITS or (facet == "totalDigits" and number == 0):
            raise DatatypeError(f'the type "{name}" does not take {facet} = {given}')
        return _digits(facet, number)
    if name in _ORDERED or name == "boolean":
        raise DatatypeError(f'the type "{name}" has no length')
    return {
        "length": lambda text, value: _length(name, text, value) == number,
        "minLength": lambda text, value: _length(name, text, value) >= number,
        "maxLength": lambda text, value: _length(name, text, value) <= number,
    }[facet]


def _length(name: str, text: str, value: Any) -> int:
    if name == "hexBinary":
        return len(text) // 2
    return len(value) if name in _LISTS or name == "base64Binary" else len(text)


def _digits(facet: str, number: int) -> Callable[[str, Any], bool]:
    def total(text: str, value: Decimal) -> bool:
        _, digits, power = value.normalize().as_tuple()
        return max(len(digits) + max(int(power), 0), -int(power)) <= number

    def fraction(text: str, value: Decimal) -> bool:
        return -int(value.normalize().as_tuple().exponent) <= number

    return total if facet == "totalDigits" else fraction


def _bound(name: str, facet: str, given: str) -> Callable[[str, Any], bool]:
    if name not in _ORDERED:
        raise DatatypeError(f'the type "{name}" has no order, so no {facet}')
    limit: Any = _READERS[name](collapse(given), lambda prefix: None)
    if limit is None:
        raise DatatypeError(f'"{given}" is no {name}, so it cannot be its {facet}')
    compare: dict[str, Callable[[Any], bool]] = {
        "minInclusive": lambda value: value >= limit,
        "maxInclusive": lambda value: value <= limit,
        "minExclusive": lambda value: value > limit,
        "maxExclusive": lambda value: value < limit,
    }
    test = compare[facet]
    return lambda text, value: type(value) is type(limit) and test(value)


def _pattern(given: str) -> Callable[[str, Any], bool]:
    expression = expression_of(given)
    return lambda text, value: expression.match(text) is not None


translated: dict[str, str] = {}  # XSD's regular expressions in Python's; the cache of compiled grammars brings some


@lru_cache(maxsize=4096)
def expression_of(pattern: str) -> re.Pattern[str]:
    """An XSD regular expression (XML Schema Part 2, appendix F) ready for use; `elementpath` knows the language.

    Raises:
        DatatypeError: it is none.
    """
    if pattern not in translated:
        from elementpath.regex import RegexError, translate_pattern  # slow to load

        try:
            translated[pattern] = translate_pattern(
                pattern, xsd_version="1.0", back_references=False, lazy_quantifiers=False, anchors=False
            )
        except RegexError as error:
            raise DatatypeError(f'"{pattern}" is no regular expression of XML Schema: {error}') from None
    try:
        return re.compile(translated[pattern], re.ASCII)  # ASCII: of \s and \S, XSD means four characters of space
    except re.error as error:
        raise DatatypeError(f'"{pattern}" is no regular expression of XML Schema: {error}') from None
