"""How the stages render and package make of a book what a printing house asks for: it in ink, and a cover for it.

How thick the book is, and how large its images are, is known when it has been laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from teipress.config import Settings
from teipress.edition import Edition, Picture
from teipress.findings import Finding
from teipress.package.pdf import lay_out, write_pdf
from teipress.package.prepress import prepress
from teipress.package.typefaces import Typeface, own, typefaces
from teipress.paper import paper
from teipress.press import sheet
from teipress.render.cover import ROOMS, crowded, render_cover
from teipress.render.pictures import pictured
from teipress.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of an edition; `families` are what style sheets call them, the one that is set before all others."""

    faces: tuple[Typeface, ...] = ()
    families: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def fonts_of(settings: Settings) -> Fonts:
    """The fonts of an edition; a lone file has none."""
    if not settings.declared:
        return Fonts()
    faces, findings = typefaces(settings.folder, settings.font)
    wanted = [own(faces, settings.font)] if settings.font else []
    return Fonts(faces, tuple(dict.fromkeys((*wanted, *(face.name for face in faces)))), tuple(findings))


def press(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    folder: Path,
    pages: int,
    pictures: Sequence[Picture],
    fonts: Fonts,
    say: Callable[..., None],
) -> list[Finding]:
    """Change the book of so many pages that lies in a folder, and put its cover beside it.

    `pictures` are the images that it shows. What will look bad on paper is found.

    Raises:
        ToolError: the engine is missing, or broke.
        Stopped: a template fails (V005).
        UsageError: the profile of the press cannot be used.
    """
    say("Preparing it for the press")
    found = prepress(folder / f"{edition.name}.pdf", settings.press)
    name = f"{edition.name}-cover.pdf"
    page = paper(settings.size)
    cut = sheet(settings.press, page.width, page.height, pages)
    for room in ROOMS:
        cover = render_cover(edition, settings, vocabulary, cut, room, fonts.families)
        layout = lay_out(cover.html, cover.css, edition.folder, edition.images, name, fonts=fonts.faces)
        if layout.pages == 1:
            break
    write_pdf(layout, folder / name)
    found += prepress(folder / name, settings.press, cut.folds)
    narrow = [crowded(name)] if room == ROOMS[-1] else []
    return [*pictured(edition, settings, pictures), *found, *layout.findings, *narrow]
