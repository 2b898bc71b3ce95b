"""Facts for a citation → an item of CSL-JSON (schema csl-data), which reference managers read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from teipress.crosswalk.codes import day
from teipress.crosswalk.facts import creators, number
from teipress.edition import Description


def csl_json(description: Description) -> bytes:
    """The record: a list of one item; nothing if there is no title to cite."""
    if not description.title:
        return b""
    d = description
    item = {
        "id": d.identifier,
        "type": "book",
        "title": d.whole_title,
        "author": [a.csl for a in creators(d)],
        "editor": [a.csl for a in d.agents if a.role == "edt"],
        "translator": [a.csl for a in d.agents if a.role == "trl"],
        "publisher": d.publisher,
        "publisher-place": d.place,
        "issued": csl_date(d.date),
        "original-date": csl_date(d.original),
        "edition": d.edition,
        "collection-title": d.series,
        "collection-number": d.volume,
        "language": d.languages[0] if d.languages else "",
        "abstract": d.abstract,
        "ISBN": number(d, "ISBN"),
        "ISSN": number(d, "ISSN"),
        "DOI": number(d, "DOI"),
        "URL": d.url,
        "custom": licensed(d.licence_url),
    }
    return json_bytes([filled(item)])


def csl_date(date: str) -> dict[str, Any]:
    """A date variable: its parts where it is ISO 8601, else its words."""
    if numbers := [int(part) for part in day(date).split("-") if part]:
        return {"date-parts": [numbers]} if not date.startswith("-") else {"date-parts": [[-numbers[0], *numbers[1:]]]}
    return {"literal": date} if date else {}


def filled(item: Mapping[str, Any]) -> dict[str, Any]:
    """What has a value."""
    return {key: value for key, value in item.items() if value}


def licensed(url: str) -> dict[str, str]:
    """Where CSL-JSON, which knows no licence, has room for one."""
    return {"license": url} if url else {}


def json_bytes(value: Any) -> bytes:
    """A file of JSON, UTF-8, the same bytes each time."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
