"""``teipress validate``: TEI files and editions → findings."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from teipress.cli.checking import Checked, Request, check_all
from teipress.cli.console import errors_as_lines, finish, progress, safe, summary
from teipress.cli.formats import FORMATS, Outcome, render
from teipress.cli.paths import units
from teipress.errors import UsageError
from teipress.findings import did_you_mean
from teipress.validate.schema import Schema


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--schema", metavar="RNG", default="", help='A RELAX NG grammar, or "teipress" for the one that ships.')
@click.option("--grammar-only", is_flag=True, help="The grammar's verdict alone: status 0, 1, or 2 for a bad grammar.")
@click.option("--format", "output", metavar="FORMAT", default="text", help=f"{', '.join(FORMATS)}.  [default: text]")
@click.option("--changed-since", "revision", metavar="REV", help="Only what changed since a git revision, and depends.")
@click.option("--jobs", type=click.IntRange(1), default=1, metavar="N", help="Processes to work with.  [default: 1]")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are of a kind.")
def validate(
    paths: tuple[Path, ...],
    schema: str,
    grammar_only: bool,
    output: str,
    revision: str | None,
    jobs: int,
    quiet: bool,
    everything: bool,
) -> None:
    """Validate PATHS: editions (folders with an edition.toml), TEI files, patterns, and folders of any of these.

    A file that belongs to an edition is validated with the whole of it, and its own findings are shown.

    The schema is the one of --schema; else the one that the file names (<?xml-model?>); else that of edition.toml;
    else, for files whose elements they know, the rules of teipress: stricter than TEI, so what breaks them is then
    a warning. Nothing is fetched.
    """
    with errors_as_lines():
        _check_format(output)
        wanted = units(paths)
        if revision is not None:
            from teipress.cli.changed import touched

            wanted = touched(wanted, revision, schema)
        with progress(quiet or len(wanted) < 2 or not sys.stderr.isatty()) as say:
            checked = check_all(wanted, Request(schema, grammar_only), jobs, say)
        if checked and all(c.passed_over for c in checked):
            raise UsageError(f"{', '.join(map(str, paths))}: {_files(len(checked))}, and none is TEI; check the path")
        outcome = _outcome(checked)
        _print(outcome, output, quiet, everything)
        if output == "text" and not quiet:
            since = f"nothing changed since {revision}" if revision and not wanted else ""
            click.echo(safe(f"{', '.join(map(str, paths))}: {since or _summary(outcome)}"))
    if grammar_only and any(f.code == "G002" for f in outcome.findings):
        sys.exit(2)
    finish(outcome.findings)


def _check_format(name: str) -> None:
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or f"formats are {', '.join(FORMATS)}"
        raise UsageError(f'unknown format "{name}"; {hint}')


def _outcome(checked: Sequence[Checked]) -> Outcome:
    """All results as one; what several units say alike, of a file that they share, is said once."""
    schemas: Counter[Schema] = Counter()
    for c in checked:
        for schema in c.schemas:
            schemas[replace(schema, findings=())] += len(c.files) if len(c.schemas) == 1 else 1
    return Outcome(
        tuple(dict.fromkeys(f for c in checked for f in c.findings)),
        tuple(dict.fromkeys(file for c in checked for file in sorted(c.files))),
        tuple(schemas.items()),
        sum(c.ignored for c in checked),
        sum(c.passed_over for c in checked),
    )


def _print(outcome: Outcome, output: str, quiet: bool, everything: bool) -> None:
    if output != "text":
        click.echo(render(outcome, output), nl=False)
        return
    from teipress.cli.formats.text import show

    show(outcome.findings, everything)
    if not quiet:
        for line in _schemas(outcome):
            click.echo(safe(line))


def _summary(outcome: Outcome) -> str:
    """How many findings there are, and how many are not told."""
    ignored = f", {outcome.ignored} ignored" if outcome.ignored else ""
    passed_over = f"; {_files(outcome.passed_over)} passed over: not TEI" if outcome.passed_over else ""
    return summary(outcome.findings) + ignored + passed_over


def _schemas(outcome: Outcome) -> Iterator[str]:
    """Against what was checked, and who chose that."""
    for schema, count in outcome.schemas:
        release = f", made from TEI {schema.release}" if schema.release else ""
        advice = "; it is stricter than TEI, so what breaks it is a warning" if schema.guess and schema.grammar else ""
        number = f", {_files(count)}" if len(outcome.schemas) > 1 else ""
        yield f"schema: {schema.name}{release} ({schema.reason}{advice}){number}"


def _files(count: int) -> str:
    return f"{count} XML file{'s' if count != 1 else ''}"
