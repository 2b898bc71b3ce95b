"""The pages of a site and of an unpacked EPUB → findings on their links and identifiers.

Every link inside must lead to a file that is there and an identifier that is in it; no identifier may occur twice
in a page; no page may load anything from another host.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from teipress.findings import Finding, finding

_PAGES = (".html", ".xhtml")
# attributes that make a browser fetch; a link that a reader follows may well lead elsewhere
_LOADING = {("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"), ("audio", "src")}


@dataclass
class _Page(HTMLParser):
    """The identifiers and links of one page, each with its line."""

    identifiers: dict[str, int] = field(default_factory=dict)
    doubles: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, str, str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what one tag says; tags that close themselves come here as well."""
        line = self.getpos()[0]
        for name, value in attrs:
            if not value:
                continue
            if name == "id":
                if value in self.identifiers:
                    self.doubles.append((value, line))
                self.identifiers.setdefault(value, line)
            elif name in ("href", "src"):
                self.links.append((tag, name, value, line))


def check_links(folder: Path) -> list[Finding]:
    """L001, L002 and L003 for all pages below a folder."""
    pages = {p.relative_to(folder).as_posix(): _parse(p) for p in sorted(folder.rglob("*")) if p.suffix in _PAGES}
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return [f for name, page in pages.items() for f in _check(name, page, pages, files)]


def _parse(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8", errors="replace"))
    page.close()
    return page


def _check(name: str, page: _Page, pages: dict[str, _Page], files: set[str]) -> Iterator[Finding]:
    for identifier, line in page.doubles:
        yield finding("L002", f'the identifier "{identifier}" occurs twice', name, line)
    for tag, attribute, value, line in page.links:
        url = urlsplit(value)
        if url.scheme or url.netloc:
            if (tag, attribute) in _LOADING and url.scheme != "data":
                yield finding("L003", f"{value} is loaded from another host", name, line)
            continue
        target = _target(name, unquote(url.path))
        if target not in files:
            yield finding("L001", f"{value} leads to no file", name, line)
        elif url.fragment and target in pages and unquote(url.fragment) not in pages[target].identifiers:
            yield finding("L001", f'{value} leads to no identifier in "{target}"', name, line)


def _target(name: str, path: str) -> str:
    return normpath((PurePosixPath(name).parent / path).as_posix()) if path else name
