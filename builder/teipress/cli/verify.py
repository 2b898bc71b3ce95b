"""``teipress verify``: every proof on what was built."""

from __future__ import annotations

from pathlib import Path

import click

from teipress.cli.console import errors_as_lines, finish, print_findings, summary
from teipress.errors import UsageError


@click.command()
@click.argument("output", type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are of a kind.")
def verify(output: Path, quiet: bool, everything: bool) -> None:
    """Verify OUTPUT, the folder that a build has made."""
    with errors_as_lines():
        from teipress.verify import verify_folder

        if not (output / "manifest.json").is_file():
            raise UsageError(f"{output}: has no manifest.json; name the folder that a build has made")
        findings = verify_folder(output)
        print_findings(findings, everything)
        if not quiet:
            click.echo(f"{output}: {summary(findings)}")
    finish(findings)
