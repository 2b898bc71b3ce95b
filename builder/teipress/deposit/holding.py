"""The nouns of a deposit: what every kind of package is made of. Read this first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath

from teipress.edition import Description


class Role(StrEnum):
    """What a file is in a deposit."""

    DEPOSITED = "deposited"  # the TEI, byte for byte as its editors keep it
    PUBLISHED = "published"  # the TEI of one document as the audience may see it
    SCHEMA = "schema"
    EPUB = "epub"
    PDF = "pdf"
    SITE = "site"
    SETTINGS = "settings"  # edition.toml, templates: what one needs to build it again
    REPORT = "report"
    METADATA = "metadata"
    README = "readme"


@dataclass(frozen=True, slots=True)
class Holding:
    """A file of a deposit: its path in it, and where its bytes are now. Sums are hexadecimal, the size is in bytes.

    `document` is the slug of the one that it belongs to, "" if to all.
    """

    path: PurePosixPath
    role: Role
    media_type: str
    data: Path
    size: int
    sha256: str
    sha512: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to the files (PREMIS 3, event).

    `kind` is a term of the Library of Congress's event types ("creation", "validation", "message digest calculation");
    `agent` is the program that did it, with its version.
    """

    kind: str
    agent: str
    success: bool = True
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """Everything that goes into a package, whatever its kind.

    `records` are the crosswalks of the description, by file name ("mods.xml"), and also among the holdings; `moment` is
    the date that everything carries, the same in each build of the same edition. `public` is whether everybody may
    have it.
    """

    name: str
    description: Description
    holdings: tuple[Holding, ...]
    events: tuple[Event, ...]
    records: Mapping[str, bytes]
    moment: datetime
    generator: str
    public: bool = True

    @property
    def stamp(self) -> str:
        """The moment as XML and JSON have it (ISO 8601, UTC)."""
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
