"""``teipress doctor``: what this machine lacks, and how to get it; of an edition, which fonts print it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from teipress.cli.console import errors_as_lines, safe

_SAMPLE = 30  # characters that stand for all of a font


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
@click.argument("edition", type=click.Path(path_type=Path), required=False)
def doctor(edition: Path | None) -> None:
    """Say what this machine has and lacks for building editions; status 2 if something is missing that all need.

    With an EDITION (a folder, or any TEI file): which fonts have the characters of its text; status 2 if none has one.
    """
    with errors_as_lines():
        checks = _of_edition(edition) if edition else [*_libraries(), *_for_images(), *_fonts()]
    for check in checks:
        mark, colour = ("ok", "green") if check.present else ("missing", "red") if check.needed else ("none", "yellow")
        click.secho(f"{mark:8}", nl=False, fg=colour)
        click.echo(safe(f"{check.name}: {check.purpose}" + ("" if check.present else f"; {check.remedy}")))
    sys.exit(0 if all(c.present for c in checks if c.needed) else 2)


def _libraries() -> list[Check]:
    from teipress.errors import ToolError
    from teipress.package.pdf import engine

    try:
        version = engine().__version__
    except ToolError as error:
        return [Check("WeasyPrint and Pango", False, "the PDF", f"install {error}")]
    return [Check(f"WeasyPrint {version} and Pango", True, "the PDF", "")]


def _for_images() -> list[Check]:
    """What a site wants that shows images of pages."""
    from teipress.package import openseadragon
    from teipress.render import iiif

    script, place = openseadragon.SCRIPT, openseadragon.place()
    files = f"build/openseadragon/{script} and LICENSE.txt"
    remedy = f"install it: npm pack {openseadragon.RELEASE}, and put its {files} into {place}"
    return [
        Check("OpenSeadragon", openseadragon.find() is not None, "enlarging images of pages", remedy, needed=False),
        Check("iiif-prezi3", iiif.available(), "IIIF manifests", "install teipress[iiif] (pip)", needed=False),
    ]


def _fonts() -> list[Check]:
    """The families that a book is set in, one for each group of scripts."""
    from teipress.package.fonts import installed, place_of, without_font
    from teipress.scripts import SCRIPTS

    lacking = set(without_font(s.letter for s in SCRIPTS))
    checks: list[Check] = []
    for script in SCRIPTS:
        here = installed(script.family)
        present = here if script.needed else script.letter not in lacking
        where = f", in {place}" if here and (place := place_of(script.family)) else ""
        other = "" if here or not present else ", in another font of this machine"
        purpose = f"{script.name} in the PDF{where}{other}"
        checks.append(
            Check(script.family, present, purpose, f"install {script.package} (Debian, Ubuntu)", script.needed)
        )
    return checks


def _of_edition(path: Path) -> list[Check]:
    """The families that have the characters of an edition's text, in the order in which its book looks for them."""
    from teipress import pipeline
    from teipress.config import settings_for
    from teipress.package.typefaces import fonts_of
    from teipress.package.usage import usage

    settings = settings_for(path)
    fonts = fonts_of(settings)
    hint = "see teipress explain O010"
    checks = [Check(f.message, False, "is not used", f.hint or hint, needed=False) for f in fonts.findings]
    for used in usage(pipeline.characters(settings), fonts.faces, settings.font):
        sample = " ".join(used.characters[:_SAMPLE]) + (" …" if len(used.characters) > _SAMPLE else "")
        if used.family:
            checks.append(Check(used.family, True, f"{len(used.characters)} characters, {used.source}: {sample}", ""))
        else:
            codes = " ".join(f"U+{ord(c):04X}" for c in used.characters)
            remedy = "install the package that teipress doctor names for their script, or put a font into fonts/"
            checks.append(Check(codes, False, "no font here has them", remedy))
    return checks
