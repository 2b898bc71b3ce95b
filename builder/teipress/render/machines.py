"""An edition → what its site tells programs: values that the pages' templates print, and files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from teipress.edition import Document, Edition, TextFile
from teipress.phrases import Phrases
from teipress.render.book import Book
from teipress.render.changes import changes
from teipress.render.citing import Cited, citing, passage_file
from teipress.render.data import data_files
from teipress.render.discovery import discovery
from teipress.render.dts import dts_files
from teipress.render.iiif import iiif_files, manifested
from teipress.render.metadata import heads
from teipress.render.oai import oai_files


@dataclass(frozen=True, slots=True)
class Machines:
    """`shown` is what templates see; `first` are the paths of the documents' first pages, `url` is the site's.

    `manifests` are the slugs of the documents that have a IIIF manifest.

    Unless `whole` there is nothing: who builds a lone file has it already, and wants the pages in a moment; and the
    second form of a site has all this in the first.
    """

    cited: dict[str, Cited]
    first: dict[str, str]
    url: str
    shown: dict[str, Any]
    whole: bool = True
    manifests: tuple[str, ...] = ()

    def files(self, book: Book, made: Iterable[TextFile], shows: Mapping[str, Document]) -> list[TextFile]:
        """The files for programs. `made` are the site's other files; `shows` says which pages show a document."""
        if not self.whole:
            return []
        pages = [file.path.as_posix() for file in made if file.path.suffix == ".html"]
        found = discovery(book, {path: shows.get(path) for path in pages}, self.first, self.url)
        found += [file for cited in self.cited.values() for file in cited.files]
        citations = {slug: cited.citation for slug, cited in self.cited.items()}
        found += [passage_file(slug, citation, book.phrases) for slug, citation in citations.items()]
        found += data_files(book.edition, book.vocabulary, citations)
        if self.url:  # who asks for these comes from elsewhere, and needs whole addresses
            found += dts_files(book.edition, citations, self.url) + oai_files(book, citations, self.url)
            found += iiif_files(book.edition, self.manifests, self.first, self.url)
        return found


def machines(
    edition: Edition, first: dict[str, str], url: str = "", whole: bool = True, phrases: Phrases | None = None
) -> Machines:
    """What the site of an edition tells programs; `first` are the paths of the documents' first pages."""
    if not whole:
        return Machines({}, first, url, {"citing": {}, "heads": {}, "feed": False, "url": ""}, whole=False)
    cited = citing(edition, first, url, phrases)
    shown = {
        "citing": cited,
        "heads": heads(edition, cited, first, url),
        "feed": bool(changes(edition, first)),
        "url": url,
    }
    return Machines(cited, first, url, shown, manifests=manifested(edition) if url else ())
