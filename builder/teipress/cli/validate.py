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
            if not path.exists():
                raise UsageError(f"{path}: there is no such file; check the path")
            settings = settings_for(edition_of(path))
            try:
                found = pipeline.check_only(settings).findings
            except Stopped as stopped:
                found = list(stopped.findings)
            findings += [f for f in found if path.is_dir() or path.suffix == ".toml" or _same(f.file, path)]
        print_findings(findings, everything)
        if not quiet:
            click.echo(f"{', '.join(map(str, paths))}: {summary(findings)}")
    finish(findings)


def _same(name: str, path: Path) -> bool:
    return bool(name) and Path(name).resolve() == path.resolve()
