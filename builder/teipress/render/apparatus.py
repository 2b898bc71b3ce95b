"""What stands apart from the text: notes and entries of an apparatus, their letters, lemmas and sigla."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import ascii_lowercase

from markupsafe import Markup

from teipress import tei
from teipress.edition import Edition
from teipress.tei import Element

LETTERS: tuple[str, ...] = (*ascii_lowercase, *(a + b for a in ascii_lowercase for b in ascii_lowercase))
_LONG = 48  # characters of a lemma; longer ones are quoted by their first and last words
_FIRST, _LAST = 3, 2
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class RenderedNote:
    """A note or an entry whose text stands apart from its call; `kind` is "note" or "apparatus".

    `blocks` says whether it holds any, so that it cannot be a part of a paragraph; `attributes` its language where
    that is not the page's.
    """

    id: str
    label: str
    text: Markup
    kind: str = "note"
    blocks: bool = True
    attributes: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class Siglum:
    """A witness as an apparatus cites it, with its description, and where that is shown."""

    name: str
    description: str = ""
    href: str = ""


def letter(number: int) -> str:
    """The call of the entry of this number, from 0: a to z, aa to zz, and from the beginning again."""
    return LETTERS[number % len(LETTERS)]


def lemma(readings: Iterable[Element]) -> str:
    """The words of some readings as an entry repeats them: "first words … last words" where they are many."""
    lines = [line for reading in readings for line in list(tei.elements(reading, "l", "p")) or [reading]]
    return shortened(" ".join(tei.line_of_text(line, skip=("note", "witDetail")) for line in lines))


def shortened(whole: str) -> str:
    """The words of a lemma, or the first and the last of many."""
    words = whole.split(" ")
    if len(whole) <= _LONG:
        return whole
    if len(words) <= _FIRST + _LAST:
        return f"{whole[: _LONG // 2]} … {whole[-(_LONG // 4) :]}"
    return " ".join([*words[:_FIRST], "…", *words[-_LAST:]])


def sigla(pointers: str, edition: Edition, document: str, href: Callable[[str], str]) -> list[Siglum]:
    """The sigla of witnesses; what points to none is given as it is written."""
    found: list[Siglum] = []
    for token in tei.pointers(pointers):
        name = token.rpartition("#")[2]
        witness = edition.witnesses.get(edition.resolve(document, token))
        if witness is None:
            found.append(Siglum(name))
        else:
            found.append(Siglum(witness.siglum or name, witness.description, href(witness.id)))
    return found
