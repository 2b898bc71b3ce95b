"""An edition → what a page tells of how to cite each document, and the files for reference managers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from teipress.edition import Edition, TextFile
from teipress.phrases import Phrases
from teipress.render.citation import Citation, citations
from teipress.render.exchange import cite_files, coins
from teipress.render.styles import Line, lines

_TITLES = {".bib": "BibTeX", ".ris": "RIS", ".json": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a page offers: its path and what it is."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Cited:
    """How to cite one document: the data, a line in each style, the files, and COinS."""

    citation: Citation
    lines: list[Line]
    files: list[TextFile]
    coins: str

    @property
    def downloads(self) -> list[Download]:
        """The files for reference managers as links."""
        return [Download(file.path.as_posix(), _TITLES[file.path.suffix]) for file in self.files]


def citing(
    edition: Edition, pages: Mapping[str, str], url: str = "", phrases: Phrases | None = None
) -> dict[str, Cited]:
    """How to cite each document, by its slug; `pages` are the paths of their first pages, `url` where the site is.

    The lines are in the language of `phrases`, in English without.
    """
    return {
        slug: Cited(citation, lines(citation, phrases), cite_files(slug, citation), coins(citation))
        for slug, citation in citations(edition, pages, url).items()
    }
