"""tagsDecl: what the encoder says of how things looked becomes classes with a look."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from teipress.config import settings_for
from teipress.pipeline import build

WriteTei = Callable[..., Path]

HEADER = """<encodingDesc><tagsDecl>
<rendition xml:id="red.ink" scheme="css">color: red; position: fixed</rendition>
<rendition xml:id="quoted" scheme="css" scope="before">content: "“"</rendition>
<rendition xml:id="prose">in red ink = as the scribe had it</rendition>
<rendition xml:id="fo" scheme="xslfo">color="red"</rendition>
</tagsDecl></encodingDesc>"""
BODY = """<p rendition="#red.ink">a <hi rendition="#quoted #prose">b</hi> <hi style="color: blue; display: none">c</hi>
<hi rendition="#nowhere">d</hi> <hi rend="hidden">secret</hi></p>
<div><head>Open <hi rend="hidden">secret</hi></head><p>e</p></div>
<div rend="hidden"><head>Secret part</head><div><head>Secret inner part</head><p>f</p></div></div>"""


def test_renditions_are_looks_in_every_output_and_what_is_hidden_stays_so(write_tei: WriteTei, tmp_path: Path) -> None:
    path = write_tei(BODY)
    path.write_text(path.read_text("utf-8").replace("</teiHeader>", HEADER + "</teiHeader>"), "utf-8")
    report = build(settings_for(path), tmp_path / "out", ["html", "epub"])
    refused = [f.message for f in report.findings if f.code == "V006"]
    assert [re.search('"[^"]*"', m)[0] for m in refused] == ['"red.ink"', '"prose"', '"fo"']  # type: ignore[index]
    for folder, red in (("html", "red"), ("epub/text/EPUB", "#e60000")):  # in an EPUB dark enough to be read
        style = (tmp_path / "out" / folder / "style.css").read_text("utf-8")
        assert f".rd-redink {{ color: {red}; }}" in style
        assert '.rd-quoted::before { content: "“"; }' in style
        assert "rd-prose" not in style
        assert "position: fixed" not in style.split("tagsDecl")[1]
        pages = "".join(p.read_text("utf-8") for p in (tmp_path / "out" / folder).glob("*.*html"))
        assert 'class="p rd-redink"' in pages
        assert 'class="hi rd-quoted rd-prose"' in pages
        assert 'style="color: blue"' in pages
        assert 'class="hi rd-nowhere"' in pages
        assert "ecret" not in pages
    (account,) = (a for a in report.accounts if a.artifact == "html" and a.kind == "document")
    assert account.omitted == {"hi": 12, "div": len("Secret part Secret inner part f".replace(" ", ""))}


HIDDEN = """<p><choice><abbr rend="hidden">secret</abbr><expan>e</expan></choice></p>
<figure><graphic url="x.png"/><figDesc rend="hidden">secret</figDesc></figure>
<table><head>Open<hi rend="hidden">secret</hi></head><row><cell>a very long word in a very wide table</cell>
<cell>another very long word in a very wide table</cell><cell>incomprehensibilities</cell></row></table>
<p><app><lem rend="hidden">secret</lem><rdg wit="#A">r</rdg></app></p>"""


def test_what_is_hidden_is_in_no_attribute_and_no_entry_either(write_tei: WriteTei, tmp_path: Path) -> None:
    build(settings_for(write_tei(HIDDEN)), tmp_path / "out", ["html", "epub"])
    pages = [p for p in (tmp_path / "out").rglob("*.*") if p.suffix in (".html", ".xhtml")]
    assert [p.name for p in pages if "secret" in p.read_text("utf-8")] == []
