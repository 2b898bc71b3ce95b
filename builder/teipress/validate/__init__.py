"""A tree → findings: the grammar, the constraints, the pointers, the characters, the whole. All are reported together.

Only this package knows how a schema is checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from teipress.config import Settings
from teipress.edition import Source
from teipress.findings import Finding, softened
from teipress.validate.characters import check_characters
from teipress.validate.integrity import check_integrity
from teipress.validate.pointers import check_pointers, with_suggestions
from teipress.validate.schema import Schema, by_settings


def validate(source: Source, settings: Settings, schema: Schema | None = None) -> list[Finding]:
    """Check a source against a schema (by default the one that its edition names), and its pointers in any case.

    A file without an edition has promised to keep no rule of ours: what is wrong with it is told as a warning; only
    what breaks a schema that it names itself, or that was asked for, is an error.
    """
    schema = schema or by_settings(settings)
    by_schema = list(check_schema(source, schema))
    findings = check_pointers(source, by_schema)
    findings += check_characters(source)
    findings += check_integrity(source, [*by_schema, *findings])
    if not settings.declared:
        findings = softened(findings)
    if schema.guess or (not settings.declared and schema.reason == "edition.toml"):
        by_schema = softened(by_schema)
    return sorted([*schema.findings, *by_schema, *findings], key=lambda f: (f.file, f.line, f.code))


def check_schema(source: Source, schema: Schema) -> Iterator[Finding]:
    """What breaks the grammar, then what breaks the constraints."""
    if schema.grammar is not None:
        from teipress.validate.grammar import check_grammar  # a build without a schema does not wait for the engines

        yield from check_grammar(source, schema.grammar)
    for constraints in schema.constraints:
        from teipress.validate.schematron import check_constraints

        yield from with_suggestions(check_constraints(source, constraints), source)
