"""How to cite a document: styles, files for reference managers, COinS; all from the header, nothing invented."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs

import pytest

import readers
from teipress.config import settings_for
from teipress.errors import UsageError
from teipress.model import model
from teipress.read import read
from teipress.render.citation import Agent, Citation, citations
from teipress.render.exchange import bibtex, coins, csl_json, ris
from teipress.render.styles import lines

ADA = Agent("Ada B. Example", "Example", "Ada B.")
ABE = Agent("Abe Kan", "Abe", "Kan", fixed=True)
BODY = Agent("The Society")
LETTER = Citation(
    "set-letter", "A letter", "Letters", (ADA, ABE), (BODY,), "Press", "2001-02-03", "1850", url="https://example.org/a"
)
ALONE = Citation("song", "What song? A question", authors=(ABE,), editors=(ADA,), publisher="Press", issued="2001")


def styled(citation):
    return {line.style: str(line.text) for line in lines(citation)}


def test_a_document_in_an_edition():
    assert styled(LETTER) == {
        "Chicago": "Example, Ada B. and Abe Kan. “A letter.” In <i>Letters</i>, edited by the Society. Press, 2001. "
        "https://example.org/a",
        "MLA": "Example, Ada B. and Abe Kan. “A letter.” <i>Letters</i>, edited by the Society, Press, 3 Feb. 2001, "
        "https://example.org/a",
        "APA": "Example, A. B. &amp; Abe, K. (2001). A letter. In The Society (Ed.), <i>Letters</i>. Press. "
        "https://example.org/a (Original work published 1850)",
        "ISO 690": "EXAMPLE, Ada B.; ABE Kan. A letter. In: THE SOCIETY (ed.). <i>Letters</i> [online]. "
        "Press, 2001-02-03. Available from: https://example.org/a",
    }


def test_an_edition_alone():
    assert styled(ALONE) == {
        "Chicago": "Abe Kan. <i>What song? A question</i>. Edited by Ada B. Example. Press, 2001.",
        "MLA": "Abe Kan. <i>What song? A question</i>. Edited by Ada B. Example, Press, 2001.",
        "APA": "Abe, K. (2001). <i>What song? A question</i> (A. B. Example, Ed.). Press.",
        "ISO 690": "ABE Kan. <i>What song? A question</i> [online]. EXAMPLE, Ada B. (ed.). Press, 2001.",
    }


def test_a_page_of_a_document():
    assert styled(replace(LETTER, locator="p. 4")) == {
        "Chicago": "Example, Ada B. and Abe Kan. “A letter.” In <i>Letters</i>, edited by the Society, p. 4. "
        "Press, 2001. https://example.org/a",
        "MLA": "Example, Ada B. and Abe Kan. “A letter.” <i>Letters</i>, edited by the Society, Press, "
        "3 Feb. 2001, p. 4, https://example.org/a",
        "APA": "Example, A. B. &amp; Abe, K. (2001). A letter. In The Society (Ed.), <i>Letters</i> (p. 4). Press. "
        "https://example.org/a (Original work published 1850)",
        "ISO 690": "EXAMPLE, Ada B.; ABE Kan. A letter. In: THE SOCIETY (ed.). <i>Letters</i> [online]. "
        "Press, 2001-02-03, p. 4. Available from: https://example.org/a",
    }


def test_a_page_of_an_edition_alone():
    assert styled(replace(ALONE, locator="p. 4")) == {
        "Chicago": "Abe Kan. <i>What song? A question</i>. Edited by Ada B. Example. Press, 2001, p. 4.",
        "MLA": "Abe Kan. <i>What song? A question</i>. Edited by Ada B. Example, Press, 2001, p. 4.",
        "APA": "Abe, K. (2001). <i>What song? A question</i> (A. B. Example, Ed.) (p. 4). Press.",
        "ISO 690": "ABE Kan. <i>What song? A question</i> [online]. EXAMPLE, Ada B. (ed.). Press, 2001, p. 4.",
    }


def test_what_the_header_does_not_say_is_not_there():
    bare = Citation("x", "Untold <&>")
    assert styled(bare) == {
        "Chicago": "<i>Untold &lt;&amp;&gt;</i>.",
        "MLA": "<i>Untold &lt;&amp;&gt;</i>.",
        "APA": "<i>Untold &lt;&amp;&gt;</i> (n.d.).",
        "ISO 690": "<i>Untold &lt;&amp;&gt;</i> [online].",
    }
    assert json.loads(csl_json(bare)) == [{"id": "x", "type": "book", "title": "Untold <&>"}]
    assert readers.read_ris(ris(bare)) == {"TY": ["BOOK"], "ID": ["x"], "TI": ["Untold <&>"], "ER": [""]}
    assert readers.read_bibtex(bibtex(bare))[2] == {"title": r"{Untold <\&>}"}


def test_bibtex():
    kind, key, fields = readers.read_bibtex(bibtex(LETTER))
    assert (kind, key) == ("incollection", "set-letter")
    assert fields == {
        "author": "Example, Ada B. and Abe, Kan",
        "title": "{A letter}",
        "booktitle": "{Letters}",
        "editor": "{The Society}",
        "publisher": "{Press}",
        "year": "2001",
        "date": "2001-02-03",
        "origdate": "1850",
        "url": "https://example.org/a",
    }


@pytest.mark.parametrize("title", ["50 % of {all} & #1_x", r"back\slash ~ ^", "$1 {", "}"])
def test_bibtex_is_well_formed_whatever_a_title_holds(title):
    value = readers.read_bibtex(bibtex(Citation("x", title)))[2]["title"]
    assert not re.search(r"(?<!\\)[%&#$_]", value)


def test_ris():
    record = readers.read_ris(ris(LETTER))
    assert record["TY"] == ["CHAP"]
    assert record["AU"] == ["Example, Ada B.", "Abe, Kan"]
    assert record["T2"] == ["Letters"] and record["ED"] == ["The Society"]
    assert record["PY"] == ["2001"] and record["DA"] == ["2001/02/03"]
    assert record["UR"] == ["https://example.org/a"]


def test_csl_json():
    (item,) = json.loads(csl_json(LETTER))
    assert item["author"] == [
        {"family": "Example", "given": "Ada B."},
        {"family": "Abe", "given": "Kan", "static-ordering": True},
    ]
    assert item["editor"] == [{"literal": "The Society"}]
    assert item["issued"] == {"date-parts": [[2001, 2, 3]]}
    assert item["original-date"] == {"date-parts": [[1850]]}


def test_coins():
    found = parse_qs(coins(LETTER))
    assert found["rft.atitle"] == ["A letter"] and found["rft.btitle"] == ["Letters"]
    assert found["rft.aulast"] == ["Example"] and found["rft.au"] == ["Example, Ada B.", "Abe Kan"]


HEADED = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>Why?</title><title type="sub">An answer</title>{who}</titleStmt>
<publicationStmt><publisher>Press</publisher><date when="2001-02"/></publicationStmt>
<sourceDesc><bibl><date when="1850-01-02"/></bibl></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="abe"><persName>A. K.</persName>
<persName><surname>Abe</surname> <forename>Kan</forename></persName></person></listPerson></standOff>
<text><body><p>x</p></body></text></TEI>"""


@pytest.mark.parametrize(
    ("who", "plain", "inverted"),
    [
        ("<author>Anon, of old</author>", "Anon, of old", "Anon, of old"),
        ('<author><persName ref="#abe">K. Abe</persName></author>', "Abe Kan", "Abe Kan"),
        ('<author ref="#nobody">Somebody</author>', "Somebody", "Somebody"),
        (
            "<author><forename>Ada</forename> <nameLink>van</nameLink> <surname>Os</surname></author>",
            "Ada van Os",
            "van Os, Ada",
        ),
        (
            "<author><surname>Os</surname>, <forename>Ada</forename> <forename>Eve</forename></author>",
            "Ada Eve Os",
            "Os, Ada Eve",
        ),
        ("<author><surname>Os</surname></author>", "Os", "Os"),
    ],
)
def test_names_are_told_apart_only_where_the_tei_does(tmp_path, who, plain, inverted):
    path = tmp_path / "t.xml"
    path.write_text(HEADED.format(who=who), encoding="utf-8")
    citation = citations(model(read(path, tmp_path)[0], settings_for(path)), {"t": "t.html"})["t"]
    assert [(a.plain, a.inverted) for a in citation.authors] == [(plain, inverted)]
    assert citation.title == "Why? An answer"
    assert (citation.issued, citation.original, citation.container) == ("2001-02", "1850-01-02", "")


def test_a_document_says_at_its_end_how_to_cite_it(site):
    page = site()["t.html"]
    assert page.index("</article>") < page.index('<details class="cite"')
    for name in ("cite/t.bib", "cite/t.ris", "cite/t.csl.json"):
        assert f'href="{name}"' in page
    assert "http" not in page[page.index('<details class="cite"') :]


def test_with_an_address_the_page_is_cited_by_it(site):
    page = site(url="https://example.org/t/")["t.html"]
    assert "https://example.org/t/t.html" in page[page.index('<details class="cite"') :]


@pytest.mark.parametrize("url", ["example.org", "https://", "ftp://example.org/", "https://example.org/?x=1"])
def test_an_address_that_is_none_stops_the_build(tmp_path, url):
    (tmp_path / "edition.xml").write_text("<TEI/>", encoding="utf-8")
    (tmp_path / "edition.toml").write_text(f'[html]\nurl = "{url}"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="url"):
        settings_for(tmp_path)


def test_an_address_ends_with_a_slash(tmp_path):
    (tmp_path / "edition.xml").write_text("<TEI/>", encoding="utf-8")
    (tmp_path / "edition.toml").write_text('[html]\nurl = "https://example.org/x"\n', encoding="utf-8")
    assert settings_for(tmp_path).url == "https://example.org/x/"
