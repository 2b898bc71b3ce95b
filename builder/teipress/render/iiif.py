"""An edition with images of pages → IIIF Presentation 3: a manifest for each document, and a collection of several.

A canvas is an image with the pages that it shows. Where the size of an image elsewhere is not known, its canvas has the
proportions of A4: the standard wants a width with each height, and what shows images wants both. ``iiif-prezi3`` makes
the files and refuses what the standard does not allow.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from teipress import tei
from teipress.edition import IMAGE_TYPES, IMAGES, Division, Document, Edition, Facsimile, Header, Page, TextFile
from teipress.findings import Finding, finding
from teipress.languages import html_language
from teipress.tei import Element

FOLDER = "iiif"
_UNKNOWN = (1000, 1414)  # pixels of a canvas whose image has a size that nobody says: A4, upright
_RIGHTS = re.compile(r"https?://(creativecommons\.org/(?:licenses|publicdomain)/.+|rightsstatements\.org/vocab/.+)")
_LANGUAGE = re.compile(r"[A-Za-z-]+")  # those that iiif-prezi3 knows


@dataclass(frozen=True, slots=True)
class Canvas:
    """An image with the pages that it shows; `id` is its address."""

    id: str
    image: Facsimile
    pages: tuple[Page, ...]

    @property
    def label(self) -> str:
        """The names of its pages."""
        return ", ".join(dict.fromkeys(page.name for page in self.pages))


def available() -> bool:
    """Whether iiif-prezi3 is installed, which is an extra."""
    return find_spec("iiif_prezi3") is not None


def missing() -> Finding:
    """O006: there are images of pages, and no manifests."""
    return finding("O006", "iiif-prezi3 is missing: the site has no IIIF manifests", hint="install teipress[iiif]")


def manifested(edition: Edition) -> tuple[str, ...]:
    """The slugs of the documents that a manifest can be made of."""
    return tuple(d.slug for d in edition.documents if any(p.facsimiles for p in d.pages)) if available() else ()


def iiif_files(edition: Edition, slugs: Sequence[str], first: Mapping[str, str], url: str) -> list[TextFile]:
    """The manifests of some documents; `first` are the paths of their first pages, `url` is where the site stands."""
    if not slugs:
        return []
    from iiif_prezi3 import Collection, Manifest  # slow to import

    documents = [d for d in edition.documents if d.slug in slugs]
    files = [_file(d.slug, Manifest(**_manifest(d, first[d.slug], url))) for d in documents]
    if len(documents) > 1:
        members = [{"id": _address(url, d.slug), "type": "Manifest", "label": _text(d.title, d)} for d in documents]
        label = _text(edition.title, edition)
        files.append(_file("collection", Collection(id=_address(url, "collection"), label=label, items=members)))
    return files


def _file(name: str, made: Any) -> TextFile:
    written = json.dumps(json.loads(made.json()), ensure_ascii=False, indent=1)
    return TextFile(PurePosixPath(FOLDER, f"{name}.json"), written + "\n")


def _address(url: str, name: str) -> str:
    return f"{url}{FOLDER}/{name}.json"


def _text(text: str, told: Document | Edition | None = None) -> dict[str, list[str]]:
    """A text with the language of what it is told about; words of ours are English."""
    language = html_language(told.language) if told else "en"
    return {language if _LANGUAGE.fullmatch(language) else "none": [text]}


def _manifest(document: Document, first: str, url: str) -> dict[str, Any]:
    """A manifest of a document (Presentation API 3.0, 5.2), without what it has not."""
    canvases = _canvases(document, url)
    header = document.header
    tei_file = {"id": f"{url}data/{document.slug}.xml", "type": "Dataset", "format": "application/tei+xml"}
    page = {"id": f"{url}{first}", "type": "Text", "format": "text/html", "label": _text(document.title, document)}
    manifest = {
        "id": _address(url, document.slug),
        "label": _text(document.title, document),
        "metadata": _metadata(header, document),
        "requiredStatement": _statement(header, document),
        "rights": _rights(header),
        "homepage": [page],
        "seeAlso": [{**tei_file, "profile": tei.TEI, "label": _text("TEI")}],
        "items": [_canvas(canvas, url) for canvas in canvases],
        "structures": _ranges(document, canvases, url),
    }
    return {key: value for key, value in manifest.items() if value}


def _metadata(header: Header, document: Document) -> list[dict[str, Any]]:
    pairs = [
        ("Author", header.authors),
        ("Editor", header.editors),
        ("Date", (header.source_date,)),
        ("Publisher", (header.publisher,)),
        ("Published", (header.date,)),
    ]
    told = [(label, [v for v in values if v]) for label, values in pairs]
    return [_pair(label, values, document) for label, values in told if values]


def _pair(label: str, values: list[str], document: Document) -> dict[str, Any]:
    (language,) = _text("", document)
    return {"label": _text(label), "value": {language: values}}


def _statement(header: Header, document: Document) -> dict[str, Any] | None:
    """What whoever shows the images has to show with them."""
    said = [line for line in (header.publisher, header.licence) if line]
    return _pair("Rights", said, document) if said else None


def _rights(header: Header) -> str:
    """The licence, if it is one of those that the standard takes (3.1, rights): by the addresses that they publish."""
    found = _RIGHTS.fullmatch(header.licence_url)
    return f"http://{found[1]}" if found else ""


def _canvases(document: Document, url: str) -> list[Canvas]:
    """Each image once, with all pages that it shows, in the order of the first of them."""
    shown: dict[tuple[object, ...], list[tuple[Facsimile, Page]]] = {}
    for page in document.pages:
        for image in page.facsimiles:
            shown.setdefault((image.path, image.service or image.url), []).append((image, page))
    base = f"{url}{FOLDER}/{document.slug}/canvas/"
    return [
        Canvas(f"{base}{number}", found[0][0], tuple(page for _, page in found))
        for number, found in enumerate(shown.values(), 1)
    ]


def _canvas(canvas: Canvas, url: str) -> dict[str, Any]:
    image = canvas.image
    width, height = (image.width, image.height) if image.width and image.height else _UNKNOWN
    painting = {
        "id": f"{canvas.id}/image",
        "type": "Annotation",
        "motivation": "painting",
        "body": _body(image, url),
        "target": canvas.id,
    }
    return {
        "id": canvas.id,
        "label": {"none": [canvas.label]},
        "width": width,
        "height": height,
        "items": [{"id": f"{canvas.id}/page", "items": [painting]}],
    }


def _body(image: Facsimile, url: str) -> dict[str, Any]:
    if image.path:
        address = f"{url}{IMAGES}/{quote(image.path.as_posix())}"
    elif image.url.endswith("/info.json"):
        address = f"{image.service}/full/max/0/default.jpg"
    else:
        address = image.url
    kind = IMAGE_TYPES.get(PurePosixPath(address.partition("?")[0]).suffix.lower())
    size = {"width": image.width, "height": image.height} if image.width and image.height else {}
    return {
        "id": address,
        "type": "Image",
        **({"format": kind} if kind else {}),
        **size,
        **({"service": [_service(image)]} if image.service else {}),
    }


def _service(image: Facsimile) -> dict[str, Any]:
    """The service of an image; of its abilities nothing is known here, so that the least is promised."""
    if image.version == 2:
        return {"@id": image.service, "@type": "ImageService2", "profile": "http://iiif.io/api/image/2/level0.json"}
    return {"id": image.service, "type": "ImageService3", "profile": "level0"}


def _ranges(document: Document, canvases: Iterable[Canvas], url: str) -> list[dict[str, Any]]:
    """The divisions that have a heading, each with the canvases that its text is on (5.4)."""
    on: dict[str, list[str]] = {}
    for canvas in canvases:
        for page in canvas.pages:
            on.setdefault(page.id, []).append(canvas.id)
    found = _Places({d.element: d for d in document.all_divisions}, on)
    for part in document.body:
        found.read(part, None)
    ranges = (
        _range(division, found.canvases, f"{url}{FOLDER}/{document.slug}/range/") for division in document.divisions
    )
    return [r for r in ranges if r]


def _range(division: Division, canvases: Mapping[str, Mapping[str, None]], base: str) -> dict[str, Any] | None:
    from iiif_prezi3 import CanvasRef  # of a mapping it would make a canvas without images

    own = [CanvasRef(id=canvas, type="Canvas") for canvas in canvases.get(division.id, ())]
    parts = [r for part in division.parts if (r := _range(part, canvases, base))]
    if not own and not parts:
        return None
    return {
        "id": f"{base}{quote(division.id)}",
        "type": "Range",
        "label": {"none": [division.title]},
        "items": [*own, *parts],
    }


class _Places:
    """On which canvases the text of each division is, that of the divisions in it apart."""

    def __init__(self, divisions: Mapping[Element, Division], on: Mapping[str, list[str]]) -> None:
        """`on` are the canvases of pages, by their identifiers."""
        self.canvases: dict[str, dict[str, None]] = {}
        self._divisions = divisions
        self._on = on
        self._pages: dict[str, str] = {}  # the page that is open in each sequence

    def read(self, element: Element, division: Division | None) -> None:
        """Walk through an element that stands in `division`."""
        if tei.local(element) == "pb":
            self._pages[element.get("ed", "")] = element.get(tei.XML_ID, "")
        division = self._divisions.get(element, division)
        for part in tei.content(element):
            if not isinstance(part, str):
                self.read(part, division)
            elif division is not None and not part.isspace():
                canvases = (c for page in self._pages.values() for c in self._on.get(page, ()))
                self.canvases.setdefault(division.id, {}).update(dict.fromkeys(canvases))
