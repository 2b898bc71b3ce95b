"""Documents, and pointers between their parts → the pairs of documents that are read side by side.

What belongs together is said by ``@corresp`` on a block (TEI Guidelines, 17.4.2) or by a ``link`` in a ``linkGrp`` of
type alignment (17.1). Where an edition names two documents that nothing ties, the labels of their pages do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from teipress import tei
from teipress.edition import Document, Parallel
from teipress.errors import UsageError
from teipress.findings import did_you_mean
from teipress.tei import Element

# what is set side by side; that a name or a stamp corresponds to something is another matter
BLOCKS = tuple("div div1 div2 div3 div4 div5 div6 div7 lg l p ab seg s head sp u quote".split())
_ALIGNING = ("align", "transl", "parallel")  # what the type of a group of links begins with

_FACING = '"facing" in [pdf]'

Resolve = Callable[[str, str], str]
Owned = dict[str, tuple[str, Element]]  # identifier → the document that an element stands in, and the element


def parallels(
    root: Element,
    documents: Sequence[Document],
    resolve: Resolve,
    named: Iterable[tuple[str, str]] | None,
    limited: bool = False,
    setting: str = '"parallel" in [html]',
) -> tuple[Parallel, ...]:
    """The pairs that the texts tie together, and those that are `named` (by slug or identifier); none if that is None.

    `limited`: something is withheld, which may be all that ties two documents. `setting` is what names them.

    Raises:
        UsageError: a named document is not there, or nothing ties two that are named.
    """
    if named is None or (len(documents) < 2 and not named):
        return ()
    tied: dict[tuple[str, str], list[tuple[Element, Element]]] = {}
    order = {d.slug: number for number, d in enumerate(documents)}
    for (one, first), (other, second) in _links(root, documents, resolve):
        if order[one] < order[other]:
            tied.setdefault((one, other), []).append((first, second))
        elif order[other] < order[one]:
            tied.setdefault((other, one), []).append((second, first))
    found = {pair: Parallel(*pair, tuple(dict.fromkeys(links))) for pair, links in tied.items()}
    for first_name, second_name in named:
        first_document, second_document = (_named(name, documents, setting) for name in (first_name, second_name))
        pair = first_document.slug, second_document.slug
        known = found.pop(pair, None)
        if turned := found.pop(pair[::-1], None):
            known = Parallel(*pair, tuple((b, a) for a, b in turned.links))
        if tied_so := known or _by_page(first_document, second_document, limited, setting):
            found[pair] = tied_so
    return tuple(sorted(found.values(), key=lambda p: (order[p.first], order[p.second])))


def facing(
    root: Element,
    documents: Sequence[Document],
    resolve: Resolve,
    named: Sequence[tuple[str, str]] | None,
    limited: bool = False,
) -> tuple[Parallel, ...]:
    """The pairs that a book prints facing: those that are `named`, or else all that the texts tie; none if it is None.

    A document is printed once. What several others correspond to faces the first of them.

    Raises:
        UsageError: as `parallels`, or a document is named twice.
    """
    taken: dict[str, Parallel] = {}
    wanted = [(_named(a, documents, _FACING).slug, _named(b, documents, _FACING).slug) for a, b in named or ()]
    for pair in parallels(root, documents, resolve, named, limited, _FACING):
        ends = (pair.first, pair.second)
        if wanted and ends not in wanted:
            continue
        if taken.keys().isdisjoint(ends):
            taken |= dict.fromkeys(ends, pair)
        elif wanted:
            twice = next(end for end in ends if end in taken)
            raise UsageError(f'the setting {_FACING} names "{twice}" twice; a book can print it facing one other text')
    return tuple(dict.fromkeys(taken.values()))


def _links(
    root: Element, documents: Sequence[Document], resolve: Resolve
) -> Iterator[tuple[tuple[str, Element], tuple[str, Element]]]:
    """Every tie between two blocks, each with its document."""
    groups = [g for g in tei.elements(root, "linkGrp", "link") if (g.get("type") or "").startswith(_ALIGNING)]
    pointing = [
        (d.slug, e) for d in documents for part in d.body for e in tei.elements(part, *BLOCKS) if e.get("corresp")
    ]
    if not groups and not pointing:
        return
    owned = _owned(documents)
    for slug, element in pointing:
        for token in tei.pointers(element.get("corresp")):
            if target := owned.get(resolve(slug, token)):
                yield (slug, element), target
    files = {tei.file_of(d.source): d.slug for d in documents if d.source is not None}
    for link in dict.fromkeys(e for g in groups for e in tei.elements(g, "link")):
        owner = files.get(tei.file_of(link), "")
        ends = [e for t in tei.pointers(link.get("target")) if (e := owned.get(resolve(owner, t)))]
        yield from ((one, other) for n, one in enumerate(ends) for other in ends[n + 1 :])


def _owned(documents: Sequence[Document]) -> Owned:
    return {
        identifier: (d.slug, element)
        for d in documents
        for part in d.body
        for element in tei.elements(part, *BLOCKS)
        if (identifier := element.get(tei.XML_ID))
    }


def _named(name: str, documents: Sequence[Document], setting: str) -> Document:
    for document in documents:
        if name in (document.slug, document.id):
            return document
    known = [d.slug for d in documents]
    hint = did_you_mean(name, known) or f"documents are {', '.join(known)}"
    raise UsageError(f'the setting {setting} names "{name}", which is no document of the edition; {hint}')


def _by_page(first: Document, second: Document, limited: bool, setting: str) -> Parallel | None:
    """Pages with the same label belong together; where a label repeats, the first with the first."""
    if first is second:
        raise UsageError(f'the setting {setting} names "{first.slug}" twice; name two documents')
    labelled = _pages(second)
    links = tuple((page, labelled[key]) for key, page in _pages(first).items() if key in labelled)
    if not links and limited:
        return None
    if not links:
        hint = "tie them by @corresp, or take the pair out"
        raise UsageError(
            f'the setting {setting} names "{first.slug}" and "{second.slug}", which have neither blocks that'
            f" correspond nor pages of the same label; {hint}"
        )
    return Parallel(first.slug, second.slug, links, by_page=True)


def _pages(document: Document) -> dict[tuple[str, int], Element]:
    """The page breaks of a document by their label, and how many had it before."""
    breaks = {e.get(tei.XML_ID): e for part in document.body for e in tei.elements(part, "pb")}
    times: Counter[str] = Counter()
    found: dict[tuple[str, int], Element] = {}
    for page in document.page_list:
        if page.label and page.id in breaks:
            found[page.label, times[page.label]] = breaks[page.id]
            times[page.label] += 1
    return found
