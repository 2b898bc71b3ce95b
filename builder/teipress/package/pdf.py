"""An HTML book → its layout, and a PDF (WeasyPrint).

WeasyPrint may fetch only what the edition lists: it gets bytes by name from a dictionary, never a file or a URL.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape  # writes, and reads nothing

from teipress.edition import IMAGES, Picture, Spot
from teipress.errors import ToolError
from teipress.findings import Finding, finding
from teipress.package.manifest import media_type
from teipress.package.typefaces import Typeface, font_faces

# A face of Linux Libertine that has blanks for 47 characters that no other face of it has (℣, ℟, ℔, ℥, Hebrew points):
# the engine would take them from there, and print nothing. Semibold italics are bold italics without it.
_BLANK = "*/LinLibertine_RZI*"
_FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include>{usual}</include>
<selectfont><rejectfont><glob>{blank}</glob></rejectfont></selectfont></fontconfig>
"""
BASE = "https://edition.invalid/"  # a scheme that relative addresses resolve against; nothing is ever fetched


@dataclass(frozen=True, slots=True)
class Layout:
    """A book that is laid out: the physical page (0-based) of each identifier, and what the engine complained of.

    `spots` are the lines of those identifiers that were asked for, `pictures` the images that it shows.
    """

    pages: int
    page_of: Mapping[str, int]
    spots: Mapping[str, Spot]
    findings: tuple[Finding, ...]
    document: Any = field(repr=False)
    pictures: tuple[Picture, ...] = ()


def lay_out(
    html: str,
    styles: str,
    folder: Path,
    images: tuple[PurePosixPath, ...],
    name: str,
    keyed: Collection[str] = (),
    starts: Collection[str] = (),
    fonts: Sequence[Typeface] = (),
) -> Layout:
    """Lay out a book. `styles` is its style sheet; `images` are those that it may show, below `folder`.

    `keyed` are identifiers whose lines are wanted; the numbers of lines begin anew with `starts`, else with each page.
    `fonts` are those of the edition.

    Raises:
        ToolError: WeasyPrint or a library that it needs is missing, or it broke.
    """
    weasyprint = engine()
    from teipress.package.bands import bands  # these know WeasyPrint from within, and need it to be there
    from teipress.package.hanging import hanging
    from teipress.package.hyphenation import add_languages
    from teipress.package.lines import spots
    from teipress.package.margins import settle
    from teipress.package.pictures import pictures
    from teipress.package.tags import spaces

    add_languages()
    fetcher = fetcher_for(folder, images, fonts)
    with complaints(name) as told, guarded(name):
        book = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        sheet, config = dressed(styles, fetcher, fonts)
        with bands(starts), hanging(), spaces():
            document = book.render(stylesheets=[sheet], font_config=config, pdf_tags=True)
    page_of: dict[str, int] = {}
    for number, page in enumerate(document.pages):
        settle(page._page_box)
        for anchor in page.anchors:
            page_of.setdefault(anchor, number)  # a box that goes on over pages has its anchor on each
    boxes = [page._page_box for page in document.pages]
    lines = spots(boxes, keyed, starts) if keyed else {}
    shown = pictures(boxes, folder, images)
    return Layout(len(document.pages), page_of, lines, tuple(told), document, shown)


def write_pdf(layout: Layout, target: Path) -> None:
    """Write what is laid out, with tags, and drawn as PDF/A (ISO 19005-2 and -3) wants it.

    Raises:
        ToolError: WeasyPrint broke.
    """
    from teipress.package.tags import tags

    target.parent.mkdir(parents=True, exist_ok=True)
    with complaints(target.name), guarded(target.name), tags(layout.document):  # it complained in the layout already
        layout.document.write_pdf(target, pdf_tags=True, pdf_version="1.7")


@contextmanager
def guarded(name: str) -> Iterator[None]:
    """Whatever WeasyPrint stumbles over meanwhile is told as one error."""
    try:
        yield
    except (AssertionError, AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ToolError(f"{name}: WeasyPrint broke on this book: {type(error).__name__}: {error}") from error


def engine() -> Any:
    """WeasyPrint itself; raises ToolError where it cannot be loaded.

    Pango draws Chinese characters in a text of another language as the reader of this machine likes them; a book has
    other readers, and must not depend on who builds it.
    """
    os.environ["PANGO_LANGUAGE"] = "en"
    try:
        import weasyprint  # slow to import, and needed for PDFs only
    except (ImportError, OSError) as error:
        packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        raise ToolError(f"the PDF needs Pango, which is missing here: install {packages} ({error})") from None
    return weasyprint


def _font_configuration() -> Any:
    """The fonts of this machine but `_BLANK`: fontconfig reads its settings where an environment variable says."""
    from weasyprint.text.fonts import FontConfiguration

    name, usual = "FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE")
    with TemporaryDirectory(prefix="teipress-") as folder:
        settings = Path(folder) / "fonts.conf"
        settings.write_text(_FONTCONFIG.format(usual=escape(usual or "fonts.conf"), blank=_BLANK), encoding="utf-8")
        os.environ[name] = str(settings)
        try:
            return FontConfiguration()
        finally:
            del os.environ[name]
            if usual is not None:
                os.environ[name] = usual


def dressed(styles: str, fetcher: Any, fonts: Sequence[Typeface]) -> tuple[Any, Any]:
    """A style sheet as WeasyPrint reads it, with the fonts of the edition, and the fonts that it may use."""
    config = _font_configuration()
    css = font_faces(tuple(fonts)) + styles
    return engine().CSS(string=css, base_url=BASE, url_fetcher=fetcher, font_config=config), config


def fetcher_for(folder: Path, images: tuple[PurePosixPath, ...], fonts: Sequence[Typeface]) -> Any:
    """What hands WeasyPrint the edition's own files."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from teipress.package.pictures import readable

    known = {f"{BASE}{IMAGES}/{quote(path.as_posix())}": path for path in images}
    faces = {BASE + face.address: face for face in fonts}

    class EditionFetcher(URLFetcher):  # type: ignore[misc]
        """Serves the edition's own files by name, and nothing else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            """The bytes of a known file; raises ValueError for anything else, which WeasyPrint reports."""
            if url in faces:
                return URLFetcherResponse(url, faces[url].read(), {"Content-Type": "font/otf"})
            path = known.get(url)
            if path is None:
                raise ValueError(f"{url} is not a file of the edition")
            return URLFetcherResponse(url, readable(folder / path), {"Content-Type": media_type(path)})

    return EditionFetcher(allowed_protocols=["https"], allow_redirects=False)


@contextmanager
def complaints(name: str) -> Iterator[list[Finding]]:
    """What WeasyPrint logs meanwhile, as findings instead of lines on the terminal."""
    found: dict[str, Finding] = {}

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            found.setdefault(message, finding("O003", f"WeasyPrint: {message}", name))

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    collected: list[Finding] = []
    try:
        yield collected
    finally:
        logger.handlers, logger.propagate = handlers, propagate
        collected.extend(found.values())
