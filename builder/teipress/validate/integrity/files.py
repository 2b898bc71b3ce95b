"""A tree → findings on pointers into other files of the edition (``persons.xml#ada``).

Another file is not parsed for this: its identifiers are picked out of its text. Those that stand in a comment count
as well, so that a pointer is blamed too seldom rather than too often. No file outside the edition's folder is opened.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding, did_you_mean
from teipress.tei import Element
from teipress.validate.integrity.places import at, often
from teipress.validate.pointers import ATTRIBUTES

_IDENTIFIER = re.compile(r"""xml:id\s*=\s*["']\s*([^"'<]*?)\s*["']""")
_INCLUSION = re.compile(r"<(?:\w+:)?include\b")
_LARGEST = 64 * 1024 * 1024  # bytes; a file that is larger is taken for granted
_MANY = 3  # files that are missing and told one by one; more are likely a part of an edition on its own


def check(source: Source) -> list[Finding]:
    """R002 for each pointer to an identifier that another file lacks, R007 for each file that is missing."""
    files = _Files(source.folder.resolve())
    for element in tei.selected(source.root, "//*[@*[contains(., '.xml')]]"):
        for attribute in ATTRIBUTES:
            value = element.get(attribute)
            if value is not None and ".xml" in value:
                for token in tei.pointers(value):
                    files.look(element, attribute, token)
    return files.findings + files.missing()


@dataclass
class _Files:
    """The files that an edition's pointers name."""

    folder: Path
    findings: list[Finding] = field(default_factory=list)
    absent: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    paths: dict[tuple[str, str], Path | None] = field(default_factory=dict)
    known: dict[Path, set[str] | None] = field(default_factory=dict)

    def look(self, element: Element, attribute: str, token: str) -> None:
        """Follow one pointer, if it is one to a TEI file of this edition."""
        name, _, identifier = token.partition("#")
        place = str(Path(tei.file_of(element)).parent), name
        if place not in self.paths:  # asking the file system is slow, and registers are pointed to by the thousand
            self.paths[place] = self._path(*place)
        path = self.paths[place]
        if path is None:
            return
        if not path.is_file():
            self.absent[name].append(element)
        elif identifier and "(" not in identifier:
            known = self._identifiers(path)
            if known is not None and identifier not in known:
                message = (
                    f'{tei.local(element)}/@{attribute} "{token}" points to nothing: {path.name} has no such xml:id'
                )
                self.findings.append(at(element, "R002", message, did_you_mean(identifier, known, f"{name}#{{}}")))

    def _path(self, folder: str, name: str) -> Path | None:
        """The file that a pointer in a file of some folder names, if it would lie in the edition's folder."""
        if not name.endswith(".xml") or ":" in name:
            return None
        try:
            path = (Path(folder) / unquote(name)).resolve()
            return path if path.is_relative_to(self.folder) else None
        except (OSError, ValueError):
            return None

    def _identifiers(self, path: Path) -> set[str] | None:
        """Every xml:id of a file; None if it cannot be known, since the file includes others or is not UTF-8."""
        if path not in self.known:
            try:
                text = path.read_text("utf-8") if path.stat().st_size <= _LARGEST else ""
            except (OSError, UnicodeError):
                text = ""
            self.known[path] = set(_IDENTIFIER.findall(text)) if text and not _INCLUSION.search(text) else None
        return self.known[path]

    def missing(self) -> list[Finding]:
        """A finding for each file that is missing, or one for all when they are many."""
        found = [(name, places) for name, places in self.absent.items()]
        if len(found) > _MANY:
            message = f"pointers lead to {len(found)} files that are not there, the first of them {found[0][0]}"
            return [at(found[0][1][0], "R007", message, "put them beside this file, or check how they are spelt")]
        return [
            at(p[0], "R007", f"{tei.local(p[0])} points to {name}, which is not there{often(len(p))}", "check the name")
            for name, p in found
        ]
