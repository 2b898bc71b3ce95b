"""A page on disk → its tree."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from teipress.tei import Element


def parse_page(path: Path) -> Element:
    """A page as a tree: XHTML as XML, HTML by an HTML parser."""
    data = path.read_bytes() or b"<html/>"
    if path.suffix == ".xhtml":
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    return etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True))
