"""IIIF Presentation 3: manifests that iiif-prezi3 can read, with what the standard asks for."""

import json
import re

import pytest
from PIL import Image

from teipress.render import iiif

URL = "https://example.org/letters/"
FACSIMILE = """</standOff><facsimile>
<surface xml:id="s2" lrx="200" lry="100"><graphic url="2.png"/>
<zone xml:id="left" ulx="0" uly="0" lrx="100" lry="100"/><zone xml:id="right" ulx="100" uly="0" lrx="200" lry="100"/>
</surface></facsimile><standOff>"""
BODY = """<div xml:id="a"><head>Out</head><p><pb n="1" facs="1.png"/>one</p>
<div xml:id="in"><head>In</head><p>still one <pb n="2" facs="#left"/>two</p></div><p>two</p></div>
<div xml:id="b"><head><pb n="3" facs="#right"/>On</head><p>three
<pb n="4" facs="https://e.org/i/4/full/full/0/default.jpg"/>four<pb n="5"/>five</p></div>
<div xml:id="c"><head>Off</head><p>five</p></div>"""


@pytest.fixture
def manifest(tmp_path, site, require_module):
    """``manifest(body)`` gives the manifest of a text with that body."""
    require_module("iiif_prezi3")
    Image.new("L", (30, 40)).save(tmp_path / "1.png")
    Image.new("L", (60, 40)).save(tmp_path / "2.png")

    def make(body=BODY, **rest):
        files = site(body, register=FACSIMILE, url=URL, **rest)
        return json.loads(files["t.json"])

    return make


@pytest.fixture(autouse=True)
def apart(monkeypatch):
    """The site's other JSON of the same name does not come in between."""
    monkeypatch.setattr("teipress.render.machines.data_files", lambda *arguments: [])
    monkeypatch.setattr("teipress.render.machines.dts_files", lambda *arguments: [])


def test_what_is_made_can_be_read_again(manifest):
    from iiif_prezi3 import Manifest

    made = manifest()
    read = json.loads(Manifest(**made).json())
    ranges = read.pop("structures")  # of a reference to a canvas iiif-prezi3 makes an empty canvas when it reads it
    assert [r["id"] for r in ranges] == [r["id"] for r in made.pop("structures")]
    assert read == made


def test_a_canvas_is_an_image_with_the_pages_that_it_shows(manifest):
    made = manifest()
    assert made["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert (made["id"], made["type"]) == (f"{URL}iiif/t.json", "Manifest")
    found = [(c["label"], c["width"], c["height"]) for c in made["items"]]
    assert found == [
        ({"none": ["1"]}, 30, 40),
        ({"none": ["2, 3"]}, 60, 40),
        ({"none": ["4"]}, 1000, 1414),
    ]
    for canvas in made["items"]:
        (page,) = canvas["items"]
        (annotation,) = page["items"]
        assert annotation["motivation"] == "painting"
        assert annotation["target"] == canvas["id"]
        assert annotation["body"]["type"] == "Image"
    ids = [c["id"] for c in made["items"]]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"https://[^#]+", i) for i in ids)


def test_the_images_are_where_the_site_has_them_or_where_their_service_is(manifest):
    first, _, far = (c["items"][0]["items"][0]["body"] for c in manifest()["items"])
    assert first == {
        "id": f"{URL}images/1.png",
        "type": "Image",
        "format": "image/png",
        "width": 30,
        "height": 40,
    }
    assert far["id"] == "https://e.org/i/4/full/full/0/default.jpg"
    assert far["service"] == [
        {
            "@id": "https://e.org/i/4",
            "@type": "ImageService2",
            "profile": "http://iiif.io/api/image/2/level0.json",
        }
    ]
    assert "width" not in far  # nobody has said it
    (canvas,) = manifest('<p><pb n="1" facs="https://e.org/i/4/info.json"/>x</p>')["items"]
    body = canvas["items"][0]["items"][0]["body"]
    assert body["id"] == "https://e.org/i/4/full/max/0/default.jpg"
    assert body["service"] == [{"id": "https://e.org/i/4", "type": "ImageService3", "profile": "level0"}]


def test_divisions_are_ranges_of_the_canvases_that_their_text_is_on(manifest):
    made = manifest()
    one, two, four = (c["id"] for c in made["items"])

    def shape(part):
        return part["label"]["none"][0], [i["id"] if i["type"] == "Canvas" else shape(i) for i in part["items"]]

    assert [shape(r) for r in made["structures"]] == [
        ("Out", [one, two, ("In", [one, two])]),
        ("On", [two, four]),
    ]
    assert all("items" not in i for r in made["structures"] for i in r["items"] if i["type"] == "Canvas")


def test_it_leads_to_the_page_and_to_the_tei(manifest):
    made = manifest()
    assert [h["id"] for h in made["homepage"]] == [f"{URL}t.html"]
    assert [s["id"] for s in made["seeAlso"]] == [f"{URL}data/t.xml"]
    assert made["label"] == {"none": ["The Text"]} or made["label"] == {"und": ["The Text"]}


@pytest.mark.parametrize(
    ("licence", "rights"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0/"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://example.org/our-terms", ""),
        ("", ""),
    ],
)
def test_rights_are_only_what_the_standard_takes(licence, rights):
    from teipress.edition import Header

    assert iiif._rights(Header("T", licence_url=licence)) == rights


def test_the_page_links_to_its_manifest(manifest, site):
    page = site(BODY, register=FACSIMILE, url=URL)["t.html"]
    assert page.count('href="iiif/t.json"') == 2
    without = site(BODY, register=FACSIMILE)
    assert "iiif" not in without["t.html"]
    assert "t.json" not in without


def test_without_iiif_prezi3_there_are_none(manifest, site, monkeypatch):
    monkeypatch.setattr(iiif, "available", lambda: False)
    files = site(BODY, register=FACSIMILE, url=URL)
    assert "t.json" not in files
    assert "iiif" not in files["t.html"]
    assert iiif.missing().code == "O006"
