"""Dates in the languages of the project, with their calendar form."""

from __future__ import annotations

import pytest

from teipress.encode.inline.dates import dates
from teipress.encode.nodes import Flow, Node


def found(text: str) -> list[tuple[str, str]]:
    flow = Flow(Node("p", [(0, len(text))]), text, tuple(range(len(text))))
    return [(text[slice(*s.range)], dict(s.attributes)["when"]) for s in dates(flow)]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("17 July 1985", "1985-07-17"),
        ("July 17, 1985", "1985-07-17"),
        ("JULY 17, 1985", "1985-07-17"),
        ("17th of July,\n1985", "1985-07-17"),
        ("Sept. 1, 1983", "1983-09-01"),
        ("1 SEP 1983", "1983-09-01"),
        ("29 February 1984", "1984-02-29"),
        ("17. Juli 1985", "1985-07-17"),
        ("1. März 1985", "1985-03-01"),
        ("17.07.1985", "1985-07-17"),
        ("1985-07-17", "1985-07-17"),
        ("1er septembre 1983", "1983-09-01"),
        ("17 juillet 1985", "1985-07-17"),
        ("17 июля 1985", "1985-07-17"),
        ("3 мая 1985", "1985-05-03"),
        ("1985年7月17日", "1985-07-17"),
        ("昭和60年7月17日", "1985-07-17"),
        ("昭和六十年七月十七日", "1985-07-17"),
        ("平成元年1月8日", "1989-01-08"),
        ("1985年7月", "1985-07"),
        ("December 1998", "1998-12"),
        ("Mai 1985", "1985-05"),
        ("июле 1985", "1985-07"),
    ],
)
def test_a_date_in_words_is_found_whole(text: str, when: str) -> None:
    assert found(text) == [(text, when)]
    assert found(f"「{text}」, so.") == [(text, when)]


@pytest.mark.parametrize(
    "text",
    [
        "1985",
        "31 June 1985",
        "June 31, 1985",
        "29 February 1985",
        "1985-13-01",
        "昭和65年1月1日",
        "明治3年1月1日",
        "it may 1985 times",
        "March 1,985 miles",
        "In March. 1985 was wet.",
        "17 July",
        "No. 17.7.1985.3",
        "1985年",
    ],
)
def test_what_is_no_date_or_none_that_there_was(text: str) -> None:
    assert found(text) == []


def test_several_dates_each_by_itself() -> None:
    assert found("From May 1976-June 1977 and on 3 July 1977.") == [
        ("3 July 1977", "1977-07-03"),
        ("May 1976", "1976-05"),
        ("June 1977", "1977-06"),
    ]
