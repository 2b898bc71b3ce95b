"""Transcriptions of odd shapes: whatever stands where, the TEI is valid, and every word comes back in its place."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from encode.folding import difference, words
from teipress.encode import encode
from teipress.encode.output import serialise
from teipress.encode.profile import PageAnchor, Profile, Region
from teipress.encode.transcript import transcript
from teipress.encode.transcription import transcription
from teipress.errors import UsageError

SURVEY = "THE ERMEL SURVEY"


@cache
def grammar(project: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(project / "schema" / "teipress.rng"))


def profile(*regions: Region, off: str = "", pages: tuple[PageAnchor, ...] = ()) -> Profile:
    return Profile(id="t", language="en", regions=regions, pages=pages, off=frozenset(off.split()))


CASES = {
    "a heading in an item": ("- # Locks\n- gates", profile()),
    "a heading in a quotation": ("> # Locks\n> and gates", profile()),
    "a number sign alone": ("#\n\n###### \n\nLocks", profile()),
    "tags inside words": ("Lo<b>ck</b>s and g<i>a</i>tes and l**o**ck", profile()),
    "a page number and text right under it": ("The lock was shut.\n\n- 4 -\nThe gate was not.", profile()),
    "a page number with a paragraph under it": ("- 5-\n\n\t3", profile()),
    "a number without a text in a list": ("3. Locks\n4.", profile()),
    "an item that holds a list": ("- - Locks\n\n---\n\n- gates", profile()),
    "rows of asterisks": ("\u3000*******\n\nLocks **** gates", profile()),
    "a backslash at the very end": ("Locks \\\\", profile()),
    "a backslash at the end of a line": ("Locks \\\\\ngates\\\nlocks", profile()),
    "a table without a cell": ("||\n--", profile()),
    "an address that is none": ("<mailto:[> and <http://[x> and <http://a.b/%zz>", profile()),
    "a blank line that only looks blank": ("The keeper wrote to say he\n\u2000\nhad shut the lock", profile()),
    "a heading behind a signature": (
        "# One\n\nText.\n\nSincerely,\nAda Marlune\n\n## Two\n\nMore text of it.",
        profile(),
    ),
    "a heading behind a letter without one": ("Text.\n\nSincerely,\nAda Marlune\n\n# Two\n\nMore text.", profile()),
    "headings that open no division": ("Text.\n\n# One\n\nMore text.\n\n## Two", profile(off="divisions")),
    "a signature and nothing before it": ("Sincerely,\nAda Marlune", profile()),
    "headings in the back": ("Text.\n\nMore\n\n# One\n\nText of it\n\n# Two", profile(Region(3, 9, "back"))),
    "text behind the copies": ("Distribution:\n1 - Ada Marlune\n\n# One\n\nText.\n\n# Two\n\nText.", profile()),
    "pages behind a division of the profile": (
        f"Ada\n\nText\n\n\f{SURVEY}\n\nlocks\n\n\f{SURVEY}\n\ngates",
        profile(Region(1, 1, "front")),
    ),
    "two lines with a form feed between them": ("456\n,\fSURVEY ", profile()),
    "contents without an entry": ("Text.\n\n# Contents\n\nText.", profile(Region(3, 3, "contents"))),
    "contents that a page cuts": ("# CONTENTS\n\nLocks\n\nCONTENTS\n\nGates 3\n\n1\n", profile()),
    "contents up to what an editor knows better": (
        "CONTENTS\n\n1. Locks 3\n2. Gates 5\n\n(1) Office of Locks 7\n(2) Basel 9",
        profile(Region(6, 7, "letterhead")),
    ),
    "a page without a number where one is found": (
        "The keeper of the locks at the upper gate wrote to say he had\n\nshut it.",
        profile(pages=(PageAnchor(3),)),
    ),
}


@pytest.mark.parametrize(("text", "known"), CASES.values(), ids=CASES)
def test_the_tei_is_valid_and_gives_all_words_back(text: str, known: Profile, project: Path) -> None:
    source = transcription(text.encode(), "t.md")
    root = etree.fromstring(serialise(encode(source, known).root))
    rules = grammar(project)
    assert rules.validate(root), rules.error_log
    assert not difference(words(source.text), words(transcript(root)))


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (profile(Region(1, 3, "front"), Region(3, 3, "back")), "the front and the back take line 3 twice"),
        (profile(Region(1, 1, "imprint"), Region(1, 3, "imprint")), "the imprint take line 1 twice"),
        (profile(Region(2, 2, "letterhead")), "the letterhead takes lines without a text"),
        (profile(pages=(PageAnchor(3, "4"), PageAnchor(3))), "two pages begin at line 3"),
    ],
)
def test_a_profile_that_says_a_thing_twice_or_nothing_is_refused(known: Profile, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        encode(transcription(b"Locks\n\ngates", "t.md"), known)
