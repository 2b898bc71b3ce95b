"""The pages of the source on each page of a site → the images that are shown beside its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from teipress.edition import IMAGES, Document, Facsimile, Page
from teipress.render.redactions import Href
from teipress.render.split import Leaf


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a page of the site has it: `href` leads to it; `host` is where it is, "" if it is on the site.

    `source` is what a viewer opens: the address of an image, or of the description of a IIIF image service. `region`
    is the part that shows the page, four numbers from 0 to 1, or empty.
    """

    href: str
    source: str
    host: str = ""
    width: int = 0
    height: int = 0
    region: str = ""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A page of the source with its images; `href` leads to where its text begins, "" where that is not known."""

    page: Page
    pictures: tuple[Picture, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Facsimiles:
    """What the pages of a site show of the images of an edition.

    `by_file` holds, for each page of the site, the pages of the source that are on it; `viewer` is the path of
    OpenSeadragon's script, "" without it; `manifests` are the slugs of the documents that have a IIIF manifest.
    """

    by_file: Mapping[str, Sequence[Pictured]] = field(default_factory=dict)
    viewer: str = ""
    manifests: frozenset[str] = frozenset()

    def on_site(self, path: str) -> bool:
        """Whether a page of the site has an image to show at once, not only links to images elsewhere."""
        return any(not picture.host for item in self.by_file.get(path, ()) for picture in item.pictures)


def facsimiles(
    leaves: Sequence[Leaf], files: Mapping[str, str], hrefs: Mapping[str, Href], prefix: str = ""
) -> dict[str, list[Pictured]]:
    """The pages with images on each page of a site, the one that runs on from the page before first.

    `files` says where identifiers are, `hrefs` gives for each page of the site what links from there; `prefix` leads to
    the folder of images' parent.
    """
    found: dict[str, list[Pictured]] = {}
    pages = {leaf.document.slug: _by_file(leaf.document, files) for leaf in leaves}
    running: dict[tuple[str, str], Page] = {}
    for leaf in leaves:
        path, slug = f"{leaf.stem}.html", leaf.document.slug
        begun = pages[slug].get(path, [])
        before = [page for (owner, _), page in running.items() if owner == slug and page.facsimiles]
        shown = [*before, *(page for page in begun if page.facsimiles)]
        if shown:
            found[path] = [_pictured(page, hrefs[path](page.id), prefix) for page in shown]
        running.update({(slug, page.stream): page for page in begun})
    return found


def _by_file(document: Document, files: Mapping[str, str]) -> dict[str, list[Page]]:
    found: dict[str, list[Page]] = {}
    for page in document.pages if any(page.facsimiles for page in document.pages) else ():
        if file := files.get(page.id):
            found.setdefault(file, []).append(page)
    return found


def _pictured(page: Page, href: str, prefix: str) -> Pictured:
    return Pictured(page, tuple(_pictures(page.facsimiles, prefix)), href)


def _pictures(images: Iterable[Facsimile], prefix: str) -> Iterable[Picture]:
    for image in images:
        region = ",".join(f"{n:g}" for n in image.region or ())
        if image.path:
            href = f"{prefix}{IMAGES}/{quote(image.path.as_posix())}"
            yield Picture(href, href, "", image.width, image.height, region)
        else:
            source = f"{image.service}/info.json" if image.service else image.url
            yield Picture(image.url, source, urlsplit(image.url).hostname or "", image.width, image.height, region)
