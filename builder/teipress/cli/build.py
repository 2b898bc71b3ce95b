"""``teipress build``: an edition or a TEI file → site, EPUB and PDF."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from teipress import pipeline
from teipress.cli.console import errors_as_lines, finish, print_findings, progress, summary, terminal
from teipress.config import FORMS, PROFILES, check_formats, settings_for
from teipress.errors import Stopped
from teipress.sizes import in_words


@click.command()
@click.argument("edition", type=click.Path(path_type=Path), default=".")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to build. [default: output/NAME]")
@click.option("-f", "--format", "formats", multiple=True, metavar="FORMAT", help="html, epub or pdf; may be repeated.")
@click.option("--form", type=click.Choice(FORMS), help="The text as read, or as it stands in the source.")
@click.option("--pdf-profile", "profile", type=click.Choice(PROFILES), help="What the PDF is for. [default: archive]")
@click.option("--access", "audience", default="public", metavar="NAME", help="The audience to build for.")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes for the PDF. [default: one a core]")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are of a kind.")
def build(
    edition: Path,
    output: Path | None,
    formats: tuple[str, ...],
    form: str | None,
    profile: str | None,
    audience: str,
    jobs: int | None,
    quiet: bool,
    everything: bool,
) -> None:
    """Build EDITION: a folder with an edition.toml, or any TEI file."""
    with errors_as_lines():
        check_formats(formats)
        settings = settings_for(edition)
        settings = replace(
            settings,
            formats=formats or settings.formats,
            form=form or settings.form,
            profile=profile or settings.profile,
            jobs=jobs or 0,
        )
        out = output or Path("output") / settings.name
        try:
            with progress(quiet) as say:
                report = pipeline.build(settings, out, settings.formats, audience, say)
        except Stopped as stopped:
            report = pipeline.Report(settings.name, out, list(stopped.findings))
        print_findings(report.findings, everything)
        if not report.artifacts:
            click.echo(f"{settings.name}: {summary(report.findings)}; nothing was built", err=True)
        elif not quiet:
            _print_result(report)
    finish(report.findings)


def _print_result(report: pipeline.Report) -> None:
    """What was built and where: a table on a terminal, plain lines elsewhere."""
    rows = [(name, report.out / name if report.out else Path(name), size) for name, size in _results(report)]
    if sys.stdout.isatty():
        from rich.table import Table

        table = Table(title=f"{report.name} · {summary(report.findings)}", title_justify="left", box=None)
        table.add_column("built", style="bold")
        table.add_column("size", justify="right")
        for _, path, size in rows:
            table.add_row(str(path), in_words(size))
        terminal().print(table)
    else:
        click.echo(f"{report.name}: {summary(report.findings)}")
        for _, path, size in rows:
            click.echo(f"  {path}  {in_words(size)}")


def _results(report: pipeline.Report) -> list[tuple[str, int]]:
    """The files that a reader opens, with the size in bytes of all that belongs to them."""
    sizes = {a.path.as_posix(): a.size for a in report.artifacts}
    results = [("html/index.html", sum(s for n, s in sizes.items() if n.startswith("html/")))]
    results += [(name, size) for name, size in sizes.items() if name.endswith((".epub", ".pdf"))]
    return [(name, size) for name, size in results if name in sizes]
