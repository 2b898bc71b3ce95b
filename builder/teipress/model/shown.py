"""A tree and the nouns made of it → which elements of the TEI each place of an output shows.

Verification computes from these what every output must hold; it takes the elements from the tree as it was read,
not from the one that the nouns were made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from teipress import tei
from teipress.edition import Edition
from teipress.model import documents_in, parts_of
from teipress.model.register import PERSONS, PLACES, entries_in
from teipress.tei import Element
from teipress.vocabulary import header_parts

Place = tuple[str, str]  # "document", "record" or "entry", and a name


@dataclass(frozen=True, slots=True)
class Part:
    """The elements that a place shows; `inside`: only what stands in them."""

    elements: tuple[Element, ...]
    inside: bool = False


def places(root: Element, edition: Edition) -> Mapping[Place, Part]:
    """For each document, header and register entry of an edition what of the tree `root` it shows."""
    found: dict[Place, Part] = {}
    texts = documents_in(root)
    for document, text in zip(edition.documents, texts, strict=True):
        if parts := parts_of(text):
            found["document", document.slug] = Part(parts)
        _record(found, document.slug, text)
    if root not in texts:
        _record(found, edition.name, root)
    in_texts = {part for text in texts for part in parts_of(text)}
    for entities, names in ((edition.persons, PERSONS), (edition.places, PLACES)):
        elements = entries_in(root, names)
        for entity in entities:
            element = elements[entity.number]
            if not in_texts.intersection((element, *element.iterancestors())):
                found["entry", entity.id] = Part((element,), inside=True)
    return found


def _record(found: dict[Place, Part], name: str, text: Element) -> None:
    parts = tuple(element for _, element in header_parts(tei.child(text, "teiHeader")))
    if parts:
        found["record", name] = Part(parts, inside=True)
