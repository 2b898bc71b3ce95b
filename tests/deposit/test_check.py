"""A package is read again: whatever kind it is of, and whoever made it, every damage is told."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from teipress.deposit import WRITERS
from teipress.deposit.check import check, examine
from teipress.deposit.check.lists import is_digest, leads_out, lines
from teipress.deposit.check.package import Package
from teipress.deposit.holding import Deposit
from teipress.errors import UsageError
from teipress.findings import CODES, Finding, Severity

MARC = b"<record xmlns='http://www.loc.gov/MARC21/slim'><leader>00000nam a2200000   4500</leader></record>\n"
KINDS = {
    "bagit": "bag",
    "dnb": "DNB transfer folder",
    "saf": "DSpace archive",
    "eark": "E-ARK package",
    "ocfl": "OCFL",
}
Make = Callable[..., Deposit]
Pack = Callable[[str], Path]


@pytest.fixture
def pack(deposit: Deposit, tmp_path: Path) -> Pack:
    """``pack("bagit")`` writes a package of that kind and says where."""

    def write(kind: str) -> Path:
        folder = tmp_path / kind
        folder.mkdir()
        WRITERS[kind](replace(deposit, records={**deposit.records, "marc.xml": MARC}), folder)
        return folder / "letters" if kind == "eark" else folder

    return write


def files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file())


def errors(folder: Path) -> list[Finding]:
    return [f for f in check(folder) if f.severity is Severity.ERROR]


def codes(folder: Path) -> set[str]:
    return {f.code for f in check(folder)} - {"B012"}


def told(folder: Path, code: str) -> str:
    """The one finding with a code, without the folder."""
    (found,) = [f for f in check(folder) if f.code == code]
    return str(found).replace(f"{folder}/", "").replace(str(folder), ".")


# --- what is whole has no finding ---------------------------------------------------------------------------------


def test_every_kind_is_tried() -> None:
    assert KINDS.keys() == WRITERS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_packed_is_recognised_and_whole(pack: Pack, kind: str) -> None:
    checked = examine(pack(kind))
    assert checked.kind == KINDS[kind]
    assert [f for f in checked.findings if f.code != "B012"] == []


def test_a_folder_of_packages_is_read_whole(pack: Pack, tmp_path: Path) -> None:
    folders = [pack(kind) for kind in KINDS]
    (tmp_path / "deposit.json").write_text("{}", "utf-8")
    shutil.rmtree(tmp_path / "holdings")
    checked = examine(tmp_path)
    assert checked.kind == "deposit (bag, DNB transfer folder, E-ARK package, OCFL, DSpace archive)"
    assert {f.code for f in checked.findings} - {"B012"} == {"B011"}  # no package has that record
    (folders[0] / "data/README.txt").write_text("other", "utf-8")
    (tmp_path / "stray.txt").write_text("", "utf-8")
    assert codes(tmp_path) == {"B002", "B003", "B006", "B011"}


@pytest.mark.parametrize("kind", ["bagit", "eark"])
def test_the_folder_around_a_package_will_do(pack: Pack, tmp_path: Path, kind: str) -> None:
    shutil.move(pack(kind), tmp_path / "outer/inner")
    assert examine(tmp_path / "outer").kind == KINDS[kind]
    assert codes(tmp_path / "outer") == set()
    (tmp_path / "outer/note.txt").write_text("", "utf-8")
    assert codes(tmp_path / "outer") == {"B003"}


@pytest.mark.parametrize("algorithms", [["md5"], ["sha256", "sha512"], ["sha1", "sha384"]], ids=str)
def test_a_bag_of_another_program(tmp_path: Path, require_module: Callable, algorithms: list[str]) -> None:
    require_module("bagit")
    import bagit

    for name in ("a b.txt", "sub/100%.txt", "sub/Grüße\n.txt"):
        (tmp_path / "bag" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "bag" / name).write_text(name, "utf-8")
    bagit.make_bag(str(tmp_path / "bag"), {"Contact-Name": "Ada"}, checksums=algorithms)
    assert (examine(tmp_path / "bag").kind, check(tmp_path / "bag")) == ("bag", [])
    (tmp_path / "bag/data/sub/100%.txt").write_text("100%", "utf-8")
    assert codes(tmp_path / "bag") >= {"B002"}


def test_an_object_of_another_program_with_two_versions(tmp_path: Path, require_module: Callable) -> None:
    require_module("ocfl")
    import ocfl

    for version, text in (("v1", "one"), ("v2", "two")):
        (tmp_path / "src" / version).mkdir(parents=True)
        (tmp_path / "src" / version / "a b.txt").write_text(text, "utf-8")
        (tmp_path / "src" / version / "same.txt").write_text("same", "utf-8")
    made = ocfl.Object(identifier="urn:x:1", fixity=["md5"])
    made.build(srcdir=str(tmp_path / "src"), objdir=str(tmp_path / "object"))
    assert (tmp_path / "object/v2/content").is_dir()
    assert (examine(tmp_path / "object").kind, check(tmp_path / "object")) == ("OCFL", [])
    next((tmp_path / "object/v1/content").glob("a*b.txt")).write_text("three", "utf-8")
    assert codes(tmp_path / "object") == {"B002"}


# --- every damage to every file -----------------------------------------------------------------------------------


def flips(data: bytes) -> Iterator[bytes]:
    """The same bytes with one bit turned: at both ends and at places that are always the same."""
    places = [0, len(data) - 1, *random.Random(len(data)).sample(range(len(data)), min(5, len(data)))]
    for place in places:
        turned = bytearray(data)
        turned[place] ^= 1 << place % 8
        yield bytes(turned)


@pytest.mark.parametrize("kind", KINDS)
def test_one_flipped_bit_in_any_file_is_told(pack: Pack, kind: str) -> None:
    folder = pack(kind)
    for path in files(folder):
        data = path.read_bytes()
        for flipped in flips(data):
            path.write_bytes(flipped)
            assert errors(folder), (path, flipped)
        path.write_bytes(data)
    assert errors(folder) == []


@pytest.mark.parametrize("kind", KINDS)
def test_any_file_that_is_missing_or_renamed_is_told(pack: Pack, kind: str) -> None:
    folder = pack(kind)
    for path in files(folder):
        data = path.read_bytes()
        path.unlink()
        assert errors(folder), path
        for name in (f"{path.name}.bak", f"x{path.name}"):
            path.with_name(name).write_bytes(data)
            assert errors(folder), (path, name)
            path.with_name(name).unlink()
        path.write_bytes(data)
    assert errors(folder) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_too_many_in_any_folder_is_told(pack: Pack, kind: str) -> None:
    folder = pack(kind)
    for place in [folder, *(p for p in folder.rglob("*") if p.is_dir())]:
        for name in ("extra.xml", ".DS_Store", "Thumbs.db"):
            (place / name).write_text("<a/>", "utf-8")
            assert errors(folder), place / name
            (place / name).unlink()


@pytest.mark.parametrize("kind", ["bagit", "ocfl", "eark", "dnb"])
def test_a_file_that_was_renamed_is_told_with_its_name_before(pack: Pack, kind: str) -> None:
    folder = pack(kind)
    (path,) = (p for p in files(folder) if p.name == "letters.pdf")
    path.rename(path.with_name("book.pdf"))
    before = path.relative_to(folder).as_posix()
    after = path.with_name("book.pdf").relative_to(folder).as_posix()
    before = before[before.find("v1/") :] if kind == "ocfl" else before  # as the inventory of the object has it
    assert told(folder, "B004") == f'{after}: error B004 is listed as "{before}" (give it that name again)'
    assert codes(folder) == {"B004"}


@pytest.mark.parametrize("algorithm", ["sha256", "sha512"])
def test_a_sum_that_differs_by_one_algorithm_alone_is_told(pack: Pack, algorithm: str) -> None:
    folder = pack("bagit")
    name = f"manifest-{algorithm}.txt"
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(("0" if text[0] != "0" else "1") + text[1:], "utf-8")
    for tags in folder.glob("tagmanifest-*"):
        tags.unlink()
    assert f"is not what it was, by {algorithm.upper().replace('SHA', 'SHA-')} (" in told(folder, "B002")
    assert codes(folder) == {"B002", "B011"}


# --- each finding, with an example --------------------------------------------------------------------------------


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def loosen(folder: Path) -> Path:
    """A bag without tag manifests, so that its other lists can be changed."""
    for tags in folder.glob("tagmanifest-*"):
        tags.unlink()
    return folder


def fetching(folder: Path) -> None:
    (loosen(folder) / "fetch.txt").write_text("https://example.org/r 13 data/README.txt\n", "utf-8")
    (folder / "data/README.txt").unlink()


MANIFEST = "manifest-sha256.txt"
EXAMPLES: dict[str, tuple[str, str, Callable[[Path], object], str]] = {
    "a missing file": ("B001", "bagit", lambda f: (f / "data/README.txt").unlink(), "data/README.txt: error"),
    "a file to be fetched": ("B001", "bagit", fetching, "nothing is fetched"),
    "a changed file": ("B002", "ocfl", lambda f: next(f.rglob("README.txt")).write_text("x"), "SHA-256 and SHA-512"),
    "a file too many": ("B003", "eark", lambda f: (f / "new.txt").write_text("x"), "new.txt: error"),
    "a renamed file": (
        "B004",
        "saf",
        lambda f: next(f.rglob("README.txt")).rename(f / "item_000/R.txt"),
        "R.txt: error",
    ),
    "no package": ("B005", "bagit", lambda f: [p.unlink() for p in files(f) if p.parent == f], "no package of a known"),
    "a bag of another size": (
        "B006",
        "bagit",
        lambda f: change(loosen(f) / "bag-info.txt", "Oxum: ", "Oxum: 1"),
        "but it is",
    ),
    "a bag that declares nothing": ("B006", "bagit", lambda f: (f / "bagit.txt").write_text("x"), "does not declare"),
    "a line that is none": (
        "B006",
        "bagit",
        lambda f: change(loosen(f) / "manifest-sha256.txt", "  ", ""),
        ":1: error",
    ),
    "a bag of the future": (
        "B007",
        "bagit",
        lambda f: change(f / "bagit.txt", "1.0", "2.0"),
        "BagIt 2.0, which is not",
    ),
    "an object of the future": (
        "B007",
        "ocfl",
        lambda f: next(f.rglob("0=ocfl_object*")).rename(next(f.rglob("inventory.json")).parent / "0=ocfl_object_3.0"),
        'of version "3.0"',
    ),
    "a path that climbs": (
        "B008",
        "bagit",
        lambda f: change(loosen(f) / "manifest-sha256.txt", "data/README.txt", "data/../../../../etc/passwd"),
        "trust none of it",
    ),
    "an item that lists what is elsewhere": (
        "B008",
        "saf",
        lambda f: (f / "item_000/contents").write_text("/etc/passwd\tbundle:ORIGINAL\n"),
        'contents: error B008 lists "/etc/passwd", which leads out',
    ),
    "a link": ("B008", "saf", lambda f: (f / "item_000/out").symlink_to("/etc/passwd"), "is a link"),
    "a record that is wrong": (
        "B009",
        "bagit",
        lambda f: (f / "data/premis.xml").write_text('<premis xmlns="http://www.loc.gov/premis/v3" version="3.0"/>'),
        "data/premis.xml:1: error",
    ),
    "a bag without tag manifests": ("B011", "bagit", loosen, "has no tag manifest"),
    "an archive without sums": ("B011", "saf", lambda f: [p.unlink() for p in f.glob("*.sha*")], "no lists of sums"),
    "a record without a schema": (
        "B012",
        "bagit",
        lambda f: (f / "data/marc.xml").write_text('<record xmlns="http://www.loc.gov/MARC21/slim"/>'),
        "MARCXML (1)",
    ),
}


@pytest.mark.usefixtures("schemas")
@pytest.mark.parametrize("example", EXAMPLES)
def test_each_damage_is_told_with_its_place(pack: Pack, example: str) -> None:
    code, kind, damage, words = EXAMPLES[example]
    folder = pack(kind)
    damage(folder)
    assert any(words in str(f) for f in check(folder) if f.code == code)


def test_every_code_has_an_example() -> None:
    elsewhere = {"B010"}  # in tests/test_rechecking.py
    assert {code for code in CODES if code[0] == "B"} == {code for code, *_ in EXAMPLES.values()} | elsewhere


# --- packages that mean harm --------------------------------------------------------------------------------------


def test_no_path_of_a_list_leads_out() -> None:
    out = ("/etc/passwd", "../x", "data/../../x", "~/x", "~root/x", "C:\\x", "c:/x", "\\\\host\\x", "", "a\0b")
    assert [path for path in out if not leads_out(path)] == []
    inside = ("data/a", "data/a..b", "data/~a", "a b/ü", "...", "data/%2e%2e/x")
    assert [path for path in inside if leads_out(path)] == []


def test_links_are_told_and_nothing_behind_them_is_read(pack: Pack, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "README.txt").write_text("Two letters.\n", "utf-8")
    folder = pack("bagit")
    (folder / "data/README.txt").unlink()
    (folder / "data/README.txt").symlink_to(secret / "README.txt")  # the very bytes that are listed
    (folder / "data/more").symlink_to(secret)
    (folder / "data/loop").symlink_to(folder)
    assert {f.code for f in check(folder)} == {"B001", "B006", "B008"}
    assert [f for f in check(folder) if "secret" in str(f)] == []


def test_what_is_no_file_is_told_and_not_opened(pack: Pack) -> None:
    import os

    folder = pack("bagit")
    os.mkfifo(folder / "data/pipe")
    assert "data/pipe: error B006 is no file" in told(folder, "B006")


def test_a_list_that_names_other_files_makes_nothing_be_read(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, read = pack("eark"), []
    for target in (
        "/etc/passwd",
        "../../../../etc/passwd",
        "file:///etc/passwd",
        "https://example.org/x",
        "%2fetc/x",
        "http://[x",
    ):
        text = (folder / "METS.xml").read_text("utf-8")
        (folder / "METS.xml").write_text(text.replace("documentation/README.txt", target), "utf-8")
        monkeypatch.setattr(Package, "read", lambda self, name, limit=0: read.append(name) or b"")
        assert "B008" in codes(folder), target
        monkeypatch.undo()
        (folder / "METS.xml").write_text(text, "utf-8")
    assert set(read) == {"METS.xml"}


LAUGHS = '<!DOCTYPE m [<!ENTITY a "ha">{}]><mets xmlns="http://www.loc.gov/METS/">&z;</mets>'


@pytest.mark.parametrize("name", ["METS.xml", "representations/rep1/METS.xml", "metadata/preservation/premis.xml"])
def test_entities_are_never_expanded(pack: Pack, name: str) -> None:
    folder = pack("eark")
    nested = "".join(
        f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefghijklmnop", "bcdefghijklmnopz", strict=True)
    )
    (folder / name).write_text(LAUGHS.format(nested), "utf-8")
    assert errors(folder)
    (folder / name).write_text('<!DOCTYPE m [<!ENTITY z SYSTEM "/etc/passwd">]><m>&z;</m>', "utf-8")
    assert [f for f in check(folder) if "root:" in str(f)] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"[" * 100_000,
        b"null",
        b"[1]",
        b'{"id": "x", "digestAlgorithm": "md5"}',
        b'{"id": 1, "digestAlgorithm": "sha512"}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": [], "versions": {}}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": {"a": "b"}, "versions": {}}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": {"a": ["../b"]}, "versions": {}}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": {}, "versions": {"v1": 1}}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": {}, "versions": {"v1": {"state": null}}}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": {}, "versions": {}, "fixity": 7}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": {}, "versions": {}, "fixity": {"md5": 7}}',
        b'{"id": "x", "digestAlgorithm": ["sha512"], "manifest": {}, "versions": {}}',
        b'{"id": "x", "digestAlgorithm": "sha512", "manifest": {}, "versions": {"v1": {"state": {}}}, "head": ["v1"]}',
        b"\xff\xfe\x00",
    ],
)
def test_an_inventory_may_hold_anything(pack: Pack, content: bytes) -> None:
    folder = pack("ocfl")
    path = min(folder.rglob("inventory.json"), key=lambda p: len(p.parts))
    path.write_bytes(content)
    path.with_name("inventory.json.sha512").write_text(
        f"{hashlib.sha512(content).hexdigest()} inventory.json\n", "ascii"
    )
    assert errors(folder)


def test_an_inventory_that_contradicts_itself_is_told(pack: Pack) -> None:
    folder = pack("ocfl")
    path = min(folder.rglob("inventory.json"), key=lambda p: len(p.parts))
    sound = json.loads(path.read_text("utf-8"))
    state = sound["versions"]["v1"]
    for wrong in (
        {"head": "v2"},
        {"versions": {"v2": state}},
        {"versions": {"v1": state, "v3": state}, "head": "v3"},
        {"versions": {"v1": state, "x": state}},
        {"versions": {"v1": {**state, "state": {"0" * 128: ["x"]}}}},
    ):
        content = json.dumps({**sound, **wrong}).encode()
        path.write_bytes(content)
        digest = hashlib.sha512(content).hexdigest()
        path.with_name("inventory.json.sha512").write_text(f"{digest} inventory.json\n", "ascii")
        assert "B006" in codes(folder), wrong


def test_a_list_may_be_of_any_bytes(pack: Pack) -> None:
    folder = loosen(pack("bagit"))
    for content in (
        b"\xff\xfe",
        b"\0" * 100,
        b"a" * 100_000,
        b"\n" * 1000,
        b"f" * 64 + b"  \n",
        b"0" * 64 + b"  a\0b\n",
    ):
        (folder / "manifest-sha256.txt").write_bytes(content)
        assert errors(folder), content[:10]


@pytest.mark.parametrize("encoding", ["UTF-7", "rot13", "utf-8-sig", "idna", "x"])
def test_an_encoding_is_one_that_bags_have(pack: Pack, encoding: str) -> None:
    folder = loosen(pack("bagit"))
    change(folder / "bagit.txt", "UTF-8", encoding)
    assert "B006" in codes(folder)


def test_names_on_disk_may_be_of_any_bytes(pack: Pack, run: Callable) -> None:
    import os

    folder = pack("bagit")
    with open(os.fsencode(folder / "data") + b"/\xff\xfe\n\x1b[31m.txt", "wb"):  # noqa: PTH123
        pass
    result = run("deposit", "--check", folder)
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr


# --- small parts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("0" * 64, True),
        ("f" * 64, True),
        ("F" * 64, True),
        ("f" * 63 + "F", False),
        ("0" * 63, False),
        ("g" * 64, False),
    ],
)
def test_a_digest_is_hexadecimal_in_one_case(text: str, good: bool) -> None:
    assert is_digest(text, "sha256") is good


def test_only_line_ends_end_lines() -> None:
    assert lines("a\r\nb\rc\nd\x0be\x85f\n") == ["a", "b", "c", "d\x0be\x85f"]
    assert lines("\n") == lines("") == []


def test_a_name_may_compose_its_letters_otherwise(tmp_path: Path) -> None:
    (tmp_path / "Gru\u0308sse.txt").write_text("", "utf-8")
    package = Package(tmp_path)
    assert package.find("Grüsse.txt") == "Gru\u0308sse.txt"
    assert package.find("Grusse.txt") == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nothing", "there is no such folder"),
        ("bag.zip", "unpack it"),
        ("bag.tar", "unpack it"),
        ("a.txt", "name the folder"),
    ],
)
def test_what_is_no_folder_is_told(tmp_path: Path, name: str, words: str) -> None:
    if name != "nothing":
        (tmp_path / name).write_text("x", "utf-8")
    with pytest.raises(UsageError, match=words):
        check(tmp_path / name)


def test_an_empty_folder_is_no_package(tmp_path: Path) -> None:
    assert "has no files" in told(tmp_path, "B005")


def test_many_files_of_the_same_content_that_are_all_renamed_take_no_longer(pack: Pack) -> None:
    folder = loosen(pack("bagit"))
    digest = hashlib.sha256(b"same").hexdigest()
    (folder / "manifest-sha512.txt").unlink()
    (folder / MANIFEST).write_text("".join(f"{digest}  data/{n}\n" for n in range(2000)), "utf-8")
    for n in range(2000):
        (folder / f"data/x{n}").write_text("same", "utf-8")
    started = time.process_time()
    assert len([f for f in check(folder) if f.code == "B004"]) == 2000
    assert time.process_time() - started < 5


def test_folders_in_folders_come_to_an_end(tmp_path: Path) -> None:
    deep = tmp_path.joinpath("deposit", *["bagit"] * 200)
    deep.mkdir(parents=True)
    for folder in (tmp_path / "deposit", *deep.parents[:199]):
        (folder / "deposit.json").write_text("{}", "utf-8")
    assert errors(tmp_path / "deposit")
