"""A package that was deposited → what no longer holds of it, its TEI, EPUB and PDF files included.

`deposit.check` asks whether the package is whole; this asks of what is in it whether it can still be read: TEI by the
RELAX NG schema in the package, zips and EPUBs to their last byte, PDFs by their two ends. Sizes that a file states of
itself are believed up to a limit only.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

from lxml import etree

from teipress.deposit.check import Checked, examine
from teipress.deposit.check.package import RESTORE
from teipress.edition import Source
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, Severity, finding
from teipress.read import read
from teipress.validate.grammar import check_grammar

LARGEST_ZIP = 4 * 1024 * 1024 * 1024  # bytes, unpacked; what states more is not unpacked
_CHUNK = 1024 * 1024
_MODEL = re.compile(r"""href\s*=\s*["']([^"']*)["']""")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TAIL = 2048  # bytes of a PDF in which its end must be


def recheck(folder: Path, schemas: Collection[Path] = ()) -> tuple[str, list[Finding]]:
    """The kind of a package in words, "" if it is none that is known, and the findings on it.

    `schemas` are folders with XML schemas (XSD) for its records, besides those that are installed.

    Raises:
        UsageError: there is no such folder, or a file of it cannot be read.
    """
    checked = examine(folder, schemas)
    findings = list(checked.findings)
    if checked.kind:
        findings += _unreadable(checked)
        findings += _documents(folder, checked)
    return checked.kind, findings


def _unreadable(checked: Checked) -> Iterator[Finding]:
    """E001 and E003: containers that do not open."""
    for name, path in sorted(checked.files.items()):
        suffix = Path(name).suffix.lower()
        if suffix in (".epub", ".zip") and (fault := _zip_fault(path, suffix == ".epub")):
            yield finding("E001", fault, str(path), 0, RESTORE)
        elif suffix == ".pdf" and not _is_pdf(path):
            yield finding("E003", "is cut off or no PDF", str(path), 0, RESTORE)


def _zip_fault(path: Path, epub: bool) -> str:
    """What keeps a zip from being unpacked, "" if nothing does; its parts are read and forgotten."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST_ZIP:
                return f"says that it has more than {LARGEST_ZIP:,} bytes unpacked, and is not unpacked"
            if epub and (not parts or parts[0].filename != "mimetype"):
                return "does not begin with its media type, as an EPUB does"
            for part in parts:
                with archive.open(part) as stream:
                    while stream.read(_CHUNK):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        return f"cannot be unpacked: {error}"
    return ""


def _is_pdf(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            begins = file.read(5) == b"%PDF-"
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL))
            end = _START.search(file.read())
    except OSError:
        return False
    return begins and end is not None and len(end[1]) < len(str(size)) + 1 and int(end[1]) < size


def _documents(folder: Path, checked: Checked) -> list[Finding]:
    """B010 for each TEI file that the schema in the package does not accept, G002 for a schema that is none."""
    found: list[Finding] = []
    grammars = {name: path for name, path in checked.files.items() if name.endswith(".rng")}
    for name in sorted(checked.files) if grammars else ():
        if name.endswith(".xml"):
            try:
                source, _ = read(checked.files[name], folder)
            except (Stopped, UsageError):  # no TEI; what is not well-formed has been told
                continue
            found += _judged(source, _nearest(name, grammars))
    return list(dict.fromkeys(found))


def _nearest(name: str, grammars: dict[str, Path]) -> dict[str, Path]:
    """Those of the schemas that share most folders with a file: where there are several packages, those of its own."""
    shared = {other: _common(name.split("/"), other.split("/")) for other in grammars}
    return {other: path for other, path in grammars.items() if shared[other] == max(shared.values())}


def _common(some: list[str], others: list[str]) -> int:
    return next((n for n, (one, other) in enumerate(zip(some, others, strict=False)) if one != other), 0)


def _judged(source: Source, grammars: dict[str, Path]) -> Iterator[Finding]:
    chosen = _grammar(source, grammars)
    faults = check_grammar(source, grammars[chosen]) if chosen else []
    errors = [f for f in faults if f.severity is Severity.ERROR]
    broken = [f for f in errors if f.code == "G002"]
    yield from broken
    if errors and not broken:
        more = f", and {len(errors) - 1} more faults" if len(errors) > 1 else ""
        message = f"is not valid by {chosen}: {errors[0].message}{more}"
        yield finding("B010", message, str(source.path), errors[0].line)


def _grammar(source: Source, grammars: dict[str, Path]) -> str:
    """The schema that a document names, if the package has one of that name; else the only one; else none."""
    by_file = {path.name: name for name, path in grammars.items()}
    for node in source.root.itersiblings(etree.PI, preceding=True):
        match = _MODEL.search(node.text or "")
        if match and (named := by_file.get(match[1].rpartition("/")[2])):
            return named
    return next(iter(grammars)) if len(grammars) == 1 else ""
