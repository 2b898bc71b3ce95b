"""A book that is laid out → the numbers of its pages, and the labels by which a reader of PDFs calls them.

Numbers are roman before the page that the texts begin on, and arabic from 1 on from there. A label is that number, or
the page of the source that stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from teipress.edition import Document, Edition
from teipress.numerals import roman

_OWN = "book-"  # begins the identifiers of what is not of the documents


def number(first: int, page: int) -> int:
    """The number of a physical page; `first` is the one that the texts begin on (both 0-based)."""
    return page - first + 1 if page >= first else page + 1


def folio(first: int, page: int) -> str:
    """The number of a page as it is printed."""
    return str(number(first, page)) if page >= first else roman(number(first, page))


def folios(page_of: Mapping[str, int], start: str) -> dict[str, str]:
    """The number printed on the page of each identifier; `start` is the one that page 1 begins with."""
    return {identifier: folio(page_of.get(start, 0), page) for identifier, page in page_of.items()}


def page_labels(edition: Edition, page_of: Mapping[str, int], pages: int, start: str, source: bool) -> list[str]:
    """The label of each page of a book; `start` is the identifier that page 1 begins with.

    With `source` a page of a document is called after the pages of the source that it shows (``36–37``). `page_of` is
    the page (0-based) that each identifier stands on.
    """
    first = page_of.get(start, 0)
    labels = [folio(first, page) for page in range(pages)]
    if source:
        for document in edition.documents:
            labels = [found or own for found, own in zip(_shown(document, page_of, pages), labels, strict=True)]
    return labels


def _shown(document: Document, page_of: Mapping[str, int], pages: int) -> Iterator[str]:
    """For each page of the book which pages of a document's source it shows: "" for none."""
    begun: dict[int, list[str]] = {}
    for page in document.page_list:
        if page.id in page_of and page.label:
            begun.setdefault(page_of[page.id], []).append(page.label)
    end = _end(document, page_of, pages)
    open_page = ""
    for number in range(pages):
        here = begun.get(number, [])
        names = [name for name in (open_page, *here) if name]
        open_page = names[-1] if names and number < end else ""
        yield "–".join(dict.fromkeys((names[0], names[-1]))) if names and number < end else ""


def _end(document: Document, page_of: Mapping[str, int], pages: int) -> int:
    """The page that something else than a document begins on."""
    start = page_of.get(f"start-{document.slug}", 0)
    others = (page for i, page in page_of.items() if i.startswith(("start-", _OWN)))
    return min((page for page in others if page > start), default=pages)
