"""An outcome → JSON. Keys may be added; none is taken away or given another meaning while `version` stays."""

from __future__ import annotations

import json

from teipress import __version__
from teipress.cli.formats import Outcome, local_name
from teipress.findings import CODES, Severity

VERSION = 1


def render(outcome: Outcome) -> str:
    """The whole outcome as one object, as the README describes it."""
    report = {
        "version": VERSION,
        "generator": f"teipress {__version__}",
        "summary": {
            **{f"{s.value}s": outcome.count(s) for s in Severity},
            "ignored": outcome.ignored,
            "files": len(outcome.files),
            "passed_over": outcome.passed_over,
        },
        "files": [local_name(file) for file in outcome.files],
        "schemas": [
            {"name": s.name, "tei_release": s.release, "reason": s.reason, "files": n} for s, n in outcome.schemas
        ],
        "findings": [
            {
                "code": f.code,
                "title": CODES[f.code].title,
                "severity": f.severity.value,
                "file": local_name(f.file),
                "line": f.line,
                "message": f.message,
                "hint": f.hint,
            }
            for f in outcome.findings
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=1)
