"""A tree → findings on images of pages: values of pb/@facs that lead to no image which a page could show."""

from __future__ import annotations

from collections import defaultdict

from teipress import tei
from teipress.edition import Source
from teipress.facsimile import Images
from teipress.findings import Finding
from teipress.tei import Element
from teipress.validate.integrity.places import at

_HINT = "name an image in the edition's folder (png, jpg, gif, webp, svg), a surface with a graphic, or a web address"


def check(source: Source) -> list[Finding]:
    """R009, once a file; a pointer whose target is not there at all is told as R002."""
    images = Images(source.root, source.folder)
    lost: dict[str, list[tuple[Element, str]]] = defaultdict(list)
    for element in tei.elements(source.root, "pb"):
        for token in tei.pointers(element.get("facs")):
            if images.meant(element, token) is None and not _is_told(images, element, token):
                lost[tei.file_of(element)].append((element, token))
    return [_told(found) for found in lost.values()]


def _is_told(images: Images, element: Element, token: str) -> bool:
    return "#" in token and images.target(element, token) is None


def _told(found: list[tuple[Element, str]]) -> Finding:
    element, token = found[0]
    others = f"; so do {len(found) - 1} others" if len(found) > 2 else "; so does another" if len(found) == 2 else ""
    return at(element, "R009", f'pb/@facs "{token}" leads to no image that can be shown{others}', _HINT)
