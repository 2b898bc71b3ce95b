"""The files of a schema: itself and what it includes, from its own folder only."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress import tei
from teipress.findings import Finding, finding
from teipress.tei import Element

SCH = "{http://purl.oclc.org/dsdl/schematron}"
_RNG = "{http://relaxng.org/ns/structure/1.0}"
_MOST_FILES = 1_000  # of a schema with all that it includes


def _parse(path: Path) -> Element:
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)).getroot()
    tei.set_file(root, str(path))
    return root


@dataclass
class Files:
    """The trees of a schema, inclusions carried out: one of a .sch, one for each grammar of a .rng.

    `problems` are findings on what cannot be included.

    Raises:
        OSError, etree.XMLSyntaxError: the schema itself cannot be read.
    """

    path: Path
    problems: list[Finding] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.roots = [_parse(self.path)]
        seen = {self.path.resolve()}
        for root in self.roots:  # grows while it is gone through
            self._include(root, ())
            self._grammars(root, seen)

    def problem(self, element: Element, message: str, hint: str = "") -> None:
        """Tells of a fault in the schema at its own place."""
        self.problems.append(finding("G002", message, *self.place(element), hint))

    def place(self, element: Element) -> tuple[str, int]:
        """The file and the line that an element of the schema stands in."""
        return tei.file_of(element) or str(self.path), tei.line_of(element)

    def _include(self, root: Element, stack: tuple[Path, ...]) -> None:
        """Put in place what `include`, and `extends` with an address, point to."""
        for element in [e for e in root.iter(SCH + "include", SCH + "extends") if e.get("href") is not None]:
            target = self._target(element)
            if target is None or target.resolve() in stack or element.getparent() is None:
                continue
            if (part := self._part(element, target)) is not None:
                holder = etree.Element("holder")
                holder.append(part)
                self._include(holder, (*stack, target.resolve()))
                tei.replace_with_content(element, part if element.tag == SCH + "extends" else holder)

    def _part(self, element: Element, target: Path) -> Element | None:
        self.count += 1
        try:
            part = _parse(target) if self.count <= _MOST_FILES else None
        except (OSError, etree.XMLSyntaxError) as error:
            self.problem(element, f"{element.get('href')} cannot be used: {error}")
            return None
        name = urlsplit(element.get("href", "")).fragment
        if part is not None and name:
            part = next((e for e in part.iter(etree.Element) if name in (e.get("id"), e.get(tei.XML_ID))), part)
        if part is not None:
            tei.set_file(part, str(target))
        return part

    def _grammars(self, root: Element, seen: set[Path]) -> None:
        """The grammars that a grammar includes may have rules as well."""
        for element in root.iter(_RNG + "include", _RNG + "externalRef"):
            target = self._target(element)
            if target is None or target.resolve() in seen or len(seen) > _MOST_FILES:
                continue
            seen.add(target.resolve())
            if (part := self._part(element, target)) is not None:
                self.roots.append(part)

    def _target(self, element: Element) -> Path | None:
        address = urlsplit(element.get("href", ""))
        base = Path(tei.file_of(element) or self.path)
        target = base.parent / unquote(address.path) if address.path else base
        if address.scheme or address.netloc or not target.resolve().is_relative_to(self.path.parent.resolve()):
            self.problem(element, f"{element.get('href')} lies outside the schema's folder, and is not read")
            return None
        return target
