"""Faults and a schema → findings that an editor understands without knowing RELAX NG.

A message says what is wrong in the terms of the document; the hint says what would mend it: what is expected there,
the best first, a name that was perhaps meant, and which element may hold what stands in the wrong one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from teipress import tei
from teipress.findings import Finding, finding
from teipress.validate.relaxng.datatypes import XSD, Datatype
from teipress.validate.relaxng.expected import attributes, completing, firsts, leading_to, required
from teipress.validate.relaxng.names import singles
from teipress.validate.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Choice,
    Data,
    List,
    Pattern,
    Value,
)
from teipress.validate.relaxng.schema import Schema
from teipress.validate.relaxng.validator import Fault, Kind

_GLOSS = re.compile(r"^\([^)]*\) ")
_SHOWN = 6  # names that a hint lists
_CODES = {
    Kind.UNKNOWN: "G003", Kind.MISPLACED: "G001", Kind.TOO_EARLY: "G004", Kind.UNFINISHED: "G004",
    Kind.ATTRIBUTE: "G005", Kind.NO_ATTRIBUTE: "G006", Kind.VALUE: "G007", Kind.TEXT: "G008", Kind.CONTENT: "G007",
    Kind.ROOT: "G009", Kind.SAME_ID: "R004", Kind.NO_ID: "R002",
}  # fmt: skip
_WORDS = {
    "anyURI": "a pointer (URI)", "ID": "an identifier", "NCName": "a name", "Name": "a name", "NMTOKEN": "a word",
    "boolean": "true or false", "date": "a date (2001-12-31)", "dateTime": "a moment (2001-12-31T12:00:00)",
    "time": "a time (12:00:00)", "gYear": "a year (2001)", "gYearMonth": "a month (2001-12)",
    "gMonth": "a month (--12)",
    "gMonthDay": "a day of the year (--12-31)", "gDay": "a day of the month (---31)", "duration": "a duration (P3D)",
    "decimal": "a number", "double": "a number", "float": "a number", "integer": "a whole number",
    "nonNegativeInteger": "a whole number from 0", "positiveInteger": "a whole number from 1",
    "language": "a language tag (BCP 47)", "string": "text", "token": "text", "QName": "a name with a prefix",
}  # fmt: skip
_FORMS = {
    r"[^\p{C}\p{Z}]+": "a word without spaces",
    r"\S+": "a word without spaces",
    r"(\-?[\d]+/\-?[\d]+)": "a fraction (1/2)",
    r"[0-9.,DHMPRSTWYZ/:+\-]+": "a date or duration of ISO 8601",
}


def tell(fault: Fault, schema: Schema) -> Finding:
    """The finding that tells of a fault."""
    message, hint = _TELLERS[fault.kind](fault, schema)
    about = fault.element
    return finding(_CODES[fault.kind], message, tei.file_of(about), tei.line_of(about), hint)


def _unknown(fault: Fault, schema: Schema) -> tuple[str, str]:
    name, parent = _local(fault.name), fault.element.getparent()
    message = f"there is no element <{name}>; it stands in {_tag(parent)}"
    if fault.like:
        return message, f"did you mean <{_local(fault.like)}>?"
    if near := close(name, schema.names):
        return message, f"did you mean <{near}>? It may stand in {_listed(_tags(schema.holders(near)), 'or')}"
    return message, _expected(fault, schema)


def _misplaced(fault: Fault, schema: Schema) -> tuple[str, str]:
    name, parent = _local(fault.name), fault.element.getparent()
    before = tei.previous(fault.element)
    where = f"after {_tag(before)} " if before is not None else ""
    message = f"<{name}> cannot stand {where}in {_tag(parent)}"
    holders = schema.holders(name)
    wrappers = _ranked(t for s in fault.states for tag in firsts(s) if (t := _local(tag)) in holders and t != name)
    if wrappers and (parent is None or tei.local(parent) not in holders):
        return message, f"put it into {_listed(_tags(wrappers), 'or')}"
    belongs = f"it may stand in {_listed(_tags(_near(fault.element, holders)), 'or')}" if holders else ""
    if parent is not None and tei.local(parent) in holders:
        belongs = f"{_tag(parent)} may hold it, but not in this place"
    return message, "; ".join(filter(None, (belongs, _expected(fault, schema))))


def _too_early(fault: Fault, schema: Schema) -> tuple[str, str]:
    name, parent = _local(fault.name), fault.element.getparent()
    missing = [_local(tag) for state in fault.states for tag in leading_to(state, fault.name)]
    later = [s for s in fault.element.itersiblings() if tei.is_element(s) and tei.local(s) in missing]
    if later:
        place = f"<{tei.local(later[0])}> (line {tei.line_of(later[0])})"
        return f"<{name}> stands too early in {_tag(parent)}: {place} comes before it", ""
    message = f"{_listed(_tags(dict.fromkeys(missing)), 'or')} is missing before <{name}> in {_tag(parent)}"
    return message, _documented(missing[:1], schema)


def _unfinished(fault: Fault, schema: Schema) -> tuple[str, str]:
    wanted = [_local(tag) for state in fault.states for tag in completing(state)]
    names = _ranked(wanted)
    if not names:
        return f"{_tag(fault.element)} is empty, but needs text", ""
    what = "is not complete" if len(fault.element) else "is empty"
    return f"{_tag(fault.element)} {what}: {_listed(_tags(names), 'or')} is missing", _documented(names[:1], schema)


def _attribute(fault: Fault, schema: Schema) -> tuple[str, str]:
    there = {_at(key) for key, _ in tei.attributes(fault.element)}
    names = sorted({_at(n) for state in fault.states for n in attributes(state)} - there)
    name = _at(fault.name)
    message = f"{_tag(fault.element)} has no attribute {name}"
    if fault.like:
        return message, f'did you mean "{_at(fault.like)}"?'
    return message, f"it may have {_listed(names, 'and')}" if names else "it takes none"


def _no_attribute(fault: Fault, schema: Schema) -> tuple[str, str]:
    names = dict.fromkeys(_at(tag) for state in fault.states for a in required(state) for tag in singles(a.names))
    return f"{_tag(fault.element)} needs the attribute {_listed(names, 'or')}", ""


def _value(fault: Fault, schema: Schema) -> tuple[str, str]:
    given = fault.element.get(fault.name, "")
    message = f'{_at(fault.name)}="{_short(given)}" on {_tag(fault.element)} is no value that it can have'
    values = [v for state in fault.states for v in _values(state)]
    near = close(given, values)
    described = _listed(dict.fromkeys(d for state in fault.states for d in describe(state)), "or")
    return message, f'did you mean "{near}"?' if near else f"expected: {described}"


def _text(fault: Fault, schema: Schema) -> tuple[str, str]:
    quoted = next((s.strip() for s in tei.content(fault.element) if isinstance(s, str) and s.strip()), "")
    takes = [t for state in fault.states for t in firsts(state) if any(p.content.has_text for p in schema.known(t))]
    inside = _ranked([_local(t) for t in dict.fromkeys(takes)])
    message = f'{_tag(fault.element)} cannot hold text, but holds "{_short(quoted, 30)}"'
    return message, f"put it into {_listed(_tags(inside), 'or')}" if inside else "take it out"


def _content(fault: Fault, schema: Schema) -> tuple[str, str]:
    given = tei.line_of_text(fault.element)
    described = _listed(dict.fromkeys(d for state in fault.states for d in describe(state)), "or")
    return f'{_tag(fault.element)} cannot be "{_short(given)}"', f"expected: {described}"


def _root(fault: Fault, schema: Schema) -> tuple[str, str]:
    roots = [_local(t) for state in fault.states for t in firsts(state)]
    expected = f"expected: {_listed(_tags(_ranked(roots)), 'or')}"
    return f"<{_local(fault.name)}> is no root that the schema knows", expected


def _same_id(fault: Fault, schema: Schema) -> tuple[str, str]:
    return f'{_at(fault.name)}="{fault.like}" on {_tag(fault.element)} is there already', "identifiers must differ"


def _no_id(fault: Fault, schema: Schema) -> tuple[str, str]:
    return f'{_at(fault.name)} on {_tag(fault.element)} refers to "{fault.like}", which identifies no element', ""


_TELLERS = {
    Kind.UNKNOWN: _unknown, Kind.MISPLACED: _misplaced, Kind.TOO_EARLY: _too_early, Kind.UNFINISHED: _unfinished,
    Kind.ATTRIBUTE: _attribute, Kind.NO_ATTRIBUTE: _no_attribute, Kind.VALUE: _value, Kind.TEXT: _text,
    Kind.CONTENT: _content, Kind.ROOT: _root, Kind.SAME_ID: _same_id, Kind.NO_ID: _no_id,
}  # fmt: skip


# What would do instead


def _expected(fault: Fault, schema: Schema) -> str:
    """What could stand in the place of an element, the best first: what lets the document go on, then the common."""
    following = _following(fault.element)
    first: list[str] = []
    others: list[str] = []
    for state in fault.states:
        for tag in firsts(state):
            goes_on = following and any(rest.opened(following) for _, rest in state.opened(tag))
            (first if goes_on else others).append(_local(tag))
        text = state.has_text
        if text and not first and not others:
            return "only text is expected here"
    names = list(dict.fromkeys([*_ranked(first), *_ranked(others)]))
    if not names:
        return "nothing more is expected here"
    return f"expected: {_listed(_tags(names), 'or')}"


def _following(element: tei.Element) -> str:
    after = element.getnext()
    return str(after.tag) if after is not None and tei.is_element(after) else ""


def _near(element: tei.Element, holders: Iterable[str]) -> list[str]:
    """Elements that may hold another, those first that are around it."""
    around = [tei.local(a) for a in element.iterancestors()]
    known = set(holders)
    return list(dict.fromkeys([*(a for a in around if a in known), *_ranked(known)]))


_COMMON = "p div item head list table row cell note lg l sp quote hi ref title persName date bibl ab body text".split()


def _ranked(names: Iterable[str]) -> list[str]:
    """Names with the most common elements of TEI first, the others by the alphabet."""
    return sorted(dict.fromkeys(names), key=lambda n: (_COMMON.index(n) if n in _COMMON else len(_COMMON), n.lower()))


def close(name: str, known: Iterable[str]) -> str:
    """The known name that is closest to another, if any is close; case does not count."""
    by_lower = {k.lower(): k for k in known}
    if name.lower() in by_lower and by_lower[name.lower()] != name:
        return by_lower[name.lower()]
    found = difflib.get_close_matches(name.lower(), by_lower, 1, 0.7)
    return by_lower[found[0]] if found and by_lower[found[0]] != name else ""


# In words


def describe(pattern: Pattern) -> Iterator[str]:
    """What a pattern for text asks for, in words, one for each way to match it."""
    if isinstance(pattern, Choice):
        for item in pattern.items:
            yield from describe(item)
    elif isinstance(pattern, Value):
        yield f'"{pattern.text.strip()}"'
    elif isinstance(pattern, Data):
        yield _described(pattern.datatype)
    elif isinstance(pattern, List):
        yield f"a list of {' or '.join(dict.fromkeys(describe(pattern.item)))}"
    elif pattern is TEXT:
        yield "text"
    elif pattern not in (EMPTY, NOT_ALLOWED):
        for part in pattern.parts():
            yield from describe(part)


def _described(datatype: Datatype) -> str:
    params = dict(datatype.params)
    if "pattern" in params and datatype.name in ("string", "token", "normalizedString"):
        return _FORMS.get(params["pattern"], f"text of the form {params['pattern']}")
    word = _WORDS.get(datatype.name, datatype.name) if datatype.library in (XSD, "") else datatype.name
    limits = [f"{_LIMITS[key]} {value}" for key, value in params.items() if key in _LIMITS]
    return f"{word} {' and '.join(limits)}".strip()


_LIMITS = {"minInclusive": "from", "maxInclusive": "up to", "minLength": "of at least", "maxLength": "of at most"}


def _values(pattern: Pattern) -> Iterator[str]:
    """The values that a pattern lists."""
    if isinstance(pattern, Value):
        yield pattern.text.strip()
    elif isinstance(pattern, List):
        yield from _values(pattern.item)
    for part in pattern.parts():
        yield from _values(part)


def _documented(names: list[str], schema: Schema) -> str:
    """What the schema says of an element, short."""
    for name in names:
        for tag in (f"{{{tei.TEI}}}{name}", name):
            if said := schema.documentation(tag):
                # TEI begins with the name spelt out, and ends with chapters
                return f"<{name}>: {_short(_GLOSS.sub('', said).split(' [')[0], 120)}"
    return ""


def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]


def _at(tag: str) -> str:
    """An attribute's name as it is written: ``xml:id``."""
    return f"xml:{_local(tag)}" if tag.startswith(f"{{{tei.XML}}}") else _local(tag)


def _tag(element: tei.Element | None) -> str:
    return "the document" if element is None else f"<{tei.local(element)}>"


def _tags(names: Iterable[str]) -> list[str]:
    return [f"<{name}>" for name in names]


def _listed(words: Iterable[str], joint: str) -> str:
    """``a, b or c``; of many the first few, and how many more there are."""
    every = list(words)
    if len(every) > _SHOWN + 1:
        return f"{', '.join(every[:_SHOWN])} {joint} {len(every) - _SHOWN} others"
    return f" {joint} ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def _short(text: str, most: int = 40) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= most else folded[: most - 1].rstrip() + "…"
