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
from teipress.package.profiles import Attachment, Publication, record_of
from teipress.package.staging import shelf, write
from teipress.package.typefaces import Typeface
from teipress.package.typesetter import Book, Laid, typesetter
from teipress.package.undrawn import undrawn
from teipress.presswork import fonts_of, press
from teipress.render.data import edition_source
from teipress.render.labels import page_labels
from teipress.render.print import Printed, concordance_of, numbering, render_print, unprintable, unsettled
from teipress.vocabulary import Vocabulary

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
    step = ""
    with (
        # an edition that withholds something leaves nothing beside its output
        shelf(stage, settings.declared and not settings.withhold) as folder,
        typesetter(folder, settings.jobs, lambda pages: say(step, pages)) as setter,
    ):
        for number in range(1, PASSES + 1):
            say(step := f"Laying out the PDF, pass {number}")
            printed = render_print(edition, settings, vocabulary, page_of, moment, spots, fonts.families)
            if boxes is None:
                boxes = without_font(set(printed.html), {c for face in fonts.faces for c in face.characters})
            book = _book(printed, edition, name, boxes, fonts.faces)
            layout = setter.lay_out(book)
            settled = all(layout.page_of.get(i) == page_of.get(i) for i in printed.refers) and layout.spots == spots
            page_of, spots = layout.page_of, layout.spots
            if settled:
                break
        say(f"Writing the PDF, {layout.pages} pages")
        published = _publication(edition, settings, printed, layout, moment, generator)
        setter.write(layout, book, stage / "pdf" / name, numbering(printed.first, page_of), published)
    write(stage / "pdf", concordance_of(edition, printed, page_of))
    found = [*fonts.findings, *layout.findings, *unprintable(edition, undrawn(stage / "pdf" / name))]
    if settings.pressed:
        found += press(edition, settings, vocabulary, stage / "pdf", layout.pages, layout.pictures, fonts, say)
    return [*found, *([] if settled else [unsettled(name, PASSES)])]


def _book(printed: Printed, edition: Edition, name: str, boxes: list[str], fonts: tuple[Typeface, ...]) -> Book:
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
