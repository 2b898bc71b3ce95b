"""``teipress doctor``: what this machine lacks, and how to get it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Check:
    """Something that building needs: whether it is here, what it is for, and Debian's package for it."""

    name: str
    present: bool
    purpose: str
    remedy: str


@click.command()
def doctor() -> None:
    """Say what this machine has and lacks for building editions; status 2 if something is missing."""
    checks = [*_libraries(), *_fonts()]
    for check in checks:
        mark, colour = ("ok", "green") if check.present else ("missing", "red")
        click.secho(f"{mark:8}", nl=False, fg=colour)
        click.echo(f"{check.name}: {check.purpose}" + ("" if check.present else f"; install {check.remedy}"))
    sys.exit(0 if all(c.present for c in checks) else 2)


def _libraries() -> list[Check]:
    from teipress.errors import ToolError
    from teipress.package.pdf import engine

    try:
        version = engine().__version__
    except ToolError as error:
        return [Check("WeasyPrint and Pango", False, "the PDF", str(error))]
    return [Check(f"WeasyPrint {version} and Pango", True, "the PDF", "")]


def _fonts() -> list[Check]:
    from teipress.package.fonts import installed

    return [
        Check(family, installed(family), purpose, f"{package} (Debian, Ubuntu)")
        for family, purpose, package in (
            ("Linux Libertine O", "Latin, Greek and Cyrillic in the PDF and on the site", "fonts-linuxlibertine"),
            ("Noto Serif CJK JP", "Chinese, Japanese and Korean in the PDF", "fonts-noto-cjk"),
        )
    ]
