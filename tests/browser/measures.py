"""A page in a browser → how it behaves, as numbers and as what is wrong with it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WIDTHS = (1280, 390)
HEAVIEST = 60_000  # bytes of HTML, CSS and scripts, compressed, that may come beside the text of a page
SCREENS = Path(__file__).parents[2] / "output" / "screens"

_UNMOVED = 0.01
# 640 pixels are 1280 at 200 %, 320 are what reflow asks for (WCAG 2.2, 1.4.10)
_SIZES = ((1280, 1), (640, 1), (390, 1), (320, 1), (1280, 2))
_SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => setTimeout(() => done(sum), 200));
})"""
_OVER = """zoom => {
  const root = document.documentElement;
  root.style.zoom = zoom;
  return root.scrollWidth - root.clientWidth;
}"""


def told(problems: Mapping[Any, Any]) -> dict[Any, Any]:
    """What goes wrong, page by page, in a form that shows in a failing test."""
    return {page: found for page, found in problems.items() if found}


def shift(page: Any) -> list[str]:
    """What there is to say of what moved while a page was loading, its fonts included."""
    moved = page.evaluate(_SHIFT)
    return [f"moves by {moved}"] if moved > _UNMOVED else []


def sideways(page: Any) -> list[str]:
    """The sizes and zooms at which a page has to be scrolled sideways, with the pixels that stand out."""
    found = []
    for width, zoom in _SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        if (over := page.evaluate(_OVER, zoom)) > 0:
            found.append(f"{over} too wide for {width} at {zoom:.0%}")
    return found


def weight(page: Any, address: str) -> int:
    """Bytes of HTML, CSS and scripts that a page comes with, compressed, beside its text."""
    loaded: list[Any] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 (Playwright takes no built-in)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    kinds = ("document", "stylesheet", "script")
    whole = sum(len(gzip.compress(r.body())) for r in loaded if r.request.resource_type in kinds)
    return whole - len(gzip.compress(page.locator("article").inner_text().encode()))


def screenshot(page: Any, edition: str, name: str, width: int, scheme: str) -> None:
    """Take a picture of a page for looking at, into ``output/screens/EDITION``."""
    stem = name.removesuffix(".html").replace("/", "-")
    page.screenshot(path=SCREENS / edition / f"{stem}-{width}-{scheme}.png")
