"""``make bench``: how long and how large, as ratios in one run; never tested for.

The yardstick is a bare Python process that parses and serialises the same file with lxml; of validation it is Jing, on
the same files with the same schema. Needs TEIPRESS_CORPORA; for validation also TEIPRESS_TEI_P5, and Java. Sites are
compared with the bare rendering of their texts (`bench_site`). Encoding and printing need nothing (`bench_encode`,
`bench_print`); ``python tests/bench.py encode`` and ``print`` do one of them alone.
"""

from __future__ import annotations

import copy
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lxml import etree

from bench_encode import bench_encode
from bench_print import bench_print
from bench_site import bench_sites
from teipress.config import settings_for
from teipress.model import model
from teipress.read import read
from teipress.render.site import render_site
from teipress.vocabulary import load_vocabulary
from validators import invalid

LARGE = "eebo-tcp/A04632.xml"  # 4.1 MB, 65,092 elements
SMALL = "teic-stylesheets-test/testapp2.xml"  # 18 KB
RUNS = 3
BARE = "import sys; from lxml import etree; t = etree.parse(sys.argv[1]); sys.stdout.buffer.write(etree.tostring(t))"

# A small process between this one and what it measures: a child begins with the memory of the one that starts it, and
# the peak of children is that of the largest of all.
WATCH = """
import resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, status)
"""


def main() -> int:
    """Print the ratios."""
    alone = sys.argv[1:]
    if alone != ["print"]:
        with tempfile.TemporaryDirectory() as folder:
            bench_encode(Path(folder), process)
    if alone != ["encode"]:
        bench_print()
    if alone:
        return 0
    corpora = Path(os.environ.get("TEIPRESS_CORPORA", ""))
    large, small = corpora / LARGE, corpora / SMALL
    if not large.is_file():
        print("set TEIPRESS_CORPORA to the folder of the corpora", file=sys.stderr)
        return 2
    parse = shortest(lambda: etree.tostring(etree.parse(large)))
    settings = replace(settings_for(large), split="never")
    edition, vocabulary = model(read(large)[0], settings), load_vocabulary()
    render = shortest(lambda: render_site(edition, settings, vocabulary))
    print(f"rendering, single page: {render / parse:.1f} × lxml's parse and serialise ({parse:.3f} s)")
    bare, _ = process("-c", BARE, str(large))
    with tempfile.TemporaryDirectory() as folder:
        whole, peak = process("-m", "teipress", "build", str(large), "-f", "html", "-q", "-o", f"{folder}/large")
        print(f"whole command with proofs: {whole / bare:.1f} × a bare process ({bare:.2f} s); peak {peak:.0f} MiB")
        little, _ = process("-m", "teipress", "build", str(small), "-f", "html", "-q", "-o", f"{folder}/small")
        print(f"a document of 18 KB, whole process: {little:.2f} s")
        ten, one = (grown(Path(folder), large, copies) for copies in (10, 1))
        print(f"ten copies in one body: {ten / one:.1f} × one")
        bench_sites(Path(folder), corpora, process)
    if (schema := Path(os.environ.get("TEIPRESS_TEI_P5", "")) / "tei_all.rng").is_file():
        compare_with_jing(schema, corpora, large)
    return 0


def compare_with_jing(schema: Path, corpora: Path, large: Path) -> None:
    """Print how long validation takes, whole processes, as ratios to Jing's."""
    sizes = {path: path.stat().st_size for path in sorted(corpora.rglob("*.xml"))}
    middling = [p for p, size in sizes.items() if 15_000 < size < 25_000 and b"<!DOCTYPE" not in p.read_bytes()[:4096]]
    options = ("--schema", str(schema), "--grammar-only", "--quiet")
    for what, files in (("one file of 20 KB", middling[:1]), ("20 files", middling[:20]), ("4.1 MB", [large])):
        names = [str(path) for path in files]
        ours, _ = process("-m", "teipress", "validate", *names, *options, good=(0, 1))
        theirs = shortest(lambda names=names: invalid(schema, map(Path, names)))
        print(f"validating {what}: {ours / theirs:.2f} × Jing ({theirs:.2f} s)")


def shortest(run: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def process(*arguments: str, good: tuple[int, ...] = (0,)) -> tuple[float, float]:
    """Run Python on some arguments: seconds from start to end (the shortest of a few), and the peak in MiB.

    Raises:
        CalledProcessError: it ends with a status that is not `good`.
    """
    times, peaks = [], []
    for _ in range(RUNS):
        told = subprocess.run(
            [sys.executable, "-c", WATCH, sys.executable, *arguments], capture_output=True, check=True
        )
        seconds, kibibytes, status = told.stdout.split()
        times.append(float(seconds))
        peaks.append(int(kibibytes) / 1024)
        if int(status) not in good:
            raise subprocess.CalledProcessError(int(status), arguments)
    return min(times), max(peaks)


def grown(folder: Path, source: Path, copies: int) -> float:
    """Seconds for a document that holds the main part of the text of `source` some times over."""
    tree = etree.parse(source)
    text = next(tree.iter("{http://www.tei-c.org/ns/1.0}text"))
    largest = max(text, key=lambda part: len(etree.tostring(part)))
    for child in list(largest):
        for _ in range(copies - 1):
            largest.append(copy.deepcopy(child))
    path = folder / f"copies-{copies}.xml"
    tree.write(path)
    start = time.perf_counter()
    out = f"{folder}/copies-{copies}"
    subprocess.run(
        [sys.executable, "-m", "teipress", "build", str(path), "-f", "html", "-q", "-o", out],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
