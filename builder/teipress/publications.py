"""An edition → its EPUB, and one for each of its documents where edition.toml asks for them, packed and unpacked.

An EPUB of a document is whole: it has the document's title and header, those of the edition behind it, and of the
registers whom and what the document names. A link to another document has nowhere to lead and is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from teipress.config import Settings
from teipress.edition import IMAGES, Document, Edition, Face, Person, Place
from teipress.package.epub import pack
from teipress.package.fonts import embed, lending
from teipress.package.staging import copy, write
from teipress.render.epub import CONTENT, render_epub, shown_images
from teipress.vocabulary import Vocabulary

ALL = ("*",)  # of the layout of a font: what joins and stacks letters differs from script to script
Where = tuple[str, str]  # "document", "record" or "entry", and a name
What = TypeVar("What")


def make_epubs(edition: Edition, settings: Settings, vocabulary: Vocabulary, folder: Path, moment: datetime) -> None:
    """Write the EPUBs of an edition into a folder.

    Raises:
        Stopped: a template fails (V005), or the table of semantics is broken (V004).
    """
    _make(edition, settings, vocabulary, folder, moment)
    for document in single(edition, settings):
        part = part_of(edition, document)
        _make(part, settings, vocabulary, folder, moment, edition)


def single(edition: Edition, settings: Settings) -> tuple[Document, ...]:
    """The documents that become an EPUB of their own; one that is all of its edition is that already."""
    return edition.documents if settings.documents and len(edition.documents) > 1 else ()


def part_of(edition: Edition, document: Document) -> Edition:
    """One document as an edition by itself."""
    own, above = document.header, edition.header
    header = replace(
        own,
        editors=own.editors or above.editors,
        publisher=own.publisher or above.publisher,
        date=own.date or above.date,
        licence=own.licence or above.licence,
        licence_url=own.licence_url or above.licence_url,
        changed=max(own.changed, above.changed),
        element=above.element,
    )
    described = next(part for part in edition.description.parts if part.slug == document.slug)
    return replace(
        edition,
        name=f"{edition.name}-{document.slug}",
        header=header,
        description=replace(described, slug="", parts=(described,)),
        language=document.language or edition.language,
        documents=(document,),
        persons=_mentioned(edition.persons, document),
        places=_mentioned(edition.places, document),
        parallels=(),
        facing=(),
    )


def places_of(edition: Edition, document: Document, whole: Mapping[Where, What]) -> dict[Where, What]:
    """Of what all places of an edition must show that of the places in the EPUB of one document."""
    part = part_of(edition, document)
    entries = {entity.id for entity in (*part.persons, *part.places)}
    found: dict[Where, What] = {}
    for (kind, name), what in whole.items():
        if name in entries if kind == "entry" else name == document.slug:
            found[kind, name] = what
        elif (kind, name) == ("record", edition.name):
            found[kind, part.name] = what
    return found


Entry = TypeVar("Entry", Person, Place)


def _mentioned(entities: tuple[Entry, ...], document: Document) -> tuple[Entry, ...]:
    """The entries of a register that a document names, each with its places in it alone."""
    own = ((e, tuple(m for m in e.mentions if m.document == document.slug)) for e in entities)
    return tuple(replace(entity, mentions=mentions) for entity, mentions in own if mentions)


def _make(
    edition: Edition,
    settings: Settings,
    vocabulary: Vocabulary,
    folder: Path,
    moment: datetime,
    whole: Edition | None = None,
) -> None:
    faces: list[Face] = []

    def lend(text: str) -> tuple[Face, ...]:
        faces.extend(lending(set(text)))
        return tuple(faces)

    files = render_epub(edition, settings, vocabulary, moment, lend, whole)
    unpacked = folder / edition.name
    write(unpacked, files)
    texts = [file.text for file in files if file.path.suffix == ".xhtml"]
    copy(edition.folder, tuple(shown_images(edition, texts)), unpacked / CONTENT / IMAGES)
    embed(tuple(faces), "".join(texts), unpacked / CONTENT, ALL)
    pack(unpacked, folder / f"{edition.name}.epub", moment)
