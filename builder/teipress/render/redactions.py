"""What an edition withholds → totals, the strip of a document's pages, and the register as CSV and JSON.

Counted are places, never characters: a source that does not show how much it withholds is not made to say so.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from teipress.edition import Category, Document, Edition, Page, Redaction

Href = Callable[[str], str]  # where an identifier is found, "" if nowhere

COLUMNS = "document number page section kind extent authority codes meanings stamps link".split()


@dataclass(frozen=True, slots=True)
class Cell:
    """A page of the source (None: what stands before the first) with its redactions, and where it is found."""

    page: Page | None
    redactions: tuple[Redaction, ...]
    href: str

    @property
    def number(self) -> int:
        """How many redactions the page has."""
        return len(self.redactions)


@dataclass(frozen=True, slots=True)
class Total:
    """A code, None for what bears none, or a document, with its redactions."""

    subject: Category | Document | None
    redactions: tuple[Redaction, ...]

    @property
    def number(self) -> int:
        """How many redactions these are."""
        return len(self.redactions)


@dataclass(frozen=True, slots=True)
class Strip:
    """The pages of a document and what each of them withholds."""

    document: Document
    cells: tuple[Cell, ...]

    @property
    def highest(self) -> int:
        """The number of redactions of the page that has most."""
        return max((cell.number for cell in self.cells), default=0)

    @property
    def touched(self) -> tuple[Cell, ...]:
        """The pages that withhold anything."""
        return tuple(cell for cell in self.cells if cell.number)


def strip(document: Document, href: Href) -> Strip:
    """What each page of a document withholds; empty for a document without pages."""
    if not document.page_list:
        return Strip(document, ())
    found: dict[str, list[Redaction]] = {}
    for redaction in document.redactions:
        found.setdefault(redaction.page.id if redaction.page else "", []).append(redaction)
    before = found.get("", [])
    cells = [Cell(None, tuple(before), href(before[0].id))] if before else []
    cells += [Cell(page, tuple(found.get(page.id, ())), href(page.id)) for page in document.page_list]
    return Strip(document, tuple(cells))


def by_document(edition: Edition) -> list[Total]:
    """How much each document withholds."""
    return [Total(d, d.redactions) for d in edition.documents if d.redactions]


def by_code(edition: Edition) -> list[Total]:
    """How often each code was used, most used first; last what bears none."""
    counts = Counter(code for r in edition.redactions for code in r.codes)
    totals = [Total(c, tuple(r for r in edition.redactions if c in r.codes)) for c, _ in counts.most_common()]
    without = tuple(r for r in edition.redactions if not r.codes)
    return [*totals, *([Total(None, without)] if without else [])]


def as_csv(edition: Edition, href: Href) -> str:
    """The register as comma-separated values (RFC 4180), a row each redaction; several codes stand in one field."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for row in _rows(edition, href):
        table.writerow(" | ".join(v) if isinstance(v, list) else v for v in row.values())
    return out.getvalue()


def as_json(edition: Edition, href: Href) -> str:
    """The register as JSON: totals by document, page and code, and every redaction.

    Its keys are those of `COLUMNS`, but that a code's meaning stands with the totals.
    """
    documents = [
        {
            "id": d.slug,
            "title": d.title,
            "pages": len(d.page_list),
            "redactions": len(d.redactions),
            "by_page": [
                {"page": c.page.label if c.page else "", "redactions": c.number} for c in strip(d, href).touched
            ],
        }
        for d in edition.documents
        if d.redactions
    ]
    codes = [
        {"code": c.label, "meaning": c.meaning, "authority": c.authority, "redactions": total.number}
        for total in by_code(edition)
        if isinstance(c := total.subject, Category)
    ]
    value = {
        "edition": edition.title,
        "total": len(edition.redactions),
        "documents": documents,
        "codes": codes,
        "redactions": [{k: v for k, v in row.items() if k != "meanings"} for row in _rows(edition, href)],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _rows(edition: Edition, href: Href) -> Sequence[dict[str, Any]]:
    """Every redaction by the names of `COLUMNS`."""
    return [
        {
            "document": r.document,
            "number": r.number,
            "page": r.page.label if r.page else "",
            "section": r.division,
            "kind": r.kind,
            "extent": r.extent,
            "authority": r.authority,
            "codes": [c.label for c in r.codes],
            "meanings": [c.meaning for c in r.codes],
            "stamps": list(r.stamps),
            "link": href(r.id),
        }
        for r in edition.redactions
    ]
