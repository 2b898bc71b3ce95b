"""Distributed Text Services and a static repository for harvesters, as files."""

import json
import re

import pytest
from lxml import etree

from teipress.config import settings_for
from teipress.model import model
from teipress.read import read
from teipress.render.site import render_site
from teipress.vocabulary import load_vocabulary

URL = "https://example.org/x/"
WRAPPER = "{https://w3id.org/api/dts#}wrapper"
TEI_FILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>The Text</title><author>Ada Os</author></titleStmt>
<publicationStmt><publisher>Press</publisher>{mail}<date when="2001-02-03"/></publicationStmt>
<sourceDesc><p>x</p></sourceDesc></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"""
BODY = """<pb n="1" xml:id="p1"/><div xml:id="a"><head>A</head><div xml:id="b"><head>B</head>
<p xml:id="p">one <hi>two <pb n="2" xml:id="p2"/>three</hi> four</p></div></div>
<div xml:id="c"><head>C</head><p>five</p></div>"""


@pytest.fixture
def files(tmp_path):
    """``files(body)`` renders a site that knows where it will stand: path → text."""

    def render(body=BODY, mail="<address><addrLine><email>a@example.org</email></addrLine></address>"):
        path = tmp_path / "t.xml"
        path.write_text(TEI_FILE.format(body=body, mail=mail), encoding="utf-8")
        (tmp_path / "edition.toml").write_text(
            f'name = "x"\nsource = "t.xml"\n[html]\nurl = "{URL}"\n', encoding="utf-8"
        )
        settings = settings_for(tmp_path)
        edition = model(read(path, tmp_path)[0], settings)
        return {f.path.as_posix(): f.text for f in render_site(edition, settings, load_vocabulary())}

    return render


def expanded(template, **values):
    """A URI template with ``{name}``, ``{/name}`` and ``{;names}`` filled in (RFC 6570, 3.2)."""

    def fill(match):
        operator, names = match[1], match[2].split(",")
        if operator == ";":
            return "".join(f";{n}={values[n]}" for n in names if n in values)
        return "".join(f"{operator}{values[n]}" for n in names if n in values)

    return re.sub(r"\{([/;]?)([\w,]+)\}", fill, template)


def test_templates_lead_to_every_answer(files):
    made = files()
    entry = json.loads(made["dts/index.json"])
    assert (entry["@type"], entry["dtsVersion"]) == ("EntryPoint", "1.0")

    def answer(endpoint, **values):
        return made[expanded(endpoint, **values).removeprefix(URL)]

    collection = json.loads(answer(entry["collection"]))
    assert collection["totalChildren"] == len(collection["member"]) == 1
    (member,) = collection["member"]
    assert json.loads(answer(entry["collection"], id=member["@id"]))["@type"] == "Resource"
    assert json.loads(answer(member["collection"], nav="parents"))["member"][0]["@id"] == collection["@id"]
    assert answer(member["document"]) == answer(entry["document"], resource="t")
    for tree in ({}, {"tree": "pages"}):
        units = json.loads(answer(member["navigation"], down=-1, **tree))["member"]
        for unit in units:
            alone = json.loads(answer(entry["navigation"], resource="t", ref=unit["identifier"], **tree))
            assert alone["ref"] == unit and "member" not in alone
            assert (
                etree.fromstring(answer(member["document"], ref=unit["identifier"], **tree).encode())[0].tag == WRAPPER
            )
    assert made[member["download"].removeprefix(URL)]


def test_every_json_says_what_it_is_and_where(files):
    for name, text in files().items():
        if name.startswith("dts/") and name.endswith(".json"):
            found = json.loads(text)
            assert found["@context"] and found["dtsVersion"] == "1.0"
            if found["@type"] == "Navigation":
                assert found["@id"] == URL + name


def test_divisions_and_pages_are_two_trees(files):
    made = files()
    resource = json.loads(made["dts/collection/t.json"])
    default, pages = resource["citationTrees"]
    assert "identifier" not in default and pages["identifier"] == "pages"
    assert default["citeStructure"][0]["citeStructure"][0]["citeType"] == "division"
    units = json.loads(made["dts/navigation/t;down=-1.json"])["member"]
    assert [(u["identifier"], u["level"], u["parent"]) for u in units] == [
        ("a", 1, None),
        ("b", 2, "a"),
        ("c", 1, None),
    ]
    assert [u["identifier"] for u in json.loads(made["dts/navigation/t;down=1.json"])["member"]] == ["a", "c"]
    assert [u["identifier"] for u in json.loads(made["dts/navigation/t;ref=a;down=1.json"])["member"]] == ["a", "b"]
    found = json.loads(made["dts/navigation/t;tree=pages;down=1.json"])["member"]
    assert [(u["identifier"], u["dublinCore"]["title"][0]["value"]) for u in found] == [("p1", "1"), ("p2", "2")]


def test_without_divisions_pages_are_the_default_tree(files):
    made = files('<pb n="1" xml:id="p1"/><p>x</p>')
    (tree,) = json.loads(made["dts/collection/t.json"])["citationTrees"]
    assert "identifier" not in tree
    assert "x" in made["dts/document/t;ref=p1.xml"]


def test_a_document_without_either_has_no_tree(files):
    assert json.loads(files("<p>x</p>")["dts/collection/t.json"])["citationTrees"] == []


def test_pages_cut_what_goes_on_and_lose_nothing(files):
    made = files()
    one, two = (etree.fromstring(made[f"dts/document/t;tree=pages;ref=p{n}.xml"].encode()) for n in (1, 2))
    assert "".join("".join(one.itertext()).split()) == "ABonetwo"
    assert "".join("".join(two.itertext()).split()) == "threefourCfive"
    assert [e.tag.rpartition("}")[2] for e in two.iter()][2:7] == ["text", "body", "div", "div", "p"]
    assert [e.get("{http://www.w3.org/XML/1998/namespace}id") for e in two.iter("{*}p")] == [None, None]
    assert one.find(".//{*}p").get("{http://www.w3.org/XML/1998/namespace}id") == "p"


def test_a_static_repository_has_a_record_for_each_document(files):
    tree = etree.fromstring(files()["oai.xml"].encode())
    text = {e.tag.rpartition("}")[2]: e.text for e in tree.iter()}
    assert (text["adminEmail"], text["earliestDatestamp"]) == ("a@example.org", "2001-02-03")
    (record,) = tree.iter("{http://www.openarchives.org/OAI/2.0/}record")
    assert record.findtext(".//{*}identifier") == "oai:example.org:x"
    assert record.findtext(".//{http://purl.org/dc/elements/1.1/}creator") == "Ada Os"


def test_no_repository_without_an_address_for_mail(files):
    assert "oai.xml" not in files(mail="")


def test_no_services_where_nobody_knows_their_address(site):
    assert not any(name in site() for name in ("index.json", "oai.xml", "collection.json"))
