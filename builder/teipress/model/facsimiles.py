"""A tree → the images of its pages: of each page break those that its @facs means, with their sizes."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from teipress import tei
from teipress.edition import Facsimile
from teipress.facsimile import Images
from teipress.tei import Element

_TURNED = frozenset({5, 6, 7, 8})  # values of Exif's orientation by which an image is shown on its side
_ORIENTATION = 274


def facsimiles(root: Element, folder: Path) -> Mapping[Element, tuple[Facsimile, ...]]:
    """The images of every page break of a tree that has any; `folder` is the edition's."""
    images = Images(root, folder)
    sizes: dict[PurePosixPath, tuple[int, int]] = {}
    sized = partial(_sized, folder=folder, sizes=sizes)
    breaks = (element for element in tei.elements(root, "pb") if element.get("facs"))
    return {element: tuple(map(sized, found)) for element in breaks if (found := images.of(element))}


def _sized(image: Facsimile, folder: Path, sizes: dict[PurePosixPath, tuple[int, int]]) -> Facsimile:
    if image.path is None:
        return image
    if image.path not in sizes:
        sizes[image.path] = size_of(folder / image.path)
    width, height = sizes[image.path]
    return replace(image, width=width, height=height)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of an image as a browser shows it, in pixels; zeros if they are not known."""
    from PIL import Image  # slow to import, and needed for editions with images of pages only

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it is large; only its head is read
            with Image.open(path) as image:
                width, height = image.size
                turned = image.getexif().get(_ORIENTATION) in _TURNED
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0, 0
    return (height, width) if turned else (width, height)
