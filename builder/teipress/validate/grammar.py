"""A tree and a RELAX NG grammar → findings.

The engine is our own (`teipress.validate.relaxng`): it goes on after a fault, and says what would mend it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from teipress.edition import Source
from teipress.findings import Finding, finding
from teipress.validate.relaxng.messages import close, tell
from teipress.validate.relaxng.schema import Schema, load_schema
from teipress.validate.relaxng.syntax import SchemaError
from teipress.validate.relaxng.validator import Validator


def check_grammar(source: Source, grammar: Path) -> list[Finding]:
    """Findings for what the grammar does not allow (G001, G003 to G009, R002, R004), G002 if it is broken itself."""
    try:
        schema = schema_of(grammar)
        faults = Validator(schema.start, schema.known, _meant).validate(source.root)
        return [tell(fault, schema) for fault in faults]
    except SchemaError as error:
        return [finding("G002", f"the schema cannot be used: {error.message}", error.file or str(grammar), error.line)]
    except RecursionError:
        return [finding("G002", "the schema groups or nests more patterns than can be followed", str(grammar))]


def schema_of(grammar: Path) -> Schema:
    """The schema in a file, read once as long as the file does not change.

    Raises:
        SchemaError: it is none.
    """
    changed = grammar.stat().st_mtime_ns if grammar.is_file() else 0
    return _loaded(str(grammar), changed)


@lru_cache(maxsize=8)
def _loaded(path: str, changed: int) -> Schema:
    return load_schema(Path(path))


def _meant(tag: str, tags: Sequence[str]) -> str:
    """The name (Clark notation) out of some that another one was perhaps meant to be."""
    by_local = {t[t.rfind("}") + 1 :]: t for t in tags}
    return by_local.get(close(tag[tag.rfind("}") + 1 :], by_local), "")
