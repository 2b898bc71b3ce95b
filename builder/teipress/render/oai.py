"""An edition → a static repository for OAI-PMH harvesters (oai.xml): a record of Dublin Core for each document.

It needs what only the edition can say: where the site stands, an address for mail in the header (``email``), and the
day of the last change of each document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from teipress import tei
from teipress.edition import Description, Document, Edition, TextFile
from teipress.render.book import Book
from teipress.render.citation import Citation
from teipress.render.metadata import dublin_core_pairs

NAME = "oai.xml"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Record:
    """A record of one document: its identifier, the day of its last change, and elements of Dublin Core."""

    id: str
    day: str
    elements: tuple[tuple[str, str], ...]


def oai_files(book: Book, cited: Mapping[str, Citation], url: str) -> list[TextFile]:
    """The repository, if the header has an address for mail and any document states a day; else nothing."""
    host = urlsplit(url).hostname or ""
    described = zip(book.edition.documents, book.edition.description.parts, strict=True)
    records = [r for d, part in described if (r := _record(book.edition, d, part, cited[d.slug], host))]
    mail = _mail(book.edition)
    if not mail or not records:
        return []
    earliest = min(record.day for record in records)
    return [
        TextFile(PurePosixPath(NAME), book.page(NAME, NAME, url=url, mail=mail, earliest=earliest, records=records))
    ]


def _record(
    edition: Edition, document: Document, described: Description, citation: Citation, host: str
) -> Record | None:
    dates = (document.header.changed, edition.header.changed, document.header.date, edition.header.date)
    day = next((date for date in dates if _DAY.fullmatch(date)), "")
    return Record(f"oai:{host}:{citation.id}", day, tuple(dublin_core_pairs(described, citation))) if day else None


def _mail(edition: Edition) -> str:
    """The first address for mail in the file description of the edition's header."""
    head = edition.header.element
    described = tei.child(head, "fileDesc") if head is not None else None
    return tei.line_of_text(next(tei.elements(described, "email"), None)) if described is not None else ""
