"""The content documents of an EPUB → what its package says of how it can be read (EPUB Accessibility 1.1, section 2).

Nothing is asserted: what is said is counted in the files as they will be packed. Whether the publication conforms to a
standard, only people who have looked at all of it can certify, so none is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from teipress.phrases import Phrases

_IMAGE = re.compile(r"<img\b[^>]*>")
_DESCRIBED = re.compile(r'\balt="[^"]*[^"\s][^"]*"')
_UNDESCRIBED = "data-undescribed"  # what stands in for a description
_MOVING = (".gif", ".webp")  # images that may move, and so may flash
_LINK = re.compile(r'<a (?!class="noteref")[^>]*href="')
_OWN_LOOK = re.compile(r'\sstyle="')


@dataclass(frozen=True, slots=True)
class Content:
    """What is counted in the pages of a publication: images, those of them with a description, what else is there."""

    images: int = 0
    described: int = 0
    moving: bool = False
    pages: bool = False
    listed: bool = False
    notes: bool = False
    indexes: bool = False
    formulas: bool = False
    ruby: bool = False
    roles: bool = False
    redactions: bool = False
    styled: bool = False
    leading: bool = False

    @property
    def as_text(self) -> bool:
        """Whether whoever sees no image misses nothing."""
        return self.images == self.described

    @property
    def modes(self) -> Iterator[str]:
        """How its content is perceived (schema.org accessMode)."""
        yield "textual"
        if self.images:
            yield "visual"

    @property
    def sufficient(self) -> Iterator[str]:
        """The sets of modes of which each is enough to take in everything (accessModeSufficient)."""
        if self.as_text:
            yield "textual"
        if self.images:
            yield "textual,visual"

    @property
    def features(self) -> Iterator[str]:
        """What helps to read it (accessibilityFeature)."""
        yield from ("structuralNavigation", "tableOfContents", "readingOrder")
        found = {
            "pageBreakMarkers": self.pages,
            "pageNavigation": self.listed,
            "index": self.indexes,
            "alternativeText": self.images > 0 and self.as_text,
            "MathML": self.formulas,
            "rubyAnnotations": self.ruby,
            "ARIA": self.roles,
            "displayTransformability": not self.styled,
        }
        yield from (name for name, there in found.items() if there)

    @property
    def hazard(self) -> str:
        """Whether it may harm (accessibilityHazard): of what moves only a human being can say whether it flashes."""
        return "unknown" if self.moving else "none"

    def summary(self, phrases: Phrases) -> str:
        """All of this in sentences (accessibilitySummary); a full stop of full width has its space in itself."""
        return re.sub("(?<=。) ", "", " ".join(self._sentences(phrases)))

    def _sentences(self, phrases: Phrases) -> Iterator[str]:
        said, silent = phrases.gettext, self.images - self.described
        if not self.images:
            yield said("All of this publication is text.")
        elif not silent:
            yield said("Every image is described in words.")
        else:
            yield phrases.ngettext(
                "%(silent)s image is not described in words.",
                "%(silent)s images are not described in words.",
                silent,
                silent=phrases.number(silent),
            )
        yield said("A table of contents and headings lead through it.")
        told = {
            said("Where a page of the source begins is marked, and a list leads to each page."): self.listed,
            said("Links lead from the text to each note and back."): self.notes,
            said("What a source withholds is said in words."): self.redactions,
            said("Formulas are written in MathML."): self.formulas,
            said("Indexes lead to the places in the text."): self.leading,
        }
        yield from (sentence for sentence, there in told.items() if there)
        yield said("Conformance to a standard of accessibility is not claimed.")


def _leads(page: str) -> bool:
    """Whether an index on a page leads to places: one that a source prints may do no more than name them."""
    _, mark, index = page.partition('epub:type="index"')
    return bool(mark and _LINK.search(index.partition('epub:type="footnotes"')[0]))


def content(pages: Iterable[str], nav: str, redactions: bool = False) -> Content:
    """What is in some content documents and in the navigation document."""
    pages = list(pages)
    images = [image for page in pages for image in _IMAGE.findall(page)]

    def has(mark: str) -> bool:
        return any(mark in page for page in pages)

    return Content(
        images=len(images),
        described=sum(bool(_DESCRIBED.search(image)) and _UNDESCRIBED not in image for image in images),
        moving=any(end in image.lower() for image in images for end in _MOVING),
        pages=has('epub:type="pagebreak"'),
        listed='epub:type="page-list"' in nav,
        notes=has('role="doc-noteref"'),
        indexes=has('epub:type="index"'),
        formulas=has("<math"),
        ruby=has("<ruby"),
        roles=has(' role="doc-'),
        redactions=redactions,
        styled=any(_OWN_LOOK.search(page) for page in pages),
        leading=any(map(_leads, pages)),
    )
