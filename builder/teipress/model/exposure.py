"""A tree and what is withheld of it → the tree without the images that would show it.

An image of a page shows all of the page: where only a word is withheld on it, the whole image goes, for any page that
it is an image of, and so does what describes it (surface, graphic), whose name may tell something. Where witnesses
have page breaks of their own, the images of all of them show the word. A surface may also be tied to its page by
``@start`` or ``@corresp`` (TEI Guidelines, 12.1 and 17.4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from teipress import tei
from teipress.edition import Edition, Facsimile
from teipress.facsimile import Images
from teipress.findings import Finding, finding
from teipress.tei import Element

# milestones that may have images, and which kinds each of them ends
_BREAKS = {"pb": ("pb", "cb", "lb"), "cb": ("cb", "lb"), "lb": ("lb",), "gb": ("gb",), "milestone": ("milestone",)}
_DESCRIBING = ("surface", "surfaceGrp", "zone", "graphic", "media")
_NAMING = ("persName", "placeName", "orgName", "geogName", "name", "rs")
_PART = re.compile("[?#]")
_TIES = ("start", "corresp", "sameAs")  # what ties them to a page besides @facs


def hide_images(root: Element, withheld: Iterable[Element], folder: Path) -> set[str]:
    """Take out of a tree, in place, the images of what is withheld; the identifiers that are gone with them."""
    hidden = set(withheld)
    around = list(dict.fromkeys(_around(root, hidden)))
    pointing = [e for e in around if e.get("facs")]
    images = Images(root, folder)
    tokens = [(e, token) for e in pointing for token in tei.pointers(e.get("facs"))]
    ties = [(e, token) for e in around for name in _TIES for token in tei.pointers(e.get(name))]
    targets = [t for e, token in (*tokens, *ties) if (t := images.target(e, images.expanded(token))) is not None]
    targets += _tied(root, around)
    shown = {_whole(image) for e, token in tokens if (image := _meant(images, e, token))}
    shown |= {_whole(image) for target in targets if (image := images.depicted(target))}
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


def betraying(whole: Element, edition: Edition) -> list[Finding]:
    """K004 for each entry of a register that an audience sees, and that only what it does not see names in the text.

    `whole` is the tree with all of it, `edition` what the audience sees.
    """
    texts = [e for text in tei.elements(whole, "text") for e in tei.elements(text, *_NAMING)]
    named = {p.rpartition("#")[2] for e in texts for p in (*tei.pointers(e.get("ref")), e.get("key", ""))}
    told = []
    for entity in (*edition.persons, *edition.places):
        if entity.element is not None and not entity.mentions and entity.element.get(tei.XML_ID) in named:
            place = tei.file_of(entity.element), tei.line_of(entity.element)
            said = f'the register has "{entity.name.text}", whom only withheld text names'
            told.append(finding("K004", said, *place, hint="withhold the entry, too, unless everybody may know"))
    return told


def _around(root: Element, withheld: set[Element]) -> Iterator[Element]:
    """What stands in and around withheld elements, and the breaks before them: all that may have their images."""
    open_: dict[tuple[str, str, str], Element] = {}
    for element in tei.elements(root):
        name = tei.local(element)
        if name == "TEI":
            open_ = {}
        elif name in _BREAKS:
            _open(open_, element, name)
        if element in withheld:
            yield from open_.values()
            yield from tei.elements(element)
            yield from element.iterancestors()


def _open(breaks: dict[tuple[str, str, str], Element], element: Element, name: str) -> None:
    """Note a break. It ends those of its sequence; one in a reading does so for its witnesses only."""
    sequence = " ".join(element.get(key, "") for key in ("ed", "edRef", "unit"))
    reading = tei.ancestor(element, "lem", "rdg")
    witnesses = "" if reading is None else reading.get("wit") or reading.get("source") or tei.local(reading)
    for key in list(breaks):
        if key[0] in _BREAKS[name] and key[1] == sequence and witnesses in ("", key[2]):
            del breaks[key]
    breaks[name, sequence, witnesses] = element


def _tied(root: Element, around: Iterable[Element]) -> Iterator[Element]:
    """The surfaces, or parts of them, that say themselves that they belong to one of some elements."""
    named: dict[str, list[Element]] = {}
    for element in around:
        if identifier := element.get(tei.XML_ID):
            named.setdefault(identifier, []).append(element)
    linked: set[str] = set()
    for link in tei.elements(root, "link") if named else ():
        ends = {token.rpartition("#")[2] for token in tei.pointers(link.get("target"))}
        if not named.keys().isdisjoint(ends):
            linked |= ends
    for part in tei.elements(root, *_DESCRIBING) if named else ():
        if part.get(tei.XML_ID) in linked:
            yield part
        tokens = (token.rpartition("#") for name in _TIES for token in tei.pointers(part.get(name)))
        if any(file or _may_mean(part, e) for file, _, name in tokens for e in named.get(name, ())):
            yield part


def _may_mean(part: Element, element: Element) -> bool:
    """Whether an identifier that a surface names can be that of an element: identifiers count document by document."""
    own = tei.ancestor(part, "TEI")
    return own is None or own is element or own is tei.ancestor(element, "TEI")


def _meant(images: Images, element: Element, token: str) -> Facsimile | None:
    """The image that a value names, also where it names a part of it (``1.png#xywh=…``) and no page could show it."""
    whole = _PART.split(images.expanded(token))[0]
    return images.meant(element, token) or (images.meant(element, whole) if whole else None)


def _whole(image: Facsimile) -> Facsimile:
    """An image without what may differ from place to place: the part of it that is meant, what is said of its size."""
    url = "" if image.service else image.url.partition("#")[0]
    return replace(image, url=url, version=3, width=0, height=0, region=None)


def _forget(root: Element, images: Images, shown: set[Facsimile]) -> None:
    """Take the values that mean one of some images out of every @facs."""
    for element in tei.elements(root) if shown else ():
        if value := element.get("facs"):
            kept = [t for t in value.split() if (i := _meant(images, element, t)) is None or _whole(i) not in shown]
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
    elif tei.local(target) in ("graphic", "media"):
        yield target


def _showing(root: Element, images: Images, shown: set[Facsimile]) -> Iterator[Element]:
    """The graphics that show one of some images, in a ``facsimile`` or as a figure of the text."""
    for graphic in tei.elements(root, "graphic", "media") if shown else ():
        if (image := images.depicted(graphic)) is not None and _whole(image) in shown:
            yield graphic
