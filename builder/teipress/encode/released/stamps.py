"""Gaps and stamps as the rules found them → the same with identifiers, tied to each other and to their codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from teipress.encode.nodes import Node, Span
from teipress.encode.profile import Profile
from teipress.encode.released.exemptions import known, taxonomies
from teipress.encode.released.redactions import stamp_line
from teipress.encode.released.ties import pointers, ties
from teipress.tei import Element

_CODED = ("gap", "stamp")
_WITHHELD = ("reason", "redacted")


def identified(text: str, spans: Iterable[Span], breaks: Sequence[int], profile: Profile) -> list[Span]:
    """The spans with @xml:id and @resp on gaps, @xml:id on stamps, @corresp from stamp to gap, the codes on both."""
    found = list(spans)
    gaps = sorted((s for s in found if s.name == "gap"), key=lambda s: s.start)
    stamps = sorted((s for s in found if s.name == "stamp"), key=lambda s: s.start)
    codes = [s for s in stamps if ("type", "exemption") in s.attributes]
    together = ties(text, gaps, codes, breaks) if profile.has("stamp-ties") else {}
    code_of = pointers(together)
    name = {gap: f"{profile.id}-r{n}" for n, gap in enumerate(gaps, 1)}
    authority = f"#{profile.authority or f'{profile.id}-authority'}"
    new: dict[Span, Span] = {}
    for gap in gaps:
        attributes = {**dict(gap.attributes), "xml:id": name[gap]}
        attributes.update({"resp": authority} if _WITHHELD in gap.attributes else {})
        attributes.update({"ana": " ".join(code_of[gap])} if gap in code_of else {})
        new[gap] = replace(gap, attributes=tuple(attributes.items()))
    for number, stamp in enumerate(stamps, 1):
        attributes = {**dict(stamp.attributes), "xml:id": f"{profile.id}-s{number}"}
        belongs = " ".join(f"#{name[gap]}" for gap in together.get(stamp, ()))
        attributes.update({"corresp": belongs} if belongs else {})
        new[stamp] = replace(stamp, attributes=tuple(attributes.items()))
    return [new.get(span, span) for span in found]


def renamed(spans: Iterable[Span], codes: Mapping[str, str]) -> list[Span]:
    """The spans with pointers to the categories that a register has for a code, in the place of our own.

    `codes` maps a code ("25X1") to the xml:id of its category.
    """
    own = {f"#{identifier}": f"#{codes[code.label]}" for identifier, code in known().items() if code.label in codes}

    def pointed(span: Span) -> Span:
        pairs = ((key, " ".join(own.get(p, p) for p in v.split()) if key == "ana" else v) for key, v in span.attributes)
        return replace(span, attributes=tuple(pairs))

    return [pointed(s) if s.name in _CODED else s for s in spans] if own else list(spans)


def classes(spans: Iterable[Span], defined: Collection[str], profile: Profile) -> list[Element]:
    """The taxonomies of the codes that a document uses and no register defines."""
    used = {pointer for s in spans if s.name in _CODED for pointer in dict(s.attributes).get("ana", "").split()}
    return taxonomies({p for p in used if p.removeprefix("#") not in defined}, f"{profile.id}-exemptions")


def beside_gaps(nodes: Sequence[Node], text: str, gaps: Sequence[Span]) -> list[Node]:
    """Blocks in which the stamp that follows a gap at the end of a paragraph stands in that paragraph."""
    ends = {s.end for s in gaps}
    found: list[Node] = []
    for node in nodes:
        before = found[-1] if found else None
        is_stamps = node.name == "ab" and node.attributes.get("type") == "stamps"
        if is_stamps and before is not None and before.name == "p" and before.lines[-1][1] in ends:
            first, *others = node.lines
            if stamp_line(text, *first):
                before.lines.append(first)
                node.lines = others
        if node.lines or not is_stamps:
            found.append(node)
    return found
