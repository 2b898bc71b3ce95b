"""PDF files → findings: each is whole, was written in one go, and is what it says it is.

An appended update can hide an earlier text. Every PDF carries its fonts, says what their characters are, runs no
program, and has what its metadata claim (`claims`).
"""

from __future__ import annotations

from pathlib import Path

from teipress.findings import Finding, finding

_END = b"%%EOF"


def check_pdfs(folder: Path) -> list[Finding]:
    """E003 for each PDF below a folder that is broken, E004 for each thing that one lacks."""
    findings: list[Finding] = []
    for path in sorted(folder.rglob("*.pdf")):
        name, data = path.relative_to(folder).as_posix(), path.read_bytes()
        if not data.startswith(b"%PDF-") or not data.rstrip().endswith(_END):
            findings.append(finding("E003", "is cut off or no PDF", name, 0, "build the edition again"))
        elif data.count(_END) > 1:
            findings.append(finding("E003", "was appended to after it was written", name))
        else:
            findings += _read(path, name)
    return findings


def _read(path: Path, name: str) -> list[Finding]:
    import pikepdf  # slow to import, and needed for PDFs only

    from teipress.verify.claims import faults

    try:
        with pikepdf.open(path) as pdf:
            return [finding("E004", fault, name, 0, "build the edition again") for fault in faults(pdf)]
    except pikepdf.PdfError as error:
        return [finding("E003", f"cannot be opened: {error}", name, 0, "build the edition again")]
