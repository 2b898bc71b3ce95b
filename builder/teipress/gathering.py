"""An edition and what was built of it → the files of a deposit, each with what it is and its sums.

Stages that know nothing of each other meet here: what reading found, what validation used, what rendering and
packaging made.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from teipress.config import Settings
from teipress.deposit.holding import Holding, Role
from teipress.edition import Edition, Source
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, Severity
from teipress.package.archive import zip_folder
from teipress.package.manifest import media_type
from teipress.parser import parse
from teipress.pipeline import Report, moment_of
from teipress.render.data import edition_source, tei_source, whole_source
from teipress.resources import resource
from teipress.validate.schema import Schema

_TYPES = {
    ".zip": "application/zip",
    ".txt": "text/plain",
    ".toml": "application/toml",
    ".rng": "application/xml",
    ".sch": "application/xml",
    ".odd": "application/tei+xml",
}
_TEI = frozenset({Role.DEPOSITED, Role.PUBLISHED})
_RELAXNG = "{http://relaxng.org/ns/structure/1.0}"


class Gathering:
    """Collects the files of a deposit; what is made for it alone is written below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.holdings: list[Holding] = []

    def add(self, path: str, role: Role, data: Path, document: str = "") -> Holding:
        """Add a file that lies at `data`.

        Raises:
            UsageError: its name cannot be written down.
        """
        if not path.isascii() and not _is_unicode(path):
            raise UsageError(
                f"{data!r}: the name of this file is not in UTF-8, as names in packages must be; rename it"
            )
        sums = [_sum(data, algorithm) for algorithm in ("sha256", "sha512")]
        size = data.stat().st_size
        held = Holding(PurePosixPath(path), role, _media_type(path, role), data, size, sums[0], sums[1], document)
        self.holdings.append(held)
        return held

    def put(self, path: str, role: Role, content: bytes, document: str = "") -> Holding:
        """Add a file of some content."""
        return self.add(path, role, self._write(path, content), document)

    def _write(self, path: str, content: bytes) -> Path:
        data = self.folder / path
        data.parent.mkdir(parents=True, exist_ok=True)
        data.write_bytes(content)
        return data


def _is_unicode(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sum(data: Path, algorithm: str) -> str:
    with data.open("rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def _media_type(path: str, role: Role) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".xml" and role in _TEI:
        return "application/tei+xml"
    return _TYPES.get(suffix) or media_type(PurePosixPath(path))


def gather_published(files: Gathering, edition: Edition) -> None:
    """The TEI as the audience may see it: of each document, and of the edition where that is more."""
    for document in edition.documents:
        text = tei_source(document.source, document.language)
        files.put(f"tei/published/{document.slug}.xml", Role.PUBLISHED, text.encode(), document.slug)
    if path := whole_source(edition):
        files.put(f"tei/published/{PurePosixPath(path).name}", Role.PUBLISHED, edition_source(edition).encode())


def gather_deposited(files: Gathering, source: Source, edition: Edition) -> None:
    """All files that the edition is read from, as they are, and the images that it shows."""
    images = (edition.folder / image for image in (*edition.images, *edition.facsimiles))
    for path in dict.fromkeys((*source.files, *images)):
        files.add(f"tei/deposited/{_below(source.folder, path)}", Role.DEPOSITED, path)


def gather_settings(files: Gathering, settings: Settings) -> None:
    """edition.toml and the edition's own templates, but for what lies elsewhere and is only linked to."""
    if settings.declared:
        files.add("settings/edition.toml", Role.SETTINGS, settings.folder / "edition.toml")
    own = _files(settings.templates) if settings.templates else []
    for path in (p for p in own if p.resolve().is_relative_to(settings.folder.resolve())):
        files.add(f"settings/templates/{_below(settings.folder / 'templates', path)}", Role.SETTINGS, path)


def gather_templates(files: Gathering, edition: Edition) -> None:
    """The templates that come with teipress, in one file."""
    target = files.folder / "templates.zip"
    zip_folder(resource("templates"), target, moment_of(edition), "templates")
    files.add("settings/teipress-templates.zip", Role.SETTINGS, target)


def gather_schema(files: Gathering, checked: Report, settings: Settings, withheld: bool) -> None:
    """What the edition was validated against, if it says so; of one that withholds something, not what is its own."""
    schema = checked.schema
    named = [] if schema is None or schema.guess else [schema.grammar, *schema.constraints]
    every = dict.fromkeys(part for path in named if path for part in _with_parts(path))
    for path in every:
        ours = path.resolve().is_relative_to(resource("schema").resolve())
        own = path.resolve().is_relative_to(settings.folder.resolve())
        if ours or not (own and withheld):
            files.add(f"schema/{_below(settings.folder, path) if own and not ours else path.name}", Role.SCHEMA, path)


def _with_parts(path: Path) -> Iterator[Path]:
    """A schema, the ODD that it was compiled from if it lies beside, and the grammars that it includes."""
    seen, waiting = set(), [path]
    while waiting:
        part = waiting.pop()
        if part in seen or not part.is_file():
            continue
        seen.add(part)
        yield part
        waiting += [part.with_suffix(".odd"), *_included(part)]


def _included(path: Path) -> Iterable[Path]:
    if path.suffix != ".rng":
        return
    try:
        root = parse(path, str(path))
    except Stopped:
        return
    for element in root.iter(f"{_RELAXNG}include", f"{_RELAXNG}externalRef"):
        href = element.get("href", "")
        target = path.parent / href
        if href and "://" not in href and target.resolve().is_relative_to(path.parent.resolve()):
            yield target


def gather_built(files: Gathering, build: Path, edition: Edition) -> None:
    """The outputs of a build, and its reports."""
    name = edition.name
    if (build / "html").is_dir():
        target = files.folder / "site.zip"
        zip_folder(build / "html", target, moment_of(edition), name)
        files.add(f"site/{name}-site.zip", Role.SITE, target)
    for path in sorted((build / "epub").glob("*.epub")):
        files.add(f"epub/{path.name}", Role.EPUB, path)
    for path in _files(build / "pdf"):
        files.add(f"pdf/{_below(build / 'pdf', path)}", Role.PDF, path)
    files.add("reports/build.json", Role.REPORT, build / "report.json")


def gather_validation(files: Gathering, checked: Report, source: Source) -> None:
    """What validation said of the edition as its editors keep it."""
    schema = checked.schema
    said = {
        "schema": schema_name(schema),
        "tei_release": schema.release if schema else "",
        "files": [_below(source.folder, path) for path in source.files],
        "ignored": checked.ignored,
        "findings": [_told(found, source.folder) for found in checked.findings],
    }
    content = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    files.put("reports/validation.json", Role.REPORT, content.encode())


def _told(found: Finding, folder: Path) -> dict[str, object]:
    file = _below(folder, Path(found.file)) if found.file else ""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "file": file,
        "line": found.line,
        "message": _placeless(found.message, folder),
        "hint": _placeless(found.hint, folder),
    }


def _placeless(text: str, folder: Path) -> str:
    """What a finding says, without where this machine keeps the edition."""
    for place in (folder.resolve(), folder, Path.cwd()):
        text = text.replace(f"{place}/", "") if str(place) != "." else text
    return text


def gather_records(files: Gathering, records: Mapping[str, bytes]) -> None:
    """What the crosswalks made."""
    for name, content in sorted(records.items()):
        files.put(f"metadata/{name}", Role.METADATA, content)


def schema_name(schema: Schema | None) -> str:
    """What people call a schema, wherever it lies; "" if there is none."""
    return schema.grammar.name if schema and schema.grammar else ""


def counted(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, in words for programs and people."""
    counts = ((sum(f.severity is s for f in findings), s) for s in Severity)
    return ", ".join(f"{n} {s.value}{'s' if n != 1 else ''}" for n, s in counts if n) or "no findings"


def _files(folder: Path) -> list[Path]:
    """All files below a folder but hidden ones."""
    found = sorted(p for p in folder.rglob("*") if p.is_file())
    return [p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts)]


def _below(folder: Path, path: Path) -> str:
    """A path as it is seen from a folder; only its name if it lies elsewhere: no path of this machine is told."""
    relative = os.path.relpath(os.path.normpath(path), os.path.normpath(folder))
    return path.name if relative.startswith("..") else PurePosixPath(relative).as_posix()
