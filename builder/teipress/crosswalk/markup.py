"""Names and values → the elements of an XML record; what has no value has no element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from teipress.tei import Element

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XLINK = "http://www.w3.org/1999/xlink"


class Markup:
    """Makes the elements of one namespace."""

    def __init__(
        self, namespace: str, prefixes: Mapping[str | None, str] | None = None, prefix: str | None = None
    ) -> None:
        """`prefix` is the namespace's own, None for the default one; `prefixes` are others that elements declare."""
        self._namespace = namespace
        self._prefixes: dict[str | None, str] = {**({prefix: namespace} if namespace else {}), **(prefixes or {})}

    def leaf(self, name: str, value: str, attributes: Mapping[str, str] | None = None) -> Element | None:
        """An element with text; None if there is no text."""
        if not value:
            return None
        made = self.empty(name, attributes)
        made.text = value
        return made

    def branch(
        self, name: str, children: Iterable[Element | None], attributes: Mapping[str, str] | None = None
    ) -> Element | None:
        """An element with elements; None if there are none."""
        found = [child for child in children if child is not None]
        if not found:
            return None
        made = self.empty(name, attributes)
        made.extend(found)
        return made

    def empty(self, name: str, attributes: Mapping[str, str] | None = None) -> Element:
        """An element with attributes alone, in Clark notation; those without a value are left out."""
        said = {key: value for key, value in (attributes or {}).items() if value}
        tag = f"{{{self._namespace}}}{name}" if self._namespace else name
        return etree.Element(tag, said, nsmap=self._prefixes)


def written(record: Element | None) -> bytes:
    """The file of a record: UTF-8, indented, the same bytes each time; nothing if there is no record."""
    if record is None:
        return b""
    etree.indent(record)
    etree.cleanup_namespaces(record)
    return etree.tostring(record, xml_declaration=True, encoding="UTF-8") + b"\n"
