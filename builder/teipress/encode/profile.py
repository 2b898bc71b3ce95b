"""A profile (TOML) → what is known of one transcription: facts that no rule can find out.

Design opinion, as for edition.toml: an unknown key is an error. Facts only: a profile names lines, numbers and
identifiers, and quotes nothing but names and single terms.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from teipress.encode.rules import RULES
from teipress.encode.transcription import NOT_XML, Transcription
from teipress.errors import UsageError
from teipress.findings import did_you_mean

REGIONS = ("title-page", "letterhead", "contents", "distribution", "imprint", "front", "back", "verse", "ignore")
CERTAINTIES = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class PageAnchor:
    """A page that begins at `line` (from 1) of the transcription."""

    line: int
    n: str = ""
    cert: str = "medium"


@dataclass(frozen=True, slots=True)
class Region:
    """Lines `first` to `last` (from 1) are what `kind` says, whatever the rules would make of them."""

    first: int
    last: int
    kind: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that an editor tells the encoder. The default knows nothing and has all rules on."""

    path: Path | None = None
    id: str = ""
    transcript: str = ""
    sha256: str = ""
    encoding: str = ""
    language: str = ""
    registers: tuple[Path, ...] = ()
    authority: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    pages: tuple[PageAnchor, ...] = ()
    regions: tuple[Region, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()
    foreign: Mapping[str, str] = field(default_factory=dict)

    def has(self, rule: str) -> bool:
        """Whether a rule is on."""
        if rule not in RULES:
            raise KeyError(rule)
        return rule not in self.off


NOTHING_KNOWN = Profile()

_TEXTS = ("id", "transcript", "sha256", "encoding", "language", "authority")
_KEYS = {*_TEXTS, "registers", "ordinary", "header", "rules", "pages", "regions", "names", "foreign"}
_HEADER = (
    "title", "subtitle", "author", "editor", "publisher", "date", "licence", "availability", "repository", "number",
    "source-title", "source-author", "source-publisher", "source-place", "source-date", "source-series", "note",
)  # fmt: skip
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LETTER = r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u037d\u0386-\u1fff\u3005-\ud7ff\uf900-\ufaff"
_ID = re.compile(rf"[{_LETTER}][{_LETTER}0-9.-]*")  # XML 1.0, 2.3, without the signs that are no letters
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")  # BCP 47
_ADDRESS = re.compile(r"https?://[\w.-]+(?:/[\w.~/-]*)?(?:#[\w.-]*)?")
_EMPTY = " \t\r\n\f\v\u00a0\u3000-*_=#>|\\"


def load_profile(path: Path) -> Profile:
    """A profile from its file; the paths in it are relative to its folder.

    Raises:
        UsageError: the file is missing or no TOML, or a key or a value in it is not known.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: this is not TOML: {error}") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    read = _Reader(path, data)
    read.characters(data)
    read.known(data, _KEYS, "")
    name = read.text("id") or identifier(path.stem)
    if not _ID.fullmatch(name):
        raise UsageError(f'{path}: id = "{name}" is no XML name; begin it with a letter and use no spaces')
    texts = {key: read.text(key) for key in _TEXTS if key != "id"}
    read.tags([texts["language"] or "und", *read.table("foreign")])
    return Profile(
        path=path,
        id=name,
        **texts,
        registers=tuple(_beside(path, name) for name in read.texts(data, "registers")),
        header=read.header(),
        off=read.switched_off(),
        pages=tuple(read.page(entry) for entry in read.tables("pages")),
        regions=tuple(read.region(entry) for entry in read.tables("regions")),
        names={name: read.texts(read.table("names"), name) for name in read.table("names")},
        ordinary=frozenset(read.texts(data, "ordinary")),
        foreign={word: tag for tag in read.table("foreign") for word in read.texts(read.table("foreign"), tag)},
    )


def check_profile(profile: Profile, source: Transcription) -> None:
    """Refuse a profile that speaks of lines which the transcription does not have, or twice of the same.

    Raises:
        UsageError: a page or a region names such lines, or a region has no text.
    """
    for anchor in profile.pages:
        if anchor.line > source.lines:
            name = f'page "{anchor.n}"' if anchor.n else "a page"
            raise UsageError(f"{profile.path}: {name} begins at line {anchor.line}, but {_length(source)}")
    for region in profile.regions:
        if region.last > source.lines:
            lines = f"{region.first} to {region.last}"
            raise UsageError(f"{profile.path}: the {region.kind} takes lines {lines}, but {_length(source)}")
        if not source.text[source.line(region.first)[0] : source.line(region.last)[1]].strip(_EMPTY):
            hint = "count the lines of the transcription again"
            raise UsageError(f"{profile.path}: the {region.kind} takes lines without a text; {hint}")
    for one, two in pairwise(sorted(profile.regions, key=lambda r: (r.first, r.last))):
        if two.first <= one.last:
            kinds = one.kind if one.kind == two.kind else f"{one.kind} and the {two.kind}"
            raise UsageError(f"{profile.path}: the {kinds} take line {two.first} twice; a line is in one region only")
    for before, behind in pairwise(sorted(anchor.line for anchor in profile.pages)):
        if before == behind:
            raise UsageError(f"{profile.path}: two pages begin at line {before}; leave one of them out")


def identifier(stem: str) -> str:
    """The name of a file without its ending → an XML name that can begin identifiers."""
    name = re.sub(rf"[^{_LETTER}0-9.-]+", "-", stem).strip("-.")
    return name if _ID.fullmatch(name) else f"t-{name}".rstrip("-")


def _length(source: Transcription) -> str:
    counted = f"{source.lines} line{'s' if source.lines > 1 else ''}"
    return f"{source.name} has {counted}; count the lines of the transcription again"


def _beside(path: Path, name: str) -> Path:
    """A file that a profile names, below the edition's folder: the closest above it that has an edition.toml."""
    folder = path.parent.resolve()
    edition = next((f for f in (folder, *folder.parents) if (f / "edition.toml").is_file()), folder)
    found = (folder / name).resolve()
    if not found.is_relative_to(edition):
        raise UsageError(f'{path}: "{name}" lies outside {edition.name}/, and nothing is read there; copy it into it')
    return found


class _Reader:
    """The values of one profile, each checked for its type."""

    def __init__(self, path: Path, data: dict[str, Any]) -> None:
        self.path = path
        self.data = data

    def wrong(self, what: str, hint: str) -> UsageError:
        return UsageError(f"{self.path}: {what}; {hint}")

    def known(self, table: Mapping[str, Any], keys: Any, where: str) -> None:
        for key in table:
            if key not in keys:
                hint = did_you_mean(key, keys) or f"known here: {', '.join(sorted(keys))}"
                raise self.wrong(f'unknown key "{key}"{where}', hint)

    def characters(self, value: Any) -> None:
        if isinstance(value, dict):
            value = [*value, *value.values()]
        if isinstance(value, list):
            for part in value:
                self.characters(part)
        elif isinstance(value, str) and (found := NOT_XML.search(value) or ("\f" in value and re.search("\f", value))):
            hint = "no XML file can hold it; leave it out"
            raise self.wrong(f"a text has the character U+{ord(found[0]):04X}", hint)

    def tags(self, tags: Iterable[str]) -> None:
        for tag in tags:
            if not _TAG.fullmatch(tag):
                raise self.wrong(f'"{tag}" is no language tag', "write one as en, ru-Latn or ja")

    def text(self, key: str) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(f"{key} is {value!r}", "write a text in quotation marks")
        return value

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.wrong(f"{key} is {value!r}", 'write a list of texts, for example ["a", "b"]')
        return tuple(value)

    def table(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(f"{key} is {value!r}", f"write it as a table, [{key}]")
        return value

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.wrong(f"{key} is {value!r}", f"write each as a table of its own, [[{key}]]")
        return value

    def header(self) -> dict[str, str]:
        table = self.table("header")
        self.known(table, _HEADER, " in [header]")
        facts = {key: str(value) for key, value in table.items()}
        for key in ("date", "source-date"):
            if key in facts and not _DATE.fullmatch(facts[key]):
                raise self.wrong(f'{key} = "{facts[key]}" in [header]', "write a date as 1985-07-17, 1985-07 or 1985")
        if not _ADDRESS.fullmatch(facts.get("licence", "https://a/")):
            raise self.wrong(
                f'licence = "{facts["licence"]}" in [header]', "give its address, and its words as availability"
            )
        return facts

    def switched_off(self) -> frozenset[str]:
        rules = self.table("rules")
        self.known(rules, RULES, " in [rules]")
        for name, value in rules.items():
            if not isinstance(value, bool):
                raise self.wrong(f"the rule {name} is {value!r}", "write true or false")
        return frozenset(name for name, rule in RULES.items() if not rules.get(name, rule.on))

    def page(self, entry: Mapping[str, Any]) -> PageAnchor:
        self.known(entry, {"line", "n", "cert"}, " in [[pages]]")
        line, n, cert = entry.get("line"), entry.get("n", ""), entry.get("cert", "medium")
        if type(line) is not int or line < 1:
            raise self.wrong(f"a page has line = {line!r}", "give the number of the line on which it begins, from 1")
        if not isinstance(n, str) or cert not in CERTAINTIES:
            raise self.wrong(f"the page at line {line} has n = {n!r}, cert = {cert!r}", "n is a text, cert a degree")
        return PageAnchor(line, n, cert)

    def region(self, entry: Mapping[str, Any]) -> Region:
        self.known(entry, {"lines", "kind", "type"}, " in [[regions]]")
        lines, kind, type_ = entry.get("lines"), entry.get("kind"), str(entry.get("type", ""))
        if not isinstance(kind, str) or kind not in REGIONS:
            raise self.wrong(f"a region has kind = {kind!r}", f"kinds are {', '.join(REGIONS)}")
        if type_ and not _ID.fullmatch(type_):
            raise self.wrong(f'the {kind} has type = "{type_}"', "write one word")
        match lines:
            case [int(first), int(last)] if 1 <= first <= last:
                return Region(first, last, kind, type_)
        raise self.wrong(f"the {kind} has lines = {lines!r}", "give the first and the last, for example [3, 16]")
