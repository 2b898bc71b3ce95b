"""An outcome → lines for people: with the place in the source on a terminal, one line a finding elsewhere."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from teipress.cli.console import COLOURS, SHOWN, print_findings, safe, terminal
from teipress.cli.formats import local_name
from teipress.cli.formats.excerpt import Excerpt, excerpt
from teipress.findings import Finding

if TYPE_CHECKING:
    from rich.console import Console

_LEAD = 24  # characters shown before the place, where a line is too long


def show(findings: Iterable[Finding], everything: bool = False) -> None:
    """Print findings on standard error; of many with the same code only the first, and how many more."""
    if not sys.stderr.isatty():
        print_findings(findings, everything)
        return
    console = terminal(stderr=True, soft_wrap=True)
    total: Counter[str] = Counter()
    for found in findings:
        total[found.code] += 1
        if everything or total[found.code] <= SHOWN:
            _show(console, found)
    hidden = {code: count - SHOWN for code, count in total.items() if count > SHOWN and not everything}
    for code, count in hidden.items():
        console.print(f"… and {count} more {code}", style="dim")
    if hidden:
        console.print("--all shows every one", style="dim")


def _show(console: Console, found: Finding) -> None:
    """A finding: its place and cause, the line of the source with a mark, and the remedy."""
    from rich.text import Text

    colour = COLOURS[found.severity]
    place = f"{local_name(found.file)}:{found.line}" if found.line else local_name(found.file)
    head = Text.assemble((safe(place), "bold"), ": " if place else "", (found.severity.value, f"bold {colour}"))
    console.print(head.append(f" {found.code} ", style=colour).append(safe(found.message)))
    shown = excerpt(found)
    margin = " " * (len(str(shown.number)) if shown else 2)
    if shown is not None:
        text, mark = drawn(shown, console.width - len(margin) - 5)
        console.print(Text.assemble((f" {shown.number} │ ", "dim"), text))
        if mark:
            console.print(Text.assemble((f" {margin} │ ", "dim"), (mark, f"bold {colour}")))
    if found.hint:
        console.print(Text.assemble((f" {margin} = ", "dim"), safe(found.hint)))
    console.print()


def drawn(shown: Excerpt, width: int) -> tuple[str, str]:
    """A line of the source, cut to a width around its place, and the marks to stand below it."""
    from rich.cells import cell_len, set_cell_size

    text = safe(shown.text.replace("\t", " "))
    left = len(text) - len(text.lstrip())
    if shown.end and cell_len(text[left : shown.end]) > width - 1:
        left = max(left, shown.start - _LEAD)
    lead = "" if not text[:left].strip() else "… "
    line = lead + text[left:].rstrip()
    if cell_len(line) > width:
        line = set_cell_size(line, max(1, width - 2)).rstrip() + " …"
    if not shown.end or _runs_leftward(text[left : shown.end]):
        return line, ""
    before, marked = lead + text[left : shown.start], text[shown.start : shown.end]
    length = max(1, min(cell_len(marked), width - cell_len(before)))
    return line, " " * cell_len(before) + "^" * length


def _runs_leftward(text: str) -> bool:
    """Whether a terminal may draw letters elsewhere than they stand in the file, so that no mark would be right."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
