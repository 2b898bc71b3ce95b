"""``teipress deposit``: an edition → packages that archives and libraries take in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teipress.cli.console import errors_as_lines, finish, print_findings, progress, safe, summary
from teipress.cli.rechecking import check_package
from teipress.config import check_formats, settings_for
from teipress.errors import Stopped, UsageError
from teipress.sizes import in_words

if TYPE_CHECKING:
    from teipress.depositing import Packed

SHOWN = 20  # changes that are printed; the README of the deposit has all
_SAID = {
    "text": "text changed",
    "header": "header changed",
    "header and text": "header and text changed",
    "renamed": "identifier changed",
}


@click.command()
@click.argument("edition", type=click.Path(path_type=Path), default=".")
@click.option("--as", "kinds", multiple=True, metavar="KIND", help="bagit, dnb, saf, eark or ocfl; may be repeated.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder to pack into, new or a deposit's.")
@click.option("-f", "--format", "formats", multiple=True, metavar="FORMAT", help="html, epub or pdf; may be repeated.")
@click.option("--access", "audience", default="public", metavar="NAME", help="The audience that may see the packages.")
@click.option("--restricted", "open_", is_flag=True, help="Pack documents whose availability is restricted as well.")
@click.option("--since", type=click.Path(path_type=Path), metavar="DIR", help="Tell what changed since that deposit.")
@click.option("--check", "checked", type=click.Path(path_type=Path), metavar="DIR", help="Read a package again.")
@click.option("--schemas", type=click.Path(path_type=Path), multiple=True, metavar="DIR", help="More XSD, for --check.")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes for the PDF. [default: one a core]")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are of a kind.")
def deposit(
    edition: Path,
    kinds: tuple[str, ...],
    output: Path | None,
    formats: tuple[str, ...],
    audience: str,
    open_: bool,
    since: Path | None,
    checked: Path | None,
    schemas: tuple[Path, ...],
    jobs: int | None,
    quiet: bool,
    everything: bool,
) -> None:
    """Build, verify and pack EDITION: a folder with an edition.toml, or any TEI file.

    Each kind of package gets a folder of its name. A folder that holds a deposit already gets a new one, which says
    what has changed, document by document; the storage root of OCFL gets a new version.

    With --check nothing is packed: every file of a package is read again, by every checksum and schema, whoever made
    it, and what no longer holds is told.
    """
    with errors_as_lines():
        if checked is not None and (kinds or output or since or formats):
            raise UsageError("--check reads a package and packs nothing; take --as, -o, -f and --since out, or --check")
        if schemas and checked is None:
            raise UsageError("--schemas are for reading a package again; name it with --check, or take --schemas out")
        if checked is not None:
            check_package(checked, schemas, quiet, everything)
        from teipress import depositing

        order = depositing.Order(tuple(dict.fromkeys(kinds)), formats, audience, open_, since)
        depositing.check_kinds(order.kinds)
        check_formats(formats)
        if output is None:
            raise UsageError("say where to with -o, for example -o deposit")
        settings = replace(settings_for(edition), jobs=jobs or 0)
        try:
            with progress(quiet) as say:
                packed = depositing.deposit(settings, output, order, say)
        except Stopped as stopped:
            print_findings(stopped.findings, everything)
            click.echo(f"{settings.name}: {summary(stopped.findings)}; nothing was packed", err=True)
            finish(stopped.findings)
        print_findings(packed.findings, everything)
        if not quiet:
            _print_result(packed)
    finish(packed.findings)


def _print_result(packed: Packed) -> None:
    click.echo(f"{packed.name}: {summary(packed.findings)}")
    for kind, folder, files, size in packed.packages:
        click.echo(f"  {kind}  {folder}  {files} files, {in_words(size)}")
    if packed.since:
        click.echo(f"since the deposit of the edition of {packed.since[:10]}:")
    for change in packed.changes[:SHOWN]:
        click.echo(safe(f"  {change.title}: {_SAID.get(change.what, change.what)}"))
    if len(packed.changes) > SHOWN:
        click.echo(f"  … and {len(packed.changes) - SHOWN} more; README.txt has all")
