"""How long a long book takes in parts, beside the same book in one; part of ``make bench``.

The book is made up: chapters of the same length with notes, headings and persons, who have an index. ``python
tests/bench_print.py 100`` measures one of 100 pages instead of 1,000.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHAPTERS = 40
WORDS = 8400  # of a chapter of 25 pages
_SYLLABLES = "ba re mi do lu ka ne so ti va pe ro na du li go ma te si fo".split()
_COMMAND = (sys.executable, "-m", "teipress")
_WHOLE = (
    *(sys.executable, "-c"),
    "from teipress.package import typesetter; typesetter.divide = lambda html, starts: (html,)\n"
    "from teipress.cli import main; main()",
)
_HEAD = (
    "<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt><publisher>The bench"
    "</publisher><date when='2026'/></publicationStmt><sourceDesc><p>Made up.</p></sourceDesc></fileDesc>"
    "</teiHeader>"
)


def bench_print(pages: int = 1000) -> None:
    """Print ratios for a book of so many pages: divided and not, from 10 pages on, and after an edit."""
    with tempfile.TemporaryDirectory() as folder:
        times: dict[int, float] = {}
        for size in dict.fromkeys((10, 100, pages)):
            edition = write_book(Path(folder) / str(size), size)
            times[size], peak, made = _timed(_COMMAND, edition)
            print(f"print of {made} pages in parts: {times[size]:.1f} s, {times[size] / made * 1000:.0f} ms a page")
        print(f"peak of {made} pages, all processes: {peak:.0f} MiB")
        _edit(edition)
        again, _, after = _timed(_COMMAND, edition)
        print(f"reprint after an edit in one of its chapters: {again / times[pages]:.2f} × the first ({after} pages)")
        result = next((edition / "out").glob("pdf/*.pdf")).read_bytes()
        (edition / ".out.parts").rename(edition / "shelf")
        whole, top, _ = _timed(_COMMAND, edition)
        same = next((edition / "out").glob("pdf/*.pdf")).read_bytes() == result
        print(f"… and byte for byte what a first print gives: {'yes' if same else 'NO'}")
        (edition / ".out.parts").rename(edition / "shelf2")
        undivided, top, _ = _timed(_WHOLE, edition)
        print(f"in parts: {whole / undivided:.2f} × in one ({undivided:.1f} s, peak {top:.0f} MiB)")


def write_book(folder: Path, pages: int) -> Path:
    """An edition that prints about so many pages."""
    folder.mkdir()
    chance = random.Random(3)
    chapters = max(1, pages * CHAPTERS // 1000)
    words = WORDS * pages // (25 * chapters)
    persons = "".join(f'<person xml:id="p{n}"><persName>{_name(chance)}</persName></person>' for n in range(60))
    texts = "".join(_chapter(chance, n, words) for n in range(chapters))
    head = _HEAD.format(title="A long book")
    people = f"<standOff><listPerson>{persons}</listPerson></standOff>"
    tei = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{head}{people}{texts}</teiCorpus>'
    (folder / "edition.xml").write_text(tei, encoding="utf-8")
    (folder / "edition.toml").write_text('name = "book"\nformats = ["pdf"]\n', encoding="utf-8")
    return folder


def _chapter(chance: random.Random, number: int, words: int) -> str:
    paragraphs = []
    for place in range(max(1, words // 120)):
        text = [_word(chance) for _ in range(120)]
        text[40] = f'<persName ref="#p{chance.randrange(60)}">{text[40].title()}</persName>'
        if place % 2:
            text[80] += f"<note>{' '.join(_word(chance) for _ in range(18))}.</note>"
        paragraphs.append(f"<p>{' '.join(text).capitalize()}.</p>")
    divisions = [paragraphs[i : i + 12] for i in range(0, len(paragraphs), 12)]
    body = "".join(f"<div><head>Part {n}</head>{''.join(some)}</div>" for n, some in enumerate(divisions, 1))
    return f"<TEI>{_HEAD.format(title=f'Chapter {number + 1}')}<text><body>{body}</body></text></TEI>"


def _edit(edition: Path) -> None:
    """Put three paragraphs more, a page or so, into the second chapter."""
    path = edition / "edition.xml"
    chance = random.Random(5)
    more = "".join(f"<p>{' '.join(_word(chance) for _ in range(400))}.</p>" for _ in range(3))
    before, mark, after = path.read_text(encoding="utf-8").partition("<title>Chapter 2</title>")
    head, start, rest = after.partition("</head>")
    path.write_text(before + mark + head + start + more + rest, encoding="utf-8")


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4)))


def _name(chance: random.Random) -> str:
    return f"{_word(chance).title()} {_word(chance).title()}son"


def _timed(command: tuple[str, ...], edition: Path) -> tuple[float, float, int]:
    """Seconds, the peak in MiB of all processes together, and pages of a print."""
    start = time.perf_counter()
    arguments = [*command, "build", str(edition), "-o", str(edition / "out")]
    running = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak = 0.0
    while running.poll() is None:
        peak = max(peak, _memory(running.pid))
        time.sleep(0.2)
    seconds = time.perf_counter() - start
    told = running.stderr.read() if running.stderr else ""
    if running.returncode:
        raise SystemExit(told)
    pages = int(told.partition("Writing the PDF, ")[2].split()[0])
    return seconds, peak, pages


def _memory(process: int) -> float:
    """MiB of a process and those that it started, what they share counted once (Linux: PSS)."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return own / 1024 + sum(_memory(int(child)) for child in children)


if __name__ == "__main__":
    bench_print(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
