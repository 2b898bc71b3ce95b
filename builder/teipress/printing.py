"""How the stages render and package make a book together: it is laid out until what it prints of itself is true.

Contents, indexes and the apparatus cite pages and lines. Each layout tells where they are, and the next one prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from teipress.config import Settings
from teipress.edition import Edition, Spot
from teipress.findings import Finding
from teipress.package.fonts import without_font
from teipress.package.pdf import lay_out
from teipress.package.profiles import Attachment, Publication, record_of
from teipress.package.staging import shelf, write
from teipress.package.typefaces import Typeface
from teipress.package.typesetter import Book, Laid, typesetter
from teipress.package.undrawn import undrawn
from teipress.presswork import Fonts, fonts_of, press
from teipress.render.data import edition_source
from teipress.render.facing import planned, tightened
from teipress.render.labels import page_labels
from teipress.render.print import (
    Printed,
    concordance_of,
    numbering,
    overfull,
    render_print,
    render_strips,
    unprintable,
    unsettled,
)
from teipress.spreads import Plan
from teipress.vocabulary import Vocabulary

FURTHER = 4  # layouts if there are facing pages, some of which may turn out to be too full
PASSES = 4  # layouts of a book until its page references settle; two are the rule


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
    """
    fonts = fonts_of(settings)
    name = f"{edition.name}.pdf"
    page_of: Mapping[str, int] = {}
    spots: Mapping[str, Spot] = {}
    boxes: list[str] | None = None
    plans = _plans(edition, settings, vocabulary, name, fonts, say)
    passes = PASSES + FURTHER * bool(plans)
    step = ""
    with (
        # an edition that withholds something leaves nothing beside its output
        shelf(stage, settings.declared and not settings.withhold) as folder,
        typesetter(folder, settings.jobs, lambda pages: say(step, pages)) as setter,
    ):
        for number in range(1, passes + 1):
            say(step := f"Laying out the PDF, pass {number}")
            printed = render_print(edition, settings, vocabulary, page_of, moment, spots, fonts.families, plans)
            if boxes is None:
                boxes = without_font(set(printed.html), {c for face in fonts.faces for c in face.characters})
            book = _book(printed, edition, name, boxes, fonts.faces, page_of.get(printed.first, 0))
            layout = setter.lay_out(book)
            cited = (*printed.refers, printed.first)
            settled = all(layout.page_of.get(i) == page_of.get(i) for i in cited) and layout.spots == spots
            page_of, spots = layout.page_of, layout.spots
            before, (plans, spilled) = plans, tightened(printed.pairs, plans, page_of)
            settled = settled and plans == before
            if settled:
                break
        say(f"Writing the PDF, {layout.pages} pages")
        published = _publication(edition, settings, printed, layout, moment, generator)
        setter.write(layout, book, stage / "pdf" / name, numbering(printed.first, page_of), published)
    write(stage / "pdf", concordance_of(edition, printed, page_of))
    found = [*fonts.findings, *layout.findings, *unprintable(edition, undrawn(stage / "pdf" / name))]
    if settings.pressed:
        found += press(edition, settings, vocabulary, stage / "pdf", layout.pages, layout.pictures, fonts, say)
    return [*found, *(overfull(edition, spilled, name) or ([] if settled else [unsettled(name, passes)]))]


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


def _book(
    printed: Printed, edition: Edition, name: str, boxes: list[str], fonts: tuple[Typeface, ...], first: int
) -> Book:
    return Book(
        printed.html,
        printed.css,
        edition.folder,
        edition.images,
        name,
        printed.keyed,
        printed.starts,
        tuple(boxes),
        fonts,
        first,
    )


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
