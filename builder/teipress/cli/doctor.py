"""``teipress doctor``: what this machine lacks, and how to get it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Check:
    """Something that building needs: whether it is here, what it is for, and Debian's package for it.

    What is not `needed` is for some texts only.
    """

    name: str
    present: bool
    purpose: str
    remedy: str
    needed: bool = True


@click.command()
def doctor() -> None:
    """Say what this machine has and lacks for building editions; status 2 if something is missing that all need."""
    checks = [*_libraries(), *_for_images(), *_fonts()]
    for check in checks:
        mark, colour = ("ok", "green") if check.present else ("missing", "red") if check.needed else ("none", "yellow")
        click.secho(f"{mark:8}", nl=False, fg=colour)
        click.echo(f"{check.name}: {check.purpose}" + ("" if check.present else f"; install {check.remedy}"))
    sys.exit(0 if all(c.present for c in checks if c.needed) else 2)


def _libraries() -> list[Check]:
    from teipress.errors import ToolError
    from teipress.package.pdf import engine

    try:
        version = engine().__version__
    except ToolError as error:
        return [Check("WeasyPrint and Pango", False, "the PDF", str(error))]
    return [Check(f"WeasyPrint {version} and Pango", True, "the PDF", "")]


def _for_images() -> list[Check]:
    """What a site wants that shows images of pages."""
    from teipress.package import openseadragon
    from teipress.render import iiif

    script, place = openseadragon.SCRIPT, openseadragon.place()
    remedy = (
        f"it: npm pack {openseadragon.RELEASE}, and put its build/openseadragon/{script} and LICENSE.txt into {place}"
    )
    return [
        Check("OpenSeadragon", openseadragon.find() is not None, "enlarging images of pages", remedy, needed=False),
        Check("iiif-prezi3", iiif.available(), "IIIF manifests", "teipress[iiif] (pip)", needed=False),
    ]


def _fonts() -> list[Check]:
    """The fonts that every edition needs, and the scripts that no font here has."""
    from teipress.package.fonts import installed, without_font
    from teipress.scripts import SCRIPTS

    needed = [
        Check(s.family, installed(s.family), f"{s.name} in the PDF", f"{s.package} (Debian, Ubuntu)")
        for s in SCRIPTS
        if s.needed
    ]
    others = [s for s in SCRIPTS if not s.needed]
    lacking = set(without_font(s.letter for s in others))
    checks = [_scripts([s.name for s in others if s.letter not in lacking], True, "")]
    for package in dict.fromkeys(s.package for s in others):
        names = [s.name for s in others if s.letter in lacking and s.package == package]
        checks.append(_scripts(names, False, f"{package} (Debian, Ubuntu)"))
    return needed + [check for check in checks if check.name]


def _scripts(names: list[str], present: bool, remedy: str) -> Check:
    return Check(", ".join(names), present, "in the PDF of a text that has them", remedy, needed=False)
