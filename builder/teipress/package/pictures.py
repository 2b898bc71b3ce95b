"""A laid out book → the images that it shows, as large as it shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.formatting_structure import boxes

from teipress.edition import IMAGES, Picture
from teipress.lengths import PIXEL

_INCH = 72 / PIXEL  # CSS pixels
_ORIENTATION, _TURNED = 0x0112, (5, 6, 7, 8)  # of Exif: those that exchange width and height
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


def readable(path: Path) -> bytes:
    """The bytes of an image as the engine can read it: one of 65,536 greys, which it takes for colours, has 256."""
    from PIL import Image  # slow to import, and needed for books with images only

    content = path.read_bytes()
    try:
        with Image.open(io.BytesIO(content)) as image:
            if not image.mode.startswith("I;16"):
                return content
            buffer = io.BytesIO()
            Image.frombytes("L", image.size, image.tobytes("raw", "I;16B")[::2]).save(buffer, "PNG")
            return buffer.getvalue()
    except (OSError, ValueError, Image.DecompressionBombError):
        return content  # a drawing, or broken: the engine says so


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
            turned = image.getexif().get(_ORIENTATION, 1) in _TURNED
            size = image.size[::-1] if turned else image.size
            bilevel = image.mode == "1" or (image.mode in "LP" and len(image.getcolors(2) or ()) == 2)
            if image.mode in ("1", "L", "LA") or image.mode.startswith("I"):
                return size, bilevel, False
            image.draft("RGB", (_SAMPLE, _SAMPLE))
            sample = image.convert("RGB").resize((min(size[0], _SAMPLE), min(size[1], _SAMPLE)))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    data = sample.tobytes()
    spread = max(max(p) - min(p) for p in zip(data[::3], data[1::3], data[2::3], strict=True))
    return size, bilevel and spread <= _GREY, spread > _GREY
