"""An edition → what its site tells programs: values that the pages' templates print, and files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from teipress.edition import Document, Edition, TextFile
from teipress.render.book import Book
from teipress.render.changes import changes
from teipress.render.citing import Cited, citing
from teipress.render.data import data_files
from teipress.render.discovery import discovery
from teipress.render.metadata import heads


@dataclass(frozen=True, slots=True)
class Machines:
    """`shown` is what templates see; `first` are the paths of the documents' first pages, `url` is the site's."""

    cited: dict[str, Cited]
    first: dict[str, str]
    url: str
    shown: dict[str, Any]

    def files(self, book: Book, made: Iterable[TextFile], shows: Mapping[str, Document]) -> list[TextFile]:
        """The files for programs. `made` are the site's other files; `shows` says which pages show a document."""
        pages = [file.path.as_posix() for file in made if file.path.suffix == ".html"]
        found = discovery(book, {path: shows.get(path) for path in pages}, self.first, self.url)
        found += [file for cited in self.cited.values() for file in cited.files]
        return found + data_files(book.edition, book.vocabulary, {s: c.citation for s, c in self.cited.items()})


def machines(edition: Edition, first: dict[str, str], url: str = "") -> Machines:
    """What the site of an edition tells programs; `first` are the paths of the documents' first pages."""
    cited = citing(edition, first, url)
    shown = {
        "citing": cited,
        "heads": heads(edition, cited, first, url),
        "feed": bool(changes(edition, first)),
        "url": url,
    }
    return Machines(cited, first, url, shown)
