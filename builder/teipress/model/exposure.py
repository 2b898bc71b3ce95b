"""A tree and what is withheld of it → the tree without the images that would show it.

An image of a page shows all of the page: where only a word is withheld on it, the whole image goes, for any page that
it is an image of, and so does what describes it (surface, graphic), whose name may tell something.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from teipress import tei
from teipress.edition import Facsimile
from teipress.facsimile import Images
from teipress.tei import Element


def hide_images(root: Element, withheld: Iterable[Element], folder: Path) -> set[str]:
    """Take out of a tree, in place, the images of what is withheld; the identifiers that are gone with them."""
    hidden = set(withheld)
    pointing = [e for e in _around(root, hidden) if e.get("facs")]
    images = Images(root, folder)
    tokens = [(e, token) for e in pointing for token in tei.pointers(e.get("facs"))]
    shown = {_whole(image) for e, token in tokens if (image := images.meant(e, token))}
    targets = [t for e, token in tokens if (t := images.target(e, images.expanded(token))) is not None]
    transcribed = (s for e in hidden for s in e.iterancestors(tei.tei("surface")))  # its graphics show the text in it
    described = [part for target in (*targets, *transcribed) for part in _description(target)]
    described += [part for graphic in _showing(root, images, shown) for part in _description(graphic)]
    for element in pointing:
        element.attrib.pop("facs", None)
    _forget(root, images, shown)
    gone: set[str] = set()
    for element in dict.fromkeys(described):
        gone |= {i for e in tei.elements(element) if (i := e.get(tei.XML_ID))}
        tei.remove(element)
    return gone


def _around(root: Element, withheld: set[Element]) -> Iterator[Element]:
    """What stands in and around withheld elements, and the page breaks before them: all that may have their images."""
    pages: dict[str, Element] = {}
    for element in tei.elements(root):
        name = tei.local(element)
        if name == "TEI":
            pages = {}
        elif name == "pb":
            pages[element.get("ed", "")] = element
        if element in withheld:
            yield from pages.values()
            yield from tei.elements(element)
            yield from element.iterancestors()


def _whole(image: Facsimile) -> Facsimile:
    """An image without what may differ from place to place: the part of it that is meant, what is said of its size."""
    url = "" if image.service else image.url
    return replace(image, url=url, version=3, width=0, height=0, region=None)


def _forget(root: Element, images: Images, shown: set[Facsimile]) -> None:
    """Take the values that mean one of some images out of every @facs."""
    for element in tei.elements(root) if shown else ():
        if value := element.get("facs"):
            kept = [t for t in value.split() if (i := images.meant(element, t)) is None or _whole(i) not in shown]
            if kept:
                element.set("facs", " ".join(kept))
            else:
                del element.attrib["facs"]


def _description(target: Element) -> Iterator[Element]:
    """What describes an image, from any part of it: the whole surface, but of one that holds the text only graphics."""
    surface = target if tei.local(target) == "surface" else tei.ancestor(target, "surface")
    if tei.ancestor(target, "facsimile") is not None:
        yield target if surface is None else surface
    elif surface is not None:
        yield from list(tei.elements(surface, "graphic"))


def _showing(root: Element, images: Images, shown: set[Facsimile]) -> Iterator[Element]:
    """The graphics of every ``facsimile`` that describe one of some images."""
    for facsimile in tei.elements(root, "facsimile") if shown else ():
        for graphic in tei.elements(facsimile, "graphic", "media"):
            if (image := images.depicted(graphic)) is not None and _whole(image) in shown:
                yield graphic
