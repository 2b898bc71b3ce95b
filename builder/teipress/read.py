"""Bytes on disk → a TEI tree with every permitted inclusion in place, and findings.

Input is untrusted: see `parser`, and no file outside the edition's folder is included. Line numbers are kept.
Included parts are marked with the file that they come from, so that a finding can name it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress import tei
from teipress.edition import Source
from teipress.errors import Stopped
from teipress.findings import Finding, finding
from teipress.parser import LARGEST_FILE, parse
from teipress.tei import Element

_INCLUDE = f"{{{tei.XINCLUDE}}}include"
_FALLBACK = f"{{{tei.XINCLUDE}}}fallback"

MOST_INCLUSIONS = 5_000  # files that include files ten times each would otherwise never end
MOST_INCLUDED = LARGEST_FILE  # bytes in all: what one file must not hold, many must not hold together

_P4_HINT = "this is TEI P4; convert it to P5 first, for example with p4top5.xsl of the TEI Stylesheets"
_NAMESPACE_HINT = f'declare the namespace: xmlns="{tei.TEI}"'


def read(path: Path, folder: Path | None = None) -> tuple[Source, list[Finding]]:
    """Read a TEI file and what it includes from inside `folder` (by default the file's own).

    Raises:
        UsageError: the file is missing or cannot be read.
        Stopped: it is not well-formed XML, or not TEI.
    """
    folder = folder or path.parent
    inclusion = _Inclusion(folder)
    root = parse(path, str(path))
    if not _is_document(root):
        raise Stopped([_not_tei(root, str(path))])
    tei.set_file(root, str(path))
    inclusion.resolve(root, path, (path.resolve(),))
    files = tuple(dict.fromkeys((path, *inclusion.files)))
    return Source(path, folder, root, files), inclusion.findings + _entities(root)


def _is_document(root: Element) -> bool:
    return tei.is_tei(root)


def _not_tei(root: Element, name: str) -> Finding:
    local = tei.local(root)
    hint = _P4_HINT if local in ("TEI.2", "teiCorpus.2") else ""
    if not hint and local in ("TEI", "teiCorpus", "text", "div", "surface"):
        hint = _NAMESPACE_HINT
    return finding("X002", f"the root element <{local}> is not a TEI P5 element", name, tei.line_of(root), hint)


def _entities(root: Element) -> list[Finding]:
    return [
        finding("X006", f"the entity {e.text} is shown as it stands, never expanded", tei.file_of(e), e.sourceline or 0,
                "write the character itself")
        for e in root.iter(etree.Entity)
    ]  # fmt: skip


@dataclass
class _Inclusion:
    """Resolves XInclude inside one folder, collecting findings; what fails stays in the tree for the page to show."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    count: int = 0
    size: int = 0

    def resolve(self, root: Element, base: Path, stack: tuple[Path, ...]) -> None:
        """Replace every xi:include below `root` by what it points to; those in a fallback only if it is needed."""
        for include in [i for i in root.iter(_INCLUDE) if next(i.iterancestors(_FALLBACK), root) is root]:
            try:
                self._put(include, self._target(include, base, stack))
            except _NotIncluded as failure:
                self.findings.append(failure.finding)
                if (fallback := include.find(_FALLBACK)) is not None:
                    self.resolve(fallback, base, stack)  # in its place, where it knows its file
                    tei.replace_with_content(include, fallback)

    @staticmethod
    def _put(include: Element, replacement: Element | str) -> None:
        if isinstance(replacement, str):
            tei.replace_with_text(include, replacement)
        else:
            tei.replace(include, replacement)

    def _target(self, include: Element, base: Path, stack: tuple[Path, ...]) -> Element | str:
        """What an xi:include stands for. Raises _NotIncluded."""
        href = include.get("href", "")
        self.count += 1
        if self.count > MOST_INCLUSIONS:
            raise _NotIncluded("X005", include, f"{href} is one inclusion too many", "include fewer, larger files")
        path = self._path(include, href, base)
        self._weigh(include, href, path)
        self.files.append(path)
        if include.get("parse", "xml") == "text":
            return self._text(include, path)
        if path.resolve() in stack:
            raise _NotIncluded("X005", include, f"{href} includes itself", "take one of the inclusions out")
        try:
            part = parse(path, str(path))
        except Stopped as stopped:
            self.findings.extend(stopped.findings)
            raise _NotIncluded("X005", include, f"{href} cannot be read", "mend the included file") from None
        tei.set_file(part, str(path))
        self.resolve(part, path, (*stack, path.resolve()))
        return self._part(include, part, path)

    def _path(self, include: Element, href: str, base: Path) -> Path:
        try:
            url = urlsplit(href)
            path = base.parent / unquote(url.path)
            inside = path.resolve().is_relative_to(self.folder.resolve())
        except (ValueError, OSError) as error:
            raise _NotIncluded("X005", include, f"{href} is no address: {error}", "name a file") from None
        if url.scheme or url.netloc:
            raise _NotIncluded("X004", include, f"{href} is not fetched: it lies outside the edition", "use a copy")
        if not url.path:
            raise _NotIncluded("X005", include, "an inclusion of the same file is not supported", "name a file")
        if not inside:
            raise _NotIncluded("X004", include, f"{href} lies outside the edition's folder", "move the file into it")
        if not path.is_file():
            raise _NotIncluded("X003", include, f"{href} does not exist", "check the name of the included file")
        return path

    def _weigh(self, include: Element, href: str, path: Path) -> None:
        """Add a file to what has been included, each time that it is. Raises _NotIncluded if that gets too much."""
        size = path.stat().st_size
        if self.size + size > MOST_INCLUDED:
            message = f"with {href} more than {MOST_INCLUDED:,} bytes would be included"
            raise _NotIncluded("X005", include, message, "make several editions of it")
        self.size += size

    def _text(self, include: Element, path: Path) -> str:
        try:
            return path.read_text(encoding=include.get("encoding", "utf-8"))
        except (OSError, UnicodeError, LookupError) as error:
            message = f"{path.name} cannot be included as text: {error}"
            raise _NotIncluded("X005", include, message, "use UTF-8") from None

    def _part(self, include: Element, part: Element, path: Path) -> Element:
        pointer = include.get("xpointer")
        if pointer is None:
            return part
        found = next((e for e in part.iter(etree.Element) if e.get(tei.XML_ID) == pointer), None)
        if found is None:
            message = f'{path.name} has no element with the xml:id "{pointer}"'
            raise _NotIncluded("X005", include, message, "xpointer is understood as one xml:id")
        tei.set_file(found, str(path))
        return found


class _NotIncluded(Exception):
    """An inclusion that stays undone, with the finding that says why."""

    def __init__(self, code: str, include: Element, message: str, hint: str) -> None:
        super().__init__(message)
        self.finding = finding(code, message, tei.file_of(include), tei.line_of(include), hint)
