"""What the tests of rendering share: an edition from a TEI body, and its pages."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from teipress.config import Settings
from teipress.model import model
from teipress.read import read
from teipress.render.site import render_site
from teipress.vocabulary import load_vocabulary

TEI_FILE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><teiHeader>
<fileDesc><titleStmt><title>The Text</title>{people}</titleStmt>{more}</fileDesc></teiHeader>
<standOff>{register}</standOff><text>{text}</text></TEI>"""


@pytest.fixture
def made(tmp_path):
    """``made("<p>…</p>")`` gives .edition and .settings of a text with that body; keywords are settings.

    `people` and `more` go into the header: behind the title, and behind the title statement.
    """

    def make(body="<p>x</p>", text="", register="", people="", more="", **settings):
        path = tmp_path / "t.xml"
        text = text or f"<body>{body}</body>"
        path.write_text(TEI_FILE.format(register=register, text=text, people=people, more=more), encoding="utf-8")
        found = replace(Settings("t", tmp_path, path, declared=True), **settings)
        return SimpleNamespace(edition=model(read(path, tmp_path)[0], found), settings=found)

    return make


@pytest.fixture
def site(made):
    """``site("<p>…</p>")`` renders the reading site: file name → text."""

    def render(body="<p>x</p>", **rest):
        found = made(body, **rest)
        vocabulary = load_vocabulary(found.settings.templates)
        return {f.path.name: f.text for f in render_site(found.edition, found.settings, vocabulary)}

    return render
