"""``make sweep``: build every TEI file of the corpora (TEIPRESS_CORPORA) and account for every character.

Prints a line for each file that is not as it should be, then the totals: files, characters expected and found in each
output, findings by code, and what the validators find: EPUBCheck (``--epubcheck``) and DAISY Ace (``--ace``) in every
EPUB, the Nu HTML checker in every page (``--nu``). ``--pdf`` builds the PDFs, too, which takes half an hour.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from corpora import REFUSED, VARIABLE, Shelf, files, is_of_source
from teipress.errors import TeipressError
from teipress.findings import Severity
from teipress.pipeline import Report
from validators import Fault, ace_faults, epub_faults, page_faults


def main() -> int:
    """The number of kinds of trouble, as an exit status of 0 or 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pdf", action="store_true", help="build the PDFs, too")
    parser.add_argument("--epubcheck", action="store_true", help="run EPUBCheck on every EPUB (needs Java)")
    parser.add_argument("--ace", action="store_true", help="run DAISY Ace on every EPUB (needs Node and Chromium)")
    parser.add_argument("--nu", action="store_true", help="run the Nu HTML checker on every page (needs Java)")
    options = parser.parse_args()
    paths = files()
    if not paths:
        print(f"set {VARIABLE} to a folder of TEI files", file=sys.stderr)
        return 2
    trouble = Counter[str]()
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder), ("html", "epub", "pdf") if options.pdf else ("html", "epub"))
        for path in paths:
            trouble.update(wrong(path, shelf))
        if options.epubcheck:
            trouble.update(told(epub_faults(shelf.artifacts("epub"))))
        if options.ace:
            trouble.update(told(ace_faults(shelf.artifacts("epub"))))
        if options.nu:
            trouble.update(told(f for f in page_faults(shelf.artifacts("html")) if not is_of_source(f)))
        print(f"{len(paths)} files")
        print_totals(shelf.reports.values())
    print("trouble:", ", ".join(f"{what} × {count}" for what, count in trouble.most_common()) or "none")
    return 1 if trouble else 0


def wrong(path: Path, shelf: Shelf) -> list[str]:
    """Build one file; the kinds of trouble with it, of which there should be none."""
    try:
        report = shelf.built(path)
    except TeipressError as error:
        print(f"{path}: {error}")
        return [type(error).__name__]
    errors = {f.code for f in report.findings if f.severity is Severity.ERROR}
    if errors == ({REFUSED[path.name]} if path.name in REFUSED else set()):
        return []
    print(f"{path}: {', '.join(sorted(errors)) or 'was not refused'}")
    return ["errors"]


def told(faults: Iterable[Fault]) -> Counter[str]:
    """Print what a validator found; how often it found what."""
    kinds = Counter[str]()
    for fault in faults:
        print(str(fault)[:200])
        kinds[fault.kind] += 1
    return kinds


def print_totals(reports: Iterable[Report]) -> None:
    """Characters expected and found in each output, and findings by code."""
    expected, found, codes = Counter[str](), Counter[str](), Counter[str]()
    for report in reports:
        codes.update(f"{f.code} {f.severity}" for f in report.findings)
        for account in report.accounts:
            expected[account.artifact] += account.expected
            found[account.artifact] += account.found
    for output in expected:
        share = 100 * found[output] / expected[output]
        print(f"{output}: {found[output]:,} of {expected[output]:,} characters, {share:.4f} %")
    print("findings:", ", ".join(f"{code} × {count}" for code, count in sorted(codes.items())) or "none")


if __name__ == "__main__":
    sys.exit(main())
