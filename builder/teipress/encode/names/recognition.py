"""The flows of a transcription and a register → spans around names, each with a pointer where only one can be meant.

All flows are read before anybody is identified: a surname alone is whose full name the document has elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from teipress.encode.names.fence import Fence
from teipress.encode.names.forms import FULL, GIVEN, SURNAME, Index, index
from teipress.encode.names.ideographs import ideographic_mentions
from teipress.encode.names.mentions import INITIALS, OTHER, Mention, mentions
from teipress.encode.names.passages import Passage, passages
from teipress.encode.names.register import KINDS, Register
from teipress.encode.names.strangers import Stranger, strangers
from teipress.encode.names.unregistered import Unregistered, collect
from teipress.encode.names.words import fold, words
from teipress.encode.nodes import Flow, Span
from teipress.encode.profile import Profile
from teipress.encode.transcription import Transcription
from teipress.findings import Finding, finding

_RULES = {"person": "persons", "place": "places", "org": "organisations"}
_MOST_LINES = 10  # lines that a finding names
_MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class Named:
    """The spans of all names, what the editor should know of them, and the persons who are in no register."""

    spans: tuple[Span, ...]
    findings: tuple[Finding, ...]
    unregistered: tuple[Unregistered, ...]


@dataclass(frozen=True, slots=True)
class _Decision:
    """Whom a mention means: no ids if nobody can tell."""

    mention: Mention
    ids: tuple[str, ...]
    cert: str
    rivals: tuple[str, ...] = ()


def names(
    flows: Sequence[Flow], register: Register, profile: Profile, taken: Sequence[Span], transcription: Transcription
) -> Named:
    """Find all names that the rules of the profile ask for.

    `taken` are the spans that there are already: no name crosses one, and none stands in a redaction, stamp, number,
    date or another name. Findings: D002, D003.
    """
    fence = Fence(taken)
    forms = index(register, profile.names)
    ordinary = frozenset(fold_phrase(w) for w in profile.ordinary)
    read = passages(flows, (n for several in forms.forenames.values() for given in several for n in given))
    found = [list(fence.admitted(_mentions(p, forms, ordinary))) for p in read]
    unknown = [s for s in strangers(read, found, ordinary) if fence.place(s.mention) is not None]
    decisions = _decided([m for m in chain.from_iterable(found) if m.how != OTHER], unknown, register)
    decisions = [d for d in decisions if profile.has(_RULES[d.mention.kind])]
    people = collect(unknown, register, transcription) if profile.has("unregistered-names") else ()
    spans = list(chain.from_iterable(_spans(d, fence) for d in decisions))
    if people:
        spans += chain.from_iterable(_stranger_spans(s, fence) for s in unknown)
    findings = [*_ambiguous(decisions, register, transcription), *_unregistered(people, transcription)]
    return Named(tuple(sorted(spans, key=lambda s: (s.start, -s.end))), tuple(findings), people)


def _mentions(passage: Passage, forms: Index, ordinary: frozenset[str]) -> list[Mention]:
    found = [*mentions(passage, forms, ordinary), *ideographic_mentions(passage, forms, ordinary)]
    return sorted(found, key=lambda m: m.start)


def without_doubles(taken: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """Other rules' spans but for guesses that a body is named where a name of the register stands."""
    places = {s.range for s in found if s.attributes}
    return [s for s in taken if s.name != "orgName" or s.attributes or s.range not in places]


def unknown_ids(profile: Profile, register: Register) -> tuple[str, ...]:
    """The identifiers that a profile gives to names and that no register has."""
    given = chain.from_iterable(profile.names.values())
    return tuple(dict.fromkeys(i for i in given if i not in register.entries))


def fold_phrase(phrase: str) -> str:
    """A phrase as its folded words: how the ordinary words of a profile are compared."""
    return " ".join(fold(w.text) for w in words(phrase)) or phrase


# who is meant


def _decided(found: Sequence[Mention], unknown: Sequence[Stranger], register: Register) -> list[_Decision]:
    in_full = {i for m in found if m.how == FULL and len(m.ids) == 1 for i in m.ids}
    namesakes: dict[str, str] = {}
    for stranger in unknown:
        if stranger.forename:
            namesakes.setdefault(fold(stranger.surname), stranger.name)
    decisions = (_decision(m, in_full, namesakes, register) for m in found)
    return [d for d in decisions if d is not None]


def _decision(mention: Mention, in_full: set[str], namesakes: dict[str, str], register: Register) -> _Decision | None:
    """The entry that a mention means, with what speaks for it; None if it is a word and no name."""
    ids, alone = mention.ids, len(mention.ids) == 1
    if mention.how == GIVEN or (mention.how == FULL and alone):
        return _Decision(mention, ids, "high")
    named = tuple(i for i in ids if i in in_full)
    if mention.weak and not named:
        return None
    rival = namesakes.get(mention.key) if mention.how == SURNAME else None
    if alone and (named or mention.title) and not rival and mention.bearers == 1:
        return _Decision(mention, ids, "high")
    if mention.how == INITIALS and mention.bearers > 1 and alone and not named:
        return _Decision(mention, ids, "low")
    if alone and not rival:
        return _Decision(mention, ids, "medium")
    if len(named) == 1:
        return _Decision(mention, named, "medium")
    fitting = tuple(i for i in ids if _holds_office(mention, register, i))
    if len(fitting) == 1:
        return _Decision(mention, fitting, "medium")
    return _Decision(mention, (), "low", (rival,) if rival else ())


def _holds_office(mention: Mention, register: Register, identifier: str) -> bool:
    """Whether a person's occupation in the register has all words of the title that stands with the name."""
    if mention.title is None:
        return False
    title = {w.key for w in words(mention.passage.text[slice(*mention.title)])}
    return any(title <= {w.key for w in words(o)} for o in register.entries[identifier].occupations)


# spans


def _spans(decision: _Decision, fence: Fence) -> Iterator[Span]:
    mention, by = decision.mention, _RULES[decision.mention.kind]
    place = fence.place(mention)
    if place is None:
        return
    pointer = " ".join(f"#{i}" for i in decision.ids)
    reference = (("ref", pointer),) if pointer else ()
    if mention.together:
        yield Span(*place, "rs", (("type", mention.kind), *reference), by, decision.cert)
        return
    yield Span(*place, KINDS[mention.kind], reference, by, decision.cert)
    yield from _role(mention, place, fence, by)


def _stranger_spans(stranger: Stranger, fence: Fence) -> Iterator[Span]:
    place = fence.place(stranger.mention)
    if place is not None:
        yield Span(*place, "persName", (), "unregistered-names", "low")
        yield from _role(stranger.mention, place, fence, "unregistered-names")


def _role(mention: Mention, whole: tuple[int, int], fence: Fence, by: str) -> Iterator[Span]:
    """The title in a name, unless it would stand in emphasis there, where TEI has no parts of names."""
    place = fence.place(mention, *mention.title) if mention.title is not None else None
    if place is not None and not fence.is_emphasised(place, whole):
        yield Span(*place, "roleName", (), by)


# findings


def _ambiguous(decisions: Sequence[_Decision], register: Register, transcription: Transcription) -> Iterator[Finding]:
    """D002 for each name that may be of several, with all its lines."""
    groups: dict[tuple[str, tuple[str, ...]], list[_Decision]] = {}
    for decision in decisions:
        if not decision.ids:
            groups.setdefault((decision.mention.key, decision.mention.ids), []).append(decision)
    for (_, ids), group in groups.items():
        mention = group[0].mention
        candidates = [f"{register.entries[i].label} ({i})" for i in ids]
        candidates += [f"{rival}, who is in no register" for rival in group[0].rivals]
        lines = list(dict.fromkeys(_line(d.mention, transcription) for d in group))
        surname = mention.passage.text[mention.title[1] if mention.title else mention.start : mention.end].strip()
        message = f"“{surname}” may be {' or '.join(candidates)}{_lines(lines)}"
        hint = f'say who it is in the profile: under [names], "{surname}" = ["{ids[0]}"]'
        yield finding("D002", message, transcription.name, lines[0], hint)


def _unregistered(people: Sequence[Unregistered], transcription: Transcription) -> Iterator[Finding]:
    """D003, once for a document."""
    if people:
        listed = [f"{p.name} (line {', '.join(map(str, p.lines[:_MOST_LINES]))})" for p in people[:_MOST_NAMES]]
        more = " …" if len(people) > _MOST_NAMES else ""
        message = f"{len(people)} in no register: {'; '.join(listed)}{more}"
        hint = "the encoder writes entries for them, ready to paste into the register"
        yield finding("D003", message, transcription.name, people[0].lines[0], hint)


def _line(mention: Mention, transcription: Transcription) -> int:
    return transcription.line_of(mention.passage.flow.offsets[mention.start])


def _lines(lines: Sequence[int]) -> str:
    if len(lines) == 1:
        return ""
    more = " …" if len(lines) > _MOST_LINES else ""
    return f" (lines {', '.join(map(str, lines[:_MOST_LINES]))}{more})"
