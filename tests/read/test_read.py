"""Reading: whatever the bytes are, a tree or a clear finding; nothing is fetched, expanded or taken from outside."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from teipress import tei
from teipress.edition import Source
from teipress.errors import Stopped, UsageError
from teipress.findings import Finding
from teipress.read import read

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
SECRET = "a password in a file outside"

WriteTei = Callable[..., Path]


def put(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def refusal(path: Path) -> Finding:
    """The one finding that says why a file cannot be read."""
    with pytest.raises(Stopped) as caught:
        read(path)
    assert len(caught.value.findings) == 1
    return caught.value.findings[0]


def place(found: Finding) -> tuple[str, str, int]:
    return found.code, Path(found.file).name, found.line


def everything(source: Source) -> str:
    """All characters of a tree, markup included."""
    return etree.tostring(source.root, encoding="unicode")


# What cannot be read


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing\.xml: cannot be read: No such file"):
        read(tmp_path / "missing.xml")


def test_a_folder_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be read: Is a directory"):
        read(tmp_path)


@pytest.mark.parametrize("data", ["", " \n\t\n"], ids=["no byte", "white space"])
def test_an_empty_file_is_named_as_such(tmp_path: Path, data: str) -> None:
    found = refusal(put(tmp_path / "a.xml", data))
    assert place(found) == ("X001", "a.xml", 1)
    assert "empty" in found.message
    assert "<TEI>" in found.hint


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x14\x00\x06\x00", b"%PDF-1.7\n", b"\x00" * 64, b"\xff" * 64],
    ids=["picture", "zip", "PDF", "zeros", "no characters"],
)
def test_a_binary_file_is_not_well_formed(tmp_path: Path, data: bytes) -> None:
    found = refusal(put(tmp_path / "a.xml", data))
    assert (found.code, Path(found.file).name) == ("X001", "a.xml")
    assert found.hint


@pytest.mark.parametrize("data", ["Dear reader,\n", '{"a": 1}', "# Heading\n"], ids=["text", "JSON", "Markdown"])
def test_plain_text_is_said_to_be_no_xml(tmp_path: Path, data: str) -> None:
    found = refusal(put(tmp_path / "a.xml", data))
    assert place(found) == ("X001", "a.xml", 1)
    assert "not XML" in found.message


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (f"<TEI {NS}>\n<text>\n<body>\n</text></TEI>", 4),
        (f"<TEI {NS}>\n", 2),
        (f"<TEI {NS}>\n<p a='1' a='2'/></TEI>", 2),
        (f"<TEI {NS}>\n\n<p>AT&T</p></TEI>", 3),
        (f"<TEI {NS}>\n<x:p/></TEI>", 2),
        (f"<TEI {NS}/>\n<TEI/>", 2),
        (f"<TEI {NS}>\n<p>\u0001</p></TEI>", 2),
    ],
    ids=["crossing tags", "cut off", "double attribute", "ampersand", "prefix", "two roots", "control character"],
)
def test_broken_xml_is_reported_with_its_line_once(tmp_path: Path, data: str, line: int) -> None:
    found = refusal(put(tmp_path / "a.xml", data))
    assert place(found) == ("X001", "a.xml", line)
    assert ", line" not in found.message
    assert found.hint


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        ("\n<html><body><p>x</p></body></html>", "<html>", ""),
        ("\n<TEI.2><teiHeader/><text/></TEI.2>", "<TEI.2>", "P4"),
        ("\n<teiCorpus.2/>", "<teiCorpus.2>", "P4"),
        ("\n<TEI><teiHeader/></TEI>", "<TEI>", 'xmlns="http://www.tei-c.org/ns/1.0"'),
        ("\n<TEI xmlns='http://www.tei-c.org/ns/1.0/'/>", "<TEI>", 'xmlns="http://www.tei-c.org/ns/1.0"'),
        ("\n<text><body/></text>", "<text>", 'xmlns="http://www.tei-c.org/ns/1.0"'),
    ],
    ids=["HTML", "P4", "P4 corpus", "no namespace", "a namespace like TEI's", "no namespace, a text"],
)
def test_xml_that_is_not_tei_p5_is_told_apart(tmp_path: Path, data: str, said: str, hint: str) -> None:
    found = refusal(put(tmp_path / "a.xml", data))
    assert place(found) == ("X002", "a.xml", 2)
    assert said in found.message
    assert hint in found.hint
    assert bool(found.hint) is bool(hint)


# What can


@pytest.mark.parametrize(
    "data",
    [
        f"<TEI {NS}><p>é–日</p></TEI>".encode(),
        f"\ufeff<TEI {NS}><p>é–日</p></TEI>".encode(),
        f"\ufeff<?xml version='1.0' encoding='UTF-8'?><TEI {NS}><p>é–日</p></TEI>".encode(),
        f"<?xml version='1.0' encoding='UTF-16'?><TEI {NS}><p>é–日</p></TEI>".encode("utf-16"),
        f"<TEI {NS}><p>é–日</p></TEI>".encode("utf-16"),
        f"<?xml version='1.0' encoding='Shift_JIS'?><TEI {NS}><p>&#233;&#8211;日</p></TEI>".encode("shift_jis"),
    ],
    ids=["no declaration", "mark", "mark and declaration", "UTF-16", "UTF-16 undeclared", "Shift JIS"],
)
def test_the_characters_arrive_whatever_the_encoding(tmp_path: Path, data: bytes) -> None:
    source, findings = read(put(tmp_path / "a.xml", data))
    assert tei.text(source.root) == "é–日"
    assert findings == []


def test_windows_line_ends_become_single_ones_and_lines_are_kept(tmp_path: Path) -> None:
    source, _ = read(put(tmp_path / "a.xml", f"<TEI {NS}>\r\n<p>a\r\nb</p>\r\n<p/></TEI>"))
    assert tei.text(source.root) == "\na\nb\n"
    assert [tei.line_of(p) for p in tei.elements(source.root, "p")] == [2, 4]


@pytest.mark.parametrize("root", ["TEI", "teiCorpus", "text", "body", "p", "teiHeader"])
def test_any_root_in_the_namespace_of_tei_is_read(tmp_path: Path, root: str) -> None:
    source, findings = read(put(tmp_path / "a.xml", f"<t:{root} xmlns:t='http://www.tei-c.org/ns/1.0'>x</t:{root}>"))
    assert (tei.local(source.root), tei.text(source.root), findings) == (root, "x", [])


def test_identifiers_that_are_no_names_or_stand_twice_do_not_end_the_reading(write_tei: WriteTei) -> None:
    source, findings = read(write_tei('<p xml:id="1 b">a</p><p xml:id="x"/><p xml:id="x"/>'))
    assert [p.get(tei.XML_ID) for p in tei.elements(source.root, "p") if p.get(tei.XML_ID)] == ["1 b", "x", "x"]
    assert findings == []


def test_elements_far_down_a_long_file_keep_their_line(write_tei: WriteTei) -> None:
    source, _ = read(write_tei("\n" * 70_000 + "<p xml:id='end'>x</p>"))
    last = next(p for p in tei.elements(source.root, "p") if p.get(tei.XML_ID))
    assert tei.line_of(last) > 70_000


def test_an_element_says_which_file_it_was_read_from(write_tei: WriteTei) -> None:
    path = write_tei("<p>x</p>")
    source, _ = read(path)
    assert {tei.file_of(e) for e in tei.elements(source.root)} == {str(path)}


def test_a_base_that_the_author_wrote_does_not_hide_the_file(write_tei: WriteTei) -> None:
    path = write_tei('<div xml:base="http://localhost:9/"><p>x</p></div>')
    source, _ = read(path)
    assert {tei.file_of(e) for e in tei.elements(source.root)} == {str(path)}


def test_deep_nesting_ends_with_a_finding(tmp_path: Path) -> None:
    found = refusal(put(tmp_path / "a.xml", f"<TEI {NS}>" + "<hi>" * 5000 + "</hi>" * 5000 + "</TEI>"))
    assert found.code == "X001"


def test_nesting_that_the_parser_bears_can_be_walked_through(tmp_path: Path) -> None:
    source, findings = read(put(tmp_path / "a.xml", f"<TEI {NS}>" + "<hi>" * 250 + "x" + "</hi>" * 250 + "</TEI>"))
    assert (tei.text(source.root), findings) == ("x", [])


# Entities


def test_internal_entities_are_shown_as_they_stand_and_reported(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE TEI [\n<!ENTITY press "The Press">\n]>\n'
    path = put(tmp_path / "a.xml", f"{doctype}<TEI {NS}>\n<p>by &press;, &amp; all &#8212; 1 &lt; 2</p></TEI>")
    source, findings = read(path)
    assert tei.text(source.root).strip() == "by &press;, & all — 1 < 2"
    assert [place(f) for f in findings] == [("X006", "a.xml", 5)]
    assert "&press;" in findings[0].message


def test_an_entity_in_an_attribute_does_not_end_the_reading(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE TEI [<!ENTITY press "The Press">]>'
    source, _ = read(put(tmp_path / "a.xml", f'{doctype}<TEI {NS}><p n="by &press;">x</p></TEI>'))
    assert tei.text(source.root) == "x"


@pytest.mark.parametrize("place", ["<p>&l{};{}</p>", "<p n='&l{};'>{}</p>"], ids=["text", "attribute"])
@pytest.mark.parametrize("levels", [2, 12])
def test_a_billion_laughs_stay_unlaughed(tmp_path: Path, place: str, levels: int) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels + 1))
    doctype = f'<!DOCTYPE TEI [<!ENTITY l0 "ha">{laughs}]>'
    path = put(tmp_path / "a.xml", f"{doctype}<TEI {NS}>{place.format(levels, 'x')}</TEI>")
    try:
        source, _ = read(path)
    except Stopped as stopped:
        assert [f.code for f in stopped.findings] == ["X001"]
    else:
        assert "haha" not in tei.text(source.root)
        assert len(everything(source)) < 2000


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "outside.txt">]>',
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file://{outside}">]>',
        '<!DOCTYPE TEI [<!ENTITY x PUBLIC "-//X//X" "outside.txt">]>',
        '<!DOCTYPE TEI SYSTEM "outside.dtd">',
        '<!DOCTYPE TEI [<!ENTITY % d SYSTEM "outside.dtd"> %d;]>',
    ],
    ids=["relative", "absolute", "public", "external DTD", "parameter entity"],
)
def test_nothing_of_an_external_entity_or_dtd_gets_in(tmp_path: Path, doctype: str) -> None:
    outside = put(tmp_path / "outside.txt", SECRET)
    put(tmp_path / "outside.dtd", f'<!ENTITY x "{SECRET}"><!ATTLIST p n CDATA "{SECRET}">')
    path = put(tmp_path / "a.xml", f"{doctype.format(outside=outside)}<TEI {NS}><p>a &x; b</p></TEI>")
    source, findings = read(path)
    assert tei.text(source.root) == "a &x; b"
    assert SECRET not in everything(source)
    assert [f.code for f in findings] == ["X006"]


# without collecting identifiers libxml2 loads an external subset, whatever it was told, unless it is kept from it
@pytest.mark.parametrize(
    "address", ["{}/outside.dtd", "file://{}/outside.dtd", "{}/missing.dtd", "http://localhost:9/x"]
)
def test_a_dtd_is_neither_loaded_nor_missed(tmp_path: Path, address: str) -> None:
    put(tmp_path / "outside.dtd", f'<!ATTLIST p n CDATA "{SECRET}"> <!ENTITY x "{SECRET}"> not a DTD')
    doctype = f'<!DOCTYPE TEI SYSTEM "{address.format(tmp_path)}">'
    source, findings = read(put(tmp_path / "a.xml", f"{doctype}<TEI {NS}><p>a &x; b</p></TEI>"))
    assert SECRET not in everything(source)
    assert tei.text(source.root) == "a &x; b"
    assert [f.code for f in findings] == ["X006"]


# XInclude


def including(folder: Path, *attributes: str, fallback: str = "") -> Path:
    """An edition.xml that includes what each of some attributes says."""
    inclusions = "".join(f"\n<xi:include {a}>{fallback}</xi:include>after" for a in attributes)
    return put(folder / "edition.xml", f"<teiCorpus {NS} {XI}>{inclusions}</teiCorpus>")


def paragraphs(source: Source) -> list[tei.Element]:
    return list(tei.elements(source.root, "p"))


def words(source: Source) -> str:
    """All text of a tree without its white space."""
    return "".join(tei.text(source.root).split())


def paragraph(text: str) -> str:
    return f"<TEI {NS} {XI}>\n\n<p>{text}</p></TEI>"


def test_an_included_file_stands_in_the_place_of_the_inclusion(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", paragraph("one"))
    put(tmp_path / "with space.xml", paragraph("two"))
    source, findings = read(including(tmp_path, 'href="a.xml"', 'href="with%20space.xml"'))
    assert words(source) == "oneaftertwoafter"
    assert findings == []


def test_inclusions_nest_and_names_are_relative_to_the_including_file(tmp_path: Path) -> None:
    put(tmp_path / "parts" / "a.xml", f"<TEI {NS} {XI}>\n<xi:include href='more/b.xml'/>\n<p>one</p></TEI>")
    put(tmp_path / "parts" / "more" / "b.xml", paragraph("two"))
    source, findings = read(including(tmp_path, 'href="parts/a.xml"'))
    assert words(source) == "twooneafter"
    assert findings == []
    places = [(Path(tei.file_of(p)).relative_to(tmp_path).as_posix(), tei.line_of(p)) for p in paragraphs(source)]
    assert places == [("parts/more/b.xml", 3), ("parts/a.xml", 3)]


def test_a_file_included_as_text_keeps_every_character(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "1 < 2 & <p>\n")
    put(tmp_path / "b.txt", "é".encode("latin-1"))
    path = including(tmp_path, 'href="a.txt" parse="text"', 'href="b.txt" parse="text" encoding="latin-1"')
    source, findings = read(path)
    assert tei.text(source.root) == "\n1 < 2 & <p>\nafter\néafter"
    assert findings == []


def test_text_in_another_encoding_than_promised_is_reported(tmp_path: Path) -> None:
    put(tmp_path / "b.txt", "é".encode("latin-1"))
    _, findings = read(including(tmp_path, 'href="b.txt" parse="text"', 'href="b.txt" parse="text" encoding="no"'))
    assert [place(f) for f in findings] == [("X005", "edition.xml", 2), ("X005", "edition.xml", 3)]


def test_an_xpointer_includes_the_element_with_that_identifier(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", f"<TEI {NS}>\n<p>one</p>\n<p xml:id='second'>two</p>\ntail</TEI>")
    source, findings = read(including(tmp_path, 'href="a.xml" xpointer="second"'))
    assert tei.text(source.root) == "\ntwoafter"
    assert findings == []
    assert [(Path(tei.file_of(p)).name, tei.line_of(p)) for p in paragraphs(source)] == [("a.xml", 3)]


def test_an_xpointer_to_nothing_is_reported(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", paragraph("one"))
    source, findings = read(including(tmp_path, 'href="a.xml" xpointer="second"'))
    assert [place(f) for f in findings] == [("X005", "edition.xml", 2)]
    assert '"second"' in findings[0].message
    assert paragraphs(source) == []


@pytest.mark.parametrize("attributes", ['href="missing.xml"', 'href="parts"', 'href="missing.txt" parse="text"'])
def test_a_missing_inclusion_is_reported_where_it_stands(tmp_path: Path, attributes: str) -> None:
    (tmp_path / "parts").mkdir()
    source, findings = read(including(tmp_path, attributes))
    assert [place(f) for f in findings] == [("X003", "edition.xml", 2)]
    assert tei.text(source.root) == "\nafter"


def test_a_missing_inclusion_in_an_included_file_is_reported_in_that_file(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", f"<TEI {NS} {XI}>\n\n\n<xi:include href='missing.xml'/></TEI>")
    _, findings = read(including(tmp_path, 'href="a.xml"'))
    assert [place(f) for f in findings] == [("X003", "a.xml", 4)]


def test_the_fallback_takes_the_place_of_what_is_missing_and_the_finding_stays(tmp_path: Path) -> None:
    fallback = f"<xi:fallback><p {NS}>instead</p></xi:fallback>"
    source, findings = read(including(tmp_path, 'href="missing.xml"', fallback=fallback))
    assert tei.text(source.root) == "\ninsteadafter"
    assert [tei.local(e) for e in tei.elements(source.root)] == ["teiCorpus", "p"]
    assert [f.code for f in findings] == ["X003"]


def test_the_whole_fallback_takes_the_place_of_what_is_missing(tmp_path: Path) -> None:
    fallback = f"<xi:fallback>a <p {NS}>b</p> c <p {NS}>d</p> e</xi:fallback>"
    source, _ = read(including(tmp_path, 'href="missing.xml"', fallback=fallback))
    assert tei.text(source.root) == "\na b c d eafter"
    assert [tei.local(e) for e in tei.elements(source.root)] == ["teiCorpus", "p", "p"]


def test_an_inclusion_in_a_fallback_is_carried_out(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", paragraph("one"))
    fallback = '<xi:fallback><xi:include href="a.xml"/></xi:fallback>'
    source, findings = read(including(tmp_path, 'href="missing.xml"', fallback=fallback))
    assert words(source) == "oneafter"
    assert [f.code for f in findings] == ["X003"]


def test_an_inclusion_in_an_unneeded_fallback_is_not_tried(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", paragraph("one"))
    fallback = '<xi:fallback><xi:include href="missing.xml"/></xi:fallback>'
    source, findings = read(including(tmp_path, 'href="a.xml"', fallback=fallback))
    assert words(source) == "oneafter"
    assert findings == []


@pytest.mark.parametrize(
    "href", ["http://localhost:9/a.xml", "https://localhost:9/a.xml", "//localhost:9/a.xml", "ftp://localhost:9/a.xml"]
)
def test_a_remote_inclusion_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, href: str) -> None:
    def connect(*args: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr("socket.socket.connect", connect)
    _, findings = read(including(tmp_path, f'href="{href}"'))
    assert [place(f) for f in findings] == [("X004", "edition.xml", 2)]


def test_an_inclusion_that_leaves_the_folder_is_not_carried_out(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside.xml", paragraph(SECRET))
    folder = tmp_path / "edition"
    ways = [
        "../outside.xml",
        str(outside),
        f"file://{outside}",
        "parts/../../outside.xml",
        "%2e%2e/outside.xml",
        "link",
    ]
    (folder / "parts").mkdir(parents=True)
    (folder / "link").symlink_to(outside)
    path = including(folder, *(f'href="{way}"' for way in ways), 'href="../outside.xml" parse="text"')
    source, findings = read(path)
    assert SECRET not in everything(source)
    assert [place(f) for f in findings] == [("X004", "edition.xml", line) for line in range(2, 9)]


def test_a_folder_linked_into_the_edition_is_outside(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere" / "a.xml", paragraph(SECRET))
    folder = tmp_path / "edition"
    folder.mkdir()
    (folder / "parts").symlink_to(tmp_path / "elsewhere")
    source, findings = read(including(folder, 'href="parts/a.xml"'))
    assert SECRET not in everything(source)
    assert [f.code for f in findings] == ["X004"]


def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", paragraph("one"))
    (tmp_path / "link.xml").symlink_to("a.xml")
    _, findings = read(including(tmp_path, 'href="link.xml"'))
    assert findings == []


def test_a_part_may_include_its_neighbour_as_long_as_that_stays_in_the_edition(tmp_path: Path) -> None:
    put(tmp_path / "register" / "persons.xml", paragraph("somebody"))
    put(tmp_path / "parts" / "a.xml", f"<TEI {NS} {XI}><xi:include href='../register/persons.xml'/></TEI>")
    source, findings = read(including(tmp_path, 'href="parts/a.xml"'), tmp_path)
    assert words(source) == "somebodyafter"
    assert findings == []


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    _, findings = read(including(tmp_path, 'href="pipe.xml"'))
    assert [f.code for f in findings] == ["X003"]


def test_a_file_that_includes_itself_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    source, findings = read(including(tmp_path, 'href="edition.xml"', 'href="./x/../edition.xml"'))
    assert [place(f) for f in findings] == [("X005", "edition.xml", 2), ("X005", "edition.xml", 3)]
    assert tei.text(source.root) == "\nafter\nafter"


def test_files_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", f"<TEI {NS} {XI}>\n<xi:include href='b.xml'/></TEI>")
    put(tmp_path / "b.xml", f"<TEI {NS} {XI}>\n\n<xi:include href='a.xml'/></TEI>")
    _, findings = read(including(tmp_path, 'href="a.xml"'))
    assert [place(f) for f in findings] == [("X005", "b.xml", 3)]


def test_one_file_may_be_included_twice(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", paragraph("one"))
    source, findings = read(including(tmp_path, 'href="a.xml"', 'href="a.xml"'))
    assert words(source) == "oneafteroneafter"
    assert findings == []


def test_what_is_included_has_a_limit_however_often_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.xml", paragraph("one"))
    put(tmp_path / "b.txt", "b" * 90)
    size = (tmp_path / "a.xml").stat().st_size
    monkeypatch.setattr("teipress.read.MOST_INCLUDED", 2 * size + 50)
    source, findings = read(including(tmp_path, *['href="a.xml"'] * 2, 'href="b.txt" parse="text"', 'href="a.xml"'))
    assert words(source) == "oneafteroneafterafterafter"
    assert [place(f) for f in findings] == [("X005", "edition.xml", 4), ("X005", "edition.xml", 5)]
    assert "b.txt" in findings[0].message
    assert findings[0].hint


def test_an_inclusion_of_no_file_is_reported(tmp_path: Path) -> None:
    _, findings = read(including(tmp_path, 'xpointer="a"', 'href="#a"'))
    assert [place(f) for f in findings] == [("X005", "edition.xml", 2), ("X005", "edition.xml", 3)]


def test_a_broken_included_file_is_reported_with_its_own_place_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", f"<TEI {NS}>\n<p>\n</TEI>")
    put(tmp_path / "b.xml", paragraph("two"))
    source, findings = read(including(tmp_path, 'href="a.xml"', 'href="b.xml"'))
    assert [place(f) for f in findings] == [("X001", "a.xml", 3), ("X005", "edition.xml", 2)]
    assert words(source) == "aftertwoafter"


def test_entities_of_an_included_file_are_reported_in_that_file(tmp_path: Path) -> None:
    put(tmp_path / "a.xml", f'<!DOCTYPE TEI [<!ENTITY x "y">]>\n<TEI {NS}>\n<p>&x;</p></TEI>')
    _, findings = read(including(tmp_path, 'href="a.xml"'))
    assert [place(f) for f in findings] == [("X006", "a.xml", 3)]


def test_an_url_that_is_none_is_a_finding(tmp_path: Path) -> None:
    _, findings = read(including(tmp_path, 'href="http://[x/a.xml"', 'href="a%00.xml"'))
    assert [f.line for f in findings] == [2, 3]
    assert {f.code for f in findings} <= {"X003", "X004", "X005"}


def test_what_is_missing_in_a_fallback_is_told_with_its_place(tmp_path: Path) -> None:
    fallback = '<xi:fallback><xi:include href="gone.xml"/></xi:fallback>'
    path = including(tmp_path, 'href="missing.xml"', fallback=fallback)
    _, findings = read(path)
    assert [(f.code, f.file, f.line > 0) for f in findings] == [("X003", str(path), True)] * 2
