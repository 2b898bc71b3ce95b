"""Control characters: each is named with its place and what it probably was."""

import pytest

from teipress.config import Settings
from teipress.read import read
from teipress.validate import validate


@pytest.fixture
def found(write_tei):
    def check(body):
        path = write_tei(body)
        return validate(read(path)[0], Settings("t", path.parent, path))

    return check


def test_a_control_character_is_told_once_with_how_often_it_stands_there(found):
    (finding,) = found("<p>one &#x97; two</p>\n<p>&#x97;</p>")
    assert (finding.code, finding.line > 0) == ("X007", True)
    assert "U+0097" in finding.message
    assert "stands 2 times" in finding.message
    assert "U+2014 EM DASH" in finding.hint


def test_one_that_windows_has_no_character_for_is_told_without_a_guess(found):
    (finding,) = found("<p>&#x81;</p>")
    assert finding.hint == ""


def test_delete_is_one_and_next_line_is_white_space(found):
    assert ["U+007F" in f.message for f in found("<p>a&#x7f;b&#x85;c</p>")] == [True]


def test_text_without_any_has_no_finding(found):
    assert found("<p>naïve — ©</p>") == []
