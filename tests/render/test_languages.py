"""The interface in other languages: nothing English is left on a page, and each part says what language it is in."""

import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from messages import LANGUAGES, PLACEHOLDER, catalogue
from teipress.config import settings_for
from teipress.model import model
from teipress.pipeline import build
from teipress.read import read
from teipress.render.print import render_print
from teipress.vocabulary import load_vocabulary

REDACTED = {
    "second.xml": """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="second" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>Zweiter Brief</title></titleStmt><publicationStmt><p>Nirgends.</p></publicationStmt>
<sourceDesc><p>Probe.</p></sourceDesc></fileDesc></teiHeader><text><body><pb n="1"/><div><head>Neuigkeit</head>
<p>Niemand kennt <gap reason="redacted" resp="#ada" ana="#secret" unit="line" quantity="2"/>
und <gap reason="illegible"/>.<note>Mit Bleistift.</note></p><table><row><cell>a</cell></row></table>
<p><persName ref="#ada">Ada</persName> <app><lem>so</lem><rdg/></app></p></div></body></text></TEI>"""
}
TOML = 'name = "tiny"\nformats = ["html", "epub"]\ninterface = "{}"\n'
SEEN = ("aria-label", "title", "alt", "placeholder")


@pytest.fixture(autouse=True)
def no_fonts(monkeypatch):
    monkeypatch.setattr("teipress.package.fonts.available", tuple)


def visible(page: Path) -> set[str]:
    """What a reader sees and hears of a page, piece by piece."""
    root = etree.fromstring(page.read_bytes(), etree.HTMLParser(encoding="utf-8"))
    found = [a for e in root.iter(etree.Element) for name in SEEN if (a := e.get(name))]
    for element in list(root.iter("script", "style")):
        element.text = ""
    return {" ".join(piece.split()) for piece in (*found, *root.itertext()) if piece.strip()}


def english(language: str) -> list[re.Pattern[str]]:
    """What is only said in English: phrases whose translation differs, with numbers in their placeholders."""
    ids, strings = ({s for m in catalogue(language) for s in several(getattr(m, n))} for n in ("id", "string"))
    words = (said for said in ids - strings if re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", said)))
    return [re.compile(r"\d+".join(map(re.escape, PLACEHOLDER.split(said)))) for said in words]


def several(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said,)


@pytest.fixture(params=LANGUAGES)
def built(request, write_edition, tmp_path):
    folder = write_edition(REDACTED, TOML.format(request.param))
    report = build(settings_for(folder), tmp_path / "out", ("html", "epub"))
    return request.param, report, tmp_path / "out"


def test_no_page_has_a_phrase_in_english(built):
    language, report, out = built
    assert [f for f in report.findings if f.code[0] in "FVO" and f.code != "O003"] == []
    patterns = english(language)
    pages = [p for p in out.rglob("*") if p.suffix in (".html", ".xhtml")]
    assert len(pages) > 12
    left = {(p.name, said) for p in pages for said in visible(p) for e in patterns if e.fullmatch(said)}
    assert left == set()


def test_pages_say_their_language_and_texts_theirs(built):
    language, _, out = built
    for page in (p for p in out.rglob("*") if p.suffix in (".html", ".xhtml")):
        text = page.read_text("utf-8")
        assert re.search(r'<html[^>]* lang="([^"]*)"', text)[1] == language, page.name
        if article := re.search(r"<article[^>]*>", text):
            assert 'lang="en"' in article[0]
    leaf = (out / "html" / "second.html").read_text("utf-8")
    assert f'data-generated="" lang="{language}">' in re.search(r"<a class=\"withheld\".*?>", leaf)[0]
    index = (out / "html" / "index.html").read_text("utf-8")
    assert '<header class="frontispiece" lang="en">' in index


def test_scripts_speak_the_language_and_stay_valid(built):
    language, _, out = built
    patterns = english(language)
    for script in (out / "html").glob("*.js"):
        strings = [json.loads(s) for s in re.findall(r'"(?:[^"\\\n]|\\u[0-9a-f]{4})*"', script.read_text("utf-8"))]
        sentences = [s for s in strings if " " in s or s.istitle()]
        assert [s for s in sentences for e in patterns if e.fullmatch(s)] == [], script.name


WITHHELD = {"de": "2 Zeilen geschwärzt", "fr": "caviardé : 2 lignes", "ja": "2行黒塗り"}
SAID = {
    "de": ("Schwärzungen", "Personen", "Zur Edition", "Anmerkungen", "Herausgegeben von The test editors"),
    "fr": ("Caviardages", "Personnes", "À propos", "Notes", "Édité par The test editors"),
    "ja": ("黒塗り", "人名", "本版について", "注", "The test editors 編"),
}


def test_what_is_withheld_is_said_in_words_of_the_language(built):
    language, _, out = built
    assert WITHHELD[language] in visible(out / "html" / "second.html")
    assert WITHHELD[language] in visible(out / "epub" / "tiny" / "EPUB" / "second.xhtml")
    start = visible(out / "html" / "index.html") | visible(out / "html" / "first.html")
    assert set(SAID[language]) <= start


def test_the_same_again(write_edition, tmp_path):
    folder = write_edition(REDACTED, TOML.format("ja"))
    made = [
        {str(p.path): p.sha256 for p in build(settings_for(folder), tmp_path / name, ("html", "epub")).artifacts}
        for name in ("one", "two")
    ]
    assert made[0] == made[1]


PRINTED = {
    "de": ("Inhalt", "Personenregister", "Schwärzungen", "Über diese Edition", "Herausgegeben von The test editors."),
    "fr": ("Sommaire", "Index des personnes", "Caviardages", "À propos de cette édition", "Les nombres renvoient"),
    "ja": ("目次", "人名索引", "黒塗り", "本版について", "2001年2月3日"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_speaks_the_language(write_edition, language):
    settings = settings_for(write_edition(REDACTED, TOML.format(language)))
    edition = model(read(settings.source, settings.folder)[0], settings)
    book = render_print(edition, settings, load_vocabulary(), {}, datetime(2000, 1, 1, tzinfo=UTC))
    for said in PRINTED[language]:
        assert said in html.unescape(book.html)
    text = re.sub(r"<style.*?</style>", "", book.html, flags=re.DOTALL)
    pieces = {" ".join(html.unescape(t).split()) for t in re.split(r"<[^>]*>", text)}
    pieces |= {html.unescape(v) for v in re.findall(r'aria-label="([^"]*)"', text)}
    assert [p for p in pieces for e in english(language) if e.fullmatch(p)] == []


def test_an_edition_in_a_language_that_is_known_speaks_it(write_edition):
    files = {name: text.replace('xml:lang="en"', 'xml:lang="de-AT"') for name, text in REDACTED.items()}
    folder = write_edition(files, TOML.replace("interface", "# "))
    source = folder / "edition.xml"
    source.write_text(source.read_text("utf-8").replace('xml:lang="en"', 'xml:lang="de-AT"'), "utf-8")
    build(settings_for(folder), folder.parent / "out", ("html",))
    start = (folder.parent / "out" / "html" / "index.html").read_text("utf-8")
    assert '<html lang="de-AT">' in start
    assert ">Inhalt<" in start


@pytest.mark.parametrize(("interface", "article"), [("en", "ar"), ("de", "ar")])
def test_a_text_from_right_to_left_in_an_interface_from_left_to_right(site, interface, article):
    body = f"<body xml:lang='{article}'><pb n='1'/><p>نص عربي قصير كتب للتجربة</p></body>"
    page = site(text=body, interface=interface)["t.html"]
    assert f'<html lang="{interface}" dir="rtl">' in page
    assert f'<header class="masthead" lang="{interface}" dir="ltr">' in page
    assert re.search(rf'<a id="\S+" class="pb" [^>]*lang="{interface}" data', page)


def test_a_text_that_says_no_language_is_not_taken_for_the_interface(site):
    assert 'data-part="0" lang="">' in site(interface="fr")["t.html"]
    assert 'data-part="0">' in site()["t.html"]


def test_an_interface_from_right_to_left(site, tmp_path):
    (tmp_path / "templates" / "locale").mkdir(parents=True)
    catalogue = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    (tmp_path / "templates" / "locale" / "ar.po").write_text(
        f'{catalogue}msgid "Contents"\nmsgstr "المحتويات"\n', "utf-8"
    )
    pages = site(interface="ar")
    assert '<html lang="ar" dir="rtl">' in pages["index.html"]
    assert '<header class="frontispiece" lang="" dir="ltr">' in pages["index.html"]
    assert '<header class="masthead" lang="ar" dir="rtl">' in pages["t.html"]
    assert '<html lang="ar">' in pages["t.html"]
    assert ">المحتويات<" in pages["t.html"]
