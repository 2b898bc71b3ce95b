"""How an edition is deposited: it is built, verified, put together with all that belongs to it, and packed.

What the audience of a package may not see is not in it: not in what was built, and not in files that editors keep by
hand, which hold all. A package for the public is without the texts of documents whose availability is restricted.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from teipress.config import Settings
from teipress.crosswalk import records
from teipress.crosswalk.wanted import lacking, left_out
from teipress.deposit import WRITERS
from teipress.deposit.holding import Deposit, Event, Holding, Role
from teipress.deposit.mets import PLACE, mets
from teipress.deposit.premis import premis
from teipress.deposit.record import RECORD, Change, Record, changes, compared, find, load, serialise, state
from teipress.edition import Description, Edition, Source
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, Severity, did_you_mean, finding
from teipress.gathering import (
    Gathering,
    counted,
    gather_built,
    gather_deposited,
    gather_published,
    gather_records,
    gather_schema,
    gather_settings,
    gather_templates,
    gather_validation,
)
from teipress.model import model, settled, visible
from teipress.model.description import describe
from teipress.model.rights import restricted
from teipress.package.staging import check, staging
from teipress.pipeline import GENERATOR, Progress, Report, build, check_audience, check_only, moment_of
from teipress.read import read
from teipress.render.book import phrases_for
from teipress.render.data import public_copy
from teipress.render.readme import Contents, Listed, render_readme

README = "README.txt"
PUBLIC = "public"
_LISTING = ("metadata/premis.xml", PLACE.as_posix())  # they tell of all other files, the README included
_LIBRARIES = {"html": ("lxml", "Jinja2", "pagefind_bin"), "epub": (), "pdf": ("weasyprint", "pikepdf")}


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


@dataclass
class _Subject:
    """The edition that is deposited, as it is, and as the audience may see it."""

    settings: Settings
    order: Order
    whole: Source
    public: Source
    edition: Edition
    described: Description
    records: Mapping[str, bytes]
    checked: Report
    findings: list[Finding] = field(default_factory=list)

    @property
    def withheld(self) -> bool:
        """Whether the audience may not see all."""
        return self.public is not self.whole

    @property
    def closed(self) -> list[str]:
        """The titles of documents whose texts are left out for their availability."""
        if not self.settings.closed:
            return []
        shut = [id(e) for e in restricted(self.edition.source)] if self.edition.source is not None else []
        return [d.title for d in self.edition.documents if d.source is not None and id(d.source) in shut]


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
    say(f"Reading {settings.source}")
    subject = _subject(settings, order)
    with staging(out, made) as stage, TemporaryDirectory() as work:
        built = build(settings, Path(work) / "build", settings.formats, order.audience, say)
        if not built.artifacts:
            raise Stopped(built.findings)
        subject.findings = [*built.findings, *subject.findings]
        say("Gathering")
        gathered, record = _gathered(subject, Path(work), built, previous)
        packages = []
        for kind in order.kinds:
            say(f"Packing {kind}")
            _continue(kind, out, stage)
            WRITERS[kind](gathered, stage / kind)
            packages.append((kind, out / kind, *_weight(stage / kind)))
        _keep(out, stage, order.kinds)
        shutil.copyfile(next(h.data for h in gathered.holdings if h.path.name == RECORD), stage / RECORD)
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
    check(out, made)


def _previous(out: Path, order: Order) -> Record | None:
    if order.since is not None:
        return load(find(order.since))
    return load(out / RECORD) if (out / RECORD).is_file() else None


def _check_name(previous: Record | None, settings: Settings, out: Path) -> None:
    """Nothing of another edition is replaced."""
    if previous is not None and previous.name != settings.name:
        raise UsageError(f'{out}: holds a deposit of "{previous.name}", not of "{settings.name}"; name another folder')


def _subject(settings: Settings, order: Order) -> _Subject:
    """Everything that can stop a deposit before the long work begins."""
    checked = check_only(settings)
    if settings.declared and checked.failed:
        raise Stopped(checked.findings)
    whole, _ = read(settings.source, settings.folder)
    public = visible(whole, settings, order.audience)
    edition = model(public, settled(settings, whole, public), order.audience)
    described = describe(edition, settings.url)
    subject = _Subject(settings, order, whole, public, edition, described, records(described), checked)
    wanted = [found for kind in order.kinds for found in lacking(described, kind, edition)]
    subject.findings = [*_rights(subject), *wanted, *left_out(described, edition)]
    if any(f.severity is Severity.ERROR for f in subject.findings):
        raise Stopped(subject.findings)
    return subject


def _rights(subject: _Subject) -> list[Finding]:
    """What is left out of the packages, and why."""
    name, closed = str(subject.settings.source), subject.closed
    hint = "--restricted packs it whole, for a receiver that keeps it closed; a public licence beside it opens it"
    if closed and len(closed) == len(subject.edition.documents):
        return [finding("K003", "its availability is restricted, all of it", name, hint=hint)]
    found = [
        finding("K001", f"the availability of “{title}” is restricted: only its header is packed", name, hint=hint)
        for title in closed
    ]
    if subject.withheld:
        told = "the TEI as it is, settings and templates are not packed: they may tell what the audience may not see"
        found.append(finding("K002", told, name, hint="--access NAME packs for an audience that may see all"))
    return found


def _gathered(subject: _Subject, work: Path, built: Report, previous: Record | None) -> tuple[Deposit, Record]:
    """All files of the deposit, the README and the record among them."""
    settings, edition = subject.settings, subject.edition
    files = Gathering(work / "made")
    gather_published(files, edition)
    gather_schema(files, subject.checked, settings, subject.withheld)
    if not subject.withheld:
        gather_deposited(files, subject.whole, edition)
        gather_settings(files, settings)
        gather_validation(files, subject.checked, subject.whole)
    gather_templates(files, edition)
    gather_built(files, work / "build", edition)
    gather_records(files, subject.records)
    record = _record(subject, files.holdings, previous)
    events = _events(subject, built)
    files.put(README, Role.README, _readme(subject, files.holdings, record, events).encode())
    files.put(RECORD, Role.REPORT, serialise(record, files.holdings))
    whole = Deposit(
        settings.name,
        subject.described,
        _sorted(files),
        events,
        subject.records,
        moment_of(edition),
        GENERATOR,
        subject.order.public,
    )
    files.put(_LISTING[0], Role.METADATA, premis(whole))
    files.put(_LISTING[1], Role.METADATA, mets(replace(whole, holdings=_sorted(files))))
    return replace(whole, holdings=_sorted(files)), record


def _sorted(files: Gathering) -> tuple[Holding, ...]:
    return tuple(sorted(files.holdings, key=lambda h: h.path.as_posix()))


def _record(subject: _Subject, holdings: Sequence[Holding], previous: Record | None) -> Record:
    """What this deposit tells the next one. Where nothing has changed, what the last one told of its changes stays."""
    published = [(d, public_copy(d.source)) for d in subject.edition.documents if d.source is not None]
    documents = tuple(state(d.slug, d.title, root) for d, root in published)
    moment = moment_of(subject.edition).isoformat()
    now = Record(subject.settings.name, moment, GENERATOR, documents, compared(holdings))
    if previous is None:
        return now
    if found := changes(previous, now):
        return replace(now, since=previous.moment, changes=found)
    return replace(now, since=previous.since, changes=previous.changes)


def _events(subject: _Subject, built: Report) -> tuple[Event, ...]:
    """What was done to the files, in its order (event types of the Library of Congress)."""
    schema = subject.checked.schema
    against = schema.name if schema and schema.grammar else "the rules that need no grammar"
    checked = f"the TEI against {against}: {counted(subject.checked.findings)}"
    if subject.withheld:  # neither how much is found in it nor what it asks for may depend on what is withheld
        checked = "the TEI as its editors keep it"
    shown = [a for a in built.accounts if a.kind != "entry"]
    found, expected = sum(a.found for a in shown), sum(a.expected for a in shown)
    proven = f"links, containers and checksums; {found} of {expected} characters of the TEI found in the outputs"
    left = "what the audience may not see was taken out before anything was made"
    steps = [
        ("validation", checked, not subject.checked.failed),
        *([("redaction", left, True)] if subject.withheld else []),
        ("creation", f"of the TEI: {', '.join(subject.settings.formats)}", True),
        ("validation", f"of what was made: {proven}", not built.failed),
        ("metadata extraction", "from the headers of the TEI", True),
        ("message digest calculation", "SHA-256 and SHA-512 of each file", True),
    ]
    return tuple(Event(kind, GENERATOR, success, detail) for kind, detail, success in steps)


def _readme(subject: _Subject, holdings: Sequence[Holding], record: Record, events: Sequence[Event]) -> str:
    used = (name for output in subject.settings.formats for name in _LIBRARIES[output])
    listed = (Listed(h.path.as_posix(), _size(h.size), h.role.value) for h in holdings)
    contents = Contents(
        files=[*listed, *(Listed(path, "", Role.METADATA.value) for path in _LISTING)],
        record=RECORD,
        programs=[GENERATOR, *(f"{name} {v}" for name in dict.fromkeys(used) if (v := _version(name)))],
        public=subject.order.public,
        withheld=subject.withheld,
        restricted=subject.closed,
        since=record.since[:10],
        changes=[(c.title, c.what) for c in record.changes],
    )
    phrases = phrases_for(subject.edition, subject.settings)
    return render_readme(subject.described, contents, phrases, subject.settings.templates)


def _version(package: str) -> str:
    try:
        return version(package)
    except ModuleNotFoundError:
        return ""


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


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
