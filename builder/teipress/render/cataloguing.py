"""The description of an edition → what the package of its EPUB tells a catalogue (EPUB 3.3, 5.5).

The same facts as in the records of a deposit, from the same place: people with their roles and the form of their names
that lists are sorted by, the numbers of this publication, the series that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teipress.crosswalk.facts import AUTHORS, address, people
from teipress.edition import Agent, Description

_OF_WHOLE = ("ISBN", "ISBN epub", "DOI", "HANDLE", "ARK", "URN")  # numbers of this publication, not of another form
_POSITION = re.compile(r"\d+(\.\d+)*")  # what reading systems sort the volumes of a series by


@dataclass(frozen=True, slots=True)
class Person:
    """Who made the work (`created`) or contributed: roles are relator codes of MARC."""

    agent: Agent
    roles: tuple[str, ...]
    created: bool


@dataclass(frozen=True, slots=True)
class Series:
    """A series; `position` is "" where the volume is no number."""

    title: str
    position: str


def everybody(description: Description) -> list[Person]:
    """Those who made the work, then all others, each once."""
    found = [Person(agent, roles, bool(AUTHORS & {*roles})) for agent, roles in people(description).items()]
    return sorted(found, key=lambda person: not person.created)


def named(description: Description, element: str) -> list[str]:
    """Those whom the title statement names as its authors ("author") or its editors, as running text has them."""
    return list(dict.fromkeys(agent.plain for agent in description.agents if agent.stated == element))


def numbers(description: Description) -> list[str]:
    """The numbers by which the publication is known besides its URN, as addresses and URNs."""
    return list(dict.fromkeys(_numbers(description)))


def _numbers(description: Description) -> Iterator[str]:
    for kind, value in description.numbers:
        if kind in _OF_WHOLE and (number := address(kind, value)) != description.identifier:
            yield number


def series(description: Description) -> Series | None:
    """The series that the publication appears in."""
    position = description.volume if _POSITION.fullmatch(description.volume) else ""
    return Series(description.series, position) if description.series else None
