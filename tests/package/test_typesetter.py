"""Books in parts: what they look like, and what is laid out again."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePosixPath

import pikepdf
import pypdfium2
import pytest
import weasyprint
from PIL import ImageChops

from teipress.errors import ToolError
from teipress.package import typesetter as module
from teipress.package import workers
from teipress.package.piece import Book
from teipress.package.profiles import Publication
from teipress.package.typefaces import typefaces
from teipress.package.typesetter import typesetter
from teipress.package.xmp import Record
from teipress.render.labels import number
from typeface import write_font

pytestmark = pytest.mark.slow

STYLES = """
@page { size: 80mm 60mm; margin: 12mm; font-size: 8pt }
@page :left { @top-left { content: counter(page); font-kerning: none } @top-center { content: string(head) } }
@page :right { @top-right { content: counter(page); font-kerning: none } }
@page :blank { @top-left { content: none } @top-center { content: none } @bottom-center { content: none } }
@page chapter { @bottom-center { content: "– " counter(page, lower-roman) " –" } }
section { break-before: recto; page: chapter }
h1 { string-set: head content(); bookmark-level: 1; font-size: 12pt }
h2 { bookmark-level: 2; font-size: 10pt }
i { font-style: italic }
"""
PUBLISHED = Publication(Record("A book", "en", datetime(2001, 2, 3, tzinfo=UTC)), "archive")
WORDS = "amber basin cedar delta ember fjord grove haven islet".split()

NUMBERS = partial(number, 2)  # two pages of front matter


def book(tmp_path, chapters=4, changed="", styles=STYLES):
    parts = []
    for n in range(chapters):
        text = "".join(f"<p>{' '.join(WORDS[(n + i + k) % 9] for k in range(40))}.</p>" for i in range(3 + n % 3))
        after = f'<a href="#c{(n + 1) % chapters}">next</a> <i lang="de">Größe {n}</i>'
        more = changed if n == 1 else ""
        table = "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
        parts.append(
            f'<section data-part=""><h1 id="c{n}">Chapter {n}</h1>{text}{more}<h2>Part</h2>{table}{after}</section>'
        )
    html = f'<!DOCTYPE html><html lang="en"><head><title>A book</title></head><body>{"".join(parts)}</body></html>'
    return Book(html, styles, tmp_path, (), "book.pdf")


def printed(folder, what, jobs=1, number_of=NUMBERS):
    """The PDF of a book as bytes, and how many pages had to be made for it."""
    made = [0]
    with typesetter(folder / "shelf", jobs, made.append) as setter:
        laid = setter.lay_out(what)
        setter.write(laid, what, folder / "book.pdf", number_of, PUBLISHED)
        assert laid.findings == ()
        return (folder / "book.pdf").read_bytes(), made[-1]


def pictures(data):
    return [page.render(scale=2).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(data)]


def texts(data):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_parts_look_like_the_book_in_one(tmp_path, monkeypatch):
    divided, _ = printed(tmp_path / "a", book(tmp_path))
    monkeypatch.setattr(module, "divide", lambda html, starts: (html,))
    whole, _ = printed(tmp_path / "b", book(tmp_path))
    assert texts(divided) == texts(whole)
    assert all(
        ImageChops.difference(a, b).getbbox() is None for a, b in zip(pictures(divided), pictures(whole), strict=True)
    )
    outlines = [
        [(o.level, o.get_title(), o.get_dest().get_index()) for o in pypdfium2.PdfDocument(data).get_toc()]
        for data in (divided, whole)
    ]
    assert outlines[0] == outlines[1]
    assert [level for level, *_ in outlines[0]] == [0, 1] * 4


def test_numbers_look_as_the_engine_draws_them(tmp_path):
    """Several to a page, one of them coloured, between other words, at each kind of alignment."""
    styles = STYLES + (
        "@page { size: 120mm 60mm }"
        "@page { @bottom-left { content: counter(page) ' of this book'; color: #c00; text-align: start; width: 26mm }"
        " @bottom-right { content: 'page ' counter(page, upper-roman); font-size: 6pt; text-align: end; width: 20mm } }"
        "@page :blank { @bottom-left { content: none } @bottom-right { content: none } }"
    )
    data, _ = printed(tmp_path, book(tmp_path, styles=styles), number_of=lambda page: page + 1)
    own = weasyprint.HTML(string=book(tmp_path).html).write_pdf(stylesheets=[weasyprint.CSS(string=styles)])
    ours, theirs = pictures(data), pictures(own)
    assert len(ours) == len(theirs) + len(theirs) % 2  # an empty page where the last leaf would have one side
    differences = (ImageChops.difference(a, b) for a, b in zip(ours, theirs, strict=False))
    assert [n for n, image in enumerate(differences) if max(high for _, high in image.getextrema()) > 8] == []
    without, _ = printed(tmp_path / "b", book(tmp_path, styles=styles.replace("26mm", "26mm; color: #fff")))
    assert max(high for _, high in ImageChops.difference(pictures(without)[0], theirs[0]).getextrema()) > 100


def test_numbers_are_those_of_the_book(tmp_path):
    data, _ = printed(tmp_path, book(tmp_path))
    for page, text in enumerate(texts(data)):
        folio = page - 1 if page > 1 else page + 1
        assert str(folio) in text.split() or not text.strip()


def test_there_is_one_set_of_fonts_tags_and_places(tmp_path):
    data, _ = printed(tmp_path, book(tmp_path))
    (tmp_path / "x.pdf").write_bytes(data)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        dictionaries = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        fonts = [str(o.BaseFont) for o in dictionaries if o.get("/Subtype") == "/Type0"]
        assert len(fonts) == len(set(fonts)) == 3  # upright, italic and bold
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        numbers = [int(parents[i]) for i in range(0, len(parents), 2)]
        assert numbers == list(range(len(numbers)))
        used = [int(page.obj.StructParents) for page in pdf.pages if "/StructParents" in page.obj]
        used += [int(a.StructParent) for page in pdf.pages for a in page.obj.get("/Annots", ())]
        assert sorted(used) == numbers
        names = pdf.Root.Names.Dests.Names
        known = {str(names[i]) for i in range(0, len(names), 2)}
        assert {str(a.Dest) for page in pdf.pages for a in page.obj.get("/Annots", ())} <= known
        scopes = [str(o.A.Scope) for o in dictionaries if o.get("/S") == "/TH"]
        assert scopes == ["/Column"] * 4


def test_the_same_bytes_with_any_number_of_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "SMALL", 0)
    one, made = printed(tmp_path / "a", book(tmp_path), jobs=1)
    two, also = printed(tmp_path / "b", book(tmp_path), jobs=2)
    assert one == two
    assert made == also


def test_only_what_changed_is_laid_out_again_and_the_result_is_that_of_a_first_print(tmp_path):
    printed(tmp_path, book(tmp_path))
    longer = book(tmp_path, changed="".join(f"<p>{' '.join(WORDS * 6)}</p>" for _ in range(3)))
    again, made = printed(tmp_path, longer)
    fresh, all_pages = printed(tmp_path / "fresh", longer)
    assert again == fresh
    assert 0 < made < all_pages / 2
    assert printed(tmp_path, longer) == (again, 0)
    assert len(list((tmp_path / "shelf").glob("*.pdf"))) == 5  # four chapters and an empty page: no more is kept


def test_a_damaged_shelf_is_mended(tmp_path):
    data, _ = printed(tmp_path, book(tmp_path))
    first, second, third, fourth, _ = sorted((tmp_path / "shelf").glob("*.json"))
    first.write_text("{")
    second.with_suffix(".pdf").unlink()
    third.with_suffix(".pdf").write_bytes(b"")  # as a file may be after a power cut
    fourth.write_text(fourth.read_text().replace('"pages": ', '"pages": 1', 1))
    assert printed(tmp_path, book(tmp_path))[0] == data


def test_a_link_to_nowhere_is_a_finding(tmp_path):
    what = book(tmp_path, changed='<p><a href="#nowhere">x</a></p>')
    with typesetter(tmp_path / "shelf", 1) as setter:
        assert [f.message for f in setter.lay_out(what).findings] == ["a link leads to #nowhere, which is nowhere"]


def test_a_style_sheet_that_needs_the_whole_book_gets_it(tmp_path):
    styles = STYLES + "@page { @bottom-right { content: counter(page) '/' counter(pages) } }"
    data, _ = printed(tmp_path, book(tmp_path, styles=styles))
    pages = texts(data)
    assert all(f"{n}/{len(pages)}" in text for n, text in enumerate(pages, 1))


def test_a_book_in_one_has_the_numbers_that_are_cited(tmp_path):
    styles = STYLES + "@page { @bottom-right { content: counter(page) '/' counter(pages) } }"
    data, _ = printed(tmp_path, replace(book(tmp_path, styles=styles), first=2))
    pages = texts(data)
    numbers = [1, 2, *range(1, len(pages) - 1)]
    assert all(f"{n}/{len(pages)}" in text for n, text in zip(numbers, pages, strict=True))


def test_an_image_is_part_of_what_a_part_is_made_of(tmp_path):
    from PIL import Image

    counts = []
    for colour in ("red", "blue"):
        (tmp_path / "a").mkdir(exist_ok=True)
        Image.new("RGB", (8, 8), colour).save(tmp_path / "a" / "dot.png")
        what = book(tmp_path, changed='<img src="images/a/dot.png" alt="dot">')
        what = Book(what.html, what.styles, tmp_path, (PurePosixPath("a/dot.png"),), what.name)
        counts.append(printed(tmp_path, what)[1])
    assert 0 < counts[1] < counts[0] / 2


def test_the_name_of_a_font_may_hold_any_sign(tmp_path):
    write_font(tmp_path / "fonts" / "a.ttf", "O'Quill & Sons")
    fonts = typefaces(tmp_path)[0]
    styles = STYLES + f'html {{ font-family: "{fonts[0].name}" }}'
    what = Book(book(tmp_path).html, styles, tmp_path, (), "book.pdf", fonts=fonts)
    assert "Chapter" in "".join(texts(printed(tmp_path, what)[0]))


def test_a_process_that_dies_is_told_without_a_traceback(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "SMALL", 0)
    monkeypatch.setattr(workers, "_make", _die)
    with typesetter(tmp_path / "shelf", 2) as setter, pytest.raises(ToolError, match="--jobs 1"):
        setter.lay_out(book(tmp_path))


def _die(part, shelf):
    os._exit(9)


def test_processes_end_with_the_one_that_began_them(tmp_path):
    script = (
        "from concurrent.futures import ProcessPoolExecutor\n"
        "import os\n"
        "from teipress.package import workers as w\n"
        "if __name__ == '__main__':\n"
        "    pool = ProcessPoolExecutor(1, w._PROCESSES, w._begin, (w._PROCESSES.Value('L', 0),))\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    (tmp_path / "killed.py").write_text(script)
    done = subprocess.run([sys.executable, tmp_path / "killed.py"], stdout=subprocess.PIPE, check=False, timeout=30)
    assert done.stdout.strip().isdigit()
    assert done.returncode == -9  # the pipe was closed: nobody is left who could write to it
