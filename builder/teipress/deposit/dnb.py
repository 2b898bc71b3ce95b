"""A deposit → a transfer folder of the Deutsche Nationalbibliothek, as its hotfolder takes them in.

In the folder are ``content``, with the publication, and ``catalogue_md.xml``, its record in MARCXML; beside it lies a
list of sums. Of one publication the library keeps one version, and PDF/A before all others: so the PDF goes in, and
the EPUB only where the edition makes no PDF.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from teipress.deposit.holding import Deposit, Holding, Role
from teipress.deposit.sums import write_sums
from teipress.errors import UsageError

CONTENT, CATALOGUE, RECORD = "content", "catalogue_md.xml", "marc.xml"


def write(deposit: Deposit, folder: Path) -> None:
    """Write a transfer folder, called as the edition, and its sums into a folder.

    Raises:
        UsageError: the edition makes neither PDF nor EPUB.
    """
    package = folder / deposit.name
    book = publication(deposit.holdings)
    (package / CONTENT).mkdir(parents=True)
    shutil.copyfile(book.data, package / CONTENT / book.path.name)
    (package / CATALOGUE).write_bytes(deposit.records[RECORD])
    write_sums(folder, deposit.name)


def publication(holdings: tuple[Holding, ...]) -> Holding:
    """The one file that the library keeps."""
    for role in (Role.PDF, Role.EPUB):
        for holding in holdings:
            if holding.role is role and holding.path.suffix == f".{role}":
                return holding
    raise UsageError('the DNB takes a PDF or an EPUB; add "pdf" to the formats of the edition, or -f pdf')
