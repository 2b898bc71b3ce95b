"""A finding → the line of the file that it is about, and which part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from teipress.findings import Finding

_QUOTED = re.compile(r'"([^"\n]+)"')
_NAMED = re.compile(r"<([\w:.-]+)|\b([\w:.-]+)/@|\b[Ee]lement ([\w:.-]+)")
_ATTRIBUTE = re.compile(r"@([\w:.-]+)|\battribute ([\w:.-]+)")
_TAG = re.compile(r"<([\w:.-]+)")
_ABOVE = 20  # lines that a start tag may take: parsers tell the one that it ends on


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of a file: its number, its text, and where in it the finding is, as offsets; `end` 0 says nowhere."""

    number: int
    text: str
    start: int = 0
    end: int = 0


def excerpt(found: Finding) -> Excerpt | None:
    """The line that a finding is about, None if there is no such line to show."""
    text = line_at(found.file, found.line)
    if not text.strip():
        return None
    number = found.line
    span = _span(text, found.message)
    if span is None and (name := _first(_NAMED, found.message)):
        for above in range(found.line - 1, max(0, found.line - _ABOVE), -1):
            if match := _start_tag(line_at(found.file, above), name):
                number, text, span = above, line_at(found.file, above), match
                break
    if span is None and (tag := _TAG.search(text)):
        span = tag.span(1)
    return Excerpt(number, text, *(span or (0, 0)))


def line_at(file: str, line: int) -> str:
    """A line of a file, empty if it cannot be had."""
    try:
        lines = _lines(file, Path(file).stat().st_mtime_ns) if file and line > 0 else ()
    except OSError:
        return ""
    return lines[line - 1] if 0 < line <= len(lines) else ""


@lru_cache(maxsize=4)
def _lines(file: str, changed: int) -> tuple[str, ...]:
    """The lines of a file, read once as long as it does not change."""
    data = Path(file).read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return tuple(line.rstrip("\r") for line in data.decode(encoding, "replace").split("\n"))


def _span(text: str, message: str) -> tuple[int, int] | None:
    """Where the words are that a message quotes, else the attribute's name, else the element's."""
    for match in _QUOTED.finditer(message):
        if (place := text.find(match[1])) >= 0:
            return place, place + len(match[1])
    name = _first(_NAMED, message)
    tag = _start_tag(text, name) if name else None
    attribute = _first(_ATTRIBUTE, message)
    begin = tag[1] if tag else 0 if name and not text.lstrip().startswith("<") else len(text)
    there = re.match(rf"[^>]*?\s({re.escape(attribute)})\s*=", text[begin:]) if attribute else None
    return (begin + there.start(1), begin + there.end(1)) if there else tag


def _first(pattern: re.Pattern[str], message: str) -> str:
    """The first name that a pattern finds in a message."""
    match = pattern.search(message)
    return next(filter(None, match.groups()), "") if match else ""


def _start_tag(text: str, name: str) -> tuple[int, int] | None:
    match = re.search(rf"<((?:[\w.-]+:)?{re.escape(name)})(?![\w.:-])", text)
    return match.span(1) if match else None
