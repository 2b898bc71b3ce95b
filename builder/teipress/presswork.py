"""A book that is laid out and written → what a printing house asks for: it in ink, and its cover as a file of its own.

How thick the book is, and how large its images are, is known when it has been laid out.
"""

from __future__ import annotations

from pathlib import Path

from teipress.config import Settings
from teipress.edition import Edition
from teipress.findings import Finding
from teipress.package.pdf import Layout, lay_out, write_pdf
from teipress.package.prepress import prepress
from teipress.package.typefaces import Fonts
from teipress.package.typesetter import Laid
from teipress.paper import paper
from teipress.press import Sheet, sheet
from teipress.render.cover import ROOMS, crowded, render_cover
from teipress.render.pictures import pictured
from teipress.vocabulary import Vocabulary


def press(
    edition: Edition, settings: Settings, vocabulary: Vocabulary, fonts: Fonts, folder: Path, laid: Laid
) -> list[Finding]:
    """Change the book that lies in a folder, laid out as `laid` says, and put its cover beside it.

    What will look bad on paper is found (O011, O012, O013).

    Raises:
        ToolError: the engine is missing, or broke.
        Stopped: a template fails (V005).
        UsageError: the profile of the press cannot be used.
    """
    page = paper(settings.size)
    cut = sheet(settings.press, page.width, page.height, laid.pages)
    found = prepress(folder / f"{edition.name}.pdf", settings.press)
    cover = folder / f"{edition.name}-cover.pdf"
    layout, room = _cover(edition, settings, vocabulary, fonts, cut, cover.name)
    write_pdf(layout, cover)
    found += prepress(cover, settings.press, cut.folds)
    narrow = [crowded(cover.name)] if room == ROOMS[-1] else []
    return [*pictured(edition, settings, laid.pictures), *found, *layout.findings, *narrow]


def _cover(
    edition: Edition, settings: Settings, vocabulary: Vocabulary, fonts: Fonts, cut: Sheet, name: str
) -> tuple[Layout, str]:
    """The cover with as much of its text as stands on one page, and which of `ROOMS` that has."""
    for room in ROOMS:
        cover = render_cover(edition, settings, vocabulary, cut, room, fonts.families)
        layout = lay_out(cover.html, cover.css, edition.folder, edition.images, name, fonts=fonts.faces)
        if layout.pages == 1:
            break
    return layout, room
