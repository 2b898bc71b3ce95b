"""Tiny whole editions: each folder here is one, built from its edition.toml to its output."""

import gzip
import re
import secrets
import shutil
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest

from teipress.config import settings_for
from teipress.pipeline import build

EDITIONS = Path(__file__).parent


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No fonts: cutting them down takes longer than all the rest."""
    monkeypatch.setattr("teipress.package.fonts.available", tuple)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def copy(tmp_path):
    """``copy("restricted")`` is a copy of an edition, beside which the other editions lie as well."""

    def make(name):
        shutil.copytree(EDITIONS, tmp_path / "editions", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        return tmp_path / "editions" / name

    return make


def made(folder, out, audience="public"):
    """Build an edition: the report, and each file of the output."""
    report = build(settings_for(folder), out, ("html", "epub"), audience)
    assert [str(f) for f in report.findings if f.severity == "error"] == []
    return report, {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def test_an_edition_with_its_own_rules_and_templates(copy, tmp_path):
    report, files = made(copy("own-look"), tmp_path / "out")
    page = files["html/song.html"].decode()
    assert '<mark class="hi r-italic">loud</mark>' in page
    assert '<span class="own-seal" title="left">seal</span>' in page
    assert "running heads" not in page
    assert "The editor hides nothing else." in re.sub(r"<[^>]+>", "", page)
    assert "1 song: " in files["html/index.html"].decode()
    assert "V001" not in {f.code for f in report.findings}


def test_a_rule_for_one_format_leaves_the_others_to_the_next(copy, tmp_path):
    _, files = made(copy("own-look"), tmp_path / "out")
    page = files["epub/own-look/EPUB/song.xhtml"].decode()
    assert "own-seal" not in page
    assert ">seal</span>" in page


def plain(files):
    """Every byte of the output, packed files unpacked."""
    for name, data in files.items():
        yield name, name.encode() + data
        if name.endswith(".epub"):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for entry in archive.namelist():
                    yield f"{name}!{entry}", entry.encode() + archive.read(entry)
        if data.startswith(b"\x1f\x8b"):  # an index of the search
            yield f"{name}!", gzip.decompress(data)


def marked(folder, token):
    """The edition with every canary turned into a token that occurs nowhere else."""
    path = folder / "report.xml"
    text = path.read_text(encoding="utf-8")
    assert text.count("CANARY") > 20
    path.write_text(text.replace("CANARY", token), encoding="utf-8")


def test_not_a_byte_of_what_is_withheld_gets_out(copy, tmp_path):
    folder, token = copy("restricted"), f"C{secrets.token_hex(8)}"
    marked(folder, token)
    _, files = made(folder, tmp_path / "out")
    assert [name for name, data in plain(files) if token.encode() in data] == []
    assert "Seen by" in files["html/report.html"].decode()
    assert "withheld" in files["html/report.html"].decode()
    assert any(b"Seen by" in data for name, data in plain(files) if name.endswith(".pf_fragment!"))


def test_nothing_withheld_is_in_the_files_for_programs(copy, tmp_path):
    folder, token = copy("restricted"), f"C{secrets.token_hex(8)}"
    marked(folder, token)
    settings, source = folder / "edition.toml", folder / "report.xml"
    settings.write_text(settings.read_text("utf-8") + '\n[html]\nurl = "https://example.org/"\n', "utf-8")
    written = source.read_text("utf-8").replace("The test press", "The test press <email>a@example.org</email>")
    source.write_text(written.replace("<head>The end", '<pb n="2"/><head>The end'), "utf-8")
    _, files = made(folder, tmp_path / "out")
    there = {name.removeprefix("html/") for name in files}
    assert {"dts/index.json", "dts/document/report.xml", "oai.xml", "sitemap.xml", "data/report.xml"} <= there
    assert any(name.startswith("dts/document/report;tree=pages;ref=") for name in there)
    assert [name for name, data in plain(files) if token.encode() in data] == []


def test_the_downloads_have_what_may_be_seen_and_nothing_else(copy, tmp_path):
    folder, token = copy("restricted"), f"C{secrets.token_hex(8)}"
    marked(folder, token)
    _, files = made(folder, tmp_path / "out")
    source, text, data = (files[f"html/data/report.{end}"].decode() for end in ("xml", "txt", "json"))
    for words in (source, text, data):
        assert "is seen" in words
        assert token not in words
    assert re.search(r"<rs type=.person.>woman</rs>\s+is seen <ref>there</ref>", source)
    assert 'ana="#restricted-not"' in source
    assert "<!--" not in source
    assert {name for name in files if name.startswith("html/cite/")}
    _, everything = made(folder, tmp_path / "all", "archivists")
    assert f"{token} in a paragraph" in everything["html/data/report.txt"].decode()
    assert f'key="{token}-id"' in everything["html/data/report.xml"].decode()


def test_another_audience_sees_it(copy, tmp_path):
    folder, token = copy("restricted"), f"C{secrets.token_hex(8)}"
    marked(folder, token)
    _, files = made(folder, tmp_path / "out", "archivists")
    page = files["html/report.html"].decode()
    for place in ("a heading", "a paragraph", "a note", "an item", "a cell", "a row", "a division"):
        assert f"{token} in {place}" in page
    assert f"{token}, person" in files["html/persons.html"].decode()


def test_how_much_is_withheld_does_not_show(copy, tmp_path):
    """Two copies whose withheld text differs in every way but its place give the same output."""
    folder = copy("restricted")
    short, long = tmp_path / "a" / "restricted", tmp_path / "b" / "restricted"
    for variant, token in ((short, "C"), (long, f"C{secrets.token_hex(400)}")):
        shutil.copytree(folder, variant)
        marked(variant, token)
    _, one = made(short, tmp_path / "out-a")
    _, other = made(long, tmp_path / "out-b")
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["source", "print"])
def test_how_much_is_withheld_does_not_show_in_print(copy, tmp_path, profile):
    """Neither in the length of a line nor in a font, and nothing is kept beside the output."""
    folder = copy("restricted")
    settings = (folder / "edition.toml").read_text("utf-8")
    (folder / "edition.toml").write_text(f'{settings}\n[pdf]\nprofile = "{profile}"\n', "utf-8")
    files = []
    for token in ("C", f"C{secrets.token_hex(200)}\u0416\u6f22"):
        variant = tmp_path / str(len(token)) / "restricted"
        shutil.copytree(folder, variant)
        marked(variant, token)
        build(settings_for(variant), tmp_path / "out", ("pdf",))
        files.append({p.name: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()})
        assert not list(tmp_path.glob(".out*"))
    assert files[0] == files[1]


@pytest.fixture
def corpus(copy, tmp_path):
    folder = copy("corpus")
    (folder / "seals").mkdir()
    (folder / "seals/seal.png").write_bytes(png())
    return made(folder, tmp_path / "out")


def png():
    """A red picture of one pixel."""

    def chunk(kind, data):
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def test_the_documents_of_a_corpus_come_in_its_order(corpus):
    _, files = corpus
    start = files["html/index.html"].decode()
    assert start.index("Letter one") < start.index("Letter two")


def test_what_could_not_be_included_is_told_and_the_rest_is_built(corpus):
    report, files = corpus
    assert sorted(f.code for f in report.findings) == ["X003", "X004"]
    assert not any(b"Song of Three Rules" in data for data in files.values())


def test_pictures_go_along_and_are_shown_with_their_descriptions(corpus):
    _, files = corpus
    for folder, extension in (("html", "html"), ("epub/corpus/EPUB", "xhtml")):
        shown = [
            (folder, *m)
            for name, data in files.items()
            if name.startswith(folder) and name.endswith(extension)
            for m in re.findall(r'<img[^>]* src="([^"]+)" alt="([^"]+)"', data.decode())
        ]
        assert sorted(alt for _, _, alt in shown) == ["The seal of letter one", "The seal of letter two"]
        assert {files[f"{folder}/{src}"] for _, src, _ in shown} == {png()}
    assert b"image/png" in files["epub/corpus/EPUB/package.opf"]


def test_the_same_name_in_two_files_is_two_places(corpus):
    """Both letters have a ``p1``; each reference leads to the greeting of its own letter."""
    _, files = corpus
    text = {n: d.decode() for n, d in files.items() if n.startswith("html/") and n.endswith(".html")}
    for letter in ("one", "two"):
        (page,) = (t for t in text.values() if f"The seal of letter {letter}" in t)
        file, _, identifier = re.search(r'href="([^"]*)"[^>]*>the greeting<', page)[1].partition("#")
        target = page if not file else text[f"html/{file}"]
        assert re.search(rf'id="{identifier}"[^>]*>(?:<a[^>]*>[^<]*</a>)?Dear reader of letter {letter}', target)


def test_a_reference_to_another_document_leads_to_it(corpus):
    _, files = corpus
    text = {n: d.decode() for n, d in files.items() if n.startswith("html/") and n.endswith(".html")}
    (page,) = (t for t in text.values() if "The seal of letter one" in t)
    assert re.search(r'<a[^>]* href="[^"]+"[^>]*>letter two</a>', page)


def test_a_finding_on_what_is_withheld_is_not_published(copy, tmp_path):
    folder = copy("restricted")
    for path in folder.rglob("*.xml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace('ana="#restricted"', 'ana="#restricted" corresp="#canary-person"'), encoding="utf-8"
        )
    report, files = made(folder, tmp_path / "out")
    assert any("canary-person" in f.message for f in report.findings)
    assert [name for name, data in files.items() if b"canary-person" in data] == []


def test_an_entry_that_only_withheld_text_names_is_told_and_not_published(copy, tmp_path):
    folder = copy("restricted")
    for path in folder.rglob("*.xml"):
        text = path.read_text(encoding="utf-8")
        entry = '<person xml:id="bela"><persName>Bela Sample</persName></person></listPerson>'
        text = text.replace("</listPerson>", entry)
        path.write_text(
            text.replace("CANARY in an item", 'Seen by <persName ref="#bela">B.</persName>'), encoding="utf-8"
        )
    report, files = made(folder, tmp_path / "out")
    assert ["Bela Sample" in f.message for f in report.findings if f.code == "K004"] == [True]
    assert b"K004" not in files["report.json"]
    everything, _ = made(folder, tmp_path / "all", "archivists")
    assert [f for f in everything.findings if f.code == "K004"] == []


def test_no_image_of_a_page_shows_what_is_withheld(copy, tmp_path):
    _, files = made(copy("page-images"), tmp_path / "out")
    assert [n for n, data in plain(files) if re.search(rb"CANARY|leaf-5|leaf-6", data)] == []
    assert {n for n in files if n.startswith("html/images/")} == {
        "html/images/scans/leaf-1.png",
        "html/images/scans/opening.png",
    }
    assert not any("/images/" in n for n in files if n.startswith("epub/"))
    _, everything = made(copy_of(tmp_path, "page-images"), tmp_path / "all", "archivists")
    assert {"html/images/scans/leaf-5.png", "html/images/scans/leaf-6.png"} <= everything.keys()
    assert b"leaf-5.png" in everything["html/iiif/notebook.json"]


def copy_of(tmp_path, name):
    """The copy of an edition that `copy` has made."""
    return tmp_path / "editions" / name


def test_an_edition_with_images_of_pages_is_the_same_each_time(copy, tmp_path):
    folder = copy("page-images")
    _, first = made(folder, tmp_path / "one")
    _, second = made(folder, tmp_path / "two")
    assert first == second
