"""Bytes → text: what is read, and what is refused with a place and a remedy."""

import pytest

from teipress.encode.transcription import Transcription, transcription
from teipress.errors import UsageError


def test_utf_8_with_and_without_a_mark_and_utf_16_with_one() -> None:
    for content in ("Löß\n".encode(), "Löß\n".encode("utf-8-sig"), "Löß\n".encode("utf-16")):
        assert transcription(content, "a.txt").text == "Löß\n"


def test_all_line_ends_become_line_feeds() -> None:
    assert transcription(b"a\r\nb\rc\n", "a.txt").text == "a\nb\nc\n"


def test_an_encoding_can_be_named() -> None:
    assert transcription("Дом".encode("koi8-r"), "a.txt", "koi8-r").text == "Дом"


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        (b"", "", "a.txt: the file is empty"),
        (b" \n\t\n", "", "a.txt: the file is empty"),
        ("\u3000\n".encode(), "", "nothing but white space"),
        (b"ab\n\x00\x01", "", "byte 0x00 at offset 3 (line 2)"),
        (b"%PDF-1.7 abc", "", "it is a PDF"),
        (b"one\ntw\xe9lve \x93x\x94", "", "a.txt:2: not UTF-8: byte 0xE9 at column 3; it may be cp1252"),
        ("日本語の文書です。".encode("shift_jis"), "", "it may be shift_jis"),
        ("Это докладная записка".encode("koi8-r"), "", "it may be koi8-r"),
        ("Это докладная записка".encode("cp1251"), "", "it may be cp1251"),
        (b"abc", "utf8000", 'there is no encoding "utf8000"'),
        (b"\xe9", "ascii", "a.txt:1: not ASCII: byte 0xE9 at column 1"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(content: bytes, encoding: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        transcription(content, "a.txt", encoding)
    assert message in str(raised.value)


def test_lines_are_counted_from_one_and_know_where_they_stand() -> None:
    source = Transcription("ab\nc\n\nd\n")
    assert source.lines == 4
    assert [source.line(n) for n in (1, 2, 3, 4)] == [(0, 2), (3, 4), (5, 5), (6, 7)]
    assert [source.line_of(i) for i in (0, 2, 3, 6)] == [1, 1, 2, 4]


@pytest.mark.parametrize("encoding", ["rot13", "base64", "idna", "punycode", "unicode_escape", "undefined", "utf\0"])
def test_a_codec_that_is_for_no_texts_is_refused(encoding: str) -> None:
    with pytest.raises(UsageError, match="there is no encoding"):
        transcription(b"Locks \\u0041", "a.txt", encoding)


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        ("Locks\ngates\ufffe".encode(), "", "a.txt:2: the character U+FFFE"),
        ("Locks\uffff".encode(), "", "a.txt:1: the character U+FFFF"),
        ("Locks\r\n\r\ngates\v".encode("utf-16"), "", "a.txt:3: the character U+000B"),
        (b"a\x00b", "cp1252", "a.txt:1: the character U+0000"),
        (b"Locks\x1b[31m", "latin-1", "a.txt:1: the character U+001B"),
        (b"+2AA-", "utf-7", "a.txt:1: the character U+D800"),
    ],
)
def test_characters_that_no_xml_holds_are_refused_with_their_place(content: bytes, encoding: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        transcription(content, "a.txt", encoding)
    assert message in str(raised.value)
