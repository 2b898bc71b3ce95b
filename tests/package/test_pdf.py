"""The PDF engine: it sees the files that are listed and nothing else, and says on which page things stand."""

import struct
import zlib
from pathlib import PurePosixPath

import pytest

from teipress.package.pdf import lay_out, write_pdf

pytestmark = pytest.mark.slow

CANARY = (251, 17, 93)  # the colour of the picture: found in the PDF if and only if the picture was served


def png(colour):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(colour) * 8) * 8
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def folder(tmp_path):
    """An edition with a listed and an unlisted picture, and one outside it."""
    inside = tmp_path / "edition"
    inside.mkdir()
    for path in (inside / "listed.png", inside / "unlisted.png", tmp_path / "outside.png"):
        path.write_bytes(png(CANARY))
    return inside


def laid_out(folder, html, css=""):
    return lay_out(html, css, folder, (PurePosixPath("listed.png"),), "book.pdf")


def pictures(layout, tmp_path):
    """How many pixels of the canary's colour the first page shows."""
    import pypdfium2

    write_pdf(layout, tmp_path / "x.pdf")
    with pypdfium2.PdfDocument(tmp_path / "x.pdf") as document:
        bitmap = document[0].render(scale=1)
        data = bytes(bitmap.buffer)
        return sum(data[i : i + 3] == bytes(reversed(CANARY)) for i in range(0, len(data), bitmap.n_channels))


def test_a_listed_picture_is_shown(folder, tmp_path):
    layout = laid_out(folder, '<img src="images/listed.png" style="width: 2cm">')
    assert pictures(layout, tmp_path) > 100
    assert layout.findings == ()


@pytest.mark.parametrize(
    "url",
    [
        "images/unlisted.png",
        "unlisted.png",
        "images/../unlisted.png",
        "../outside.png",
        "images/../../outside.png",
        "{outside}",
        "file://{outside}",
        "edition:///images/../../outside.png",
        "http://127.0.0.1:9/x.png",
        "https://127.0.0.1:9/x.png",
        "ftp://127.0.0.1:9/x.png",
    ],
)
@pytest.mark.parametrize(
    "html",
    [
        '<img src="{url}" style="width: 2cm">',
        '<p style="background: url({url}); height: 2cm">x</p>',
        '<object data="{url}" style="width: 2cm">x</object>',
        '<link rel="stylesheet" href="{url}"><p>x</p>',
        '<style>@import "{url}"; @font-face {{ font-family: x; src: url({url}) }} p {{ font: 1em x }}</style><p>x</p>',
        '<link rel="attachment" href="{url}"><a rel="attachment" href="{url}">x</a>',
    ],
    ids=["img", "background", "object", "link", "style", "attachment"],
)
def test_nothing_else_is(folder, tmp_path, url, html):
    address = url.format(outside=tmp_path / "outside.png")
    layout = laid_out(folder, html.format(url=address))
    assert pictures(layout, tmp_path) == 0
    assert png(CANARY) not in (tmp_path / "x.pdf").read_bytes()
    assert b"EmbeddedFile" not in (tmp_path / "x.pdf").read_bytes()


def test_what_could_not_be_fetched_is_told(folder):
    layout = laid_out(folder, '<img src="http://127.0.0.1:9/x.png">')
    assert [f.code for f in layout.findings] == ["O003"]
    assert "127.0.0.1" in layout.findings[0].message


def test_a_thing_on_several_pages_is_on_the_first_of_them(folder):
    html = '<p id="before">x</p><div id="long">{}</div><p id="after">x</p>'.format("<p>line</p>" * 200)
    layout = laid_out(folder, html, "@page { size: A6 }")
    assert layout.pages > 2
    assert layout.page_of["before"] == 0
    assert layout.page_of["long"] == 0
    assert layout.page_of["after"] == layout.pages - 1


def test_the_same_book_gives_the_same_bytes(folder, tmp_path):
    for name in ("one.pdf", "two.pdf"):
        write_pdf(laid_out(folder, "<h1>Ōhira</h1><img src='images/listed.png'>"), tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
