"""An outcome → workflow commands of GitHub Actions, which become annotations, and the summary of the step.

GitHub shows 10 errors, 10 warnings and 10 notices of a step. The same finding at several places of a file is one
annotation; what goes beyond the limit stands in a group of the log, and in the summary.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from teipress.cli.console import safe, summary
from teipress.cli.formats import Outcome, local_name
from teipress.findings import CODES, Finding, Severity

SHOWN = 10  # annotations of one severity that GitHub takes from a step
ROWS = 200  # findings in the summary, which may have a megabyte
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(outcome: Outcome) -> str:
    """The commands and the log; the summary, and the output "count", go to the files that GitHub names for them."""
    _append("GITHUB_STEP_SUMMARY", step_summary(outcome))
    _append("GITHUB_OUTPUT", f"count={len(outcome.findings)}\nerrors={outcome.count(Severity.ERROR)}\n")
    shown: list[str] = []
    rest: list[Finding] = []
    counts: Counter[Severity] = Counter()
    for places in _grouped(outcome.findings):
        severity = places[0].severity
        if counts[severity] < SHOWN:
            counts[severity] += 1
            shown.append(_command(places))
        else:
            rest += places
    return "".join(f"{line}\n" for line in [*shown, *_log(rest), _last(outcome)])


def _append(variable: str, text: str) -> None:
    if target := os.environ.get(variable):
        with Path(target).open("a", encoding="utf-8") as file:
            file.write(text)


def _grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that say the same of the same file together, in the order of the first."""
    groups: dict[tuple[str, str, str, Severity], list[Finding]] = {}
    for found in findings:
        groups.setdefault((found.code, found.file, found.message, found.severity), []).append(found)
    return list(groups.values())


def _command(places: Sequence[Finding]) -> str:
    first = places[0]
    others = ", ".join(str(f.line) for f in places[1:])
    message = (
        first.message + (f" ({first.hint})" if first.hint else "") + (f"; also in line {others}" if others else "")
    )
    properties = {"file": local_name(first.file), "line": str(first.line or ""), "title": _title(first)}
    given = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items() if value)
    return f"::{_COMMANDS[first.severity]} {given}::{_escaped(message)}"


def _title(found: Finding) -> str:
    return f"{found.code} {CODES[found.code].title}"


def _escaped(text: str, more: str = "") -> str:
    """A text as workflow commands want it: with its line breaks, and in properties its separators, encoded."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return safe(text)


def _log(findings: Sequence[Finding]) -> list[str]:
    """The findings that get no annotation. A text of the file that looks like a command must not become one."""
    if not findings:
        return []
    lines = [safe(str(f)).replace("\n", " ") for f in findings]
    token = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
    title = f"::group::{len(findings)} more than GitHub shows as annotations"
    return [title, f"::stop-commands::{token}", *lines, f"::{token}::", "::endgroup::"]


def _last(outcome: Outcome) -> str:
    return f"teipress: {_numbers(outcome)}"


def _numbers(outcome: Outcome) -> str:
    return f"{summary(outcome.findings)}, {outcome.ignored} ignored, {len(outcome.files)} XML files read"


# --- the summary --------------------------------------------------------------------------------------------------


def step_summary(outcome: Outcome) -> str:
    """The outcome in Markdown: how many of each code, against which schemas, then the findings."""
    lines = ["## teipress validate", "", f"{_numbers(outcome)}", ""]
    for schema, count in outcome.schemas:
        release = f", made from TEI {schema.release}" if schema.release else ""
        lines.append(f"- {_cell(schema.name)} ({_cell(schema.reason)}{release}): {count} XML files")
    if outcome.findings:
        lines += ["", "| code | meaning | findings |", "| --- | --- | ---: |"]
        lines += [f"| {code} | {CODES[code].title} | {n} |" for code, n in sorted(outcome.by_code.items())]
        lines += ["", "| place | severity | code | finding |", "| --- | --- | --- | --- |"]
        lines += [_row(f) for f in outcome.findings[:ROWS]]
    if (more := len(outcome.findings) - ROWS) > 0:
        lines += ["", f"… and {more} more, in the log."]
    return "\n".join(lines) + "\n\n"


def _row(found: Finding) -> str:
    place = f"{local_name(found.file)}:{found.line}" if found.line else local_name(found.file)
    message = found.message + (f" ({found.hint})" if found.hint else "")
    return f"| {_cell(place)} | {found.severity.value} | {found.code} | {_cell(message)} |"


def _cell(text: str) -> str:
    """A text in a table of Markdown, with everything that has a meaning there as a character reference."""
    marks = {ord(c): f"&#{ord(c)};" for c in "&<>|`*_[]\\~@#"}
    return " ".join(safe(text).translate(marks).split())
