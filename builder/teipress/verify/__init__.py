"""Artifacts on disk → findings: each is reopened as a stranger would, knowing nothing of how it was made."""

from __future__ import annotations

from pathlib import Path

from teipress.findings import Finding
from teipress.verify.epub import check_epubs
from teipress.verify.links import check_links
from teipress.verify.manifest import check_manifest
from teipress.verify.pdf import check_pdfs


def verify_folder(folder: Path) -> list[Finding]:
    """Every proof on the output folder of one edition; findings name files relative to it."""
    findings: list[Finding] = []
    findings += check_manifest(folder)
    findings += check_links(folder)
    findings += check_epubs(folder)
    findings += check_pdfs(folder)
    return findings
