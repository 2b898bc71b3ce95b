"""``teipress encode``: a transcription from OCR → TEI with every word of it."""

from __future__ import annotations

from pathlib import Path

import click

from teipress import pipeline
from teipress.cli.console import errors_as_lines, finish, print_findings, safe, summary


def _list_rules(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from teipress.encode.rules import RULES

    rows = [(name + ("" if rule.on else " (off)"), rule.summary) for name, rule in RULES.items()]
    formatter = click.HelpFormatter(width=100)
    formatter.write_dl(rows, col_max=24)
    click.echo(formatter.getvalue(), nl=False)
    context.exit()


@click.command()
@click.argument("transcription", type=click.Path(path_type=Path))
@click.option("-p", "--profile", type=click.Path(path_type=Path), help="What is known of this transcription (TOML).")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The TEI file. [default: ./TRANSCRIPTION.xml]")
@click.option("--force", is_flag=True, help="Replace an earlier encoding, unless somebody has changed it.")
@click.option("--encoding", default="", metavar="NAME", help="The encoding of the transcription. [default: utf-8]")
@click.option("--rules", is_flag=True, is_eager=True, expose_value=False, callback=_list_rules, help="List the rules.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("--all", "everything", is_flag=True, help="Print every finding, however many there are of a kind.")
def encode(
    transcription: Path,
    profile: Path | None,
    output: Path | None,
    force: bool,
    encoding: str,
    quiet: bool,
    everything: bool,
) -> None:
    """Encode TRANSCRIPTION (plain text or Markdown) as TEI.

    Names that look like persons and are in no register are printed as entries, ready to paste into one.
    """
    with errors_as_lines():
        from teipress.encode.output import save

        made, content = pipeline.encode(transcription, profile, encoding)
        saved = save(output or Path(f"{transcription.stem}.xml"), content, force)
        print_findings(made.findings, everything)
        if not quiet:
            state = " (as it was)" if saved.unchanged else ""
            click.echo(f"{saved.path}{state}: {_counted(made.counts)} · {summary(made.findings)}", err=True)
        if saved.kept:
            kept = f"{saved.kept}: kept, because somebody has changed it; the new encoding is {saved.path}"
            click.echo(f"{kept}, the differences are in {saved.diff}", err=True)
        if made.entries and not quiet:
            click.echo(safe(made.entries), nl=False)
    finish(made.findings)


def _counted(counts: dict[str, int]) -> str:
    """What the encoding holds, in words: "8 pages, 19 gaps"."""
    return ", ".join(f"{n} {word if n != 1 else word.removesuffix('s')}" for word, n in counts.items() if n) or "text"
