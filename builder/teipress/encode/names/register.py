"""Registers (TEI files) → the persons, places and bodies in them, with every form of their names.

A register is any TEI file with listPerson, listPlace or listOrg, in standOff or in a header. The same files may hold
the taxonomy of exemption codes and the agents who withheld something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from teipress import tei
from teipress.errors import Stopped, UsageError
from teipress.parser import parse
from teipress.tei import Element

KINDS = {"person": "persName", "place": "placeName", "org": "orgName"}  # an entry's element → that of its names
_AGENTS = ("person", "personGrp", "org", "respStmt", "editor", "author", "name", "orgName", "persName", "application")
_GIVEN = ("forename", "addName")
_NO_FORM = ("roleName", "genName", "note")  # parts of a name that a text may well leave out


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a name. Without parts (`surname`, `forenames`) only `text` is known; `link` is a particle ("von")."""

    text: str
    type: str = ""
    language: str = ""
    surname: str = ""
    forenames: tuple[str, ...] = ()
    link: str = ""
    nick: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, place or org (`kind`) of a register."""

    id: str
    kind: str
    forms: tuple[Form, ...]
    occupations: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its main form, for messages."""
        return next((f.text for f in self.forms if f.type == "main"), self.forms[0].text if self.forms else self.id)


@dataclass(frozen=True, slots=True)
class Register:
    """Everything that a name or a code may point to. The default is a register of nobody."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    agents: frozenset[str] = frozenset()
    codes: Mapping[str, str] = field(default_factory=dict)


def load_register(paths: Sequence[Path]) -> Register:
    """Read registers in order; of two entries with one xml:id the first counts.

    Raises:
        UsageError: a file is missing, is no well-formed XML or no TEI; the message names it and the remedy.
    """
    entries: dict[str, Entry] = {}
    agents: set[str] = set()
    codes: dict[str, str] = {}
    for path in paths:
        root = _root(path)
        for entry in _entries(root):
            entries.setdefault(entry.id, entry)
        agents.update(filter(None, (e.get(tei.XML_ID, "") for e in tei.elements(root, *_AGENTS))))
        for code, category in _codes(root):
            codes.setdefault(code, category)
    return Register(entries, frozenset(agents), codes)


def _root(path: Path) -> Element:
    try:
        root = parse(path, str(path))
    except Stopped as stopped:
        first = stopped.findings[0]
        place = f"{path}:{first.line}" if first.line else str(path)
        raise UsageError(f"{place}: the register is no XML: {first.message}; mend it or take it out") from None
    if not tei.is_tei(root):
        raise UsageError(f'{path}: the register is no TEI file; its root must be <TEI xmlns="{tei.TEI}">')
    return root


def _entries(root: Element) -> Iterator[Entry]:
    for element in tei.elements(root, *KINDS):
        if identifier := element.get(tei.XML_ID):
            kind = tei.local(element)
            names = [n for n in tei.elements(element, KINDS[kind]) if tei.ancestor(n, *KINDS) is element]
            forms = tuple(form for n in names if (form := _form(n)).text)
            occupations = tuple(tei.line_of_text(o) for o in tei.elements(element, "occupation"))
            yield Entry(identifier, kind, forms, tuple(filter(None, occupations)))


def _form(name: Element) -> Form:
    """A name as its parts. A form of a form (an `orgName` in a `persName`) is text like any other."""
    parts = {p: [tei.line_of_text(e) for e in tei.elements(name, p)] for p in ("surname", "nameLink", *_GIVEN)}
    nick = " ".join(parts["addName"])
    return Form(
        text=tei.line_of_text(name, _NO_FORM).strip(" ,"),
        type=name.get("type", ""),
        language=tei.language(name),
        surname=" ".join(parts["surname"]),
        forenames=tuple(" ".join(parts["forename"]).split()),
        link=" ".join(parts["nameLink"]),
        nick=nick,
    )


def _codes(root: Element) -> Iterator[tuple[str, str]]:
    """Each code of a taxonomy and the xml:id of its category: the code is its term, else its first description."""
    for category in tei.elements(root, "category"):
        described = tei.child(category, "catDesc")
        term = next(tei.elements(described, "term"), described) if described is not None else None
        code = tei.line_of_text(term) or category.get("n", "")
        if code and (identifier := category.get(tei.XML_ID)):
            yield code, identifier
