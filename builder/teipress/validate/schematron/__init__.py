"""A tree and the ISO Schematron rules of a schema → findings, with XPath 1.0 up to 3.1.

XPath 2.0 and later is evaluated by elementpath. Measured with the 204 expressions in TEI's `tei_all.rng`: elementpath
5.1 understands all of them (lxml 145), weighs 0.26 MB and is imported in 0.1 s; saxonche understands all, too, but
weighs 39 MB (104 MB installed) and would have to parse each file again; pyschematron 0.1 holds no evaluator at all.
What is XPath 1.0, or means the same in it, is left to lxml, and rules whose elements do not occur are passed over: so
all of TEI's rules take 0.15 s over a file of 20 KB or of 2 MB, 0.5 s over 4 MB (Saxon: 0.02, 0.8, 2.2 s).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lxml import etree

from teipress.edition import Source
from teipress.findings import Finding, finding
from teipress.validate.schematron.checking import check
from teipress.validate.schematron.engines import Engines
from teipress.validate.schematron.reading import read_schema
from teipress.validate.schematron.schema import Schema


def check_constraints(source: Source, schema: Path, phase: str = "") -> list[Finding]:
    """Findings for every assertion of a .sch, or of the rules embedded in a .rng, that fails.

    An assertion whose identifier is a code of ours has that code, any other S001. Whatever is broken in the rules
    themselves is a finding G002 each, and the other rules are checked all the same. `phase` is the identifier of a
    phase, "#ALL", or "" for the schema's own default.
    """
    try:
        rules, engines = _read(str(schema), schema.stat().st_mtime_ns)
    except (OSError, etree.XMLSyntaxError) as error:
        if schema.suffix != ".sch":
            return []  # whoever checks the grammar says so
        return [finding("G002", f"the constraints cannot be used: {error}", str(schema))]
    return check(rules, engines, source.root, phase)


@lru_cache(maxsize=8)
def _read(path: str, changed: int) -> tuple[Schema, Engines]:
    """A schema ready for use, read once as long as its file does not change."""
    schema = read_schema(Path(path))
    return schema, Engines(schema.namespaces, later=schema.version > 1)
