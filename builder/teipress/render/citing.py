"""An edition → what a page tells of how to cite each document, and the files for reference managers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from teipress.edition import Edition, TextFile
from teipress.phrases import Phrases
from teipress.render.citation import Citation, citations
from teipress.render.exchange import FOLDER, cite_files, coins
from teipress.render.styles import Line, lines

_TITLES = {".bib": "BibTeX", ".ris": "RIS", ".json": "CSL-JSON"}
_ADDRESS = "https://{address}"  # the styles know an address by its beginning


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


def passage_file(slug: str, citation: Citation, phrases: Phrases) -> TextFile:
    """What a browser cites pages and passages of a document with: ``cite/SLUG.js``, which tells `passage.js`.

    For each of four cases ("", "page", "address", "page address") a list of style and line, with ``{page}`` and
    ``https://{address}`` where these go. It is a script, because pages on a disk may read no other file.
    """
    cases = {
        " ".join(filter(None, (page and "page", address and "address"))): [
            [line.style, str(line.text)] for line in lines(replace(citation, locator=page, url=address), phrases)
        ]
        for page in ("", "{page}")
        for address in ("", _ADDRESS)
    }
    told = json.dumps({"slug": slug, "lines": cases}, ensure_ascii=False).replace("</", "<\\/")
    return TextFile(
        PurePosixPath(f"{FOLDER}/{slug}.js"), f'dispatchEvent(new CustomEvent("citation", {{ detail: {told} }}));\n'
    )
