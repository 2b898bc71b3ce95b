"""``teipress validate``: TEI files and editions → findings."""

from __future__ import annotations

from pathlib import Path

import click

from teipress import pipeline
from teipress.cli.console import errors_as_lines, finish, print_findings, summary
from teipress.config import edition_of, settings_for
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are of a kind.")
def validate(paths: tuple[Path, ...], quiet: bool, everything: bool) -> None:
    """Validate PATHS: editions (folders) or TEI files.

    A file that belongs to an edition is validated with the whole of it, and its own findings are shown.
    """
    findings: list[Finding] = []
    with errors_as_lines():
        for path in paths:
            findings += _findings(path)
        print_findings(findings, everything)
        if not quiet:
            click.echo(f"{', '.join(map(str, paths))}: {summary(findings)}")
    finish(findings)


def _findings(path: Path) -> list[Finding]:
    """The findings on an edition, or on one file: with its edition if it belongs to one, else on its own."""
    if not path.exists():
        raise UsageError(f"{path}: there is no such file; check the path")
    whole = edition_of(path)
    try:
        report = pipeline.check_only(settings_for(whole))
        found, files = report.findings, {Path(name).resolve() for name in report.files}
    except Stopped as stopped:
        found, files = list(stopped.findings), {Path(f.file).resolve() for f in stopped.findings}
    if whole == path or path.is_dir():
        return found
    if path.resolve() in files or any(_about(f, path) for f in found):
        return [f for f in found if _about(f, path) or f.code == "G002"]
    try:
        return pipeline.check_only(settings_for(path)).findings
    except Stopped as stopped:
        return list(stopped.findings)


def _about(found: Finding, path: Path) -> bool:
    return bool(found.file) and Path(found.file).resolve() == path.resolve()
