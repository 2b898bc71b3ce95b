"""A tree and a RELAX NG grammar → findings.

The grammar is compiled by libxml2. Its messages are the raw ones; that an error is told at the line of the element
it is about, once, and in the order of the file, is all that is made of them here.
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from teipress import tei
from teipress.edition import Source
from teipress.findings import Finding, finding

_ELEMENT = re.compile(r"[Ee]lement (?:\{[^}]*\})?([\w:.-]+)")


def check_grammar(source: Source, grammar: Path) -> list[Finding]:
    """Findings G001 for what the grammar does not allow, G002 if it is broken itself."""
    try:
        schema = etree.RelaxNG(etree.parse(str(grammar), etree.XMLParser(resolve_entities=False, no_network=True)))
    except (etree.XMLSyntaxError, etree.RelaxNGParseError) as error:
        return [finding("G002", f"the schema cannot be used: {error}", str(grammar))]
    if schema.validate(source.root):
        return []
    files = _files_by_line(source)
    return [_finding(entry, files) for entry in schema.error_log if entry.level_name != "WARNING"]


def _finding(entry: etree._LogEntry, files: dict[tuple[str, int], str]) -> Finding:
    name = m[1] if (m := _ELEMENT.search(entry.message)) else ""
    file = files.get((name, entry.line)) or next((f for (_, line), f in files.items() if line == entry.line), "")
    return finding("G001", entry.message, file, entry.line)


def _files_by_line(source: Source) -> dict[tuple[str, int], str]:
    """For each element name and line the file: libxml2 tells lines but not which included file they are in."""
    return {(tei.local(e), tei.line_of(e)): tei.file_of(e) for e in reversed(list(tei.elements(source.root)))}
