"""The one place that knows the order of the stages.

read → validate → model → render → package → verify. Stages are functions from values to values and do not know
each other; what has to be remembered between them is here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from teipress import __version__, tei
from teipress.config import Settings
from teipress.edition import IMAGES, Artifact, Edition, Face, Source
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding, Severity
from teipress.model import model, settled, visible
from teipress.model.exposure import betraying
from teipress.model.renditions import unused_renditions
from teipress.model.shown import Part, Place, places
from teipress.package.manifest import write_json, write_manifest
from teipress.package.staging import check, clear, copy, staging, write
from teipress.parser import parse
from teipress.read import read
from teipress.validate import validate
from teipress.validate.grammar import check_grammar
from teipress.validate.schema import Schema, choose
from teipress.verify import verify_folder, verify_print, verify_text
from teipress.verify.expected import expect
from teipress.verify.fidelity import Account
from teipress.vocabulary import Vocabulary, load_vocabulary, missing_rules

if TYPE_CHECKING:
    from teipress.encode import Encoded

GENERATOR = f"teipress {__version__}"

Progress = Callable[..., None]  # called with a step, and maybe with the number of pages that it has made


@dataclass
class Report:
    """What a run of the pipeline found and made.

    `files` are those that were read, `accounts` tell what became of every character, `schema` is what was checked
    against, `ignored` how many findings edition.toml does not want to hear of.
    """

    name: str
    out: Path | None = None
    findings: list[Finding] = field(default_factory=list)
    artifacts: list[Artifact] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    files: frozenset[str] = frozenset()
    schema: Schema | None = None
    ignored: int = 0

    @property
    def failed(self) -> bool:
        """Whether there is any finding of severity error."""
        return any(f.severity is Severity.ERROR for f in self.findings)


def build(
    settings: Settings,
    out: Path,
    formats: Sequence[str],
    audience: str = "public",
    say: Progress = lambda step, pages=0: None,
) -> Report:
    """Build one edition into the folder `out`.

    Errors that validation finds stop the build of an edition that declares itself (edition.toml): a press does not
    print what its own rules forbid. A lone TEI file is built whatever its faults. A build that ends with errors in
    verification leaves the last good output as it was.

    Raises:
        UsageError: the output cannot be written.
        Stopped: the input cannot be read, or a rule or template is broken.
    """
    clear(out)
    check(out)
    report = Report(settings.name, out)
    check_audience(settings, audience)
    say(f"Reading {settings.source}")
    vocabulary = load_vocabulary(settings.templates, settings.form)
    source, findings = read(settings.source, settings.folder)
    say("Validating")
    report.findings, report.ignored = _checked(source, findings, settings)
    if settings.declared and report.failed:
        return report
    say("Modelling")
    public = visible(source, settings, audience)
    settings = settled(settings, source, public)
    edition = model(public, settings, audience)
    if public is not source:
        report.findings += betraying(source.root, edition)
    # what was said of the whole source may quote what this audience must not see: it is told, not published
    private = 0 if public is source else len(report.findings)
    shown = places(public.root, edition)
    report.findings += missing_rules(vocabulary, (part for d in edition.documents for part in d.body))
    report.findings += unused_renditions(edition.renditions)
    moment = moment_of(edition)
    with staging(out) as stage:
        for output in dict.fromkeys(formats):
            report.findings += _MAKERS[output](edition, settings, vocabulary, stage, moment, say)
        say("Verifying")
        report.findings += verify_folder(stage)
        report.accounts = _accounts(stage, edition, vocabulary, shown, formats, settings)
        report.findings += [f for account in report.accounts for f in account.findings()]
        if report.failed:
            raise Stopped(report.findings)
        write_json(stage / "report.json", _summary(edition, settings, report, report.findings[private:]))
        report.artifacts = write_manifest(stage, GENERATOR, settings.name)
    return report


def check_only(settings: Settings, schema: str = "") -> Report:
    """Read and validate, and build nothing. `schema` is a grammar's path that counts instead of all others.

    Raises:
        UsageError: as `read` and `choose`.
        Stopped: as `read`.
    """
    source, findings = read(settings.source, settings.folder)
    chosen = choose(source, settings, schema)
    told, ignored = _checked(source, findings, settings, chosen)
    return Report(settings.name, None, told, files=_files(source), schema=chosen, ignored=ignored)


def _files(source: Source) -> frozenset[str]:
    """The files that a source was read from."""
    return frozenset(filter(None, (tei.file_of(e) for e in tei.elements(source.root) if e.get(tei.XML_BASE))))


def _checked(
    source: Source, findings: list[Finding], settings: Settings, schema: Schema | None = None
) -> tuple[list[Finding], int]:
    """What reading and validation found, after what edition.toml rules about it, and how much that ignores."""
    if schema is None and settings.declared:
        chosen = choose(source, settings)
        schema = None if chosen.guess else chosen  # a build asks for no more than the edition has promised
    whole = schema is None or schema.reason != "--schema"
    return settings.rulings.apply(findings + validate(source, settings, schema), whole)


def characters(settings: Settings) -> frozenset[str]:
    """The characters of an edition's texts and headers.

    Raises:
        UsageError, Stopped: as `read`.
    """
    source, _ = read(settings.source, settings.folder)
    return frozenset(tei.string(source.root))


def judge(settings: Settings, schema: str = "", only_tei: bool = False) -> Report:
    """The grammar's verdict alone, on any XML; neither constraints nor what edition.toml ignores have a say.

    Raises:
        UsageError, Stopped: as `check_only`; but what is not TEI is judged, too, unless `only_tei` says otherwise.
    """
    name = str(settings.source)
    try:
        source, _ = read(settings.source, settings.folder)
    except Stopped as stopped:
        if only_tei or [f.code for f in stopped.findings] != ["X002"]:
            raise
        source = Source(settings.source, settings.folder, parse(settings.source, name))
    chosen = choose(source, settings, schema, in_any_case=True)
    found = check_grammar(source, chosen.grammar) if chosen.grammar else []
    told = [*chosen.findings, *(replace(f, file=f.file or name) for f in found)]
    return Report(settings.name, None, told, files=_files(source) or frozenset({name}), schema=chosen)


def prove(out: Path, settings: Settings, audience: str = "public") -> list[Finding]:
    """Every proof on an output that was built, fidelity to the edition that it was built from included.

    Raises:
        UsageError, Stopped: as `build`, where the edition cannot be read.
    """
    vocabulary = load_vocabulary(settings.templates, settings.form)
    whole = read(settings.source, settings.folder)[0]
    source = visible(whole, settings, audience)
    settings = settled(settings, whole, source)
    edition = model(source, settings, audience)
    accounts = _accounts(out, edition, vocabulary, places(source.root, edition), settings.formats, settings)
    return verify_folder(out) + [f for account in accounts for f in account.findings()]


def encode(transcript: Path, profile: Path | None = None, encoding: str = "") -> tuple[Encoded, bytes]:
    """A transcription → TEI, as a tree with what there is to say of it, and as the bytes of a file.

    Raises:
        UsageError: the transcription, the profile or a register cannot be used.
        Stopped: words would be lost.
    """
    from teipress.encode import encode as encoded
    from teipress.encode.output import serialise
    from teipress.encode.profile import Profile, identifier, load_profile
    from teipress.encode.transcription import transcription

    known = load_profile(profile) if profile else Profile(id=identifier(transcript.stem))
    try:
        content = transcript.read_bytes()
    except OSError as error:
        raise UsageError(f"{transcript}: cannot be read: {error.strerror}; check the path") from None
    made = encoded(transcription(content, str(transcript), encoding or known.encoding), known)
    return made, serialise(made.root)


def restore(document: Path) -> str:
    """A TEI file → the transcription that it holds, those of a corpus one after the other.

    Raises:
        UsageError, Stopped: as `read`.
    """
    from teipress.encode.transcript import transcript

    source, _ = read(document, document.parent)
    return "\n".join(transcript(text) for text in tei.elements(source.root, "TEI"))


def moment_of(edition: Edition) -> datetime:
    """The date that artifacts carry: SOURCE_DATE_EPOCH, else the last change of the edition or a document, never today.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is no number of seconds.
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError):
            hint = "give the seconds since 1970, or unset it"
            raise UsageError(f'SOURCE_DATE_EPOCH is "{epoch}", which is no time; {hint}') from None
    headers = (edition.header, *(d.header for d in edition.documents))
    changes = [moment for h in headers if (moment := _dated(h.changed))]
    return max(changes, default=None) or _dated(edition.header.date) or datetime(1980, 1, 1, tzinfo=UTC)


def _dated(stated: str) -> datetime | None:
    """The moment that a date of TEI stands for; of a year or a month it is the first."""
    whole = stated + "-01-01"[len(stated) - 4 :] if re.fullmatch(r"\d{4}(-\d\d)?", stated) else stated
    try:
        moment = datetime.fromisoformat(whole)
    except ValueError:
        return None
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return None


def check_audience(settings: Settings, audience: str) -> None:
    """Raises UsageError for an audience that the edition does not know."""
    known = settings.withhold or {}
    if audience != "public" and audience not in known:
        names = ", ".join(sorted({"public", *known}))
        raise UsageError(f'unknown audience "{audience}"; this edition knows {names} (the [access] tables)')


def _site(
    edition: Edition, settings: Settings, vocabulary: Vocabulary, stage: Path, moment: datetime, say: Progress
) -> list[Finding]:
    from teipress.package import pagefind
    from teipress.render.book import phrases_for
    from teipress.render.search.passages import passages
    from teipress.render.site import render_site

    say("Making the site")
    folder = stage / "html"
    faces: tuple[Face, ...] = ()
    if settings.declared:  # a lone file is built in a moment and relies on the reader's fonts
        from teipress.package.fonts import available, embed

        faces = available()
    engine = settings.search and pagefind.available()
    viewer, lacking = _viewer(edition, settings, folder)
    files = render_site(edition, settings, vocabulary, faces, engine=engine, viewer=viewer)
    write(folder, files)
    if engine:
        pagefind.write_index(passages(files, edition, phrases_for(edition, settings)), folder)
    copy(edition.folder, tuple(dict.fromkeys((*edition.images, *edition.facsimiles))), folder / IMAGES)
    if settings.second:  # the same site again, in a folder of its own, page by page
        other = load_vocabulary(settings.templates, settings.second)
        alone = replace(settings, search=False)  # the search leads to the first form
        write(folder / settings.second, render_site(edition, alone, other, faces, inner=True, viewer=viewer))
        copy(edition.folder, edition.images, folder / settings.second / IMAGES)
    if faces:
        embed(faces, "".join(f.text for f in files if f.path.suffix == ".html"), folder)
    return [*lacking, *([pagefind.missing()] if settings.search and not engine else [])]


def _viewer(edition: Edition, settings: Settings, folder: Path) -> tuple[str, list[Finding]]:
    """What shows images of pages goes into a site that has any: the path of its script, and what is lacking."""
    from teipress.package import openseadragon
    from teipress.render import iiif

    if not edition.is_pictured:
        return "", []
    lacking = [iiif.missing()] if settings.declared and settings.url and not iiif.available() else []
    if (found := openseadragon.find(settings.templates)) is None:
        return "", [openseadragon.missing(), *lacking]
    return openseadragon.copy_viewer(found, folder), lacking


def _epub(
    edition: Edition, settings: Settings, vocabulary: Vocabulary, stage: Path, moment: datetime, say: Progress
) -> list[Finding]:
    from teipress.publications import make_epubs

    say("Making the EPUB")
    make_epubs(edition, settings, vocabulary, stage / "epub", moment)
    return []


def _pdf(
    edition: Edition, settings: Settings, vocabulary: Vocabulary, stage: Path, moment: datetime, say: Progress
) -> list[Finding]:
    from teipress.printing import print_book

    return print_book(edition, settings, vocabulary, stage, moment, GENERATOR, say)


_MAKERS = {"html": _site, "epub": _epub, "pdf": _pdf}


def _accounts(
    stage: Path,
    edition: Edition,
    vocabulary: Vocabulary,
    shown: Mapping[Place, Part],
    formats: Sequence[str],
    settings: Settings,
) -> list[Account]:
    """The proof that nothing of the TEI got lost on the way into the outputs."""
    from teipress.publications import part_of, places_of, single

    name, strict = edition.name, settings.declared
    made = {"html": stage / "html", "epub": stage / "epub" / name, "pdf": stage / "pdf" / f"{name}.pdf"}
    accounts: list[Account] = []
    for output in (f for f in made if f in formats and made[f].exists()):
        expected = {place: expect(part.elements, vocabulary, output, part.inside) for place, part in shown.items()}
        if output == "html":  # a column of a parallel view must hold all of its document again
            columns = [(p.place(slug), slug) for p in edition.parallels for slug in (p.first, p.second)]
            expected |= {("parallel", place): expected["document", slug] for place, slug in columns}
        if output == "pdf":
            accounts += verify_print(made[output], expected, strict)
        else:
            accounts += verify_text(made[output], expected, output, settings.second)
        if output == "html" and settings.second:
            other = load_vocabulary(settings.templates, settings.second)
            expected = {place: expect(part.elements, other, output, part.inside) for place, part in shown.items()}
            accounts += verify_text(made[output] / settings.second, expected, f"{output}/{settings.second}")
    for document in single(edition, settings) if "epub" in formats and made["epub"].exists() else ():
        name, own = part_of(edition, document).name, places_of(edition, document, shown)
        expected = {place: expect(part.elements, vocabulary, "epub", part.inside) for place, part in own.items()}
        accounts += verify_text(stage / "epub" / name, expected, f"epub/{name}")
    return accounts


def _summary(edition: Edition, settings: Settings, report: Report, findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "generator": GENERATOR,
        "edition": edition.name,
        "title": edition.title,
        "form": settings.form,
        "documents": [
            {
                "id": d.slug,
                "title": d.title,
                "pages": len(d.pages),
                "notes": len(d.notes),
                "variations": len(d.variations),
                "redactions": len(d.redactions),
            }
            for d in edition.documents
        ],
        "fidelity": [_fidelity(a) for a in report.accounts if a.kind != "entry" or a.found != a.expected],
        "persons": len(edition.persons),
        "places": len(edition.places),
        "findings": [
            {
                "code": f.code,
                "severity": f.severity.value,
                "message": f.message,
                "file": Path(f.file).name if f.file else "",
                "line": f.line,
                "hint": f.hint,
            }
            for f in findings
        ],
    }


def _fidelity(account: Account) -> dict[str, object]:
    return {
        "output": account.artifact,
        account.kind: account.name,
        "characters": account.expected,
        "found": account.found,
        "missing": [
            {"text": loss.text, "file": Path(loss.file).name, "line": loss.line, "path": loss.path}
            for loss in account.missing
        ],
        "extra": account.extra,
        "omitted": account.omitted,
        "unchosen": account.unchosen,
    }
