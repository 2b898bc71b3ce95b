"""A site in two forms: as the editors read the text, and as it stands in the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from teipress.config import settings_for
from teipress.errors import Stopped
from teipress.pipeline import build

TOML = 'name = "two"\nsource = "a.xml"\nformats = ["html"]\n[html]\nalso = "diplomatic"\n'
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a" xml:lang="en">
<teiHeader><fileDesc>
<titleStmt><title>A letter</title></titleStmt>
<publicationStmt><p>x</p></publicationStmt>
<sourceDesc><p>x</p></sourceDesc>
</fileDesc></teiHeader>
<text><body><p>The <choice><sic>bote</sic><corr>boat</corr></choice> came.</p></body></text></TEI>"""


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    (tmp_path / "edition.toml").write_text(TOML, "utf-8")
    (tmp_path / "a.xml").write_text(TEI, "utf-8")
    return tmp_path


def test_both_forms_are_built_and_lead_to_each_other(edition: Path) -> None:
    report = build(settings_for(edition), edition / "out", ("html",))
    assert not report.failed
    first, second = ((edition / "out/html" / p).read_text("utf-8") for p in ("a.html", "diplomatic/a.html"))
    assert ">boat<" in first
    assert ">bote<" in second
    assert 'href="diplomatic/a.html"' in first
    assert 'href="../a.html"' in second


def test_each_form_has_an_account_of_its_own(edition: Path) -> None:
    report = build(settings_for(edition), edition / "out", ("html",))
    documents = {a.artifact: a.expected for a in report.accounts if a.kind == "document"}
    assert set(documents) == {"html", "html/diplomatic"}
    assert len(set(documents.values())) == 1  # boat and bote are of one length


def test_a_loss_in_the_second_form_stops_the_build(edition: Path) -> None:
    (edition / "templates").mkdir()
    (edition / "templates" / "vocabulary.toml").write_text(
        'sic = [{ behaviour = "inline", template = "none.html", forms = ["diplomatic"] }, { behaviour = "inline" }]\n',
        "utf-8",
    )
    (edition / "templates" / "site").mkdir()
    (edition / "templates" / "site" / "none.html").write_text("<b></b>", "utf-8")
    with pytest.raises(Stopped) as stopped:
        build(settings_for(edition), edition / "out", ("html",))
    assert {f.code for f in stopped.value.findings} >= {"F001"}


def test_a_form_that_is_none_is_refused(edition: Path) -> None:
    (edition / "edition.toml").write_text(TOML.replace("diplomatic", "facsimile"), "utf-8")
    with pytest.raises(Exception, match=r'"also" cannot be "facsimile"'):
        settings_for(edition)
