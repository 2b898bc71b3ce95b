"""PDF files → findings: each is whole, and was written in one go (an appended update can hide an earlier text)."""

from __future__ import annotations

from pathlib import Path

from teipress.findings import Finding, finding

_END = b"%%EOF"


def check_pdfs(folder: Path) -> list[Finding]:
    """E003 for each fault of each PDF below a folder."""
    findings: list[Finding] = []
    for path in sorted(folder.rglob("*.pdf")):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if not data.startswith(b"%PDF-") or not data.rstrip().endswith(_END):
            findings.append(finding("E003", "is cut off or no PDF", name, 0, "build the edition again"))
        elif data.count(_END) > 1:
            findings.append(finding("E003", "was appended to after it was written", name))
    return findings
