"""An edition and the sheet of its cover → the HTML and the style sheet of back, spine and front."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten

from teipress import tei
from teipress.config import Settings
from teipress.edition import Edition
from teipress.findings import Finding, finding
from teipress.isbn import ean, is_valid, isbns, written
from teipress.lengths import POINT
from teipress.press import HINGE, Sheet, runs_upward
from teipress.render.barcode import MODULE, WIDTH, barcode
from teipress.render.book import Book
from teipress.render.print import text_families
from teipress.vocabulary import Vocabulary

FILE = "cover.html"
SPINE_MARGIN = 12  # millimetres above and below the words on the spine
_LONGEST, _LONGEST_NAMES = 64, 40  # characters on a spine
_LARGEST = 15  # points
_EM, _LESS, _ROOM = 0.5, 0.75, 4  # the width of a letter in ems, the share of the names' size, ems between the words
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
    number = next((n for e in isbns(edition.header.element) if is_valid(n := tei.line_of_text(e))), "")
    words = _spine(edition, book)
    values = {
        "abstract": book.abstract(FILE) if room != "none" else "",
        "isbn": f"ISBN {written(number)}",
        "digits": ean(number) if number else "",
        "bars": barcode(ean(number)) if number else "",
        "sheet": sheet,
        "spine": words,
    }
    css = book.page(
        "cover.css",
        "cover.css",
        sheet=sheet,
        bleed=settings.press.bleed,
        module=MODULE,
        hinge=HINGE,
        bars_width=WIDTH,
        spine_margin=SPINE_MARGIN,
        less=_LESS,
        upward=runs_upward(settings.press, book.phrases.language),
        spine_size=_spine_size(words, sheet),
        small=room == "small",
        rtl=book.rtl,
        families=text_families(settings, families),
        display=not settings.font,
    )
    return Cover(book.page("cover.html", FILE, rtl=book.rtl, **values), css)


def _spine(edition: Edition, book: Book) -> tuple[str, str, str]:
    """The words on the spine: whose book it is, the title up to its first colon, the publisher."""
    header = edition.header
    names = book.phrases.joined(header.authors or header.editors)
    title = header.title.split(": ")[0]
    return (
        shorten(names, _LONGEST_NAMES, placeholder=" …"),
        shorten(title, _LONGEST, placeholder=" …"),
        header.publisher,
    )


def _spine_size(words: tuple[str, str, str], sheet: Sheet) -> float:
    """The size of the title on the spine in points; names and publisher are set in small capitals of `_LESS` of it.

    It fills the spine's width at most, and its length with all words and some room between them.
    """
    names, title, publisher = words
    ems = _EM * (len(title) + _LESS * (len(names) + len(publisher))) + _ROOM
    return round(min(_LARGEST, sheet.spine * 1.15, (sheet.height - 2 * SPINE_MARGIN) / ems / POINT), 1)


def crowded(name: str) -> Finding:
    """O013: the abstract is too long for the back."""
    return finding("O013", "the cover has no room for the abstract, which is left out", name, 0, "shorten the abstract")
