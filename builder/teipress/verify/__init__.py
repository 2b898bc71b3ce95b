"""Artifacts on disk → findings: each is reopened as a stranger would, knowing nothing of how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from teipress.findings import Finding
from teipress.verify.epub import check_epubs
from teipress.verify.expected import Expected
from teipress.verify.fidelity import Account, compare
from teipress.verify.links import check_links
from teipress.verify.manifest import check_manifest
from teipress.verify.pdf import check_pdfs
from teipress.verify.printed import follow, read_printed
from teipress.verify.shown import Shown, read_pages

TOLERANCE = 0.999  # of the characters of a PDF; line ends and notes leave a few without a place


def verify_text(
    folder: Path, expected: Mapping[tuple[str, str], Expected], artifact: str, apart: str = ""
) -> list[Account]:
    """Account for every character of what the pages below a folder must show, place by place.

    `apart` is a folder in it that is another form of the same pages, and proven by itself.
    """
    shown = read_pages(folder, apart)
    return [compare(place, what, shown.get(place, Shown()), artifact) for place, what in expected.items()]


def verify_print(path: Path, expected: Mapping[tuple[str, str], Expected], strict: bool) -> list[Account]:
    """Account for the characters of a book; a handful that a reader of PDFs cannot place is told as a warning.

    More than a handful is an error if `strict`: for an edition, which promises a book, not for a lone file.
    """
    accounts = follow(expected, read_printed(path))
    whole = sum(a.expected for a in accounts)
    tolerated = not strict or sum(a.found for a in accounts) >= TOLERANCE * whole
    return [replace(a, tolerated=tolerated) for a in accounts]


def verify_folder(folder: Path) -> list[Finding]:
    """Every proof on the output folder of one edition; findings name files relative to it."""
    findings: list[Finding] = []
    findings += check_manifest(folder)
    findings += check_links(folder)
    findings += check_epubs(folder)
    findings += check_pdfs(folder)
    return findings
