"""A file of a deposit → its format as an archive's registry knows it: PRONOM's name, version and identifier (PUID).

The media type says what a file is meant to be; where that leaves several formats, its beginning or what it claims of
itself decides. What PRONOM does not tell apart, or we do not know for certain, has no identifier: a wrong one is worse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from teipress.deposit.holding import Holding

REGISTRY = "https://www.nationalarchives.gov.uk/PRONOM/"
_BEGINNING = 20_000  # bytes in which an XML file has its root, behind its instructions and comments
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_SKIPPED = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)
_PDFA = re.compile(rb"pdfaid:(part|conformance)\s*(?:>|=\s*[\"'])\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Format:
    """A format with its version, "" if it has none or it is not known; `puid` is PRONOM's key, "" if there is none."""

    name: str
    version: str = ""
    puid: str = ""


_BY_TYPE = {
    "application/epub+zip": Format("EPUB", "3", "fmt/483"),
    "text/html": Format("Hypertext Markup Language", "5", "fmt/471"),
    "application/json": Format("JSON Data Interchange Format", "", "fmt/817"),
    "application/zip": Format("ZIP Format", "", "x-fmt/263"),
    "application/x-tar": Format("Tape Archive Format", "", "x-fmt/265"),
    "text/plain": Format("Plain Text File", "", "x-fmt/111"),
    "text/csv": Format("Comma Separated Values", "", "x-fmt/18"),
    "text/css": Format("Cascading Style Sheet", "", "x-fmt/224"),
    "image/png": Format("Portable Network Graphics", "", ""),
    "image/jpeg": Format("JPEG File Interchange Format", "", ""),
    "image/svg+xml": Format("Scalable Vector Graphics", "", ""),
}
_XML = Format("Extensible Markup Language", "1.0", "fmt/101")
_BY_ROOT = {
    b"TEI": Format("TEI P5 XML - Single Text File", "", "fmt/1476"),
    b"teiCorpus": Format("TEI P5 XML - Corpus File", "", "fmt/1477"),
}
_PDFA_PUIDS = {
    "1a": "fmt/95",
    "1b": "fmt/354",
    "2a": "fmt/476",
    "2b": "fmt/477",
    "2u": "fmt/478",
    "3a": "fmt/479",
    "3b": "fmt/480",
    "3u": "fmt/481",
}
_PDF_PUIDS = {"1.4": "fmt/18", "1.5": "fmt/19", "1.6": "fmt/20", "1.7": "fmt/276", "2.0": "fmt/1129"}


def format_of(holding: Holding) -> Format:
    """The format of a file; never nothing: an unknown one is called by its media type."""
    kind = holding.media_type.split(";")[0].strip().lower()
    if kind == "application/pdf":
        return _pdf(holding.data)
    if kind in ("text/xml", "application/xml") or (kind.endswith("+xml") and kind not in _BY_TYPE):
        return _xml(holding.data)
    return _BY_TYPE.get(kind, Format(kind or "application/octet-stream"))


def _xml(path: Path) -> Format:
    """TEI is told by its root."""
    with path.open("rb") as file:
        root = _ROOT.search(_SKIPPED.sub(b"", file.read(_BEGINNING)))
    return _BY_ROOT.get(root[1], _XML) if root else _XML


def _pdf(path: Path) -> Format:
    """What a PDF claims in its metadata, where ISO 19005 is claimed; else the version that it begins with."""
    data = path.read_bytes()
    claims = {m[1]: m[2].decode("ascii", "replace") for m in _PDFA.finditer(data)}
    if b"part" in claims:
        level = claims[b"part"] + claims.get(b"conformance", "").lower()
        return Format("Acrobat PDF/A - Portable Document Format", level, _PDFA_PUIDS.get(level, ""))
    version = data[5:8].decode("ascii", "replace") if data.startswith(b"%PDF-") else ""
    return Format("Acrobat PDF - Portable Document Format", version, _PDF_PUIDS.get(version, ""))
