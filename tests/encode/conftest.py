"""What the tests of encoding share: text → TEI, and what an XPath expression finds there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from lxml import etree

from teipress.encode import encode
from teipress.encode.profile import Profile
from teipress.encode.transcription import Transcription
from teipress.read import read
from teipress.resources import resource
from teipress.tei import NAMESPACES
from teipress.validate.grammar import check_grammar


@pytest.fixture(scope="session")
def grammar():
    """The project's own grammar, read once."""
    return etree.RelaxNG(etree.parse(resource("schema") / "teipress.rng"))


@pytest.fixture
def complaints(require_data, tmp_path):
    """``complaints(root)``: what our own engine has against a tree by tei_all.rng."""

    def check(root):
        path = tmp_path / "encoded.xml"
        path.write_bytes(etree.tostring(root, encoding="utf-8"))
        source, _ = read(path)
        return [
            f"{f.line}: {f.message}" for f in check_grammar(source, require_data("TEIPRESS_TEI_P5") / "tei_all.rng")
        ]

    return check


@pytest.fixture
def encoded():
    """``encoded("text", language="en")`` gives .root, .findings and .find(xpath), // in the text."""

    def make(text, **known):
        made = encode(Transcription(text, "t.md"), Profile(**{"id": "t", "language": "en", **known}))

        def find(xpath):
            inside = "/tei:TEI/tei:text" if xpath.startswith("//") else ""
            found = made.root.xpath(inside + xpath, namespaces=NAMESPACES)
            return [e if isinstance(e, str) else " ".join("".join(e.itertext()).split()) for e in found]

        return SimpleNamespace(root=made.root, findings=made.findings, entries=made.entries, find=find)

    return make
