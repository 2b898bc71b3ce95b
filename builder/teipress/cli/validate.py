"""``teipress validate``: TEI files and editions → findings."""

from __future__ import annotations

from collections.abc import Sequence
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
        for whole, asked in _by_edition(paths).items():
            findings += _findings(whole, asked)
        print_findings(findings, everything)
        if not quiet:
            click.echo(f"{', '.join(map(str, paths))}: {summary(findings)}")
    finish(findings)


def _by_edition(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    """The paths that belong to one edition together, so that it is read once; a lone file is its own edition."""
    spelled: dict[Path, Path] = {}
    together: dict[Path, list[Path]] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file; check the path")
        whole = path / "edition.toml" if path.is_dir() else edition_of(path)
        together.setdefault(spelled.setdefault(whole.resolve(), whole), []).append(path)
    return together


def _findings(whole: Path, asked: Sequence[Path]) -> list[Finding]:
    """The findings on an edition, or on those of its files that are asked for; what it does not include, on its own."""
    found, files = _checked(whole)
    if any(edition_of(path) == path for path in asked):  # the edition itself, by its folder or its settings
        return found
    own = {path.resolve() for path in asked} & (files | {_place(f) for f in found})
    told = [f for f in found if own and (f.code == "G002" or _place(f) in own)]
    return told + [f for path in asked if path.resolve() not in own for f in _checked(path)[0]]


def _checked(path: Path) -> tuple[list[Finding], set[Path]]:
    """The findings on an edition or a file, and the files that were read for them."""
    try:
        report = pipeline.check_only(settings_for(path))
    except Stopped as stopped:
        return list(stopped.findings), set()
    return report.findings, {Path(name).resolve() for name in report.files}


def _place(found: Finding) -> Path | None:
    return Path(found.file).resolve() if found.file else None
