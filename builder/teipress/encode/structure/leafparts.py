"""A block on a title leaf or in a letterhead → what it is there: a series, an author, an imprint, an office.

Heuristics of few words. What they do not know is part of the title on a leaf, and a line in a letterhead.
"""

from __future__ import annotations

import re

from teipress.encode.inline.dates import dates
from teipress.encode.nodes import Flow, Node

_SERIES = re.compile(r"\b(?:series|studies|papers|monographs?|schriftenreihe|reihe|collection|серия)\b|叢書", re.I)
_NUMBER = re.compile(r"(?:number|numéro|nummer|no\.?|nr\.?|№|n°)\s{0,3}\d{1,6}|第\d{1,5}号", re.I)
_EDITION = re.compile(
    r"(?:draft|(?:first|second|third|revised|new|\d{1,2}(?:st|nd|rd|th)) edition|edition\b|entwurf|\d{1,2}\. auflage"
    r"|(?:erste|zweite|neue) (?:auflage|ausgabe)|projet|(?:première|nouvelle|\d{1,2}e) édition|проект|издание"
    r"|第\d{1,2}版)",
    re.I,
)
BY = re.compile(r"(?:by|von|par|edited by|herausgegeben von)\s+(?=\S)", re.I)
_BODY = re.compile(
    r"\b(?:agency|institut(?:e|ion)?|center|centre|university|universität|université|college|academy|society|museum"
    r"|library|embassy|botschaft|council|commission|committee|foundation|association|company|board|survey)\b"
    r"|大学|研究所|институт|университет|академия|посольство|комитет",
    re.I,
)
_OFFICE = re.compile(
    r"\b(?:office|directorate|department|ministry|bureau|division|branch|staff|section|amt|abteilung|ministerium"
    r"|direction|service|ministère|министерство|отдел|управление)\b|[省庁部局]$",
    re.I,
)
_PUBLISHER = re.compile(
    r"\b(?:press|publish(?:ers?|ing|ed)|verlag|éditions?|printed|gedruckt|imprimé|prepared for|presented (?:to|at)"
    r"|books)\b|издательство|出版|発行",
    re.I,
)
YEAR_AT_END = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d$")
_ADDRESS = re.compile(
    r"\d{3}|\b(?:street|avenue|road|square|boulevard|straße|strasse|platz|rue|ул\.|tel\.?|phone|fax|d\.c\.)(?!\w)|丁目|番地",
    re.I,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.’'-])*")
_PARTICLES = "of and the a an in or on for to from with under der die das und von im de la le les et du и о"
_NO_NAME = frozenset(_PARTICLES.split())


def date_of(line: str) -> str:
    """The calendar form of a block that is a date and nothing else, or nothing."""
    found = next(dates(_flow(line)), None)
    is_whole = found and not line[: found.start].strip("( ") and not line[found.end :].strip(" .)г")
    return dict(found.attributes)["when"] if found and is_whole else ""


def has_date(line: str) -> bool:
    """Whether there is a date in a line, more than a year."""
    return next(dates(_flow(line)), None) is not None


def _flow(line: str) -> Flow:
    return Flow(Node("ab"), line, tuple(range(len(line))))


def leaf_part(line: str, titled: bool, authored: bool) -> str:
    """What a block is on a title leaf: the `type` of a titlePart or the name of an element; nothing for a title.

    `titled` and `authored` say whether a title and an author stand above it.
    """
    if _NUMBER.fullmatch(line):
        return "number"
    if _SERIES.search(line) and _NUMBER.search(line):
        return "series"
    if date_of(line):
        return "docDate"
    if _EDITION.match(line):
        return "docEdition"
    if BY.match(line):
        return "byline"
    if titled and (_PUBLISHER.search(line) or YEAR_AT_END.search(line) or _BODY.search(line)):
        return "docImprint"
    return "docAuthor" if titled and not authored and is_name(line) else ""


def is_workplace(line: str) -> bool:
    """Whether what follows an author names the body that he or she belongs to, and not the publisher's."""
    return bool(_BODY.search(line)) and not _PUBLISHER.search(line) and not YEAR_AT_END.search(line.rstrip("."))


def is_name(line: str) -> bool:
    """Whether a line can be the name of a person: two to four words, each with a capital, none of them a particle."""
    words = line.split()
    return (
        1 < len(words) < 5
        and len(line) < 60
        and all(w[0].isupper() and _WORD.fullmatch(w) for w in words)
        and not _NO_NAME.intersection(w.lower() for w in words)
        and not _OFFICE.search(line)
        and not _BODY.search(line)
    )


def letterhead_part(line: str) -> str:
    """What a block is in a letterhead: date, address, office, institution; nothing if that cannot be told."""
    if date_of(line):
        return "date"
    if _OFFICE.search(line):
        return "office"
    if _BODY.search(line):
        return "institution"
    return "address" if _ADDRESS.search(line) else ""
