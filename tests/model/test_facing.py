"""Which pairs of documents a book prints on facing pages."""

import re
from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.errors import UsageError
from teipress.model import model, settled, visible
from teipress.read import read

EDITION = Path(__file__).parents[1] / "editions" / "side-by-side" / "edition.xml"


def facing(tmp_path, setting, withheld=""):
    text = EDITION.read_text("utf-8")
    access = ""
    if withheld:
        access = '[access.public]\nwithhold = ["#closed"]\n'
        classes = '<encodingDesc><classDecl><taxonomy><category xml:id="closed"/></taxonomy></classDecl>'
        text = text.replace("<encodingDesc>", classes)
        text = text.replace(f'<TEI xml:id="{withheld}"', f'<TEI xml:id="{withheld}" ana="#closed"')
    (tmp_path / "edition.xml").write_text(text, "utf-8")
    (tmp_path / "edition.toml").write_text(f'name = "x"\n{access}[pdf]\n{setting}\n', "utf-8")
    settings = settings_for(tmp_path)
    whole = read(settings.source, settings.folder)[0]
    public = visible(whole, settings)
    return [p.name for p in model(public, settled(settings, whole, public)).facing]


@pytest.mark.parametrize("setting", ["", "facing = false", "facing = []"])
def test_there_are_none_unless_they_are_asked_for(tmp_path, setting):
    assert facing(tmp_path, setting) == []


def test_true_means_all_that_the_texts_tie_each_text_once(tmp_path):
    assert facing(tmp_path, "facing = true") == ["song+song-en"]  # song-ar corresponds to the song as well


def test_pairs_that_are_named_are_those_and_no_others_the_text_first(tmp_path):
    assert facing(tmp_path, 'facing = [["song-ar", "song"]]') == ["song-ar+song"]
    assert facing(tmp_path, 'facing = [["notebook-de", "notebook"]]') == ["notebook-de+notebook"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('[["song", "sing-en"]]', 'the setting "facing" in [pdf] names "sing-en", which is no document'),
        ('[["song", "song-en"], ["song-ar", "song"]]', 'the setting "facing" in [pdf] names "song" twice'),
        ('[["song", "song"]]', 'the setting "facing" in [pdf] names "song" twice'),
        ('[["song-en", "notebook"]]', "neither blocks that correspond nor pages"),
        ('["song", "song-en"]', 'the setting "facing" must be a list of pairs'),
        ('"song"', 'for example facing = [["text", "translation"]], or true or false'),
    ],
)
def test_a_pair_that_cannot_be_is_told(tmp_path, value, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        facing(tmp_path, f"facing = {value}")


def test_a_pair_of_which_one_is_withheld_is_none(tmp_path):
    assert facing(tmp_path, 'facing = [["song", "song-en"]]', withheld="song-en") == []
    assert facing(tmp_path, 'facing = [["song", "song-en"], ["notebook", "notebook-de"]]', withheld="song-en") == [
        "notebook+notebook-de"
    ]
    assert facing(tmp_path, "facing = true", withheld="song-en") == ["song+song-ar"]
