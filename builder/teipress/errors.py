"""What stops a build: exceptions with an exit status. Everything that can be reported and passed over is a finding.

Exit statuses: 1, the input has errors; 2, wrong use, or a tool is missing or broke; 128 and the signal's number if
one has ended the program.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence

from teipress.findings import Finding, Severity

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # signals that ask a program to end


class TeipressError(Exception):
    """A build cannot go on. The message is one line: what is wrong, where, and what to do."""

    exit_status = 2


class UsageError(TeipressError):
    """The call or a setting is wrong: a missing file, an unknown format, an unwritable folder."""


class ToolError(TeipressError):
    """Something this machine lacks, or a library that broke."""


class Stopped(TeipressError):
    """The input has errors that no later stage can work with; carries them as findings."""

    exit_status = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        errors = [f for f in findings if f.severity is Severity.ERROR] or findings
        super().__init__(str(errors[0]) if errors else "stopped")
        self.findings = tuple(findings)


class Ended(KeyboardInterrupt):
    """A signal asks the program to end: it is raised like Ctrl-C, so that everything is put away on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_status = 128 + number
