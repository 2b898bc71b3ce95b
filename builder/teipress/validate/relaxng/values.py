"""A string → the value that it stands for, by the types of XML Schema Part 2; None if it stands for none."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Hashable
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

Context: TypeAlias = Callable[[str], str | None]  # prefix → namespace, for names with a prefix

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
MOMENTS = {
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


def as_it_is(text: str, context: Context) -> Hashable:
    """The value of a string: itself."""
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
    pattern = MOMENTS[kind]

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


BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
READERS: dict[str, Callable[[str, Context], Hashable]] = {
    "string": as_it_is,
    "normalizedString": as_it_is,
    "token": as_it_is,
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
    **{name: _integer(-(2 ** (n - 1)), 2 ** (n - 1) - 1) for name, n in BITS.items()},
    **{f"unsigned{name.capitalize()}": _integer(0, 2**n - 1) for name, n in BITS.items()},
    "duration": _duration,
    **{name: _moment(name) for name in MOMENTS},
    "hexBinary": _hex,
    "base64Binary": _base64,
    "anyURI": _uri,
}
