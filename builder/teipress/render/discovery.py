"""The pages of a site → the files by which it is found and followed: sitemap, robots, feed, and the page for none."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from teipress.edition import Document, TextFile
from teipress.render.book import Book
from teipress.render.changes import Change, changes

FEED = "feed.xml"


def discovery(book: Book, pages: dict[str, Document | None], first: dict[str, str], url: str) -> list[TextFile]:
    """404.html, the feed if there are dated changes, sitemap.xml and robots.txt if it is known where the site stands.

    `pages` are the paths of all pages, each with its document if it shows one; `first` the documents' first pages.
    """
    values: dict[str, Any] = {"404.html": {}}
    if news := changes(book.edition, first):
        values[FEED] = {"changes": news, "identifier": book.edition.description.identifier}
    if url:
        entries = {("" if path == "index.html" else path): _changed(d, news) for path, d in pages.items()}
        values["sitemap.xml"] = {"entries": entries}
        values["robots.txt"] = {}
    return [TextFile(PurePosixPath(n), book.page(n, n, url=url, **v)) for n, v in values.items()]


def _changed(document: Document | None, news: list[Change]) -> str:
    """The day of the last change of what a page shows, of anything at all on a page that is no document's."""
    days = [c.day for c in news if document is None or c.document == document.slug]
    return max(days, default="")
