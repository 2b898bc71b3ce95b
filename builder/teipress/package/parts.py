"""The HTML of a book → the parts that can be laid out one by one.

A part begins with each element that has the attribute `data-part`, and with those that open just before it; such an
element begins a page to the right (recto), so that what stands before it cannot move it within its page. The other
elements around it are opened again for it, without their identifiers, and what stands in the book before the first part
(running elements) is repeated in each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_TAG = re.compile(r"<(/?)(article|aside|blockquote|div|footer|header|main|nav|ol|section|ul)\b([^>]*)>")
_PART = re.compile(r"\sdata-part\b")
_LINES = re.compile(r"\sdata-lines\b")
_ID = re.compile(r'\sid="([^"]*)"')
_BODY = re.compile(r"<body\b[^>]*>(?=.*</body>)", re.DOTALL)
_BLANK = '<p></p><p style="break-before: recto"></p>'
_END = "</body>\n</html>\n"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PAGE = re.compile(r"@page\b[^{}]*\{(?:[^{}]|\{[^{}]*\})*\}", re.IGNORECASE)
_CONTENT = re.compile(r"(?<![\w-])content\s*:\s*([^;}]*)", re.IGNORECASE)
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_COUNTED = re.compile(r"counters?\(\s*page\b", re.IGNORECASE)
_FOLIO = re.compile(r"counter\(\s*page\s*(?:,\s*(?:decimal|lower-roman|upper-roman)\s*)?\)", re.IGNORECASE)
_NUMBERED = re.compile(r"counter-(?:reset|set|increment)\s*:[^;}]*\bpages?\b", re.IGNORECASE)
_WHOLE = re.compile(rf"target-(?:counters?|text)\(|counters?\(\s*pages\b|{_NUMBERED.pattern}", re.IGNORECASE)
# what is not drawn with a number that is drawn later
_DRAWN = re.compile(
    r"(?<![\w-])(?:transform|opacity|visibility|text-transform|text-decoration[\w-]*|text-shadow|white-space)\s*:",
    re.IGNORECASE,
)


def divide(html: str, counted_from: Collection[str] = ()) -> tuple[str, ...]:
    """The parts of a book, each a whole HTML document; a book without `data-part` is one.

    `counted_from` are the identifiers that the numbers of lines begin anew with, if not with each page: what else is in
    a text with such numbers (`data-lines`) stays with what is before it.
    """
    places = list(_places(html, frozenset(counted_from))) if _BODY.search(html) else []
    if len(places) < 2:
        return (html,)
    prologue = html[: places[0][0]]
    ends = [*places[1:], (html.rindex("</body>"), [])]
    return tuple(
        prologue + "".join(_ID.sub("", tag) for _, tag in around) + html[start:end] + _closed(after) + _END
        for (start, around), (end, after) in zip(places, ends, strict=True)
    )


def blank(html: str) -> str:
    """A book of nothing but an empty page on the left."""
    body = _BODY.search(html)
    return html[: body.end()] + _BLANK + _END if body else f"<!DOCTYPE html>\n<html>\n<body>{_BLANK}{_END}"


def renumbered(styles: str, first: int) -> str:
    """Styles by which pages are numbered anew with that page (0-based), if they do not number them themselves."""
    if not first or _NUMBERED.search(styles):
        return styles
    return f"{styles}\n@page :nth({first + 1}) {{ counter-reset: page 1; counter-increment: page 0 }}\n"


def is_divisible(styles: str) -> bool:
    """Whether a style sheet asks for nothing that only a layout of the whole book knows.

    Page numbers in the margin may have text beside them; other counters of pages, and what refers to other pages, need
    the whole book.
    """
    styles = _STRING.sub('""', _COMMENT.sub("", styles))
    if _WHOLE.search(styles) or _COUNTED.search(_PAGE.sub("", styles)):
        return False
    pages = [page for page in _PAGE.findall(styles) if _COUNTED.search(page)]
    return not any(_COUNTED.search(_CONTENT.sub(_other, page)) or _DRAWN.search(page) for page in pages)


def _other(content: re.Match[str]) -> str:
    """What a margin box says, but nothing of a page number that has at most text beside it."""
    rest = _FOLIO.sub("", content[1]).replace('""', "").strip()
    return content[0] if rest else ""


def _places(html: str, counted_from: frozenset[str]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Where each part begins, with the name and the start tag of each element that is open there."""
    stack: list[tuple[str, str]] = []
    for match in _TAG.finditer(html, html.index("<body")):
        closing, name, attributes = match.groups()
        if closing:
            while stack and stack.pop()[0] != name:
                pass
            continue
        if _PART.search(attributes) and not (counted_from and _goes_on(stack, attributes, counted_from)):
            yield _with_openings(html, match.start(), list(stack))
        stack.append((name, match[0]))


def _with_openings(html: str, start: int, around: list[tuple[str, str]]) -> tuple[int, list[tuple[str, str]]]:
    """A place before the elements that open just there: left to the part before, they would be an empty page of it."""
    while around and not _PART.search(around[-1][1]):
        tag = around[-1][1]
        before = html.rfind(tag, 0, start)
        if html[before + len(tag) : start].strip():
            break
        start = before
        around.pop()
    return start, around


def _goes_on(around: list[tuple[str, str]], attributes: str, counted_from: frozenset[str]) -> bool:
    """Whether the numbers of lines before an element go on in it."""
    own = _ID.search(attributes)
    return any(_LINES.search(tag) for _, tag in around) and (own is None or own[1] not in counted_from)


def _closed(around: list[tuple[str, str]]) -> str:
    return "".join(f"</{name}>" for name, _ in reversed(around))
