"""``teipress deposit --check DIR``: a package → findings, and what kind of package it is."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

import click

from teipress.cli.console import finish, print_findings, safe, summary


def check_package(
    folder: Path, schemas: Collection[Path] = (), quiet: bool = False, everything: bool = False
) -> NoReturn:
    """Tell what no longer holds of a package, and end with the status that this means.

    Raises:
        UsageError: as `recheck`.
    """
    from teipress.rechecking import recheck

    kind, findings = recheck(folder, schemas)
    print_findings(findings, everything)
    if not quiet:
        click.echo(safe(f"{folder}: {f'{kind}, ' if kind else ''}{summary(findings)}"))
    finish(findings)
