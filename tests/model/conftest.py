"""What the tests of modelling share: a TEI file as a string → the nouns."""

from dataclasses import replace

import pytest

from teipress.config import Settings
from teipress.model import model
from teipress.read import read

HEADER = "<fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>"


@pytest.fixture
def source(tmp_path):
    """``source("<TEI>…</TEI>")`` reads a whole file; the root gets the namespace of TEI."""

    def load(xml, name="file.xml"):
        path = tmp_path / name
        tag, rest = xml.split(xml[next(i for i, c in enumerate(xml) if c in " >")], 1)
        path.write_text(f'{tag} xmlns="http://www.tei-c.org/ns/1.0"{xml[len(tag)]}{rest}', encoding="utf-8")
        return read(path, tmp_path)[0]

    return load


@pytest.fixture
def edition(source):
    """``edition("<TEI>…</TEI>")`` models a whole file; keywords are settings, and `audience`."""

    def build(xml, audience="public", **settings):
        found = source(xml)
        return model(found, replace(Settings("test", found.folder, found.path), **settings), audience)

    return build


@pytest.fixture
def document(edition):
    """``document("<p>…</p>", register="<listPerson>…")`` models one document with that body and register."""

    def build(body, register="", header="", **settings):
        text = f"<text><body>{body}</body></text>"
        head = f"<teiHeader>{HEADER}{header}</teiHeader>"
        return edition(f"<TEI>{head}<standOff>{register}</standOff>{text}</TEI>", **settings)

    return build
