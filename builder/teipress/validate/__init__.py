"""A tree → findings: the grammar, the constraints, the pointers, the characters, the whole. All are reported together.

Only this package knows how a schema is checked.
"""

from __future__ import annotations

from pathlib import Path

from teipress.config import Settings, inside
from teipress.edition import Source
from teipress.findings import Finding, softened
from teipress.resources import resource
from teipress.validate.characters import check_characters
from teipress.validate.grammar import check_grammar
from teipress.validate.integrity import check_integrity
from teipress.validate.pointers import check_pointers, with_suggestions
from teipress.validate.schematron import check_constraints


def validate(source: Source, settings: Settings) -> list[Finding]:
    """Check a source against the schema that its edition names, and its pointers in any case.

    A file without an edition has promised to keep no rule of ours: what is wrong with it is told as a warning.
    """
    findings: list[Finding] = []
    grammar, constraints = _schema(settings)
    if grammar is not None:
        findings += check_grammar(source, grammar)
    if constraints is not None:
        findings += with_suggestions(check_constraints(source, constraints), source)
    findings += check_pointers(source, findings)
    findings += check_characters(source)
    findings += check_integrity(source, findings)
    ordered = sorted(findings, key=lambda f: (f.file, f.line, f.code))
    return ordered if settings.declared else softened(ordered)


def _schema(settings: Settings) -> tuple[Path | None, Path | None]:
    """The grammar and the constraints to check against; a Schematron file may stand beside a grammar, or in it."""
    if not settings.schema:
        return None, None
    if settings.schema == "teipress":
        return resource("schema") / "teipress.rng", resource("schema") / "teipress.sch"
    grammar = inside(settings.folder, settings.schema, settings.folder / "edition.toml")
    constraints = grammar.with_suffix(".sch")
    return grammar, constraints if constraints.is_file() else grammar  # rules may be embedded in it
