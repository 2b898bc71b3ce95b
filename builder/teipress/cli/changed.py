"""A git revision → what of the editions and files may be valid or invalid otherwise than it was then.

That is what changed, untracked files included, and what depends on it: an edition any of whose files changed, a file
that includes or points into a changed one, or whose schema changed.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from teipress.cli.paths import Unit, closure, mentioned
from teipress.errors import ToolError, UsageError


def touched(units: Sequence[Unit], revision: str, schema: str = "") -> list[Unit]:
    """The units that changes since a revision may touch, in the same order.

    Raises:
        UsageError: a unit lies outside any git repository, or the revision is unknown there.
        ToolError: git is not installed, or fails.
    """
    changes = cache(lambda top: _changes(top, revision))
    top, step = cache(_top), cache(mentioned)
    of_unit = [(unit, changes(top(unit.whole.resolve().parent))) for unit in units]
    asked = os.path.realpath(schema) if schema else ""
    return [unit for unit, changed in of_unit if asked in changed or _touched(unit, changed, step)]


def _touched(unit: Unit, changed: frozenset[str], step: Callable[[str], frozenset[str]]) -> bool:
    whole = unit.whole.resolve()
    if whole.suffix != ".toml":
        return not changed.isdisjoint(closure([str(whole)], step))
    folder = f"{whole.parent}{os.sep}"
    if any(path.startswith(folder) for path in changed):
        return True
    files = (str(path) for path in whole.parent.rglob("*.xml"))
    return not changed.isdisjoint(closure(files, step))


def _top(folder: Path) -> str:
    """The top folder of the repository that a folder belongs to."""
    found = _git(folder, "rev-parse", "--show-toplevel")
    if found.returncode:
        said = " ".join(found.stderr.split())  # a repository of another owner is none for git either
        raise UsageError(f"{folder}: is in no git repository that can be asked for changes; git says: {said}")
    return os.path.realpath(found.stdout.rstrip("\n"))


def _changes(top: str, revision: str) -> frozenset[str]:
    """The real paths of all files of a repository that were changed, made or deleted since a revision."""
    folder = Path(top)
    known = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if known.returncode:
        hint = 'it may be missing in a shallow clone: fetch it, for example with "git fetch --unshallow"'
        raise UsageError(f'--changed-since: the repository {top} knows no revision "{revision}"; {hint}')
    commit = known.stdout.strip()
    options = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv")
    names = _names(folder, "diff", *options, commit, "--")
    names |= _names(folder, "ls-files", "-z", "--others", "--exclude-standard", "--")
    return frozenset(str(folder / name) for name in names)


def _names(folder: Path, *arguments: str) -> set[str]:
    found = _git(folder, *arguments)
    if found.returncode:
        raise ToolError(f"git {arguments[0]} failed in {folder}: {found.stderr.strip()}")
    return set(filter(None, found.stdout.split("\0")))


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git without a shell, without hooks, and without touching the index."""
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            command, check=False, capture_output=True, encoding="utf-8", errors="surrogateescape", env=environment
        )
    except FileNotFoundError:
        raise ToolError("git is not installed, and --changed-since needs it; install git") from None
