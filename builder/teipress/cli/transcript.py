"""``teipress transcript``: a TEI file → the transcription that it holds."""

from __future__ import annotations

from pathlib import Path

import click

from teipress import pipeline
from teipress.cli.console import errors_as_lines
from teipress.errors import UsageError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it. [default: standard output]")
@click.option("--force", is_flag=True, help="Replace the output if it is there.")
def transcript(file: Path, output: Path | None, force: bool) -> None:
    """Give the transcription back that FILE was made from: its words in order, with Markdown for its structure.

    What editors added is left out; corrections are undone.
    """
    with errors_as_lines():
        text = pipeline.restore(file)
        if output is None:
            click.echo(text, nl=False)
        elif output.exists() and not force:
            raise UsageError(f"{output}: the file is there already; --force replaces it")
        else:
            _write(output, text)


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}; choose another place") from None
