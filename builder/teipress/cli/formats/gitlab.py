"""An outcome → the code quality report of GitLab (a subset of Code Climate's): shown in merge requests."""

from __future__ import annotations

import json

from teipress.cli.formats import Outcome, fingerprints, local_name
from teipress.findings import Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(outcome: Outcome) -> str:
    """A list of violations; one about no file in particular is told of the folder."""
    violations = [
        {
            "description": found.message + (f" ({found.hint})" if found.hint else ""),
            "check_name": found.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[found.severity],
            "location": {"path": local_name(found.file) or ".", "lines": {"begin": max(1, found.line)}},
        }
        for found, fingerprint in fingerprints(outcome)
    ]
    return json.dumps(violations, ensure_ascii=False, indent=1)
