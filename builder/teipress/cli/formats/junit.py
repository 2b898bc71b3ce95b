"""An outcome → JUnit XML: a suite for each file, an error is a failed test. Most CI hosts read it.

The format has no standard; this is what the schema of the Jenkins xUnit plugin allows, which readers agree on.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from teipress.cli.console import safe
from teipress.cli.formats import Outcome, local_name
from teipress.findings import CODES, Finding, Severity

_Element = etree._Element


def render(outcome: Outcome) -> str:
    """All files that were read, those without a finding as a test that passed."""
    files: dict[str, list[Finding]] = {name: [] for name in map(local_name, outcome.files)}
    for found in outcome.findings:
        files.setdefault(local_name(found.file), []).append(found)
    tests = sum(max(1, len(findings)) for findings in files.values())
    root = _element(None, "testsuites", name="teipress", **_counts(tests, outcome.findings))
    for name, findings in files.items():
        _suite(root, name or "teipress", findings)
    data: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + data


def _suite(root: _Element, name: str, findings: Sequence[Finding]) -> None:
    suite = _element(root, "testsuite", name=name, **_counts(max(1, len(findings)), findings), errors="0", skipped="0")
    if not findings:
        _element(suite, "testcase", name="no findings", classname=name, time="0")
    for found in findings:
        place = f"line {found.line}: " if found.line else ""
        title = f"{found.code} {place}{CODES[found.code].title}"
        case = _element(suite, "testcase", name=title, classname=name, time="0")
        if found.severity is Severity.ERROR:
            _element(case, "failure", message=found.message, type=found.code).text = safe(str(found))
        else:
            _element(case, "system-out").text = safe(str(found))


def _counts(tests: int, findings: Sequence[Finding]) -> dict[str, str]:
    failures = sum(f.severity is Severity.ERROR for f in findings)
    return {"tests": str(tests), "failures": str(failures), "time": "0"}


def _element(parent: _Element | None, tag: str, **attributes: str) -> _Element:
    """An element with attributes, free of characters that XML cannot hold."""
    clean = {name: safe(value) for name, value in attributes.items()}
    return etree.Element(tag, clean) if parent is None else etree.SubElement(parent, tag, clean)
