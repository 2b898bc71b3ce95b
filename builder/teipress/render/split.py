"""A document → the leaves of its output: one for a short document, one a division for a long one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from teipress import tei
from teipress.config import slug
from teipress.edition import Division, Document
from teipress.tei import Element

LONG = 120_000  # characters of text; about forty printed pages load and scroll well as one page
SHORT = 400  # characters; a group with fewer is no leaf of its own
_CONTAINERS = frozenset({"text", "front", "body", "back", "group", "TEI", "attachment"})

Run: TypeAlias = tuple[tuple[Element, ...], list[Element]]  # containers that were opened for it, and its elements


@dataclass(frozen=True, slots=True)
class Leaf:
    """One output file of a document: the elements it shows, and the divisions that begin in it.

    `above` are the divisions that it stands in, and which begin on an earlier leaf, the outermost first. `anchors` are
    the identifiers of containers that were opened and whose inside begins here. Of the elements in `kept` it shows only
    these parts, and `reopened` are those that began on an earlier leaf; then `shown` are the parts that it shows whole.
    """

    stem: str
    title: str
    document: Document
    elements: tuple[Element, ...] = field(repr=False)
    first: bool = False
    divisions: tuple[Division, ...] = ()
    above: tuple[Division, ...] = ()
    anchors: tuple[str, ...] = ()
    kept: Mapping[Element, list[str | Element]] = field(default_factory=dict, repr=False)
    reopened: frozenset[Element] = field(default=frozenset(), repr=False)
    shown: tuple[Element, ...] = field(default=(), repr=False)

    @property
    def begins(self) -> Iterator[Element]:
        """The elements that it opens first and of which it shows only a part."""
        return (e for e in self.kept if e not in self.reopened)


def part_path(stem: str, number: int) -> str:
    """The path of a part of a divided page, counted from 0; no document has the sign in its name."""
    return f"{stem}.html" if number == 0 else f"{stem}~{number + 1}.html"


def leaves(document: Document, split: str = "auto", prefix: str = "") -> list[Leaf]:
    """The leaves of a document, in reading order; `split` is "auto", "never" or "division"."""
    if split == "never" or not document.divisions or (split == "auto" and not _is_long(document)):
        whole = _anchors((), document)
        return [
            Leaf(prefix + document.slug, document.title, document, document.body, True, document.divisions, (), whole)
        ]
    runs = [run for part in document.body for run in _runs(part)]
    return _leaves(document, _joined(runs), prefix)


def _is_long(document: Document) -> bool:
    return sum(len(tei.text(part)) for part in document.body) > LONG


def _leaves(document: Document, runs: Sequence[Run], prefix: str) -> list[Leaf]:
    divisions = {d.element: d for d in document.all_divisions}
    result: list[Leaf] = []
    used: set[str] = set()
    for number, (opened, run) in enumerate(runs):
        own = tuple(d for e in (*opened, *run) for d in _heads(e, divisions, e in opened))
        begins = own[0].id if own else _named(run).removeprefix(f"{document.slug}-")
        name = document.slug if number == 0 else f"{document.slug}-{begins or number + 1}"
        if own and own[0].id.startswith(document.slug) and number:
            name = own[0].id
        stem = prefix + slug(name)
        while stem in used:
            stem += "x"
        used.add(stem)
        title = document.title if number == 0 or not own else own[0].title
        anchors = _anchors(opened, document if number == 0 else None)
        above = _above(run[0], divisions, opened)
        result.append(Leaf(stem, title, document, tuple(run), number == 0, own, above, anchors))
    return result


def _named(run: Sequence[Element]) -> str:
    """The identifier of the division without a heading, or else of the page, that begins in a group of elements."""
    divisions = (e for e in run if tei.local(e).startswith("div"))
    found = next(divisions, None)
    found = found if found is not None else next((pb for e in run for pb in tei.elements(e, "pb")), None)
    return "" if found is None else found.get(tei.XML_ID, "")


def _above(element: Element, divisions: dict[Element, Division], opened: Sequence[Element]) -> tuple[Division, ...]:
    around = [a for a in element.iterancestors() if a not in opened]
    return tuple(divisions[a] for a in reversed(around) if a in divisions)


def _anchors(opened: Sequence[Element], document: Document | None) -> tuple[str, ...]:
    """The identifiers that have no element of their own on a leaf: of the document it begins, of opened containers."""
    own = (document.id,) if document and document.id else ()
    return (*own, *(i for e in opened if (i := e.get(tei.XML_ID))))


def _heads(element: Element, divisions: dict[Element, Division], opened: bool = False) -> Iterator[Division]:
    if element in divisions:
        yield divisions[element]
    elif opened:
        return
    elif tei.local(element) in _CONTAINERS or tei.local(element).startswith("div"):
        for child in element:
            if tei.is_element(child):
                yield from _heads(child, divisions)


def _runs(element: Element, opened: tuple[Element, ...] = ()) -> Iterator[Run]:
    """Groups of elements that belong on one leaf: divisions apart, what stands between them together.

    A container is opened only when all its text stands in elements, so that nothing is left behind; the first group
    from inside it carries it along as opened.
    """
    opened = (*opened, element)
    run: list[Element] = []
    for child in (c for c in element if tei.is_element(c)):
        name = tei.local(child)
        division = name.startswith("div")
        opens = _can_open(child) and (name in _CONTAINERS or (division and len(tei.text(child)) > LONG))
        if not opens and not division:
            run.append(child)
            continue
        if run:
            yield opened, run
            opened, run = (), []
        yield from _runs(child, opened) if opens else [(opened, [child])]
        opened = ()
    if run:
        yield opened, run


def _can_open(element: Element) -> bool:
    return not any(isinstance(part, str) and not part.isspace() for part in tei.content(element)) and any(
        tei.is_element(c) and (tei.local(c) in _CONTAINERS or tei.local(c).startswith("div")) for c in element
    )


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Runs with short ones put before the next, so that a lone page break is no leaf of its own."""
    result: list[Run] = []
    opened: tuple[Element, ...] = ()
    waiting: list[Element] = []
    for container, run in runs:
        opened, waiting = (*opened, *container), waiting + run
        if sum(len(tei.text(e).strip()) for e in run) >= SHORT:
            result.append((opened, waiting))
            opened, waiting = (), []
    if waiting and result:
        last_opened, last = result[-1]
        result[-1] = (*last_opened, *opened), last + waiting
    elif waiting:
        result.append((opened, waiting))
    return result
