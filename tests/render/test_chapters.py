"""Which divisions of a document begin on a page to the right."""

import pytest

from teipress.config import Settings
from teipress.model import model
from teipress.read import read
from teipress.render.chapters import chapters

PAGE = "word " * 520  # 2,600 characters


def division(identifier, pages, kind="", inside=""):
    typed = f' type="{kind}"' if kind else ""
    text = f"<p>{PAGE * pages}</p>" if pages else ""
    return f'<div xml:id="{identifier}"{typed}><head>{identifier}</head>{text}{inside}</div>'


@pytest.fixture
def found(tmp_path):
    """The chapters of a text, in alphabetical order."""

    def chapters_of(body, mode="auto", alone=True, front=""):
        path = tmp_path / "t.xml"
        tei = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><front>{}</front><body>{}</body></text></TEI>'
        path.write_text(tei.format(front, body), encoding="utf-8")
        (document,) = model(read(path, tmp_path)[0], Settings("t", tmp_path, path)).documents
        return sorted(chapters(document, mode, alone))

    return chapters_of


def test_long_divisions_are_chapters_whatever_they_are_called(found):
    assert found(division("a", 4) + division("b", 5)) == ["a", "b"]
    assert found(division("a", 4) + division("b", 5), alone=False) == ["a", "b"]
    assert found(division("a", 1) + division("b", 2)) == []


def test_what_the_encoding_calls_chapters_are_some_in_a_book_of_one_document(found):
    acts = division("a", 1, "act") + division("b", 2, "act")
    assert found(acts) == ["a", "b"]
    assert found(acts, alone=False) == []


@pytest.mark.parametrize("kind", ["letter", "poem", "entry", "document"])
def test_letters_and_poems_run_on_however_long_they_are(found, kind):
    letters = division("a", 4, kind) + division("b", 5, kind)
    assert found(letters) == []
    assert found(letters, "recto") == ["a", "b"]


def test_the_setting_decides(found):
    assert found(division("a", 4) + division("b", 5), "run-on") == []
    assert found(division("a", 0) + division("b", 0), "recto") == ["a", "b"]


def test_the_only_division_of_a_text_is_no_chapter_but_holds_some(found):
    inside = division("a", 4) + division("b", 4)
    assert found(division("whole", 0, inside=inside)) == ["a", "b"]
    assert found(division("whole", 9)) == []


def test_a_short_preface_goes_with_the_chapters_and_does_not_decide(found):
    front = division("p", 0) + division("q", 0) + division("r", 0)
    assert found(division("a", 4) + division("b", 4), front=front) == ["a", "b", "p", "q", "r"]
    assert found(division("a", 1, "letter") + division("b", 1, "letter"), front=division("p", 9)) == []


def test_chapters_of_parts_are_chapters_and_scenes_of_acts_are_not(found):
    scenes = division("i", 4, "scene") + division("ii", 4, "scene")
    assert found(division("a", 0, "act", scenes) + division("b", 3, "act")) == ["a", "b"]
    inside = division("i", 4, "chapter") + division("ii", 4, "chapter")
    assert found(division("a", 0, "part", inside) + division("b", 4, "part")) == ["a", "b", "i", "ii"]
    papers = division("i", 4, "document") + division("ii", 4, "document")
    assert found(division("a", 0, "compilation", papers) + division("b", 4, "compilation")) == ["a", "b"]
