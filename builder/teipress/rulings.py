"""Findings and what edition.toml rules about them → findings: some ignored, some with another severity.

Design opinion: every ruling has a reason, and one that no longer matches anything is a finding itself, because an
exception outlives the fault it was made for, and then hides the next one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from teipress.errors import UsageError
from teipress.findings import CODES, Finding, Severity, did_you_mean, finding

_BUILDING = "VFLEO"  # letters of codes that only a build can raise
_HEADING = re.compile(r"^\s*\[\[\s*validate\s*\.\s*ignore\s*\]\]", re.MULTILINE)
_IGNORE = '[[validate.ignore]] code = "P001", reason = "…"'
_SEVERITY = 'R002 = { severity = "error", reason = "…" }'


@dataclass(frozen=True, slots=True)
class Ignore:
    """Findings that an edition does not want to hear of, and why.

    `file` is a pattern such as ``letters/*.xml`` below the edition's folder, `message` a part of the message; what
    is empty fits everything. `place` is the line of edition.toml that says so, 0 if unknown.
    """

    code: str
    reason: str
    file: str = ""
    line: int = 0
    message: str = ""
    place: int = 0

    def fits(self, found: Finding, name: str) -> bool:
        """Whether a finding, in the file `name` below the edition's folder, is one of these."""
        return (
            found.code == self.code
            and (not self.file or fnmatchcase(name, self.file))
            and self.line in (0, found.line)
            and self.message in found.message
        )

    def __str__(self) -> str:
        where = f" in {self.file}" if self.file else ""
        where += f", line {self.line}" if self.line else ""
        return f"{self.code}{where}" + (f', with "{self.message}" in its message' if self.message else "")


@dataclass(frozen=True, slots=True)
class Rulings:
    """What one edition.toml says of findings; `path` is that file."""

    path: Path = Path()
    ignores: tuple[Ignore, ...] = ()
    severities: Mapping[str, Severity] | None = None

    def apply(self, findings: Sequence[Finding], whole: bool = True) -> tuple[list[Finding], int]:
        """The findings that remain, with the severities that are wanted, and how many are ignored.

        If everything was checked (`whole`), C001 tells of each ignore that fits no finding.
        """
        used: set[Ignore] = set()
        kept = [f for f in findings if not self._ignored(f, used)]
        wanted = self.severities or {}
        told = [replace(f, severity=wanted.get(f.code, f.severity)) for f in kept]
        unused = [self._unused(i) for i in self.ignores if i not in used] if whole else []
        return told + unused, len(findings) - len(kept)

    def _ignored(self, found: Finding, used: set[Ignore]) -> bool:
        fitting = [i for i in self.ignores if i.fits(found, self._name(found.file))]
        used.update(fitting)
        return bool(fitting)

    def _name(self, file: str) -> str:
        """The name of a file as edition.toml spells it: below the edition's folder, with slashes."""
        path, folder = Path(file).resolve(), self.path.parent.resolve()
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else file

    def _unused(self, ignore: Ignore) -> Finding:
        hint = "take it out, or mend what it says; it would hide a fault yet to come"
        return finding("C001", f"an ignore matches no finding: {ignore}", str(self.path), ignore.place, hint)


def rulings(path: Path, ignores: object, severities: object) -> Rulings:
    """What the tables ``[[validate.ignore]]`` and ``[validate.severity]`` of an edition.toml mean.

    Raises:
        UsageError: an entry has no reason, an unknown key or code, or a value of a wrong type.
    """
    return Rulings(path, tuple(_ignores(path, ignores)), _severities(path, severities))


def _ignores(path: Path, value: object) -> list[Ignore]:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise UsageError(f"{path}: ignores are tables of their own, for example {_IGNORE}")
    return [_ignore(path, entry, place) for entry, place in zip(value, _places(path, len(value)), strict=True)]


def _places(path: Path, count: int) -> list[int]:
    """The lines of the ignores. tomllib tells none, but headings do where each ignore has one."""
    text = path.read_text(encoding="utf-8-sig") if count else ""
    lines = [text.count("\n", 0, m.end()) + 1 for m in _HEADING.finditer(text)]
    return lines if len(lines) == count else [0] * count


def _ignore(path: Path, entry: dict[str, Any], place: int) -> Ignore:
    known = [f.name for f in fields(Ignore) if f.name != "place"]
    where = f"{path}:{place}: [[validate.ignore]]" if place else f"{path}: [[validate.ignore]]"
    for key, value in entry.items():
        if key not in known:
            hint = did_you_mean(key, known) or f"known here: {', '.join(known)}"
            raise UsageError(f'{where} has an unknown setting "{key}"; {hint}')
        right = isinstance(value, int) and not isinstance(value, bool) if key == "line" else isinstance(value, str)
        if not right:
            kind = "a number" if key == "line" else "a text in quotation marks"
            raise UsageError(f'{where}: "{key}" must be {kind}, not {value!r}')
    _check(where, str(entry.get("code", "")), entry.get("reason"), _IGNORE)
    return Ignore(**entry, place=place)


def _severities(path: Path, value: object) -> dict[str, Severity]:
    where = f"{path}: [validate.severity]"
    if not isinstance(value, dict):
        raise UsageError(f"{where} is a table, for example {_SEVERITY}")
    found: dict[str, Severity] = {}
    for code, entry in value.items():
        if not isinstance(entry, dict) or entry.keys() - {"severity", "reason"}:
            raise UsageError(f"{where} gives each code a severity and a reason, for example {_SEVERITY}")
        _check(f"{where} {code}", code, entry.get("reason"), _SEVERITY)
        name = entry.get("severity")
        if name not in list(Severity):
            hint = "ignore it, with [[validate.ignore]]" if name in ("off", "none", "ignore") else "see the README"
            options = ", ".join(f'"{s.value}"' for s in Severity)
            raise UsageError(f'{where} {code}: the severity cannot be "{name}"; it is one of {options} ({hint})')
        found[code] = Severity(name)
    return found


def _check(where: str, code: str, reason: object, example: str) -> None:
    """Raises UsageError for a code that validation does not know, and for a ruling without a reason."""
    if not code:
        raise UsageError(f"{where} names no code; write for example {example}")
    if code not in CODES:
        hint = did_you_mean(code, [c for c in CODES if c[0] not in _BUILDING]) or "the findings name their codes"
        raise UsageError(f'{where}: there is no finding "{code}"; {hint}')
    if code[0] in _BUILDING:
        raise UsageError(f"{where}: {code} is found by a build, and not by validation; mend what it tells of")
    if not isinstance(reason, str) or not reason.strip():
        raise UsageError(f'{where}: {code} has no reason; add reason = "…", for whoever reads this next')
