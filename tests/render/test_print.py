"""The HTML of the printed book, which is one file whatever it shows twice."""

import re
from datetime import UTC, datetime

from teipress.config import Settings
from teipress.model import model
from teipress.read import read
from teipress.render.print import render_print
from teipress.vocabulary import load_vocabulary

IN_A_HEADER = """<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>The Text</title></titleStmt><sourceDesc><listPerson>
<person xml:id="abe"><persName xml:id="name">Abe</persName>
<note xml:id="remark">A canary breeder, see <ref target="#remark">this remark</ref>.</note></person>
</listPerson></sourceDesc></fileDesc></teiHeader>
<text><body><p><persName ref="#abe">Abe</persName></p></body></text></TEI>"""


def test_an_entry_that_header_and_index_show_has_its_identifiers_once(tmp_path):
    path = tmp_path / "t.xml"
    path.write_text(IN_A_HEADER, encoding="utf-8")
    settings = Settings("t", tmp_path, path)
    edition = model(read(path, tmp_path)[0], settings)
    book = render_print(edition, settings, load_vocabulary(settings.templates), {}, datetime(2001, 2, 3, tzinfo=UTC))
    identifiers = re.findall(r' id="([^"]+)"', book.html)
    assert sorted(i for i in identifiers if identifiers.count(i) > 1) == []
    assert {"abe", "name", "remark"} <= set(identifiers)
    assert book.html.count("A canary breeder") == 2
    assert book.html.count('href="#remark"') == 2
