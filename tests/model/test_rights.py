"""Documents whose availability is restricted: which they are, and what is left of them for the public."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from teipress import tei
from teipress.model.rights import close, restricted

HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt>{0}</publicationStmt>"
    "<sourceDesc><bibl><availability status='restricted'><p>Of the source.</p></availability></bibl></sourceDesc>"
    "</fileDesc></teiHeader>"
)
ASK = "<availability status='restricted'><p>Ask the keepers.</p></availability>"
BY = "https://creativecommons.org/licenses/by/4.0/"


def text(stated: str = "", parts: str = "<text><body><p>CANARY</p></body></text>", name: str = "a"):
    return f"<TEI xml:id='{name}'>{HEADER.format(stated)}{parts}</TEI>"


def parsed(*documents: str, stated: str = ""):
    inside = "".join(documents)
    corpus = f"<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'>{HEADER.format(stated)}{inside}</teiCorpus>"
    return etree.fromstring(corpus)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (ASK, True),
        ("", False),
        ("<availability status='free'><p>Take it.</p></availability>", False),
        ("<availability status='unknown'><p>?</p></availability>", False),
        ("<availability><p>Restricted.</p></availability>", False),
        (f"<availability status='restricted'><licence target='{BY}'>CC BY</licence></availability>", False),
        (f"<availability status='restricted'><p>By <ref target='{BY}'>CC BY</ref></p></availability>", False),
        (f"<availability status='restricted'><p>See {BY} for what you may.</p></availability>", False),
        ("<availability status='restricted'><licence target='http://rightsstatements.org/vocab/InC/1.0/'/></availability>",
         True),
        ("<availability status='restricted'><licence target='https://example.org/creativecommons.org/licenses/'/>"
         "</availability>", True),
    ],
)  # fmt: skip
def test_a_document_is_restricted_if_it_says_so_and_no_public_licence_stands_beside(
    stated: str, expected: bool
) -> None:
    assert [tei.local(e) for e in restricted(parsed(text(stated)))] == ["TEI"] * expected


def test_a_document_that_says_nothing_is_as_restricted_as_its_corpus() -> None:
    free = f"<availability status='free'><licence target='{BY}'/></availability>"
    root = parsed(text(name="a"), text(free, name="b"), stated=ASK)
    assert [e.get(tei.XML_ID) for e in restricted(root)] == ["a"]


def test_nothing_of_a_closed_document_is_left_but_its_header() -> None:
    parts = (
        "<facsimile><graphic url='CANARY.png'/></facsimile>"
        "<sourceDoc><surface><line>CANARY</line></surface></sourceDoc>"
        "<standOff><listPerson><person xml:id='CANARY'><persName>CANARY</persName></person></listPerson></standOff>"
        "<text><front><div><p>CANARY</p></div></front><body><pb facs='CANARY.png'/><p>CANARY</p></body></text>"
    )
    other = "<text><body><p>Seen by <persName ref='#CANARY'>her</persName><!-- CANARY -->.</p></body></text>"
    root = parsed(text(ASK, parts), text("", other, "b"))
    close(root, Path())
    assert "CANARY" not in etree.tostring(root, encoding="unicode")
    (left,) = (d for d in tei.elements(root, "TEI") if d.get(tei.XML_ID) == "a")
    assert [tei.local(e) for e in left] == ["teiHeader", "text"]
    assert "".join(tei.string(left.find(tei.tei("text"))).split()) == ""
    assert [dict(gap.attrib) for gap in tei.elements(left, "gap")] == [{"reason": "withheld"}]
    assert "Seen by" in tei.string(root)


def test_a_closed_document_can_be_closed_again() -> None:
    root = parsed(text(ASK))
    close(root, Path())
    once = etree.tostring(root)
    close(root, Path())
    assert etree.tostring(root) == once
