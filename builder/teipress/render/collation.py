"""The apparatus of a document → a table of places and witnesses, and the same as comma-separated values."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from teipress import tei
from teipress.edition import Document, Page, TextFile, Variation
from teipress.render.book import Book
from teipress.render.readings import Column, Readings, line_of
from teipress.render.split import part_path
from teipress.tei import Element

CELLS = 10_000  # of one page: a browser lays out more than that only slowly
FEWEST = 40  # places of a page, however many witnesses there are


@dataclass(frozen=True, slots=True)
class Cell:
    """What a witness reads, "" if it leaves the words out. `group` numbers the readings that differ, 0 is the text's.

    `via` is the siglum of the group that it has the reading from; `lost`: it has a gap here, or is not there yet.
    """

    text: str = ""
    group: int = 0
    via: str = ""
    lost: bool = False


_LOST = Cell(lost=True)


@dataclass(frozen=True, slots=True)
class Place:
    """A place where witnesses differ: what the text reads there, and each witness in the order of the columns.

    None: nothing is said of the witness, or it is not known what the text reads.
    `others` are readings that no witness has, with those who propose them.
    """

    number: int
    id: str
    page: Page | None
    division: str
    line: str
    text: Cell | None
    cells: tuple[Cell | None, ...]
    others: tuple[str, ...] = ()


@dataclass
class Collation:
    """All places of a document, the witnesses, and the pages of the table: `stem` is what these are called after."""

    document: Document
    readings: Readings
    columns: list[Column]
    places: list[Place]
    stem: str
    pages: list[list[Place]] = field(default_factory=list)

    def path(self, number: int) -> str:
        """The path of a page, counted from 0."""
        return part_path(self.stem, number)


def collation(book: Book, document: Document, free: Callable[[str], str]) -> Collation | None:
    """The table of a document; None if no two witnesses are told apart. `free` gives a name for a file."""
    found = Readings(book.edition, document, book.vocabulary, book.addresses.files)
    columns = found.columns
    if not columns:
        return None
    lost = {c.id: found.begins_lost(c) for c in columns}
    places = [_place(number, v, found, columns, lost) for number, v in enumerate(found.places, 1)]
    size = max(FEWEST, CELLS // len(columns))
    pages = [places[start : start + size] for start in range(0, len(places), size)]
    return Collation(document, found, columns, places, free(f"collation-{document.slug}"), pages)


def _place(
    number: int, variation: Variation, found: Readings, columns: Sequence[Column], lost: dict[str, bool]
) -> Place:
    app = variation.element
    first = found.in_text(app)
    base = found.words(first) if first is not None else variation.lemma
    groups: dict[str, int] = {base: 0} if first is not None or base else {}
    cells: list[Cell | None] = []
    for column in columns:
        reading, via = found.of(app, column)
        change = found.changes(app, column)
        if change is False or (change and reading is None):
            lost[column.id] = change
        if reading is not None:
            said = _words(reading, found)
            sigla = found.edition.witnesses[via].siglum or via if via else ""
            cells.append(Cell(said, groups.setdefault(said, len(groups) or 1), sigla))
        else:
            cells.append(_LOST if lost[column.id] else None)
        if change:
            lost[column.id] = True
    return Place(
        number=number,
        id=variation.id,
        page=variation.page,
        division=variation.division,
        line=line_of(variation),
        text=Cell(base) if groups.get(base) == 0 else None,
        cells=tuple(cells),
        others=tuple(_others(app, found)),
    )


def _words(reading: Element, found: Readings) -> str:
    return "" if found.is_omission(reading) else found.words(reading)


def _others(app: Element, found: Readings) -> Iterator[str]:
    """Readings that only editors or scholars have, each with their names."""
    for reading in found.readings(app):
        if reading.get("source") and not reading.get("wit"):
            names = [found.siglum(t) for t in tei.pointers(reading.get("source"))]
            yield f"{_words(reading, found) or 'om.'} {' '.join(names)}"


def render_collation(book: Book, table: Collation, shown: dict[str, Any]) -> list[TextFile]:
    """The pages of a table, and its values.

    Raises:
        Stopped: a template fails (V005).
    """
    files = [_page(book, table, number, shown) for number in range(len(table.pages))]
    return [*files, TextFile(PurePosixPath(f"{table.stem}.csv"), as_csv(table, book.hrefs("")))]


def _page(book: Book, table: Collation, number: int, shown: dict[str, Any]) -> TextFile:
    path = table.path(number)
    places = table.pages[number]
    used = [n for n in range(len(table.columns)) if any((c := p.cells[n]) and not c.lost and not c.via for p in places)]
    rows = [(place, [place.cells[n] for n in used]) for place in places]
    text = book.page(
        "collation-table.html",
        path,
        title=book.phrases.gettext("Collation: %(title)s", title=table.document.short),
        table=table,
        document=table.document,
        number=number,
        places=places,
        divisions=[(name, list(group)) for name, group in groupby(rows, lambda row: row[0].division)],
        columns=[table.columns[n] for n in used],
        editors=any(place.others for place in places),
        **shown,
    )
    return TextFile(PurePosixPath(path), text)


def as_csv(table: Collation, href: Callable[[str], str]) -> str:
    """A table as comma-separated values (RFC 4180), a row each place; a witness of which nothing is said has none.

    An omission is "om.", a gap in a witness "lac.".
    """
    out = StringIO()
    rows = csv.writer(out)
    sigla = [c.siglum for c in table.columns]
    rows.writerow(["number", "page", "division", "line", "text", *sigla, "others", "link"])
    for p in table.places:
        page = p.page.label if p.page else ""
        cells = [_value(c) for c in (p.text, *p.cells)]
        rows.writerow([p.number, page, p.division, p.line, *cells, " | ".join(p.others), href(p.id)])
    return out.getvalue()


def _value(cell: Cell | None) -> str:
    return "" if cell is None else "lac." if cell.lost else cell.text or "om."
