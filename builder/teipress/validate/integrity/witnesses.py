"""A tree → findings on its apparatus: citations of no witness, witnesses never cited, sigla that stand for two."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding
from teipress.tei import Element
from teipress.validate.integrity.identifiers import identified
from teipress.validate.integrity.places import at, often, some

# what can bear witness to a text: copies, editions, scholars, hands
_WITNESSES = frozenset(
    "witness listWit bibl biblStruct biblFull listBibl msDesc msPart msFrag person personGrp org handNote object "
    "respStmt editor author item TEI text".split()
)


def check(source: Source) -> list[Finding]:
    """A001 for what is cited and is no witness, A002 for witnesses never cited, A003 for a siglum of two of them."""
    witnesses = [w for w in tei.elements(source.root, "witness") if w.get(tei.XML_ID)]
    citing = [e for e in tei.elements(source.root, "rdg", "lem", "witDetail", "witStart", "witEnd") if e.get("wit")]
    if not witnesses:
        return []
    cited = Counter(token for e in citing for token in tei.pointers(e.get("wit")))
    strangers = _strangers(source, witnesses, citing, cited)
    return [*strangers, *_uncited(source, witnesses, cited), *_sigla(witnesses)]


def _strangers(
    source: Source, witnesses: list[Element], citing: list[Element], cited: Counter[str]
) -> Iterator[Finding]:
    """What @wit cites and is no witness; a pointer that leads nowhere is another finding (R002)."""
    kinds = {f"#{e.get(tei.XML_ID)}": tei.local(e) for e in identified(source.root)} if citing else {}
    sigla = {siglum(w): w.get(tei.XML_ID) for w in witnesses}
    first: dict[str, Element] = {}
    for element in citing:
        for token in tei.pointers(element.get("wit")):
            first.setdefault(token, element)
    for token, element in first.items():
        said = f'{tei.local(element)}/@wit "{token}"'
        if "#" not in token and ":" not in token:
            meant = f"#{token}" if f"#{token}" in kinds else f"#{sigla[token]}" if token in sigla else ""
            hint = f'write "{meant}"' if meant else "cite a witness by its xml:id"
            yield at(element, "A001", f"{said} is no pointer{often(cited[token])}", hint)
        elif (kind := kinds.get(token)) is not None and kind not in _WITNESSES:
            yield at(element, "A001", f"{said} points to a {kind}{often(cited[token])}", "cite a witness")


def _uncited(source: Source, witnesses: list[Element], cited: Counter[str]) -> Iterator[Finding]:
    """One finding for all; none where no reading cites any, or where a citation of a whole group includes them."""
    used = {token.rpartition("#")[2] for token in cited}
    used |= {i for e in tei.elements(source.root, "listWit", "witness") if (i := e.get(tei.XML_ID)) in used}
    alone = [w for w in witnesses if not ({w.get(tei.XML_ID), *_kin(w)} & used)]
    if alone and len(alone) < len(witnesses):
        names = some(f"#{w.get(tei.XML_ID)}" for w in alone)
        hint = "cite them, or say in their description that they have no reading of their own"
        yield at(alone[0], "A002", f"no reading cites {names}", hint)


def _kin(witness: Element) -> Iterator[str | None]:
    """The groups that a witness is in, and the witnesses that are in it."""
    for element in (*witness.iterancestors(tei.tei("listWit"), tei.tei("witness")), *tei.elements(witness, "witness")):
        yield element.get(tei.XML_ID)


def siglum(witness: Element) -> str:
    """The abbreviation that stands for a witness in the apparatus, as the encoding states it."""
    for abbr in tei.elements(witness, "abbr"):
        if abbr.get("type") == "siglum" and tei.ancestor(abbr, "witness") is witness:
            return tei.line_of_text(abbr)
    return witness.get("n", "")


def _sigla(witnesses: list[Element]) -> Iterator[Finding]:
    """Witnesses of one list that have the same siglum."""
    taken: dict[tuple[Element | None, str], list[Element]] = defaultdict(list)
    for witness in witnesses:
        if name := siglum(witness):
            taken[tei.ancestor(witness, "TEI", "teiCorpus"), name].append(witness)
    for (_, name), several in taken.items():
        if len(several) > 1:
            names = some(f"#{w.get(tei.XML_ID)}" for w in several)
            yield at(several[1], "A003", f'"{name}" is the siglum of {names}', "give each witness a siglum of its own")
