"""Bytes of an XML file on disk → a tree, with every door closed.

Input is untrusted: no network, no DTD, no entity expansion, nothing deeper than libxml2's own limit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, finding
from teipress.tei import Element

LARGEST_FILE = 256 * 1024 * 1024  # bytes; no edition is near it, and a parser bomb may be


def parse(path: Path, name: str) -> Element:
    """One file as a tree; `name` is what findings call it.

    Raises:
        UsageError: the file is missing or cannot be read.
        Stopped: it is not well-formed (X001).
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}; check the path and its permissions") from None
    if size > LARGEST_FILE:
        raise Stopped([finding("X001", f"the file has {size:,} bytes, more than teipress reads", name)])
    if not data.strip():
        raise Stopped([finding("X001", "the file is empty", name, 1, "a TEI file begins with <TEI>")])
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise Stopped([_not_well_formed(error, name)]) from None


def _parser() -> etree.XMLParser[Element]:
    """Every door closed. Without ``collect_ids`` an xml:id that is no name, or stands twice, does not end the parse.

    But without it libxml2 reads an external DTD, whatever `load_dtd` says; so whatever it asks for is empty.
    """
    parser: etree.XMLParser[Element] = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        collect_ids=False,
    )
    parser.resolvers.add(_Nothing())
    return parser


class _Nothing(etree.Resolver):
    """Answers every request for another file with an empty one."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:
        """See `etree.Resolver`; its `resolve_empty` does not keep libxml2 from reading the file."""
        return self.resolve_string("", context)


def _not_well_formed(error: etree.XMLSyntaxError, name: str) -> Finding:
    line = error.lineno or 0
    message = (error.msg or "not well-formed").split(", line ")[0].strip()
    hint = "mend the file in an XML editor; nothing can be read from it as it is"
    if message.startswith("Start tag expected"):
        message, hint = "this is not XML: it does not begin with a tag", "teipress reads TEI XML files"
    return finding("X001", message[0].lower() + message[1:], name, line, hint)
