"""edition.toml → settings. What is scholarship stands in the teiHeader; this is only how to build.

Design opinion: an unknown key is an error, never ignored, because a misspelt setting that silently does nothing
costs an editor more than a stopped build.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

from teipress.errors import UsageError
from teipress.findings import did_you_mean
from teipress.paper import trim
from teipress.phrases import languages
from teipress.press import Press, press
from teipress.rulings import Rulings, rulings

FORMATS = ("html", "epub", "pdf")
FORMS = ("reading", "diplomatic")  # what the editor made of the text, or what stands in the source
SPLITS = ("auto", "never", "division")
KEYS = ("lines", "letters")  # what ties an entry of an apparatus to its place in print
LINES = ("page", "division", "through")  # where the numbers of lines begin anew
CHAPTERS = ("auto", "recto", "run-on")  # whether the first divisions of a document begin on pages to the right
HEADS = ("titles", "lines", "pages")  # what stands at the head of pages to the right
PROFILES = ("archive", "source", "print")  # what a PDF is made for: to be kept, with its TEI, or to be printed
LABELS = ("printed", "source")  # whose page numbers a reader of PDFs shows


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build one edition.

    `schema` is "" (no grammar), "teipress" or a path below the edition; `withhold` maps an audience to the access
    categories (pointers such as "#restricted") that it may not see. `url` is where the site will stand, ended by a
    slash, "" if unknown. `interface` is the language that readers are spoken to in, "" for that of the edition.
    `search` is off for a lone file, which is built in a moment. `parallel` names documents that are read side by side
    besides those that say so themselves; None: there are none. `facing` names those that a book prints on facing pages;
    (): all that say so themselves; None: none. `size` is a name of `teipress.paper`, or width and
    height; `numbered`: printed lines are, whether an apparatus needs it or not; `font` is the family that the text of
    the book is set in, "" for that of its style sheet; `press` counts where `profile` is "print". `documents`: each
    document becomes an EPUB of its own, too. `witnesses` says whether the text of each witness has pages of its own, or
    of which (sigla or identifiers); None: where there are few. `jobs` are the processes that may run at once, 0 for one
    on each core. `rulings` say which findings are ignored. `closed`: documents whose availability is restricted are
    without their texts; no edition.toml says so, a deposit for the public does.
    """

    name: str
    folder: Path
    source: Path
    formats: tuple[str, ...] = FORMATS
    interface: str = ""
    form: str = "reading"
    also: str = ""
    schema: str = ""
    split: str = "auto"
    url: str = ""
    search: bool = False
    size: str = "royal octavo"
    apparatus: str = "lines"
    lines: str = "page"
    numbered: bool = False
    chapters: str = "auto"
    heads: str = "titles"
    concordance: bool = False
    profile: str = "archive"
    labels: str = "printed"
    font: str = ""
    press: Press = field(default_factory=Press)
    documents: bool = False
    streams: tuple[str, ...] = ()
    parallel: tuple[tuple[str, str], ...] | None = ()
    facing: tuple[tuple[str, str], ...] | None = None
    witnesses: bool | tuple[str, ...] | None = None
    withhold: Mapping[str, tuple[str, ...]] | None = None
    jobs: int = 0
    declared: bool = False
    closed: bool = False
    rulings: Rulings = field(default_factory=Rulings, compare=False)

    @property
    def second(self) -> str:
        """The form that the site shows besides the one that the edition is in, or nothing."""
        return self.also if self.also != self.form else ""

    @property
    def pressed(self) -> bool:
        """Whether the PDF is made for a printing house."""
        return self.profile == "print"

    @property
    def templates(self) -> Path | None:
        """The edition's own templates folder, if it has one."""
        own = self.folder / "templates"
        return own if self.declared and own.is_dir() else None


# where each setting stands in edition.toml: (table, key) → field
_KEYS: dict[tuple[str, str], str] = {
    ("", "name"): "name",
    ("", "source"): "source",
    ("", "formats"): "formats",
    ("", "interface"): "interface",
    ("", "form"): "form",
    ("validate", "schema"): "schema",
    ("validate", "ignore"): "ignore",
    ("validate", "severity"): "severity",
    ("pages", "streams"): "streams",
    ("html", "split"): "split",
    ("html", "also"): "also",
    ("html", "url"): "url",
    ("html", "search"): "search",
    ("html", "parallel"): "parallel",
    ("html", "witnesses"): "witnesses",
    ("epub", "documents"): "documents",
    ("pdf", "size"): "size",
    ("pdf", "apparatus"): "apparatus",
    ("pdf", "lines"): "lines",
    ("pdf", "chapters"): "chapters",
    ("pdf", "heads"): "heads",
    ("pdf", "concordance"): "concordance",
    ("pdf", "profile"): "profile",
    ("pdf", "labels"): "labels",
    ("pdf", "font"): "font",
    ("pdf", "facing"): "facing",
}
_CHOICES = {
    "form": FORMS,
    "also": FORMS,
    "split": SPLITS,
    "apparatus": KEYS,
    "lines": LINES,
    "chapters": CHAPTERS,
    "heads": HEADS,
    "profile": PROFILES,
    "labels": LABELS,
}
_TABLES = {table for table, _ in _KEYS if table} | {"access", "press"}


def settings_for(path: Path) -> Settings:
    """The settings of an edition's folder, of its edition.toml, or of a single TEI file (all defaults).

    Raises:
        UsageError: there is no such file, or edition.toml has an unknown or ill-typed setting.
    """
    if path.is_dir():
        path = path / "edition.toml"
    if not path.exists():
        hint = "an edition is a folder with an edition.toml" if path.name == "edition.toml" else "check the path"
        raise UsageError(f"{path}: there is no such file; {hint}")
    if path.suffix != ".toml":
        return Settings(name=slug(path.stem), folder=path.parent, source=path)
    return _read(path)


def edition_of(path: Path) -> Path:
    """The edition.toml that stands beside a TEI file, if there is one, else the file itself."""
    beside = path.parent / "edition.toml"
    return beside if path.is_file() and path.suffix != ".toml" and beside.is_file() else path


def slug(name: str) -> str:
    """A name that is safe as a file name on every system and in a URL."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "edition"


def _read(path: Path) -> Settings:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: this is not TOML: {error}") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    values: dict[str, Any] = {}
    for table, key, value in _entries(path, data):
        if table == "access":
            values.setdefault("withhold", {})[key] = _withheld(path, key, value)
        elif table == "press":
            values.setdefault("press", {})[key] = value
        else:
            values[_field(path, table, key)] = value
    return _settings(path, values)


def _entries(path: Path, data: dict[str, Any]) -> list[tuple[str, str, Any]]:
    entries: list[tuple[str, str, Any]] = []
    for key, value in data.items():
        if not isinstance(value, dict):
            entries.append(("", key, value))
        elif key in _TABLES:
            entries.extend((key, inner, v) for inner, v in value.items())
        else:
            hint = did_you_mean(key, _TABLES, "[{}]") or "tables are " + ", ".join(f"[{t}]" for t in sorted(_TABLES))
            raise UsageError(f"{path}: unknown table [{key}]; {hint}")
    return entries


def _field(path: Path, table: str, key: str) -> str:
    if (table, key) in _KEYS:
        return _KEYS[table, key]
    known = [k for t, k in _KEYS if t == table]
    where = f" in [{table}]" if table else ""
    hint = did_you_mean(key, known) or f"known here: {', '.join(known)}"
    raise UsageError(f'{path}: unknown setting "{key}"{where}; {hint}')


def _withheld(path: Path, audience: str, value: object) -> tuple[str, ...]:
    for key in value.keys() - {"withhold"} if isinstance(value, dict) else ():
        raise UsageError(f'{path}: unknown setting "{key}" in [access.{audience}]; known here: withhold')
    names = value.get("withhold") if isinstance(value, dict) else None
    if not isinstance(names, list) or not all(isinstance(n, str) and n.startswith("#") for n in names):
        raise UsageError(
            f'{path}: [access.{audience}] needs a list of pointers, for example withhold = ["#restricted"]'
        )
    return tuple(names)


def _settings(path: Path, values: dict[str, Any]) -> Settings:
    folder = path.parent
    ruled = rulings(path, values.pop("ignore", []), values.pop("severity", {}))
    values["press"] = press(path, values.get("press", {}))
    texts = {f.name for f in fields(Settings) if f.type == "str"} | {"source"}
    for key, value in values.items():
        if key in texts and not isinstance(value, str):
            raise UsageError(f'{path}: the setting "{key}" must be a text in quotation marks, not {value!r}')
        choices = languages(folder / "templates") if key == "interface" else _CHOICES.get(key, (value,))
        if value not in choices:
            options = ", ".join(f'"{c}"' for c in choices)
            raise UsageError(f'{path}: the setting "{key}" cannot be "{value}"; it is one of {options}')
    values.setdefault("search", True)
    values["numbered"] = "lines" in values
    for key, checked in _CHECKS.items():
        if key in values:
            values[key] = checked(path, values[key])
    for key in ("formats", "streams"):
        if key in values:
            values[key] = _texts(path, key, values[key])
    check_formats(values.get("formats", FORMATS), str(path))
    if not values.get("formats", FORMATS):
        raise UsageError(f'{path}: the setting "formats" is empty; formats are {", ".join(FORMATS)}')
    source = inside(folder, str(values.pop("source", "edition.xml")), path)
    name = slug(str(values.pop("name", folder.resolve().name)))
    return Settings(name=name, folder=folder, source=source, declared=True, rulings=ruled, **values)


def _switch(key: str, path: Path, value: object) -> bool:
    if not isinstance(value, bool):
        raise UsageError(f'{path}: the setting "{key}" must be true or false, not {value!r}')
    return value


def _size(path: Path, size: str) -> str:
    try:
        trim(size)
    except ValueError as error:
        raise UsageError(f'{path}: the setting "size" cannot be "{size}"; {error}') from None
    return size


def _witnesses(path: Path, value: object) -> bool | tuple[str, ...]:
    if isinstance(value, bool):
        return value
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise UsageError(
            f'{path}: the setting "witnesses" must be true, false or a list of sigla, for example ["A", "B"]'
        )
    return tuple(value)


def _address(path: Path, url: str) -> str:
    """Where a site will stand, with the slash at its end that its pages are put behind."""
    if not re.fullmatch(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?", url):
        raise UsageError(
            f'{path}: the setting "url" cannot be "{url}"; it is an address like "https://example.org/letters/"'
        )
    return url.rstrip("/") + "/"


def _texts(path: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise UsageError(f'{path}: the setting "{key}" must be a list of texts, for example {key} = ["html"]')
    return tuple(value)


def _facing(path: Path, value: object) -> tuple[tuple[str, str], ...] | None:
    """Pairs of documents; none in particular where the setting is true, None where it is false."""
    return () if value is True else _pairs(path, value, "facing", "true or false") or None


def _pairs(
    path: Path, value: object, key: str = "parallel", otherwise: str = "false"
) -> tuple[tuple[str, str], ...] | None:
    """Pairs of documents; None where the setting is false."""
    if value is False:
        return None
    pairs: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(p, list) and len(p) == 2 and all(isinstance(n, str) for n in p) for p in pairs):
        raise UsageError(
            f'{path}: the setting "{key}" must be a list of pairs of documents, for example '
            f'{key} = [["text", "translation"]], or {otherwise}'
        )
    return tuple((first, second) for first, second in pairs)


_CHECKS: dict[str, Callable[[Path, Any], Any]] = {
    "url": _address,
    "size": _size,
    "parallel": _pairs,
    "facing": _facing,
    "witnesses": _witnesses,
    **{key: partial(_switch, key) for key in ("search", "concordance", "documents")},
}


def check_formats(formats: tuple[str, ...], place: str = "") -> None:
    """Raises UsageError for a format that teipress does not make."""
    for name in formats:
        if name not in FORMATS:
            hint = did_you_mean(name, FORMATS) or f"formats are {', '.join(FORMATS)}"
            raise UsageError(f'{place + ": " if place else ""}unknown format "{name}"; {hint}')


def inside(folder: Path, relative: str, path: Path) -> Path:
    """A file below `folder`; raises UsageError for one that is missing or lies elsewhere."""
    if not relative.isprintable():
        raise UsageError(f"{path}: {relative!r} is no name of a file; check the name")
    target = folder / relative
    if not target.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{path}: {relative} lies outside the edition's folder; keep all files of an edition in it")
    if not target.is_file():
        raise UsageError(f"{path}: there is no file {relative} in the edition's folder; check the name")
    return target
