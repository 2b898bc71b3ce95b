"""The apparatus as a table, and the text of each witness."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from lxml import html

from teipress.config import settings_for
from teipress.errors import UsageError
from teipress.pipeline import build

EDITIONS = Path(__file__).parents[1] / "editions"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("witnesses") / "out"
    report = build(settings_for(EDITIONS / "three-witnesses"), out, ["html"])
    assert [str(f) for f in report.findings] == []
    return out / "html"


def table(text):
    """The rows of a table of comma-separated values, by the words of the text and the line."""
    return {(row["line"], row["text"]): row for row in csv.DictReader(StringIO(text))}


def rows_of(site, body, **settings):
    found = site(body, **settings)
    return list(csv.DictReader(StringIO(found["collation-t.csv"])))


def page(folder, name):
    return html.fromstring((folder / name).read_text("utf-8"))


def told(element):
    return " ".join(element.text_content().split())


def test_places_and_witnesses(built):
    found = table((built / "collation-kiln.csv").read_text("utf-8"))
    assert list(next(iter(found.values()))) == [
        *("number", "page", "division", "line", "text", "A", "A²", "B", "C", "others", "link"),
    ]
    row = found["2", "slept"]
    assert (row["A"], row["B"], row["C"], row["others"]) == ("slept", "om.", "slept", "woke A²")
    assert (row["page"], row["division"]) == ("1", "The kiln")
    assert row["link"] == "kiln.html#app-3"


def test_a_witness_reads_as_what_it_is_listed_in_unless_it_is_named(built):
    found = table((built / "collation-kiln.csv").read_text("utf-8"))
    assert found["1", "fired"]["A²"] == "fired"
    assert found["3", "red"]["A²"] == "wet"
    cell = page(built, "collation-kiln.html").cssselect("td.via")[0]
    assert (told(cell), cell.get("title")) == ("fired", "as A")


def test_where_a_witness_is_lost(built):
    found = table((built / "collation-kiln.csv").read_text("utf-8"))
    assert [found[key]["C"] for key in (("1", "fired"), ("1", "dusk"), ("4", "sang"), ("5", "jars"), ("6", "by"))] == [
        *("lac.", "dawn", "lac.", "lac.", "at"),
    ]


def test_the_same_readings_are_shaded_alike(built):
    rows = page(built, "collation-kiln.html").cssselect("tbody tr:not(.division)")
    assert [told(c) for c in rows[3]] == [
        "3 p. 1",
        "red clay",
        "red clay",
        "red clay",
        "grey ash[…]",
        "grey ash[…]",
        "",
    ]
    assert [(c.get("class") or "").split()[:1] for c in rows[3]][2:6] == [["g0"], ["g0"], ["g1"], ["g1"]]


def test_a_table_scrolls_by_itself_and_can_be_reached(built):
    root = page(built, "collation-kiln.html")
    (frame,) = root.cssselect(".collation-frame")
    assert (frame.get("role"), frame.get("tabindex")) == ("region", "0")
    assert frame.get("aria-label")
    assert {th.get("scope") for th in root.cssselect("th")} == {"col", "row", "rowgroup"}


def test_what_is_withheld_is_in_no_page_and_no_table(built):
    assert "CANARY" in (EDITIONS / "three-witnesses/edition.xml").read_text("utf-8")
    assert [p.name for p in built.rglob("*") if p.is_file() and b"CANARY" in p.read_bytes()] == []


def test_a_name_for_a_table_that_a_document_has_already(write_edition, tmp_path):
    app = "<p><app><lem wit='#x'>a</lem><rdg wit='#y'>b</rdg></app></p>"
    files = {
        "first.xml": (Path(write_edition()) / "first.xml").read_text("utf-8").replace("</div>", f"{app}</div>"),
        "second.xml": (Path(write_edition()) / "second.xml")
        .read_text("utf-8")
        .replace('"second"', '"collation-first"'),
    }
    folder = write_edition(files, toml='name = "tiny"\nformats = ["html"]\n')
    build(settings_for(folder), tmp_path / "out", ["html"])
    assert (tmp_path / "out/html/collation-firstx.html").is_file()


# Readings


def test_nested_places_have_rows_of_their_own(site):
    rows = rows_of(
        site,
        '<p n="7">x <app><lem wit="#A">a <app><lem wit="#A">b</lem><rdg wit="#C">c</rdg></app></lem>'
        '<rdg wit="#B">d</rdg></app></p>',
    )
    assert [(r["line"], r["text"], r["A"], r["B"], r["C"]) for r in rows] == [
        ("7", "a b", "a b", "d", ""),
        ("7", "b", "b", "", "c"),
    ]


def test_groups_of_readings_omissions_notes_and_verses(site):
    rows = rows_of(
        site,
        '<p><app><lem wit="#A"><l>one</l><l>two</l></lem><rdgGrp><rdg wit="#B">three<note>why</note></rdg>'
        '<rdg wit="#C"/></rdgGrp><rdg wit="#D"><gap reason="omitted"/></rdg><rdg wit="#E">f<gap/>g</rdg></app></p>',
    )
    assert [rows[0][w] for w in "ABCDE"] == ["one / two", "three", "om.", "om.", "f[…]g"]


def test_what_is_hidden_is_not_collated(site):
    rows = rows_of(
        site,
        '<p><app><lem wit="#A">a<seg rend="hidden">secret</seg></lem><rdg wit="#B" rend="hidden">secret</rdg>'
        '<rdg wit="#C">c</rdg></app></p><p rend="hidden"><app><lem wit="#A">secret</lem></app></p>',
    )
    assert [(r["text"], r["A"], r["C"]) for r in rows] == [("a", "a", "c")]
    assert "B" not in rows[0]


def test_without_a_lemma_the_text_reads_as_the_first(site):
    (row,) = rows_of(site, '<p><app><rdg wit="#A">a</rdg><rdg wit="#B">b</rdg></app></p>')
    assert (row["text"], row["A"], row["B"]) == ("a", "a", "b")


def test_of_an_entry_that_stands_apart_it_may_not_be_known_what_the_text_reads(site):
    found = site('<listApp><app loc="3"><rdg wit="#A">a</rdg></app></listApp>')
    assert '<td class="text">–</td>' in found["collation-t.html"]


def test_the_words_that_an_entry_points_to_are_its_lemma(site):
    (row,) = rows_of(
        site,
        '<p><seg xml:id="w1">one</seg></p><listApp><app from="#w1" loc="3"><rdg wit="#A">uno</rdg></app></listApp>',
    )
    assert (row["line"], row["text"], row["A"]) == ("3", "one", "uno")


def test_without_witnesses_there_is_no_table(site):
    found = site("<p><app><lem>a</lem><rdg source='#me'>b</rdg></app></p>")
    assert [name for name in found if "collation" in name] == []


def test_a_large_table_is_divided(site):
    places = '<app><lem wit="#A">a</lem><rdg wit="#B">b</rdg></app> '
    witnesses = " ".join(f"#w{n}" for n in range(200))
    found = site(f'<p>{places * 60}<app><lem wit="{witnesses}">c</lem></app></p>')
    assert {name for name in found if name.startswith("collation-")} == {
        *("collation-t.html", "collation-t~2.html", "collation-t.csv"),
    }
    assert "places 50 to 61" in " ".join(found["collation-t~2.html"].split())


# The text of a witness


def test_each_witness_can_be_the_base(built):
    assert sorted(p.name for p in built.glob("witness-*")) == [
        f"witness-kiln-{name}.html" for name in ("wA", "wA2", "wB", "wC")
    ]
    lines = [told(line) for line in page(built, "witness-kiln-wB.html").cssselect(".l")]
    assert lines[0].startswith("They lita the kiln at duskb,")
    assert lines[1].startswith("and nobody c till")


def test_the_readings_of_the_others_are_told_with_that_of_the_base_as_lemma(built):
    entries = [told(e) for e in page(built, "witness-kiln-wB.html").cssselect(".note-text")]
    assert entries[0] == "lit B] fired A"
    assert entries[2] == "om. B] slept A C; woke A²"


def test_where_the_apparatus_is_silent_the_text_stands_and_is_marked(built):
    root = page(built, "witness-kiln-wC.html")
    assert "A reconstruction" in told(root.cssselect(".legend")[0])
    assert [told(e) for e in root.cssselect(".lost")][1:4] == ["They", "fired", "the kiln at"]
    assert [told(e) for e in page(built, "witness-kiln-wB.html").cssselect(".silent")] == []


def test_another_base_is_one_link_away(built):
    (bases,) = page(built, "witness-kiln-wB.html").cssselect("nav.bases")
    assert [a.get("href") for a in bases.cssselect("a")] == [
        "kiln.html",
        *(f"witness-kiln-{name}.html" for name in ("wA", "wA2", "wB", "wC")),
        "collation-kiln.html",
    ]
    assert bases.cssselect("[aria-current]")[0].text_content() == "B"
    assert "witness-kiln-wB.html" in page(built, "kiln.html").xpath("//p[@class='compared']//a/@href")


def test_texts_of_witnesses_are_no_second_occurrence_of_a_word(built):
    links = page(built, "words.html").xpath("//main//a/@href")
    assert links
    assert not [h for h in links if h.startswith(("witness-", "collation-"))]


def test_a_lone_file_and_many_witnesses_have_texts_only_if_they_are_asked_for(site):
    body = '<p><app><lem wit="#A">a</lem><rdg wit="#B">b</rdg></app></p>'
    assert any(name.startswith("witness") for name in site(body))
    assert not any(name.startswith("witness") for name in site(body, declared=False))
    assert not any(name.startswith("witness") for name in site(body, witnesses=False))
    many = " ".join(f"#w{n}" for n in range(20))
    body = f'<p><app><lem wit="{many}">a</lem><rdg wit="#B">b</rdg></app></p>'
    assert not any(name.startswith("witness") for name in site(body))
    assert sum(name.startswith("witness") for name in site(body, witnesses=True)) == 21


def test_an_apparatus_that_stands_apart_makes_no_texts(site):
    found = site(
        '<p xml:id="w1">one</p><listApp><app from="#w1"><rdg wit="#A">uno</rdg><rdg wit="#B">due</rdg></app></listApp>',
        witnesses=True,
    )
    assert "collation-t.html" in found
    assert not any(name.startswith("witness") for name in found)


def test_some_witnesses_may_be_chosen_by_siglum_or_identifier(tmp_path, built):
    folder = tmp_path / "edition"
    folder.mkdir()
    (folder / "edition.xml").write_bytes((EDITIONS / "three-witnesses/edition.xml").read_bytes())
    (folder / "edition.toml").write_text('formats = ["html"]\n[html]\nwitnesses = ["B", "wC"]\n', "utf-8")
    build(settings_for(folder), tmp_path / "out", ["html"])
    names = sorted(p.name for p in (tmp_path / "out/html").glob("witness-*"))
    assert names == ["witness-kiln-wB.html", "witness-kiln-wC.html"]


def test_a_witness_that_nobody_names_is_told(site):
    with pytest.raises(UsageError, match='names "Q", which no apparatus names'):
        site('<p><app><lem wit="#A">a</lem></app></p>', witnesses=("A", "Q"))


@pytest.mark.parametrize("value", ['"yes"', "[1]", "1"])
def test_the_setting_is_checked(write_edition, value):
    folder = write_edition(toml=f"[html]\nwitnesses = {value}\n")
    with pytest.raises(UsageError, match='"witnesses" must be true, false or a list of sigla'):
        settings_for(folder)
