"""A transcription and its profile → TEI with every word of it, and what the editor should know.

The way: `transcription` (characters) → `structure` (blocks, pages, divisions) → `inline`, `released` and `names` (spans
in their text) → `tree` (elements) and `header`. `draft` knows the order. `transcript` goes the way back, and `encode`
refuses to return anything that does not give all words back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from teipress import tei
from teipress.encode.draft import Draft
from teipress.encode.losses import check_nothing_lost
from teipress.encode.names.recognition import unknown_ids
from teipress.encode.names.register import Register, load_register
from teipress.encode.profile import NOTHING_KNOWN, Profile, check_profile
from teipress.encode.transcription import Transcription
from teipress.errors import UsageError
from teipress.findings import Finding, did_you_mean, finding
from teipress.tei import Element

_COUNTED = {
    "pages": ("pb",),
    "divisions": ("div",),
    "paragraphs": ("p",),
    "gaps": ("gap",),
    "stamps": ("stamp",),
    "notes": ("note",),
    "names": ("persName", "placeName", "orgName", "rs"),
}


@dataclass
class Encoded:
    """A TEI document, what to tell the editor, and register entries for names that no register has."""

    root: Element
    findings: list[Finding] = field(default_factory=list)
    entries: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How much of what there is, by its name in the plural."""
        return {word: sum(1 for _ in tei.elements(self.root, *names)) for word, names in _COUNTED.items()}


def encode(source: Transcription, profile: Profile = NOTHING_KNOWN) -> Encoded:
    """Encode a transcription.

    Raises:
        UsageError: the profile or a register does not fit.
        Stopped: words would have been lost; this is a fault of the encoder and says where.
    """
    check_profile(profile, source)
    profile = profile if profile.id else replace(profile, id="transcription")
    register = load_register(profile.registers)
    _check_pointers(profile, register)
    draft = Draft(source, profile, register)
    draft.structure()
    draft.text()
    root = draft.document()
    check_nothing_lost(source, root)
    return Encoded(root, [*_outdated(source, profile), *draft.findings], draft.entries)


def _check_pointers(profile: Profile, register: Register) -> None:
    """Refuse a profile that points to what no register has.

    Raises:
        UsageError: it names such a person or authority.
    """
    known = {*register.entries, *register.agents}
    for unknown in unknown_ids(profile, register):
        hint = did_you_mean(unknown, known) or "name a register that has the entry, or add it"
        raise UsageError(f'{profile.path}: [names] points to "{unknown}", which no register has; {hint}')
    if profile.id in known:
        raise UsageError(
            f'{profile.path or "id"}: "{profile.id}" is the name of an entry in a register; choose another id'
        )
    if profile.authority and profile.authority not in known:
        hint = did_you_mean(profile.authority, known) or "name a register that has the entry, or leave it out"
        raise UsageError(f'{profile.path}: authority = "{profile.authority}" stands in no register; {hint}')


def _outdated(source: Transcription, profile: Profile) -> Iterator[Finding]:
    """Whether the profile was made for other bytes than these."""
    if profile.sha256 and profile.sha256 != source.sha256:
        message = f"the profile was made for another state of {source.name}, and its lines may be others now"
        yield finding("D006", message, str(profile.path), 0, f'look at its lines, then say sha256 = "{source.sha256}"')
