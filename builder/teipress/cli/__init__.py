"""The command line: each command parses, calls the pipeline, prints, and ends with an exit status.

0 clean · 1 findings of severity error · 2 wrong use, or a tool is missing or broke. Never a count.
"""

from __future__ import annotations

import importlib
from typing import Any

import click

from teipress import __version__

_COMMANDS = {
    "build": "an edition or a TEI file → site, EPUB and PDF",
    "deposit": "an edition → packages that archives and libraries take in",
    "doctor": "what this machine lacks, and how to get it",
    "encode": "a transcription from OCR → TEI with every word of it",
    "explain": "the code of a finding → what it means and what to do",
    "transcript": "a TEI file → the transcription that it holds",
    "validate": "TEI files → findings",
    "verify": "every proof on what was built",
}


class _Commands(click.Group):
    """Loads the one command that is called, so that a short command starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command = getattr(importlib.import_module(f"teipress.cli.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from teipress.findings import did_you_mean

            hint = did_you_mean(args[0], _COMMANDS) or f"commands are {', '.join(sorted(_COMMANDS))}"
            raise click.UsageError(f'there is no command "{args[0]}"; {hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="teipress")
def main() -> None:
    """Publish TEI P5 as a reading site, an EPUB 3 and a PDF, with nothing lost on the way."""
