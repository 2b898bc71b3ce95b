"""A profile (TOML) → what is known of one transcription: facts that no rule can find out.

Design opinion, as for edition.toml: an unknown key is an error. Facts only: a profile names lines, numbers and
identifiers, and quotes nothing but names and single terms.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from teipress.encode.rules import RULES
from teipress.encode.transcription import Transcription
from teipress.errors import UsageError
from teipress.findings import did_you_mean

REGIONS = ("title-page", "letterhead", "contents", "distribution", "imprint", "front", "back", "verse", "ignore")
CERTAINTIES = ("high", "medium", "low", "unknown")


@dataclass(frozen=True, slots=True)
class PageAnchor:
    """A page that begins at `line` (from 1) of the transcription."""

    line: int
    n: str = ""
    cert: str = "medium"


@dataclass(frozen=True, slots=True)
class Region:
    """Lines `first` to `last` (from 1) are what `kind` says, whatever the rules would make of them."""

    first: int
    last: int
    kind: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that an editor tells the encoder. The default knows nothing and has all rules on."""

    path: Path | None = None
    id: str = ""
    transcript: str = ""
    sha256: str = ""
    encoding: str = ""
    language: str = ""
    registers: tuple[Path, ...] = ()
    authority: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    pages: tuple[PageAnchor, ...] = ()
    regions: tuple[Region, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()
    foreign: Mapping[str, str] = field(default_factory=dict)

    def has(self, rule: str) -> bool:
        """Whether a rule is on."""
        if rule not in RULES:
            raise KeyError(rule)
        return rule not in self.off
