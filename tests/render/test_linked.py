"""What other collections can join: JSON-LD and BEACON; and the index of terms."""

import json
import re

from lxml.html import fromstring

REGISTER = """<listPerson><person xml:id="ada"><persName>Ada &lt;Example></persName><persName>A. E.</persName>
<birth when="1900-02-03"/><death when="about 1980"/><idno type="GND">11 8</idno><idno type="shelf">x</idno></person>
<person xml:id="bob" sameAs="https://viaf.org/viaf/7"><persName>Bob</persName></person>
<person xml:id="eve"><persName>Eve</persName><idno type="URL">javascript:x</idno></person></listPerson>
<listPlace><place xml:id="amber"><placeName>Port Amber</placeName><location><geo>52.5 13.4</geo></location></place>
</listPlace>"""
URL = "https://example.org/letters/"


def graph(page):
    script = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[-1]
    return {thing["name"]: thing for thing in json.loads(script)["@graph"]}


def test_persons_as_linked_data(site):
    found = graph(site(register=REGISTER)["persons.html"])
    assert found["Ada <Example>"] == {
        "@type": "Person",
        "@id": "persons.html#entry-ada",
        "name": "Ada <Example>",
        "alternateName": ["A. E."],
        "birthDate": "1900-02-03",
        "sameAs": ["https://d-nb.info/gnd/118"],
    }
    assert found["Bob"]["sameAs"] == ["https://viaf.org/viaf/7"]
    assert "sameAs" not in found["Eve"]


def test_places_as_linked_data(site):
    place = graph(site(register=REGISTER, url=URL)["places.html"])["Port Amber"]
    assert (place["@type"], place["@id"]) == ("Place", f"{URL}places.html#entry-amber")
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": "52.5", "longitude": "13.4"}


def test_no_name_ends_the_script(site):
    page = site(register=REGISTER.replace("&lt;Example>", "&lt;/script>&lt;b>"))["persons.html"]
    assert "</script><b>" not in page
    assert "Ada </script><b>" in graph(page)


def test_a_beacon_for_each_authority_if_it_is_known_where_the_site_stands(site):
    files = site(register=REGISTER, url=URL)
    assert files["beacon.txt"].splitlines()[:3] == [
        "#FORMAT: BEACON",
        "#PREFIX: https://d-nb.info/gnd/",
        f"#TARGET: {URL}persons.html#{{ID}}",
    ]
    assert files["beacon.txt"].endswith("\n\n118||entry-ada\n")
    assert files["beacon-viaf.txt"].endswith("\n\n7||entry-bob\n")
    assert not [name for name in site(register=REGISTER) if name.startswith("beacon")]


def test_terms_have_an_index_if_they_point_somewhere_or_are_many(site):
    few = "<p><term>keel</term> and <term>mast</term></p>"
    assert "terms.html" not in site(few)
    pointing = site('<p><term ref="https://example.org/keel">keels</term>, <term>Mast</term>, <term>mast</term></p>')
    page = fromstring(pointing["terms.html"])
    assert page.xpath("//span[@class='headword']/text()") == ["keels", "Mast"]
    links = page.xpath("//ul[@class='mentions']//a/@href")
    assert links == ["t.html#term-1", "t.html#term-2", "t.html#term-3"]
    assert all(f'id="{link.partition("#")[2]}"' in pointing["t.html"] for link in links)
    assert "terms.html" in site("<p>" + "".join(f"<term>t{n}</term> " for n in range(6)) + "</p>")


def test_terms_of_a_header_or_a_register_are_not_those_of_the_texts(site):
    register = "<list>" + "".join(f"<item><term ref='#x'>t{n}</term></item>" for n in range(9)) + "</list>"
    assert "terms.html" not in site(register=register)
