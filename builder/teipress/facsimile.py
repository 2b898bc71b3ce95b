"""A value of @facs → the image that it means (TEI Guidelines, 12.1): a file of the edition, or an address elsewhere.

A value may point to a surface, a zone or a graphic of a ``facsimile``, be the address of an image itself, or have a
prefix that the header explains (``prefixDef``). Addresses count from where the closest ``xml:base`` says. Nothing is
fetched, and no file outside the edition's folder is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from math import isfinite
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin

from teipress import tei
from teipress.addresses import web_address
from teipress.edition import IMAGE_TYPES, Facsimile
from teipress.tei import Element

_LONGEST = 2000  # characters of an address; what is longer is none, and no pattern has to be tried on it
_LARGEST = 999_999  # pixels that an image may be said to have, as many as `_pixels` reads
# {scheme}://{server}/{prefix}/{identifier}/{region}/{size}/{rotation}/{quality}.{format} (IIIF Image API 2 and 3)
_IIIF = re.compile(
    r"(?P<service>https?://.+)/(?:full|square|(?:pct:)?[\d.]+,[\d.]+,[\d.]+,[\d.]+)"
    r"/(?:\^|%5E)?(?P<size>full|max|pct:[\d.]+|!?\d*,\d*)/!?[\d.]+/(?:default|native|color|gray|bitonal)\.\w+"
)
_GROUP = re.compile(r"\$(\d)")


def image_file(folder: Path, element: Element, url: str) -> PurePosixPath | None:
    """The path below `folder` of the image that `url` names from where `element` was read; None if there is none."""
    if not url or ":" in url or url.startswith(("/", "#")) or Path(url).suffix.lower() not in IMAGE_TYPES:
        return None
    try:
        path = (Path(tei.file_of(element)).parent / unquote(url)).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return None
    except (OSError, ValueError, RuntimeError):  # a name that no file can have; links that lead in a circle
        return None
    return PurePosixPath(path.relative_to(folder.resolve()).as_posix())


def address(element: Element, url: str) -> str:
    """An address as it counts from the file that `element` was read from: bases that authors wrote are put before."""
    bases = [b for e in (element, *element.iterancestors()) if (b := tei.base_of(e))]
    try:
        for base in bases:
            url = urljoin(base, url)
    except ValueError:
        return ""
    return url


def holds_pages(facsimile: Element) -> bool:
    """Whether a ``facsimile`` only lists the images of pages that a text beside it has: then it is nothing to read."""
    parent = facsimile.getparent()
    texts = () if parent is None else parent.iterchildren(tei.tei("text"))
    return not tei.has_text(facsimile) and any(pb.get("facs") for text in texts for pb in tei.elements(text, "pb"))


class Images:
    """The images that values of @facs in one tree mean."""

    def __init__(self, root: Element, folder: Path) -> None:
        """`folder` is the edition's: only files in it are images of its own."""
        self._root = root
        self._folder = folder

    def of(self, element: Element) -> tuple[Facsimile, ...]:
        """The images that an element points to with @facs, each once, without what cannot be shown."""
        found = (self.meant(element, token) for token in tei.pointers(element.get("facs")))
        return tuple(dict.fromkeys(image for image in found if image))

    def meant(self, element: Element, token: str) -> Facsimile | None:
        """The image that one value means, where it stands on `element`; None if there is none that could be shown."""
        token = self.expanded(token)
        if (target := self.target(element, token)) is not None:
            return self.depicted(target)
        return None if "#" in token and not token.startswith("http") else self._image(element, token)

    def target(self, element: Element, token: str) -> Element | None:
        """The surface, zone or graphic that a pointer leads to: of the file it names, else of the same document."""
        file, mark, name = token.partition("#")
        if not mark or ":" in file:
            return None
        found = self._identified.get(name, ())
        if file:
            return next((e for e in found if Path(tei.file_of(e)).name == PurePosixPath(unquote(file)).name), None)
        own = tei.ancestor(element, "TEI")
        return next((e for e in found if tei.ancestor(e, "TEI") is own), next(iter(found), None))

    def expanded(self, token: str) -> str:
        """A value with its prefix replaced as the header says (prefixDef), as it is if the header does not say."""
        prefix, colon, rest = token.partition(":")
        for pattern, replacement in self._prefixes.get(prefix, ()) if colon and len(token) < _LONGEST else ():
            if found := pattern.fullmatch(rest):
                return _GROUP.sub(partial(_group, found), replacement)
        return token

    @cached_property
    def _identified(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in tei.elements(self._root, "surface", "surfaceGrp", "zone", "graphic", "media"):
            if identifier := element.get(tei.XML_ID):
                found.setdefault(identifier, []).append(element)
        return found

    @cached_property
    def _prefixes(self) -> dict[str, list[tuple[re.Pattern[str], str]]]:
        found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for definition in tei.elements(self._root, "prefixDef"):
            try:
                pattern = re.compile(definition.get("matchPattern", ""))
            except re.error:
                continue
            replacement = definition.get("replacementPattern", "")
            found.setdefault(definition.get("ident", ""), []).append((pattern, replacement))
        return found

    def depicted(self, target: Element) -> Facsimile | None:
        """The image that shows a surface, or, with its place on it, a zone; of several the one that is shown best."""
        if tei.local(target) in ("graphic", "media"):
            return self._graphic(target)
        own = [image for graphic in _graphics(target) if (image := self._graphic(graphic))]
        surface = tei.ancestor(target, "surface") if tei.local(target) == "zone" else None
        if own or surface is None:
            return min(own, key=_preference, default=None)
        whole = self.depicted(surface)
        return replace(whole, region=_region(target, surface)) if whole else None

    def _graphic(self, graphic: Element) -> Facsimile | None:
        image = self._image(graphic, self.expanded(graphic.get("url", "")))
        if image is None or image.path:
            return image  # of a file its own size is known
        surface = tei.ancestor(graphic, "surface")
        size = _pixels(graphic.get("width")), _pixels(graphic.get("height"))
        if not all(size) and surface is not None:
            box = _box(surface)
            size = (round(box[2]), round(box[3])) if box and max(box[2:]) <= _LARGEST else (0, 0)
        return replace(image, width=size[0], height=size[1]) if all(size) else image

    def _image(self, element: Element, url: str) -> Facsimile | None:
        url = address(element, url)
        if path := image_file(self._folder, element, url):
            return Facsimile(path=path)
        return _elsewhere(url)


def _elsewhere(url: str) -> Facsimile | None:
    """What an address of the web is: an image service (IIIF), one of its images, or any other image."""
    url = web_address(url) if len(url) < _LONGEST else ""
    if not url.startswith("http"):
        return None
    if url.endswith("/info.json"):
        return Facsimile(url=url, service=url.removesuffix("/info.json"))
    if found := _IIIF.fullmatch(url):
        return Facsimile(url=url, service=found["service"], version=2 if found["size"] == "full" else 3)
    return Facsimile(url=url)


def _graphics(target: Element) -> Iterator[Element]:
    """The graphics of a surface or zone: its own, else those of the zones and surfaces in it."""
    own = list(target.iterchildren(tei.tei("graphic"), tei.tei("media")))
    return iter(own) if own else tei.elements(target, "graphic")


def _preference(image: Facsimile) -> int:
    return 0 if image.path else 1 if image.service else 2


def _group(found: re.Match[str], reference: re.Match[str]) -> str:
    """What a reference (``$1``) in a replacement stands for."""
    number = int(reference[1])
    return (found[number] or "") if number <= found.re.groups else ""


def _pixels(value: str | None) -> int:
    """A size in pixels (``800``, ``800px``); 0 for none, or one in another unit."""
    found = re.fullmatch(r"(\d{1,6})(?:\.\d+)?(?:px)?", (value or "").strip())
    return int(found[1]) if found else 0


def _box(element: Element) -> tuple[float, float, float, float] | None:
    """Left, top, width and height of a surface or zone, from its corners (att.coordinated) or its points."""
    try:
        if points := element.get("points"):
            pairs = [tuple(map(float, point.split(","))) for point in points.split()]
            xs, ys = [p[0] for p in pairs], [p[1] for p in pairs]
            left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        else:
            left, top = float(element.get("ulx", "0")), float(element.get("uly", "0"))
            right, bottom = float(element.get("lrx", "")), float(element.get("lry", ""))
    except (ValueError, IndexError):
        return None
    box = left, top, right - left, bottom - top
    return box if box[2] > 0 and box[3] > 0 and all(map(isfinite, box)) else None


def _region(zone: Element, surface: Element) -> tuple[float, float, float, float] | None:
    """Where on its surface a zone is, as parts of its width and height from 0 to 1; None if that is not known."""
    whole, part = _box(surface), _box(zone)
    if whole is None or part is None:
        return None
    x, y = (part[0] - whole[0]) / whole[2], (part[1] - whole[1]) / whole[3]
    region = (x, y, part[2] / whole[2], part[3] / whole[3])
    inside = x >= 0 and y >= 0 and x + region[2] <= 1.001 and y + region[3] <= 1.001
    return (round(x, 4), round(y, 4), round(region[2], 4), round(region[3], 4)) if inside else None
