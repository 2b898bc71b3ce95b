"""The pages of a site → its search page with the script, and its index of words, whole or by letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from teipress.edition import Passage, TextFile
from teipress.phrases import phrase
from teipress.render.book import Book
from teipress.render.search.passages import passages
from teipress.render.search.words import index_of_words, size

SEARCH = "search.html"
WORDS = "words.html"
_TITLES = {SEARCH: phrase("Search"), WORDS: phrase("Index of words")}
WHOLE = 4_000  # references; a longer index is a page for each letter


def render_search(book: Book, files: Sequence[TextFile], shown: dict[str, Any], engine: bool) -> list[TextFile]:
    """The pages that search the pages `files`; `engine` says whether there will be an index to ask.

    Raises:
        Stopped: a template fails (V005).
    """
    found = passages(files, book.edition, book.phrases)
    sections = index_of_words(found)
    short = size(sections) <= WHOLE
    letters = [(s, f"{WORDS}#letter-{s.name}" if short else f"words-{s.name}.html") for s in sections]
    sources = list(dict.fromkeys(p.document for p in found))
    shown = {**shown, "letters": letters, "sources": sources}
    groups = [(WORDS, sections)] if short else [(path, [section]) for section, path in letters]
    made = [_page(book, path, "words.html", sections=group, **shown) for path, group in groups]
    if not short:
        made.append(_page(book, WORDS, "words.html", sections=[], **shown))
    search = _page(book, SEARCH, "search.html", languages=_languages(found) if engine else [], **shown)
    script = [TextFile(PurePosixPath("search.js"), book.page("search.js", "search.js"))] if engine else []
    return [search, *script, *made]


def _page(book: Book, path: str, template: str, **values: Any) -> TextFile:
    said = book.phrases.gettext
    title = said(_TITLES[path]) if path in _TITLES else said("Words: %(letter)s", letter=values["sections"][0].letter)
    return TextFile(PurePosixPath(path), book.page(template, path, title=title, **values))


def _languages(found: Sequence[Passage]) -> list[str]:
    """The languages of the passages, that of most of them first: each has an index of its own."""
    return [language for language, _ in Counter(p.language for p in found).most_common()]
