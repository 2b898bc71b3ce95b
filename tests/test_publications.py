"""EPUBs of single documents, and the fonts that go along."""

import zipfile

import pytest
from lxml import etree

from teipress.config import settings_for
from teipress.errors import UsageError
from teipress.pipeline import build, prove

TOML = 'name = "tiny"\nformats = ["epub"]\n\n[epub]\ndocuments = true\n'
WITHHELD = '\n[access.public]\nwithhold = ["#secret"]\n'
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture
def made(write_edition, tmp_path):
    """``made({"first.xml": …})`` builds the EPUBs of an edition of two letters, and says where they are."""

    def make(files=None, toml=TOML):
        settings = settings_for(write_edition(files, toml))
        report = build(settings, tmp_path / "out", ("epub",))
        assert [str(f) for f in report.findings if f.severity == "error"] == []
        assert [str(f) for f in prove(tmp_path / "out", settings) if f.severity == "error"] == []
        return tmp_path / "out/epub"

    return make


def packed(folder):
    return sorted(path.name for path in folder.glob("*.epub"))


def opened(path):
    """The files in an EPUB: name → text."""
    with zipfile.ZipFile(path) as archive:
        return {
            name.removeprefix("EPUB/"): archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        }


def first_with(more):
    """The first letter with something more in it."""
    from conftest import EDITION_FILES

    return {"first.xml": EDITION_FILES["first.xml"].replace("<p><persName", f"{more}<p><persName")}


def test_an_edition_is_one_epub_unless_it_asks_for_more(made):
    assert packed(made(toml='name = "tiny"\n')) == ["tiny.epub"]


def test_each_document_becomes_an_epub_of_its_own(made):
    folder = made()
    assert packed(folder) == ["tiny-first.epub", "tiny-second.epub", "tiny.epub"]
    whole, first, second = (opened(folder / name) for name in ("tiny.epub", "tiny-first.epub", "tiny-second.epub"))
    assert {"first.xhtml", "second.xhtml", "persons.xhtml", "redactions.xhtml", "about.xhtml"} <= set(whole)
    assert {"first.xhtml", "persons.xhtml", "about.xhtml"} <= set(first)
    assert not {"second.xhtml", "redactions.xhtml"} & set(first)
    assert "persons.xhtml" not in second, "nobody is named in it"
    package = etree.fromstring(first["package.opf"].encode())
    said = {e.tag.removeprefix(DC): e.text for e in package.iter() if str(e.tag).startswith(DC)}
    assert said["title"] == "The first letter"
    assert said["publisher"] == "The test press", "what its own header does not say is said by the edition's"
    assert "Two letters</meta>" in first["package.opf"], "the collection that it belongs to"
    assert "Page numbers are those of the letters." in first["about.xhtml"]
    identifiers = {
        files["package.opf"].partition("<dc:identifier")[2].partition("</")[0] for files in (whole, first, second)
    }
    assert len(identifiers) == 3
    stated = etree.fromstring(whole["package.opf"].encode()).findtext(f".//{DC}identifier")
    assert f'"dcterms:identifier">{stated}</meta>' in first["package.opf"], "by which the edition is found"


def test_an_edition_of_one_document_is_one_epub(write_tei, write_edition, tmp_path):
    text = write_tei().read_text("utf-8")
    settings = settings_for(write_edition({"edition.xml": text}, TOML))
    build(settings, tmp_path / "out", ("epub",))
    assert packed(tmp_path / "out/epub") == ["tiny.epub"]


def test_a_link_to_another_document_leads_nowhere(made):
    folder = made(
        first_with('<p><ref target="second.xml#second">The other.</ref> <ref target="#first">This.</ref></p>')
    )
    assert '<a class="ref" href="second.xhtml#second">' in opened(folder / "tiny.epub")["first.xhtml"]
    alone = opened(folder / "tiny-first.epub")["first.xhtml"]
    assert '<span class="ref">The other.</span>' in alone
    assert '<a class="ref" href="#first">This.</a>' in alone


def test_a_document_that_is_withheld_becomes_none(made):
    from conftest import EDITION_FILES

    secret = EDITION_FILES["second.xml"].replace('xml:id="second"', 'xml:id="second" ana="#secret"')
    folder = made({"second.xml": secret.replace("Nobody knows", "Kolchis")}, TOML + WITHHELD)
    assert packed(folder) == ["tiny.epub"], "what is left is one document"
    assert not [path for path in folder.rglob("*") if path.is_file() and b"Kolchis" in path.read_bytes()]


def test_what_gets_lost_in_the_epub_of_a_document_is_found(made, write_edition, tmp_path):
    folder = made()
    page = folder / "tiny-first/EPUB/first.xhtml"
    page.write_text(page.read_text("utf-8").replace(" writes.", ""), "utf-8")
    found = prove(tmp_path / "out", settings_for(write_edition(None, TOML)))
    codes = {f.code for f in found}
    assert {"F001", "E001", "E002"} <= codes, "words, the container beside it, the manifest"


def test_the_setting_is_true_or_false(write_edition):
    with pytest.raises(UsageError, match='"documents" must be true or false'):
        settings_for(write_edition(None, TOML.replace("true", '"yes"')))


def test_only_pictures_that_it_shows_go_along(made, tmp_path):
    from PIL import Image

    (tmp_path / "tiny").mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "tiny/hill.png")
    folder = made(first_with('<figure><graphic url="hill.png"/><figDesc>A hill</figDesc></figure>'))
    assert [("images/hill.png" in opened(folder / name)) for name in packed(folder)] == [True, False, True]
    assert "alternativeText" in opened(folder / "tiny.epub")["package.opf"]
    assert "visual" not in opened(folder / "tiny-second.epub")["package.opf"]


# Fonts


def fonts(path):
    return {name for name in opened(path) if name.startswith("fonts/")}


def test_what_every_reader_can_show_takes_no_font_along(made):
    text = "<p>“Ærøskøbing” – Москва α Ω 日本語の文 שלום مرحبا ṣaṃskṛta ½ €</p>"
    folder = made(first_with(text))
    assert not any(fonts(folder / name) for name in packed(folder))


def test_a_script_of_its_own_takes_its_font_along(made, require_tool):
    require_tool("fc-list")
    folder = made(first_with("<p>\U00010330\U00010332 देव ꝑ</p>"))
    wanted = {f"fonts/noto-{name}.woff2" for name in ("sans-gothic", "serif-devanagari", "serif")}
    assert fonts(folder / "tiny.epub") == fonts(folder / "tiny-first.epub") == wanted
    assert fonts(folder / "tiny-second.epub") == set()
    files = opened(folder / "tiny.epub")
    assert all(f'href="{name}" media-type="font/woff2"' in files["package.opf"] for name in wanted)
    assert "unicode-range: U+10330, U+10332;" in files["style.css"]
    size = sum((folder / "tiny/EPUB" / name).stat().st_size for name in wanted)
    assert size < 60_000, "cut down to what is read"


def test_a_font_that_goes_along_may_do_so_and_joins_letters(made, require_tool):
    from fontTools.ttLib import TTFont

    require_tool("fc-list")
    folder = made(first_with("<p>क्षेत्र</p>"))
    with TTFont(folder / "tiny/EPUB/fonts/noto-serif-devanagari.woff2") as font:
        assert set("कषतर") <= {chr(c) for c in font.getBestCmap()}
        assert "Open Font License" in str(font["name"].getDebugName(13))
        assert font["OS/2"].fsType == 0
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"half", "akhn"} & features


def test_without_fontconfig_an_epub_is_made_without_fonts(made, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert fonts(made(first_with("<p>\U00010330</p>")) / "tiny.epub") == set()
