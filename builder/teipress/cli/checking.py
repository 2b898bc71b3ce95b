"""Units → what was found in them, one after the other or in several processes; the order is that of the units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from teipress import pipeline
from teipress.cli.paths import Unit
from teipress.config import edition_of, settings_for
from teipress.errors import Stopped, ToolError
from teipress.findings import Finding
from teipress.validate.schema import Schema


@dataclass(frozen=True, slots=True)
class Request:
    """How to check: with which schema, if one is asked for, and whether the grammar alone counts."""

    schema: str = ""
    grammar_only: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a unit. Of one that is `passed_over`, not being TEI, nothing is told."""

    findings: tuple[Finding, ...] = ()
    files: frozenset[str] = frozenset()
    schemas: tuple[Schema, ...] = ()
    ignored: int = 0
    passed_over: bool = False


def check_all(
    units: Sequence[Unit], request: Request, jobs: int, say: Callable[[str], None] = lambda step: None
) -> list[Checked]:
    """Check every unit.

    Raises:
        UsageError: as `pipeline.check_only`.
        ToolError: a process died.
    """
    results: list[Checked] = []
    for unit, checked in zip(units, _results(units, partial(check, request=request), jobs), strict=True):
        results.append(checked)
        say(f"{len(results)} of {len(units)}: {unit.asked[0]}")
    return results


def _results(units: Sequence[Unit], work: Callable[[Unit], Checked], jobs: int) -> Iterable[Checked]:
    if min(jobs, len(units)) < 2:
        yield from map(work, units)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    try:
        # a forked process would share the threads of the progress display
        with ProcessPoolExecutor(min(jobs, len(units)), mp_context=get_context("spawn")) as pool:
            yield from pool.map(work, units)
    except BrokenProcessPool:
        raise ToolError("a process died, perhaps for want of memory; try --jobs 1") from None


def check(unit: Unit, request: Request) -> Checked:
    """The findings on an edition, or on those of its files that are asked for; what it does not include, on its own.

    Raises:
        UsageError: as `pipeline.check_only`.
    """
    whole = _checked(unit.whole, request, unit.gathered)
    if any(edition_of(path) == path for path in unit.asked):  # the edition itself, by its folder or its settings
        return whole
    asked = {path.resolve() for path in unit.asked}
    own = asked & ({Path(name).resolve() for name in whole.files} | {_place(f) for f in whole.findings})
    told = [f for f in whole.findings if own and (f.code == "G002" or _place(f) in own)]
    parts = [Checked(tuple(told), frozenset(map(str, own)), whole.schemas if own else (), whole.ignored if own else 0)]
    parts += [_checked(path, request, unit.gathered) for path in unit.asked if path.resolve() not in own]
    return Checked(
        tuple(f for part in parts for f in part.findings),
        frozenset(file for part in parts for file in part.files),
        tuple(schema for part in parts for schema in part.schemas),
        sum(part.ignored for part in parts),
    )


def _checked(path: Path, request: Request, gathered: bool) -> Checked:
    """The findings on an edition or a file."""
    settings = settings_for(path)
    try:
        if request.grammar_only:
            report = pipeline.judge(settings, request.schema, gathered)
        else:
            report = pipeline.check_only(settings, request.schema)
    except Stopped as stopped:
        foreign = all(f.code == "X002" and not f.hint for f in stopped.findings)  # P4 and the like have a hint
        if gathered and foreign:
            return Checked(passed_over=True)
        return Checked(stopped.findings, frozenset({str(settings.source)}))
    schemas = (report.schema,) if report.schema else ()
    return Checked(tuple(report.findings), report.files, schemas, report.ignored)


def _place(found: Finding) -> Path | None:
    return Path(found.file).resolve() if found.file else None
