"""An International Standard Book Number (ISO 2108) → its thirteen digits, its parts, and whether it is one."""

from __future__ import annotations

import re

from teipress import tei
from teipress.tei import Element


def isbns(header: Element | None) -> list[Element]:
    """The elements of a header that hold an ISBN of what is published: ``idno`` of that type."""
    publication = None if header is None else tei.child(header, "fileDesc", "publicationStmt")
    found = () if publication is None else tei.elements(publication, "idno")
    return [e for e in found if e.get("type", "").lower().startswith("isbn")]


def written(number: str) -> str:
    """An ISBN as it is printed: without the word, hyphens as they stand."""
    return re.sub(r"^\s*(?:urn:)?isbn(?:-1[03])?:?\s*", "", number, flags=re.IGNORECASE).strip()


def digits(number: str) -> str:
    """The digits of an ISBN; the last of ten may be X."""
    return re.sub(r"[\s\u00ad\u2010-\u2015-]", "", written(number)).upper()


def is_valid(number: str) -> bool:
    """Whether a number has the shape of an ISBN and its check digit is right."""
    found = digits(number)
    if not re.fullmatch(r"\d{9}[\dX]|97[89]\d{10}", found):
        return False
    return found[-1] == (_check_ten(found[:9]) if len(found) == 10 else check_digit(found[:12]))


def ean(number: str) -> str:
    """The thirteen digits of a valid ISBN; one of ten digits is part of the product numbers that begin with 978."""
    found = digits(number)
    return found if len(found) == 13 else f"978{found[:9]}{check_digit(f'978{found[:9]}')}"


def check_digit(first: str) -> str:
    """The last digit of a product number: the sum of the others, every second times three, to the next ten."""
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(first))
    return str(-total % 10)


def _check_ten(first: str) -> str:
    rest = -sum(int(digit) * (10 - index) for index, digit in enumerate(first)) % 11
    return "X" if rest == 10 else str(rest)
