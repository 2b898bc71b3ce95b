"""Small readers of what reference managers import, written from the formats' descriptions."""

import re


def read_bibtex(text):
    """One entry: its kind, its key, and its fields with their outer braces off."""
    kind, key, body = re.fullmatch(r"@(\w+)\{([^\s,{}]+),\n(.*)\}\n", text, re.DOTALL).groups()
    fields, depth, start = {}, 0, 0
    for place, character in enumerate(body):
        if character in "{}" and body[place - 1] != "\\":
            depth += 1 if character == "{" else -1
            assert depth >= 0
        if character == "," and depth == 0:
            name, _, value = body[start:place].strip().partition(" = ")
            assert value[0] == "{" and value[-1] == "}"
            fields[name], start = value[1:-1], place + 1
    assert depth == 0 and not body[start:].strip()
    return kind, key, fields


def read_ris(text):
    """One record: for each tag the values in order. It begins with TY and ends with ER."""
    rows = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups() for line in text.removesuffix("\r\n").split("\r\n")]
    assert rows[0][0] == "TY" and rows[-1] == ("ER", "")
    found = {}
    for tag, value in rows:
        found.setdefault(tag, []).append(value)
    return found
