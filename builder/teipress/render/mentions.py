"""The entries of a register → where each is named, document by document, with the words around."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from teipress import tei
from teipress.edition import Document, Edition, Entity, Mention
from teipress.render.context import Context, contexts
from teipress.render.registers import Location, locations
from teipress.vocabulary import Vocabulary

OPEN = 3  # mentions of an entry in a document that are seen at once
QUOTED = 60  # mentions of an entry in a document that are quoted at all; of the others the pages are told
_BRIEF = 110  # characters of what a name in the text says of whom it names


@dataclass(frozen=True, slots=True)
class Quoted:
    """A mention with the words around it, None if the text shows no words of it."""

    mention: Mention
    context: Context | None

    @property
    def where(self) -> str:
        """The page, else the division that it stands on."""
        return self.mention.page.name if self.mention.page else ""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The mentions of an entry in one document: some at once, some on demand, of the rest the pages alone."""

    document: Document
    number: int
    seen: tuple[Quoted, ...]
    folded: tuple[Quoted, ...]
    rest: tuple[Location, ...]


def mentions(
    edition: Edition, entities: Sequence[Entity], vocabulary: Vocabulary, shown: Collection[str]
) -> dict[str, list[Mentioned]]:
    """For each entry by its identifier its mentions among `shown`, in the order of the documents."""
    wanted: dict[str, set[str]] = {}
    for mention in (m for e in entities for m in e.mentions):
        if mention.id in shown:
            wanted.setdefault(mention.document, set()).add(mention.id)
    words = contexts(edition.documents, wanted, vocabulary)
    return {e.id: _mentioned(edition, e, wanted, words) for e in entities}


def _mentioned(
    edition: Edition, entity: Entity, wanted: Mapping[str, Collection[str]], words: Mapping[str, Context]
) -> list[Mentioned]:
    found: list[Mentioned] = []
    for document in edition.documents:
        here = wanted.get(document.slug, ())
        own = [m for m in entity.mentions if m.document == document.slug and m.id in here]
        quoted = [Quoted(m, words.get(m.id)) for m in own[:QUOTED]]
        if own:
            rest = locations(own[QUOTED:])
            found.append(Mentioned(document, len(own), tuple(quoted[:OPEN]), tuple(quoted[OPEN:]), rest))
    return found


def in_brief(entity: Entity) -> str:
    """Who or what an entry is, in a line: the name, the years of a life, the first thing that the register says."""
    element = entity.element
    if element is None:
        return entity.name.text
    years = [_year(element, name) for name in ("birth", "death")]
    life = f" ({'–'.join(years)})" if any(years) else ""
    said = (tei.line_of_text(tei.child(element, name)) for name in ("occupation", "note", "desc", "country"))
    first = next(filter(None, said), "")
    line = f"{entity.name.text}{life}{': ' + first if first else ''}"
    return line if len(line) <= _BRIEF else line[:_BRIEF].rpartition(" ")[0] + " …"


def _year(element: tei.Element, name: str) -> str:
    event = tei.child(element, name)
    return (
        event.get("when", "").lstrip("-")[:4]
        if event is not None and not event.get("when", "-").startswith("-")
        else ""
    )
