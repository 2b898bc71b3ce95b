"""Two large files as whole editions → how long their sites take to build, and to show.

The yardstick is the bare rendering: the same text in the same pages, without registers, search, fonts, and files for
programs, as a lone file that is split by division is built, proofs included.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SITES = {"Jonson": "eebo-tcp/A04632.xml", "FRUS 1918": "frus/frus1918Russiav03.xml"}
VISITS = 5
_TOML = 'formats = ["html"]\n\n[html]\nurl = "https://example.org/"\nsplit = "division"\n'
_BARE = """
import sys; from dataclasses import replace; from pathlib import Path
from teipress.config import settings_for; from teipress.pipeline import build
build(replace(settings_for(Path(sys.argv[1])), split="division"), Path(sys.argv[2]), ("html",))
"""
_PART = re.compile(r'data-part="(\d+)"')
_PAINT = """() => new Promise(done => {
  let last = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) last = entry.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  setTimeout(() => done(last), 300);
})"""


def bench_sites(folder: Path, corpora: Path, process: Callable[..., tuple[float, float]]) -> None:
    """Print the ratios, and when the largest part of a page is painted."""
    for name, file in SITES.items():
        edition = folder / name.replace(" ", "-")
        edition.mkdir()
        shutil.copy(corpora / file, edition / "edition.xml")
        (edition / "edition.toml").write_text(_TOML)
        out = folder / f"{edition.name}-site"
        build = ("-m", "teipress", "build", "-f", "html", "-q")
        bare, _ = process("-c", _BARE, str(corpora / file), f"{folder}/{edition.name}-bare")
        whole, peak = process(*build, str(edition), "-o", str(out))
        print(f"{name} as a site: {whole / bare:.1f} × the bare rendering ({bare:.1f} s); peak {peak:.0f} MiB")
        print_paint(name, out / "html")


def print_paint(name: str, site: Path) -> None:
    """Print when the largest part of the first and of the largest page of the text is painted, from this machine."""
    chromium = shutil.which("chromium")
    if not chromium or find_spec("playwright") is None:
        print("largest contentful paint: needs Chromium and Playwright")
        return
    from playwright.sync_api import sync_playwright

    from serving import serving

    part = {page: found for page in site.glob("*.html") if (found := _PART.search(page.read_text("utf-8")))}
    first, largest = min(part, key=lambda page: int(part[page][1])), max(part, key=lambda page: page.stat().st_size)
    with serving(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for which, page in (("first", first), ("largest", largest)):
            times = sorted(_painted(browser, f"{address}/{page.name}") for _ in range(VISITS))
            size = page.stat().st_size / 1000
            print(f"{name}, {which} page ({size:.0f} kB): largest contentful paint {times[VISITS // 2]:.0f} ms")
        browser.close()


def _painted(browser: Any, address: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    milliseconds = page.evaluate(_PAINT)
    context.close()
    return float(milliseconds)
