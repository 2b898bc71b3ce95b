"""A value of @facs → the image that it means."""

from pathlib import PurePosixPath

import pytest

from teipress import tei
from teipress.edition import Facsimile
from teipress.facsimile import Images
from teipress.read import read

FACSIMILE = """
<facsimile xml:base="scans/">
  <surface xml:id="s1"><graphic url="1.tif"/><graphic url="https://e.org/1.jpg"/><graphic url="1.png"/></surface>
  <surface xml:id="s2" ulx="100" uly="0" lrx="500" lry="300">
    <graphic xml:id="g2" url="2.png"/>
    <zone xml:id="z2" ulx="300" uly="0" lrx="500" lry="300"/>
    <zone xml:id="z3" points="100,0 200,0 200,150 100,150"/>
    <zone xml:id="z4" ulx="0" uly="0" lrx="900" lry="300"/>
    <zone xml:id="z5"/>
  </surface>
  <surface xml:id="s3"><zone><graphic url="1.png"/></zone></surface>
  <surface xml:id="s4"><graphic url="https://e.org/4.jpg" width="800px" height="1200px"/></surface>
  <surface xml:id="s5" lrx="640" lry="480"><graphic url="https://e.org/5.jpg"/></surface>
  <surface xml:id="endless" lrx="inf" lry="1e400">
    <graphic url="https://e.org/5.jpg"/><zone xml:id="in" lrx="9" lry="9"/>
  </surface>
  <surface xml:id="huge" lrx="1e300" lry="1e300"><graphic url="https://e.org/5.jpg"/></surface>
  <surface xml:id="nan" points="nan,0 5,nan 1,1"><graphic url="https://e.org/5.jpg"/></surface>
  <surface xml:id="s6"><graphic url="1.tif"/></surface>
  <surface xml:id="s7"/>
</facsimile>
<facsimile xml:base="https://far.example/x/"><graphic xml:id="far" url="7.jpg"/></facsimile>
"""
HEAD = """<encodingDesc><listPrefixDef>
<prefixDef ident="scan" matchPattern="(\\d+)([rv])" replacementPattern="scans/$1.png"/>
<prefixDef ident="iiif" matchPattern="(.+)" replacementPattern="https://e.org/iiif/$1/info.json"/>
<prefixDef ident="broken" matchPattern="(" replacementPattern="$1"/>
</listPrefixDef></encodingDesc>"""


@pytest.fixture
def meant(tmp_path, write_tei):
    """``meant("#s1")`` gives the images that a page break with this @facs has."""
    for name in ("scans/1.png", "scans/1.tif", "scans/2.png", "outside.png", "e/scans/1.png"):
        (tmp_path / "edition" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "edition" / name).write_bytes(b"")
    (tmp_path / "secret.png").write_bytes(b"")

    def ask(value, **attributes):
        extra = "".join(f' {name.replace("_", ":")}="{v}"' for name, v in attributes.items())
        path = write_tei(f'<p><pb n="1" facs="{value}"{extra}/>x</p>', "edition/t.xml", standoff=FACSIMILE)
        path.write_text(path.read_text("utf-8").replace("</teiHeader>", f"{HEAD}</teiHeader>"), "utf-8")
        root = read(path)[0].root
        return Images(root, path.parent).of(next(tei.elements(root, "pb")))

    return ask


def local(name, **rest):
    return Facsimile(path=PurePosixPath(name), **rest)


@pytest.mark.parametrize(
    ("value", "image"),
    [
        ("scans/1.png", local("scans/1.png")),
        ("./scans/../scans/1.png", local("scans/1.png")),
        ("#s1", local("scans/1.png")),
        ("t.xml#s1", local("scans/1.png")),
        ("#g2", local("scans/2.png")),
        ("#s2", local("scans/2.png")),
        ("#z2", local("scans/2.png", region=(0.5, 0, 0.5, 1))),
        ("#z3", local("scans/2.png", region=(0, 0, 0.25, 0.5))),
        ("#z4", local("scans/2.png")),
        ("#z5", local("scans/2.png")),
        ("#s3", local("scans/1.png")),
        ("#s4", Facsimile(url="https://e.org/4.jpg", width=800, height=1200)),
        ("#s5", Facsimile(url="https://e.org/5.jpg", width=640, height=480)),
        ("#far", Facsimile(url="https://far.example/x/7.jpg")),
        ("scan:1r", local("scans/1.png")),
        ("iiif:a%2Fb", Facsimile(url="https://e.org/iiif/a%2Fb/info.json", service="https://e.org/iiif/a%2Fb")),
        (
            "https://e.org/i/9/full/full/0/default.jpg",
            Facsimile(url="https://e.org/i/9/full/full/0/default.jpg", service="https://e.org/i/9", version=2),
        ),
        (
            "https://e.org/i/9/0,0,10,10/^!200,200/90/gray.png",
            Facsimile(url="https://e.org/i/9/0,0,10,10/%5E!200,200/90/gray.png", service="https://e.org/i/9"),
        ),
        ("https://e.org/page?n=1#top", Facsimile(url="https://e.org/page?n=1#top")),
    ],
)
def test_what_a_value_means(meant, value, image):
    assert meant(value) == (image,)


@pytest.mark.parametrize(
    "value",
    [
        "0006",
        "lost.png",
        "scans/1.tif",
        "../secret.png",
        "/etc/passwd.png",
        "file:///etc/passwd.png",
        "javascript:alert(1)",
        "https://",
        "https://[",
        "scan:1x",
        "broken:1",
        "tcp:12766:1",
        "#s6",
        "#s7",
        "#nowhere",
        "other.xml#s1",
        "%00.png",
        "",
    ],
)
def test_what_means_no_image(meant, value):
    assert meant(value) == ()


def test_several_values_are_several_images_each_once(meant):
    assert meant("#s1 scans/2.png #s1") == (local("scans/1.png"), local("scans/2.png"))


def test_the_bases_that_authors_wrote_count_from_the_outside_in(meant):
    assert meant("1.png", xml_base="e/scans/") == (local("e/scans/1.png"),)


@pytest.mark.parametrize("value", ["#endless", "#in", "#huge", "#nan"])
def test_a_size_that_no_image_can_have_is_unknown(meant, value):
    assert meant(value) == (Facsimile(url="https://e.org/5.jpg"),)


def test_links_that_lead_in_a_circle_are_no_image(meant, tmp_path):
    (tmp_path / "edition" / "loop.png").symlink_to("loop.png")
    assert meant("loop.png") == ()
