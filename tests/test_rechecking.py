"""What is in a package is read again as well: TEI by the schema in it, containers to their last byte."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from teipress import rechecking
from teipress.rechecking import recheck

RNG = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">
  <start><ref name="any"/></start>
  <define name="any">
    <element><anyName><except><name>{without}</name></except></anyName>
      <zeroOrMore><choice><text/><attribute><anyName/></attribute><ref name="any"/></choice></zeroOrMore>
    </element>
  </define>
</grammar>
"""
TEI = '{0}<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>\n<p>One.</p></body></text></TEI>\n'
MakeBag = Callable[[Mapping[str, bytes | str]], Path]


def zipped(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.fixture
def bag(tmp_path: Path) -> MakeBag:
    """``bag({"a.xml": "<a/>"})`` makes a whole bag of some files and says where."""

    def make(files: Mapping[str, bytes | str]) -> Path:
        folder = tmp_path / "bag"
        (folder / "data").mkdir(parents=True)
        sums = []
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / "data" / name).write_bytes(data)
            sums.append(f"{hashlib.sha512(data).hexdigest()}  data/{name}\n")
        texts = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "manifest-sha512.txt": "".join(sums),
        }
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")
        tags = "".join(f"{hashlib.sha512(t.encode()).hexdigest()}  {n}\n" for n, t in texts.items())
        (folder / "tagmanifest-sha512.txt").write_text(tags, "utf-8")
        return folder

    return make


def told(folder: Path) -> list[str]:
    return [str(f).replace(f"{folder}/data/", "") for f in recheck(folder)[1]]


def test_a_document_is_judged_by_the_schema_in_its_package(bag: MakeBag) -> None:
    files = {"good.xml": TEI.format(""), "rules.rng": RNG.format(without="ab"), "other.xml": "<p/>"}
    assert told(bag(files)) == []


def test_a_document_that_its_schema_does_not_accept_is_told_once(bag: MakeBag) -> None:
    (found,) = told(bag({"bad.xml": TEI.format(""), "rules.rng": RNG.format(without="p")}))
    assert found.startswith("bad.xml:2: warning B010 is not valid by data/rules.rng: ")


def test_of_several_schemas_the_one_counts_that_the_document_names(bag: MakeBag) -> None:
    named = '<?xml-model href="https://example.org/strict.rng" type="application/xml"?>'
    schemas = {"strict.rng": RNG.format(without="p"), "wide.rng": RNG.format(without="ab")}
    found = told(bag({"one.xml": TEI.format(named), "two.xml": TEI.format(""), **schemas}))
    assert [f[:12] for f in found] == ["one.xml:2: w"]


def test_a_schema_that_is_none_is_told_once(bag: MakeBag) -> None:
    grammar = '<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>'
    (found,) = told(bag({"a.xml": TEI.format(""), "b.xml": TEI.format(""), "rules.rng": grammar}))
    assert found.startswith("rules.rng")
    assert " error G002 " in found


def test_a_schema_does_not_lead_out_of_the_package(bag: MakeBag, tmp_path: Path) -> None:
    (tmp_path / "secret.rng").write_text(RNG.format(without="p"), "utf-8")
    grammar = '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="{}"/></grammar>'
    (found,) = told(bag({"a.xml": TEI.format(""), "rules.rng": grammar.format("../../secret.rng")}))
    assert "lies outside the folder of the schema" in found


def test_an_inclusion_does_not_lead_out_of_the_package(bag: MakeBag, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET", "utf-8")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="../../secret.txt" parse="text"/>'
    folder = bag({"a.xml": TEI.format("").replace("One.", include), "rules.rng": RNG.format(without="q")})
    assert "SECRET" not in "".join(told(folder))


def test_containers_that_open_have_no_finding(bag: MakeBag) -> None:
    held = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(held)
    epub = zipped({"mimetype": b"application/epub+zip", "a.xhtml": b"x" * 9999})
    assert told(bag({"a.pdf": held.getvalue(), "a.epub": epub, "site.zip": zipped({"a": b"b"})})) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.epub", b"none", "E001 cannot be unpacked"),
        ("a.epub", zipped({"other": b"", "mimetype": b""}), "E001 does not begin with its media type"),
        ("a.zip", zipped({"a": b"abc" * 999}).replace(b"abc", b"abd", 1)[:-9], "E001 cannot be unpacked"),
        ("a.zip", b"PK\x05\x06" + b"\xff" * 18, "E001 cannot be unpacked"),
        ("a.pdf", b"%PDF-1.7\n", "E003 is cut off"),
        ("a.pdf", b"PDF\nstartxref\n0\n%%EOF\n", "E003 is cut off"),
        ("a.pdf", b"%PDF-1.7\nstartxref\n" + b"9" * 1000 + b"\n%%EOF\n", "E003 is cut off"),
    ],
)
def test_a_container_that_does_not_open_is_told(bag: MakeBag, name: str, content: bytes, words: str) -> None:
    (found,) = told(bag({name: content}))
    assert words in found


def test_a_part_of_a_zip_that_is_damaged_is_told(bag: MakeBag) -> None:
    data = bytearray(zipped({"a": bytes(range(256)) * 9}))
    data[60] ^= 1
    (found,) = told(bag({"a.zip": bytes(data)}))
    assert "E001 cannot be unpacked" in found


def test_a_zip_that_would_fill_the_memory_is_not_unpacked(bag: MakeBag, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rechecking, "LARGEST_ZIP", 1_000_000)
    (found,) = told(bag({"bomb.epub": zipped({"mimetype": b"application/epub+zip", "a": b"\0" * 1_000_001})}))
    assert "says that it has more than 1,000,000 bytes unpacked" in found


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command_says_what_it_read_and_that_nothing_was_found(bag: MakeBag, run: Callable) -> None:
    result = run("deposit", "--check", bag({"a.txt": "a"}))
    assert (result.exit_code, result.stdout.split(": ")[1], result.stderr) == (0, "bag, no findings\n", "")
    assert run("deposit", "-q", "--check", "bag").stdout == ""


def test_the_command_ends_with_one_for_damage_and_with_two_for_no_folder(bag: MakeBag, run: Callable) -> None:
    folder = bag({"a.txt": "a"})
    (folder / "data/a.txt").write_text("b", "utf-8")
    result = run("deposit", "--check", folder)
    assert result.exit_code == 1
    assert "bag/data/a.txt: error B002 is not what it was" in result.stderr
    missing = run("deposit", "--check", "nothing")
    assert (missing.exit_code, missing.stderr) == (
        2,
        "teipress: nothing: there is no such folder; name that of a package\n",
    )


def test_schemas_of_the_user_count_first(bag: MakeBag, run: Callable, tmp_path: Path) -> None:
    folder = bag({"marc.xml": '<record xmlns="http://www.loc.gov/MARC21/slim"><title/></record>'})
    assert "note B012 no schema is at hand for MARCXML (1)" in run("deposit", "--check", folder).stderr
    (tmp_path / "xsd").mkdir()
    names = 'xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.loc.gov/MARC21/slim"'
    schema = f"<schema {names} {{}}>{{}}</schema>"
    element = '<element name="record"><complexType/></element>'
    (tmp_path / "xsd/marc.xsd").write_text(schema.format('elementFormDefault="qualified"', element), "utf-8")
    result = run("deposit", "--check", folder, "--schemas", "xsd")
    assert result.exit_code == 1
    assert "bag/data/marc.xml:1: error B009 Element 'record'" in result.stderr


def test_a_file_that_cannot_be_read_is_told_as_such(
    bag: MakeBag, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = bag({"a.txt": "a"})

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("teipress.deposit.check.package.os.open", refuse)
    result = run("deposit", "--check", folder)
    assert result.exit_code == 2
    assert "cannot be read: Permission denied" in result.stderr


def test_in_a_folder_of_packages_each_is_judged_by_its_own_schema(bag: MakeBag, tmp_path: Path) -> None:
    made = {}
    for kind, without in (("bagit", "p"), ("saf", "ab")):
        made[kind] = bag({"one.xml": TEI.format(""), "rules.rng": RNG.format(without=without)})
        made[kind].rename(tmp_path / kind)
    (tmp_path / "deposit.json").write_text("{}", "utf-8")
    found = [f for f in recheck(tmp_path)[1] if f.code == "B010"]
    assert [Path(f.file).relative_to(tmp_path).as_posix() for f in found] == ["bagit/data/one.xml"]
