"""The pages of an edition's sources → the concordance that says where each of them is found."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO

from teipress.edition import Document, Edition, Page
from teipress.render.redactions import Href


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the source and where it is found."""

    page: Page
    href: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """The pages of one sequence (pb/@ed) of a document, in its order."""

    name: str
    pages: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class PageList:
    """The pages of a document, those of the sequence that references go by first."""

    document: Document
    sequences: tuple[Sequence, ...]


def page_list(document: Document, href: Href) -> PageList:
    """The pages of a document that are shown; without any, there are no sequences."""
    found: dict[tuple[bool, str], list[Listed]] = {}
    for page in document.pages:
        if target := href(page.id):
            found.setdefault((page.secondary, page.stream.lstrip("#")), []).append(Listed(page, target))
    return PageList(document, tuple(Sequence(name, tuple(pages)) for (_, name), pages in sorted(found.items())))


def by_file(edition: Edition, files: Mapping[str, str]) -> dict[str, list[Listed]]:
    """The pages that references go by, for each file the ones that begin in it; `files` says where identifiers are."""
    found: dict[str, list[Listed]] = {}
    for document in edition.documents:
        for page in document.page_list:
            if file := files.get(page.id):
                found.setdefault(file, []).append(Listed(page, f"#{page.id}"))
    return found


def open_at(files: Iterable[tuple[Document, str]], begin: Mapping[str, list[Listed]]) -> dict[str, str]:
    """The name of the page that is open where each file begins; `files` are in reading order, `begin` as `by_file`."""
    found: dict[str, str] = {}
    latest: dict[str, str] = {}
    for document, file in files:
        if document.slug in latest:
            found[file] = latest[document.slug]
        if here := begin.get(file):
            latest[document.slug] = here[-1].page.name
    return found


def concordance(edition: Edition, columns: Mapping[str, Callable[[Page], str]]) -> str:
    """All pages of an edition as comma-separated values (RFC 4180); `columns` say where each is found."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["document", "page", "stream", "inferred", *columns])
    for document in edition.documents:
        for page in document.pages:
            inferred = "yes" if page.inferred else "no"
            places = (found(page) for found in columns.values())
            table.writerow([document.slug, page.label, page.stream.lstrip("#"), inferred, *places])
    return out.getvalue()
