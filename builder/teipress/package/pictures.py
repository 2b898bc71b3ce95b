"""A laid out book → the images that it shows, as large as it shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.formatting_structure import boxes

from teipress.edition import IMAGES, Picture

_INCH = 96  # CSS pixels
_SAMPLE = 200  # pixels: as much of an image as tells whether it is coloured
_GREY = 12  # of 255: a paper that has yellowed is more than that, the rounding of a JPEG less


def pictures(pages: Sequence[Any], folder: Path, images: Sequence[PurePosixPath]) -> tuple[Picture, ...]:
    """The raster images of some pages in their order; `images` are those of the edition, below `folder`."""
    known, measured = frozenset(images), cache(_measured)
    found: list[Picture] = []
    for number, page in enumerate(pages):
        for box, path in _shown(page):
            measures = measured(folder / path) if path in known else None
            if measures and box.width > 0 and box.height > 0:
                pixels, bilevel, coloured = measures
                size = (box.width / _INCH, box.height / _INCH)
                found.append(Picture(path, number, pixels, size, bilevel, coloured))
    return tuple(found)


def _shown(page: Any) -> Iterator[tuple[Any, PurePosixPath]]:
    """The boxes of images on a page, each with the file that it shows."""
    for box in page.descendants():
        if isinstance(box, boxes.ReplacedBox) and box.element is not None:
            folder, _, name = unquote(urlsplit(box.element.get("src", "")).path).partition("/")
            if folder == IMAGES:
                yield box, PurePosixPath(name)


def _measured(path: Path) -> tuple[tuple[int, int], bool, bool] | None:
    """Width and height in pixels, whether it is black and white, whether it is coloured; None for a drawing (SVG)."""
    from PIL import Image  # slow to import, and needed for books with images only

    try:
        with Image.open(path) as image:
            size = image.size
            bilevel = image.mode == "1" or (image.mode in "LP" and len(image.getcolors(2) or ()) == 2)
            if image.mode in ("1", "L", "LA"):
                return size, bilevel, False
            image.draft("RGB", (_SAMPLE, _SAMPLE))
            sample = image.convert("RGB").resize((min(size[0], _SAMPLE), min(size[1], _SAMPLE)))
    except OSError:
        return None
    data = sample.tobytes()
    spread = max(max(p) - min(p) for p in zip(data[::3], data[1::3], data[2::3], strict=True))
    return size, bilevel and spread <= _GREY, spread > _GREY
