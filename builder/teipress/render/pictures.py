"""The images of a book as they are printed → findings, each where the TEI shows the image.

What a press asks for: 300 pixels to the inch for anything with shades, for drawings of black and white twice as many,
since no screen hides their steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from teipress import tei
from teipress.config import Settings
from teipress.edition import IMAGES, Edition, Picture
from teipress.findings import Finding, Severity, finding
from teipress.lengths import INCH

_SHADES, _LINES = 300, 600  # pixels to the inch
_POOR = 0.5  # of what is asked for: everyone sees the pixels


def pictured(edition: Edition, settings: Settings, pictures: Iterable[Picture]) -> list[Finding]:
    """O011 for each image that is printed too large, O012 for one in colour in a book that is printed in black."""
    places = _places(edition)
    shown = list(pictures)
    found: list[Finding] = []
    for picture in dict.fromkeys(shown):
        place = places.get(picture.path.as_posix())
        found += [_at(place, f) for f in _coarse(picture)]
    found += [_at(places.get(name), f) for name, f in _in_colour(settings, shown)]
    return found


def _coarse(picture: Picture) -> Iterator[Finding]:
    asked = _LINES if picture.bilevel else _SHADES
    if round(picture.resolution) >= asked:
        return
    printed = f"{picture.size[0] * INCH:.0f} mm wide on page {picture.page + 1} of the PDF"
    message = f"{picture.path} has {picture.resolution:.0f} pixels to the inch, {printed}; a press asks for {asked}"
    widest = picture.size[0] * picture.resolution / asked * INCH
    found = finding("O011", message, hint=f"print it at most {widest:.0f} mm wide, or scan it finer")
    yield found if picture.resolution < asked * _POOR else replace(found, severity=Severity.NOTE)


def _in_colour(settings: Settings, pictures: Iterable[Picture]) -> Iterator[tuple[str, Finding]]:
    """Each image in colour that is printed grey, or whose colours wait for the profile of the press."""
    wanted = settings.press.images == "colour"
    if wanted and settings.press.icc:
        return
    said = "stays in the colours of a screen (RGB)" if wanted else "is printed in grey"
    hint = "name the profile of the press in [press] icc" if wanted else 'or set [press] images = "colour"'
    for name in dict.fromkeys(p.path.as_posix() for p in pictures if p.coloured):
        yield name, finding("O012", f"{name} is in colour, and {said}", hint=hint)


def _places(edition: Edition) -> dict[str, tei.Element]:
    """The first element that shows each image."""
    found: dict[str, tei.Element] = {}
    urls = {f"{IMAGES}/{quote(path.as_posix())}": path.as_posix() for path in edition.images}
    for document in edition.documents:
        for graphic in (g for part in document.body for g in tei.elements(part, "graphic")):
            if (name := urls.get(graphic.get("url", ""))) is not None:
                found.setdefault(name, graphic)
    return found


def _at(element: tei.Element | None, found: Finding) -> Finding:
    return found if element is None else replace(found, file=tei.file_of(element), line=tei.line_of(element))
