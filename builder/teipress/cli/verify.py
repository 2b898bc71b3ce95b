"""``teipress verify``: every proof on what was built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from teipress.cli.console import errors_as_lines, finish, print_findings, summary
from teipress.config import FORMS, settings_for
from teipress.errors import UsageError


@click.command()
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--source", type=click.Path(path_type=Path), help="The edition or TEI file: its text is proven, too.")
@click.option("--form", type=click.Choice(FORMS), help="The form of the text that it was built in.")
@click.option("--access", "audience", default="public", metavar="NAME", help="The audience that it was built for.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are of a kind.")
def verify(output: Path, source: Path | None, form: str | None, audience: str, quiet: bool, everything: bool) -> None:
    """Verify OUTPUT, the folder that a build has made: its links, its containers, its checksums.

    With --source, every character of the edition is looked for in it as well.
    """
    with errors_as_lines():
        from teipress.verify import verify_folder

        if not (output / "manifest.json").is_file():
            raise UsageError(f"{output}: has no manifest.json; name the folder that a build has made")
        if source is None:
            findings = verify_folder(output)
        else:
            from teipress.pipeline import prove

            settings = settings_for(source)
            findings = prove(output, replace(settings, form=form or settings.form), audience)
        print_findings(findings, everything)
        if not quiet:
            click.echo(f"{output}: {summary(findings)}")
    finish(findings)
