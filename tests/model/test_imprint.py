"""What a header states of the kind that stands on the back of a title page."""

from lxml import etree

from teipress.edition import Imprint
from teipress.model.header import header

HEADER = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>Of Tides</title><editor>Bela Marsh</editor>
<author><persName><forename>Ada</forename> <surname>Quill</surname></persName></author></titleStmt>
<editionStmt><edition n="2">Second <hi>edition</hi></edition></editionStmt>
<publicationStmt><publisher>Harbour Press</publisher><pubPlace>Port Amber</pubPlace>
<idno type="ISBN-13">978-0-306-40615-7</idno><idno type="ISBN-print">0-306-40615-2</idno><idno type="isbn"/>
<idno type="DOI">https://doi.org/10.5555/tide.1</idno><idno type="shelfmark">MS 4</idno></publicationStmt>
<seriesStmt><title>Studies in Tides</title><biblScope unit="volume">12</biblScope><idno type="ISSN">2049-3630</idno>
</seriesStmt></fileDesc><profileDesc><langUsage><language ident="en">English</language></langUsage>
<textClass><keywords><term>Tides</term><list><item><term>Lamps</term></item></list></keywords>
<keywords><term>Tides</term></keywords><classCode scheme="ddc">525.6</classCode></textClass></profileDesc>
</teiHeader></TEI>"""


def test_the_imprint_is_what_the_header_states():
    assert header(etree.fromstring(HEADER)).imprint == Imprint(
        numbers=(
            ("ISBN", "978-0-306-40615-7"),
            ("ISBN", "0-306-40615-2 (print)"),
            ("DOI", "10.5555/tide.1"),
            ("ISSN", "2049-3630"),
        ),
        heading="Quill, Ada",
        edition="Second edition",
        series="Studies in Tides",
        volume="12",
        place="Port Amber",
        subjects=("Tides", "Lamps"),
        classes=("525.6",),
        languages=("English",),
    )


def test_a_header_that_states_nothing_has_an_empty_imprint():
    bare = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/></TEI>'
    assert header(etree.fromstring(bare)).imprint == Imprint()
