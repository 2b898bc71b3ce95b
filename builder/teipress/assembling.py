"""An edition, and what was built of it → a deposit with everything that is to be packed.

What the audience may not see is not in it: not in what was built, and not in files that editors keep by hand, which
hold all. Nothing that is told of the whole edition may depend on it either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from teipress import tei
from teipress.config import Settings
from teipress.crosswalk import records
from teipress.crosswalk.wanted import lacking, left_out
from teipress.deposit.holding import Deposit, Event, Holding, Role
from teipress.deposit.mets import PLACE, mets
from teipress.deposit.premis import premis
from teipress.deposit.record import GONE, RECORD, Record, State, changes, compared, serialise, state, state_of_all
from teipress.edition import Document, Edition, Source
from teipress.errors import Stopped
from teipress.findings import Finding, Severity, finding
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
    schema_name,
)
from teipress.model import model, settled, visible
from teipress.model.rights import restricted
from teipress.pipeline import GENERATOR, Report, check_only, moment_of
from teipress.read import read
from teipress.render.book import phrases_for
from teipress.render.data import public_copy, whole_source
from teipress.render.readme import Contents, Listed, render_readme
from teipress.sizes import in_words

PUBLIC, RESTRICTED = "public", "public, with what is restricted"
README = "README.txt"
_LISTING = ("metadata/premis.xml", PLACE.as_posix())  # they tell of all other files, the README included
_LIBRARIES = {"html": ("lxml", "Jinja2", "pagefind_bin"), "epub": (), "pdf": ("weasyprint", "pikepdf")}


@dataclass
class Subject:
    """The edition that is deposited, as it is, and as the audience may see it."""

    settings: Settings
    audience: str
    whole: Source
    seen: Source
    edition: Edition
    records: Mapping[str, bytes]
    checked: Report
    findings: list[Finding] = field(default_factory=list)

    @property
    def withheld(self) -> bool:
        """Whether the audience may not see all."""
        return self.seen is not self.whole

    @property
    def public(self) -> bool:
        """Whether everybody may have what is packed."""
        return self.settings.closed

    @property
    def label(self) -> str:
        """Whom the packages are for, in words."""
        return self.audience if self.public or self.audience != PUBLIC else RESTRICTED

    @property
    def closed(self) -> list[Document]:
        """The documents whose texts are left out for their availability."""
        if not self.public or self.edition.source is None:
            return []
        shut = {id(e) for e in restricted(self.edition.source)}
        return [d for d in self.edition.documents if id(d.source) in shut]


def subject_of(settings: Settings, audience: str, kinds: Sequence[str]) -> Subject:
    """The subject of a deposit, and everything that can stop it before the long work begins.

    Raises:
        Stopped: the edition has errors, may not be packed, or lacks what a receiver demands.
        UsageError: the audience may see nothing of it.
    """
    checked = check_only(settings)
    if settings.declared and checked.failed:
        raise Stopped(checked.findings)
    whole, _ = read(settings.source, settings.folder)
    seen = visible(whole, settings, audience)
    edition = model(seen, settled(settings, whole, seen), audience)
    described = edition.description
    subject = Subject(settings, audience, whole, seen, edition, records(described), checked)
    wanted = [found for kind in kinds for found in lacking(described, kind, edition)]
    subject.findings = [*_rights(subject), *wanted, *left_out(described, edition)]
    if any(f.severity is Severity.ERROR for f in subject.findings):
        raise Stopped(subject.findings)
    return subject


def _rights(subject: Subject) -> list[Finding]:
    """What is left out of the packages, and why."""
    name, closed = str(subject.settings.source), subject.closed
    hint = "--restricted packs it whole, for a receiver that keeps it closed; a public licence beside it opens it"
    if closed and len(closed) == len(subject.edition.documents):
        return [finding("K003", "its availability is restricted, all of it", name, hint=hint)]
    found = [
        finding("K001", f"the availability of “{d.title}” is restricted: only its header is packed", *_place(d), hint)
        for d in closed
    ]
    if subject.withheld:
        told = "the TEI as it is, settings and templates are not packed: they may tell what the audience may not see"
        option = "--access NAME" if (subject.settings.withhold or {}).get(subject.audience) else "--restricted"
        found.append(finding("K002", told, name, hint=f"{option} packs for those who may see all"))
    return found


def _place(document: Document) -> tuple[str, int]:
    """The file and the line of what a document says of its publication, or where it begins."""
    root = document.source
    if root is None:
        return "", 0
    said = tei.child(root, "teiHeader", "fileDesc", "publicationStmt")
    return tei.file_of(root), tei.line_of(root if said is None else said)


def assembled(subject: Subject, work: Path, built: Report, previous: Record | None) -> tuple[Deposit, Record]:
    """The deposit with all its files, the README and the record among them, and that record.

    `work` is a folder in which the edition was built, in ``build``. `previous` is the record of the last deposit.

    Raises:
        Stopped: the template of the README fails.
    """
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
    files.put(README, Role.README, _readme(subject, files.holdings, record).encode())
    files.put(RECORD, Role.REPORT, serialise(record, files.holdings))
    whole = Deposit(
        settings.name,
        edition.description,
        _sorted(files),
        events,
        subject.records,
        moment_of(edition),
        GENERATOR,
        subject.public,
    )
    files.put(_LISTING[0], Role.METADATA, premis(whole))
    files.put(_LISTING[1], Role.METADATA, mets(replace(whole, holdings=_sorted(files))))
    return replace(whole, holdings=_sorted(files)), record


def _sorted(files: Gathering) -> tuple[Holding, ...]:
    return tuple(sorted(files.holdings, key=lambda h: h.path.as_posix()))


def _record(subject: Subject, holdings: Sequence[Holding], previous: Record | None) -> Record:
    """What this deposit tells the next one. Where nothing has changed, what the last one told of its changes stays."""
    moment = moment_of(subject.edition).isoformat()
    states = tuple(_states(subject.edition))
    now = Record(subject.settings.name, subject.label, moment, GENERATOR, states, compared(holdings))
    if previous is None:
        return now
    found = changes(previous, now)
    if subject.withheld:  # what is gone may be withheld now, and its title may tell why
        found = tuple(change for change in found if change.what != GONE)
    if found:
        return replace(now, since=previous.moment, changes=found)
    return replace(now, since=previous.since, changes=previous.changes)


def _states(edition: Edition) -> Iterator[State]:
    """The states of the edition, where that is more than its only document, and of its documents, as published."""
    if (path := whole_source(edition)) and edition.source is not None:
        yield state_of_all(PurePosixPath(path).stem, edition.title, public_copy(edition.source))
    for document in edition.documents:
        if document.source is not None:
            yield state(document.slug, document.title, public_copy(document.source))


def _events(subject: Subject, built: Report) -> tuple[Event, ...]:
    """What was done to the files, in its order (event types of the Library of Congress)."""
    settings, schema = subject.settings, subject.checked.schema
    against = schema_name(schema) or "the rules that need no grammar"
    checked = f"the TEI against {against}: {counted(subject.checked.findings)}"
    if subject.withheld:  # neither how much is found in it nor what it asks for may depend on what is withheld
        checked = "the TEI as its editors keep it"
    told = settings.declared or not subject.withheld  # the outcome neither; what has settings is not packed with errors
    shown = [a for a in built.accounts if a.kind != "entry"]
    found, expected = sum(a.found for a in shown), sum(a.expected for a in shown)
    proven = f"links, containers and checksums; {found} of {expected} characters of the TEI found in the outputs"
    left = "what the audience may not see was taken out before anything was made"
    layout = Event("creation", f"WeasyPrint {_version('weasyprint')}", detail="of the PDF: its layout")
    return (
        *([Event("validation", GENERATOR, not subject.checked.failed, checked)] if told else []),
        *([Event("redaction", GENERATOR, detail=left)] if subject.withheld else []),
        Event("creation", GENERATOR, detail=f"of the TEI: {', '.join(settings.formats)}"),
        *([layout] if "pdf" in settings.formats else []),
        Event("validation", GENERATOR, not built.failed, f"of what was made: {proven}"),
        Event("metadata extraction", GENERATOR, detail="from the headers of the TEI"),
        Event("message digest calculation", GENERATOR, detail="SHA-256 and SHA-512 of each file"),
    )


def _readme(subject: Subject, holdings: Sequence[Holding], record: Record) -> str:
    used = (name for output in subject.settings.formats for name in _LIBRARIES[output])
    listed = (Listed(h.path.as_posix(), in_words(h.size), h.role.value) for h in holdings)
    contents = Contents(
        files=[*listed, *(Listed(path, "", Role.METADATA.value) for path in _LISTING)],
        record=RECORD,
        programs=[GENERATOR, *(f"{name} {v}" for name in dict.fromkeys(used) if (v := _version(name)))],
        public=subject.public,
        withheld=subject.withheld,
        equipped=_is_equipped(subject.settings),
        restricted=[d.title for d in subject.closed],
        since=record.since[:10],
        changes=[(c.title, c.what) for c in record.changes],
    )
    phrases = phrases_for(subject.edition, subject.settings)
    return render_readme(subject.edition.description, contents, phrases, subject.settings.templates)


def _is_equipped(settings: Settings) -> bool:
    """Whether an edition has files of its own that its licences may forbid to pass on."""
    return settings.press.icc is not None or (settings.declared and (settings.folder / "fonts").is_dir())


def _version(package: str) -> str:
    try:
        return version(package)
    except ModuleNotFoundError:
        return ""
