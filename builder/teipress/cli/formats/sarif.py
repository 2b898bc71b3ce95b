"""An outcome → SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code scanning reads."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from teipress import __version__
from teipress.cli.formats import Outcome, fingerprints, local_name
from teipress.cli.formats.excerpt import excerpt
from teipress.findings import CODES, Finding, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(outcome: Outcome) -> str:
    """One run, with a rule for each code that was found and a result for each finding."""
    codes = sorted(outcome.by_code)
    driver = {"name": "teipress", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code), mark) for found, mark in fingerprints(outcome)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _rule(code: str) -> dict[str, Any]:
    """What a code means (SARIF 3.49, reportingDescriptor)."""
    title = CODES[code].title
    return {
        "id": code,
        "shortDescription": {"text": title[0].upper() + title[1:]},
        "help": {"text": f'"teipress explain {code}" says more'},
        "defaultConfiguration": {"level": _LEVELS[CODES[code].severity]},
    }


def _result(found: Finding, rule: int, fingerprint: str) -> dict[str, Any]:
    """One finding (SARIF 3.27, result)."""
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": found.message + (f" ({found.hint})" if found.hint else "")},
        "partialFingerprints": {"teipress/v1": fingerprint},
    }
    if found.file:
        location: dict[str, Any] = {"artifactLocation": _address(found.file)}
        if found.line:
            location["region"] = _region(found)
        result["locations"] = [{"physicalLocation": location}]
    return result


def _address(file: str) -> dict[str, str]:
    """Relative to the top of the sources, where code scanning looks; a file elsewhere by its whole path."""
    name = local_name(file)
    if name.startswith("/"):
        return {"uri": "file://" + quote(name)}
    return {"uri": quote(name), "uriBaseId": "%SRCROOT%"}


def _region(found: Finding) -> dict[str, int]:
    """The line, with the columns if they can be told (SARIF 3.30; columns count from 1, the end is exclusive)."""
    shown = excerpt(found)
    if shown is None or not shown.end:
        return {"startLine": found.line}
    return {"startLine": shown.number, "startColumn": shown.start + 1, "endColumn": shown.end + 1}
