"""The grammar: what it does not allow is told once, at its place, in the right file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.errors import UsageError
from teipress.findings import Finding
from teipress.read import read
from teipress.validate import validate

WriteEdition = Callable[..., Path]

TOML = '[validate]\nschema = "own.rng"\n'
# small, so that compiling it takes no time
GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="teiCorpus"><ref name="base"/><attribute name="n"/><oneOrMore><element name="TEI">
  <ref name="base"/><element name="text"><oneOrMore><ref name="block"/></oneOrMore></element>
</element></oneOrMore></element></start>
<define name="base"><zeroOrMore><attribute><nsName ns="http://www.w3.org/XML/1998/namespace"/></attribute></zeroOrMore>
</define>
<define name="block"><choice>
  <element name="p"><optional><attribute name="n"/></optional><zeroOrMore><choice><text/>
    <element name="gap"><attribute name="reason"/></element>
    <element name="date"><attribute name="when"><data type="date"/></attribute><text/></element>
  </choice></zeroOrMore></element>
  <element name="list"><oneOrMore><element name="item"><text/></element></oneOrMore></element>
  <element name="div"><element name="head"><text/></element><zeroOrMore><ref name="block"/></zeroOrMore></element>
</choice></define>
</grammar>"""
RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt">
<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
<pattern><rule context="tei:gap"><report test="true()">a gap</report></rule></pattern></schema>"""
CORPUS = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude" {}>
<xi:include href="first.xml"/>
<xi:include href="second.xml"/>
</teiCorpus>"""

BLOCK = {  # the code, the line, and what is wrong
    "an unknown element": ("G003", 5, "<p>\n<wrong/></p>"),
    "an element in a wrong place": ("G001", 5, "<p>\n<item>y</item></p>"),
    "an unknown attribute": ("G005", 4, '<p wrong="1">y</p>'),
    "a lacking attribute": ("G006", 5, "<p>a\n<gap/></p>"),
    "a day that does not exist": ("G007", 5, '<p>\n<date when="2001-02-30">y</date></p>'),
    "a wrong order": ("G004", 5, "<div>\n<p>y</p><head>x</head></div>"),
    "lacking content": ("G004", 4, "<list/>"),
    "text where none may be": ("G008", 4, "<div><head>x</head>stray</div>"),
}


def findings(folder: Path) -> list[Finding]:
    settings = settings_for(folder)
    source, found = read(settings.source, settings.folder)
    return found + validate(source, settings)


def document(body: str = "<p>x</p>") -> str:
    """A document with a block that is no fault in its lines 1 to 3, and `body` from line 4 on."""
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text>\n<p n="1">x</p>\n{body}\n</text>\n</TEI>'


@pytest.fixture
def write(write_edition: WriteEdition) -> Callable[..., Path]:
    """Writes an edition of two documents with a grammar of its own; files given by name take the place of its own."""

    def write(files: dict[str, str], corpus: str = 'n="1"') -> Path:
        own = {"edition.xml": CORPUS.format(corpus), "first.xml": document(), "second.xml": document()}
        return write_edition({"own.rng": GRAMMAR, **own, **files}, TOML)

    return write


def test_a_valid_edition_has_no_finding(write: WriteEdition) -> None:
    assert findings(write({})) == []


def test_the_shipped_grammar_is_the_one_named_teipress(write_edition: WriteEdition) -> None:
    assert findings(write_edition()) == []
    folder = write_edition({"first.xml": document()})
    assert {f.code for f in findings(folder)} == {"G001", "G004"}  # a paragraph without a body, and no header


@pytest.mark.parametrize("name", ["first.xml", "second.xml"])
@pytest.mark.parametrize("fault", BLOCK)
def test_a_fault_in_an_included_file_is_told_there(write: WriteEdition, name: str, fault: str) -> None:
    code, line, body = BLOCK[fault]
    found = findings(write({name: document(body)}))
    assert [(f.code, Path(f.file).name, f.line) for f in found] == [(code, name, line)]


def test_a_fault_of_the_edition_itself_is_not_put_on_an_included_file(write: WriteEdition) -> None:
    found = findings(write({}, corpus=""))
    assert [(f.code, Path(f.file).name, f.line) for f in found] == [("G006", "edition.xml", 1)]


def test_faults_of_several_documents_are_told_together_each_in_its_file(write_edition: WriteEdition) -> None:
    folder = write_edition()
    for name in ("first.xml", "second.xml"):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace("</div>", "\n<p><wrong/></p></div>"), "utf-8")
    assert {Path(f.file).name for f in findings(folder)} == {"first.xml", "second.xml"}


@pytest.mark.parametrize(
    "schema",
    [
        "",
        "not XML",
        "<html/>",
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="none"/></start></grammar>',
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><external href="x"/></start></grammar>',
    ],
    ids=["empty", "not XML", "HTML", "dangling reference", "unknown pattern"],
)
def test_a_schema_that_is_broken_is_one_finding_that_names_it(write: WriteEdition, schema: str) -> None:
    (found,) = findings(write({"own.rng": schema}))
    assert (found.code, Path(found.file).name) == ("G002", "own.rng")
    assert "\n" not in found.message


def test_a_schema_that_cannot_be_followed_is_a_finding(write: WriteEdition) -> None:
    long = "".join(f'<element name="e{n}"><empty/></element>' for n in range(3_000))
    schema = f'<element xmlns="http://relaxng.org/ns/structure/1.0" name="teiCorpus">{long}</element>'
    (found,) = findings(write({"own.rng": schema}))
    assert found.code in ("G002", "G009")


def test_a_schema_that_is_missing_is_wrong_use(write_edition: WriteEdition) -> None:
    with pytest.raises(UsageError, match=r"there is no file own\.rng"):
        findings(write_edition({}, TOML))


def test_a_schema_from_outside_the_edition_is_wrong_use(write: WriteEdition) -> None:
    folder = write({})
    (folder / "own.rng").rename(folder.parent / "own.rng")
    (folder / "edition.toml").write_text(TOML.replace("own.rng", "../own.rng"), "utf-8")
    with pytest.raises(UsageError, match=r"lies outside"):
        findings(folder)


def test_constraints_beside_an_own_grammar_are_checked_as_well(write: WriteEdition) -> None:
    gap = document('<p><gap reason="lost"/></p>')
    (found,) = findings(write({"own.sch": RULES, "second.xml": gap}))
    assert (found.code, found.message, Path(found.file).name, found.line) == ("S001", "a gap", "second.xml", 4)
