"""What was found → the text that people, continuous integration and other programs read: one module for each format.

A module has one function ``render(outcome) -> str``; `text` writes to the terminal itself.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from teipress.cli.formats.excerpt import line_at
from teipress.findings import Finding, Severity
from teipress.validate.schema import Schema

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
_NUMBERS = re.compile(r"\bline \d+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a validation found, in the order of the files. The names of files are those that are typed from here.

    `schemas` says against what was checked, and how many files; `ignored` counts the findings that edition.toml does
    not want to hear of, `passed_over` the XML files of folders that are not TEI.
    """

    findings: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()
    schemas: tuple[tuple[Schema, int], ...] = ()
    ignored: int = 0
    passed_over: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(f.severity is severity for f in self.findings)

    @property
    def by_code(self) -> Counter[str]:
        """How many findings each code has."""
        return Counter(f.code for f in self.findings)


def render(outcome: Outcome, name: str) -> str:
    """An outcome in one of `FORMATS` other than text, as what is printed, its last newline included."""
    text: str = importlib.import_module(f"teipress.cli.formats.{name}").render(outcome)
    return text if text.endswith("\n") or not text else text + "\n"


def local_name(name: str) -> str:
    """The path of a file as it is typed from here, or from the top of what a CI host has checked out."""
    path = Path(name)
    for folder in (Path(os.environ.get("GITHUB_WORKSPACE") or "."), Path.cwd()):
        if name and path.resolve().is_relative_to(folder.resolve()):
            return path.resolve().relative_to(folder.resolve()).as_posix()
    return path.as_posix() if name else ""


def fingerprints(outcome: Outcome) -> Iterator[tuple[Finding, str]]:
    """Each finding with a fingerprint that lines moving up or down do not change; no two are the same.

    It is made of the code, the file, the message and the words of the line; what is alike in all that is numbered.
    """
    seen: Counter[str] = Counter()
    for found in outcome.findings:
        words = " ".join(line_at(found.file, found.line).split())
        parts = (found.code, local_name(found.file), _NUMBERS.sub("line", found.message), words)
        base = "\0".join(parts)
        seen[base] += 1
        yield found, hashlib.sha256(f"{base}\0{seen[base]}".encode("utf-8", "surrogatepass")).hexdigest()
