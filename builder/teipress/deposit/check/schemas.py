"""An XML file's tree → what its XML schema (XSD 1.0) has against it, if that is at hand; nothing is ever fetched.

Schemas are found by the namespaces that they are for, in the folders that are named, first of all that of the user.
Those that come in a package do not count: who made the package made them as well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from teipress.parser import LARGEST_FILE
from teipress.tei import Element

INSTALLED = Path(sys.prefix) / "share" / "teipress" / "schemas"  # where .ci/setup puts those of METS and PREMIS
_XSD = "http://www.w3.org/2001/XMLSchema"
_FOLLOWED = 20  # findings of one file that are told; the first tells most


class Schemas:
    """The XML schemas of some folders, by namespace; one namespace has one schema, the first that is found."""

    def __init__(self, folders: Iterable[Path] = (INSTALLED,)) -> None:
        self._files = [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.xsd"))]
        self._known: dict[str, Path] = {}
        self._compiled: dict[frozenset[str], etree.XMLSchema | None] = {}
        for path in self._files:
            if namespace := _target(path):
                self._known.setdefault(namespace, path)

    def knows(self, namespace: str) -> bool:
        """Whether there is a schema for a namespace."""
        return namespace in self._known

    def faults(self, root: Element) -> list[tuple[int, str]] | None:
        """The line and the words of each fault; nothing if there is no schema for the root, or none that is usable."""
        own = etree.QName(root).namespace or ""
        if not self.knows(own):
            return None  # that there is one for its attributes, XLink's for example, says nothing of it
        used = {etree.QName(e).namespace or "" for e in root.iter(etree.Element)} | {
            etree.QName(name).namespace or "" for e in root.iter(etree.Element) for name in e.attrib
        }
        # what METS wraps may have a schema that is broken; that of METS itself still counts
        schema = self._schema(frozenset(used & self._known.keys())) or self._schema(frozenset({own}))
        if schema is None:
            return None
        schema.validate(root)
        return [(error.line, _plain(error.message)) for error in list(schema.error_log)[:_FOLLOWED]]

    def _schema(self, namespaces: frozenset[str]) -> etree.XMLSchema | None:
        if namespaces not in self._compiled:
            self._compiled[namespaces] = self._compile(namespaces)
        return self._compiled[namespaces]

    def _compile(self, namespaces: frozenset[str]) -> etree.XMLSchema | None:
        """One schema that imports those of all namespaces, so that what METS wraps is validated, too."""
        imports = "".join(
            f"<xs:import namespace={quoteattr(n)} schemaLocation={quoteattr(self._known[n].name)}/>"
            for n in sorted(namespaces)
        )
        parser = _parser()
        parser.resolvers.add(_Beside(self._files))
        try:
            return etree.XMLSchema(etree.fromstring(f'<xs:schema xmlns:xs="{_XSD}">{imports}</xs:schema>', parser))
        except etree.XMLSchemaParseError:
            return None


class _Beside(etree.Resolver):
    """Answers a request for a schema, wherever it asks for it, with the known file of that name, else with nothing."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._files: dict[str, Path] = {}
        for path in files:
            self._files.setdefault(path.name, path)

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        """See `etree.Resolver`."""
        path = self._files.get((system_url or "").rpartition("/")[2])
        return self.resolve_string(path.read_bytes() if path else b"", context)


def _parser() -> etree.XMLParser[Element]:
    parser: etree.XMLParser[Element] = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return parser


def _target(path: Path) -> str:
    """The namespace that a schema is for, "" if the file is no schema."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return ""
        root = etree.fromstring(path.read_bytes(), _parser())
    except (OSError, etree.XMLSyntaxError):
        return ""
    return root.get("targetNamespace", "") if root.tag == f"{{{_XSD}}}schema" else ""


def _plain(message: str) -> str:
    """A message of libxml2 without the namespaces that it repeats in every name."""
    return re.sub(r"\{[^{}]*\}", "", message).rstrip(".")
