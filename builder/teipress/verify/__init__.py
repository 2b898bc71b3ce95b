"""Artifacts on disk → findings: each is reopened as a stranger would, knowing nothing of how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from teipress.findings import Finding
from teipress.verify.epub import check_epubs
from teipress.verify.expected import Expected
from teipress.verify.fidelity import Account, compare
from teipress.verify.links import check_links
from teipress.verify.manifest import check_manifest
from teipress.verify.pdf import check_pdfs
from teipress.verify.shown import Shown, read_pages


def verify_text(folder: Path, expected: Mapping[tuple[str, str], Expected], artifact: str) -> list[Account]:
    """Account for every character of what the pages below a folder must show, place by place."""
    shown = read_pages(folder)
    return [compare(place, what, shown.get(place, Shown()), artifact) for place, what in expected.items()]


def verify_folder(folder: Path) -> list[Finding]:
    """Every proof on the output folder of one edition; findings name files relative to it."""
    findings: list[Finding] = []
    findings += check_manifest(folder)
    findings += check_links(folder)
    findings += check_epubs(folder)
    findings += check_pdfs(folder)
    return findings
