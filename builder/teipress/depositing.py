"""How an edition is deposited: it is built, verified, put together with all that belongs to it, and packed.

A package for the public is without the texts of documents whose availability is restricted. Packages take the place of
earlier ones all at once, and only of those that are theirs: of the same edition, for the same audience.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from teipress.assembling import PUBLIC, Subject, assembled, subject_of
from teipress.config import Settings
from teipress.deposit import WRITERS
from teipress.deposit.holding import Role
from teipress.deposit.record import RECORD, Change, Record, find, load
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, did_you_mean
from teipress.package.staging import check, staging
from teipress.pipeline import Progress, build, check_audience


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be packed: `kinds` are those of `deposit.WRITERS`; without formats, those of the edition.

    `audience` is whom the packages are for; `open_` that documents whose availability is restricted go in whole. What
    has changed is told since the deposit in the folder `since`, else since the one that is replaced.
    """

    kinds: tuple[str, ...]
    formats: tuple[str, ...] = ()
    audience: str = PUBLIC
    open_: bool = False
    since: Path | None = None

    @property
    def public(self) -> bool:
        """Whether everybody may have what is packed."""
        return self.audience == PUBLIC and not self.open_


@dataclass(frozen=True, slots=True)
class Packed:
    """What was made: each package with its folder, its files and their size in bytes; what has changed since when."""

    name: str
    findings: tuple[Finding, ...]
    packages: tuple[tuple[str, Path, int, int], ...] = ()
    since: str = ""
    changes: tuple[Change, ...] = ()


def made(folder: Path) -> Collection[str]:
    """The names that are a deposit's in a folder; without a record nothing says that one made them."""
    return {*WRITERS, RECORD} if (folder / RECORD).is_file() else frozenset()


def check_kinds(kinds: Sequence[str]) -> None:
    """Raises UsageError where no kind of package is named, or one that teipress does not make."""
    known = ", ".join(WRITERS)
    if not kinds:
        raise UsageError(f"say what to pack with --as; kinds of packages are {known}")
    for kind in kinds:
        if kind not in WRITERS:
            raise UsageError(f'unknown kind of package "{kind}"; {did_you_mean(kind, WRITERS) or f"kinds are {known}"}')


def deposit(settings: Settings, out: Path, order: Order, say: Progress = lambda step, pages=0: None) -> Packed:
    """Build, verify and pack an edition: one folder for each kind below `out`, and a record beside them.

    Kinds that `out` holds from before and that are not asked for stay; an OCFL storage root gets a version more.

    Raises:
        UsageError: the output cannot be written or is not a deposit's, or what is asked for makes no package.
        Stopped: the edition has errors, or its headers lack what a receiver demands.
    """
    check_kinds(order.kinds)
    check_audience(settings, order.audience)
    settings = _for_deposit(settings, order)
    _check_place(out, settings)
    previous = _previous(out, order)
    _check_name(previous, settings, order.since or out)
    say(f"Checking {settings.source}")
    subject = subject_of(settings, order.audience, order.kinds)
    _check_audience(previous, subject, order.since or out)
    with staging(out, made) as stage, TemporaryDirectory() as work:
        built = build(settings, Path(work) / "build", settings.formats, order.audience, say)
        if not built.artifacts:
            raise Stopped(built.findings)
        subject.findings = [*built.findings, *subject.findings]
        say("Gathering")
        gathered, record = assembled(subject, Path(work), built, previous)
        packages = []
        for kind in order.kinds:
            say(f"Packing {kind}")
            _continue(kind, out, stage)
            WRITERS[kind](gathered, stage / kind)
            packages.append((kind, out / kind, *_weight(stage / kind)))
        _keep(out, stage, order.kinds)
        shutil.copyfile(next(h.data for h in gathered.holdings if str(h.path) == RECORD), stage / RECORD)
    return Packed(settings.name, tuple(subject.findings), tuple(packages), record.since, record.changes)


def _for_deposit(settings: Settings, order: Order) -> Settings:
    formats = order.formats or settings.formats
    if "dnb" in order.kinds and not {"pdf", "epub"} & set(formats):
        raise UsageError("the DNB takes a PDF or an EPUB, and neither is made; add -f pdf, or name it in edition.toml")
    profile = "archive" if settings.pressed else settings.profile
    return replace(settings, formats=formats, profile=profile, closed=order.public)


def _check_place(out: Path, settings: Settings) -> None:
    if settings.declared and out.resolve().is_relative_to(settings.folder.resolve()):
        raise UsageError(f"{out}: lies in the edition's folder, which is what is deposited; name one beside it with -o")
    names = sorted(p.name for p in out.iterdir() if not p.name.startswith(".")) if out.is_dir() else []
    if names and not (out / RECORD).is_file():
        raise UsageError(f"{out}: holds {names[0]}, and no deposit; name a new folder with -o")
    check(out, made)


def _previous(out: Path, order: Order) -> Record | None:
    if order.since is not None:
        return load(find(order.since))
    return load(out / RECORD) if (out / RECORD).is_file() else None


def _check_name(previous: Record | None, settings: Settings, out: Path) -> None:
    """Nothing of another edition is replaced."""
    if previous is not None and previous.name != settings.name:
        raise UsageError(f'{out}: holds a deposit of "{previous.name}", not of "{settings.name}"; name another folder')


def _check_audience(previous: Record | None, subject: Subject, out: Path) -> None:
    """What only some may see is not told to others by what has changed, or by an earlier version of an object."""
    if previous is None:
        return
    if previous.audience != subject.label:
        told = f'is for the audience "{previous.audience}", and this one for "{subject.label}"'
        raise UsageError(f"{out}: the deposit there {told}; name another folder")
    if subject.withheld and any(path.startswith(f"tei/{Role.DEPOSITED}/") for path in previous.files):
        raise UsageError(f"{out}: the deposit there holds what is withheld by now; name another folder")


def _continue(kind: str, out: Path, stage: Path) -> None:
    """What a package goes on from: of all kinds, only an OCFL storage root has versions."""
    if kind == "ocfl" and (out / kind).is_dir():
        shutil.copytree(out / kind, stage / kind)
    else:
        (stage / kind).mkdir()


def _keep(out: Path, stage: Path, kinds: Collection[str]) -> None:
    """Take over the packages of other kinds that are there."""
    for kind in WRITERS:
        if kind not in kinds and (out / kind).is_dir():
            shutil.copytree(out / kind, stage / kind)


def _weight(folder: Path) -> tuple[int, int]:
    """How many files a folder has, and their size in bytes."""
    sizes = [p.stat().st_size for p in folder.rglob("*") if p.is_file()]
    return len(sizes), sum(sizes)
