"""Sites in a browser: Debian's Chromium, driven by Playwright, at pages that are served or opened from a disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from serving import serving
from teipress.config import settings_for
from teipress.pipeline import build

EDITIONS = Path(__file__).parent.parent / "editions"


@dataclass(frozen=True)
class Site:
    """A built site: where it lies, and where it is served."""

    folder: Path
    address: str

    @property
    def pages(self) -> list[str]:
        """The names of all its pages."""
        return sorted(p.name for p in self.folder.glob("*.html"))

    def on_disk(self, page: str) -> str:
        """The address of a page that is opened without a server."""
        return (self.folder / page).as_uri()


@dataclass
class Visit:
    """What a browser did at a site: addresses asked for, and what it complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Any) -> None:
        """Write down what a page does from now on."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)

    @property
    def elsewhere(self) -> list[str]:
        """Requests that left this machine."""
        own = (None, "127.0.0.1")
        return [
            r for r in self.requests if urlsplit(r).scheme not in ("data", "blob") and urlsplit(r).hostname not in own
        ]


Serve = Callable[[Path], Site]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """``serve(folder)`` serves a folder on this machine until all tests are done."""
    with ExitStack() as running:
        yield lambda folder: Site(folder, running.enter_context(serving(folder)))


@pytest.fixture(scope="session")
def site(default_edition: Path, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The default edition."""
    out = tmp_path_factory.mktemp("site")
    build(settings_for(default_edition), out / "out", ("html",))
    return serve(out / "out" / "html")


@pytest.fixture(scope="session")
def lighthouses(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """An edition in English, Russian and Japanese."""
    out = tmp_path_factory.mktemp("lighthouses")
    build(settings_for(EDITIONS / "three-languages"), out / "out", ("html",))
    return serve(out / "out" / "html")


@pytest.fixture(scope="session")
def browser(require_tool: Callable[[str], str], require_module: Callable[[str], None]) -> Iterator[Any]:
    """Chromium, of the system and never downloaded."""
    require_module("playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=require_tool("chromium"))
        yield chromium
        chromium.close()


Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """``open_page(address, width=390, dark=True, …)`` opens a page in a browser of its own."""
    contexts: list[Any] = []

    def start(address: str, width: int = 1280, dark: bool = False, visit: Visit | None = None, **options: Any) -> Any:
        size = {"width": width, "height": 844 if width < 500 else 900}
        context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if visit:
            visit.watch(page)
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def violations(require_module: Callable[[str], None]) -> Callable[..., list[str]]:
    """``violations(page)`` lists what axe-core finds wrong in a page.

    ``violations(page, rules=[NAME, …])`` goes by some rules only; ``violations(page, but="SELECTOR")`` leaves out what
    is like the rest: the time that the colours take grows with the square of the page.
    """
    require_module("axe_playwright_python")
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def run(page: Any, rules: list[str] | None = None, but: str = "") -> list[str]:
        options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        found = axe.run(page, {"exclude": [[but]]} if but else None, options).response
        assert found["passes"], "axe did not look at anything"
        nodes = [(v["id"], node) for v in found["violations"] for node in v["nodes"][:3]]
        return [f"{name}: {node['html'][:120]}: {node['failureSummary']}" for name, node in nodes]

    return run
