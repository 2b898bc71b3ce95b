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
_END = "</body>\n</html>\n"

_CONTENT = re.compile(r"[^-]content\s*:\s*([^;}]*)")
_STRING = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_FOLIO = re.compile(r"counter\(\s*page\s*(?:,\s*(?:decimal|lower-roman|upper-roman)\s*)?\)")
_WHOLE = re.compile(
    r"target-(?:counters?|text)\(|counters?\(\s*pages\b|counter-(?:reset|set|increment)\s*:[^;}]*\bpages?\b"
)


def divide(html: str, counted_from: Collection[str] = ()) -> tuple[str, ...]:
    """The parts of a book, each a whole HTML document; a book without `data-part` is one.

    `counted_from` are the identifiers that the numbers of lines begin anew with, if not with each page: what else is in
    a text with such numbers (`data-lines`) stays with what is before it.
    """
    places = list(_places(html, frozenset(counted_from)))
    if len(places) < 2:
        return (html,)
    prologue = html[: places[0][0]]
    ends = [*places[1:], (html.rindex("</body>"), [])]
    return tuple(
        prologue + "".join(_ID.sub("", tag) for _, tag in around) + html[start:end] + _closed(after) + _END
        for (start, around), (end, after) in zip(places, ends, strict=True)
    )


def is_divisible(styles: str) -> bool:
    """Whether a style sheet asks for nothing that only a layout of the whole book knows.

    Page numbers in the margin may have text beside them; other counters of pages, and what refers to other pages, need
    the whole book.
    """
    if _WHOLE.search(styles):
        return False
    contents = (_STRING.sub("", value) for value in _CONTENT.findall(styles))
    return not any("counter(page" in c and _FOLIO.sub("", c).strip() for c in contents)


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
