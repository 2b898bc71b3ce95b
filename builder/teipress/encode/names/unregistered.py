"""The names of persons who are in no register → one record for each person, and entries for a register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from teipress.encode.names.register import Register
from teipress.encode.names.strangers import Stranger
from teipress.encode.names.words import fold, transliterated
from teipress.encode.transcription import Transcription


@dataclass(slots=True)
class Unregistered:
    """A person in no register: the identifier that an entry could have, and the lines (from 1) of the mentions.

    `first` is the first mention that has the most of the name.
    """

    id: str
    first: Stranger
    occupation: str = ""
    lines: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name in its own order."""
        return self.first.name


def collect(found: Sequence[Stranger], register: Register, transcription: Transcription) -> tuple[Unregistered, ...]:
    """Put the mentions of one person together; a surname alone belongs to the only one who has it."""
    people: dict[str, list[Unregistered]] = {}
    taken = set(register.entries) | set(register.agents)
    for stranger in sorted(found, key=lambda s: (not s.forename, _offset(s))):
        bearers = people.setdefault(fold(stranger.surname), [])
        same = [p for p in bearers if not stranger.forename or fold(p.first.forename) == fold(stranger.forename)]
        if len(same) != 1:
            same = [Unregistered(_identifier(stranger, taken), stranger)]
            bearers.extend(same)
        same[0].occupation = same[0].occupation or stranger.occupation
        same[0].lines.append(transcription.line_of(_offset(stranger)))
    for person in (everybody := [p for bearers in people.values() for p in bearers]):
        person.lines.sort()
    return tuple(sorted(everybody, key=lambda p: p.lines[0]))


def _offset(stranger: Stranger) -> int:
    return stranger.mention.passage.flow.offsets[stranger.mention.start]


def _identifier(stranger: Stranger, taken: set[str]) -> str:
    """An xml:id that nobody has: "smith-john", "smith-john-2"."""
    parts = [transliterated(p) for p in re.split(r"[\s.]+", f"{stranger.surname} {stranger.forename}") if p]
    base = "-".join(filter(None, parts)) or "person"
    number, identifier = 1, base
    while identifier in taken:
        number += 1
        identifier = f"{base}-{number}"
    taken.add(identifier)
    return identifier


def entries(unregistered: Sequence[Unregistered]) -> str:
    """Entries of a register, ready to paste into a `listPerson`, one for each person."""
    return "".join(_entry(person) for person in unregistered)


def _entry(person: Unregistered) -> str:
    lines = ", ".join(map(str, dict.fromkeys(person.lines)))
    times = f"{len(person.lines)} mention{'s' if len(person.lines) > 1 else ''}"
    forename = f"<forename>{escape(person.first.forename)}</forename>" if person.first.forename else ""
    parts = [forename, f"<surname>{escape(person.first.surname)}</surname>"]
    name = " ".join(filter(None, reversed(parts) if person.first.family_first else parts))
    occupation = f"\n  <occupation>{escape(person.occupation)}</occupation>" if person.occupation else ""
    return (
        f'<person xml:id="{person.id}">\n  <!-- {times}: line {lines} -->\n'
        f'  <persName type="main">{name}</persName>{occupation}\n'
        "</person>\n"
    )
