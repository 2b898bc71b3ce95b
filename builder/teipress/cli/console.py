"""Findings, progress and results → a terminal, or plain lines where there is none."""

from __future__ import annotations

import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from teipress.errors import ENDING, Ended, Stopped, TeipressError
from teipress.findings import Finding, Severity

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 20  # findings of one code that are printed; the rest is counted
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


@contextmanager
def errors_as_lines() -> Iterator[None]:
    """End the program with a message and an exit status where an exception would print a traceback."""
    try:
        with _endable():
            yield
    except Stopped as stopped:
        print_findings(stopped.findings)
        sys.exit(stopped.exit_status)
    except TeipressError as error:
        click.secho("teipress: ", nl=False, err=True, fg="red")
        click.echo(safe(str(error)), err=True)
        sys.exit(error.exit_status)
    except KeyboardInterrupt as ended:
        click.echo("teipress: stopped; nothing is left half-written", err=True)
        sys.exit(ended.exit_status if isinstance(ended, Ended) else 128 + signal.SIGINT)


@contextmanager
def _endable() -> Iterator[None]:
    """Signals that end a program are raised meanwhile, unless whoever started it wants them ignored (nohup)."""

    def end(number: int, frame: object) -> NoReturn:
        raise Ended(number)

    usual = {number: signal.getsignal(number) for number in ENDING}
    theirs = {number for number, handler in usual.items() if handler is not signal.SIG_IGN}
    for number in theirs:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in theirs:
            signal.signal(number, usual[number])


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[..., None]]:
    """A function that says which step has begun: a spinner on a terminal, a line elsewhere, nothing if quiet.

    Called with a number, too, it says how many pages the step has made; on a terminal only.
    """
    if quiet:
        yield lambda step, pages=0: None
    elif not sys.stderr.isatty():
        yield lambda step, pages=0: None if pages else click.echo(f"{step} …", err=True)
    else:
        console = terminal(stderr=True)
        with console.status("") as status:
            yield lambda step, pages=0: status.update(f"{step}: page {pages} …" if pages else f"{step} …")


def terminal(**options: Any) -> Console:
    """A rich console; imported late, because a quiet command has no use for it."""
    from rich.console import Console

    return Console(highlight=False, **options)


def print_findings(findings: Iterable[Finding], everything: bool = False) -> None:
    """One line a finding on standard error; of many with the same code only the first, and how many more."""
    printed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    listed = list(findings)
    for found in listed:
        total[found.code] += 1
    for found in listed:
        if everything or printed[found.code] < SHOWN:
            printed[found.code] += 1
            _print(found)
    for code, count in total.items():
        if count > printed[code]:
            click.echo(f"… and {count - printed[code]} more {code}", err=True)


def _print(found: Finding) -> None:
    place = f"{_relative(found.file)}:{found.line}: " if found.line else f"{_relative(found.file)}: "
    click.echo(safe(place) if found.file else "", nl=False, err=True)
    click.secho(found.severity.value, nl=False, err=True, fg=COLOURS[found.severity])
    click.echo(safe(f" {found.code} {found.message}" + (f" ({found.hint})" if found.hint else "")), err=True)


def safe(text: str) -> str:
    """The same text without characters that steer a terminal or the direction of writing: a file may hold any."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _relative(name: str) -> str:
    """A path as it is typed from here."""
    path = Path(name)
    try:
        here = Path.cwd()
    except FileNotFoundError:  # "-o ." had the folder that we are in exchanged for the new output
        return name
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else name


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are, in words."""
    counts = Counter(f.severity for f in findings)
    words = [f"{counts[s]} {s.value}{'s' if counts[s] != 1 else ''}" for s in Severity if counts[s]]
    return ", ".join(words) or "no findings"


def finish(findings: Sequence[Finding]) -> NoReturn:
    """End with the status that some findings mean."""
    sys.exit(1 if any(f.severity is Severity.ERROR for f in findings) else 0)
