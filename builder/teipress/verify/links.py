"""The pages of a site and of an unpacked EPUB → findings on their links and identifiers.

Every link inside must lead to a file that is there and an identifier that is in it; no identifier may occur twice
in a page; no page and no style sheet may load anything from another host.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from lxml import etree

from teipress.findings import Finding, finding
from teipress.tei import text
from teipress.verify.pages import parse_page

_PAGES = (".html", ".xhtml")
_FOLLOWED = frozenset({"a", "area", "cite", "q", "blockquote"})  # where a reader decides to go; the rest is loaded
_ADDRESSES = ("href", "src", "poster", "data", "{http://www.w3.org/1999/xlink}href")
_STYLE_ADDRESS = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])([^"')\s]+)""")


@dataclass(frozen=True, slots=True)
class _Link:
    """An address in a page, and whether a browser loads it without being asked."""

    address: str
    line: int
    loaded: bool


@dataclass
class _Page:
    """The identifiers and addresses of one page or style sheet."""

    identifiers: set[str] = field(default_factory=set)
    doubles: list[tuple[str, int]] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)


def check_links(folder: Path) -> list[Finding]:
    """L001, L002 and L003 for all pages and style sheets below a folder."""
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    pages = {name: _read(path) for name, path in files.items() if path.suffix in (*_PAGES, ".css")}
    return [f for name, page in pages.items() for f in _check(name, page, pages, files.keys())]


def _read(path: Path) -> _Page:
    page = _Page()
    if path.suffix == ".css":
        page.links += _styles(path.read_text(encoding="utf-8", errors="replace"), 0)
        return page
    root = parse_page(path)
    for element in root.iter(etree.Element):
        _collect(element, page)
    return page


def _collect(element: etree._Element, page: _Page) -> None:
    line = element.sourceline or 0
    name = etree.QName(element).localname
    if identifier := element.get("id"):
        if identifier in page.identifiers:
            page.doubles.append((identifier, line))
        page.identifiers.add(identifier)
    for attribute in _ADDRESSES:
        if (address := element.get(attribute)) is not None:
            page.links.append(_Link(address, line, name not in _FOLLOWED and not _is_said(element)))
    for candidate in (element.get("srcset") or "").split(","):
        page.links += [_Link(address, line, True) for address in candidate.split()[:1]]
    page.links += _styles(element.get("style") or "", line)
    if name == "style":
        page.links += _styles(text(element), line)


def _is_said(element: etree._Element) -> bool:
    """Whether a ``link`` only states something (a licence, a canonical address) and loads nothing."""
    return etree.QName(element).localname == "link" and "stylesheet" not in (element.get("rel") or "").split()


def _styles(rules: str, line: int) -> list[_Link]:
    return [_Link(address, line, True) for address in _STYLE_ADDRESS.findall(rules)]


def _check(name: str, page: _Page, pages: dict[str, _Page], files: Collection[str]) -> Iterator[Finding]:
    for identifier, line in page.doubles:
        yield finding("L002", f'the identifier "{identifier}" occurs twice', name, line)
    for link in page.links:
        yield from _check_link(name, link, pages, files)


def _check_link(name: str, link: _Link, pages: dict[str, _Page], files: Collection[str]) -> Iterator[Finding]:
    try:
        url = urlsplit(link.address)
    except ValueError:
        yield finding("L001", f"{link.address} is no address", name, link.line)
        return
    if url.scheme or url.netloc:
        if link.loaded and url.scheme != "data":
            yield finding("L003", f"{link.address} is loaded from another host", name, link.line)
        return
    target = _target(name, unquote(url.path))
    if not link.address:
        yield finding("L001", "a link has no address", name, link.line)
    elif target not in files:
        yield finding("L001", f"{link.address} leads to no file", name, link.line)
    elif url.fragment and target in pages and unquote(url.fragment) not in pages[target].identifiers:
        yield finding("L001", f'{link.address} leads to no identifier in "{target}"', name, link.line)


def _target(name: str, path: str) -> str:
    return normpath((PurePosixPath(name).parent / path).as_posix()) if path else name
