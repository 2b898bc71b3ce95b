"""A tree and a RELAX NG grammar → findings.

The grammar is compiled by libxml2. Its messages are the raw ones; that an error is told at the line of the element
it is about, once, and in the order of the file, is all that is made of them here.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lxml import etree

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding, finding
from teipress.tei import Element


def check_grammar(source: Source, grammar: Path) -> list[Finding]:
    """Findings G001 for what the grammar does not allow, G002 if it is broken itself."""
    try:
        schema = _compiled(str(grammar), grammar.stat().st_mtime_ns)
    except (etree.XMLSyntaxError, etree.RelaxNGParseError) as error:
        return [finding("G002", f"the schema cannot be used: {error}", str(grammar))]
    if schema.validate(source.root):
        return []
    found: dict[tuple[str, int], Finding] = {}
    for entry in schema.error_log:
        element = _element(entry, source)
        place = (tei.file_of(element), tei.line_of(element))
        found.setdefault(place, finding("G001", entry.message, *place))  # what libxml2 adds is about the same fault
    return list(found.values())


@lru_cache(maxsize=8)
def _compiled(path: str, changed: int) -> etree.RelaxNG:
    """A grammar ready for use, compiled once as long as its file does not change."""
    return etree.RelaxNG(etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)))


def _element(entry: etree._LogEntry, source: Source) -> Element:
    """The element that libxml2 complains of."""
    try:
        nodes = source.root.getroottree().xpath(entry.path or "/..", namespaces=tei.NAMESPACES)
    except etree.XPathError:
        nodes = []
    if isinstance(nodes, list) and nodes and isinstance(nodes[0], etree._Element):
        return nodes[0]
    lines = (e for e in tei.elements(source.root) if tei.line_of(e) == entry.line)
    return next(lines, source.root)
