"""What tests of deposits share: a small deposit of two documents, and XML schemas."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from teipress.deposit.check.schemas import Schemas
from teipress.deposit.holding import Deposit, Event, Holding, Role
from teipress.deposit.mets import METS
from teipress.deposit.premis import PREMIS
from teipress.edition import Agent, Description

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{0}"><teiHeader/><text><body><p>{0}</p></body></text></TEI>\n'
RECORD = '<dc xmlns="http://purl.org/dc/elements/1.1/"><title>Two letters &amp; a card</title></dc>\n'
FILES = {
    "tei/deposited/first.xml": (Role.DEPOSITED, "application/tei+xml", TEI.format("first"), "first"),
    "tei/published/first.xml": (Role.PUBLISHED, "application/tei+xml", TEI.format("first"), "first"),
    "tei/published/second.xml": (Role.PUBLISHED, "application/tei+xml", TEI.format("second"), "second"),
    "schema/rules.rng": (Role.SCHEMA, "application/xml", "<grammar xmlns='http://relaxng.org/ns/structure/1.0'/>", ""),
    "pdf/letters.pdf": (Role.PDF, "application/pdf", "%PDF-1.7 <pdfaid:part>2</…><pdfaid:conformance>A</…>", ""),
    "epub/letters.epub": (Role.EPUB, "application/epub+zip", "no real one", ""),
    "site/the site & all.zip": (Role.SITE, "application/zip", "no real one", ""),
    "settings/edition.toml": (Role.SETTINGS, "application/toml", 'name = "letters"\n', ""),
    "reports/report.json": (Role.REPORT, "application/json", "{}\n", ""),
    "metadata/dc.xml": (Role.METADATA, "application/xml", RECORD, ""),
    "README.txt": (Role.README, "text/plain", "Two letters.\n", ""),
}
EVENTS = (
    Event("creation", "teipress 1.2"),
    Event("validation", "lxml 6.1.3", False, "2 findings: a < b"),
    Event("fixity check", "teipress 1.2", detail="every character of the TEI is in every output"),
    Event("message digest calculation", "teipress 1.2"),
    Event("typesetting", "weasyprint 70.0"),
)
PARTS = (
    Description("urn:x-letters:first", "The first letter", slug="first"),
    Description("urn:x-letters:second", "The second letter", slug="second", status="restricted", rights="Ask."),
)
DESCRIPTION = Description(
    "urn:x-letters",
    "Two letters & a card",
    agents=(Agent("Ada Example"),),
    publisher="The test press",
    licence="Free for any use",
    licence_url="https://example.org/licence",
    parts=PARTS,
)


@pytest.fixture
def make_deposit(tmp_path: Path) -> Callable[..., Deposit]:
    """``make_deposit()`` writes the files of a deposit below `tmp_path` and returns it; `fields` replace its own."""

    def make(name: str = "letters", **fields: object) -> Deposit:
        holdings = []
        for number, (path, (role, kind, text, document)) in enumerate(FILES.items()):
            data = tmp_path / "holdings" / str(number)
            data.parent.mkdir(exist_ok=True)
            data.write_text(text, "utf-8")
            content = data.read_bytes()
            sums = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
            holdings.append(Holding(PurePosixPath(path), role, kind, data, len(content), *sums, document))
        facts = {
            "description": DESCRIPTION,
            "holdings": tuple(holdings),
            "events": EVENTS,
            "records": {"dc.xml": RECORD.encode()},
            "moment": datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC),
            "generator": "teipress 1.2",
        }
        return Deposit(name, **{**facts, **fields})

    return make


@pytest.fixture
def deposit(make_deposit: Callable[..., Deposit]) -> Deposit:
    return make_deposit()


@pytest.fixture(scope="session")
def schemas(require_schemas: Callable[..., Schemas]) -> Schemas:
    return require_schemas(METS, PREMIS)
