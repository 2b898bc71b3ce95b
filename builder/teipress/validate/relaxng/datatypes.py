"""Datatype libraries: the built-in one (RELAX NG specification, 6.2.10) and XML Schema Part 2.

A datatype says whether it allows a string, and what value it stands for, so that two spellings of one value are
equal. Facets are given as the schema writes them; one that is wrong raises `DatatypeError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from teipress.validate.relaxng.values import BITS, MOMENTS, READERS, Context, as_it_is, collapse

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

Param: TypeAlias = tuple[str, str]


class DatatypeError(ValueError):
    """A datatype or a facet that there is not."""


_SPACE: dict[str, Callable[[str], str]] = {
    "string": str,
    "normalizedString": lambda text: re.sub("[\t\r\n]", " ", text),
}
_LISTS = frozenset({"NMTOKENS", "IDREFS", "ENTITIES"})
_ORDERED = frozenset({"float", "double", "duration", "decimal", *MOMENTS}) | {
    name for name in READERS if "nteger" in name or name in BITS or name.startswith("unsigned")
}
_DIGITS = frozenset({"decimal"}) | {n for n in READERS if "nteger" in n or n in BITS or n.startswith("unsigned")}
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
        return Datatype(name, library, str if name == "string" else collapse, as_it_is)
    if library != XSD:
        raise DatatypeError(f'the datatype library "{library}" is not known; {XSD} is')
    if name not in READERS:
        raise DatatypeError(f'XML Schema has no type "{name}"')
    space = _SPACE.get(name, collapse)
    patterns = [value for key, value in params if key == "pattern"]
    tests = [_test(name, key, value) for key, value in params if key != "pattern"]
    tests += [_pattern(value) for value in patterns]
    return Datatype(name, library, space, READERS[name], tuple(tests), params)


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
    limit: Any = READERS[name](collapse(given), lambda prefix: None)
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
