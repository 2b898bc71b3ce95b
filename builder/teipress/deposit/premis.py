"""A deposit → its preservation metadata: PREMIS 3.0 (Data Dictionary for Preservation Metadata, Library of Congress).

`premis(deposit)` gives the bytes of a `premis.xml` that describes every holding. A file cannot state its own checksum,
so neither it nor a METS file may be among the holdings that it is called with: make it first, add it to the holdings,
then make the METS file, which may list it (see `mets`). `Preservation` gives the same as parts, for METS to wrap.

Objects: the edition (intellectualEntity) and each file, with both sums, size and format; what was built of the TEI says
of which files. Events: those of the deposit, each with the program that did it; rights: one statement for each licence
or restriction that a header states. Every identifier that links, leads to an entity in the same file.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import quote

from lxml.builder import ElementMaker

from teipress.crosswalk.markup import XSI, written
from teipress.deposit.formats import REGISTRY, format_of
from teipress.deposit.holding import Deposit, Event, Holding, Role
from teipress.edition import Description
from teipress.tei import Element

PREMIS = "http://www.loc.gov/premis/v3"
VERSION = "3.0"
SCHEMA = "http://www.loc.gov/standards/premis/premis.xsd"
E = ElementMaker(namespace=PREMIS, nsmap={"premis": PREMIS, "xsi": XSI})

_TERMS = "http://id.loc.gov/vocabulary/preservation/"
_EVENT_TYPES = {
    "creation": "cre",
    "validation": "val",
    "fixity check": "fix",
    "message digest calculation": "mes",
    "ingestion": "ing",
    "metadata extraction": "mee",
    "migration": "mig",
    "normalization": "nor",
    "replication": "rep",
}  # the codes of the terms at id.loc.gov; a term that is not here is given in words only
_BUILT = (Role.EPUB, Role.PDF, Role.SITE)
_MADE = (*_BUILT, Role.PUBLISHED, Role.REPORT, Role.METADATA, Role.README)  # by teipress; the rest came from outside


def premis(deposit: Deposit) -> bytes:
    """All entities as one PREMIS file, the same bytes for the same deposit."""
    entities = Preservation(deposit)
    root = E.premis({"version": VERSION, f"{{{XSI}}}schemaLocation": f"{PREMIS} {SCHEMA}"})
    root.extend([entities.edition, *(entities.file(h) for h in entities.holdings)])
    root.extend([*entities.events, *entities.agents, *entities.rights])
    return written(root)


class Preservation:
    """The PREMIS entities of a deposit, each as an element of its own; files in the order of their paths."""

    def __init__(self, deposit: Deposit) -> None:
        self.deposit = deposit
        self.holdings = sorted(deposit.holdings, key=lambda h: h.path.as_posix())
        self.base = deposit.description.identifier or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, deposit.name)}"
        self.moment = deposit.stamp
        self._stated = list(_stated(deposit.description))

    def file_id(self, holding: Holding) -> str:
        """The identifier of a file: that of the edition, and its path as the fragment."""
        return f"{self.base}#{quote(holding.path.as_posix())}"

    @property
    def edition(self) -> Element:
        """The edition itself, which every event and the rights of the whole are tied to."""
        links = [_link("linkingEventIdentifier", "local", name) for name in self._event_ids]
        rights = [self._right_link(n) for n in self.rights_of("")]
        identifier = _pair("objectIdentifier", "URI", self.base)
        title = E.originalName(self.deposit.description.title or self.deposit.name)
        return E.object({f"{{{XSI}}}type": "premis:intellectualEntity"}, identifier, title, *links, *rights)

    def file(self, holding: Holding) -> Element:
        """One file (object of category file), with its sums, size and format, and what it was made of."""
        rights = self.rights_of(holding.document) if holding.document else []
        return E.object(
            {f"{{{XSI}}}type": "premis:file"},
            _pair("objectIdentifier", "URI", self.file_id(holding)),
            self._characteristics(holding),
            E.originalName(holding.path.as_posix()),
            *self._relations(holding),
            *(self._right_link(n) for n in rights),
        )

    def _characteristics(self, holding: Holding) -> Element:
        known = format_of(holding)
        designation = E.formatDesignation(E.formatName(known.name))
        if known.version:
            designation.append(E.formatVersion(known.version))
        form = E.format(designation)
        if known.puid:
            registry = E.formatRegistryName("PRONOM", {"valueURI": REGISTRY})
            role = E.formatRegistryRole("specification")
            form.append(E.formatRegistry(registry, E.formatRegistryKey(known.puid), role))
        form.append(E.formatNote(f"media type: {holding.media_type}"))
        parts = [self._sum("SHA-256", holding.sha256), self._sum("SHA-512", holding.sha512)]
        parts += [E.size(str(holding.size)), form]
        if holding.role in _MADE:
            name, version = _named(self.deposit.generator)
            made = E.creatingApplication(E.creatingApplicationName(name))
            if version:
                made.append(E.creatingApplicationVersion(version))
            made.append(E.dateCreatedByApplication(self.moment))
            parts.append(made)
        return E.objectCharacteristics(E.compositionLevel("0"), *parts)

    def _sum(self, algorithm: str, digest: str) -> Element:
        maker = E.messageDigestOriginator(self.deposit.generator)
        return E.fixity(E.messageDigestAlgorithm(algorithm), E.messageDigest(digest), maker)

    def _relations(self, holding: Holding) -> Iterator[Element]:
        yield _relation("structural", "is part of", [self.base])
        if holding.role in _BUILT:
            texts = [h for h in self.holdings if h.role is Role.PUBLISHED]
            own = [h for h in texts if h.document == holding.document]
            if sources := [self.file_id(h) for h in own or texts]:
                yield _relation("derivation", "has source", sources)

    @cached_property
    def _event_ids(self) -> list[str]:
        return [f"event-{n}" for n in range(1, len(self.deposit.events) + 1)]

    @property
    def events(self) -> list[Element]:
        """What was done, in order; all carry the one date of the deposit, for a build must not depend on the clock."""
        return [self._event(name, event) for name, event in zip(self._event_ids, self.deposit.events, strict=True)]

    def _event(self, name: str, event: Event) -> Element:
        code = _EVENT_TYPES.get(event.kind)
        authority = {"authority": "eventType", "authorityURI": f"{_TERMS}eventType"}
        kind = E.eventType(event.kind, {**authority, "valueURI": f"{_TERMS}eventType/{code}"} if code else {})
        outcome = E.eventOutcomeInformation(E.eventOutcome("success" if event.success else "fail"))
        if event.detail:
            outcome.append(E.eventOutcomeDetail(E.eventOutcomeDetailNote(event.detail)))
        return E.event(
            _pair("eventIdentifier", "local", name),
            kind,
            E.eventDateTime(self.moment),
            outcome,
            _link("linkingAgentIdentifier", "local", self._agent_id(event.agent), "executing program"),
            _link("linkingObjectIdentifier", "URI", self.base),
        )

    @cached_property
    def _programs(self) -> list[str]:
        return list(dict.fromkeys(event.agent for event in self.deposit.events))

    def _agent_id(self, program: str) -> str:
        return f"agent-{self._programs.index(program) + 1}"

    @property
    def agents(self) -> list[Element]:
        """The programs, each once, with the events that they are the agents of."""
        return [self._agent(program) for program in self._programs]

    def _agent(self, program: str) -> Element:
        name, version = _named(program)
        told = [_pair("agentIdentifier", "local", self._agent_id(program)), E.agentName(name)]
        told.append(E.agentType("software", {"valueURI": f"{_TERMS}agentType/sof"}))
        if version:
            told.append(E.agentVersion(version))
        did = [i for i, event in zip(self._event_ids, self.deposit.events, strict=True) if event.agent == program]
        return E.agent(*told, *(_link("linkingEventIdentifier", "local", i) for i in did))

    def rights_of(self, slug: str) -> list[int]:
        """The numbers of the rights statements on a document, or with "" on the edition."""
        return [number for number, said in enumerate(self._stated, 1) if said.slug == slug]

    @property
    def rights(self) -> list[Element]:
        """A statement for the edition, and one for each document that has another licence or status."""
        return [E.rights(self._statement(n, said)) for n, said in enumerate(self._stated, 1)]

    def _statement(self, number: int, said: Description) -> Element:
        if said.licence or said.licence_url:
            basis, told = "license", E.licenseInformation()
            if said.licence_url:
                names = ("licenseDocumentationIdentifierType", "licenseDocumentationIdentifierValue")
                told.append(E.licenseDocumentationIdentifier(E(names[0], "URI"), E(names[1], said.licence_url)))
            told.append(E.licenseTerms(said.licence or said.licence_url))
        else:
            basis, told = "other", E.otherRightsInformation(E.otherRightsBasis(said.status or "stated by the edition"))
            if said.rights:
                told.append(E.otherRightsNote(said.rights))
        mine = [self.base] if not said.slug else [self.file_id(h) for h in self.holdings if h.document == said.slug]
        return E.rightsStatement(
            _pair("rightsStatementIdentifier", "local", f"rights-{number}"),
            E.rightsBasis(basis),
            told,
            *(_link("linkingObjectIdentifier", "URI", i) for i in mine),
        )

    def _right_link(self, number: int) -> Element:
        return _link("linkingRightsStatementIdentifier", "local", f"rights-{number}")


def _stated(edition: Description) -> Iterator[Description]:
    """The descriptions that say something of rights: of documents only what is not said of the edition alike."""

    def said(of: Description) -> tuple[str, ...]:
        return of.licence, of.licence_url, of.status, of.rights

    for described in (edition, *edition.parts):
        if any(said(described)) and (described is edition or said(described) != said(edition)):
            yield described


def _named(program: str) -> tuple[str, str]:
    """A program's name and its version ("lxml 6.1"), "" where the last word is none."""
    name, _, version = program.rpartition(" ")
    return (name, version) if name and version[:1].isdigit() else (program, "")


def _pair(name: str, kind: str, value: str) -> Element:
    """An identifier: its type and its value, which PREMIS names after what they identify."""
    return E(name, E(f"{name}Type", kind), E(f"{name}Value", value))


def _link(name: str, kind: str, value: str, role: str = "") -> Element:
    made = _pair(name, kind, value)
    if role:
        made.append(E(name.replace("Identifier", "Role"), role))
    return made


def _relation(kind: str, subtype: str, targets: Iterable[str]) -> Element:
    related = [_pair("relatedObjectIdentifier", "URI", target) for target in targets]
    return E.relationship(E.relationshipType(kind), E.relationshipSubType(subtype), *related)
