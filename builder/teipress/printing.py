"""How the stages render and package make a book together: it is laid out until what it prints of itself is true.

Contents, indexes and the apparatus cite pages and lines. Each layout tells where they are, and the next one prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from teipress.config import Settings
from teipress.edition import Edition, Spot
from teipress.errors import UsageError
from teipress.findings import Finding
from teipress.package.fonts import without_font
from teipress.package.pdf import lay_out
from teipress.package.piece import Book
from teipress.package.profiles import Attachment, Publication, record_of
from teipress.package.staging import is_text, shelf, write
from teipress.package.typefaces import Fonts, fonts_of
from teipress.package.typesetter import Laid, Typesetter, typesetter
from teipress.package.undrawn import undrawn
from teipress.presswork import press
from teipress.render.data import edition_source
from teipress.render.facing import planned, tightened
from teipress.render.labels import number, page_labels
from teipress.render.print import Printed, concordance_of, render_print, render_strips
from teipress.render.shortfalls import overfull, unprintable, unsettled
from teipress.spreads import Plan
from teipress.vocabulary import Vocabulary

PASSES = 4  # layouts of a book until its page references settle; two are the rule
FURTHER = 4  # layouts more if there are facing pages, some of which may turn out to be too full


def print_book(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    stage: Path,
    moment: datetime,
    generator: str,
    say: Callable[..., None],
) -> list[Finding]:
    """Make the PDF of an edition and what goes with it below `stage`; the arguments are those of the pipeline's makers.

    Raises:
        ToolError: the engine is missing, or broke.
        Stopped: a template fails (V005).
        UsageError: the profile of the press cannot be used, or the output lies where its libraries find no file.
    """
    if not is_text(stage):  # libraries that write PDFs want to know what a path is called
        hint = "name another folder with -o, or use a locale of UTF-8"
        raise UsageError(f"{stage.parent.parent}: no PDF can be made where a path is not UTF-8; {hint}")
    fonts, folder = fonts_of(settings), stage / "pdf"
    target = folder / f"{edition.name}.pdf"
    rounds = _Rounds(edition, settings, vocabulary, moment, fonts, say)
    rounds.plans = _plans(edition, settings, vocabulary, target.name, fonts, say)
    with (
        # an edition that withholds something leaves nothing beside its output
        shelf(stage, settings.declared and not settings.withhold) as parts,
        typesetter(parts, settings.jobs, rounds.tell) as setter,
    ):
        printed, book, laid = rounds.run(setter)
        say(f"Writing the PDF, {laid.pages} pages")
        numbered = partial(number, laid.page_of.get(printed.first, 0))
        setter.write(laid, book, target, numbered, _publication(edition, settings, printed, laid, moment, generator))
    write(folder, concordance_of(edition, printed, laid.page_of))
    found = [*fonts.findings, *laid.findings, *unprintable(edition, undrawn(target))]
    if settings.pressed:
        say("Preparing it for the press")
        found += press(edition, settings, vocabulary, fonts, folder, laid)
    return [*found, *rounds.findings()]


@dataclass
class _Rounds:
    """Layouts of a book, one after the other, until what it prints of itself is true; and what the last of them told.

    `boxes` are the characters that no font has, `spilled` the pairs of documents whose facing pages were too full.
    """

    edition: Edition
    settings: Settings
    vocabulary: Vocabulary
    moment: datetime
    fonts: Fonts
    say: Callable[..., None]
    plans: Mapping[str, Plan] = field(default_factory=dict)
    page_of: Mapping[str, int] = field(default_factory=dict)
    spots: Mapping[str, Spot] = field(default_factory=dict)
    boxes: tuple[str, ...] | None = None
    spilled: frozenset[str] = frozenset()
    settled: bool = False
    step: str = ""

    @property
    def name(self) -> str:
        """The file that is made."""
        return f"{self.edition.name}.pdf"

    @property
    def most(self) -> int:
        """How many layouts there may be."""
        return PASSES + FURTHER * bool(self.plans)

    def run(self, setter: Typesetter) -> tuple[Printed, Book, Laid]:
        """The book as it was printed last, and its layout."""
        for count in range(1, self.most + 1):
            self.step = f"Laying out the PDF, pass {count}"
            self.say(self.step)
            printed = render_print(
                self.edition,
                self.settings,
                self.vocabulary,
                self.page_of,
                self.moment,
                self.spots,
                self.fonts.families,
                self.plans,
            )
            book = self._book(printed)
            laid = setter.lay_out(book)
            self._take(printed, laid)
            if self.settled:
                break
        return printed, book, laid

    def tell(self, pages: int) -> None:
        """So many pages were laid out."""
        self.say(self.step, pages)

    def findings(self) -> list[Finding]:
        """What could not be made true."""
        if found := overfull(self.edition, self.spilled, self.name):
            return found
        return [] if self.settled else [unsettled(self.name, self.most)]

    def _take(self, printed: Printed, laid: Laid) -> None:
        """Take over where a layout put everything, and whether that is what the book says."""
        plans, self.spilled = tightened(printed.pairs, self.plans, laid.page_of)
        moved = any(laid.page_of.get(i) != self.page_of.get(i) for i in (*printed.refers, printed.first))
        self.settled = not moved and laid.spots == self.spots and plans == self.plans
        self.page_of, self.spots, self.plans = laid.page_of, laid.spots, plans

    def _book(self, printed: Printed) -> Book:
        if self.boxes is None:
            own = {c for face in self.fonts.faces for c in face.characters}
            self.boxes = tuple(without_font(set(printed.html), own))
        return Book(
            printed.html,
            printed.css,
            self.edition.folder,
            self.edition.images,
            self.name,
            printed.keyed,
            printed.starts,
            self.boxes,
            self.fonts.faces,
            self.page_of.get(printed.first, 0),
        )


def _plans(
    edition: Edition, settings: Settings, vocabulary: Vocabulary, name: str, fonts: Fonts, say: Callable[..., None]
) -> Mapping[str, Plan]:
    """What stands on which spread, for each pair of documents that face each other."""
    if not edition.facing:
        return {}
    from teipress.package.facing import measured  # it knows WeasyPrint from within, and needs it to be there

    say("Measuring the facing pages")
    strips = render_strips(edition, settings, vocabulary, fonts.families)
    layouts = (
        (pair, lay_out(html, css, edition.folder, edition.images, name, fonts=fonts.faces))
        for pair, html, css in strips
    )
    return {pair.name: planned(pair, measured(layout)) for pair, layout in layouts}


def _publication(
    edition: Edition, settings: Settings, printed: Printed, layout: Laid, moment: datetime, generator: str
) -> Publication:
    """What the PDF promises and says of itself."""
    source = None
    if settings.profile == "source":
        said = f"{edition.title}: TEI P5"
        source = Attachment(f"{edition.name}.xml", edition_source(edition).encode(), said)
    return Publication(
        record_of(edition, printed.language, moment, generator, printed.leftward),
        settings.profile,
        page_labels(edition, layout.page_of, layout.pages, printed.first, settings.labels == "source"),
        source,
        hyphens="\u2010" in printed.html,
    )
