"""edition.toml: every setting arrives, and whatever is wrong with one is said in a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teipress.config import FORMATS, Settings, check_formats, edition_of, settings_for, slug
from teipress.errors import UsageError
from teipress.paper import SIZES

Write = Callable[[str], Path]

WHOLE = """\
name = "letters"
source = "parts/all.xml"
formats = ["epub", "pdf"]
interface = "ja"

[validate]
schema = "rules.rng"

[pages]
streams = ["#print", "#manuscript"]

[html]
split = "division"
search = false

[pdf]
size = "A5"

[access.readers]
withhold = ["#restricted", "#private"]

[access.family]
withhold = []
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes an edition.toml into an edition with an empty edition.xml and parts/all.xml, and says where."""

    def write(toml: str) -> Path:
        folder = tmp_path / "letters of 1905"
        (folder / "parts").mkdir(parents=True)
        for name, text in (("edition.xml", ""), ("parts/all.xml", ""), ("edition.toml", toml)):
            (folder / name).write_text(text, "utf-8")
        return folder

    return write


def complaint(path: Path) -> str:
    """What is said about an edition.toml: one line that begins with the path of the file."""
    with pytest.raises(UsageError) as caught:
        settings_for(path)
    message = str(caught.value)
    assert message.startswith(f"{path / 'edition.toml'}: ")
    assert "\n" not in message
    return message


def test_every_setting_arrives_where_it_belongs(write: Write) -> None:
    folder = write(WHOLE)
    assert settings_for(folder) == Settings(
        name="letters",
        folder=folder,
        source=folder / "parts" / "all.xml",
        formats=("epub", "pdf"),
        interface="ja",
        schema="rules.rng",
        split="division",
        size="A5",
        streams=("#print", "#manuscript"),
        withhold={"readers": ("#restricted", "#private"), "family": ()},
        declared=True,
    )


def test_an_empty_edition_toml_means_all_defaults(write: Write) -> None:
    folder = write("")
    assert settings_for(folder) == Settings(
        name="letters-of-1905", folder=folder, source=folder / "edition.xml", search=True, declared=True
    )


def test_an_edition_can_be_named_by_its_folder_or_its_edition_toml(write: Write) -> None:
    folder = write(WHOLE)
    assert settings_for(folder) == settings_for(folder / "edition.toml")


def test_a_lone_file_needs_no_settings_and_makes_all_formats(write: Write) -> None:
    path = write(WHOLE) / "edition.xml"
    assert settings_for(path) == Settings(name="edition", folder=path.parent, source=path, formats=FORMATS)


def test_only_a_declared_edition_brings_its_own_templates(write: Write) -> None:
    folder = write("")
    assert settings_for(folder).templates is None
    (folder / "templates").mkdir()
    assert settings_for(folder).templates == folder / "templates"
    assert settings_for(folder / "edition.xml").templates is None


@pytest.mark.parametrize("size", [*SIZES, "156mm x 234mm", "6.14in x 9.21in", "17cm × 24cm", "400pt x 600pt"])
def test_every_size_is_accepted(write: Write, size: str) -> None:
    assert settings_for(write(f'[pdf]\nsize = "{size}"')).size == size


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('nam = "x"', ['"nam"', 'did you mean "name"?']),
        ("colour = 1", ['"colour"', "known here: name, source, formats"]),
        ('schema = "teipress"', ['"schema"']),
        ('[html]\nspilt = "never"', ['"spilt"', "[html]", 'did you mean "split"?']),
        ('[htlm]\nsplit = "never"', ["[htlm]", 'did you mean "[html]"?']),
        ("[colours]\nlink = 1", ["[colours]", "[access], [epub], [html], [pages], [pdf], [press], [validate]"]),
    ],
    ids=["misspelt", "unknown", "in the wrong table", "misspelt in a table", "misspelt table", "unknown table"],
)
def test_a_setting_or_table_that_does_not_exist_is_refused_with_what_it_may_have_been(
    write: Write, toml: str, said: list[str]
) -> None:
    message = complaint(write(toml))
    assert "unknown" in message
    assert [s for s in said if s not in message] == []


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("name = 1", '"name" must be a text'),
        ("source = true", '"source" must be a text'),
        ('source = ["a.xml"]', '"source" must be a text'),
        ("[validate]\nschema = 1", '"schema" must be a text'),
        ("interface = 1", '"interface" must be a text'),
        ('interface = "la"', '"interface" cannot be "la"; it is one of "en", "de", "fr", "ja"'),
        ("[html]\nsplit = 1", '"split" must be a text'),
        ('[html]\nsplit = "page"', '"split" cannot be "page"; it is one of "auto", "never", "division"'),
        ('[html]\nsearch = "yes"', '"search" must be true or false'),
        ('[pdf]\nsize = "B5"', '"size" cannot be "B5"'),
        ("[pdf]\nsize = 5", '"size" must be a text'),
        ('[pdf]\nsize = "156mm"', '"size" cannot be "156mm"; it is one of "A4"'),
        ('[pdf]\nsize = "156 x 234"', 'a width and a height such as "156mm x 234mm"'),
        ('[pdf]\nsize = "234mm x 156mm"', "higher than wide"),
        ('[pdf]\nsize = "5mm x 9mm"', "from 105 x 148 mm to 250 x 360 mm"),
        ('[pdf]\nsize = "1e9mm x 1e9mm"', '"size" cannot be'),
        ('[pdf]\nchapters = "left"', '"chapters" cannot be "left"; it is one of "auto", "recto", "run-on"'),
        ('[pdf]\nheads = "verses"', '"heads" cannot be "verses"; it is one of "titles", "lines", "pages"'),
        ("[pdf]\nconcordance = 1", '"concordance" must be true or false'),
        ('[pdf]\nprofile = "achive"', '"profile" cannot be "achive"'),
        ('[pdf]\nlabels = "roman"', '"labels" cannot be "roman"'),
        ('formats = "html"', '"formats" must be a list of texts'),
        ("formats = [1]", '"formats" must be a list of texts'),
        ('formats = ["htm"]', 'unknown format "htm"; did you mean "html"?'),
        ('[pages]\nstreams = "#print"', '"streams" must be a list of texts'),
        ("[access.readers]\nwithhold = 1", "[access.readers] needs a list of pointers"),
        ('source = "\\u0000"', "is no name of a file"),
        ('[access.readers]\nwithhold = ["restricted"]', "[access.readers] needs a list of pointers"),
        ('[access]\nreaders = ["#restricted"]', "[access.readers] needs a list of pointers"),
        ('[access.readers]\nwithold = ["#restricted"]', "[access.readers]"),
        ('[access.readers]\nwithhold = ["#restricted"]\nname = "x"', "name"),
        ("[name]\nx = 1", "[name]"),
        ('pdf = "A5"', '"pdf"'),
    ],
)
def test_a_setting_with_a_wrong_value_is_refused(write: Write, toml: str, said: str) -> None:
    assert said in complaint(write(toml))


def test_an_interface_can_be_in_any_language_that_the_edition_has_a_catalogue_of(write: Write) -> None:
    folder = write('interface = "es"')
    (folder / "templates" / "locale").mkdir(parents=True)
    (folder / "templates" / "locale" / "es.po").write_text('msgid ""\nmsgstr ""\n')
    assert settings_for(folder).interface == "es"


def test_an_empty_list_of_formats_is_refused(write: Write) -> None:
    assert "formats" in complaint(write("formats = []"))


@pytest.mark.parametrize("source", ["../other.xml", "/etc/hostname", "parts/../../other.xml", "link.xml"])
def test_a_source_outside_the_folder_is_refused(write: Write, source: str) -> None:
    folder = write(f'source = "{source}"')
    (folder.parent / "other.xml").write_text("", "utf-8")
    (folder / "link.xml").symlink_to(folder.parent / "other.xml")
    assert f"{source} lies outside the edition's folder" in complaint(folder)


@pytest.mark.parametrize("source", ["missing.xml", "parts", "edition.xml/x.xml"])
def test_a_source_that_is_no_file_is_refused(write: Write, source: str) -> None:
    assert f"there is no file {source}" in complaint(write(f'source = "{source}"'))


@pytest.mark.parametrize("text", [b"name = ", b"name = 'x'\nname = 'y'", b"\xff\xfe", b"<TEI/>"])
def test_an_edition_toml_that_is_no_toml_is_refused(write: Write, text: bytes) -> None:
    folder = write("")
    (folder / "edition.toml").write_bytes(text)
    assert "this is not TOML" in complaint(folder)


def test_an_edition_toml_that_is_a_folder_is_refused(write: Write) -> None:
    folder = write("")
    (folder / "edition.toml").unlink()
    (folder / "edition.toml").mkdir()
    assert "cannot be read" in complaint(folder)


def test_a_folder_without_edition_toml_is_refused(tmp_path: Path) -> None:
    assert "there is no such file; an edition is a folder with an edition.toml" in complaint(tmp_path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing\.xml: there is no such file; check the path"):
        settings_for(tmp_path / "missing.xml")


def test_an_edition_toml_saved_with_a_byte_order_mark_is_read(write: Write) -> None:
    folder = write("")
    (folder / "edition.toml").write_bytes(b'\xef\xbb\xbfname = "letters"\n')
    assert settings_for(folder).name == "letters"


def test_the_edition_of_a_file_is_the_edition_toml_beside_it(write: Write, tmp_path: Path) -> None:
    folder = write("")
    assert edition_of(folder / "edition.xml") == folder / "edition.toml"
    assert edition_of(folder / "parts" / "all.xml") == folder / "parts" / "all.xml"
    assert edition_of(folder) == folder


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Briefe 1905", "Briefe-1905"), ("../x", "x"), ("a/b", "a-b"), ("...", "edition"), ("書簡", "edition")],
)
def test_a_name_is_safe_as_a_file_name(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_known_formats_pass_and_an_unknown_one_is_named_with_its_place() -> None:
    check_formats(FORMATS)
    with pytest.raises(UsageError, match=r"^here: unknown format \"docx\"; formats are html, epub, pdf$"):
        check_formats(("html", "docx"), "here")


def test_every_setting_can_be_set_in_edition_toml() -> None:
    from dataclasses import fields

    from teipress import config

    # [access] has a table per audience, [press] a module; the rulings are made of two settings; --jobs is for one build
    computed = {"folder", "declared", "jobs", "withhold", "rulings", "numbered", "press", "closed"}
    known: dict[Any, str] = config._KEYS
    assert {f.name for f in fields(Settings)} - computed == set(known.values()) - {"ignore", "severity"}
