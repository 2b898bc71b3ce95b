"""Small books that tests print, and what stands on their pages: each character with its size and its place."""

import pypdfium2
from pypdfium2 import raw

from teipress.config import settings_for
from teipress.pipeline import build

HEAD = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="la"><teiHeader><fileDesc>
<titleStmt><title>The posts</title></titleStmt><publicationStmt><p>Written for tests.</p></publicationStmt>
<sourceDesc><listWit><witness xml:id="A">Book of the harbour</witness><witness xml:id="B">Copy in the church</witness>
<witness xml:id="C">Leaf in a binding</witness></listWit></sourceDesc></fileDesc>
<encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc></teiHeader>
<text><body>"""
TAIL = "</body></text></TEI>"
SYLLABLES = "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro ta te ti to".split()
BODY = range(13, 16)  # CSS pixels; what is smaller stands at the foot, what is larger is a title


def press(folder, body, settings=""):
    """The PDF of a text."""
    (folder / "edition.xml").write_text(HEAD + body + TAIL, encoding="utf-8")
    (folder / "edition.toml").write_text(f'name = "posts"\nformats = ["pdf"]\n{settings}', encoding="utf-8")
    report = build(settings_for(folder), folder / "out", ("pdf",))
    # a word that is cut at the end of a page is a warning of the proof, if it is not a text of common words
    assert [str(f) for f in report.findings if f.severity == "error" or f.code in ("O002", "O003")] == []
    return pypdfium2.PdfDocument(folder / "out" / "pdf" / "posts.pdf")


def characters(page):
    """What is printed on a page: character, size in CSS pixels, and left, bottom and right edge in points."""
    text = page.get_textpage()
    for i in range(text.count_chars()):
        left, bottom, right, _ = text.get_charbox(i, loose=True)
        yield text.get_text_range(i, 1), int(raw.FPDFText_GetFontSize(text, i)), left, bottom, right
