"""The rules of a Schematron schema as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from teipress.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Expression:
    """An XPath, what it is in the schema ("test", "context", …), and the place where it stands."""

    text: str
    what: str
    file: str
    line: int


Lets = tuple[tuple[str, Expression], ...]
Text = tuple[str | Expression, ...]  # a message with its holes


@dataclass(frozen=True, slots=True)
class Check:
    """An assertion, or a report, which is a finding if its test holds."""

    id: str
    reports: bool
    test: Expression
    message: Text
    diagnostics: tuple[Text, ...]
    subject: Expression | None
    severity: Severity | None
    see: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What is checked in the nodes of a context."""

    context: Expression
    lets: Lets
    checks: tuple[Check, ...]

    def expressions(self) -> Iterator[tuple[Expression, bool]]:
        """All but the context, and whether the string value is asked for."""
        yield from ((let, False) for _, let in self.lets)
        for check in self.checks:
            yield check.test, False
            if check.subject is not None:
                yield check.subject, False
            for text in (check.message, *check.diagnostics):
                yield from ((part, True) for part in text if isinstance(part, Expression))


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rules of which the first that fits a node counts (ISO/IEC 19757-3, 6.5)."""

    id: str
    lets: Lets
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """The patterns that are active together."""

    active: frozenset[str]
    lets: Lets


@dataclass(slots=True)
class Schema:
    """The rules of one file. `problems` are the findings on the rules themselves."""

    path: Path
    version: int  # of XPath: 1, or 3 for all that came later
    namespaces: Mapping[str, str]
    lets: Lets
    patterns: tuple[Pattern, ...]
    phases: Mapping[str, Phase]
    default_phase: str
    problems: list[Finding]
