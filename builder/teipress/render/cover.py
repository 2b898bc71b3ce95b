"""An edition and the sheet of its cover → the HTML and the style sheet of back, spine and front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from teipress.config import Settings
from teipress.edition import Edition
from teipress.findings import Finding, finding
from teipress.isbn import ean, is_valid, isbns, written
from teipress.press import HINGE, Sheet, runs_upward
from teipress.render.barcode import MODULE, barcode
from teipress.render.book import Book
from teipress.scripts import SCRIPTS
from teipress.vocabulary import Vocabulary

FILE = "cover.html"
ROOMS = ("usual", "small", "none")  # how the text on the back is set; without room it is left out


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover ready for the layout: it fits if that has one page."""

    html: str
    css: str


def render_cover(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    sheet: Sheet,
    room: str = "usual",
    families: Sequence[str] = (),
) -> Cover:
    """The cover; `room` is one of `ROOMS`, `families` are those that its words are set in before all others.

    Raises:
        Stopped: a template fails (V005).
    """
    book = Book(edition, settings, vocabulary, "pdf")
    book.place((), "")
    number = next((n for e in isbns(edition.header.element) if is_valid(n := "".join(e.itertext()))), "")
    values = {
        "abstract": book.abstract(FILE) if room != "none" else "",
        "isbn": written(number),
        "digits": ean(number) if number else "",
        "bars": barcode(ean(number)) if number else "",
        "sheet": sheet,
    }
    upward = runs_upward(settings.press, book.phrases.language)
    css = book.page(
        "cover.css",
        "cover.css",
        sheet=sheet,
        bleed=settings.press.bleed,
        module=MODULE,
        hinge=HINGE,
        upward=upward,
        small=room == "small",
        families=[*families, *(s.family for s in SCRIPTS)],
        display=not settings.font,
    )
    return Cover(book.page("cover.html", FILE, rtl=book.rtl, **values), css)


def crowded(name: str) -> Finding:
    """O013: the abstract is too long for the back."""
    return finding("O013", "the cover has no room for the abstract, which is left out", name, 0, "shorten the abstract")
