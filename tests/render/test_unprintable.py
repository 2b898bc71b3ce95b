"""O001: characters that no font has are told with code point, name and first place."""

from teipress.render.shortfalls import unprintable


def test_each_is_told_at_its_first_place(made):
    edition = made("<p>x</p>\n<p>\u0378 and \u10000</p>\n<p>\u0378</p>".replace("\u10000", "\U00010000")).edition
    first, second = unprintable(edition, ["\U00010000", "\u0378"])
    assert (first.code, first.line, second.line) == ("O001", second.line, first.line)
    assert "U+0378, a character without a name, which stands 2 times" in first.message
    assert "U+10000, LINEAR B SYLLABLE B008 A;" in second.message
    assert "doctor" in second.hint


def test_a_character_of_private_use_is_said_to_be_one(made):
    (finding,) = unprintable(made("<p>\ue123</p>").edition, ["\ue123"])
    assert "U+E123, a character of private use" in finding.message
    assert "glyph" in finding.hint


def test_characters_of_a_header_have_their_place_there(made):
    edition = made("<p>x</p>").edition
    (finding,) = unprintable(edition, ["T"])
    assert finding.line == 2
