"""HTML: which element a behaviour begins with, and what may stand in which element (HTML Living Standard, 4)."""

from __future__ import annotations

from collections.abc import Sequence

TAGS = {
    "paragraph": "p",
    "inline": "span",
    "link": "span",
    "list": "ul",
    "listItem": "li",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "section": "section",
    "figure": "figure",
    "graphic": "img",
    "heading": "h",
    "cit": "blockquote",
    "alternate": "span",
    "anchor": "span",
    "apparatus": "span",
    "break": "br",
    "gap": "span",
    "page": "span",
    "reading": "span",
    "stamp": "span",
    "note": "span",
    "index": "span",
    "markup": "pre",
    "math": "span",
    "text": "",
}
# elements that may hold phrases only ("phrasing content")
PHRASING = frozenset(
    "p span a em strong i b u s q cite abbr dfn sup sub small code kbd var samp bdi ins del mark time "
    "h1 h2 h3 h4 h5 h6 dt pre figcaption ruby rt".split()
)
INLINE = PHRASING - frozenset("p h1 h2 h3 h4 h5 h6 dt pre figcaption".split()) | {"br", "img", "wbr", ""}
# what may stand in a list or a table of HTML, and what anything else is put into
ROOMS = {
    "ul": (("<li",), '<li class="stray">{}</li>'),
    "ol": (("<li",), '<li class="stray">{}</li>'),
    "dl": (("<dt", "<dd"), '<dd class="stray">{}</dd>'),
    "table": (("<tr", "<caption"), '<tr class="stray"><td>{}</td></tr>'),
    "tr": (("<td", "<th"), '<td class="stray">{}</td>'),
}
# where alone some elements of HTML may stand
HOLDERS = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "caption": ("table",),
    "tr": ("table",),
    "td": ("tr",),
    "th": ("tr",),
    "rt": ("ruby",),
}


def headed(parts: Sequence[str], heads: Sequence[bool]) -> list[str]:
    """The parts of a table with those rows that are `heads`, and before all others, in a ``thead``."""
    rows = [i for i, part in enumerate(parts) if part.lstrip().startswith("<tr")]
    count = next((n for n, i in enumerate(rows) if not heads[i]), 0)
    if not count:
        return list(parts)
    first, last = rows[0], rows[count - 1] + 1
    return [*parts[:first], "<thead>", *parts[first:last], "</thead>", *parts[last:]]


def completed(tag: str, parts: Sequence[str]) -> list[str]:
    """The parts of a list or a row, and the empty ones that HTML asks for: a term before, a description, a cell."""
    rooms = [part for part in parts if part.strip()]
    if tag == "dl" and rooms:
        first = [] if rooms[0].startswith("<dt") else ['<dt data-generated=""></dt>']
        last = ['<dd data-generated=""></dd>'] if rooms[-1].startswith("<dt") else []
        return [*first, *parts, *last]
    return [*parts, '<td data-generated=""></td>'] if tag == "tr" and not rooms else list(parts)
