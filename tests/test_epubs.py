"""EPUBs of whole editions, and of a few files of the corpora, before those who judge them: EPUBCheck and DAISY Ace."""

import shutil

import pytest

import corpora
from teipress.config import settings_for
from teipress.pipeline import build
from validators import ace_faults, epub_faults

pytestmark = pytest.mark.slow

# a script that runs to the left, a play in another, tables; the others are for `make sweep SWEEP=--ace`
OF_CORPORA = ("syr101", "lateiner-der-man-untern-tish", "bonitz")


@pytest.fixture(scope="session")
def shelf(project, tmp_path_factory):
    """The EPUBs of the default edition, also document by document, and of each of the editions of the tests."""
    top = tmp_path_factory.mktemp("epubs")
    for folder in (project / "tei/japan-ussr", *sorted((project / "tests/editions").glob("*/"))):
        if (folder / "edition.toml").is_file():
            copy = shutil.copytree(folder, top / folder.name)
            toml = (copy / "edition.toml").read_text("utf-8")
            (copy / "edition.toml").write_text(f"{toml}\n[epub]\ndocuments = true\n", "utf-8")
            build(settings_for(copy), top / "out" / folder.name, ("epub",))
    return sorted((top / "out").rglob("*.epub"))


@pytest.fixture(scope="session")
def of_corpora(require_data, tmp_path_factory):
    """The EPUBs of a few files of the corpora."""
    require_data(corpora.VARIABLE)
    top = tmp_path_factory.mktemp("corpora")
    chosen = [path for path in corpora.files() if path.stem.startswith(OF_CORPORA)]
    assert len(chosen) >= len(OF_CORPORA)
    for path in chosen:
        build(settings_for(path), top / path.stem, ("epub",))
    return sorted(top.rglob("*.epub"))


def test_epubcheck_has_nothing_to_say_of_any_edition(shelf, require_tool, require_module):
    require_tool("java")
    require_module("epubcheck")
    assert len(shelf) > 12
    assert [str(fault) for fault in epub_faults(shelf)] == []


def test_no_edition_keeps_anybody_out(shelf, require_ace):
    require_ace()
    whole = [path for path in shelf if path.stem == path.parent.parent.name]  # those of documents are no different …
    assert len(whole) > 6
    single = next(path for path in shelf if path.stem == "japan-ussr-memo")  # … which is seen by one
    assert [str(fault) for fault in ace_faults([*whole, single])] == []


def test_no_file_of_a_few_of_the_corpora_keeps_anybody_out(of_corpora, require_ace):
    require_ace()
    assert [str(fault) for fault in ace_faults(of_corpora)] == []
