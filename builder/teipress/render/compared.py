"""An edition → the pages that compare texts: parallel views, collations, the texts of witnesses; and links to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from teipress.config import slug
from teipress.edition import TextFile
from teipress.render.book import Book
from teipress.render.collation import Collation, collation, render_collation
from teipress.render.parallel import View, render_view, views
from teipress.render.split import Leaf
from teipress.render.witness import Text, check_wanted, render_text, wanted


@dataclass(frozen=True, slots=True)
class Beside:
    """What a reading page leads to: the other texts it can be read with, its table, the texts of its witnesses."""

    parallels: list[tuple[str, str]] = field(default_factory=list)
    collation: str = ""
    witnesses: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Compared:
    """The pages that compare texts, planned: `links` are those of the navigation, `beside` is for reading pages."""

    book: Book
    leaves: Sequence[Leaf]
    views: list[View]
    tables: list[Collation]
    texts: dict[str, list[Text]]

    @property
    def links(self) -> list[tuple[str, str]]:
        """Path and title of what the navigation leads to."""
        said = self.book.phrases.gettext
        found: list[tuple[str, str]] = []
        if self.views:
            found.append((self.views[0].path(0) if len(self.views) == 1 else "parallel.html", said("Parallel texts")))
        if self.tables:
            found.append((self.tables[0].path(0) if len(self.tables) == 1 else "collation.html", said("Collation")))
        return found

    @property
    def beside(self) -> dict[str, Beside]:
        """For each reading page that has something beside it: what that is."""
        found: dict[str, Beside] = {}
        tables = {t.document.slug: t for t in self.tables}
        begins = {t.document.slug: _begins(t, self.book.addresses.files) for t in self.tables}
        numbers: Counter[str] = Counter()
        for leaf in self.leaves:
            path, document = f"{leaf.stem}.html", leaf.document
            number = numbers[document.slug]
            numbers[document.slug] += 1
            parallels = [
                (v.entrances[path], v.other(document).short)
                for v in self.views
                if document in v.documents and path in v.entrances
            ]
            table = tables.get(document.slug)
            texts = [(t.paths[number], t.column.siglum) for t in self.texts.get(document.slug, ())]
            if parallels or table:
                place = begins[document.slug].get(path, 0) if table else 0
                found[path] = Beside(parallels, table.path(place) if table else "", texts)
        return found

    def files(self, shown: dict[str, Any]) -> list[TextFile]:
        """All of these pages.

        Raises:
            Stopped: a template fails (V005).
        """
        said = self.book.phrases.gettext
        files = [file for view in self.views for file in render_view(self.book, view, shown)]
        for table in self.tables:
            texts = self.texts.get(table.document.slug, [])
            own = [leaf for leaf in self.leaves if leaf.document is table.document]
            files += render_collation(self.book, table, {**shown, "texts": texts})
            files += [f for n in range(len(texts)) for f in render_text(self.book, table, texts, n, own, shown)]
        for path, template, several in (
            ("parallel.html", "parallel-texts.html", self.views),
            ("collation.html", "collation.html", self.tables),
        ):
            if len(several) > 1:
                title = said("Parallel texts") if path == "parallel.html" else said("Collation")
                values = {"views": self.views, "tables": self.tables, "texts": self.texts, "title": title, **shown}
                files.append(TextFile(PurePosixPath(path), self.book.page(template, path, **values)))
        if self.tables:
            files.append(TextFile(PurePosixPath("collation.js"), self.book.templates.file("collation.js")))
        return files


def compared(book: Book, leaves: Sequence[Leaf]) -> Compared:
    """What there is to compare in an edition whose reading pages are `leaves`.

    Raises:
        UsageError: the edition asks for the text of a witness that no apparatus names.
    """
    free = _names({leaf.stem.lower() for leaf in leaves})
    settings = book.settings
    found = [t for d in book.edition.documents if d.variations and (t := collation(book, d, free))]
    check_wanted(found, settings.witnesses)
    texts: dict[str, list[Text]] = {}
    for table in found:
        if columns := wanted(table, settings.witnesses, settings.declared):
            own = [leaf.stem for leaf in leaves if leaf.document is table.document]
            texts[table.document.slug] = [
                Text(c, tuple(f"{free(f'witness-{stem}-{slug(c.id)}')}.html" for stem in own)) for c in columns
            ]
    return Compared(book, leaves, views(book, leaves, free), found, texts)


def _begins(table: Collation, files: Mapping[str, str]) -> dict[str, int]:
    """The page of a table that has the first place of each reading page; `files` says where identifiers are."""
    found: dict[str, int] = {}
    for number, page in enumerate(table.pages):
        for place in page:
            found.setdefault(files.get(place.id, ""), number)
    return found


def _names(taken: set[str]) -> Callable[[str], str]:
    """What gives a file a name that no other has, whatever the system thinks of capitals."""

    def free(name: str) -> str:
        while name.lower() in taken:
            name += "x"
        taken.add(name.lower())
        return name

    return free
