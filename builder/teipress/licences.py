"""The address of a licence → what it is: one that lets a text be passed on, which one of Creative Commons."""

from __future__ import annotations

import re
from typing import NamedTuple

_PUBLIC = re.compile(  # whoever has a copy under one of these may pass it on
    r"https?://(?:www\.)?(?:creativecommons\.org/(?:licenses|publicdomain)|opendatacommons\.org/licenses"
    r"|gnu\.org/(?:licenses|copyleft)|opensource\.org/licenses?|etalab\.gouv\.fr)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"https?://(?:www\.)?rightsstatements\.org/vocab/", re.IGNORECASE)
_CC = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-nd|-sa)?)|publicdomain/(zero|mark))/(\d\.\d)"
    r"(?:/([a-z]{2}))?(?:/|$)"
)


class Licence(NamedTuple):
    """A Creative Commons licence: its short name, its SPDX identifier and its address."""

    name: str
    spdx: str
    url: str


def is_public(address: str) -> bool:
    """Whether an address is that of a licence under which anybody may pass a text on."""
    return _PUBLIC.match(address) is not None


def says_terms(address: str) -> bool:
    """Whether an address says under which terms a text may be used, wherever it stands."""
    return is_public(address) or _STATEMENT.match(address) is not None


def creative_commons(url: str) -> Licence | None:
    """Which Creative Commons licence an address is that of; None for any other address."""
    found = _CC.match(url)
    if found is None:
        return None
    terms, public, version, country = found.groups()
    ported = f" {country.upper()}" if country else ""
    address = found[0].rstrip("/") + "/"
    if terms:
        spdx = f"CC-{terms.upper()}-{version}" + (f"-{country.upper()}" if country else "")
        return Licence(f"CC {terms.upper()} {version}{ported}", "" if country else spdx, address)
    name = {"zero": ("CC0 ", "CC0-"), "mark": ("Public Domain Mark ", "CC-PDM-")}[public]
    return Licence(name[0] + version, name[1] + version, address)
