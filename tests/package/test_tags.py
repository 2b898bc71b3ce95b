"""The tags of a PDF: what someone hears who has it read aloud, in which order, and as what."""

import re
from pathlib import Path

import pikepdf
import pytest

from teipress.package.pdf import lay_out, write_pdf

pytestmark = pytest.mark.slow

CSS = """@page { size: 80mm 60mm; margin: 8mm; @top-center { content: "running head" } }
.footnote { float: footnote; footnote-policy: line }
.footnote::footnote-call, .footnote::footnote-marker { content: attr(data-label) }
.quiet::footnote-call, .quiet::footnote-marker { content: none }
.pb { position: absolute; left: 0 } .gap::after { content: leader(".") }
p { margin: 0; hyphens: auto } li { list-style: none } li::before { content: "•" }"""


def heard(tmp_path, html, css=""):
    """The tags of a page as nested lists: what each is, then its texts and what is in it."""
    layout = lay_out(f'<html lang="en"><body>{html}', CSS + css, tmp_path, (), "t.pdf")
    write_pdf(layout, tmp_path / "t.pdf")
    with pikepdf.open(tmp_path / "t.pdf") as pdf:
        marks = [texts(page) for page in pdf.pages]
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return element(pdf.Root.StructTreeRoot.K[0], marks, numbers)


def texts(page):
    """The text of each piece of marked content of a page; with the font's own map, a glyph is a character."""
    maps = {}
    for name, font in page.Resources.Font.items():
        pairs = re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>\n", font.ToUnicode.read_bytes())
        maps[name] = {int(g, 16): bytes.fromhex(u.decode()).decode("utf-16-be") for g, u in pairs}
    found, font, number = {}, "", None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            number = int(operands[1].MCID) if "/MCID" in operands[1] else None
        elif str(operator) == "EMC":
            number = None
        elif str(operator) == "Tf":
            font = str(operands[0])
        elif str(operator) == "TJ" and number is not None:
            codes = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
            words = "".join(maps[font][codes[i] * 256 + codes[i + 1]] for i in range(0, len(codes), 2))
            found[number] = found.get(number, "") + words
    return found


def element(node, marks, numbers):
    kind = str(node.S)[1:]
    told = {key: str(node[key]) for key in ("/Lang", "/Alt", "/ActualText", "/E", "/ID") if key in node}
    if "/A" in node:
        told |= {k: str(v) for k, v in node.A.items() if k in ("/Scope", "/ColSpan", "/RowSpan")}
    made = [f"{kind} {' '.join(f'{k[1:]}={v}' for k, v in told.items())}".strip()]
    for kid in node.K:
        if isinstance(kid, int):
            made.append(marks[numbers[node.Pg.objgen]].get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            made.append(marks[numbers[kid.Pg.objgen]].get(kid.MCID, ""))
        elif kid.get("/Type") == "/OBJR":
            made.append(f"→ {kid.Obj.Contents}")
        else:
            made.append(element(kid, marks, numbers))
    return made


def test_a_note_stands_where_it_is_called(tmp_path):
    html = '<p>Before<span class="footnote" id="n1" data-label="1">the note</span> and after.</p><p>End.</p>'
    note = ["Note ID=n1", ["Lbl", "1"], "the note"]
    assert heard(tmp_path, html) == [
        "Document Lang=en",
        ["P", "Before", ["Reference", "1"], note, " and after."],
        ["P", "End."],
    ]


def test_an_entry_of_an_apparatus_that_nothing_calls_does_so_too(tmp_path):
    html = '<p>A <i>word</i><span class="footnote quiet" id="e1" data-band="2">word] other <i>B</i></span> more.</p>'
    note = ["Note ID=e1", "word] other ", "B"]
    assert heard(tmp_path, html) == ["Document Lang=en", ["P", "A ", "word", note, " more."]]


def test_a_paragraph_is_one_over_pages_and_its_words_are_apart(tmp_path):
    words = " ".join(f"word{n}" for n in range(150))
    document = heard(tmp_path, f"<p>{words}</p>")
    (paragraph,) = document[1:]
    assert len(paragraph) > 20
    assert "".join(paragraph[1:]).strip() == words


def test_a_line_that_is_ended_parts_words_and_a_divided_word_is_none(tmp_path):
    document = heard(tmp_path, "<p>one<br>two incomprehensibilities incomprehensibilities</p>", "body { width: 30mm }")
    assert "".join(document[1][1:]).replace("\u2010", "").split() == ["one", "two", *["incomprehensibilities"] * 2]


def test_heads_folios_margins_and_leaders_are_not_heard(tmp_path):
    html = '<p>In the <span class="pb">[12]</span>midst<span class="gap"></span></p><p aria-hidden="true">*</p>'
    assert heard(tmp_path, html) == ["Document Lang=en", ["P", "In the ", "midst"]]
    with pikepdf.open(tmp_path / "t.pdf") as pdf:
        assert b"/Artifact" in pdf.pages[0].Contents.read_bytes()


def test_a_word_in_another_language_says_so(tmp_path):
    html = '<p>See <i lang="de">auf Deutsch</i> and <i>so</i>.</p><p lang="fr">Et <b>voilà</b>.</p><p lang="x_y">?</p>'
    assert heard(tmp_path, html) == [
        "Document Lang=en",
        ["P", "See ", ["Span Lang=de", "auf Deutsch"], " and ", "so", "."],
        ["P Lang=fr", "Et ", "voilà", "."],
        ["P", "?"],
    ]


def test_no_level_of_headings_is_skipped(tmp_path):
    html = "<h1>a</h1><h4>b</h4><h2>c</h2><h6>d</h6>"
    assert heard(tmp_path, html)[1:] == [["H1", "a"], ["H2", "b"], ["H2", "c"], ["H3", "d"]]


def test_lists_hold_items(tmp_path):
    html = '<ul><li class="head">Head</li><li>one<ul><li>in</li></ul></li></ul><dl><dt>A</dt><dd>a</dd></dl>'
    inner = ["L", ["LI", ["Lbl", "•"], ["LBody", "in"]]]
    assert heard(tmp_path, html, ".head::before { content: none !important }")[1:] == [
        ["L", ["Caption", "Head"], ["LI", ["Lbl", "•"], ["LBody", "one", inner]]],
        ["L", ["LI", ["Lbl", "A"], ["LBody", "a"]]],
    ]


def test_tables_have_rows_of_one_length_and_say_what_heads_are_of(tmp_path):
    html = """<table><caption>T</caption><tr><th>a<th>b<tr><th>c<td>1<tr><td rowspan="9">2</table>"""
    row = ["TR", ["TD", "2"], ["TD"]]
    assert heard(tmp_path, html)[1] == [
        "Table",
        ["Caption", "T"],
        ["TBody", ["TR", ["TH Scope=/Column", "a"], ["TH Scope=/Column", "b"]],
         ["TR", ["TH Scope=/Row", "c"], ["TD", "1"]], row],
    ]  # fmt: skip


def test_the_head_of_a_table_is_heard_once_though_it_is_printed_on_each_page(tmp_path):
    rows = "".join(f"<tr><td>{n}</td></tr>" for n in range(30))
    table = heard(tmp_path, f"<table><thead><tr><th>Head</th></tr></thead><tbody>{rows}</tbody></table>")[1]
    assert str(table).count("'Head'") == 1
    assert len(table[2]) == 31


def test_a_link_says_where_it_leads_and_a_bar_what_it_hides(tmp_path):
    html = '<p id="x"><a href="#x" aria-label="3 words withheld">withheld</a> <abbr title="Doctor">Dr</abbr></p>'
    link = ["Link Alt=3 words withheld", "→ 3 words withheld", "withheld"]
    assert heard(tmp_path, html) == ["Document Lang=en", ["P", link, " ", ["Span E=Doctor", "Dr"]]]


def test_a_character_that_nobody_knows_is_told_as_such(tmp_path):
    document = heard(tmp_path, "<p>a \ue123 b</p>")
    assert document[1][1][0] == "Span ActualText=a \ufffd b"


def test_the_contents_are_told_from_other_lists(tmp_path):
    html = '<ol class="toc"><li><a href="#y">One</a><ol><li><a href="#y">In</a></li></ol></li></ol><p id="y">y</p>'
    inner = ["TOC", ["TOCI", ["Reference", ["Link", "→ In", "In"]]]]
    found = heard(tmp_path, html, "li::before { content: none }")[1]
    assert found == ["TOC", ["TOCI", ["Reference", ["Link", "→ One", "One"]], inner]]


def test_what_is_drawn_serves_the_same_after_an_error(tmp_path, monkeypatch):
    import weasyprint.pdf

    usual = weasyprint.pdf.Stream, weasyprint.pdf.add_tags
    layout = lay_out("<html lang=en><p>x</p>", CSS, tmp_path, (), "t.pdf")
    monkeypatch.setattr(Path, "mkdir", lambda *_, **__: None)
    with pytest.raises(OSError):
        write_pdf(layout, tmp_path / "no folder" / "t.pdf")
    assert usual == (weasyprint.pdf.Stream, weasyprint.pdf.add_tags)
